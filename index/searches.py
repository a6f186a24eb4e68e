"""Saved searches and history: what can be a name, and which answers of a search are new.

New is what answers now and was not among the answers when the search was saved or looked at. An
article is known by its id, which is made from its locator, so that a cache that was deleted and
built again brings no news.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from index.keys import id_of
from index.model import ParallaxError, SavedSearch
from index.userdata import KeptSearch, KeptSearches

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matching = Callable[[str, bool], NDArray[np.uint64]]
    """Gives the keys of all articles that answer a query, exactly or not: their ids as numbers."""

NAME_LENGTH = 60
"""Characters of the name of a saved search, at most."""


class Searches:
    """The saved searches and the history of one collection."""

    def __init__(self, kept: KeptSearches, matching: Matching) -> None:
        self._kept = kept
        self._matching = matching

    def saved(self, *, counted: bool) -> tuple[SavedSearch, ...]:
        """The saved searches, in the order of their names, with their counts where wanted."""
        return tuple(
            SavedSearch(each.name, each.query, *self._counts(each, counted), exact=each.exact)
            for each in self._kept.saved()
        )

    def named(self, name: str) -> SavedSearch:
        """The saved search of a name, without counts. Raises ParallaxError when there is none."""
        found = self._named(name)
        return SavedSearch(found.name, found.query, exact=found.exact)

    def save(self, name: str, query: str, exact: bool) -> None:
        """Gives a query a name; all that it finds now counts as seen."""
        from index.ingest.sanitise import sanitise_line

        name, query = checked(name), sanitise_line(query)
        if not query:
            raise ParallaxError("there is nothing to save: type a query first")
        self._kept.save(KeptSearch(name, query, exact, _packed(self._matching(query, exact))))

    def see(self, name: str) -> frozenset[str]:
        """Notes that the answers of a search were seen, and gives the ids of those that were new.

        What was seen before stays seen, so that an article which is gone for a while is no news
        when it is back.
        """
        import numpy as np

        search = self._named(name)
        seen, now = _unpacked(search.seen), self._matching(search.query, search.exact)
        new = np.setdiff1d(now, seen)
        if new.size:
            self._kept.see(search._replace(seen=_packed(np.concatenate([seen, new]))))
        return frozenset(map(id_of, new.tolist()))

    def forget(self, name: str) -> None:
        """Deletes a search. Raises ParallaxError when there is none of this name."""
        if not self._kept.forget(checked(name)):
            raise self._unknown(name)

    def history(self) -> tuple[str, ...]:
        """The queries that were used, the latest first; none where they cannot be read."""
        try:
            return self._kept.history()
        except ParallaxError:
            # Nobody asked for anything yet. Whoever saves a search is told.
            return ()

    def remember(self, query: str) -> None:
        """Puts a query on top of the history, unless it is empty or cannot be kept."""
        from index.ingest.sanitise import sanitise_line

        if query := sanitise_line(query):
            with suppress(ParallaxError):
                self._kept.remember(query)

    def _counts(self, search: KeptSearch, counted: bool) -> tuple[int, int]:
        import numpy as np

        if not counted:
            return 0, 0
        now = self._matching(search.query, search.exact)
        return now.size, np.setdiff1d(now, _unpacked(search.seen)).size

    def _named(self, name: str) -> KeptSearch:
        for each in self._kept.saved():
            if each.name == checked(name):
                return each
        raise self._unknown(name)

    def _unknown(self, name: str) -> ParallaxError:
        names = ", ".join(each.name for each in self._kept.saved())
        there_are = f"there are: {names}" if names else "none is saved in this collection"
        return ParallaxError(f"no saved search is called {name.strip()!r}; {there_are}")


def checked(name: str) -> str:
    """Gives the name of a saved search as it is kept. Raises ParallaxError when it can be none."""
    from index.ingest.sanitise import sanitise_line

    plain = sanitise_line(name)
    if not plain:
        raise ParallaxError("give the search a name")
    if len(name.strip().splitlines()) > 1:
        raise ParallaxError("the name of a search is one line")
    if len(plain) > NAME_LENGTH:
        raise ParallaxError(f"the name of a search has at most {NAME_LENGTH} characters")
    return plain


def _packed(keys: NDArray[np.uint64]) -> bytes:
    import numpy as np

    return np.unique(keys).astype("<u8").tobytes()


def _unpacked(keys: bytes) -> NDArray[np.uint64]:
    import numpy as np

    return np.frombuffer(keys, "<u8").astype(np.uint64)
