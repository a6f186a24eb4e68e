"""Scores of words and phrases over a whole collection at once: BM25F on NumPy arrays.

BM25F as S. Robertson, H. Zaragoza and M. Taylor gave it ("Simple BM25 extension to multiple
weighted fields", 2004): the frequencies of a word in the fields are weighted and added up before
they are saturated, so that a word in the title and in the body is not counted as two. All forms
and spellings of a word are one word in the same way. With f for that sum,

    score = idf · (k1 + 1) · f / (f + k1 · (1 − b + b · length / mean length))
    idf   = ln(1 + (N − n + ½) / (n + ½))

where N articles are in the collection and n of them have the word in title or body, or, when none
has, elsewhere. What stands in furniture alone has an f of `FURNITURE_WEIGHT`, however often.

The scores of the words of a query are added up. An article that has all of those that are wished
for in title or body gets as much again as all of them could be worth together, idf · (k1 + 1) each,
and so comes first; the same is added once more where names were also looked for under other
spellings and it has them all as typed (see `evaluation`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.fulltext.phrases import Family, near, phrase
from index.fulltext.reading import Collection, Mask, Segment
from index.fulltext.schema import SATURATION, TEXT_FIELDS, TITLE_WEIGHT

FURNITURE_WEIGHT = 0.1
"""What a word counts for that stands only in furniture or repeats, however often."""

Scores = NDArray[np.float32]


class Found(NamedTuple):
    """Which documents answer a part of a query, and how well."""

    held: Mask
    """Those that answer at all."""
    whole: Mask
    """Those that answer with all of its words, in title or body."""
    scores: Scores
    """0 where nothing was held, or nothing that can be weighed."""
    most: float = 0.0
    """What no document's score can exceed."""
    typed: Mask | None = None
    """Those of `whole` that have every name as it was typed, not only under another spelling; None
    where no name has another."""


def nothing(collection: Collection) -> Found:
    """Gives no document."""
    none = np.zeros(collection.size, np.bool_)
    return Found(none, none, np.zeros(collection.size, np.float32))


def everything(collection: Collection, held: Mask) -> Found:
    """Gives the documents of a mask, all alike."""
    if not collection.whole:
        held = held & collection.live
    return Found(held, held, np.zeros(collection.size, np.float32))


def weighed(collection: Collection, counts: NDArray[np.float32], whole: Mask) -> Found:
    """Gives the documents that have something, by its weighted frequency in each.

    `whole` tells in which it stands where it counts most.
    """
    if not collection.whole:
        counts = counts * collection.live
    held = counts > 0
    whole = whole & held
    frequency = int(np.count_nonzero(whole)) or int(np.count_nonzero(held))
    most = np.float32(idf(collection.count, frequency) * (SATURATION + 1))
    scores = most * counts / (counts + collection.norms)
    return Found(held, whole, scores, float(most))


def idf(count: int, frequency: int) -> float:
    """Gives the inverse document frequency of what so many documents of a collection have."""
    return float(np.log1p((count - frequency + 0.5) / (frequency + 0.5)))


class Tally:
    """The weighted frequencies of one word, phrase or family of words in every document."""

    def __init__(self, collection: Collection, fields: Sequence[str] = TEXT_FIELDS) -> None:
        self._collection = collection
        self._fields = fields
        self.counts = np.zeros(collection.size, np.float32)
        """What is summed up so far; what stands in furniture beside other fields is not in it."""
        self._furniture: Mask | None = None

    def add(self, phrase: Sequence[Family], between: int | None = None) -> None:
        """Counts a word, or words that follow one another or, with `between`, are near."""
        for start, segment in self._collection.parts():
            for field in self._fields:
                for documents, counts, weight in _counted(segment, field, phrase, between):
                    self._add(field, start, documents, counts, weight)

    def _add(self, field: str, start: int, documents: Any, counts: Any, weight: float) -> None:
        if field == "furniture" and len(self._fields) > 1:
            if self._furniture is None:
                self._furniture = np.zeros(self._collection.size, np.bool_)
            here = counts > 0 if isinstance(documents, slice) else True
            self._furniture[start:][documents] |= here
            return
        weight *= TITLE_WEIGHT if field == "title" else 1
        self.counts[start:][documents] += np.float32(weight) * counts

    def found(self) -> Found:
        """Gives the documents with their scores."""
        whole = self.counts > 0
        counts = self.counts
        if self._furniture is not None:
            counts = np.where(whole | ~self._furniture, counts, np.float32(FURNITURE_WEIGHT))
        return weighed(self._collection, counts, whole)


def _counted(
    segment: Segment, field: str, families: Sequence[Family], between: int | None
) -> Iterator[tuple[Any, Any, float]]:
    """Gives documents of a segment, how often a word or phrase stands in a field, and its weight.

    The words of a family come one after the other, each with its own weight; 1 is one as typed.
    """
    if len(families) > 1 and between is None:
        yield *phrase(segment, field, families), 1.0
    elif len(families) > 1:
        yield *near(segment, field, families, between or 0), 1.0
    elif families[0].prefix:
        documents, frequencies, _ = segment.postings_from(field, families[0].prefix)
        if len(documents):
            counts = np.bincount(documents, frequencies, segment.size)
            yield slice(0, segment.size), counts, 1.0
    else:
        for word, weight in families[0].words.items():
            documents, frequencies, _ = segment.postings(field, word)
            if len(documents):
                yield documents, frequencies, weight
