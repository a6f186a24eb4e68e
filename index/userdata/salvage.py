"""What can still be read of a damaged file of the user's data."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

_TABLES = (
    (
        "SELECT locator, field, value, fragment, hash, time FROM correction ORDER BY rowid",
        "INSERT OR IGNORE INTO correction (locator, field, value, fragment, hash, time)"
        " VALUES (?, ?, ?, ?, ?, ?)",
    ),
    (
        "SELECT collection, query, time FROM history ORDER BY number",
        "INSERT OR IGNORE INTO history (collection, query, time) VALUES (?, ?, ?)",
    ),
    (
        "SELECT collection, name, query, exact, seen, time FROM saved_search ORDER BY rowid",
        "INSERT OR IGNORE INTO saved_search (collection, name, query, exact, seen, time)"
        " VALUES (?, ?, ?, ?, ?, ?)",
    ),
)
"""How each table is read, and written."""


def salvage(damaged: Path, db: sqlite3.Connection) -> None:
    """Puts the rows of a damaged file into a new one, table by table, as far as they are read."""
    with closing(sqlite3.connect(f"{damaged.as_uri()}?mode=ro", uri=True)) as old:
        for read, write in _TABLES:
            with suppress(sqlite3.DatabaseError):
                for row in old.execute(read):
                    db.execute(write, row)
