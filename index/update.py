"""Brings a collection up to date with its files. Runs in the caller's process or in its own:

    python -P -m index.update --json [--cache-dir DIR] [--data-dir DIR] [--only PATH] … PATH …

prints each step as one line of JSON: `{"progress": …}`, then `{"report": …}`, or
`{"error": "one line"}`. It may be killed at any moment: what was committed stays, and the
next update goes on from there.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from index import generations, places
from index.errors import reason
from index.intake import Intake
from index.model import (
    ParallaxError,
    Progress,
    ProgressCallback,
    Report,
    to_json,
)
from index.recurrence import count_lines, fold_recurring
from index.scan import scan
from index.settings import Settings, read_settings
from index.steps import Update
from index.store import DamagedStore, Store, note_damage
from index.userdata import UserData

NICENESS = 10
"""How far a process that updates stands back, with all that it starts: the reader comes first."""
WAIT_SECONDS = 0.5
"""How often the lock is tried while another process is updating."""


def update(
    paths: Sequence[Path],
    folder: Path,
    progress: ProgressCallback | None = None,
    only: Sequence[Path] | None = None,
    data_dir: Path | None = None,
) -> Report:
    """Reads what is new or changed under `paths` into the collection's `folder`.

    With `only`, looks at nothing else. `data_dir` is where the user's corrections are. Waits for
    another process that is updating the same collection. Raises ParallaxError when the cache cannot
    be written, and when the settings cannot be understood.
    """
    began = time.monotonic()
    settings = read_settings()
    user = UserData(data_dir or places.data_dir())
    try:
        places.private_dir(folder.parent.parent)
        places.private_dir(folder)
        with _lock(folder, progress):
            try:
                report = _generation(paths, folder, progress, only, settings, user)
            except DamagedStore:
                # That is noted now, so all of it is looked through, and built again.
                report = _generation(paths, folder, progress, None, settings, user)
    except (OSError, sqlite3.Error) as error:
        raise ParallaxError(
            f"cannot write the cache in {folder}: {reason(error)}; make room there, or see"
            " that it belongs to you"
        ) from error
    finally:
        user.close()
    return replace(report, seconds=time.monotonic() - began)


def _generation(
    paths: Sequence[Path],
    folder: Path,
    progress: ProgressCallback | None,
    only: Sequence[Path] | None,
    settings: Settings,
    user: UserData,
) -> Report:
    """Updates the current generation, or a new one, which then becomes current."""
    generation = generations.prepare(folder)
    now = generations.current(folder)
    # What was not read to its end, or is new, needs everything.
    only = only if generation == now else None
    try:
        with closing(Store(generation / generations.STORE, write=True)) as store:
            report = Update(paths, generation, store, progress, settings, user).run(only)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        note_damage(generation / generations.STORE)
        raise DamagedStore(str(error)) from error
    if now != generation:
        generations.swap_in(folder, generation)
    return report


@contextmanager
def _lock(folder: Path, progress: ProgressCallback | None) -> Iterator[None]:
    from filelock import FileLock, Timeout

    generations.clear_way(folder)
    lock = FileLock(folder / generations.LOCK)
    while True:
        try:
            lock.acquire(timeout=WAIT_SECONDS)
            break
        except Timeout:
            if progress:
                progress(Progress("waiting"))
    try:
        yield
    finally:
        lock.release()


def read_into_store(paths: Sequence[Path], path: Path, settings: Settings | None = None) -> None:
    """Reads all files under `paths` into the store at `path`, and does nothing else with them."""
    settings = settings or Settings()
    with closing(Store(path, write=True)) as store:
        changes = scan(paths, None, {}, {}, store.rests_on, settings)
        for _ in Intake(store, changes.to_read, settings).run():
            count_lines(store)
        fold_recurring(store)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one update and prints it as lines of JSON; gives the exit code."""
    from index.library import Library

    parser = argparse.ArgumentParser(prog="python -P -m index.update")
    parser.add_argument("--json", action="store_true", required=True)
    parser.add_argument("--cache-dir", type=Path)
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--only", type=Path, action="append", metavar="PATH")
    parser.add_argument("--corrections", action="store_const", const=[], dest="only")
    parser.add_argument("paths", nargs="+", type=Path)
    given = parser.parse_args(arguments)
    if hasattr(os, "nice"):
        os.nice(NICENESS)

    def say(**line: object) -> None:
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()

    try:
        with Library.open(given.paths, given.cache_dir, given.data_dir) as library:
            report = library.update(lambda progress: say(progress=to_json(progress)), given.only)
        say(report=to_json(report))
    except ParallaxError as error:
        say(error=str(error))
        return 2
    except (BrokenPipeError, KeyboardInterrupt):
        # The reader that started this is gone; the next update goes on from here.
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
