"""What the user made: corrections of what was read. It can be made by nobody else.

One SQLite file in the user's data directory, for all collections. It is never deleted and never
overwritten: a damaged one is set aside, and one of a newer version is left alone.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from index.errors import reason
from index.model import ParallaxError
from index.places import private_dir

NAME = "user.sqlite"
_MIGRATIONS = (
    """
    CREATE TABLE correction (
        locator TEXT NOT NULL,
        field TEXT NOT NULL,
        value TEXT,
        fragment TEXT NOT NULL,
        hash TEXT NOT NULL,
        time TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
        PRIMARY KEY (locator, field)
    );
    """,
)
"""What makes each version of the tables from the one before. Only ever added to."""
_AT_ONCE = 500
"""Locators that are asked for in one query."""


class Correction(NamedTuple):
    """One field of one article, as the user wants it."""

    locator: str
    field: str
    value: str | None
    """None says that it is unstated."""
    fragment: str
    """What of the locator follows the path of the file."""
    hash: str
    """The hash of the bytes of the file, by which it is known when it was moved."""


class UserData:
    """The user's own data. It may be used from any thread, and by several processes."""

    def __init__(self, folder: Path) -> None:
        """Nothing is opened or made before it is needed."""
        self.path = folder / NAME
        self._lock = threading.Lock()
        self._db: sqlite3.Connection | None = None

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            if self._db is not None:
                self._db.close()
            self._db = None

    def corrections(self, locators: Sequence[str] | None = None) -> list[Correction]:
        """The corrections of the articles at some places, or all of them, oldest first.

        Raises ParallaxError when they cannot be read.
        """
        columns = "SELECT locator, field, value, fragment, hash FROM correction"
        if not self._exists():
            return []
        with self._lock, self._opened("BEGIN") as db:
            if locators is None:
                return [Correction(*row) for row in db.execute(f"{columns} ORDER BY time, rowid")]
            found: list[tuple[str, str, str | None, str, str]] = []
            for start in range(0, len(locators), _AT_ONCE):
                some = locators[start : start + _AT_ONCE]
                marks = ",".join("?" * len(some))
                sql = f"{columns} WHERE locator IN ({marks}) ORDER BY time, rowid"
                found += db.execute(sql, tuple(some))
            return [Correction(*row) for row in found]

    def put(self, correction: Correction) -> None:
        """Keeps a correction, in place of an earlier one of the same field; it is on the disk then.

        Raises ParallaxError when that cannot be done.
        """
        with self._lock, self._opened("BEGIN IMMEDIATE") as db:
            db.execute(
                "INSERT OR REPLACE INTO correction (locator, field, value, fragment, hash)"
                " VALUES (?, ?, ?, ?, ?)",
                correction,
            )

    def remove(self, locators: Iterable[str], field: str) -> None:
        """Undoes the corrections of one field."""
        with self._lock, self._opened("BEGIN IMMEDIATE") as db:
            db.executemany(
                "DELETE FROM correction WHERE locator = ? AND field = ?",
                [(locator, field) for locator in locators],
            )

    def rekey(self, old: Correction, locator: str, file_hash: str) -> None:
        """Notes that the article of a correction stands elsewhere, or that its file changed.

        A correction that is there already is newer, and stays.
        """
        with self._lock, self._opened("BEGIN IMMEDIATE") as db:
            key = (old.locator, old.field)
            db.execute(
                "UPDATE OR IGNORE correction SET locator=?, hash=? WHERE locator=? AND field=?",
                (locator, file_hash, *key),
            )
            if locator != old.locator:
                db.execute("DELETE FROM correction WHERE locator = ? AND field = ?", key)

    def _exists(self) -> bool:
        return self._db is not None or self.path.exists()

    @contextmanager
    def _opened(self, begin: str) -> Iterator[sqlite3.Connection]:
        """The open file, in one transaction. Raises ParallaxError, DamagedData when it is that."""
        try:
            if self._db is None:
                self._db = _open(self.path)
            self._db.execute(begin)
            try:
                yield self._db
            except BaseException:
                if self._db.in_transaction:  # a full disk has ended it already
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        except (sqlite3.OperationalError, OSError) as error:
            raise ParallaxError(
                f"your corrections in {self.path} cannot be opened: {reason(error)}; see that the"
                " file belongs to you and that there is room"
            ) from error
        except sqlite3.DatabaseError as error:
            raise DamagedData(
                f"your corrections in {self.path} are damaged; read the collection again (parallax"
                " index), which sets the file aside and keeps what can be kept"
            ) from error

    def set_aside(self) -> Path:
        """Renames a damaged file and gives its new name; the next correction makes a new file."""
        self.close()
        try:
            return _set_aside(self.path)
        except OSError as error:
            raise ParallaxError(f"{self.path} cannot be renamed: {reason(error)}") from error


class DamagedData(ParallaxError):  # noqa: N818, what it says of the data
    """The file of corrections can't be read."""


def _open(path: Path) -> sqlite3.Connection:
    """Opens the file, which is made where it is missing, and brings its tables up to date."""
    private_dir(path.parent)
    db = sqlite3.connect(path, isolation_level=None, timeout=30, check_same_thread=False)
    try:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version > len(_MIGRATIONS):
            raise ParallaxError(
                f"your corrections in {path} were made by a newer Parallax, and are left alone;"
                " use that version"
            )
        if version and db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("malformed")
        db.execute("PRAGMA journal_mode=WAL")
        # A correction that was made is never lost, not even when the power fails.
        db.execute("PRAGMA synchronous=FULL")
        for number in range(version, len(_MIGRATIONS)):
            _migrate(db, number)
        path.chmod(0o600)
    except BaseException:
        db.close()
        raise
    return db


def _migrate(db: sqlite3.Connection, number: int) -> None:
    """Takes the tables from one version to the next, unless another process did so meanwhile."""
    db.execute("BEGIN IMMEDIATE")
    try:
        if db.execute("PRAGMA user_version").fetchone()[0] == number:
            for statement in _MIGRATIONS[number].split(";"):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {number + 1}")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _set_aside(path: Path) -> Path:
    """Gives a damaged file, and what SQLite keeps beside it, a name that is free."""
    number = 1
    while (aside := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
        number += 1
    path.rename(aside)
    for beside in ("-wal", "-shm"):
        rest = path.with_name(path.name + beside)
        if rest.exists():
            rest.rename(aside.with_name(aside.name + beside))
    return aside
