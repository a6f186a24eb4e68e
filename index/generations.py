"""The folders of one collection's cache, built aside and swapped in.

A collection's folder holds generations, each a store and a full-text index:

    current            the name of the generation to read
    3/store.sqlite     3/fulltext/
    update.lock        held by the one process that writes

A new generation is built beside the current one when there is none, when its format is
another version's, or when it is damaged; it becomes current in one atomic step, when it is
complete. Until then it can be read only where there is nothing better.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

from index import store
from index.places import private_dir

STORE = "store.sqlite"
FULLTEXT = "fulltext"
LOCK = "update.lock"
_CURRENT = "current"
_DAMAGED = "damaged"


def current(folder: Path) -> Path | None:
    """The generation that was last swapped in, whatever its state."""
    try:
        name = (folder / _CURRENT).read_text("ascii").strip()
    except (OSError, ValueError):
        return None
    return folder / name if name.isdigit() and (folder / name).is_dir() else None


def unfinished(folder: Path) -> Path | None:
    """The newest generation that is not current: one that is being built, or was left so."""
    now = current(folder)
    others = [path for path in _all(folder) if path != now]
    return others[-1] if others else None


def readable(folder: Path) -> Path | None:
    """The generation to read from: the current one, or the one that is being built."""
    for path in (current(folder), unfinished(folder)):
        if path is not None and has_store(path):
            return path
    return None


def has_store(generation: Path) -> bool:
    """Whether there is a store of this version's format that opens."""
    if not (generation / STORE).is_file():
        return False
    try:
        opened = store.Store(generation / STORE)
    except sqlite3.OperationalError:
        # Locked, or out of memory: no proof of damage, and no reason to throw it away.
        return (generation / STORE).stat().st_size > 0
    except sqlite3.Error:
        return False
    with_format = opened.format
    opened.close()
    return with_format == store.FORMAT


def begin(folder: Path) -> Path:
    """Makes the folder of a new generation beside the others, which stay as they are."""
    names = [int(path.name) for path in _all(folder)]
    return private_dir(folder / str(max(names, default=0) + 1))


def swap_in(folder: Path, generation: Path) -> None:
    """Makes a generation the current one in one atomic step, and removes all others."""
    pointer = folder / f"{_CURRENT}.new"
    with pointer.open("w", encoding="ascii") as out:
        out.write(generation.name)
        out.flush()
        os.fsync(out.fileno())
    pointer.replace(folder / _CURRENT)
    for path in _all(folder):
        if path != generation:
            # Where another process still has files of it open, the next update removes it.
            shutil.rmtree(path, ignore_errors=True)


def mark_damaged(generation: Path) -> None:
    """Notes that the full-text index failed while it was read, so that it is built again."""
    # It may be gone by now, when another was swapped in: then it is built again already.
    with suppress(OSError):
        (generation / _DAMAGED).touch()


def is_marked_damaged(generation: Path) -> bool:
    """Whether `mark_damaged` was called for it."""
    return (generation / _DAMAGED).exists()


def _all(folder: Path) -> list[Path]:
    try:
        found = [p for p in folder.iterdir() if p.name.isdigit() and p.is_dir()]
    except OSError:
        return []
    return sorted(found, key=lambda p: int(p.name))
