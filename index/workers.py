"""One process that reads files (`index.ingest.worker`), seen from the process that started it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from queue import Queue
from typing import Any, NamedTuple

import index
from index.scan import File
from index.settings import Settings

_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); import index; del sys.path[0]\n"
    "from {module} import main; main()"
)


def command(module: str) -> list[str]:
    """Gives what starts the `main` of a module in a process of its own.

    It is of this same Parallax, wherever that was loaded from.
    """
    root = str(Path(index.__file__).resolve().parent.parent)
    return [sys.executable, "-P", "-c", _START.format(module=module), root]


class Task(NamedTuple):
    """A file to read, or a share of its articles."""

    file: File
    share: tuple[int, int] = (0, 1)


class Worker:
    """One process, and the thread that listens to it."""

    def __init__(self, settings: Settings, answers: Queue[tuple[Worker, list[bytes] | None]]):
        self.process = subprocess.Popen(  # noqa: S603 - this Python, and our own words
            command("index.ingest.worker"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.tasks: deque[Task] = deque()
        """What it was told to read and has not ended, the one it reads first."""
        self.since: float | None = time.monotonic()
        """Since when it owes an answer; None while one waits to be taken from it."""
        self.ready = False
        self.doomed: Task | None = None
        """What it was killed for."""
        self._answers = answers
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()
        self._order({"settings": asdict(settings)})

    def read(self, task: Task) -> None:
        """Tells it of one more file."""
        if not self.tasks:
            self.since = time.monotonic()
        self.tasks.append(task)
        path = os.fsencode(task.file.path).decode("latin-1")
        self._order({"path": path, "share": task.share})

    def _order(self, line: dict[str, Any]) -> None:
        # One that is gone is noticed where it is listened to.
        with suppress(OSError):
            assert self.process.stdin is not None  # noqa: S101 - it was asked for
            self.process.stdin.write(json.dumps(line).encode("ascii") + b"\n")
            self.process.stdin.flush()

    def _listen(self) -> None:
        """Passes its answers on, whole lines only, and at last None."""
        assert self.process.stdout is not None  # noqa: S101 - it was asked for
        descriptor = self.process.stdout.fileno()
        parts: list[bytes] = []
        while chunk := os.read(descriptor, 1 << 16):
            parts.append(chunk)
            if b"\n" in chunk:
                *lines, rest = b"".join(parts).split(b"\n")
                parts = [rest]
                self.since = None
                self._answers.put((self, lines))
                self.since = time.monotonic()
        self._answers.put((self, None))

    def close(self) -> None:
        """Kills it and lets go of it; its thread must be at its end."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self.process.wait()
