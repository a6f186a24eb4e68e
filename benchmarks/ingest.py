"""How fast files become articles in the store, and in how much memory; no full-text indexing.

    python benchmarks/ingest.py FILE_OR_FOLDER

Three ways, each in a process of its own: as an update does it (workers read, one process stores);
all in one process; and, for JSON Lines, a plain baseline that does the least that keeps the same
text: `json.loads`, and one `INSERT` of its fields into SQLite. CPU is user and system time of all
processes together. Memory is the peak of their proportional set sizes (PSS: pages that several of
them share are counted once), looked at ten times a second; where the system does not tell PSS, of
their resident sizes.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from processes import measured


def workers(path: Path, store: Path) -> None:
    """As an update does it."""
    from index.update import read_into_store

    read_into_store([path], store)


def one_process(path: Path, store: Path) -> None:
    """The same steps, one after the other in this process."""
    from index.ingest import find_files
    from index.ingest.worker import rows_in
    from index.model import Skipped
    from index.settings import Settings
    from index.store import Store

    opened = Store(store, write=True)
    with opened.transaction():
        for found in find_files([path]):
            if not isinstance(found, Skipped):
                for row in rows_in(found.path, Settings()):
                    if not isinstance(row, Skipped):
                        opened.put_row(str(found.path), row)
    opened.close()


def baseline(path: Path, store: Path) -> None:
    """The least: every row parsed and its fields inserted."""
    names = ("id", "title", "source", "author", "date", "url", "text")
    with sqlite3.connect(store) as db, path.open(encoding="utf8") as file:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        columns = ", ".join(f"{name} TEXT" for name in names[1:])
        db.execute(f"CREATE TABLE article (id TEXT PRIMARY KEY, {columns})")
        rows = (json.loads(line) for line in file)
        values = (tuple(row.get(name) for name in names) for row in rows)
        db.executemany("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?)", values)


WAYS: dict[str, Callable[[Path, Path], None]] = {
    "as an update does it": workers,
    "all in one process": one_process,
    "json.loads and INSERT": baseline,
}


def measure(name: str, path: Path) -> None:
    """Runs one way and prints one line of figures."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder, "store.sqlite")
        run = measured([sys.executable, __file__, str(path), name, str(store)])
        with sqlite3.connect(store) as db:
            count = db.execute("SELECT COUNT(*) FROM article").fetchone()[0]
        print(
            f"{name:22} {count:7,} articles  {count / run.seconds:7,.0f}/s"
            f"  {1e6 * run.cpu / max(count, 1):7,.0f} µs CPU each  {run.peak / 1e6:5,.0f} MB peak"
        )


def main(path: Path) -> None:
    """Measures and prints."""
    for name in WAYS:
        if name != "json.loads and INSERT" or path.suffix == ".jsonl":
            measure(name, path)


if __name__ == "__main__":
    if len(sys.argv) == 4:
        WAYS[sys.argv[2]](Path(sys.argv[1]), Path(sys.argv[3]))
    elif len(sys.argv) == 2:
        main(Path(sys.argv[1]).absolute())
    else:
        sys.exit(__doc__)
