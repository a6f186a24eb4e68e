"""What a query looks for, as something that finds it in any text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from index.fulltext import analysis

MOST_REMEMBERED = 100_000
"""Different words of texts that a matcher remembers its answer for."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a target: any of `terms`, or any that begins with `prefix`."""

    terms: frozenset[str]
    prefix: str = ""

    def takes(self, term: str) -> bool:
        """Tells whether a term of a text is this word."""
        return term in self.terms or bool(self.prefix and term.startswith(self.prefix))


@dataclass(frozen=True, slots=True)
class Target:
    """Words that follow one another; mostly a single one."""

    words: tuple[Word, ...]
    weight: float = 1.0
    """How much finding it says of a text: its inverse document frequency."""


class Matcher:
    """Finds in a text what a query looks for: words in all their forms and spellings, phrases."""

    def __init__(self, targets: tuple[Target, ...] = ()) -> None:
        self.targets = targets
        self._longest_target = max((len(target.words) for target in targets), default=0)
        self._wanted: dict[str, bool] = {}

    def find(self, text: str) -> tuple[tuple[int, int], ...]:
        """Gives where the matches start and end in a text, in order, none within another.

        A phrase is one match; the possessive ending of a word is not part of it.
        """
        return tuple((start, end) for start, end, _ in self.hits(text))

    def hits(self, text: str) -> list[tuple[int, int, int]]:
        """Gives the start, the end and the number of the target of every match, in order."""
        if not self.targets:
            return []
        found: list[tuple[int, int, int]] = []
        wanted = self._wanted
        free = 0
        for word in analysis.WORD.finditer(text):
            opens = wanted.get(word[0])
            if opens is None:
                opens = self._wants(word[0])
            if opens and word.start() >= free:
                end, number = self._longest(text, word.start())
                if end:
                    free = end
                    found.append((word.start(), end, number))
        return found

    def _longest(self, text: str, start: int) -> tuple[int, int]:
        """Gives the end and the number of the longest target that stands at `start`, or 0, 0."""
        words = list(islice(analysis.spans(text, start), self._longest_target))
        best = (0, 0)
        for number, target in enumerate(self.targets):
            if len(target.words) <= len(words):
                end = words[len(target.words) - 1][2]
                if end > best[0] and all(map(_takes, target.words, words)):
                    best = (end, number)
        return best

    def _wants(self, word: str) -> bool:
        """Tells, and remembers, whether any target begins with a word as it is written."""
        term = analysis.fold(word)
        wanted = any(target.words[0].takes(term) for target in self.targets)
        if len(self._wanted) < MOST_REMEMBERED:
            self._wanted[word] = wanted
        return wanted


def _takes(word: Word, placed: tuple[str, int, int]) -> bool:
    return word.takes(placed[0])
