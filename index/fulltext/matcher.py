"""What a query looks for, as something that finds it in any text."""

from __future__ import annotations

from dataclasses import dataclass

from index.fulltext import analysis


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
        self._wanted: dict[str, bool] = {}

    def find(self, text: str) -> tuple[tuple[int, int], ...]:
        """Gives where the matches start and end in a text, in order, none within another.

        A phrase is one match; the possessive ending of a word is not part of it.
        """
        return tuple((start, end) for start, end, _ in self.hits(text))

    def hits(self, text: str) -> list[tuple[int, int, int]]:
        """Gives the start, the end and the number of the target of every match, in order."""
        if not self.targets or not any(map(self._wants, set(analysis.WORD.findall(text)))):
            return []
        words = list(analysis.spans(text))
        found: list[tuple[int, int, int]] = []
        free = 0
        for at, (term, start, _) in enumerate(words):
            if at >= free and self._wants(term):
                length, number = max(
                    (
                        (len(target.words), -number)
                        for number, target in enumerate(self.targets)
                        if _stands(target, words, at)
                    ),
                    default=(0, 0),
                )
                if length:
                    free = at + length
                    found.append((start, words[free - 1][2], -number))
        return found

    def _wants(self, word: str) -> bool:
        """Tells whether any target begins with a word, as written or as a term."""
        known = self._wanted.get(word)
        if known is None:
            term = analysis.fold(word)
            known = any(target.words[0].takes(term) for target in self.targets)
            self._wanted[word] = known
        return known


def _stands(target: Target, words: list[tuple[str, int, int]], at: int) -> bool:
    if at + len(target.words) > len(words):
        return False
    return all(word.takes(words[at + offset][0]) for offset, word in enumerate(target.words))
