"""The articles in the store: putting them in as they are read, and listing them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from index.model import Article
from index.store.corrected import Corrected, corrected, values_of
from index.store.database import marks
from index.store.rows import LISTED, WHOLE, Row, listed, original_in, whole

_ORDER = "ORDER BY date IS NULL, date DESC, title COLLATE NOCASE, id"


class Articles(Corrected):
    """Storing and listing articles."""

    # Storing

    def put_row(self, path: str, row: Row) -> str:
        """Stores an article that was read from `path`, and says what became of it.

        `added`, `changed` or `unchanged`; `copied` when its content is listed already under another
        locator, and `merged` when it was listed itself before that.
        """
        digest = bytes.fromhex(row.digest)
        if self._first_new is None:
            self._first_new = 1 + self._number("SELECT COALESCE(MAX(number), 0) FROM article")
            self._copied = bool(self._number("SELECT EXISTS (SELECT 1 FROM copy)"))
        known = self._db.execute(
            "SELECT number, digest, path FROM article WHERE id = ?", (row.id,)
        ).fetchone()
        was_copy = False
        if known:
            if known[1] == digest and known[2] == path:
                self._refresh(known[0], row)
                return "unchanged"
            self._vacate(known[0])
        elif self._copied:
            copy_is_same = self._known_copy(path, row, digest)
            if copy_is_same:
                return "unchanged"
            was_copy = copy_is_same is not None
        twin = self._db.execute(
            "SELECT number, path, locator FROM article WHERE digest = ? LIMIT 1", (digest,)
        ).fetchone()
        if twin:
            self._add_copy(path, row, *twin)
            return "merged" if known else "copied"
        self._insert(path, row, digest)
        if known or was_copy:
            self._db.execute("DELETE FROM removed WHERE id = ?", (row.id,))
        return "changed" if known else "added"

    def _insert(self, path: str, row: Row, digest: bytes) -> None:
        number = self._db.execute(
            "INSERT INTO article (id, path, locator, title, source, author, date, url, language,"
            " words, lead, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (row.id, path, *row[1:10], digest),
        ).lastrowid
        self._db.execute("INSERT INTO body VALUES (?, ?, ?, ?, ?)", (number, *row[11:]))

    def _refresh(self, number: int, row: Row) -> None:
        """Takes over what may change of an article while its content stays the same."""
        language, original, places, evidence = self._db.execute(
            "SELECT language, original, places, evidence FROM article JOIN body USING (number)"
            " WHERE number = ?",
            (number,),
        ).fetchone()
        if (places, evidence) != (row.places, row.evidence):
            self._db.execute(
                "UPDATE body SET places = ?, evidence = ? WHERE number = ?",
                (row.places, row.evidence, number),
            )
        as_read = original_in(original)
        if "language" in as_read:
            if as_read["language"] != row.language:
                as_read["language"] = row.language
                self._db.execute(
                    "UPDATE article SET original = ? WHERE number = ?",
                    (json.dumps(as_read), number),
                )
        elif language != row.language:
            self._db.execute(
                "UPDATE article SET language = ? WHERE number = ?", (row.language, number)
            )

    # Reading

    def count(self) -> int:
        """How many articles there are."""
        return self._number("SELECT COUNT(*) FROM article")

    def count_copies(self) -> int:
        """How many exact copies of them there are beside them."""
        return self._number("SELECT COUNT(*) FROM copy")

    def articles(self, limit: int = -1, offset: int = 0) -> Iterator[Article]:
        """Articles without paragraphs: newest first, undated ones last, then by title."""
        rows = self._rows(
            f"SELECT {LISTED} FROM article {_ORDER} LIMIT ? OFFSET ?",  # noqa: S608
            (limit, offset),
        )
        copies = self._copies(None if limit < 0 else [row[0] for row in rows])
        return (listed(row, copies.get(row[0], ())) for row in rows)

    def sources(self) -> list[tuple[str, int]]:
        """Every outlet that is stated and the number of its articles, most first."""
        return self._stated("source")

    def authors(self) -> list[tuple[str, int]]:
        """Every author who is stated and the number of their articles, most first."""
        return self._stated("author")

    def _stated(self, column: str) -> list[tuple[str, int]]:
        return self._rows(
            f"SELECT {column}, COUNT(*) AS count FROM article"  # noqa: S608
            f" WHERE {column} IS NOT NULL GROUP BY {column} ORDER BY count DESC, {column}"
        )

    def place_in_list(self, article_id: str) -> int | None:
        """How many articles stand before one in `articles`; None if it is not there."""
        row = self._row("SELECT date, title, id FROM article WHERE id = ?", (article_id,))
        if row is None:
            return None
        later = "date IS NOT NULL" if row[0] is None else "date > :date"
        return self._number(
            f"SELECT (SELECT COUNT(*) FROM article WHERE {later})"  # noqa: S608
            " + (SELECT COUNT(*) FROM article WHERE date IS :date"
            "   AND (title COLLATE NOCASE, id) < (:title, :id))",
            {"date": row[0], "title": row[1], "id": row[2]},
        )

    def leads(self, ids: Sequence[str]) -> dict[str, str]:
        """The beginning of the body of each article, by id."""
        sql = f"SELECT id, lead FROM article WHERE id IN ({marks(ids)})"  # noqa: S608
        return dict(self._rows(sql, tuple(ids)))

    def listed(self, ids: Sequence[str]) -> dict[str, Article]:
        """Articles without paragraphs by id; ids that are not there are left out."""
        sql = f"SELECT {LISTED} FROM article WHERE id IN ({marks(ids)})"  # noqa: S608
        rows = self._rows(sql, tuple(ids))
        copies = self._copies([row[0] for row in rows])
        return {row[1]: listed(row, copies.get(row[0], ())) for row in rows}

    def whole(self, ids: Sequence[str], *, as_read: bool = False) -> dict[str, Article]:
        """Whole articles by id; ids that are not there are left out.

        With `as_read`, without the corrections that the store knows.
        """
        sql = (
            f"SELECT {WHOLE} FROM article JOIN body USING (number)"  # noqa: S608
            f" WHERE id IN ({marks(ids)})"
        )
        rows = self._rows(sql, tuple(ids))
        copies = self._copies([row[0] for row in rows])
        return {row[1]: _whole(row, copies.get(row[0], ()), as_read) for row in rows}

    def pending(self, column: str, limit: int, after: int = 0) -> list[tuple[int, Article]]:
        """Whole articles that are not `indexed`, or not `recognised`, yet, with their numbers.

        `after` is the number from which on they are looked for.
        """
        sql = (
            f"SELECT {WHOLE} FROM article JOIN body USING (number)"  # noqa: S608
            f" WHERE NOT {column} AND number > ? ORDER BY number LIMIT ?"
        )
        return [(row[0], _whole(row, (), False)) for row in self._rows(sql, (after, limit))]

    def _copies(self, numbers: Sequence[int] | None) -> dict[int, tuple[str, ...]]:
        """The locators of the copies of some articles, or of all."""
        chosen = "" if numbers is None else f"WHERE article IN ({marks(numbers)})"
        found: dict[int, tuple[str, ...]] = {}
        for number, locator in self._rows(
            f"SELECT article, locator FROM copy {chosen} ORDER BY path, locator",  # noqa: S608
            tuple(numbers or ()),
        ):
            found[number] = (*found.get(number, ()), locator)
        return found

    def ids_like(self, reference: str, limit: int = 5) -> list[tuple[str, str]]:
        """(id, locator) of the articles whose id, locator, file name or row id is `reference`.

        Where there is none, those whose id, locator or file name begins so. A copy stands for the
        article it is a copy of.
        """
        rows = self._rows(
            "SELECT listed, MIN(locator) AS place, MAX(:b IN (id, locator, name, row)) AS same"
            " FROM (SELECT id, listed, locator, substr(locator, length(path) + 2) AS row,"
            "   substr(locator, length(rtrim(path, replace(path, '/', ''))) + 1) AS name"
            "   FROM (SELECT id, id AS listed, path, locator FROM article UNION ALL"
            "     SELECT copy.id, article.id, copy.path, copy.locator FROM copy"
            "     JOIN article ON article.number = copy.article))"
            " WHERE :b IN (id, locator, name, row)"
            "   OR :b IN (substr(id, 1, :n), substr(locator, 1, :n), substr(name, 1, :n))"
            " GROUP BY listed ORDER BY same DESC, place LIMIT :limit",
            {"n": len(reference), "b": reference, "limit": limit},
        )
        return [(row[0], row[1]) for row in rows if row[2] or not rows[0][2]]


def _whole(row: tuple[Any, ...], copies: tuple[str, ...], as_read: bool) -> Article:
    article = whole(row, copies)
    return article if as_read or not row[10] else corrected(article, values_of(row))
