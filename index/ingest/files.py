"""The files of a collection: folders walked in a stable order, nothing that can hang opened."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from index.errors import reason
from index.ingest.formats import format_of
from index.model import Skipped

_NO_ARTICLE = re.compile(r"\.|(?:README|LICEN[CS]E)|(?i:readme|licen[cs]e)(?:\.\w+)?$")
"""Names of hidden files and of those that speak about their folder: passed over inside folders.
In capitals with anything after it; otherwise alone, for `license-plates.txt` may be news."""


def locator_of(path: Path) -> str:
    """Gives the path as text that can be stored anywhere.

    Bytes of a file name that are not UTF-8 are written as backslash escapes, so that two such names
    never fall together.
    """
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def find_files(paths: Sequence[Path]) -> Iterator[Path | Skipped]:
    """Gives every file under `paths` that a reader knows, each once, in a stable order.

    Hidden files and folders and those called README or LICENSE are passed over, unless they are
    named in `paths`. What can't be read comes as Skipped, with its reason; nothing is raised.
    """
    walk = _Walk()
    for path in paths:
        yield from walk.visit(Path(path).absolute())


class _Walk:
    """What one search has already seen, so that links never lead in circles."""

    def __init__(self) -> None:
        self._folders: set[tuple[int, int]] = set()
        self._paths: set[Path] = set()

    def visit(self, path: Path) -> Iterator[Path | Skipped]:
        """What there is at one path: a file, or everything in a folder."""
        waiting = [path]
        while waiting:
            path = waiting.pop()
            if path in self._paths:
                continue
            self._paths.add(path)
            try:
                status = path.stat()
                if stat.S_ISDIR(status.st_mode):
                    waiting.extend(reversed(self._inside(path, status)))
                else:
                    _check(path, status)
                    yield path
            except OSError as error:
                yield Skipped(locator_of(path), reason(error))
            except ValueError as error:
                yield Skipped(locator_of(path), str(error))

    def _inside(self, folder: Path, status: os.stat_result) -> list[Path]:
        key = (status.st_dev, status.st_ino)
        if key in self._folders:
            raise ValueError("the same folder is already read under another name")
        self._folders.add(key)
        return sorted(path for path in folder.iterdir() if not _NO_ARTICLE.match(path.name))


def _check(path: Path, status: os.stat_result) -> None:
    """Raises ValueError, saying why, for a file that is not to be opened."""
    if not stat.S_ISREG(status.st_mode):
        raise ValueError("not a regular file")
    if format_of(path.name) is None:
        ending = path.suffix.lower() or "its name has no ending"
        raise ValueError(f"not a kind of file Parallax reads: {ending}")
