"""Words that differ from one in a few letters, among all words of a segment.

The edit distance is the restricted Damerau–Levenshtein one: to add, leave out or change a letter,
or to swap two that stand side by side, is one edit (F. J. Damerau, "A technique for computer
detection and correction of spelling errors", 1964). Most words are ruled out, all at once, by
their length and by the letters that they have, before any distance is computed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from index.fulltext.tables import Words, steps

LONGEST_LETTER = 4
"""Bytes of a letter in UTF-8, at the most."""


class Lexicon:
    """Words in which those near to another are looked for."""

    def __init__(self, words: Words) -> None:
        self._words = words
        lengths = steps(words.ends)
        self._order = np.argsort(lengths, kind="stable")
        """The numbers of the words, the shortest first."""
        self._lengths = lengths[self._order]
        letters, plain = _letters(words)
        self._letters, self._plain = letters[self._order], plain[self._order]

    def near(self, word: str, edits: int) -> dict[str, int]:
        """Gives the words at most so many edits from one, each with how many; without itself."""
        wanted = word.encode("utf-8", "replace")
        # Beyond ASCII an edit changes several bytes.
        size, most = len(wanted), edits * LONGEST_LETTER
        some = slice(*np.searchsorted(self._lengths, (size - most, size + most + 1)))
        changed = np.where(self._plain[some] & word.isascii(), edits, most)
        possible = np.abs(self._lengths[some] - size) <= changed
        # An edit takes a letter away, adds one, or both.
        own, _ = _letters(Words.of([word]))
        possible &= np.bitwise_count(self._letters[some] ^ own) <= 2 * changed
        others = [self._words.word(number) for number in self._order[some][possible].tolist()]
        distances = cdist([word], others, scorer=OSA.distance, score_cutoff=edits)[0].tolist()
        near = zip(others, distances, strict=True)
        return {other: distance for other, distance in near if 0 < distance <= edits}


def _letters(words: Words) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """Gives a bit for each letter that a word has, and whether it is ASCII.

    Letters whose codes are 64 apart share a bit.
    """
    if not words.size:
        return np.empty(0, np.uint64), np.empty(0, np.bool_)
    starts = words.ends[:-1].astype(np.intp)
    bits = np.uint64(1) << (words.letters % np.uint8(64)).astype(np.uint64)
    return np.bitwise_or.reduceat(bits, starts), np.maximum.reduceat(words.letters, starts) < 128
