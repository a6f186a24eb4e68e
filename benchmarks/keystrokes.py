"""How long somebody who types waits: from a key to the painted answer, and from `q` to the shell.

    python benchmarks/keystrokes.py [PATH…]

On the given collection, or on the example. The first figure is of a reader that is left while it
reads the collection for the first time.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence

from terminal import Terminal, home

from index import Library
from index.places import bundled_seeds

TYPED = "mobile phone oil price gaming"
ANSWER = r" in \d+ ms"
"""What the reader writes above the articles it has found."""
PAUSE = 0.2
"""Seconds between two keys."""


def main(paths: Sequence[str]) -> None:
    """Types, leaves, and prints what that took."""
    with home() as folder:
        reader = Terminal(paths, folder)
        reader.rest(2)
        print(f"leaving while reading        {reader.leave() * 1000:6.0f} ms")
    with home() as folder:
        with Library.open(paths, cache_dir=f"{folder}/parallax") as library:
            library.update()
        reader = Terminal(paths, folder)
        reader.until("ready")
        reader.until("To the list", "/")
        times = []
        for key in TYPED:
            times.append(reader.until(ANSWER, key) * 1000)
            reader.rest(PAUSE)
        middle, slowest = statistics.median(times), max(times)
        print(f"key to painted answer        {middle:6.0f} ms median {slowest:6.0f} ms slowest")
        print(f"leaving                      {reader.leave() * 1000:6.0f} ms")


if __name__ == "__main__":
    main(sys.argv[1:] or [str(bundled_seeds())])
