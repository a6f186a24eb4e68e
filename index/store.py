"""The store: one SQLite file that holds the articles and all that was found in them.

It is the source of truth; the full-text index can be rebuilt from it. One process writes, any
number read at the same time (write-ahead log). Text is stored as it was sanitised at ingest:
paragraphs hold no line breaks, so an article's are kept joined by them.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from index.model import (
    Article,
    EntityType,
    Mention,
    Paragraph,
    ParagraphKind,
    Skipped,
)

FORMAT = 2
"""Raised whenever the tables change, or what ingest and recognition find in the same files: a store
of another format is built anew."""

LEAD_CHARACTERS = 400
"""How much of the body lists show before anything was searched."""
LEAD_AT_LEAST = 60
"""Characters of a paragraph that tells something; shorter ones are subheadings and the like."""

_KINDS = {ParagraphKind.BODY: "b", ParagraphKind.BOILERPLATE: "f", ParagraphKind.REPEAT: "r"}
_KIND_OF = {letter: kind for kind, letter in _KINDS.items()}
_TYPES = tuple(EntityType)
_TYPE_NUMBER = {kind: number for number, kind in enumerate(_TYPES)}

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (path TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID;
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
    words INTEGER NOT NULL,
    lead TEXT NOT NULL,
    digest BLOB NOT NULL,
    indexed INTEGER NOT NULL DEFAULT 0,
    recognised INTEGER NOT NULL DEFAULT 0,
    vector BLOB
);
CREATE INDEX article_path ON article (path);
CREATE INDEX article_order ON article (date IS NULL, date DESC, title COLLATE NOCASE, id);
CREATE INDEX article_unindexed ON article (number) WHERE NOT indexed;
CREATE INDEX article_unrecognised ON article (number) WHERE NOT recognised;
CREATE TABLE body (number INTEGER PRIMARY KEY, kinds TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE removed (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE name (
    number INTEGER PRIMARY KEY,
    type INTEGER NOT NULL,
    name TEXT NOT NULL,
    entity TEXT,
    display TEXT,
    UNIQUE (type, name)
);
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
"""

_LISTED = "id, locator, title, source, author, date, url, words"
_ORDER = "ORDER BY date IS NULL, date DESC, title COLLATE NOCASE, id"
_TITLE = -1
"""Stands for the title where the table wants a paragraph number."""

Name = tuple[EntityType, str]
Links = Mapping[Name, tuple[str, str]]
"""The entity of each name: its id, and what it is called."""


class Store:
    """One open connection to a collection's store. It belongs to one thread."""

    def __init__(self, path: Path, *, write: bool = False) -> None:
        """Opens the store at `path`, which is made when `write` and it is not there.

        Raises sqlite3.Error when it cannot be opened or is not a store.
        """
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
            self._db.execute("ROLLBACK")
            raise
        self.commit()

    def is_sound(self) -> bool:
        """Whether SQLite finds the file intact. Reads all of it."""
        return bool(self._db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")

    def copy_to(self, path: Path) -> None:
        """Writes a whole copy of the store to a new file."""
        with sqlite3.connect(path) as target:
            self._db.backup(target)
        target.close()

    # What is known of the collection as a whole

    def get(self, key: str, default: str = "") -> str:
        """A setting that was stored with `put`."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return default if row is None else str(row[0])

    def put(self, key: str, value: str) -> None:
        """Stores a setting."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def count(self) -> int:
        """How many articles there are."""
        return self._number("SELECT COUNT(*) FROM article")

    def count_indexed(self) -> int:
        """How many of them are in the full-text index."""
        return self.count() - self._number("SELECT COUNT(*) FROM article WHERE NOT indexed")

    def count_recognised(self) -> int:
        """How many of them have their entities recognised."""
        return self.count() - self._number("SELECT COUNT(*) FROM article WHERE NOT recognised")

    def count_vectors(self) -> int:
        """How many of them have a term vector."""
        return self._number("SELECT COUNT(*) FROM article WHERE vector IS NOT NULL")

    def count_sources(self) -> int:
        """How many different outlets are stated."""
        return self._number("SELECT COUNT(DISTINCT source) FROM article")

    def count_skipped(self) -> int:
        """How many files and rows could not be read."""
        return self._number("SELECT COUNT(*) FROM skipped")

    def _number(self, sql: str) -> int:
        return int(self._db.execute(sql).fetchone()[0])

    # Files

    def files(self) -> dict[str, str]:
        """The path and stamp of every file that was read to its end."""
        return dict(self._db.execute("SELECT path, stamp FROM file"))

    def put_file(self, path: str, stamp: str) -> None:
        """Notes that a file was read to its end."""
        self._db.execute("INSERT OR REPLACE INTO file VALUES (?, ?)", (path, stamp))

    def remove_file(self, path: str) -> int:
        """Forgets a file with its articles; gives how many there were."""
        self._db.execute("DELETE FROM file WHERE path = ?", (path,))
        self.put_skipped(path, ())
        return self.remove_articles(self.article_ids(path))

    def put_skipped(self, path: str, skipped: Iterable[Skipped]) -> None:
        """Replaces what is known of the unreadable parts of one file."""
        self._db.execute("DELETE FROM skipped WHERE path = ?", (path,))
        self._db.executemany(
            "INSERT INTO skipped VALUES (?, ?, ?)", ((path, s.locator, s.reason) for s in skipped)
        )

    def add_skipped(self, article_id: str, skipped: Skipped) -> None:
        """Adds to what is known of the unreadable parts of an article's file."""
        self._db.execute(
            "INSERT INTO skipped SELECT path, ?, ? FROM article WHERE id = ?",
            (skipped.locator, skipped.reason, article_id),
        )

    def skipped_paths(self) -> set[str]:
        """The paths of which something was skipped."""
        return {path for (path,) in self._db.execute("SELECT DISTINCT path FROM skipped")}

    def skipped(self) -> tuple[Skipped, ...]:
        """Every file and row that could not be read, in the order of their paths."""
        rows = self._db.execute("SELECT locator, reason FROM skipped ORDER BY path, rowid")
        return tuple(Skipped(*row) for row in rows)

    # Articles

    def article_ids(self, path: str) -> list[str]:
        """The ids of the articles that stand in one file."""
        return [row[0] for row in self._db.execute("SELECT id FROM article WHERE path=?", (path,))]

    def put_article(self, path: str, article: Article) -> str:
        """Stores an article that was read from `path`: `added`, `changed` or `unchanged`."""
        kinds = "".join(_KINDS[p.kind] for p in article.paragraphs)
        text = "\n".join(p.text for p in article.paragraphs)
        date = article.date.isoformat() if article.date else None
        values = (article.title, article.source, article.author, date, article.url)
        digest = hashlib.blake2b(
            json.dumps([*values, kinds, text]).encode("ascii"), digest_size=16
        ).digest()
        known = self._db.execute(
            "SELECT number, digest, path FROM article WHERE id = ?", (article.id,)
        ).fetchone()
        if known and known[1] == digest and known[2] == path:
            return "unchanged"
        if known:
            self._forget(known[0])
        body = [p.text for p in article.paragraphs if p.kind is ParagraphKind.BODY]
        lead = next((text for text in body if len(text) >= LEAD_AT_LEAST), body[0] if body else "")
        row = (article.id, path, article.locator, *values, article.words, digest)
        number = self._db.execute(
            "INSERT INTO article (id, path, locator, title, source, author, date, url, words,"
            " digest, lead) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, lead[:LEAD_CHARACTERS]),
        ).lastrowid
        self._db.execute("INSERT INTO body VALUES (?, ?, ?)", (number, kinds, text))
        return "changed" if known else "added"

    def remove_articles(self, ids: Iterable[str]) -> int:
        """Removes articles and all that was found in them; gives how many there were."""
        removed = 0
        for article_id in ids:
            row = self._db.execute(
                "SELECT number, indexed FROM article WHERE id = ?", (article_id,)
            ).fetchone()
            if row:
                removed += 1
                self._forget(row[0])
                if row[1]:
                    self._db.execute("INSERT OR IGNORE INTO removed VALUES (?)", (article_id,))
        return removed

    def _forget(self, number: int) -> None:
        self._db.execute("DELETE FROM article WHERE number = ?", (number,))
        self._db.execute("DELETE FROM body WHERE number = ?", (number,))
        self._db.execute("DELETE FROM mention WHERE article = ?", (number,))

    def articles(self, limit: int = -1, offset: int = 0) -> Iterator[Article]:
        """Articles without paragraphs: newest first, undated ones last, then by title."""
        rows = self._db.execute(
            f"SELECT {_LISTED} FROM article {_ORDER} LIMIT ? OFFSET ?",  # noqa: S608
            (limit, offset),
        )
        return map(_listed, rows)

    def leads(self, ids: Sequence[str]) -> dict[str, str]:
        """The beginning of the body of each article, by id."""
        sql = f"SELECT id, lead FROM article WHERE id IN ({_marks(ids)})"  # noqa: S608
        return dict(self._db.execute(sql, tuple(ids)))

    def listed(self, ids: Sequence[str]) -> dict[str, Article]:
        """Articles without paragraphs by id; ids that are not there are left out."""
        sql = f"SELECT {_LISTED} FROM article WHERE id IN ({_marks(ids)})"  # noqa: S608
        return {row[0]: _listed(row) for row in self._db.execute(sql, tuple(ids))}

    def whole(self, ids: Sequence[str]) -> dict[str, Article]:
        """Whole articles by id; ids that are not there are left out."""
        sql = (
            f"SELECT {_LISTED}, kinds, text FROM article JOIN body USING (number)"  # noqa: S608
            f" WHERE id IN ({_marks(ids)})"
        )
        return {row[0]: _whole(row) for row in self._db.execute(sql, tuple(ids))}

    def ids_like(self, reference: str, limit: int = 5) -> list[tuple[str, str]]:
        """(id, locator) of the articles whose id, locator, file name or row id is `reference`.

        Where there is none, those whose id, locator or file name begins so.
        """
        rows = self._db.execute(
            "SELECT id, locator, :b IN (id, locator, name, row) AS same"
            " FROM (SELECT id, locator, substr(locator, length(path) + 2) AS row,"
            "   substr(locator, length(rtrim(path, replace(path, '/', ''))) + 1) AS name"
            "   FROM article)"
            " WHERE same OR :b IN (substr(id, 1, :n), substr(locator, 1, :n), substr(name, 1, :n))"
            " ORDER BY same DESC, locator LIMIT :limit",
            {"n": len(reference), "b": reference, "limit": limit},
        ).fetchall()
        return [row[:2] for row in rows if row[2] or not rows[0][2]]

    # What is still to be done for them

    def unindexed(self, limit: int) -> list[Article]:
        """Whole articles that are not in the full-text index yet."""
        return self._pending("indexed", limit)

    def unrecognised(self, limit: int) -> list[Article]:
        """Whole articles whose entities are not known yet."""
        return self._pending("recognised", limit)

    def _pending(self, column: str, limit: int) -> list[Article]:
        sql = (
            f"SELECT {_LISTED}, kinds, text FROM article JOIN body USING (number)"  # noqa: S608
            f" WHERE NOT {column} ORDER BY number LIMIT ?"
        )
        return [_whole(row) for row in self._db.execute(sql, (limit,))]

    def removed_ids(self) -> list[str]:
        """Ids that are gone from the store but may be in the full-text index still."""
        return [row[0] for row in self._db.execute("SELECT id FROM removed")]

    def set_indexed(self, ids: Iterable[str], removed: Iterable[str]) -> None:
        """Notes that the full-text index has `ids` now, and `removed` no longer."""
        self._db.executemany("UPDATE article SET indexed=1 WHERE id=?", ((i,) for i in ids))
        self._db.executemany("DELETE FROM removed WHERE id=?", ((i,) for i in removed))

    def set_all_unindexed(self) -> None:
        """Notes that there is no full-text index."""
        self._db.execute("UPDATE article SET indexed = 0")
        self._db.execute("DELETE FROM removed")

    # What was found in them

    def put_findings(self, article_id: str, vector: bytes, mentions: Iterable[Mention]) -> None:
        """Stores the term vector and the mentions of an article."""
        row = self._db.execute("SELECT number FROM article WHERE id=?", (article_id,)).fetchone()
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
        row = self._db.execute("SELECT recognised FROM article WHERE id=?", (article_id,))
        return bool((row.fetchone() or (0,))[0])

    def mentions(self, article_ids: Sequence[str] | None = None) -> Iterator[Mention]:
        """The stored mentions of some articles, or of all, in reading order."""
        chosen = "" if article_ids is None else f"WHERE a.id IN ({_marks(article_ids)})"
        rows = self._db.execute(
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
        rows = self._db.execute(
            "SELECT n.type, n.name, COUNT(*) FROM mention m JOIN name n ON n.number = m.name"
            " GROUP BY n.number"
        )
        return {(_TYPES[kind], name): count for kind, name, count in rows}

    def links(self, article_ids: Sequence[str] | None = None) -> dict[Name, tuple[str, str]]:
        """The entity of every name that has been linked, in some articles or in all."""
        chosen = "" if article_ids is None else f"AND a.id IN ({_marks(article_ids)})"
        rows = self._db.execute(
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

    def vectors(self) -> Iterator[tuple[str, bytes, datetime | None]]:
        """(id, term vector, date) of every article that has one."""
        rows = self._db.execute("SELECT id, vector, date FROM article WHERE vector IS NOT NULL")
        for article_id, vector, date in rows:
            yield article_id, vector, _date(date)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _date(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _listed(row: tuple[Any, ...]) -> Article:
    id_, locator, title, source, author, date, url, words = row[:8]
    return Article(id_, locator, title, source, author, _date(date), url, words)


def _whole(row: tuple[Any, ...]) -> Article:
    kinds, text = row[8:]
    lines = text.split("\n") if kinds else ()
    paragraphs = (Paragraph(t, _KIND_OF[k]) for k, t in zip(kinds, lines, strict=True))
    return replace(_listed(row), paragraphs=tuple(paragraphs))
