"""The searches in the user's data: the queries that were used, and those that have a name.

A collection is known by the paths that it was opened on, so nothing of this hangs on its cache.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from index.userdata.file import UserData

HISTORY_KEPT = 500
"""Queries that are remembered for each collection."""
TYPING_SECONDS = 5
"""Within this time, a query that goes on with the one before was typed in one go with it."""


class KeptSearch(NamedTuple):
    """A query with a name."""

    name: str
    query: str
    exact: bool
    seen: bytes
    """The keys of the articles that somebody has seen among its answers: 64 bits each, little end
    first, in order."""


class KeptSearches:
    """The searches of one collection. Every method raises ParallaxError when the data is amiss."""

    def __init__(self, data: UserData, paths: Sequence[Path]) -> None:
        """The paths are those of the collection, as `places.resolved` gives them."""
        self._data = data
        # JSON, as names of files may hold what is no Unicode and SQLite takes nothing else.
        self._collection = json.dumps([str(path) for path in paths])

    def history(self) -> tuple[str, ...]:
        """The queries that were used, the latest first, each once."""
        if not self._data.exists():
            return ()
        with self._data.opened("BEGIN") as db:
            rows = db.execute(
                "SELECT query FROM history WHERE collection = ? ORDER BY number DESC",
                (self._collection,),
            )
            return tuple(query for (query,) in rows)

    def remember(self, query: str) -> None:
        """Puts a query on top of the history, and takes what is too old from its end.

        Of two that were typed in one go, one the beginning of the other, the longer is kept.
        """
        with self._data.opened("BEGIN IMMEDIATE") as db:
            last = db.execute(
                "SELECT number, query FROM history WHERE collection = ? AND number ="
                " (SELECT max(number) FROM history WHERE collection = ?)"
                " AND strftime('%s', 'now') - strftime('%s', time) BETWEEN 0 AND ?",
                (self._collection, self._collection, TYPING_SECONDS),
            ).fetchone()
            if last and last[1].startswith(query):
                return
            if last and query.startswith(last[1]):
                db.execute("DELETE FROM history WHERE number = ?", last[:1])
            db.execute(
                "INSERT OR REPLACE INTO history (collection, query) VALUES (?, ?)",
                (self._collection, query),
            )
            db.execute(
                "DELETE FROM history WHERE collection = ? AND number <="
                " (SELECT number FROM history WHERE collection = ?"
                " ORDER BY number DESC LIMIT 1 OFFSET ?)",
                (self._collection, self._collection, HISTORY_KEPT),
            )

    def saved(self) -> list[KeptSearch]:
        """The saved searches, in the order of their names."""
        if not self._data.exists():
            return []
        with self._data.opened("BEGIN") as db:
            rows = db.execute(
                "SELECT name, query, exact, seen FROM saved_search WHERE collection = ?",
                (self._collection,),
            )
            found = [
                KeptSearch(name, query, bool(exact), seen) for name, query, exact, seen in rows
            ]
        return sorted(found, key=lambda each: (each.name.casefold(), each.name))

    def save(self, search: KeptSearch) -> None:
        """Keeps a search, in place of one of the same name; it is on the disk then."""
        with self._data.opened("BEGIN IMMEDIATE") as db:
            db.execute(
                "INSERT OR REPLACE INTO saved_search (collection, name, query, exact, seen)"
                " VALUES (?, ?, ?, ?, ?)",
                (self._collection, *search),
            )

    def see(self, search: KeptSearch) -> None:
        """Keeps what was seen of a search, unless its name was given to another one meanwhile."""
        with self._data.opened("BEGIN IMMEDIATE") as db:
            db.execute(
                "UPDATE saved_search SET seen = ?, time = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
                " WHERE collection = ? AND name = ? AND query = ? AND exact = ?",
                (search.seen, self._collection, search.name, search.query, search.exact),
            )

    def forget(self, name: str) -> bool:
        """Deletes a saved search, and says whether there was one of this name."""
        with self._data.opened("BEGIN IMMEDIATE") as db:
            gone = db.execute(
                "DELETE FROM saved_search WHERE collection = ? AND name = ?",
                (self._collection, name),
            )
            return gone.rowcount > 0
