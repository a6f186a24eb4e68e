"""Measures how soon the reader shows an article's title, from the start of its process.

    python benchmarks/first_paint.py [PATH…]

opens the reader in a terminal of its own, several times, and prints when the first output came,
when the first title of the collection was on it, and how long leaving took. The first opening
reads the collection; the others are warm.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import statistics
import struct
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

from index import Library
from index.places import bundled_seeds

ROUNDS = 7
PATIENCE = 60.0
COLUMNS, LINES = 120, 36
ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|[@-_])")


def main(paths: Sequence[Path]) -> None:
    """Opens and leaves the reader `ROUNDS` times."""
    with Library.open(paths) as library:
        library.update()
        titles = [article.title[:12].encode() for article in library.articles()]
    rounds = [one_round(paths, titles) for _ in range(ROUNDS)]
    for number, name in enumerate(("first output", "first title", "leaving")):
        milliseconds = [times[number] * 1000 for times in rounds]
        print(f"{name}: {statistics.median(milliseconds):.0f} ms", end=" ")
        print(f"({min(milliseconds):.0f} to {max(milliseconds):.0f})")


def one_round(paths: Sequence[Path], titles: Sequence[bytes]) -> tuple[float, float, float]:
    """Seconds until the first output and the first title, and seconds that leaving takes."""
    began = time.perf_counter()
    child, screen = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm-256color"
        program = "import sys; from tui.cli import main; sys.exit(main())"
        command = [sys.executable, "-c", program, *map(str, paths)]
        os.execv(sys.executable, command)
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    output, first = b"", 0.0
    while not any(title in ESCAPES.sub(b"", output) for title in titles):
        output += read(screen, began)
        first = first or time.perf_counter() - began
    shown = time.perf_counter() - began
    os.write(screen, b"q")
    leaving = time.perf_counter()
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if select.select([screen], [], [], 0.001)[0]:
            try:
                os.read(screen, 65536)
            except OSError:
                break
    os.close(screen)
    return first, shown, time.perf_counter() - leaving


def read(screen: int, began: float) -> bytes:
    """What the reader has written since; ends the measurement when it writes nothing."""
    ready, _, _ = select.select([screen], [], [], PATIENCE)
    if not ready or time.perf_counter() - began > PATIENCE:
        sys.exit("the reader did not show a title")
    return os.read(screen, 65536)


if __name__ == "__main__":
    main([Path(path) for path in sys.argv[1:]] or [bundled_seeds()])
