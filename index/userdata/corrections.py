"""The corrections in the user's data: one row for a field of an article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from index.userdata.file import UserData

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


class Corrections:
    """The corrections of all collections."""

    def __init__(self, data: UserData) -> None:
        self._data = data

    def given(self, locators: Sequence[str] | None = None) -> list[Correction]:
        """The corrections of the articles at some places, or all of them, oldest first.

        Raises ParallaxError when they cannot be read.
        """
        columns = "SELECT locator, field, value, fragment, hash FROM correction"
        if not self._data.exists():
            return []
        with self._data.opened("BEGIN") as db:
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
        with self._data.opened("BEGIN IMMEDIATE") as db:
            db.execute(
                "INSERT OR REPLACE INTO correction (locator, field, value, fragment, hash)"
                " VALUES (?, ?, ?, ?, ?)",
                correction,
            )

    def remove(self, locators: Iterable[str], field: str) -> None:
        """Undoes the corrections of one field."""
        with self._data.opened("BEGIN IMMEDIATE") as db:
            db.executemany(
                "DELETE FROM correction WHERE locator = ? AND field = ?",
                [(locator, field) for locator in locators],
            )

    def rekey(self, old: Correction, locator: str, file_hash: str) -> None:
        """Notes that the article of a correction stands elsewhere, or that its file changed.

        A correction that is there already is newer, and stays.
        """
        with self._data.opened("BEGIN IMMEDIATE") as db:
            key = (old.locator, old.field)
            db.execute(
                "UPDATE OR IGNORE correction SET locator=?, hash=? WHERE locator=? AND field=?",
                (locator, file_hash, *key),
            )
            if locator != old.locator:
                db.execute("DELETE FROM correction WHERE locator = ? AND field = ?", key)
