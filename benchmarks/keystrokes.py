"""How long somebody who types waits: from a key to the painted answer, and from `q` to the shell.

    python benchmarks/keystrokes.py [PATH…]

The reader runs in a pseudo-terminal of 140×40 on the given collection, or on the example. The
first figure is of a reader that is left while it reads the collection for the first time.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import statistics
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence

from startup import PARALLAX, at_home, home

from index import Library
from index.places import bundled_seeds

TYPED = "mobile phone oil price gaming"
ANSWER = re.compile(rb" in \d+ ms")
"""What the reader writes above the articles it has found."""
ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])")
PAUSE = 0.2
"""Seconds between two keys."""
PATIENCE = 30.0


class Terminal:
    """The reader in a terminal of its own."""

    def __init__(self, paths: Sequence[str], home: str) -> None:
        self.screen, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 140, 0, 0))
        self.process = subprocess.Popen(
            [*PARALLAX, *paths], stdin=theirs, stdout=theirs, stderr=theirs, env=at_home(home)
        )
        os.close(theirs)

    def until(self, wanted: re.Pattern[bytes], keys: bytes = b"") -> float:
        """Presses keys, and gives the seconds until something wanted is written."""
        began = time.perf_counter()
        os.write(self.screen, keys)
        written = b""
        while not wanted.search(ESCAPES.sub(b"", written)):
            if not select.select([self.screen], [], [], PATIENCE)[0]:
                raise SystemExit(f"{wanted.pattern!r} was never written")
            written += os.read(self.screen, 65536)
        return time.perf_counter() - began

    def rest(self, seconds: float) -> None:
        """Lets the reader write whatever it writes."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if select.select([self.screen], [], [], left)[0]:
                os.read(self.screen, 65536)

    def leave(self) -> float:
        """Presses Ctrl-Q, and gives the seconds until the process is gone."""
        began = time.perf_counter()
        os.write(self.screen, b"\x11")
        while self.process.poll() is None:
            if select.select([self.screen], [], [], 0.001)[0]:
                try:
                    os.read(self.screen, 65536)
                except OSError:
                    break
        self.process.wait()
        os.close(self.screen)
        return time.perf_counter() - began


def main(paths: Sequence[str]) -> None:
    """Types, leaves, and prints what that took."""
    with home() as folder:
        reader = Terminal(paths, folder)
        reader.rest(2)
        print(f"leaving while reading: {reader.leave() * 1000:.0f} ms")
    with home() as folder:
        with Library.open(paths, cache_dir=f"{folder}/parallax") as library:
            library.update()
        reader = Terminal(paths, folder)
        reader.until(re.compile(rb"ready"))
        reader.until(re.compile(rb"To the list"), b"/")
        times = []
        for key in TYPED:
            times.append(reader.until(ANSWER, key.encode()) * 1000)
            reader.rest(PAUSE)
        print(f"key to painted answer: {statistics.median(times):.0f} ms", end=" ")
        print(f"({min(times):.0f} to {max(times):.0f})")
        print(f"leaving: {reader.leave() * 1000:.0f} ms")


if __name__ == "__main__":
    main(sys.argv[1:] or [str(bundled_seeds())])
