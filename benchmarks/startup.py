"""How long a user waits for `parallax --version`, and for the first title the reader draws.

    python benchmarks/startup.py

The reader runs on the seeds, with an empty cache for the cold figure, and one that was filled by
an earlier run for the warm one. Figures are from the start of the process to the first byte of a
title on the terminal.
"""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Sequence

from terminal import PARALLAX, Terminal, home

RUNS = 7
TITLE = "Vows to Expel US Forces"
"""Part of a seed's title, as it stands in the list of articles."""


def version() -> float:
    """Seconds that `parallax --version` takes."""
    began = time.perf_counter()
    subprocess.run([*PARALLAX, "--version"], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def first_title(folder: str) -> float:
    """Seconds until the reader draws the first title of the seeds; `folder` is its home."""
    began = time.perf_counter()
    reader = Terminal([], folder)
    reader.until(TITLE)
    waited = time.perf_counter() - began
    reader.kill()
    return waited


def say(what: str, times: Sequence[float]) -> None:
    """Prints one line of figures."""
    middle, slowest = statistics.median(times) * 1000, max(times) * 1000
    print(f"{what:28} {middle:6.0f} ms median {slowest:6.0f} ms slowest of {len(times)}")


def main() -> None:
    """Measures and prints."""
    say("parallax --version", [version() for _ in range(RUNS)])
    with home() as folder:
        reader = Terminal([], folder)
        reader.until("ready")
        reader.leave()
        say("first title, warm cache", [first_title(folder) for _ in range(RUNS)])
    cold = []
    for _ in range(RUNS):
        with home() as folder:
            cold.append(first_title(folder))
    say("first title, cold cache", cold)


if __name__ == "__main__":
    main()
