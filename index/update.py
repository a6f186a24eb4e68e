"""Brings a collection up to date with its files. Runs in the caller's process or in its own:

    python -P -m index.update --json [--cache-dir DIR] PATH …

prints each step as one line of JSON: `{"progress": …}`, then `{"report": …}`, or
`{"error": "one line"}`. It may be killed at any moment: what was committed stays, and the
next update goes on from there.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from index import generations
from index.errors import reason
from index.model import (
    Article,
    Mention,
    ParallaxError,
    Progress,
    ProgressCallback,
    Report,
    Skipped,
    to_json,
)
from index.places import private_dir
from index.store import FORMAT as STORE_FORMAT
from index.store import Store

FIRST_BATCH = 64
"""Articles in the first commit to the full-text index: something can be found at once."""
LARGEST_BATCH = 512
"""Later commits double up to this, which bounds memory and what a crash can cost."""
COMMIT_SECONDS = 0.5
"""How long reading goes on before what was read is committed and shown."""
COMMIT_CHARACTERS = 16_000_000
"""How much text is held before it is committed, however short the time."""
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

    Waits for another process that is updating the same collection. Raises ParallaxError when
    the cache cannot be written.
    """
    began = time.monotonic()
    try:
        private_dir(folder.parent.parent)
        private_dir(folder)
        with _lock(folder, progress):
            generation = _prepare(folder)
            report = _Update(paths, generation, progress).run()
            if generations.current(folder) != generation:
                generations.swap_in(folder, generation)
    except (OSError, sqlite3.Error) as error:
        raise ParallaxError(
            f"cannot write the cache in {folder}: {reason(error)}; make room there, or see"
            " that it belongs to you"
        ) from error
    return replace(report, seconds=time.monotonic() - began)


@contextmanager
def _lock(folder: Path, progress: ProgressCallback | None) -> Iterator[None]:
    from filelock import FileLock, Timeout

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


def _prepare(folder: Path) -> Path:
    """The generation to update: the current one where it is sound, else a new one."""
    for old in (generations.current(folder), generations.unfinished(folder)):
        if old is None:
            continue
        if not _sound_store(old):
            continue
        if _sound_fulltext(old):
            return old
        # The articles are safe: only their full-text index is built again, beside the old one.
        new = generations.begin(folder)
        opened = Store(old / generations.STORE)
        opened.copy_to(new / generations.STORE)
        opened.close()
        return _with_fulltext(new)
    return _with_fulltext(generations.begin(folder))


def _sound_store(generation: Path) -> bool:
    if not generations.has_store(generation):
        return False
    try:
        opened = Store(generation / generations.STORE)
        try:
            return opened.format == STORE_FORMAT and opened.is_sound()
        finally:
            opened.close()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return False


def _sound_fulltext(generation: Path) -> bool:
    from index import fulltext

    if generations.is_marked_damaged(generation):
        return False
    opened = Store(generation / generations.STORE)
    try:
        if opened.get("fulltext") != str(fulltext.FORMAT):
            return False
        # It may hold more than the store knows of, after a crash between the two commits.
        return fulltext.count(generation / generations.FULLTEXT) >= opened.count_indexed()
    except fulltext.DamagedIndex:
        return False
    finally:
        opened.close()


def _with_fulltext(generation: Path) -> Path:
    """Gives a new generation an empty full-text index, and a store that knows it is empty."""
    from index import fulltext

    shutil.rmtree(generation / generations.FULLTEXT, ignore_errors=True)
    fulltext.create(private_dir(generation / generations.FULLTEXT))
    opened = Store(generation / generations.STORE, write=True)
    with opened.transaction():
        opened.set_all_unindexed()
        opened.put("fulltext", str(fulltext.FORMAT))
        opened.put("ready", "")
    opened.close()
    (generation / generations.STORE).chmod(0o600)
    return generation


@dataclass(slots=True)
class _File:
    path: Path
    locator: str
    stamp: str
    """Size and times: what changes when the file does. Empty when it is to be read each time."""


class _Update:
    """One update of one generation: scan, read, index, recognise, link."""

    def __init__(
        self, paths: Sequence[Path], generation: Path, progress: ProgressCallback | None
    ) -> None:
        self._paths = paths
        self._store = Store(generation / generations.STORE, write=True)
        self._fulltext = generation / generations.FULLTEXT
        self._callback = progress
        self._batch = FIRST_BATCH
        self._done = self._total = 0
        self._counts = {"added": 0, "changed": 0, "removed": 0, "unchanged": 0}
        self._articles = self._searchable = self._recognised = 0

    def run(self) -> Report:
        """Does all of it; every step is committed before the next."""
        try:
            store = self._store
            self._articles = store.count()
            self._searchable = store.count_indexed()
            self._recognised = store.count_recognised()
            self._say("scanning")
            files = self._scan()
            for _ in self._read(files):
                self._say("reading")
                self._index(self._batch)
            while self._index(self._batch):
                pass
            self._recognise()
            if not store.get("ready"):
                store.put("ready", "yes")
            self._say("ready")
            return Report(**self._counts, skipped=store.skipped(), copies=store.count_copies())
        finally:
            self._store.close()

    def _say(self, phase: str) -> None:
        if self._callback:
            counts = (self._articles, self._searchable, self._recognised)
            skipped = self._store.count_skipped()
            self._callback(Progress(phase, self._done, self._total, *counts, skipped))

    def _scan(self) -> list[_File]:
        """Forgets the files that are gone; gives those that are new or changed."""
        from index.ingest import find_files, locator_of

        known = self._store.files()
        seen, to_read, skipped = set(), [], []
        for found in find_files(self._paths):
            if isinstance(found, Skipped):
                skipped.append(found)
                continue
            locator = locator_of(found.path)
            seen.add(locator)
            stamp = _stamp(found.path, found.status)
            if not stamp or (locator not in known or known[locator].stamp != stamp):
                to_read.append(_File(found.path, locator, stamp))
        gone = (set(known) | self._store.skipped_paths()) - seen
        with self._store.transaction():
            for path in sorted(gone):
                self._counts["removed"] += self._store.remove_file(path)
            for unreadable in skipped:
                self._store.put_skipped(unreadable.locator, [unreadable])
        before = self._articles
        self._articles = self._store.count()
        self._counts["unchanged"] = self._articles
        if before != self._articles:
            self._searchable = self._store.count_indexed()
            self._recognised = self._store.count_recognised()
        self._total = len(seen) + len(skipped)
        self._done = self._total - len(to_read)
        return to_read

    def _read(self, files: Sequence[_File]) -> Iterator[None]:
        """Reads files into the store, and yields after every commit."""
        if files and self._store.get("ready"):
            self._store.put("ready", "")
        began, characters = time.monotonic(), 0
        self._store.begin()
        for file in files:
            before = set(self._store.article_ids(file.locator))
            seen: set[str] = set()
            skipped = []
            for item in _items(file):
                if isinstance(item, Skipped):
                    skipped.append(item)
                    continue
                seen.add(item.id)
                outcome = self._store.put_article(file.locator, item)
                self._count(outcome, new=item.id not in before)
                characters += sum(len(p.text) for p in item.paragraphs)
                if characters > COMMIT_CHARACTERS or time.monotonic() - began > COMMIT_SECONDS:
                    self._store.commit()
                    yield
                    began, characters = time.monotonic(), 0
                    self._store.begin()
            vanished = self._store.remove_articles(before - seen)
            self._counts["removed"] += vanished
            self._counts["unchanged"] -= vanished
            self._articles -= vanished
            self._store.put_skipped(file.locator, skipped)
            if file.stamp:
                self._store.put_file(file.locator, file.stamp)
            self._done += 1
        self._store.commit()
        yield

    def _count(self, outcome: str, *, new: bool) -> None:
        if outcome not in self._counts or outcome == "unchanged":
            return
        self._counts[outcome] += 1
        if outcome == "added":
            self._articles += 1
        elif not new:
            self._counts["unchanged"] -= 1

    def _index(self, limit: int) -> bool:
        """Commits the next batch to the full-text index; False when there was nothing left."""
        from index import fulltext

        articles = self._store.unindexed(limit)
        removed = self._store.removed_ids()
        if not articles and not removed:
            return False
        fulltext.write(self._fulltext, articles, removed)
        with self._store.transaction():
            self._store.set_indexed([a.id for a in articles], removed)
        self._batch = min(self._batch * 2, LARGEST_BATCH)
        self._searchable = self._store.count_indexed()
        self._say("indexing")
        return True

    def _recognise(self) -> None:
        """Finds the entities of every article that has none yet, then links their spellings."""
        store, stale = self._store, self._counts["removed"] > 0 or not self._store.get("linked")
        while articles := store.unrecognised(FIRST_BATCH):
            found = [(article, *_findings(article)) for article in articles]
            with store.transaction():
                store.put("linked", "")
                store.put("vectors", str(int(store.get("vectors", "0")) + 1))
                for article, vector, mentions, failure in found:
                    store.put_findings(article.id, vector, mentions)
                    if failure:
                        store.add_skipped(article.id, failure)
            self._recognised += len(found)
            stale = True
            self._say("recognising")
        if stale:
            from index.entities import link

            links = link(store.name_counts())
            with store.transaction():
                store.put_links(links)
                store.put("linked", "yes")


def _findings(article: Article) -> tuple[bytes, Sequence[Mention], Skipped | None]:
    """What is found in one article: its term vector, its mentions, and what failed, if anything."""
    from index.compare import term_vector
    from index.entities import recognise_article

    try:
        return term_vector(article), recognise_article(article), None
    except Exception as error:
        # A fault in a rule must not cost the other articles theirs; this one stays readable.
        what = f"its entities could not be recognised: {reason(error)}"
        return term_vector(article), (), Skipped(article.locator, what)


def _items(file: _File) -> Iterator[Article | Skipped]:
    """The articles of one file. Whatever goes wrong in it costs no other file."""
    from index.ingest import read_file

    try:
        yield from read_file(file.path)
    except Exception as error:
        yield Skipped(file.locator, f"cannot be read: {reason(error)}")


def _stamp(path: Path, found: os.stat_result) -> str:
    """What tells whether a file changed; empty when it cannot be read now, but may be later."""
    if not os.access(path, os.R_OK):
        return ""
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one update and prints it as lines of JSON; gives the exit code."""
    from index.library import Library

    parser = argparse.ArgumentParser(prog="python -P -m index.update")
    parser.add_argument("--json", action="store_true", required=True)
    parser.add_argument("--cache-dir", type=Path)
    parser.add_argument("paths", nargs="+", type=Path)
    given = parser.parse_args(arguments)

    def say(**line: object) -> None:
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()

    try:
        with Library.open(given.paths, cache_dir=given.cache_dir) as library:
            report = library.update(lambda progress: say(progress=to_json(progress)))
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
