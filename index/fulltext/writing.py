"""Writing an index: making an empty one, and adding and removing articles in one commit.

Articles are inverted in memory, spilled to sorted runs when they grow large, and written as one
new segment. What was there before stays as it is, until there are several segments of about one
size, which are merged: an article is rewritten as often as its segment grows fourfold, and there
are never more than a few segments of each size.
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, LockError
from whoosh.reading import SegmentReader
from whoosh.writing import PostingPool, SegmentWriter

from index.fulltext import schema
from index.fulltext.codec import ArrayCodec, Posting, decode, record_of
from index.fulltext.opening import INDEX_NAME, damage_reported
from index.model import Article, ParallaxError

MEMORY_LIMIT = 256 << 20
"""Bytes of postings held before they are spilled: about 60,000 news articles."""
MERGED_AT_ONCE = 3
"""Segments of about one size that may stand beside a new one before all are merged."""
LOCK_SECONDS = 60.0
"""How long another writer is waited for."""


def create(folder: Path) -> None:
    """Makes an empty index in a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    TOC.create(FileStorage(str(folder)), schema.schema(), INDEX_NAME)


def write(folder: Path, add: Iterable[Article], remove: Iterable[str] = ()) -> None:
    """Adds articles and removes ids, in one commit; an article replaces one of the same id.

    When anything fails, or the process ends midway, the index stays as it was. Raises
    DamagedIndex when it can't be opened, ParallaxError when another process keeps writing to it,
    and OSError when the disk is full.
    """
    with damage_reported(folder):
        index = FileIndex(FileStorage(str(folder)), indexname=INDEX_NAME)
        try:
            writer = ArticleWriter(index)
        except LockError:
            raise ParallaxError(f"Another process is writing to {folder}.") from None
    try:
        for article_id in remove:
            writer.remove(article_id)
        for article in add:
            writer.add(article)
        with damage_reported(folder, but=OSError):
            writer.commit(mergetype=merge_alike)
    except BaseException:
        if not writer.is_closed:
            writer.cancel()
        raise


def merge_alike(writer: ArticleWriter, segments: list[Any]) -> list[Any]:
    """Merges segments of about one size once there are enough; gives those that stay.

    An article is rewritten each time its segment grows fourfold. A segment more than half of
    which is deleted is always merged.
    """
    kept = sorted(segments, key=lambda segment: segment.doc_count())
    joining = [s for s in kept if s.deleted_count() > s.doc_count()]
    size = writer.doc_count() + sum(s.doc_count() for s in joining)
    kept = [s for s in kept if s not in joining]
    while len(alike := [s for s in kept if s.doc_count() <= 2 * size]) >= MERGED_AT_ONCE:
        joining += alike
        size += sum(s.doc_count() for s in alike)
        kept = kept[len(alike) :]
    for segment in joining:
        if segment.doc_count():
            writer.merge_segment(segment)
    return kept


class ArticleWriter(SegmentWriter):
    """Whoosh's writer, with whole posting lists in place of single postings."""

    def __init__(self, index: FileIndex) -> None:
        super().__init__(index, timeout=LOCK_SECONDS, codec=ArrayCodec())
        self.pool: PostingTable = PostingTable(self._tempstorage, self.newsegment)
        self._added_ids: dict[str, int] = {}
        self._terms = [s.codec().terms_reader(_files(self.storage, s), s) for s in self.segments]

    def add(self, article: Article) -> None:
        """Adds an article in place of any of the same id."""
        self.remove(article.id)
        self._added_ids[article.id] = self.docnum
        self.add_document(**schema.fields(article))

    def remove(self, article_id: str) -> None:
        """Removes the article of an id, if there is one."""
        if article_id in self._added_ids:
            self.newsegment.delete_document(self._added_ids.pop(article_id))
        term = ("id", article_id.encode("utf-8", "replace"))
        for segment, terms in zip(self.segments, self._terms, strict=True):
            if term in terms:
                posts = terms.matcher(*term, None)
                for document in posts.all_ids():
                    segment.delete_document(document)

    def merge_segment(self, segment: Any) -> None:
        """Takes over what an older segment holds, without what was deleted."""
        self.add_reader(SegmentReader(self.storage, self.schema, segment))

    def add_postings_to_pool(self, reader: Any, startdoc: int, docmap: Any) -> None:
        """Adds every posting of a segment, whole terms at a time, under new document numbers."""
        segment = reader.segment()
        files = _files(self.storage, segment)
        postings = segment.open_file(files, ArrayCodec.POSTS_EXT)
        terms = segment.codec().terms_reader(files, segment)
        for (field, term), info in terms.items():
            if field in schema.DERIVED_FIELDS:
                continue
            record = decode(record_of(info, postings), info.doc_frequency())
            self.pool.add_posting(_renumbered(Posting(field, term, *record), startdoc, docmap))


def _files(storage: Any, segment: Any) -> Any:
    return segment.open_compound_file(storage) if segment.is_compound() else storage


def _renumbered(posting: Posting, start: int, mapping: dict[int, int] | None) -> Posting:
    """Gives a posting under new document numbers, without documents that have none."""
    field, term, documents, frequencies, positions = posting
    if mapping is None:
        return Posting(
            field, term, array("I", [start + d for d in documents]), frequencies, positions
        )
    kept = array("I"), array("I"), array("I")
    at = 0
    for i, document in enumerate(documents):
        count = frequencies[i] if frequencies else 0
        if document in mapping:
            kept[0].append(mapping[document])
            if frequencies:
                kept[1].append(count)
                kept[2].extend(positions[at : at + count].tolist())
        at += count
    return Posting(field, term, *kept)


class PostingTable(PostingPool):
    """Postings gathered by term; documents come in order, so only the terms need sorting."""

    def __init__(self, tempstore: Any, segment: Any) -> None:
        super().__init__(tempstore, segment)
        self._table: dict[str, dict[bytes, Posting]] = {}
        self._bytes = 0

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """Adds one document's posting, as `SegmentWriter.add_document` gives it."""
        field, term, document, frequency, positions = item
        posting = self._posting(field, term)
        posting.documents.append(document)
        posting.frequencies.append(int(frequency))
        if positions:
            posting.positions.frombytes(positions)
        self._bytes += 8 + len(positions)
        if self._bytes > MEMORY_LIMIT:
            self.save()

    def add_posting(self, more: Posting) -> None:
        """Adds a term's postings from another segment."""
        if not more.documents:
            return
        posting = self._posting(more.field, more.term)
        posting.documents.extend(more.documents)
        posting.frequencies.extend(array("I", more.frequencies or [1] * len(more.documents)))
        posting.positions.extend(array("I", more.positions))
        self._bytes += 8 * len(more.documents) + 4 * len(more.positions)
        if self._bytes > MEMORY_LIMIT:
            self.save()

    def save(self) -> None:
        """Writes what is held as a sorted run, and lets it go."""
        path, file = self._new_run()
        for posting in self._sorted():
            pickle.dump(posting, file, -1)
        file.close()
        self._add_run(path)
        self._table, self._bytes = {}, 0

    def iter_postings(self) -> Iterator[Posting]:
        """Gives every term's postings, in order of field and term."""
        if not self.runs:
            yield from self._sorted()
            return
        streams = [self._read_run(path) for path in self.runs]
        together = merge(*streams, self._sorted(), key=lambda posting: posting[:2])
        for (field, term), parts in groupby(together, key=lambda posting: posting[:2]):
            whole = Posting(field, term, array("I"), array("I"), array("I"))
            for part in parts:
                whole.documents.extend(part.documents)
                whole.frequencies.extend(part.frequencies)
                whole.positions.extend(part.positions)
            yield whole
        self.runs = []

    def _posting(self, field: str, term: bytes) -> Posting:
        table = self._table.get(field)
        if table is None:
            table = self._table[field] = {}
        posting = table.get(term)
        if posting is None:
            posting = Posting(field, term, array("I"), array("I"), array("I"))
            table[term] = posting
            self._bytes += 400 + len(term)
        return posting

    def _sorted(self) -> Iterator[Posting]:
        for field in sorted(self._table):
            table = self._table[field]
            for term in sorted(table):
                yield table[term]
