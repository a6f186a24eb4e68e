"""Writing an index: making an empty one, and adding and removing articles in one commit.

Articles are inverted in memory and written as one new segment. What was there before stays as it
is, until there are several segments of about one size, which are merged: an article is rewritten
as often as its segment grows fourfold, and there are never more than a few segments of each size.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, LockError
from whoosh.writing import PostingPool, SegmentWriter

from index.fulltext import analysis, schema
from index.fulltext.codec import ArrayCodec, SegmentTables, column_of, encoded, live_of, tables_of
from index.fulltext.inversion import Inversion
from index.fulltext.opening import INDEX_NAME, damage_reported
from index.fulltext.postings import FieldPostings, gather, merged
from index.fulltext.tables import Numbers
from index.keys import key_of
from index.model import Article, ParallaxError

TOKENS_HELD = 6_000_000
"""Words of new articles that are held before their postings are made, which takes 600 MB."""
MERGED_AT_ONCE = 3
"""Segments of about one size that may stand beside a new one before all are merged."""
LARGEST_SEGMENT = 400_000
"""Articles of a segment beyond which it is merged with no other: what is merged is in memory."""
_LENGTH_WEIGHTS = {"body": 1, "title": schema.TITLE_WEIGHT}
"""What a word of each field adds to the length of its article."""
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
            writer.delete_gone()
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
    while (
        len(alike := [s for s in kept if s.doc_count() <= 2 * size]) >= MERGED_AT_ONCE
        and size + sum(s.doc_count() for s in alike) <= LARGEST_SEGMENT
    ):
        joining += alike
        size += sum(s.doc_count() for s in alike)
        kept = kept[len(alike) :]
    for segment in joining:
        if segment.doc_count():
            writer.merge_segment(segment)
    return kept


class ArticleWriter(SegmentWriter):
    """Whoosh's writer, with the postings of whole fields in place of single ones."""

    def __init__(self, index: FileIndex) -> None:
        super().__init__(index, timeout=LOCK_SECONDS, codec=ArrayCodec(), compound=False)
        self.pool: FieldPool = FieldPool(self._tempstorage, self.newsegment)
        self._added_at: dict[int, int] = {}
        self._gone: set[int] = set()

    def add(self, article: Article) -> None:
        """Adds an article in place of any of the same id."""
        key = key_of(article.id)
        if key in self._added_at:
            self.newsegment.delete_document(self._added_at[key])
        self._added_at[key] = self.docnum
        self._gone.add(key)
        self.pool.add_article(self.docnum, key, article)
        self.docnum += 1
        self._added = True

    def remove(self, article_id: str) -> None:
        """Removes the article of an id, if there is one."""
        self._gone.add(key_of(article_id))

    def delete_gone(self) -> None:
        """Deletes from the segments that are there what was removed or replaced."""
        gone = np.fromiter(self._gone, np.uint64, len(self._gone))
        for segment in self.segments:
            keys = column_of(self.storage, segment, "key")
            for document in np.flatnonzero(np.isin(keys, gone)).tolist():
                segment.delete_document(document)

    def merge_segment(self, segment: Any) -> None:
        """Takes over what an older segment holds, without what was deleted."""
        live = live_of(segment)
        numbers = np.where(live, np.cumsum(live) - 1 + self.docnum, -1)
        columns = {
            field: column_of(self.storage, segment, field)[live] for field in schema.COLUMN_TYPES
        }
        self.pool.add_segment(tables_of(self.storage, segment), columns, numbers)
        self.docnum += int(live.sum())
        self._added = True

    def _flush_segment(self) -> None:
        self.perdocwriter.add_columns(self.docnum, self.pool.columns())
        super()._flush_segment()


class FieldPool(PostingPool):
    """What a new segment will hold: articles as they are added, and what older segments held."""

    def __init__(self, tempstore: Any, segment: Any) -> None:
        super().__init__(tempstore, segment)
        self._inversion = Inversion()
        self._parts: dict[str, list[tuple[FieldPostings, NDArray[np.int64]]]] = defaultdict(list)
        self._columns: dict[str, list[Numbers]] = {field: [] for field in schema.COLUMN_TYPES}
        self._keys, self._days = array("Q"), array("i")
        self._outlets: list[str] = []
        self._titles: list[str] = []

    def add_article(self, document: int, key: int, article: Article) -> None:
        """Adds an article as a document."""
        self._keys.append(key)
        self._days.append(schema.day_of(article))
        self._outlets.append(schema.outlet_of(article))
        self._titles.append(analysis.sort_key(article.title))
        self._inversion.add(document, schema.texts(article))
        if self._inversion.size > TOKENS_HELD:
            self._invert()

    def add_segment(
        self, tables: SegmentTables, columns: Mapping[str, Numbers], numbers: NDArray[np.int64]
    ) -> None:
        """Adds the documents of an older segment under new numbers; -1 for those that are gone."""
        self._invert()
        for field, postings in tables.fields.items():
            self._parts[field].append((postings, numbers))
        for field, values in columns.items():
            self._columns[field].append(values)
        titles = tables.titles.all()
        self._titles += [titles[n] for n in np.flatnonzero(numbers >= 0).tolist()]

    def columns(self) -> dict[str, Numbers]:
        """Gives the values of every column, one for each document."""
        self._invert()
        return {field: np.concatenate(values) for field, values in self._columns.items()}

    def iter_postings(self) -> dict[str, Numbers]:
        """Gives all tables of the segment, as the codec writes them."""
        self._invert()
        fields = {field: merged(parts) for field, parts in self._parts.items()}
        return encoded(fields, self._titles)

    def _invert(self) -> None:
        """Makes postings of the articles that were added since the last time."""
        if not self._keys:
            return
        inversion, count = self._inversion, len(self._keys)
        first = sum(map(len, self._columns["key"]))
        same = np.arange(first + count)
        lengths = np.zeros(first + count, np.int64)
        for field, postings in inversion.postings().items():
            self._parts[field].append((postings, same))
            lengths += _LENGTH_WEIGHTS.get(field, 0) * postings.lengths(first + count)
        if any(self._outlets):
            self._parts["outlet"].append((_outlets(self._outlets, first), same))
        self._columns["key"].append(np.array(self._keys, np.uint64))
        self._columns["day"].append(np.array(self._days, np.int32))
        self._columns["length"].append(lengths[first:])
        self._keys, self._days, self._outlets = array("Q"), array("i"), []
        self._inversion = Inversion()


def _outlets(names: Sequence[str], first: int) -> FieldPostings:
    """Gives the postings of outlets, each a word by itself; `names` are those of documents."""
    words = sorted(set(filter(None, names)))
    number = {name: n for n, name in enumerate(words)}
    stated = [n for n, name in enumerate(names) if name]
    tokens = np.array([number[names[n]] for n in stated], np.uint32)
    documents = np.array(stated, np.uint32) + np.uint32(first)
    nothing = np.zeros(len(stated), np.uint32)
    return gather(words, tokens, documents, nothing, nothing.astype(np.bool_))
