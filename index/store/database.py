"""The file that a store is: its tables, how it is opened, and what happens when it is damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from index.model import ParallaxError

FORMAT = 6
"""Raised whenever the tables change, or what ingest and recognition find in the same files: a store
of another format is built anew."""

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
    path TEXT PRIMARY KEY,
    stamp TEXT NOT NULL,
    hash TEXT NOT NULL,
    lacking INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX file_hash ON file (hash);
CREATE TABLE skipped (path TEXT NOT NULL, locator TEXT NOT NULL, reason TEXT NOT NULL);
CREATE INDEX skipped_path ON skipped (path);
CREATE TABLE article (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    locator TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT,
    author TEXT,
    date TEXT,
    url TEXT,
    language TEXT,
    words INTEGER NOT NULL,
    lead TEXT NOT NULL,
    digest BLOB NOT NULL,
    original TEXT,
    indexed INTEGER NOT NULL DEFAULT 0,
    recognised INTEGER NOT NULL DEFAULT 0,
    counted INTEGER NOT NULL DEFAULT 0,
    vector BLOB
);
CREATE INDEX article_path ON article (path);
CREATE INDEX article_digest ON article (digest);
CREATE INDEX article_source ON article (source);
CREATE INDEX article_author ON article (author);
CREATE INDEX article_order ON article (date IS NULL, date DESC, title COLLATE NOCASE, id);
CREATE INDEX article_corrected ON article (number) WHERE original IS NOT NULL;
CREATE INDEX article_unindexed ON article (number) WHERE NOT indexed;
CREATE INDEX article_unrecognised ON article (number) WHERE NOT recognised;
CREATE INDEX article_uncounted ON article (counted, number) WHERE counted < 2;
CREATE TABLE line (key INTEGER, article INTEGER, PRIMARY KEY (key, article)) WITHOUT ROWID;
CREATE INDEX line_article ON line (article);
CREATE TABLE sketch (article INTEGER PRIMARY KEY, numbers TEXT NOT NULL);
CREATE TABLE recurring (key INTEGER PRIMARY KEY);
CREATE TABLE doubt (key INTEGER PRIMARY KEY);
CREATE TABLE body (
    number INTEGER PRIMARY KEY,
    kinds TEXT NOT NULL,
    text TEXT NOT NULL,
    places TEXT,
    evidence TEXT NOT NULL
);
CREATE TABLE copy (
    id TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    locator TEXT NOT NULL,
    article INTEGER NOT NULL,
    evidence TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX copy_path ON copy (path);
CREATE INDEX copy_article ON copy (article);
CREATE TABLE removed (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE name (
    number INTEGER PRIMARY KEY,
    type INTEGER NOT NULL,
    name TEXT NOT NULL,
    words TEXT NOT NULL,
    entity INTEGER,
    UNIQUE (type, name)
);
CREATE INDEX name_spelling ON name (entity) WHERE entity <> number AND number > 0;
CREATE TABLE name_word (word TEXT, name INTEGER, PRIMARY KEY (word, name)) WITHOUT ROWID;
CREATE TABLE entity (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    type INTEGER NOT NULL,
    articles INTEGER,
    words TEXT NOT NULL
);
CREATE INDEX entity_articles ON entity (articles DESC) WHERE articles IS NOT NULL;
CREATE INDEX entity_of_type ON entity (type, articles DESC) WHERE articles IS NOT NULL;
CREATE TABLE mention (
    article INTEGER NOT NULL,
    paragraph INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    text TEXT NOT NULL,
    name INTEGER NOT NULL,
    PRIMARY KEY (article, paragraph, start)
) WITHOUT ROWID;
CREATE INDEX mention_name ON mention (name);
CREATE TABLE named (
    turn INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL UNIQUE,
    key INTEGER NOT NULL,
    names BLOB NOT NULL
);
"""
# What each connection keeps for itself while it reads a file again: the articles not met yet.
_OWN_TABLES = """
PRAGMA temp_store = FILE;
CREATE TEMP TABLE unmet (path TEXT, id TEXT, PRIMARY KEY (path, id)) WITHOUT ROWID;
"""


_Values = Sequence[Any] | Mapping[str, Any]


class DamagedStore(ParallaxError):  # noqa: N818, what it says of the store
    """The store can't be read; an update builds it again."""


class Database:
    """One open connection to a collection's store. It belongs to one thread."""

    def __init__(self, path: Path, *, write: bool = False) -> None:
        """Opens the store at `path`, which is made when `write` and it is not there.

        Raises sqlite3.Error when it cannot be opened or is not a store.
        """
        self.path = path
        mode = "rwc" if write else "ro"
        self._db = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            timeout=30,
            check_same_thread=False,  # the library closes all connections from one thread
        )
        # A byte that the disk spoilt costs one character, not the article it stands in.
        self._db.text_factory = partial(str, encoding="utf-8", errors="replace")
        try:
            if write:
                self._db.execute("PRAGMA journal_mode=WAL")
                # A lost last batch is read again; a torn file would be rebuilt.
                self._db.execute("PRAGMA synchronous=NORMAL")
                if not self._db.execute("PRAGMA user_version").fetchone()[0]:
                    tables = f"BEGIN;{_TABLES}PRAGMA user_version={FORMAT};COMMIT;"
                    self._db.executescript(tables)
                self._db.executescript(_OWN_TABLES)
            self.format: int = self._db.execute("PRAGMA user_version").fetchone()[0]
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Closes the connection."""
        self._db.close()

    def begin(self) -> None:
        """Starts a transaction."""
        self._db.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Makes everything since `begin` last."""
        self._db.execute("COMMIT")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside happen together, or not at all."""
        self.begin()
        try:
            yield
        except BaseException:
            if self._db.in_transaction:  # a full disk has ended it already
                self._db.execute("ROLLBACK")
            raise
        self.commit()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read inside is of one moment, whatever another process writes meanwhile."""
        self._db.execute("BEGIN")
        try:
            yield
        finally:
            self._db.execute("COMMIT")

    def is_sound(self) -> bool:
        """Whether SQLite finds the file intact. Reads all of it."""
        return bool(self._db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")

    def copy_to(self, path: Path) -> None:
        """Writes a whole copy of the store to a new file."""
        with closing(sqlite3.connect(path)) as target:
            self._db.backup(target)

    # What is known of the collection as a whole

    def get(self, key: str, default: str = "") -> str:
        """A setting that was stored with `put`."""
        row = self._row("SELECT value FROM meta WHERE key = ?", (key,))
        return default if row is None else str(row[0])

    def put(self, key: str, value: str) -> None:
        """Stores a setting."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # Reading

    def _rows(self, sql: str, values: _Values = ()) -> list[tuple[Any, ...]]:
        """All rows at once, so that nothing is left open when another store is swapped in.

        Raises DamagedStore, and notes it for the next update, when the file is damaged.
        """
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            note_damage(self.path)
            raise DamagedStore(
                f"the cache of this collection is damaged ({error}); an update builds it again"
            ) from error

    def _row(self, sql: str, values: _Values = ()) -> tuple[Any, ...] | None:
        rows = self._rows(sql, values)
        return rows[0] if rows else None

    def _number(self, sql: str, values: _Values = ()) -> int:
        row = self._row(sql, values)
        return int(row[0]) if row else 0


def note_damage(path: Path) -> None:
    """Notes that the store at `path` failed, so that the next update looks through all of it."""
    with suppress(OSError):
        _note(path).touch()


def is_damage_noted(path: Path) -> bool:
    """Whether `note_damage` was called for it."""
    return _note(path).exists()


def forget_damage(path: Path) -> None:
    """Takes the note back: the store was found intact."""
    with suppress(OSError):
        _note(path).unlink()


def _note(path: Path) -> Path:
    return path.with_suffix(".damaged")


def marks(values: Sequence[object]) -> str:
    """Gives as many question marks as there are values."""
    return ",".join("?" * len(values))
