"""Scores of words and phrases over a whole collection at once: BM25F on NumPy arrays.

BM25F as S. Robertson, H. Zaragoza and M. Taylor gave it ("Simple BM25 extension to multiple
weighted fields", 2004): the frequencies of a word in the fields are weighted and added up before
they are saturated, so that a word in the title and in the body is not counted as two. All forms
and spellings of a word are one word in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.fulltext.reading import Collection, Mask, Postings, Segment
from index.fulltext.schema import TITLE_WEIGHT

SATURATION = 1.2
"""BM25's k1."""
LENGTH = 0.75
"""BM25's b: how far a long article must say a word more often."""
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


def nothing(collection: Collection) -> Found:
    """Gives no document."""
    none = np.zeros(collection.size, np.bool_)
    return Found(none, none, np.zeros(collection.size, np.float32))


def everything(collection: Collection, held: Mask) -> Found:
    """Gives the documents of a mask, all alike."""
    held = held & collection.live
    return Found(held, held, np.zeros(collection.size, np.float32))


class Tally:
    """The weighted frequencies of one word, phrase or family of words in every document."""

    def __init__(self, collection: Collection, title_only: bool = False) -> None:
        self._collection = collection
        self._fields = ("title",) if title_only else ("title", "body", "furniture")
        self._counts = np.zeros(collection.size, np.float32)
        self._furniture = np.zeros(collection.size, np.bool_)

    def add_words(self, words: Mapping[str, float]) -> None:
        """Counts words, each with its weight; 1 is a word as typed."""
        for start, segment in self._collection.parts():
            for word, weight in words.items():
                for field in self._fields:
                    postings = segment.postings(field, word)
                    if len(postings.documents):
                        documents = postings.documents + np.uint32(start)
                        self._add(field, documents, postings.frequencies, weight)

    def add_phrase(self, words: Sequence[Mapping[str, float]]) -> None:
        """Counts the places where words follow one another; each is any of a family."""
        for start, segment in self._collection.parts():
            for field in self._fields:
                documents, counts = _phrase(segment, field, words)
                if len(documents):
                    self._add(field, documents + start, counts, 1.0)

    def _add(
        self, field: str, documents: NDArray[Any], counts: NDArray[Any], weight: float
    ) -> None:
        if field == "furniture":
            self._furniture[documents] = True
        else:
            self._counts[documents] += np.float32(
                weight * (TITLE_WEIGHT if field == "title" else 1)
            ) * counts.astype(np.float32)

    def found(self) -> tuple[Found, float]:
        """Gives the documents with their scores, and the inverse document frequency."""
        live = self._collection.live
        whole = (self._counts > 0) & live
        held = (whole | self._furniture) & live
        frequency = int(whole.sum()) or int(held.sum())
        count = self._collection.count
        idf = float(np.log1p((count - frequency + 0.5) / (frequency + 0.5)))
        scores = np.zeros(self._collection.size, np.float32)
        at = np.flatnonzero(held)
        counts = self._counts[at] + np.float32(FURNITURE_WEIGHT) * self._furniture[at]
        lengths = self._collection.relative_lengths[at]
        scores[at] = (idf * (SATURATION + 1)) * (
            counts / (counts + SATURATION * (1 - LENGTH + LENGTH * lengths))
        )
        return Found(held, whole, scores), idf


def _phrase(
    segment: Segment, field: str, words: Sequence[Mapping[str, float]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Gives the documents where the words follow one another, and how often they do.

    A place is one number, document and position; a word's places are moved back by its place in
    the phrase, so that those of a whole phrase fall together.
    """
    none = np.empty(0, np.int64)
    families = []
    for offset, family in enumerate(words):
        parts = [_places(segment.postings(field, word)) - offset for word in family]
        parts = [part for part in parts if len(part)]
        if not parts:
            return none, none
        families.append(parts[0] if len(parts) == 1 else np.sort(np.concatenate(parts)))
    families.sort(key=len)
    together = families[0]
    for places in families[1:]:
        at = np.searchsorted(places, together)
        at[at == len(places)] = 0
        together = together[places[at] == together]
    documents, counts = np.unique(together >> 32, return_counts=True)
    return documents, counts


def _places(postings: Postings) -> NDArray[np.int64]:
    documents = np.repeat(postings.documents.astype(np.int64), postings.frequencies)
    return (documents << 32) + postings.positions + (1 << 16)
