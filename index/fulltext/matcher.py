"""What a query looks for, as something that finds it in any text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from index.fulltext import analysis
from index.fulltext.schema import TEXT_FIELDS

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
    """How much finding it says of a text: the rarer, the more."""
    fields: tuple[str, ...] = TEXT_FIELDS
    """The parts of an article in which it is looked for."""
    near: int | None = None
    """Where given, the words may stand in any order with so many others between them."""


class Matcher:
    """Finds in a text what a query looks for: words in all their forms and spellings, phrases."""

    def __init__(self, targets: tuple[Target, ...] = ()) -> None:
        self.targets = targets
        fields = {field for target in targets for field in target.fields}
        self._in_field = {
            field: _InField([(n, t) for n, t in enumerate(targets) if field in t.fields])
            for field in fields
        }

    def find(self, text: str, field: str = "body") -> tuple[tuple[int, int], ...]:
        """Gives where the matches start and end in a text, in order, none within another.

        A phrase is one match; the possessive ending of a word is not part of it. `field` is the
        part of an article that the text is: its title, body or furniture.
        """
        return tuple((start, end) for start, end, _ in self.hits(text, field))

    def hits(self, text: str, field: str = "body") -> list[tuple[int, int, int]]:
        """Gives the start, the end and the number of the target of every match, in order."""
        return self._in_field[field].hits(text) if field in self._in_field else []


class _InField:
    """What is looked for in one part of an article."""

    def __init__(self, targets: list[tuple[int, Target]]) -> None:
        self._targets = targets
        self._longest_target = max(_reach(target) for _, target in targets)
        self._wanted: dict[str, bool] = {}

    def hits(self, text: str) -> list[tuple[int, int, int]]:
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
        for number, target in self._targets:
            end = _end(target, words)
            if end > best[0]:
                best = (end, number)
        return best

    def _wants(self, word: str) -> bool:
        """Tells, and remembers, whether any target begins with a word as it is written."""
        term = analysis.fold(word)
        wanted = any(
            first.takes(term)
            for _, target in self._targets
            for first in (target.words[:1] if target.near is None else target.words)
        )
        if len(self._wanted) < MOST_REMEMBERED:
            self._wanted[word] = wanted
        return wanted


def _reach(target: Target) -> int:
    return len(target.words) + (target.near or 0)


def _end(target: Target, words: Sequence[tuple[str, int, int]]) -> int:
    """Gives where a target ends that begins with the first of some words; 0 if it does not."""
    if len(target.words) > len(words):
        return 0
    if target.near is None:
        whole = all(
            word.takes(term) for word, (term, _, _) in zip(target.words, words, strict=False)
        )
        return words[len(target.words) - 1][2] if whole else 0
    missing = list(target.words)
    for place, (term, _, end) in enumerate(words[: _reach(target)]):
        found = next((word for word in missing if word.takes(term)), None)
        if found is not None:
            missing.remove(found)
        elif place == 0:
            return 0
        if not missing:
            return end
    return 0
