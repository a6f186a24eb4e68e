"""What was found in the articles: mentions, the entities that names belong to, term vectors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from index.model import EntityType, Mention
from index.store.database import Database, marks
from index.store.rows import moment

_TYPES = tuple(EntityType)
_TYPE_NUMBER = {kind: number for number, kind in enumerate(_TYPES)}
_TITLE = -1
"""Stands for the title where the table wants a paragraph number."""

Name = tuple[EntityType, str]
Links = Mapping[Name, tuple[str, str]]
"""The entity of each name: its id, and what it is called."""


class Findings(Database):
    """Storing and reading what recognition found."""

    def put_findings(self, article_id: str, vector: bytes, mentions: Iterable[Mention]) -> None:
        """Stores the term vector and the mentions of an article."""
        row = self._row("SELECT number FROM article WHERE id=?", (article_id,))
        if row is None:
            return
        rows = []
        for m in mentions:
            place = _TITLE if m.paragraph is None else m.paragraph
            rows.append((row[0], place, m.start, m.end, m.text, self._name_number(m)))
        self._db.executemany("INSERT OR REPLACE INTO mention VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._db.execute(
            "UPDATE article SET recognised = 1, vector = ? WHERE number = ?", (vector, row[0])
        )

    def _name_number(self, mention: Mention) -> int:
        key = (_TYPE_NUMBER[mention.type], mention.name or mention.text)
        row = self._db.execute("SELECT number FROM name WHERE type=? AND name=?", key).fetchone()
        if row is None:
            sql = "INSERT INTO name (type, name) VALUES (?, ?) RETURNING number"
            row = self._db.execute(sql, key).fetchone()
        return int(row[0])

    def is_recognised(self, article_id: str) -> bool:
        """Whether the mentions of an article are stored."""
        row = self._row("SELECT recognised FROM article WHERE id=?", (article_id,))
        return bool((row or (0,))[0])

    def mentions(self, article_ids: Sequence[str] | None = None) -> Iterator[Mention]:
        """The stored mentions of some articles, or of all, in reading order."""
        chosen = "" if article_ids is None else f"WHERE a.id IN ({marks(article_ids)})"
        rows = self._rows(
            "SELECT a.id, m.paragraph, m.start, m.end, m.text, n.type, n.name, n.entity"  # noqa: S608
            " FROM mention m JOIN article a ON a.number = m.article"
            f" JOIN name n ON n.number = m.name {chosen}"
            " ORDER BY m.article, m.paragraph, m.start",
            tuple(article_ids or ()),
        )
        for article, paragraph, start, end, text, kind, name, entity in rows:
            place = None if paragraph == _TITLE else paragraph
            yield Mention(start, end, _TYPES[kind], text, name, place, article, entity)

    def name_counts(self) -> dict[Name, int]:
        """How often each name is mentioned."""
        rows = self._rows(
            "SELECT n.type, n.name, COUNT(*) FROM mention m JOIN name n ON n.number = m.name"
            " GROUP BY n.number"
        )
        return {(_TYPES[kind], name): count for kind, name, count in rows}

    def links(self, article_ids: Sequence[str] | None = None) -> dict[Name, tuple[str, str]]:
        """The entity of every name that has been linked, in some articles or in all."""
        chosen = "" if article_ids is None else f"AND a.id IN ({marks(article_ids)})"
        rows = self._rows(
            "SELECT DISTINCT n.type, n.name, n.entity, n.display FROM name n"  # noqa: S608
            " JOIN mention m ON n.number = m.name JOIN article a ON a.number = m.article"
            f" WHERE n.entity IS NOT NULL {chosen}",
            tuple(article_ids or ()),
        )
        return {(_TYPES[kind], name): (entity, display) for kind, name, entity, display in rows}

    def put_links(self, links: Links) -> None:
        """Stores the entity of every name; names that nothing mentions are dropped."""
        self._db.execute("DELETE FROM name WHERE number NOT IN (SELECT m.name FROM mention m)")
        self._db.executemany(
            "UPDATE name SET entity = ?, display = ? WHERE type = ? AND name = ?",
            ((*link, _TYPE_NUMBER[kind], name) for (kind, name), link in links.items()),
        )

    def count_vectors(self) -> int:
        """How many articles have a term vector."""
        return self._number("SELECT COUNT(*) FROM article WHERE vector IS NOT NULL")

    def vectors(self) -> Iterator[tuple[str, bytes, datetime | None]]:
        """(id, term vector, date) of every article that has one."""
        rows = self._rows("SELECT id, vector, date FROM article WHERE vector IS NOT NULL")
        for article_id, vector, date in rows:
            yield article_id, vector, moment(date)
