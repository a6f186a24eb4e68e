"""What could not be read, sorted by its reason, and where it lies in the collection."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from index.model import Skipped
from tui.text import one_line

_NUMBER = re.compile(r"^(?:line|row|record) \d+: ")
"""Which part of a file a reason is about; its locator says so too."""


def by_reason(skipped: Sequence[Skipped]) -> Mapping[str, list[Skipped]]:
    """Sorts what was skipped under its reasons: first those that few files share."""
    groups: dict[str, list[Skipped]] = {}
    for each in skipped:
        groups.setdefault(one_line(_NUMBER.sub("", each.reason)), []).append(each)
    return dict(sorted(groups.items(), key=lambda group: (len(group[1]), group[0])))


def place_of(locator: str, paths: Sequence[Path]) -> tuple[str, str]:
    """Gives the name of a file, or of a part of one, and its folder.

    The folder is relative to that of `paths`, which the collection was opened on, that it lies in;
    empty at its top.
    """
    path = Path(locator)
    folder = str(path.parent)
    for root in paths:
        if path.is_relative_to(root):
            below = path.relative_to(root).parent
            folder = "" if below == Path() else str(below)
            break
    return one_line(path.name), one_line(folder)
