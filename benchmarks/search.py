"""Indexing and searching, side by side with stock Whoosh, SQLite FTS5 and Tantivy.

    python benchmarks/search.py [--made N] FILE_OR_FOLDER…

On the JSON Lines of the given files and folders, and then on N articles (100,000 unless said) that
are made of their sentences; with `--made 0` only on the given ones. Every engine works in a process
of its own, with the same articles and the same queries, on its own query parser.

Indexing is from JSON to a committed index with positions, outlet and date; for Parallax with the
store, in which the texts are kept. A query asks for the best 20 ids and the exact total; it is run
once before it is timed, and then several times in turn with the others of its class. Memory is the
peak of the proportional set sizes of all of an engine's processes. `over` marks what should be
better.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib import import_module
from itertools import chain
from pathlib import Path

from articles import files, make, rows, text_bytes
from engines import parallax
from processes import Run, measured
from queries import AND, COMMON, KINDS, OR, PREFIX, Query, pick

ENGINES = {
    "parallax": "Parallax",
    "fts5": "FTS5",
    "tantivy_engine": "Tantivy",
    "stock_whoosh": "Whoosh",
}
"""The engines' modules, and what they are called."""
MADE = 100_000
REPEATS = 7
"""How often each query is timed."""
MOST_SECONDS = 15.0
"""A class of queries that takes longer is repeated less often."""

INDEXING_TIMES = 3.0
"""How many times as fast as Whoosh indexing should be, at least."""
SIZE_TIMES = 1.5
"""How many times the size of the text the full-text index may have."""
ALWAYS_FAST = 3.0
"""Milliseconds that any class may take, however fast FTS5 is."""
WHOOSH_TIMES = 10.0
"""How many times as fast as Whoosh these classes should be, at least."""
AGAINST_WHOOSH = (COMMON, OR, AND, PREFIX)
P95 = 30.0
"""Milliseconds that may be needed by all but a twentieth of all searches."""

Times = dict[str, list[float]]
"""For every class of queries the seconds of each search."""


# In an engine's own process


def index(engine: str, folder: Path, paths: Sequence[Path]) -> None:
    """Indexes, and prints how many articles."""
    print(json.dumps(import_module(f"engines.{engine}").index(paths, folder)))


def search(engine: str, folder: Path, file: Path) -> None:
    """Runs the queries of a file, and prints the times and the totals of each class."""
    answer = import_module(f"engines.{engine}").opened(folder)
    queries = [Query(*query) for query in json.loads(file.read_text())]
    times: Times = {}
    totals: dict[str, list[int]] = {}
    for kind in dict.fromkeys(query.kind for query in queries):
        these = [query for query in queries if query.kind == kind]
        totals[kind] = [answer(query)[1] for query in these]
        took = times[kind] = []
        for _ in range(REPEATS):
            for query in these:
                began = time.perf_counter()
                answer(query)
                took.append(time.perf_counter() - began)
            if sum(took) > MOST_SECONDS:
                break
    print(json.dumps([times, totals]))


# In the process that compares them


def run(do: str, engine: str, folder: Path, *rest: Path) -> Run:
    """Does one of the above in a process of its own."""
    return measured([sys.executable, __file__, do, engine, str(folder), *map(str, rest)])


def compare(what: str, paths: Sequence[Path], work: Path) -> None:
    """Measures all engines on one collection, and prints the tables."""
    size = text_bytes(paths)
    chosen = work / "queries.json"
    chosen.write_text(json.dumps(pick(rows(paths))))
    print(f"\n{what}: {size / 1e6:,.0f} MB of text\n", flush=True)
    compare_indexing(paths, work, size)
    compare_searching(chosen, work)


def compare_indexing(paths: Sequence[Path], work: Path, size: int) -> None:
    """Has every engine index into a folder of its own in `work`; `size` is that of the text."""
    speeds: dict[str, float] = {}
    for engine, name in ENGINES.items():
        folder = work / engine
        folder.mkdir()
        indexed = run("index", engine, folder, *paths)
        count = json.loads(indexed.output)
        speeds[name] = count / indexed.seconds
        held = _size(parallax.fulltext(folder) if engine == "parallax" else folder)
        print(
            f"{name:10} {count:8,} articles {speeds[name]:7,.0f}/s"
            f" {1e6 * indexed.cpu / max(count, 1):6,.0f} µs CPU each"
            f"  {held / 1e6:6,.0f} MB on disk, {held / size:4.2f} × the text"
            f"  {indexed.peak / 1e6:6,.0f} MB peak",
            _over(name == "Parallax" and held / size > SIZE_TIMES),
            flush=True,
        )
    ratio = speeds["Parallax"] / speeds["Whoosh"]
    print(f"Indexing is {ratio:.1f} times as fast as Whoosh's", _over(ratio < INDEXING_TIMES))


def compare_searching(chosen: Path, work: Path) -> None:
    """Has every engine answer the queries in a file, on what it has indexed in `work`."""
    times: dict[str, Times] = {}
    totals: dict[str, dict[str, list[int]]] = {}
    memory: dict[str, float] = {}
    for engine, name in ENGINES.items():
        searched = run("search", engine, work / engine, chosen)
        times[name], totals[name] = json.loads(searched.output)
        memory[name] = searched.peak / 1e6
    _print_times(times, totals)
    print(
        f"{'MB of memory':17}" + "".join(f"{held:16,.0f}" for held in memory.values()), flush=True
    )


def _print_times(times: dict[str, Times], totals: dict[str, dict[str, list[int]]]) -> None:
    print("\nmedian and p95 in ms; times as long as Parallax; articles found by Parallax and FTS5")
    print(f"{'':17}" + "".join(f"{name:>16}" for name in times) + "   FTS5  Whoosh     found")
    for kind in (kind for kind in KINDS if kind in times["Parallax"]):
        middle = {name: 1e3 * statistics.median(taken[kind]) for name, taken in times.items()}
        ratios = {name: middle[name] / middle["Parallax"] for name in ("FTS5", "Whoosh")}
        found = (statistics.median(totals[name][kind]) for name in ("Parallax", "FTS5"))
        over = middle["Parallax"] > max(middle["FTS5"], ALWAYS_FAST)
        over |= kind in AGAINST_WHOOSH and ratios["Whoosh"] < WHOOSH_TIMES
        print(
            f"{kind:17}"
            + "".join(f"{middle[name]:8.2f}{1e3 * _p95(times[name][kind]):8.2f}" for name in times)
            + f" {ratios['FTS5']:6.2f} {ratios['Whoosh']:7.1f}  "
            + " ".join(f"{total:7,.0f}" for total in found),
            _over(over),
        )
    of_all = {
        name: 1e3 * _p95(list(chain.from_iterable(taken.values()))) for name, taken in times.items()
    }
    line = "".join(f"{slowest:16.2f}" for slowest in of_all.values())
    print(f"{'p95 of all':17}{line}", _over(of_all["Parallax"] > P95))


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]


def _over(missed: bool) -> str:
    """The word that marks what should be better."""
    return " over" if missed else ""


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def main() -> None:
    """Compares on what is given, then on what is made of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--made", type=int, default=MADE)
    parser.add_argument("paths", type=Path, nargs="+")
    given = parser.parse_args()
    paths = [path.absolute() for path in given.paths]
    if not files(paths):
        parser.error("there are no JSON Lines")
    with tempfile.TemporaryDirectory(prefix="parallax-") as work:
        compare("as given", paths, Path(work))
    if given.made:
        with tempfile.TemporaryDirectory(prefix="parallax-") as work:
            made = Path(work, "made.jsonl")
            make(paths, given.made, made)
            compare(f"{given.made:,} made of their sentences", [made], Path(work))


if __name__ == "__main__":
    if sys.argv[1:2] == ["index"]:
        index(sys.argv[2], Path(sys.argv[3]), [Path(path) for path in sys.argv[4:]])
    elif sys.argv[1:2] == ["search"]:
        search(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        main()
