"""SQLite FTS5: stemmed, best first by bm25, without a copy of the text.

It has no search for similar words: a misspelt word is looked for as it stands.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from articles import rows
from queries import Query

from engines import LIMIT, Answer, Engine

_SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE VIRTUAL TABLE words USING fts5(title, body, content='', tokenize='porter unicode61');
CREATE TABLE article (number INTEGER PRIMARY KEY, id TEXT, source TEXT, date TEXT);
"""
_FILTER = """
FROM words JOIN article ON number = words.rowid
WHERE words MATCH ? AND source = ? AND date >= ? AND date < ?
"""


def index(paths: Sequence[Path], folder: Path) -> int:
    """Indexes everything in one transaction."""
    database = sqlite3.connect(folder / "fts5.sqlite")
    database.executescript(_SCHEMA)
    count = 0
    with database:
        for count, row in enumerate(rows(paths), 1):
            database.execute(
                "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)",
                (count, row.title, row.text),
            )
            database.execute(
                "INSERT INTO article VALUES (?, ?, ?, ?)",
                (count, row.id, row.source, row.date[:10]),
            )
    database.close()
    return count


def opened(folder: Path) -> Engine:
    """The best and the total are two questions: one counts without scoring."""
    database = sqlite3.connect(folder / "fts5.sqlite")

    def answer(query: Query) -> Answer:
        if query.source:
            given: tuple[str | int, ...] = (query.typed, query.source, query.first, query.before)
            best = f"SELECT id {_FILTER} ORDER BY bm25(words) LIMIT ?"
            count = f"SELECT count(*) {_FILTER}"
        else:
            given = (query.typed,)
            best = (
                "SELECT id FROM (SELECT rowid AS number FROM words WHERE words MATCH ?"
                " ORDER BY bm25(words) LIMIT ?) JOIN article USING (number)"
            )
            count = "SELECT count(*) FROM words WHERE words MATCH ?"
        ids = [article for (article,) in database.execute(best, (*given, LIMIT))]
        return ids, int(database.execute(count, given).fetchone()[0])

    return answer
