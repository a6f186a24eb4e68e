"""Making articles searchable in a process beside the one that reads files.

Reading and indexing take about as long, and each keeps a processor busy. The process beside takes
what is in the store and says which articles it has committed to the index; only the update itself
writes to the store. Whatever becomes of it, nothing is lost: what it has not said is indexed again.

It takes a line for each look at the store, `more`, and a last one, `end`. It ends at once when
there is nobody any more who could give it one. It answers with lines of JSON: lists of articles,
each as its number and its id: what is read later may give an article another id.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import BinaryIO

from index.model import Article
from index.store import Store
from index.workers import command

FIRST_BATCH = 64
"""Articles in the first commit to the full-text index: something can be found at once."""
LARGEST_BATCH = 8192
"""Later commits double up to this, which bounds what a crash can cost."""
LARGEST_TEXT = 32_000_000
"""Characters of a commit, about, which bounds its memory."""


Indexed = list[tuple[int, str]]
"""Articles that were committed to the full-text index: their numbers and ids."""


class Batches:
    """Takes from a store what is not in the full-text index yet, in growing batches."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._size = FIRST_BATCH

    def index(self, folder: Path, after: int = 0, removed: Sequence[str] = ()) -> Indexed:
        """Commits the next articles to a full-text index, and gives which they are.

        They are those of the lowest numbers higher than `after`. `removed` are ids to remove.
        """
        from index import fulltext

        taken: Indexed = []
        articles = self._take(after, taken)
        first = list(islice(articles, 1))
        if first or removed:
            fulltext.write(folder, chain(first, articles), removed)
        self._size = min(self._size * 2, LARGEST_BATCH)
        return taken

    def _take(self, after: int, taken: Indexed) -> Iterator[Article]:
        """Gives a batch of articles, a few at a time, and notes in `taken` which they are."""
        characters = 0
        while len(taken) < self._size and characters < LARGEST_TEXT:
            some = self._store.unindexed(min(FIRST_BATCH, self._size - len(taken)), after)
            if not some:
                return
            for after, article in some:
                taken.append((after, article.id))
                characters += sum(len(paragraph.text) for paragraph in article.paragraphs)
                yield article


class Beside:
    """The process that indexes, seen from the one that reads."""

    def __init__(self, store: Path, folder: Path) -> None:
        """Starts it on a store and on the folder of a full-text index."""
        self._process = subprocess.Popen(  # noqa: S603 - this Python, and our own words
            [*command("index.indexing"), str(store), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._answers: SimpleQueue[bytes | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def more(self) -> Indexed:
        """Tells it that the store has more; gives what is indexed by now."""
        self._order("more")
        indexed: Indexed = []
        with suppress(Empty):
            while (line := self._answers.get_nowait()) is not None:
                indexed += _read(line)
            self._answers.put(None)  # `end` is to see that it is gone
        return indexed

    def end(self) -> Iterator[Indexed]:
        """Has it index the rest, and gives what it has indexed, batch by batch."""
        self._order("end")
        while (line := self._answers.get()) is not None:
            yield _read(line)

    def close(self) -> None:
        """Ends it, whatever it is doing."""
        self._process.kill()
        self._thread.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()

    def _order(self, word: str) -> None:
        # One that is gone is noticed by what it no longer says.
        with suppress(OSError):
            assert self._process.stdin is not None  # noqa: S101 - it was asked for
            self._process.stdin.write(word.encode() + b"\n")
            self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - it was asked for
        with suppress(OSError, ValueError):
            for line in self._process.stdout:
                if line.endswith(b"\n"):
                    self._answers.put(line)
        self._answers.put(None)


def _read(line: bytes) -> Indexed:
    return [(number, article_id) for number, article_id in json.loads(line)]


def main() -> None:
    """Indexes what it is told of, as the first lines of this file say."""
    store, folder = sys.argv[-2:]
    orders: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_take_orders, args=(sys.stdin.buffer, orders), daemon=True).start()
    batches = Batches(Store(Path(store)))
    ending, last = False, 0
    while not ending:
        ending = orders.get() == b"end\n"
        while indexed := batches.index(Path(folder), last):
            last, _ = indexed[-1]
            sys.stdout.write(json.dumps(indexed) + "\n")
            sys.stdout.flush()
    # Without waiting for the thread, which waits for the other end to be closed.
    os._exit(0)


def _take_orders(stdin: BinaryIO, orders: SimpleQueue[bytes]) -> None:
    """Passes orders on. When nobody can give any more, whatever is being done matters no more."""
    for line in stdin:
        orders.put(line)
    os._exit(0)
