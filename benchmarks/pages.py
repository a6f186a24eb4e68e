"""How fast saved web pages are read, beside trafilatura, and how well the article is found.

    python benchmarks/pages.py PAGES.jsonl|FOLDER

Rows: {"html", "gold_text"}; a folder holds pages in .html and .htm files. All read the same pages
in one process, best of three rounds, measured in user CPU time so that others on the machine
count little; then two processes of ours read them side by side, measured by the clock. Parallax
also cleans, dates and describes the article, which trafilatura does in part with metadata and not
at all in `extract`. With gold texts: precision, recall and F1 of shingles of four words, the mean.
"""

from __future__ import annotations

import json
import logging
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TypeVar

from index.ingest import read_file
from index.ingest.decode import decode
from index.model import Article, ParagraphKind

T = TypeVar("T")
ROUNDS = 3


def read(path: Path) -> str:
    """The body of a page as Parallax reads it."""
    return "\n".join(
        paragraph.text
        for found in read_file(path)
        if isinstance(found, Article)
        for paragraph in found.paragraphs
        if paragraph.kind is ParagraphKind.BODY
    )


def extract(html: str) -> str:
    """The text that trafilatura gives, with its defaults."""
    import trafilatura

    return trafilatura.extract(html) or ""


def bare_extraction(html: str) -> str:
    """The same with metadata, which is what a reader of articles needs."""
    import trafilatura

    found = trafilatura.bare_extraction(html, with_metadata=True)
    return "" if found is None or isinstance(found, dict) else found.text or ""


def seconds(function: Callable[[T], str], pages: Sequence[T]) -> tuple[float, list[str]]:
    """The least user CPU time of some rounds over all pages, and the texts."""
    texts = [function(page) for page in pages]  # the first round loads what is needed
    best = float("inf")
    for _ in range(ROUNDS):
        start = resource.getrusage(resource.RUSAGE_SELF).ru_utime
        for page in pages:
            function(page)
        best = min(best, resource.getrusage(resource.RUSAGE_SELF).ru_utime - start)
    return best, texts


def two_processes(paths: Sequence[Path]) -> float:
    """The least time by the clock in which two processes read all pages."""
    best = float("inf")
    with ProcessPoolExecutor(2) as pool:
        for _ in range(ROUNDS + 1):
            start = time.perf_counter()
            list(pool.map(read, paths, chunksize=4))
            best = min(best, time.perf_counter() - start)
    return best


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words in a text; a shorter text is one."""
    words = re.findall(r"\w+", text.lower())
    return Counter(zip(*(words[i:] for i in range(4)), strict=False)) or Counter([tuple(words)])


def scores(texts: Iterable[str], gold: Iterable[str]) -> str:
    """Precision, recall and F1, each the mean over the pages."""
    rows = []
    for text, true in zip(texts, gold, strict=True):
        got, want = shingles(text), shingles(true)
        both = (got & want).total()
        precision, recall = both / max(1, got.total()), both / max(1, want.total())
        rows.append((precision, recall, 2 * precision * recall / max(1e-9, precision + recall)))
    p, r, f = (sum(each) / len(rows) for each in zip(*rows, strict=True))
    return f"  P {p:.3f}  R {r:.3f}  F1 {f:.3f}"


def main(path: Path, folder: Path) -> None:
    """Prints a line for each of the readers."""
    logging.disable(logging.CRITICAL)
    gold: list[str] = []
    if path.is_dir():
        paths = sorted(each for each in path.rglob("*.htm*") if each.is_file())
        pages = [decode(each.read_bytes(), page=True) for each in paths]
    else:
        rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
        pages = [row["html"] for row in rows]
        gold = [row["gold_text"] for row in rows if row.get("gold_text") is not None]
        paths = [folder / f"{number:05}.html" for number in range(len(pages))]
        for file, html in zip(paths, pages, strict=True):
            file.write_text(html, "utf-8", "replace")
    ours, texts = seconds(read, paths)
    known = len(gold) == len(pages)
    print(f"{len(pages)} pages, {sum(map(len, pages)) / 1e6:.1f} MB; pages a second")
    print(f"parallax, one process        {len(pages) / ours:6.1f}", scores(texts, gold) * known)
    clock = two_processes(paths)
    print(f"parallax, two by the clock   {len(pages) / clock:6.1f}")
    for name, function in (("extract", extract), ("bare_extraction", bare_extraction)):
        theirs, texts = seconds(function, pages)
        print(
            f"trafilatura {name:16} {len(pages) / theirs:6.1f}",
            scores(texts, gold) * known,
            f"  parallax: {theirs / ours:.2f} times in one process, {theirs / clock:.2f} in two",
        )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as temporary:
        main(Path(sys.argv[1]), Path(temporary))
