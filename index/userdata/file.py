"""The file of the user's data: how it is opened, and what happens when it is damaged.

It is never deleted and never overwritten: a damaged one is set aside, and one of a newer version is
left alone.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import reason
from index.model import ParallaxError
from index.places import private_dir
from index.userdata.salvage import salvage

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
    """
    CREATE TABLE history (
        number INTEGER PRIMARY KEY,
        collection TEXT NOT NULL,
        query TEXT NOT NULL,
        time TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
        UNIQUE (collection, query)
    );
    CREATE TABLE saved_search (
        collection TEXT NOT NULL,
        name TEXT NOT NULL,
        query TEXT NOT NULL,
        exact INTEGER NOT NULL,
        seen BLOB NOT NULL CHECK (length(seen) % 8 = 0),
        time TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
        PRIMARY KEY (collection, name)
    );
    """,
)
"""What makes each version of the tables from the one before. Only ever added to."""


class UserData:
    """The user's own data. It may be used from any thread, and by several processes."""

    def __init__(self, folder: Path) -> None:
        """Nothing is opened or made before it is needed."""
        self.path = folder / NAME
        self._lock = threading.Lock()
        self._db: sqlite3.Connection | None = None
        self._file = (0, 0)
        """Which file is open, whatever it is called by now."""

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._db is not None:
            self._db.close()
        self._db = None

    def exists(self) -> bool:
        """Whether there is a file: what only reads makes none."""
        return self._db is not None or self.path.exists()

    @contextmanager
    def opened(self, begin: str) -> Iterator[sqlite3.Connection]:
        """The open file, in one transaction; made where it is missing.

        Raises ParallaxError, DamagedData when it is that.
        """
        with self._lock, self._transaction(begin) as db:
            yield db

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        try:
            if self._db is not None and _identity(self.path) != self._file:
                # Somebody set it aside: what is made now belongs in the one that took its place.
                self._close()
            if self._db is None:
                self._db = _open(self.path)
                self._file = _identity(self.path)
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
                f"your data in {self.path} cannot be opened: {reason(error)}; see that the"
                " file belongs to you and that there is room"
            ) from error
        except sqlite3.DatabaseError as error:
            raise DamagedData(
                f"your data in {self.path} is damaged; read the collection again (parallax index),"
                " which sets the file aside and keeps what can be kept"
            ) from error

    def set_aside(self) -> Path:
        """Renames a damaged file and gives its new name; what can be read of it is in a new file.

        Raises ParallaxError when that cannot be done.
        """
        self.close()
        try:
            aside = _set_aside(self.path)
        except OSError as error:
            raise ParallaxError(f"{self.path} cannot be renamed: {reason(error)}") from error
        with self.opened("BEGIN IMMEDIATE") as db:
            salvage(aside, db)
        return aside


class DamagedData(ParallaxError):  # noqa: N818, what it says of the data
    """The file can't be read."""


def _identity(path: Path) -> tuple[int, int]:
    """What tells a file from another one of the same name; zeros when there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return (found.st_dev, found.st_ino)


def _open(path: Path) -> sqlite3.Connection:
    """Opens the file, which is made where it is missing, and brings its tables up to date."""
    private_dir(path.parent)
    db = sqlite3.connect(path, isolation_level=None, timeout=30, check_same_thread=False)
    try:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version > len(_MIGRATIONS):
            raise ParallaxError(
                f"your data in {path} was made by a newer Parallax, and is left alone; use"
                " that version"
            )
        if version and db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("malformed")
        db.execute("PRAGMA journal_mode=WAL")
        # What was made is never lost, not even when the power fails.
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
