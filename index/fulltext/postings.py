"""The postings of one field of one segment: all of them in a few arrays, in order of the words.

So the postings of a word are a slice, and so are those of all words with one beginning; whatever
is done with them is done by NumPy to whole arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.fulltext.tables import Numbers, Words, narrowest, steps

Documents = NDArray[np.unsignedinteger[Any]]
"""Numbers of documents, in a type that may hold no larger ones: nothing may be added to them."""


class Postings(NamedTuple):
    """Where a word, or several, stand: one entry a word and document.

    For one word the documents are in order; for several, those of one word follow another's.
    """

    documents: Documents
    frequencies: Numbers
    """How often the word stands in each of the documents."""
    positions: Numbers
    """Where it does, document after document."""


class FieldPostings(NamedTuple):
    """All postings of a field."""

    words: Words
    firsts: Numbers
    """For every word, and beyond the last, the number of its first posting."""
    documents: Documents
    frequencies: Numbers
    places: Numbers
    """For every word, and beyond the last, the number of its first position."""
    positions: Numbers
    named: Numbers
    """For every word, the number of documents in which it is written as a name is."""

    def of(self, first: int, last: int) -> Postings:
        """Gives the postings of the words from number `first` up to, not with, `last`."""
        a, b = self.firsts[first], self.firsts[last]
        return Postings(
            self.documents[a:b],
            self.frequencies[a:b],
            self.positions[self.places[first] : self.places[last]],
        )

    def within(self, first: int, last: int, document: int) -> list[int]:
        """Gives which of the words from number `first` up to, not with, `last` a document has."""
        begins = self.firsts[first : last + 1].astype(np.int64)
        places = begins[0] + np.flatnonzero(self.documents[begins[0] : begins[-1]] == document)
        numbers: list[int] = (first + np.searchsorted(begins, places, "right") - 1).tolist()
        return numbers

    def lengths(self, size: int) -> NDArray[np.int64]:
        """Gives for the documents 0 to `size` how many words they have."""
        return np.bincount(self.documents, self.frequencies, size).astype(np.int64)

    def arrays(self) -> dict[str, Numbers]:
        """Gives them as arrays to be written, by name."""
        return {
            "letters": self.words.letters,
            "ends": self.words.ends,
            **{name: narrowest(getattr(self, name)) for name in _NARROWED},
        }


_NARROWED = ("firsts", "documents", "frequencies", "places", "positions", "named")

NO_POSTINGS = Postings(*(np.empty(0, np.uint32),) * 3)


def from_arrays(arrays: dict[str, Numbers]) -> FieldPostings:
    """Gives the postings whose `arrays` were written."""
    return FieldPostings(
        Words(arrays["letters"], arrays["ends"]), **{name: arrays[name] for name in _NARROWED}
    )


def gather(
    words: Sequence[str], tokens: Numbers, documents: Documents, positions: Numbers, named: Numbers
) -> FieldPostings:
    """Gives the postings of tokens, which come in order of documents and positions.

    `tokens` are numbers of `words`, which are in order; `named` tells which are written as names.
    """
    # Sorted as single numbers, token above place: several times as quick as sorting by token.
    keys = tokens.astype(np.int64) << 32
    keys |= np.arange(len(tokens))
    keys.sort()
    order = keys & 0xFFFFFFFF
    tokens, documents = keys >> 32, documents[order]
    begins = np.empty(len(tokens), np.bool_)
    begins[:1] = True
    begins[1:] = (tokens[1:] != tokens[:-1]) | (documents[1:] != documents[:-1])
    starts = np.flatnonzero(begins)
    frequencies = np.diff(starts, append=len(tokens))
    per_word = np.bincount(tokens[starts], minlength=len(words))
    names = np.logical_or.reduceat(named[order], starts) if len(starts) else named
    return FieldPostings(
        Words.of(words),
        _firsts(per_word),
        documents[starts].astype(np.uint32),
        frequencies,
        _firsts(np.bincount(tokens, minlength=len(words))),
        positions[order],
        np.bincount(tokens[starts], names, len(words)).astype(np.uint32),
    )


def merged(parts: Sequence[tuple[FieldPostings, NDArray[np.int64]]]) -> FieldPostings:
    """Gives the postings of several segments as those of one.

    Each comes with the new number of every document, -1 for one that is deleted; the numbers rise
    within a part and from part to part.
    """
    live = [_renumbered(part, numbers) for part, numbers in parts]
    if len(live) == 1:
        return live[0]
    lists = [part.words.all() for part in live]
    words = sorted(set().union(*lists))
    number = {word: n for n, word in enumerate(words)}
    homes = [np.fromiter(map(number.__getitem__, known), np.intp, len(known)) for known in lists]
    postings = [steps(part.firsts) for part in live]
    occurrences = [steps(part.places) for part in live]
    firsts = _firsts(_added(homes, postings, len(words)))
    places = _firsts(_added(homes, occurrences, len(words)))
    return FieldPostings(
        Words.of(words),
        firsts,
        _interleaved(homes, postings, firsts, [part.documents for part in live]),
        _interleaved(homes, postings, firsts, [part.frequencies for part in live]),
        places,
        _interleaved(homes, occurrences, places, [part.positions for part in live]),
        _added(homes, [part.named for part in live], len(words)),
    )


def _firsts(counts: Numbers) -> Numbers:
    firsts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=firsts[1:])
    return firsts


def _added(homes: Sequence[Numbers], counts: Sequence[Numbers], size: int) -> Numbers:
    total = np.zeros(size, np.int64)
    for home, count in zip(homes, counts, strict=True):
        total[home] += count
    return total


def _interleaved(
    homes: Sequence[Numbers], counts: Sequence[Numbers], firsts: Numbers, values: Sequence[Numbers]
) -> Numbers:
    """Gives the values of all parts, those of one word together, in the order of the parts."""
    free = firsts[:-1].copy()
    kind = np.result_type(*values)
    whole = np.empty(int(firsts[-1]), kind)
    for home, count, value in zip(homes, counts, values, strict=True):
        begins = np.cumsum(count) - count
        whole[np.repeat(free[home] - begins, count) + np.arange(len(value))] = value
        free[home] += count
    return whole


def _renumbered(part: FieldPostings, numbers: NDArray[np.int64]) -> FieldPostings:
    documents = numbers[part.documents]
    kept = documents >= 0
    if kept.all():
        return part._replace(documents=documents.astype(np.uint32))
    frequencies = part.frequencies
    word = np.repeat(np.arange(part.words.size), steps(part.firsts))[kept]
    size = part.words.size
    left = np.bincount(word, minlength=size)
    occurrences = np.bincount(word, frequencies[kept], size).astype(np.int64)
    some = np.flatnonzero(left)
    known = part.words.all()
    return FieldPostings(
        Words.of([known[n] for n in some.tolist()]),
        _firsts(left[some]),
        documents[kept].astype(np.uint32),
        frequencies[kept],
        _firsts(occurrences[some]),
        part.positions[np.repeat(kept, frequencies)],
        np.minimum(part.named[some], left[some]),
    )
