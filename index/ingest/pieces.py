"""What files that hold many pieces share: a locator for each piece, and reasons."""

from __future__ import annotations

import math
from hashlib import blake2b

from index.ingest.draft import Source
from index.ingest.sanitise import sanitise_line
from index.ingest.unpack import UnreadableError

LEADS_OUT = "its path leads out of the archive"
LINK = "a link inside an archive"

_LONGEST = 500
"""Characters of a name that are kept; no file system takes as many."""


class Locators:
    """Locators of the pieces of one file, each of them once."""

    def __init__(self, source: Source, *, limited: bool = True) -> None:
        self._of = source.locator
        self._most = source.settings.limits.members if limited else math.inf
        self._taken: set[bytes] = set()
        self._count = 0

    def of(self, name: str) -> str:
        """Gives the locator of the piece of that name, with a number where it is there already.

        Raises UnreadableError when there are more pieces than one file may have.
        """
        self._count += 1
        if self._count > self._most:
            raise UnreadableError(
                f"holds more than {self._most:,} files (members in the settings); the rest was left"
            )
        name = sanitise_line(name)[:_LONGEST] or str(self._count)
        unique, number = name, 1
        while (key := blake2b(unique.encode(), digest_size=8).digest()) in self._taken:
            number = number + 1 if number < 100 else self._count
            unique = f"{name}-{number}"
        self._taken.add(key)
        return f"{self._of}#{unique}"
