"""Reads a collection's files in a process of its own, and says how far it has come.

The reader stays quick while thousands of files are read, and ending the reader is instant:
the process is killed, what it has committed stays, and the next one goes on from there.
"""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.message import Message

from index.model import Progress, Report, Skipped

GRACE_SECONDS = 0.2
"""How long a killed process is given to be gone."""
LONGEST_LINE = 64 * 1024 * 1024
"""Bytes of one line: a report names every file that was skipped, and there may be many."""


class Update(Message):
    """Something that an update said."""

    by: Updater | None = None
    """The update that said it."""


@dataclass
class UpdateProgressed(Update):
    """Some more has been read."""

    progress: Progress


@dataclass
class UpdateFinished(Update):
    """Every file is accounted for."""

    report: Report


@dataclass
class UpdateFailed(Update):
    """The update ended before its end; `line` says why."""

    line: str


class Updater:
    """One update of one collection. `run` may be cancelled, and `kill` called, at any moment."""

    def __init__(
        self,
        paths: Sequence[Path],
        cache_dir: Path | None,
        post: Callable[[Message], object],
        only: frozenset[Path] | None = None,
    ) -> None:
        self.only = only
        """What of the collection is looked at; None for all of it. The user's corrections are
        taken up in any case."""
        self._paths = paths
        self._cache_dir = cache_dir
        self._to = post
        self._process: Process | None = None
        self.ended = False
        """Whether `run` is over."""

    def _post(self, message: Update) -> None:
        message.by = self
        self._to(message)

    @property
    def pid(self) -> int | None:
        """The process that is reading, while it does."""
        running = self._process is not None and self._process.returncode is None
        return self._process.pid if self._process and running else None

    async def run(self) -> None:
        """Starts the process and posts what it says until it ends."""
        try:
            await self._follow()
        finally:
            self.ended = True

    async def _follow(self) -> None:
        cache = ["--cache-dir", str(self._cache_dir)] if self._cache_dir else []
        some = [] if self.only is None else [f"--only={path}" for path in sorted(self.only)]
        if self.only == frozenset():
            some = ["--corrections"]
        command = [sys.executable, "-P", "-m", "index.update", "--json", *cache, *some, "--"]
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                *map(str, self._paths),
                stdin=DEVNULL,
                stdout=PIPE,
                stderr=DEVNULL,
                limit=LONGEST_LINE,
            )
        except OSError as error:
            self._post(UpdateFailed(f"the files could not be read: {error}"))
            return
        self._process = process
        try:
            ended = await self._listen(process)
            code = await process.wait()
        finally:
            self.kill()
        if not ended:
            self._post(UpdateFailed(f"reading the files stopped before its end (code {code})"))

    def kill(self) -> None:
        """Ends the process at once, and waits for nothing."""
        if self.pid is not None and self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()

    async def end(self) -> None:
        """Ends the process and sees it gone. `run` must have been cancelled before."""
        self.kill()
        if self._process is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._process.communicate(), GRACE_SECONDS)

    async def _listen(self, process: Process) -> bool:
        """Posts what the process says; whether it came to its own end."""
        ended = False
        if process.stdout is not None:
            async for line in process.stdout:
                message = read_line(line)
                if message is not None:
                    ended = ended or not isinstance(message, UpdateProgressed)
                    self._post(message)
        return ended


def read_line(line: bytes) -> Update | None:
    """Gives what one line of the update process says; None for anything else it may print."""
    try:
        said = json.loads(line)
        if "progress" in said:
            return UpdateProgressed(Progress(**said["progress"]))
        if "report" in said:
            return UpdateFinished(_report(said["report"]))
        if "error" in said:
            return UpdateFailed(str(said["error"]))
    except (ValueError, TypeError, KeyError):
        pass
    return None


def _report(said: Mapping[str, Any]) -> Report:
    skipped = tuple(Skipped(s["locator"], s["reason"]) for s in said["skipped"])
    return Report(**{**said, "skipped": skipped})
