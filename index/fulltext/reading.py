"""Reading an index: segments as arrays, and all of them as one collection.

A segment's columns are read once, when it is first seen; postings and word lists are kept for as
long as the segment is, since typing a query asks for the same words again and again.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec
from whoosh.columns import VarBytesColumn
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.reading import TermNotFound

from index.fulltext import codec
from index.fulltext.opening import INDEX_NAME, damage_reported
from index.fulltext.schema import TEXT_FIELDS

REMEMBERED = 4096
"""Terms whose postings are kept per segment before all are let go."""
TRIES = 20
"""Times to begin again when a writer swept away a segment that was just being opened."""

Mask = NDArray[np.bool_]
Counts = NDArray[np.uint32]


class Postings(NamedTuple):
    """A term's postings in one field of one segment."""

    documents: Counts
    frequencies: Counts
    """How often the term occurs in each of the documents."""
    positions: Counts
    """Where it does, document after document; empty in fields without positions."""


_NONE = Postings(*(np.empty(0, np.uint32),) * 3)


class Segment:
    """One segment: its postings, columns and word lists.

    Its files are closed when it is let go. Whoosh's own way to close them collects all garbage of
    the process first, a tenth of a second in which nothing is painted.
    """

    def __init__(self, storage: FileStorage, segment: Any) -> None:
        self.size: int = segment.doc_count_all()
        self._segment = segment
        self._files = segment.open_compound_file(storage) if segment.is_compound() else storage
        self._terms = segment.codec().terms_reader(self._files, segment)
        self._posts = segment.open_file(self._files, W3Codec.POSTS_EXT)
        self._postings: dict[tuple[str, str], Postings] = {}
        self._words: dict[tuple[str, str], tuple[str, ...]] = {}
        self.days = self._numbers("day", ">i4").astype(np.int32)
        self.lengths = self._numbers("length", ">u4").astype(np.float32)

    def postings(self, field: str, term: str) -> Postings:
        """Gives the postings of a term, which are empty when it does not occur."""
        known = self._postings.get((field, term))
        if known is None:
            if len(self._postings) >= REMEMBERED:
                self._postings.clear()
            record, count = self._record(field, term.encode("utf-8", "replace"))
            known = _NONE
            if count:
                known = Postings(
                    *(np.array(part, np.uint32) for part in codec.decode(record, count))
                )
            self._postings[field, term] = known
        return known

    def words_of(self, field: str, key: str) -> tuple[str, ...]:
        """Gives the words that a derived field (`forms`, `spellings`) lists under a key."""
        known = self._words.get((field, key))
        if known is None:
            if len(self._words) >= REMEMBERED:
                self._words.clear()
            record, _ = self._record(field, key.encode("utf-8", "replace"))
            known = tuple(record.decode().split("\n")) if record else ()
            self._words[field, key] = known
        return known

    @cached_property
    def lexicon(self) -> tuple[list[str], Counts]:
        """Every word of the text in order, with the number of postings it has."""
        record, _ = self._record("lexicon", b"")
        end = 4 + int.from_bytes(record[:4])
        words = zlib.decompress(record[end:]).decode()
        return words.split("\n") if words else [], np.frombuffer(record[4:end], np.uint32)

    def beginning_with(self, prefix: str) -> dict[str, int]:
        """Gives the words that begin with a prefix, with the number of postings of each."""
        words, counts = self.lexicon
        start = bisect_left(words, prefix)
        end = bisect_left(words, prefix + "\U0010ffff", start)
        return dict(zip(words[start:end], counts[start:end].tolist(), strict=True))

    @cached_property
    def outlets(self) -> dict[str, Counts]:
        """The documents of every outlet, by its name."""
        if "outlet" not in self._terms.indexed_field_names():
            return {}
        terms = takewhile(lambda term: term[0] == "outlet", self._terms.terms_from("outlet", b""))
        names = [term.decode() for _, term in terms]
        return {name: self.postings("outlet", name).documents for name in names}

    def live(self) -> Mask:
        """Tells which documents are not deleted."""
        mask = np.ones(self.size, np.bool_)
        mask[list(self._segment.deleted_docs())] = False
        return mask

    @cached_property
    def ids(self) -> Any:
        """The articles' ids, by document, as bytes."""
        reader = self._segment.codec().per_document_reader(self._files, self._segment)
        return reader.column_reader("key", VarBytesColumn())

    def _record(self, field: str, term: bytes) -> tuple[bytes, int]:
        try:
            info = self._terms.term_info(field, term)
        except TermNotFound:
            return b"", 0
        return codec.record_of(info, self._posts), info.doc_frequency()

    def _numbers(self, field: str, dtype: str) -> NDArray[Any]:
        """Reads a column of numbers; Whoosh leaves out the zeros at its end."""
        name = W3Codec.column_filename(self._segment, field)
        numbers = np.zeros(self.size, dtype)
        if self._files.file_exists(name):
            with self._files.open_file(name) as file:
                stored = np.frombuffer(bytes(file.read()), dtype)
            numbers[: len(stored)] = stored
        return numbers


class Collection:
    """All segments of an index at one moment; documents are numbered through them."""

    def __init__(self, folder: Path, before: Collection | None = None) -> None:
        with damage_reported(folder):
            self.generation, self.segments, self._opened = _open(folder, before)
            self._starts = np.cumsum([0] + [s.size for s in self.segments])
            self.live = _joined([s.live() for s in self.segments], np.bool_)
            self.days = _joined([s.days for s in self.segments], np.int32)
            lengths = _joined([s.lengths for s in self.segments], np.float32)
        self.size = len(self.live)
        self.count = int(self.live.sum())
        mean = float(lengths[self.live].mean()) if self.count else 1.0
        self.relative_lengths = lengths / np.float32(mean or 1.0)

    def close(self) -> None:
        """Lets go of all segments, and with them of their files."""
        self.segments, self._opened = [], {}

    def parts(self) -> Iterator[tuple[int, Segment]]:
        """Gives every segment with the number of its first document."""
        return zip(self._starts.tolist(), self.segments, strict=False)

    def id_of(self, document: int) -> str:
        """Gives the id of the article that a document is."""
        part = int(np.searchsorted(self._starts, document, side="right")) - 1
        return bytes(self.segments[part].ids[document - int(self._starts[part])]).decode()

    def frequency(self, field: str, term: str) -> int:
        """Gives the number of documents that hold a term, deleted ones included."""
        return sum(len(s.postings(field, term).documents) for s in self.segments)

    def occurs(self, term: str) -> bool:
        """Tells whether a word is in the text of any article."""
        return any(
            self.live[start + segment.postings(field, term).documents].any()
            for start, segment in self.parts()
            for field in TEXT_FIELDS
        )

    def words_of(self, field: str, key: str) -> set[str]:
        """Gives the words that a derived field lists under a key, in any segment."""
        return {word for segment in self.segments for word in segment.words_of(field, key)}

    def beginning_with(self, prefix: str, most: int) -> list[str]:
        """Gives the words that begin with a prefix: the `most` frequent ones, frequent first."""
        counts: dict[str, int] = {}
        for segment in self.segments:
            for word, count in segment.beginning_with(prefix).items():
                counts[word] = counts.get(word, 0) + count
        return sorted(counts, key=lambda word: (-counts[word], word))[:most]

    @cached_property
    def outlets(self) -> tuple[list[str], NDArray[np.int32]]:
        """The outlets' names, and the number of each document's outlet; -1 for none."""
        names = sorted({name for segment in self.segments for name in segment.outlets})
        numbers = np.full(self.size, -1, np.int32)
        for start, segment in self.parts():
            for name, documents in segment.outlets.items():
                numbers[start + documents] = names.index(name)
        return names, numbers


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
