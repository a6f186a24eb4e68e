"""Where the articles stand: each content once, with its other places as copies.

When the file an article was read from goes away a copy takes its place, and when that file is moved
the article goes with it: text, mentions and vector stay, and only the full-text index is told anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from index.store.recurrences import Recurrences
from index.store.rows import Row


class Copies(Recurrences):
    """Places of articles: adding, moving and removing them."""

    _first_new: int | None = None
    """The number of the first article that this connection stored."""
    _copied: bool | None = None
    """Whether there may be copies."""

    def _is_known_copy(self, path: str, row: Row, digest: bytes) -> bool:
        """Whether there is a copy of this id, and it is as it was; one that is not is forgotten."""
        copy = self._db.execute(
            "SELECT article.digest, copy.path, copy.evidence FROM copy"
            " JOIN article ON article.number = copy.article WHERE copy.id = ?",
            (row.id,),
        ).fetchone()
        if copy is None:
            return False
        if copy[:2] != (digest, path):
            self._db.execute("DELETE FROM copy WHERE id = ?", (row.id,))
            return False
        if copy[2] != row.evidence:
            self._db.execute("UPDATE copy SET evidence = ? WHERE id = ?", (row.evidence, row.id))
        return True

    def _add_copy(self, path: str, row: Row, number: int, at_path: str, at: str) -> None:
        """Notes another place of an article.

        Of copies that are read for the first time together, the first by path is the one listed,
        whichever was read first.
        """
        earlier = (path, len(row.locator), row.locator) < (at_path, len(at), at)
        self._copied = True
        place = (row.id, path, row.locator, number, row.evidence)
        if self._first_new is not None and number >= self._first_new and earlier:
            place = self._put_at(number, place)
        self._db.execute("INSERT OR REPLACE INTO copy VALUES (?, ?, ?, ?, ?)", place)

    def _put_at(self, number: int, place: tuple[Any, ...]) -> tuple[Any, ...]:
        """Lists an article at another of its places; gives the place it had."""
        was: tuple[Any, ...] = self._db.execute(
            "SELECT id, path, locator, number, evidence FROM article JOIN body USING (number)"
            " WHERE number = ?",
            (number,),
        ).fetchone()
        self._rename(number, *place[:3])
        self._db.execute("UPDATE body SET evidence = ? WHERE number = ?", (place[4], number))
        return was

    def _rename(self, number: int, article_id: str, path: str, locator: str) -> None:
        """Gives an article another id and place; the full-text index learns of it next."""
        self._note_removed(number)
        self._db.execute(
            "UPDATE article SET id = ?, path = ?, locator = ?, indexed = 0 WHERE number = ?",
            (article_id, path, locator, number),
        )
        self._db.execute("DELETE FROM removed WHERE id = ?", (article_id,))
        self.uncount(number)
        self.vectors_changed()
        self._rename_named(number, article_id)

    def _note_removed(self, number: int) -> None:
        # Whether it is `indexed` or not: the full-text index may be ahead of what is noted here.
        self._db.execute(
            "INSERT OR IGNORE INTO removed SELECT id FROM article WHERE number = ?", (number,)
        )

    def _vacate(self, number: int) -> bool:
        """Takes an article away from its place; whether a copy of it stays listed."""
        copy = self._db.execute(
            "SELECT id, path, locator, article, evidence FROM copy WHERE article = ?"
            " ORDER BY path, locator LIMIT 1",
            (number,),
        ).fetchone()
        if copy:
            self._db.execute("DELETE FROM copy WHERE id = ?", (copy[0],))
            self._put_at(number, copy)
            return True
        self._note_removed(number)
        self.uncount(number)
        self._db.execute("DELETE FROM article WHERE number = ?", (number,))
        self._db.execute("DELETE FROM body WHERE number = ?", (number,))
        self.forget_mentions(number)
        return False

    def remove_articles(self, ids: Iterable[str]) -> int:
        """Takes articles away from their places; gives how many are not listed any more."""
        removed = 0
        for article_id in ids:
            row = self._row("SELECT number FROM article WHERE id = ?", (article_id,))
            if row:
                removed += not self._vacate(row[0])
            else:
                self._db.execute("DELETE FROM copy WHERE id = ?", (article_id,))
        return removed

    def move_article(self, article_id: str, to_id: str, path: str, locator: str) -> None:
        """Gives an article, or a copy, the id and place that its file has now."""
        row = self._row("SELECT number FROM article WHERE id = ?", (article_id,))
        if row:
            self._rename(row[0], to_id, path, locator)
        else:
            self._db.execute(
                "UPDATE copy SET id = ?, path = ?, locator = ? WHERE id = ?",
                (to_id, path, locator, article_id),
            )

    def vectors_changed(self) -> None:
        """Tells whoever holds all vectors in memory to read them again."""
        self._db.execute(
            "INSERT INTO meta VALUES ('vectors', '1')"
            " ON CONFLICT (key) DO UPDATE SET value = CAST(value + 1 AS TEXT)"
        )
