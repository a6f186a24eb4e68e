"""The reader on a large collection: how it starts, and how it answers somebody who types.

    python benchmarks/large.py [--made N] FILE_OR_FOLDER…

On N articles (100,000 unless said), made of the sentences of the given JSON Lines. They are read,
indexed and their names recognised first, which takes minutes. Start-up is of a reader whose
collection is up to date. Typing is ten characters a second, first with nothing else to do, then
while the reader reads and indexes more articles that were put into the folder. Memory is that of
the reader itself, without the process that reads. `over` marks what should be better.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from articles import files, make, rows
from processes import own_memory
from queries import COMMON, EACH, MIDDLE, NAME, SELDOM, pick
from terminal import Terminal, home
from typist import find_box, waits

from index import Library

MADE = 100_000
MORE = 8_000
"""Articles that are read while somebody types."""
STARTS = 7
TEXTS = 6
"""Queries typed, of a common, a middling and a rare word, and a name."""

PAINT, RESULTS, KEY = 500.0, 800.0, 50.0
"""Milliseconds that the first drawing, the first results and a key may take."""
MEGABYTES = 250.0
"""What the reader may hold."""


def to_type(paths: Sequence[Path]) -> list[str]:
    """The queries to type, of words of the collection."""
    picked = pick(rows(paths))
    kinds = [[q.typed for q in picked if q.kind == kind] for kind in (MIDDLE, COMMON, NAME, SELDOM)]
    return [" ".join(words) for words in islice(zip(*kinds, strict=False), min(TEXTS, EACH))]


def started(paths: Sequence[str], folder: str, wanted: str) -> float:
    """Seconds from the start of a reader until it has written `wanted`."""
    began = time.perf_counter()
    reader = Terminal(paths, folder)
    reader.until(wanted)
    waited = time.perf_counter() - began
    reader.leave()
    return waited


def say(what: str, times: Sequence[float], most: float) -> None:
    """Prints one line of figures."""
    in_order = sorted(1000 * seconds for seconds in times)
    p95 = in_order[int(0.95 * len(in_order))]
    over = " over" if p95 > most else ""
    print(
        f"{what:30} {statistics.median(in_order):6.0f} ms median {p95:6.0f} ms p95"
        f" {in_order[-1]:6.0f} ms slowest of {len(in_order)}{over}",
        flush=True,
    )


def say_memory(reader: Terminal) -> None:
    """Prints what a reader holds, and has held at most."""
    status = Path(f"/proc/{reader.pid}/status").read_text()
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1000
    over = " over" if peak > MEGABYTES else ""
    held = own_memory(reader.pid) / 1e6
    print(f"{'memory of the reader':30} {peak:6.0f} MB resident at most, {held:.0f} MB PSS{over}")


def measure(given: Sequence[Path], made: int, folder: str) -> None:
    """Makes the collection in `folder`, and prints what the reader needs on it."""
    articles, later = Path(folder, "articles"), Path(folder, "later.jsonl")
    articles.mkdir()
    make(given, made, articles / "made.jsonl")
    make(given, MORE, later, first=made)
    texts = to_type([articles])
    paths = [str(articles)]
    began = time.perf_counter()
    with Library.open(paths, f"{folder}/parallax", f"{folder}/parallax") as library:
        library.update()
        newest = re.escape(library.search("", 1).hits[0].article.title[:20])
        seconds = time.perf_counter() - began
        print(
            f"{made:,} articles were read, indexed and recognised in {seconds:,.0f} s", flush=True
        )
        started(paths, folder, newest)
        say("first drawing", [started(paths, folder, r"\w{3}") for _ in range(STARTS)], PAINT)
        say("first results", [started(paths, folder, newest) for _ in range(STARTS)], RESULTS)
        reader = Terminal(paths, folder)
        reader.until("ready")
        reader.rest(3)
        box = find_box(reader)
        say("key to results", [s for text in texts for s in waits(reader, box, text)], KEY)
        say_memory(reader)
        later.rename(articles / "later.jsonl")
        reader.until("reading|indexing")
        before = library.status().searchable
        times = [s for text in texts for s in waits(reader, box, text)]
        say("key to results while indexing", times, KEY)
        after = library.status().searchable
        print(f"{'':30} {before - made:,} to {after - made:,} of {MORE:,} more became searchable")
        say_memory(reader)
        reader.leave()


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--made", type=int, default=MADE)
    parser.add_argument("paths", type=Path, nargs="+")
    given = parser.parse_args()
    if not files(given.paths):
        parser.error("there are no JSON Lines")
    with home() as folder:
        measure(given.paths, given.made, folder)


if __name__ == "__main__":
    main()
