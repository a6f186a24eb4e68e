"""What is open of a collection while it is read: per thread a connection and a searcher.

Each thread has its own, since a searcher may see a new commit whenever it is asked; what does not
change once it is loaded (whom the articles name, their term vectors) is shared.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from index import generations
from index.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.compare import Coverage
    from index.fulltext import Searcher
    from index.naming import Names, Naming

Asked = TypeVar("Asked")


@dataclass(slots=True)
class Reading:
    """What one thread holds open of one generation."""

    generation: Path
    store: Store
    searcher: Searcher | None = None
    names: Names | None = None


class Opened:
    """What all threads hold open of the collection in a folder of the cache."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._local = threading.local()
        self._lock = threading.Lock()
        self._open: list[Reading] = []
        self._coverage: tuple[object, Coverage] | None = None
        self._naming_lock = threading.Lock()
        self._naming: tuple[Path, Naming] | None = None

    def close(self) -> None:
        """Closes every connection and searcher. Safe to call twice."""
        with self._lock:
            opened, self._open = self._open, []
        for reading in opened:
            _close(reading)
        self._local = threading.local()

    def reading(self) -> Reading | None:
        """This thread's connection to the generation that is to be read now, if there is one."""
        held: Reading | None = getattr(self._local, "reading", None)
        generation = generations.readable(self._folder) if held is None else held.generation
        newest = generations.current(self._folder)
        if newest is not None and newest != generation:
            generation = generations.readable(self._folder)
        if held is not None and (held.generation == generation or generation is None):
            return held
        if generation is None:
            return None
        fresh = Reading(generation, Store(generation / generations.STORE))
        with self._lock:
            self._open.append(fresh)
            if held is not None:
                self._open.remove(held)
        if held is not None:
            _close(held)
        self._local.reading = fresh
        return fresh

    def store(self) -> Store | None:
        """This thread's store, if anything has been read yet."""
        reading = self.reading()
        return reading.store if reading else None

    def asked(
        self, reading: Reading, question: Callable[[Searcher], Asked]
    ) -> tuple[Reading, Asked | None]:
        """Asks this thread's searcher; gives what was read from, and None without an index.

        Raises DamagedIndex, and has the next update build the index again.
        """
        from index.fulltext import DamagedIndex

        try:
            searcher = _searcher(reading)
            return reading, None if searcher is None else question(searcher)
        except DamagedIndex:
            fresh = self.reading()
            if fresh is not None and fresh.generation != reading.generation:
                # Not damaged but swept away, as another was swapped in.
                return self.asked(fresh, question)
            generations.mark_damaged(reading.generation)
            raise

    def naming(
        self, searcher: Searcher
    ) -> Callable[[str, Sequence[Mapping[str, float]]], NDArray[np.float32]]:
        """What a searcher asks for the articles that name an entity: see `naming.Names`."""

        def named(kind: str, words: Sequence[Mapping[str, float]]) -> NDArray[np.float32]:
            reading = self.reading()
            if reading is None:
                raise LookupError("the collection is gone")
            return self.names(reading).mentions(kind, words, searcher.keys)

        return named

    def names(self, reading: Reading) -> Names:
        """Whom the articles name, as this thread may ask it, up to date."""
        from index.naming import Names, Naming

        with self._naming_lock:
            before = None
            if self._naming is not None and self._naming[0] == reading.generation:
                before = self._naming[1]
            naming = Naming.load(reading.store, before)
            self._naming = (reading.generation, naming)
        if reading.names is None or reading.names.naming is not naming:
            reading.names = Names(reading.store, naming)
        return reading.names

    def coverage(self) -> Coverage | None:
        """The term vectors of all articles, if anything has been read yet."""
        from index.compare import Coverage

        reading = self.reading()
        if reading is None:
            return None
        store = reading.store
        state = (reading.generation, store.count_vectors(), store.get("vectors"))
        with self._lock:
            if self._coverage is None or self._coverage[0] != state:
                self._coverage = (state, Coverage(store.vectors()))
            return self._coverage[1]


def _searcher(reading: Reading) -> Searcher | None:
    """The searcher of a thread, up to date; None where there is no full-text index yet."""
    from index import fulltext

    if reading.store.get("fulltext") != str(fulltext.FORMAT):
        return None
    if reading.searcher is None:
        reading.searcher = fulltext.Searcher(reading.generation / generations.FULLTEXT)
    else:
        reading.searcher.refresh()
    return reading.searcher


def _close(reading: Reading) -> None:
    # A connection that another thread is using at this moment is closed with the process.
    with suppress(sqlite3.Error):
        reading.store.close()
    if reading.searcher is not None:
        reading.searcher.close()
