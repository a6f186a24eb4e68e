"""What was found in the articles: mentions and term vectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from index.model import Mention
from index.store.database import marks
from index.store.named import NAMED, TYPE_NUMBER, TYPES, packed_name
from index.store.names import StoredNames, WordsOf
from index.store.rows import moment

_TITLE = -1
"""Stands for the title where the table wants a paragraph number."""


class Findings(StoredNames):
    """Storing and reading what recognition found."""

    def put_findings(
        self, article_id: str, vector: bytes, mentions: Iterable[Mention], words_of: WordsOf
    ) -> None:
        """Stores the term vector and the mentions of an article, in place of those it had.

        `words_of` gives the words by which names are looked up.
        """
        row = self._row("SELECT number FROM article WHERE id=?", (article_id,))
        if row is None:
            return
        number = row[0]
        self.forget_mentions(number)
        rows = []
        named: Counter[int] = Counter()
        for m in mentions:
            name = self._name_number(m.type, m.name or m.text, words_of)
            place = _TITLE if m.paragraph is None else m.paragraph
            rows.append((number, place, m.start, m.end, m.text, name))
            if m.type in NAMED:
                named[packed_name(name, TYPE_NUMBER[m.type])] += 1
        self._db.executemany("INSERT OR REPLACE INTO mention VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._put_named(number, article_id, named)
        self._db.execute(
            "UPDATE article SET recognised = 1, vector = ? WHERE number = ?", (vector, number)
        )

    def is_recognised(self, article_id: str) -> bool:
        """Whether the mentions of an article are stored."""
        row = self._row("SELECT recognised FROM article WHERE id=?", (article_id,))
        return bool((row or (0,))[0])

    def mentions(self, article_ids: Sequence[str] | None = None) -> Iterator[Mention]:
        """The stored mentions of some articles, or of all, in reading order."""
        chosen = "" if article_ids is None else f"WHERE a.id IN ({marks(article_ids)})"
        rows = self._rows(
            "SELECT a.id, m.paragraph, m.start, m.end, m.text, n.type, n.name, e.id"  # noqa: S608
            " FROM mention m JOIN article a ON a.number = m.article"
            " JOIN name n ON n.number = m.name"
            f" LEFT JOIN entity e ON e.number = n.entity {chosen}"
            " ORDER BY m.article, m.paragraph, m.start",
            tuple(article_ids or ()),
        )
        for article, paragraph, start, end, text, kind, name, entity in rows:
            place = None if paragraph == _TITLE else paragraph
            yield Mention(start, end, TYPES[kind], text, name, place, article, entity)

    def count_vectors(self) -> int:
        """How many articles have a term vector."""
        return self._number("SELECT COUNT(*) FROM article WHERE vector IS NOT NULL")

    def vectors(self) -> Iterator[tuple[str, bytes, datetime | None]]:
        """(id, term vector, date) of every article that has one."""
        rows = self._rows("SELECT id, vector, date FROM article WHERE vector IS NOT NULL")
        for article_id, vector, date in rows:
            yield article_id, vector, moment(date)
