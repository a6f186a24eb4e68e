"""How long a user waits: `parallax --version`, and the first title the reader draws.

    python benchmarks/startup.py [RUNS]

The reader runs in a pseudo-terminal of 140×40, on the seeds, with a cache of its own: empty
for the cold figure, filled by one run before the warm one. Figures are medians in
milliseconds, from the start of the process to the first byte of a title on the terminal.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

PARALLAX = [sys.executable, "-m", "tui.cli"]
TITLE = "Vows to Expel US Forces"
"""Part of a seed's title, as it stands in the list of articles."""
PATIENCE = 30.0
"""Seconds after which a reader that has drawn nothing is given up."""


def version() -> float:
    """Seconds that `parallax --version` takes."""
    began = time.perf_counter()
    subprocess.run([*PARALLAX, "--version"], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def home() -> tempfile.TemporaryDirectory[str]:
    """A home directory for a while. An update that was killed may still write in it."""
    return tempfile.TemporaryDirectory(prefix="parallax-", ignore_cleanup_errors=True)


def at_home(home: str) -> dict[str, str]:
    """The environment of a user with this home directory, on a terminal with colours."""
    places = ("HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")
    return os.environ | {"TERM": "xterm-256color"} | dict.fromkeys(places, home)


def first_title(home: str) -> float:
    """Seconds until the reader draws the first title of the seeds; `home` holds its cache."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 140, 0, 0))
    began = time.perf_counter()
    reader = subprocess.Popen(
        PARALLAX,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=at_home(home),
        start_new_session=True,
    )
    os.close(theirs)
    drawn = b""
    try:
        while TITLE.encode() not in drawn:
            left = began + PATIENCE - time.perf_counter()
            if left <= 0 or not select.select([ours], [], [], left)[0]:
                raise SystemExit(f"no title drawn within {PATIENCE:.0f} s")
            try:
                drawn += os.read(ours, 65536)
            except OSError as error:
                raise SystemExit("the reader ended without a title") from error
        return time.perf_counter() - began
    finally:
        os.killpg(reader.pid, signal.SIGKILL)
        reader.wait()
        os.close(ours)


def main() -> None:
    """Prints each figure: the median of RUNS runs, and the slowest."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    os.chdir(Path(__file__).parent.parent)
    figures("parallax --version", [version() for _ in range(runs)])
    with home() as kept:
        subprocess.run(
            [*PARALLAX, "index"], check=True, env=at_home(kept), stdout=subprocess.DEVNULL
        )
        figures("first title, warm cache", [first_title(kept) for _ in range(runs)])
    cold = []
    for _ in range(runs):
        with home() as empty:
            cold.append(first_title(empty))
    figures("first title, cold cache", cold)


def figures(name: str, seconds: list[float]) -> None:
    """Prints the median and the slowest of some runs."""
    median, slowest = statistics.median(seconds) * 1000, max(seconds) * 1000
    print(f"{name:<26}{median:7.0f} ms median{slowest:7.0f} ms slowest of {len(seconds)}")


if __name__ == "__main__":
    main()
