"""The articles in the store: each content once, with the other places where it stands as copies.

An article is found under its own id, which comes from its locator, and under those of its copies.
When the file it was read from goes away a copy takes its place, and when that file is moved the
article goes with it: text, mentions and vector stay, and only the full-text index is told anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from index.model import Article, Evidence, EvidenceKind, to_json
from index.store.database import marks
from index.store.recurrences import Recurrences
from index.store.rows import LISTED, WHOLE, Row, listed, moment, original_in, row_of, whole

_ORDER = "ORDER BY date IS NULL, date DESC, title COLLATE NOCASE, id"
_FIELDS = ("title", "source", "author", "date", "url", "language")
_IN_FULLTEXT = {"title", "source", "date"}
"""Fields that the full-text index knows."""


class Articles(Recurrences):
    """Storing, listing and moving articles."""

    _first_new: int | None = None
    """The number of the first article that this connection stored."""
    _copied: bool | None = None
    """Whether there may be copies."""

    # Storing

    def put_article(self, path: str, article: Article) -> str:
        """Stores an article that was read from `path`; gives what `put_row` gives."""
        return self.put_row(path, row_of(article))

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
        if known:
            if known[1] == digest and known[2] == path:
                self._refresh(known[0], row)
                return "unchanged"
            self._vacate(known[0])
        elif self._copied and (same := self._known_copy(path, row, digest)) is not None:
            if same:
                return "unchanged"
            known = row
        twin = self._db.execute(
            "SELECT number, path, locator FROM article WHERE digest = ? LIMIT 1", (digest,)
        ).fetchone()
        if twin:
            self._add_copy(path, row, *twin)
            return "merged" if known and known is not row else "copied"
        self._insert(path, row, digest)
        if known:
            self._db.execute("DELETE FROM removed WHERE id = ?", (row.id,))
        return "changed" if known and known is not row else "added"

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

    # Copies

    def _known_copy(self, path: str, row: Row, digest: bytes) -> bool | None:
        """Whether the copy of this id is as it was; None when there is none of it.

        One that is not is forgotten.
        """
        copy = self._db.execute(
            "SELECT article.digest, copy.path, copy.evidence FROM copy"
            " JOIN article ON article.number = copy.article WHERE copy.id = ?",
            (row.id,),
        ).fetchone()
        if copy is None:
            return None
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
        self._db.execute(
            "INSERT OR IGNORE INTO removed SELECT id FROM article WHERE number = ? AND indexed",
            (number,),
        )
        self._db.execute(
            "UPDATE article SET id = ?, path = ?, locator = ?, indexed = 0 WHERE number = ?",
            (article_id, path, locator, number),
        )
        self._db.execute("DELETE FROM removed WHERE id = ?", (article_id,))
        self.uncount(number)
        self.vectors_changed()

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
        self._db.execute(
            "INSERT OR IGNORE INTO removed SELECT id FROM article WHERE number = ? AND indexed",
            (number,),
        )
        self.uncount(number)
        self._db.execute("DELETE FROM article WHERE number = ?", (number,))
        self._db.execute("DELETE FROM body WHERE number = ?", (number,))
        self._db.execute("DELETE FROM mention WHERE article = ?", (number,))
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

    # Corrections

    def corrected_ids(self) -> set[str]:
        """The ids of the articles of which something is corrected."""
        rows = self._rows("SELECT id FROM article WHERE original IS NOT NULL")
        return {article_id for (article_id,) in rows}

    def corrections(self) -> list[tuple[str, str, dict[str, str | None]]]:
        """The locator, path and corrected fields of every article of which something is."""
        rows = self._rows(f"SELECT {LISTED}, path FROM article WHERE original IS NOT NULL")  # noqa: S608
        return [(row[2], row[11], values_of(row)) for row in rows]

    def place_of(self, article_id: str) -> tuple[str, str, str] | None:
        """The listed id, path and locator of an article, or of what this is a copy of."""
        return self._row(
            "SELECT article.id, article.path, article.locator FROM article WHERE id = :id"
            " UNION ALL SELECT article.id, copy.path, copy.locator FROM copy"
            " JOIN article ON article.number = copy.article WHERE copy.id = :id",
            {"id": article_id},
        )

    def correct(self, article_id: str, values: Mapping[str, str | None]) -> bool:
        """Makes `values` all that is corrected of an article; whether that changed anything.

        What was read is kept beside them, and shown again for fields that are not among them.
        """
        columns = ", ".join(_FIELDS)
        row = self._row(
            f"SELECT number, original, {columns} FROM article WHERE id = ?",  # noqa: S608
            (article_id,),
        )
        if row is None:
            return False
        now = dict(zip(_FIELDS, row[2:], strict=True))
        before = original_in(row[1])
        as_read = {**now, **before}
        then = {**as_read, **values}
        original = {name: as_read[name] for name in values}
        if now == then and original == before:
            return False
        changed = {name for name in _FIELDS if now[name] != then[name]}
        self._db.execute(
            "UPDATE article SET title = ?, source = ?, author = ?, date = ?, url = ?,"
            " language = ?, original = ?, indexed = indexed AND ? WHERE number = ?",
            (
                *(then[name] for name in _FIELDS),
                json.dumps(original) if original else None,
                not changed & _IN_FULLTEXT,
                row[0],
            ),
        )
        if "title" in changed:
            self._db.execute("DELETE FROM mention WHERE article = ?", (row[0],))
            self._db.execute("UPDATE article SET recognised = 0 WHERE number = ?", (row[0],))
        if "source" in changed:
            self.uncount(row[0])
        if "date" in changed:
            self.vectors_changed()
        return True

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

    def pending(self, column: str, limit: int) -> list[Article]:
        """Whole articles that are not `indexed`, or not `recognised`, yet."""
        sql = (
            f"SELECT {WHOLE} FROM article JOIN body USING (number)"  # noqa: S608
            f" WHERE NOT {column} ORDER BY number LIMIT ?"
        )
        return [_whole(row, (), False) for row in self._rows(sql, (limit,))]

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


def values_of(row: tuple[Any, ...]) -> dict[str, str | None]:
    """Gives the corrected fields of an article from its `LISTED` columns."""
    now = dict(zip(("title", "source", "author", "date", "url"), row[3:8], strict=True))
    now["language"] = row[9]
    return {name: now[name] for name in original_in(row[10])}


def corrected(article: Article, values: Mapping[str, str | None]) -> Article:
    """Gives an article as it was read with some fields corrected, and the evidence for that."""
    changes: dict[str, Any] = dict(values)
    evidence = dict(article.evidence)
    for name in values:
        before = getattr(article, name)
        said = f"instead of “{_shown(before)}”" if before else "it was unstated"
        evidence[name] = Evidence(EvidenceKind.CORRECTION, said)
    if "date" in changes:
        changes["date"] = moment(changes["date"])
    return replace(article, **changes, evidence=evidence)


def _shown(value: object) -> str:
    return str(to_json(value))
