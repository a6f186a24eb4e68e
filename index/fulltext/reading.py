"""Reading an index: segments as arrays, and all of them as one collection.

A segment's tables are read where they lie in its file, and only as far as they are asked for; the
system keeps in memory what is asked for often. Columns are read whole, once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from index.fulltext.analysis import beginnings, stem
from index.fulltext.codec import column_of, live_of, tables_of
from index.fulltext.nearness import Lexicon
from index.fulltext.opening import INDEX_NAME, damage_reported
from index.fulltext.postings import NO_POSTINGS, FieldPostings, Postings
from index.fulltext.schema import LENGTH, NAMED_FIELD, SATURATION, TEXT_FIELDS
from index.fulltext.tables import steps
from index.keys import id_of

REMEMBERED = 20_000
"""Words whose place in a segment is remembered before all are forgotten."""
TRIES = 20
"""Times to begin again when a writer swept away a segment that was just being opened."""
FIRST_DAY = 719_163
"""The day number of the first of January 1970, from which NumPy counts."""

Mask = NDArray[np.bool_]
Keys = NDArray[np.uint64]


class Range(NamedTuple):
    """Words of a segment that stand one after the other: from a number up to another."""

    first: int
    last: int


class Segment:
    """One segment: its tables and columns."""

    def __init__(self, storage: FileStorage, segment: Any) -> None:
        self.size: int = segment.doc_count_all()
        self._segment = segment
        self._tables = tables_of(storage, segment)
        self._places: dict[tuple[str, str], int] = {}
        self._families: dict[tuple[str, str], tuple[str, ...]] = {}
        self.keys = column_of(storage, segment, "key")
        self.days = column_of(storage, segment, "day")
        self.lengths = column_of(storage, segment, "length").astype(np.float32)

    def field(self, field: str) -> FieldPostings | None:
        """Gives all postings of a field; None when no document has it."""
        return self._tables.fields.get(field)

    def place(self, field: str, word: str) -> int:
        """Gives the number of a word of a field, or -1 when it does not occur."""
        known = self._places.get((field, word))
        if known is None:
            if len(self._places) >= REMEMBERED:
                self._places.clear()
            postings = self.field(field)
            known = -1 if postings is None else postings.words.find(word)
            self._places[field, word] = known
        return known

    def postings(self, field: str, word: str) -> Postings:
        """Gives the postings of a word, which are empty when it does not occur."""
        place = self.place(field, word)
        postings = self.field(field)
        return NO_POSTINGS if postings is None or place < 0 else postings.of(place, place + 1)

    def postings_from(self, field: str, prefix: str) -> Postings:
        """Gives the postings of all words that begin with a prefix."""
        postings = self.field(field)
        return NO_POSTINGS if postings is None else postings.of(*self.beginning_with(field, prefix))

    def beginning_with(self, field: str, prefix: str) -> Range:
        """Gives the words of a field that begin with a prefix."""
        postings = self.field(field)
        return Range(0, 0) if postings is None else Range(*postings.words.beginning_with(prefix))

    def frequency(self, field: str, word: str) -> int:
        """Gives the number of documents that hold a word, deleted ones included."""
        return len(self.postings(field, word).documents)

    def times_named(self, word: str) -> int:
        """Gives the number of documents in which a word is written as a name is."""
        place, postings = self.place(NAMED_FIELD, word), self.field(NAMED_FIELD)
        return int(postings.named[place]) if postings is not None and place >= 0 else 0

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the text, to look for those that are nearly like another."""
        return Lexicon(self._tables.lexicon)

    def begins(self, prefix: str) -> bool:
        """Tells whether any word of the text begins with a prefix."""
        first, last = self._tables.lexicon.beginning_with(prefix)
        return first < last

    def forms(self, root: str) -> tuple[str, ...]:
        """Gives the words of the text that have a stem."""
        return self._remembered("forms", root, self._find_forms)

    def spellings(self, skeleton: str) -> tuple[str, ...]:
        """Gives the names that have a consonant skeleton."""
        return self._remembered("spellings", skeleton, self._tables.spellings.words)

    def _remembered(
        self, what: str, key: str, find: Callable[[str], tuple[str, ...]]
    ) -> tuple[str, ...]:
        known = self._families.get((what, key))
        if known is None:
            if len(self._families) >= REMEMBERED:
                self._families.clear()
            known = self._families[what, key] = find(key)
        return known

    def _find_forms(self, root: str) -> tuple[str, ...]:
        words = self._tables.lexicon
        return tuple(
            word
            for beginning in beginnings(root)
            for word in map(words.word, range(*words.beginning_with(beginning)))
            if stem(word) == root
        )

    @cached_property
    def outlets(self) -> tuple[list[str], NDArray[np.int32]]:
        """The outlets, and the number of the outlet of each document; -1 for none."""
        numbers = np.full(self.size, -1, np.int32)
        postings = self.field("outlet")
        if postings is None:
            return [], numbers
        counts = steps(postings.firsts)
        numbers[postings.documents] = np.repeat(np.arange(postings.words.size), counts)
        return postings.words.all(), numbers

    def titles(self) -> list[str]:
        """What the documents are sorted by when they are sorted by title."""
        return self._tables.titles.all()

    def live(self) -> Mask:
        """Tells which documents are not deleted."""
        return live_of(self._segment)


class Collection:
    """All segments of an index at one moment; documents are numbered through them."""

    def __init__(self, folder: Path, before: Collection | None = None) -> None:
        with damage_reported(folder):
            self.generation, self.segments, self._opened = _open(folder, before)
            self._starts = np.cumsum([0] + [s.size for s in self.segments]).tolist()
            self.live = _joined([s.live() for s in self.segments], np.bool_)
            self.keys: Keys = _joined([s.keys for s in self.segments], np.uint64)
            self.days = _joined([s.days for s in self.segments], np.int32)
            lengths = _joined([s.lengths for s in self.segments], np.float32)
        self.size = len(self.live)
        self.count = int(np.count_nonzero(self.live))
        self.whole = self.count == self.size
        """Whether no document is deleted."""
        mean = float(lengths[self.live].mean()) if self.count else 1.0
        longer = lengths / np.float32(mean or 1.0)
        least, each = np.float32(SATURATION * (1 - LENGTH)), np.float32(SATURATION * LENGTH)
        self.norms = least + each * longer
        """What a frequency is weighed against in each document: more in longer ones."""

    def close(self) -> None:
        """Lets go of all segments, and with them of their files."""
        self.segments, self._opened = [], {}

    def parts(self) -> Iterator[tuple[int, Segment]]:
        """Gives every segment with the number of its first document."""
        return zip(self._starts, self.segments, strict=False)

    def id_of(self, document: int) -> str:
        """Gives the id of the article that a document is."""
        return id_of(int(self.keys[document]))

    def frequency(self, field: str, word: str) -> int:
        """Gives the number of documents that hold a word, deleted ones included."""
        return sum(s.frequency(field, word) for s in self.segments)

    def times_named(self, word: str) -> int:
        """Gives the number of documents in which a word is written as a name is."""
        return sum(s.times_named(word) for s in self.segments)

    def occurs(self, word: str) -> bool:
        """Tells whether a word is in the text of any article."""
        return any(
            self.whole or self.live[start:][documents].any()
            for start, segment in self.parts()
            for field in TEXT_FIELDS
            if len(documents := segment.postings(field, word).documents)
        )

    def forms(self, root: str) -> set[str]:
        """Gives the words of the text that have a stem."""
        return {word for segment in self.segments for word in segment.forms(root)}

    def spellings(self, skeleton: str) -> set[str]:
        """Gives the names that have a consonant skeleton."""
        return {word for segment in self.segments for word in segment.spellings(skeleton)}

    def near(self, word: str, edits: int) -> dict[str, int]:
        """Gives the words of the text at most so many edits from one, each with how many."""
        found: dict[str, int] = {}
        for segment in self.segments:
            found |= segment.lexicon.near(word, edits)
        return found

    def begins(self, prefix: str) -> bool:
        """Tells whether any word of the text begins with a prefix."""
        return any(segment.begins(prefix) for segment in self.segments)

    @cached_property
    def outlets(self) -> tuple[list[str], NDArray[np.int32]]:
        """The outlets' names, and the number of each document's outlet; -1 for none."""
        names = sorted({name for segment in self.segments for name in segment.outlets[0]})
        place = {name: number for number, name in enumerate(names)}
        numbers = np.full(self.size, -1, np.int32)
        for start, segment in self.parts():
            known, local = segment.outlets
            homes = np.array([*(place[name] for name in known), -1], np.int32)
            numbers[start : start + segment.size] = homes[local]
        return names, numbers

    @cached_property
    def months(self) -> NDArray[np.int32]:
        """The month of each document, counted from January 1970; the least number for none."""
        days = (self.days.astype(np.int64) - FIRST_DAY).astype("datetime64[D]")
        months = days.astype("datetime64[M]").astype(np.int32)
        return np.where(self.days > 0, months, np.iinfo(np.int32).min)

    @cached_property
    def title_ranks(self) -> NDArray[np.int32]:
        """Where each document stands when all are sorted by title."""
        titles = [title for segment in self.segments for title in segment.titles()]
        ranks = np.empty(self.size, np.int32)
        ranks[sorted(range(self.size), key=titles.__getitem__)] = np.arange(self.size)
        return ranks


def generation(folder: Path) -> int:
    """Gives the number of the last commit."""
    with damage_reported(folder):
        return int(TOC._latest_generation(FileStorage(str(folder)), INDEX_NAME))


def count(folder: Path) -> int:
    """Gives the number of articles in an index. Raises DamagedIndex when it can't be opened."""
    collection = Collection(folder)
    collection.close()
    return collection.count


def _open(
    folder: Path, before: Collection | None
) -> tuple[int, list[Segment], dict[tuple[str, int], Segment]]:
    """Opens the last commit's segments, taking over those that are open already."""
    storage = FileStorage(str(folder))
    known = before._opened if before else {}
    for attempt in range(TRIES):
        try:
            toc = TOC.read(storage, INDEX_NAME)
            opened = {}
            for segment in toc.segments:
                key = (segment.segment_id(), segment.deleted_count())
                opened[key] = known.get(key) or Segment(storage, segment)
        except FileNotFoundError:
            if attempt == TRIES - 1:
                raise
            continue
        return toc.generation, list(opened.values()), opened
    raise AssertionError


def _joined(parts: list[Any], dtype: Any) -> Any:
    return np.concatenate(parts) if parts else np.empty(0, dtype)
