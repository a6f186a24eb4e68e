"""Reading many files at once in processes that can be killed.

What is simple and small is read in this process, so that a folder of a few texts costs no process
at all; everything else by workers (`index.ingest.worker`), which are started when they are needed.
"""

from __future__ import annotations

import json
import os
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, Queue
from typing import NamedTuple

from index.errors import reason
from index.ingest.formats import format_of, is_simple
from index.ingest.worker import hash_of, rows_in
from index.model import ParallaxError, Skipped
from index.scan import File
from index.settings import Settings
from index.store import Row
from index.workers import Task, Worker

MOST_WORKERS = 4
SMALL = 1_000_000
"""Bytes of a file of a simple format that this process reads itself."""
FEW = 100
"""Files of that kind for which no worker is started."""
SHARED = 4_000_000
"""Bytes of a file of rows that several workers read together, each some of its rows."""
AHEAD = 8
"""Files that a worker is told of in advance, so that it never waits for this process."""
BATCHES = 16
"""Answers that wait to be taken, each of 64 kB or one article: then the workers wait."""
LOOK_SECONDS = 0.2
"""How often workers are looked at that may have taken too long."""
START_SECONDS = 60
"""How long a process may take to start, on a machine that has much else to do."""
STARTS = 3
"""How many in a row may end before they are ready, as where memory is short for a moment."""

CRASHED = "its reader crashed"


class Ended(NamedTuple):
    """A file was read to its end, or as far as it could be."""

    hash: str
    """Of its bytes; empty when they could not be read."""
    whole: bool
    """Whether its reader came to its own end."""


class Item(NamedTuple):
    """One thing that was found in a file, or its end."""

    file: File
    found: Row | Skipped | Ended
    position: int = 0
    """How far into the file that is, in bytes, where it is known."""


def read_all(files: Sequence[File], settings: Settings) -> Generator[Item | None, None, None]:
    """Gives all that is in some files, each file's in its order, until its end.

    Whenever nothing was found for a while it gives None: the next file may be long in coming.
    Several are read at once. Whatever happens to the process that reads a file costs that file
    alone: it is Skipped, and what was read of it before is given. Raises ParallaxError when no
    process can be started.
    """
    pool = _Pool(files, settings)
    try:
        yield from pool.run()
    finally:
        pool.close()


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(slots=True)
class _Shared:
    """How far the workers are that share a file."""

    left: int
    hash: str = ""
    whole: bool = True
    skipped: set[Skipped] = field(default_factory=set)
    """What each of them would say of the file as a whole."""


class _Pool:
    def __init__(self, files: Sequence[File], settings: Settings) -> None:
        self._settings = settings
        self._most = min(MOST_WORKERS, cores())
        self._simple: deque[File] = deque()
        self._others: deque[Task] = deque()
        self._shared: dict[str, _Shared] = {}
        large = []
        for file in files:
            form = format_of(file.path.name)
            simple = form is not None and form.simple
            if simple and file.size <= SMALL:
                self._simple.append(file)
            elif simple and form is not None and form.piecewise and file.size > SHARED:
                large.append(file)
            else:
                self._others.append(Task(file))
        # Where there are fewer files than workers, they share the large ones.
        shares = max(self._most // (len(large) + len(self._others) or 1), 1)
        for file in large:
            self._shared[file.locator] = _Shared(shares)
            self._others.extend(Task(file, (share, shares)) for share in range(shares))
        self._help = len(self._simple) > FEW
        self._workers: list[Worker] = []
        self._failed = 0
        """How many in a row ended before they were ready."""
        self._answers: Queue[tuple[Worker, list[bytes] | None]] = Queue(BATCHES)
        self._looked = time.monotonic()

    def run(self) -> Iterator[Item | None]:
        """Everything that is found, until all files are at their end; None while nothing is."""
        while self._simple or self._others or any(worker.tasks for worker in self._workers):
            self._feed()
            try:
                worker, lines = self._answers.get(not self._simple, LOOK_SECONDS)
            except Empty:
                if self._simple and not is_simple(self._simple[0].path):
                    self._others.append(Task(self._simple.popleft()))
                elif self._simple:
                    yield from _read_here(self._simple.popleft(), self._settings)
                else:
                    yield None
            else:
                if lines is None:
                    yield from self._gone(worker)
                else:
                    yield from self._said(worker, lines)
            self._look()

    def _feed(self) -> None:
        """Gives the workers enough to do, and starts one more where that is of use."""
        while self._others or (self._help and self._simple):
            worker = min(self._workers, key=lambda each: len(each.tasks), default=None)
            if worker is None or (worker.tasks and len(self._workers) < self._most):
                worker = self._start()
            if len(worker.tasks) >= AHEAD:
                return
            worker.read(self._others.popleft() if self._others else Task(self._simple.popleft()))

    def _start(self) -> Worker:
        try:
            worker = Worker(self._settings, self._answers)
        except OSError as error:
            why = f"no process can be started to read files: {reason(error)}"
            raise ParallaxError(why) from error
        self._workers.append(worker)
        return worker

    def _said(self, worker: Worker, lines: list[bytes]) -> Iterator[Item]:
        """What some lines of a worker say."""
        for line in lines:
            try:
                said = json.loads(line)
                if isinstance(said, list):
                    yield Item(worker.tasks[0].file, Row(*said[1]), said[0])
                elif "skipped" in said:
                    yield from self._skipped(worker.tasks[0], Skipped(*said["skipped"]))
                elif "end" in said:
                    yield from self._ended(worker.tasks.popleft(), said["end"])
                else:
                    worker.ready = True
                    self._failed = 0
            except (ValueError, TypeError, LookupError):
                # Something in it writes where it should not: nothing more is believed.
                worker.process.kill()
                return

    def _gone(self, worker: Worker) -> Iterator[Item]:
        """What is to be said of the file that a worker read when it ended; the rest wait again."""
        self._workers.remove(worker)
        worker.close()
        if not worker.ready:
            self._failed += 1
            if self._failed >= STARTS:
                raise ParallaxError(
                    "the process that reads files could not be started (it ended with code"
                    f" {worker.process.returncode}); is Parallax installed whole?"
                )
        elif (
            worker.tasks and worker.process.returncode and worker.doomed in (None, worker.tasks[0])
        ):
            task = worker.tasks.popleft()
            why = CRASHED
            if worker.doomed is not None:
                seconds = self._settings.limits.seconds
                why = f"took longer than {seconds} s (seconds in the settings)"
            yield from self._skipped(task, Skipped(task.file.locator, why))
            yield from self._ended(task, "", whole=False)
        self._others.extendleft(reversed(worker.tasks))
        worker.tasks.clear()

    def _skipped(self, task: Task, skipped: Skipped) -> Iterator[Item]:
        """What could not be read, said once though several may find it."""
        shared = self._shared.get(task.file.locator)
        if shared is None or skipped not in shared.skipped:
            yield Item(task.file, skipped)
        if shared is not None and skipped.locator == task.file.locator:
            shared.skipped.add(skipped)

    def _ended(self, task: Task, file_hash: str, *, whole: bool = True) -> Iterator[Item]:
        """The end of a file, when all who share it are at theirs."""
        shared = self._shared.get(task.file.locator)
        if shared is None:
            yield Item(task.file, Ended(file_hash, whole))
            return
        shared.left -= 1
        shared.whole = shared.whole and whole
        shared.hash = file_hash or shared.hash
        if not shared.left:
            yield Item(task.file, Ended(shared.hash, shared.whole))

    def _look(self) -> None:
        """Kills what has taken too long."""
        now = time.monotonic()
        if now - self._looked < LOOK_SECONDS:
            return
        self._looked = now
        for worker in self._workers:
            since = worker.since
            allowed = self._settings.limits.seconds
            if not worker.ready:
                allowed = max(allowed, START_SECONDS)
            late = since is not None and now - since > allowed
            if late and worker.tasks and worker.doomed is None:
                worker.doomed = worker.tasks[0]
                worker.process.kill()

    def close(self) -> None:
        """Ends all workers, whatever they are doing."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            while worker.thread.is_alive():
                # It may be waiting for somebody to take what it has heard.
                with suppress(Empty):
                    self._answers.get(timeout=0.01)
            worker.close()
        self._workers.clear()


def _read_here(file: File, settings: Settings) -> Iterator[Item]:
    """What is in a file that this process reads itself."""
    found = hash_of(file.path)
    for each in rows_in(file.path, settings):
        yield Item(file, each)
    yield Item(file, Ended(found, whole=True))
