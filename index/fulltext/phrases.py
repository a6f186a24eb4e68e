"""Where words stand together in the documents of a segment: phrases, and words near each other.

A place is one number, document and position. The documents that have all of the words are found
first, so that places are only worked out in these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.fulltext.postings import Postings
from index.fulltext.reading import Mask, Range, Segment

Places = NDArray[np.int64]
Counts = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Documents, and how often something stands in each."""

_ORIGIN = 1 << 16
"""Added to every position, so that one moved back by the length of a phrase stays positive."""


@dataclass(frozen=True, slots=True)
class Family:
    """What one word of a phrase may be: any of some words, or any that begins with a prefix."""

    words: Mapping[str, float] = field(default_factory=dict)
    """Each with the weight that it has by itself; in a phrase all count alike."""
    prefix: str = ""

    def postings(self, segment: Segment, name: str) -> list[Postings]:
        """Gives the postings of all its words in a field of a segment."""
        if self.prefix:
            found = [segment.postings_from(name, self.prefix)]
        else:
            found = [segment.postings(name, word) for word in self.words]
        return [postings for postings in found if len(postings.documents)]

    def words_in(self, segment: Segment, name: str, document: int) -> list[str]:
        """Gives those of its words that stand in a field of a document."""
        held = segment.field(name)
        if held is None:
            return []
        if self.prefix:
            words = [segment.beginning_with(name, self.prefix)]
        else:
            places = (segment.place(name, word) for word in self.words)
            words = [Range(place, place + 1) for place in places if place >= 0]
        return [held.words.word(n) for some in words for n in held.within(*some, document)]


_NONE: Counts = (np.empty(0, np.int64), np.empty(0, np.int64))


def phrase(segment: Segment, field: str, families: Sequence[Family]) -> Counts:
    """Gives the documents where words follow one another, and how often they do.

    The places of a word are moved back by its place in the phrase, so that those of a whole
    phrase fall together.
    """
    found = _together(segment, field, families)
    if not found:
        return _NONE
    moved = [places - offset for offset, places in enumerate(found)]
    moved.sort(key=len)
    kept = moved[0]
    for places in moved[1:]:
        # Both are in order, which a stable sort finds out and merges them.
        both = np.concatenate((kept, places))
        both.sort(kind="stable")
        kept = both[:-1][both[1:] == both[:-1]]
    return np.unique(kept >> 32, return_counts=True)


def near(segment: Segment, field: str, families: Sequence[Family], between: int) -> Counts:
    """Gives the documents where words stand in one stretch, in any order, and how often.

    A stretch has at most `between` words besides; each of its places is the beginning of one. A
    word that is asked for twice must stand there twice.
    """
    different = Counter(_key(family) for family in families)
    first = {_key(family): family for family in families}
    found = _together(segment, field, list(first.values()))
    if not found:
        return _NONE
    beginnings = np.unique(np.concatenate(found))
    ends = beginnings + len(families) + between
    kept = np.ones(len(beginnings), np.bool_)
    for places, times in zip(found, different.values(), strict=True):
        # The last of those asked for, counted from the beginning of the stretch.
        at = np.searchsorted(places, beginnings) + times - 1
        inside = at < len(places)
        kept &= inside
        kept[inside] &= places[at[inside]] < ends[inside]
    return np.unique(beginnings[kept] >> 32, return_counts=True)


def _key(family: Family) -> tuple[str, frozenset[str]]:
    return family.prefix, frozenset(family.words)


def _together(segment: Segment, field: str, families: Sequence[Family]) -> list[Places]:
    """Gives the places of each family, in order, in the documents that have all of them."""
    postings = [family.postings(segment, field) for family in families]
    if not all(postings):
        return []
    held = _documents(segment, postings[0])
    for each in postings[1:]:
        held &= _documents(segment, each)
    if not held.any():
        return []
    return [_places(each, held) for each in postings]


def _documents(segment: Segment, postings: Sequence[Postings]) -> Mask:
    held = np.zeros(segment.size, np.bool_)
    for each in postings:
        held[each.documents] = True
    return held


def _places(postings: Sequence[Postings], held: Mask) -> Places:
    parts = []
    for documents, frequencies, positions in postings:
        kept = held[documents]
        counts = np.where(kept, frequencies, 0)
        places = np.repeat(documents.astype(np.int64), counts) << 32
        if not kept.all():
            positions = positions[np.repeat(kept, frequencies)]
        parts.append(places + positions + _ORIGIN)
    whole = parts[0] if len(parts) == 1 else np.concatenate(parts)
    # The places of one word are in order already.
    return whole if len(whole) < 2 or bool((whole[1:] > whole[:-1]).all()) else np.sort(whole)
