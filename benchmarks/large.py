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
    """Prints what a reader has held at most, and what it holds now without pages of files."""
    status = Path(f"/proc/{reader.pid}/status").read_text()
    kinds = ("VmHWM", "RssAnon")
    peak, own = (int(status.split(f"{kind}:")[1].split()[0]) / 1000 for kind in kinds)
    over = " over" if peak > MEGABYTES else ""
    print(
        f"{'memory of the reader':30} {peak:6.0f} MB resident at most,"
        f" {own:.0f} MB now without files{over}",
        flush=True,
    )


def opened(paths: Sequence[Path], folder: str) -> Library:
    """The library of a reader whose home is `folder`."""
    return Library.open(paths, f"{folder}/parallax", f"{folder}/parallax")


def build(given: Sequence[Path], made: int, folder: str) -> tuple[Path, Path]:
    """Makes a collection and brings it up to date, for a reader whose home is `folder`.

    Gives its folder, and a file of more articles that is not in it yet.
    """
    articles, later = Path(folder, "articles"), Path(folder, "later.jsonl")
    articles.mkdir()
    make(given, made, articles / "made.jsonl")
    make(given, MORE, later, first=made)
    began = time.perf_counter()
    with opened([articles], folder) as library:
        library.update()
    seconds = time.perf_counter() - began
    print(f"{made:,} articles were read, indexed and recognised in {seconds:,.0f} s", flush=True)
    return articles, later


def measure(paths: Sequence[Path], later: Path, folder: str) -> None:
    """Prints what a reader needs that is opened on `paths`; `later` is moved into the last."""
    names = [str(path) for path in paths]
    texts = to_type(paths)
    with opened(paths, folder) as library:
        newest = re.escape(library.search("", 1).hits[0].article.title[:20])
        started(names, folder, newest)
        say("first drawing", [started(names, folder, r"\w{3}") for _ in range(STARTS)], PAINT)
        say("first results", [started(names, folder, newest) for _ in range(STARTS)], RESULTS)
        reader = Terminal(names, folder)
        reader.until("ready")
        reader.rest(3)
        box = find_box(reader)
        say("key to results", [s for text in texts for s in waits(reader, box, text)], KEY)
        say_memory(reader)
        known = library.status().searchable
        later.rename(paths[-1] / later.name)
        reader.until("reading|indexing")
        before = library.status().searchable - known
        times = [s for text in texts for s in waits(reader, box, text)]
        after = library.status().searchable - known
        say("key to results while indexing", times, KEY)
        print(f"{'':30} {before:,} to {after:,} of {MORE:,} more became searchable meanwhile")
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
        articles, later = build(given.paths, given.made, folder)
        measure([articles], later, folder)


if __name__ == "__main__":
    main()
