"""The folders of one collection's cache, built aside and swapped in.

A collection's folder holds generations, each a store and a full-text index:

    current            the name of the generation to read
    3/store.sqlite     3/fulltext/   (their numbers rise, and never come again)
    update.lock        held by the one process that writes

A new generation is built beside the current one when there is none, when its format is
another version's, or when it is damaged; it becomes current in one atomic step, when it is
complete. Until then it can be read only where there is nothing better.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import closing, suppress
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
    with closing(opened):
        return opened.format == store.FORMAT


def clear_way(folder: Path) -> None:
    """Takes away folders that stand where files of this cache belong."""
    for blocked in (folder / LOCK, folder / _CURRENT, folder / f"{_CURRENT}.new"):
        if blocked.is_dir():
            shutil.rmtree(blocked)


def prepare(folder: Path) -> Path:
    """Gives the generation to update: the current one where it is sound, else a new one."""
    for old in (current(folder), unfinished(folder)):
        if old is None or not _is_store_sound(old):
            continue
        if _is_fulltext_sound(old):
            return old
        # The articles are safe: only their full-text index is built again, beside the old one.
        new = begin(folder)
        with closing(store.Store(old / STORE)) as opened:
            opened.copy_to(new / STORE)
        return _with_fulltext(new)
    return _with_fulltext(begin(folder))


def ended(generation: Path) -> str:
    """Gives what is noted of a full-text index when an update ends well, to know it again."""
    found = []
    with suppress(OSError), os.scandir(generation / FULLTEXT) as entries:
        for entry in entries:
            status = entry.stat()
            found.append(f"{entry.name} {status.st_size} {status.st_mtime_ns}")
    return "\n".join(sorted(found))


def _is_store_sound(generation: Path) -> bool:
    if not has_store(generation):
        return False
    path = generation / STORE
    try:
        with closing(store.Store(path)) as opened:
            if opened.format != store.FORMAT:
                return False
            # All of it is looked through only where there is a reason: that takes seconds.
            if store.is_damage_noted(path) or not opened.get("ended"):
                if not opened.is_sound():
                    return False
                store.forget_damage(path)
            return True
    except sqlite3.OperationalError:
        raise
    except (sqlite3.DatabaseError, store.DamagedStore):
        return False


def _is_fulltext_sound(generation: Path) -> bool:
    from index import fulltext

    if is_marked_damaged(generation):
        return False
    with closing(store.Store(generation / STORE)) as opened:
        if opened.get("fulltext") != str(fulltext.FORMAT):
            return False
        if opened.get("ended") == ended(generation):
            return True
        try:
            # It may hold more than the store knows of, after a crash between the two commits.
            return fulltext.count(generation / FULLTEXT) >= opened.count_indexed()
        except fulltext.DamagedIndex:
            return False


def _with_fulltext(generation: Path) -> Path:
    """Gives a new generation an empty full-text index, and a store that knows it is empty."""
    from index import fulltext

    shutil.rmtree(generation / FULLTEXT, ignore_errors=True)
    fulltext.create(private_dir(generation / FULLTEXT))
    with closing(store.Store(generation / STORE, write=True)) as opened, opened.transaction():
        opened.set_all_unindexed()
        opened.put("fulltext", str(fulltext.FORMAT))
        opened.put("ready", "")
        opened.put("ended", "")
    (generation / STORE).chmod(0o600)
    return generation


def begin(folder: Path) -> Path:
    """Makes the folder of a new generation beside the others, which stay as they are."""
    # Where the cache was deleted, no reader that is still open may take this for what it reads.
    names = [int(path.name) for path in _all(folder)] or [time.time_ns()]
    return private_dir(folder / str(max(names) + 1))


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
    """Notes that the full-text index failed while it was used, so that it is built again."""
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
