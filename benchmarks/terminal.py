"""The reader in a pseudo-terminal of 140×40, with a home of its own, for measuring it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Sequence

PARALLAX = [sys.executable, "-m", "tui.cli"]
PATIENCE = 60.0
"""Seconds after which a reader that has not drawn what it should is given up."""
ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])")


def home() -> tempfile.TemporaryDirectory[str]:
    """A home directory for a while. An update that was killed may still write in it."""
    return tempfile.TemporaryDirectory(prefix="parallax-", ignore_cleanup_errors=True)


def at_home(home: str) -> dict[str, str]:
    """The environment of a user with this home directory, on a terminal with colours."""
    names = ("CACHE", "CONFIG", "DATA", "STATE")
    places = ("HOME", *(f"XDG_{name}_HOME" for name in names))
    return os.environ | {"TERM": "xterm-256color"} | dict.fromkeys(places, home)


class Terminal:
    """A reader that was just started on some paths."""

    def __init__(self, paths: Sequence[str], home: str) -> None:
        self._screen, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 140, 0, 0))
        self._process = subprocess.Popen(
            [*PARALLAX, *paths],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=at_home(home),
            start_new_session=True,
        )
        os.close(theirs)

    @property
    def pid(self) -> int:
        """The reader's process, without those that it starts."""
        return self._process.pid

    def press(self, keys: str) -> None:
        """Presses keys, and waits for nothing."""
        os.write(self._screen, keys.encode())

    def written(self, seconds: float) -> bytes:
        """What the reader writes next; nothing when it writes nothing for so long."""
        if not select.select([self._screen], [], [], seconds)[0]:
            return b""
        return os.read(self._screen, 65536)

    def until(self, wanted: str, keys: str = "") -> float:
        """Presses keys, and gives the seconds until text that fits `wanted` is written."""
        began = time.perf_counter()
        self.press(keys)
        written = b""
        while not re.search(wanted.encode(), ESCAPES.sub(b"", written)):
            if not (more := self.written(PATIENCE)):
                raise SystemExit(f"{wanted!r} was never written")
            written += more
        return time.perf_counter() - began

    def rest(self, seconds: float) -> None:
        """Lets the reader write whatever it writes."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if select.select([self._screen], [], [], left)[0]:
                os.read(self._screen, 65536)

    def leave(self) -> float:
        """Presses Ctrl-Q, and gives the seconds until the process is gone."""
        began = time.perf_counter()
        os.write(self._screen, b"\x11")
        while self._process.poll() is None:
            if select.select([self._screen], [], [], 0.001)[0]:
                try:
                    os.read(self._screen, 65536)
                except OSError:
                    break
        self._process.wait()
        os.close(self._screen)
        return time.perf_counter() - began

    def kill(self) -> None:
        """Ends the reader and whatever it started, at once."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._screen)
