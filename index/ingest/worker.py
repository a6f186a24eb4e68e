"""A process that reads files, so that none of them can hang or crash the one that started it.

It is told of one file a line, and answers with one line for each thing it finds, all in JSON:

    in     {"settings": {…}}                   once, at the beginning
           {"path": "…", "share": [0, 1]}      a file to read, or every n-th article of it
    out    {"ready": true}                     once
           [position, [row of an article …]]   an article, and how far into its file that is
           {"skipped": [locator, reason]}
           {"end": hash}                       the file is read to its end

It ends when there is nothing more to come, and when the process that started it is gone.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO

from index.ingest.files import locator_of
from index.ingest.hashing import file_hash
from index.ingest.reading import read_file, unexpected
from index.model import Article, Skipped
from index.settings import Limits, Settings
from index.store.rows import Row, row_of

Watch = Callable[[BinaryIO], None]

LARGE = 250_000_000
"""Bytes of memory at which a worker makes room for a new one, once its file is read."""
HELD_SECONDS = 0.01
"""How long an answer may wait for others to be sent with it."""
_GRACE = 2
"""How many times the time for one file a worker may spend on it before the system ends it, where
nobody else is left to do so."""


def rows_in(
    path: Path,
    settings: Settings,
    watch: Watch | None = None,
    share: tuple[int, int] = (0, 1),
) -> Iterator[Row | Skipped]:
    """Gives the articles of a file as rows. Raises nothing for what is in it.

    `watch` and `share` are as in `read_file`.
    """
    try:
        for item in read_file(path, settings, watch, share):
            yield item if isinstance(item, Skipped) else _row(item)
    except Exception as error:
        yield Skipped(locator_of(path), unexpected(error))


def _row(article: Article) -> Row | Skipped:
    try:
        return row_of(article)
    except Exception as error:
        return Skipped(article.locator, unexpected(error))


def hash_of(path: Path) -> str:
    """Gives the hash of a file's bytes; nothing when it cannot be read now, but may be later."""
    try:
        return file_hash(path)
    except (OSError, ValueError):
        return ""


def main() -> None:
    """Reads what stdin names and writes what is in it to stdout."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it hears of it, and decides
    orders: SimpleQueue[bytes] = SimpleQueue()
    settings = _settings(json.loads(sys.stdin.buffer.readline()))
    threading.Thread(target=_listen, args=(sys.stdin.buffer, orders), daemon=True).start()
    _limit(settings.limits)
    wire = _Wire()
    wire.say({"ready": True})
    wire.flush()
    with suppress(BrokenPipeError):
        while order := orders.get():
            told = json.loads(order)
            path = Path(os.fsdecode(told["path"].encode("latin-1")))
            _read(path, settings, wire, tuple(told["share"]))
            # What comes next may hang.
            wire.flush()
            if _memory() > LARGE:
                break
    # Not the ordinary way: threads and caches of libraries may hang in it.
    os._exit(0)


def _read(path: Path, settings: Settings, wire: _Wire, share: tuple[int, int]) -> None:
    file: BinaryIO | None = None

    def watch(opened: BinaryIO) -> None:
        nonlocal file
        file = opened

    _alarm(settings.limits)
    found = hash_of(path) if share[0] == 0 else ""
    for item in rows_in(path, settings, watch, share):
        if isinstance(item, Skipped):
            wire.say({"skipped": [item.locator, item.reason]})
        else:
            wire.say([_position(file), item])
        _alarm(settings.limits)
    wire.say({"end": found})


def _position(file: BinaryIO | None) -> int:
    try:
        return file.tell() if file is not None else 0
    except (OSError, ValueError):
        return 0  # its reader has closed it, or reads it in another way


class _Wire:
    """Where answers go. They are gathered, but never held back while the next is long in coming."""

    def __init__(self) -> None:
        self._out = os.fdopen(os.dup(1), "wb", buffering=1 << 16)
        self._flushed = time.monotonic()
        # What libraries print must not come between.
        os.dup2(2, 1)

    def say(self, line: Any) -> None:
        self._out.write(json.dumps(line).encode("ascii") + b"\n")
        if time.monotonic() - self._flushed > HELD_SECONDS:
            self.flush()

    def flush(self) -> None:
        self._out.flush()
        self._flushed = time.monotonic()


def _listen(stdin: BinaryIO, orders: SimpleQueue[bytes]) -> None:
    """Passes orders on. When nobody can give any more, whatever is being read matters no more."""
    for line in stdin:
        orders.put(line)
    os._exit(0)


def _settings(said: dict[str, Any]) -> Settings:
    given = said["settings"]
    return Settings(**{**given, "limits": Limits(**given["limits"])})


def _limit(limits: Limits) -> None:
    """Bounds what this process may take, on systems that can do that."""
    try:
        import resource
    except ImportError:
        return
    most = limits.memory_megabytes * 1_000_000
    for kind, value in ((resource.RLIMIT_AS, most), (resource.RLIMIT_CORE, 0)):
        with suppress(OSError, ValueError):
            _, hard = resource.getrlimit(kind)
            if hard != resource.RLIM_INFINITY:
                value = min(value, hard)
            resource.setrlimit(kind, (value, hard))


def _alarm(limits: Limits) -> None:
    """Has the system end this process if it should hang when nobody is left who would end it."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, _GRACE * limits.seconds)


def _memory() -> int:
    """The most memory that this process has held, in bytes; 0 where that is not known."""
    try:
        import resource
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


if __name__ == "__main__":
    main()
