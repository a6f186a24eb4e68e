"""Why articles rank where they do: what each part of a query adds to their scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.fulltext.phrases import Family
from index.fulltext.ranking import Found, Tally
from index.fulltext.reading import Collection
from index.fulltext.schema import SATURATION, TITLE_WEIGHT
from index.model import Factor


@dataclass(frozen=True)
class Part:
    """A part of a query as it was evaluated."""

    what: str
    """As it was typed, or what else counts."""
    scores: NDArray[np.float32]
    """What it adds to the score of every document."""
    idf: float = 0.0
    phrases: Sequence[Sequence[Family]] = ()
    """What was counted for it: each as a word, or as words that follow one another."""
    near: int | None = None
    fields: Sequence[str] = ()
    """Where it was counted."""


def part_of(
    what: str,
    found: Found,
    phrases: Sequence[Sequence[Family]] = (),
    near: int | None = None,
    fields: Sequence[str] = (),
) -> Part:
    """Gives what is to be explained of a part of a query that was evaluated."""
    return Part(what, found.scores, found.most / (SATURATION + 1), phrases, near, fields)


def explained(
    collection: Collection, parts: Sequence[Part], documents: NDArray[np.int64]
) -> list[tuple[Factor, ...]]:
    """Gives for each of some documents what its score is made of, the most telling first."""
    factors: list[list[Factor]] = [[] for _ in documents]
    for part in parts:
        counts = {
            field: _counts(collection, part, field, documents).tolist() for field in part.fields
        }
        for n, (document, score) in enumerate(
            zip(documents.tolist(), part.scores[documents].tolist(), strict=True)
        ):
            if score:
                here = {field: counts[field][n] for field in part.fields if counts[field][n]}
                words = tuple(_words(collection, part, document))
                factors[n].append(Factor(part.what, score, words, here, part.idf))
    return [tuple(sorted(each, key=lambda factor: -factor.score)) for each in factors]


def _counts(
    collection: Collection, part: Part, field: str, documents: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Gives how often a part stands in one field of each document, by the weight of its words."""
    tally = Tally(collection, (field,))
    for phrase in part.phrases:
        tally.add(phrase, part.near)
    return tally.counts[documents] / np.float32(TITLE_WEIGHT if field == "title" else 1)


def _words(collection: Collection, part: Part, document: int) -> list[str]:
    """Gives the words of a document that were counted for a part, as they are indexed."""
    start, segment = next(
        (start, segment)
        for start, segment in collection.parts()
        if start <= document < start + segment.size
    )
    found: dict[str, None] = {}
    for family in (family for phrase in part.phrases for family in phrase):
        for field in part.fields:
            found |= dict.fromkeys(family.words_in(segment, field, document - start))
    return list(found)
