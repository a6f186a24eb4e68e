"""Taking files into the store: what was read of them, and what could not be."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from index.ingest.formats import FORMATS
from index.model import Skipped
from index.pace import Pace
from index.readers import Ended, Item, read_all
from index.scan import File
from index.settings import Settings
from index.store import Store

COMMIT_SECONDS = 0.5
"""How long reading goes on before what was read is committed and shown."""
COMMIT_CHARACTERS = 16_000_000
"""How much text is held before it is committed, however short the time."""


@dataclass(slots=True)
class _Part:
    """A file of which a part was read."""

    known: bool
    """Whether anything was known of it before."""
    skipped: list[Skipped] = field(default_factory=list)
    position: int = 0


class Intake:
    """Takes files into a store, and knows how far that has come."""

    def __init__(self, store: Store, files: Sequence[File], settings: Settings) -> None:
        self._store = store
        self._files = files
        self._settings = settings
        self._parts: dict[str, _Part] = {}
        self._pace = Pace(sum(file.size for file in files))
        self._bytes = 0
        self._lacks = {lack for form in FORMATS if (lack := form.missing())}
        self.done = 0
        """Files that were read to their end."""
        self.articles = 0
        """Articles that were read, known ones included."""
        self.outcomes: Counter[str] = Counter()
        """What became of them, in the words of `Store.put_row`, and how many were `removed`."""

    def run(self) -> Generator[None, None, None]:
        """Reads all files, and yields after every commit."""
        store = self._store
        began, characters = time.monotonic(), 0
        store.begin()
        with closing(read_all(self._files, self._settings)) as items:
            for item in items:
                if item is not None:
                    characters += self._take(item)
                if characters > COMMIT_CHARACTERS or time.monotonic() - began > COMMIT_SECONDS:
                    store.commit()
                    yield
                    began, characters = time.monotonic(), 0
                    store.begin()
        store.commit()
        yield

    def rate(self) -> float:
        """Articles a second so far; 0.0 while it is not known."""
        return self._pace.rate(self.articles)

    def seconds_left(self) -> float | None:
        """How long the rest will take, by the bytes that were read."""
        return self._pace.left(self._bytes + sum(part.position for part in self._parts.values()))

    def _take(self, item: Item) -> int:
        """Takes what was found in a file; gives how many characters of text that is."""
        file, found, position = item
        part = self._parts.get(file.locator)
        if part is None:
            known = self._store.await_articles(file.locator)
            part = self._parts[file.locator] = _Part(known)
        if isinstance(found, Skipped):
            part.skipped.append(found)
            return 0
        if isinstance(found, Ended):
            self._end(file, part, found)
            return 0
        self.outcomes[self._store.put_row(file.locator, found)] += 1
        if part.known:
            self._store.met(file.locator, found.id)
        self.articles += 1
        part.position = max(part.position, min(position, file.size))
        return len(found.text)

    def _end(self, file: File, part: _Part, ended: Ended) -> None:
        """Notes that a file is at its end. What stands no longer in it goes, if all was read."""
        del self._parts[file.locator]
        if part.known and ended.whole:
            self.outcomes["removed"] += self._store.remove_unmet(file.locator)
        self._store.put_skipped(file.locator, part.skipped)
        if ended.hash or not ended.whole:
            lacking = any(each.reason in self._lacks for each in part.skipped)
            self._store.put_file(file.locator, file.stamp, ended.hash, lacking)
        else:
            # It could not be opened, and may be when it is looked for again, with the same bytes.
            self._store.put_file(file.locator, "")
        self.done += 1
        self._bytes += file.size
