"""Which lines recur in the articles of one source: what `index/recurrence.py` counts, on the disk.

Every article is first to be counted, then to be marked, and then settled. A line is a number that
stands for its text and its source. When the articles that have it change it is judged again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from index.store.named import Named

_TO_COUNT, _TO_MARK, _SETTLED = range(3)


class Text(NamedTuple):
    """An article as far as lines are counted in it."""

    number: int
    source: str | None
    path: str
    kinds: str
    """A letter for each paragraph, as it was when it was read."""
    now: str
    """The same, as it is now."""
    paragraphs: list[str]


class Recurrences(Named):
    """Storing and reading which articles have which lines."""

    def to_count(self, limit: int) -> list[Text]:
        """Articles whose lines are not counted yet."""
        return self._texts(_TO_COUNT, limit)

    def to_mark(self, limit: int) -> list[Text]:
        """Articles of which a line was judged otherwise than before."""
        return self._texts(_TO_MARK, limit)

    def _texts(self, state: int, limit: int) -> list[Text]:
        # The second condition says the same again, in the words of the index.
        rows = self._rows(
            "SELECT number, source, path, kinds, text FROM article JOIN body USING (number)"
            " WHERE counted = ? AND counted < 2 ORDER BY number LIMIT ?",
            (state, limit),
        )
        return [
            Text(number, source, path, as_read(kinds), kinds, text.split("\n"))
            for number, source, path, kinds, text in rows
        ]

    def put_lines(self, number: int, keys: Sequence[int], sketch: Sequence[int]) -> None:
        """Notes the lines of an article, and by what its revisions are known."""
        self._db.execute(
            "UPDATE article SET counted = ? WHERE number = ?",
            (_TO_MARK if keys else _SETTLED, number),
        )
        if keys:
            rows = [(key, number) for key in keys]
            self._db.executemany("INSERT OR IGNORE INTO line VALUES (?, ?)", rows)
            self._db.executemany("INSERT OR IGNORE INTO doubt VALUES (?)", [(key,) for key in keys])
            self._db.execute(
                "INSERT OR REPLACE INTO sketch VALUES (?, ?)", (number, json.dumps(list(sketch)))
            )

    def settle_rare_lines(self, enough: int) -> None:
        """Takes the lines that less than `enough` articles have out of those in doubt."""
        self._db.execute(
            "DELETE FROM doubt WHERE key NOT IN (SELECT key FROM recurring)"
            " AND (SELECT COUNT(*) FROM (SELECT 1 FROM line WHERE line.key = doubt.key LIMIT ?))"
            " < ?",
            (enough, enough),
        )

    def doubtful_lines(self, limit: int) -> list[int]:
        """Lines whose articles have changed."""
        return [key for (key,) in self._rows("SELECT key FROM doubt LIMIT ?", (limit,))]

    def sketches(self, key: int, limit: int) -> list[list[int]]:
        """The sketches of the articles that have a line, or of the first of them."""
        sql = "SELECT numbers FROM line JOIN sketch USING (article) WHERE key = ? LIMIT ?"
        return [json.loads(numbers) for (numbers,) in self._rows(sql, (key, limit))]

    def judge(self, key: int, recurs: bool) -> None:
        """Notes whether a line recurs. Where that is new, the articles that have it are to mark."""
        self._db.execute("DELETE FROM doubt WHERE key = ?", (key,))
        sql = (
            "INSERT OR IGNORE INTO recurring VALUES (?)"
            if recurs
            else "DELETE FROM recurring WHERE key = ?"
        )
        if self._db.execute(sql, (key,)).rowcount:
            self._db.execute(
                "UPDATE article SET counted = ? WHERE counted = ?"
                " AND number IN (SELECT article FROM line WHERE key = ?)",
                (_TO_MARK, _SETTLED, key),
            )

    def recurs(self, key: int) -> bool:
        """Whether a line was found to recur."""
        return self._row("SELECT 1 FROM recurring WHERE key = ?", (key,)) is not None

    def mark(self, number: int) -> None:
        """Notes that an article is marked as its lines are judged."""
        self._db.execute("UPDATE article SET counted = ? WHERE number = ?", (_SETTLED, number))

    def put_kinds(self, number: int, folded: Iterable[int], words: int, lead: str) -> None:
        """Folds some paragraphs of an article, and no others beside those folded when it was read.

        It is to be indexed and recognised anew.
        """
        (kinds,) = self._rows("SELECT kinds FROM body WHERE number = ?", (number,))[0]
        letters = list(as_read(kinds))
        for index in folded:
            letters[index] = RECURRING
        self._db.execute("UPDATE body SET kinds = ? WHERE number = ?", ("".join(letters), number))
        self.forget_mentions(number)
        self._db.execute(
            "UPDATE article SET words = ?, lead = ?, indexed = 0, recognised = 0 WHERE number = ?",
            (words, lead, number),
        )

    def uncount(self, number: int) -> None:
        """Takes the lines of an article out of what is counted; it is to be counted anew."""
        self._db.execute(
            "INSERT OR IGNORE INTO doubt SELECT key FROM line WHERE article = ?", (number,)
        )
        self._db.execute("DELETE FROM line WHERE article = ?", (number,))
        self._db.execute("DELETE FROM sketch WHERE article = ?", (number,))
        self._db.execute("UPDATE article SET counted = ? WHERE number = ?", (_TO_COUNT, number))


RECURRING = "s"
"""The letter of a paragraph that was body when it was read, and was folded as it recurs."""


def as_read(kinds: str) -> str:
    """Gives the letters of paragraphs as they were when the article was read."""
    return kinds.replace(RECURRING, "b")
