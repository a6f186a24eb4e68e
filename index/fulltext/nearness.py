"""Words that differ from one in a few letters, among all words of a field of a segment.

The edit distance is the restricted Damerau–Levenshtein one: to add, leave out or change a letter,
or to swap two that stand side by side, is one edit (F. J. Damerau, "A technique for computer
detection and correction of spelling errors", 1964). Most words are ruled out, all at once, by
their length and by the letters that they have, before any distance is computed.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from index.fulltext.tables import Words, steps

LONGEST_LETTER = 4
"""Bytes of a letter in UTF-8, at the most."""


class Lexicon:
    """Words in which those near to another are looked for."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def near(self, word: str, edits: int) -> dict[str, int]:
        """Gives the words at most so many edits from one, each with how many; without itself."""
        wanted = word.encode("utf-8", "replace")
        # An edit takes a letter away, adds one, or both; beyond ASCII that is several bytes.
        bytes_changed = np.where(self._plain & word.isascii(), edits, edits * LONGEST_LETTER)
        differing = np.bitwise_count(self._letters ^ _letters(np.frombuffer(wanted, np.uint8)))
        possible = np.abs(self._lengths - len(wanted)) <= bytes_changed
        possible &= differing <= 2 * bytes_changed
        near: dict[str, int] = {}
        for number in np.flatnonzero(possible).tolist():
            other = self._words.word(number)
            distance = OSA.distance(word, other, score_cutoff=edits)
            if 0 < distance <= edits:
                near[other] = distance
        return near

    @cached_property
    def _lengths(self) -> NDArray[np.int64]:
        return steps(self._words.ends)

    @cached_property
    def _plain(self) -> NDArray[np.bool_]:
        """Tells which words are ASCII."""
        if not self._words.size:
            return np.empty(0, np.bool_)
        ends = self._words.ends[:-1].astype(np.intp)
        return np.maximum.reduceat(self._words.letters, ends) < 128

    @cached_property
    def _letters(self) -> NDArray[np.uint64]:
        if not self._words.size:
            return np.empty(0, np.uint64)
        bits = np.uint64(1) << (self._words.letters % np.uint8(64)).astype(np.uint64)
        return np.bitwise_or.reduceat(bits, self._words.ends[:-1].astype(np.intp))


def _letters(word: NDArray[np.uint8]) -> np.uint64:
    """Gives a bit for each letter that a word has; letters whose codes are 64 apart share one."""
    return np.uint64(np.bitwise_or.reduce(np.uint64(1) << (word % np.uint8(64)).astype(np.uint64)))
