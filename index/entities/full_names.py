"""The full names of persons in one document, and which of them a short form stands for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from index.entities.spelling import ARTICLES, same_word, skeleton

MOST_NAMESAKES = 40
"""Full names with one word in common; of more, none is what a short form stands for."""

Words = tuple[str, ...]


class FullNames:
    """Full names by all their beginnings and ends; spellings of one name count as one."""

    def __init__(self) -> None:
        self._forms: dict[Words, Counter[str]] = {}
        self._same: dict[Words, list[Words]] = defaultdict(list)
        self._parts: dict[Words, list[Words]] = defaultdict(list)
        self._found: dict[Words, str | None] = {}
        self._stands: dict[str, tuple[bool, bool]] = {}

    def add(self, words: Words, text: str) -> None:
        """Takes a mention of a person, as folded words and as it stands; only full names stay."""
        words = bare(words)
        if len(words) < 2:
            return
        key = _key(words)
        for other in self._same[key][:MOST_NAMESAKES]:
            if _alike(words, other):
                self._forms[other][text] += 1
                return
        self._same[key].append(words)
        self._forms[words] = Counter({text: 1})
        for part in _parts(key):
            self._parts[part].append(words)

    def fullest(self, words: Words) -> str | None:
        """Gives the one full name that these words are a part of, or None when none or several are.

        A full name that is part of no other is its own, in its most frequent spelling.
        """
        words = bare(words)
        if words not in self._found:
            self._found[words] = self._find(words)
        return self._found[words]

    def _find(self, words: Words) -> str | None:
        if not words:
            return None
        key = _key(words)
        near = self._parts.get(key, [])
        if len(near) > MOST_NAMESAKES:
            return None
        longer = [name for name in near if _is_part(words, name)]
        longer = [name for name in longer if not any(_within(name, other) for other in longer)]
        if len(longer) == 1:
            return self._find(longer[0])
        own = next((name for name in self._same.get(key, ()) if _alike(words, name)), None)
        if own is None:
            return None
        forms = self._forms[own]
        return max(forms, key=lambda form: (forms[form], len(form), form))

    def stands(self, word: str) -> tuple[bool, bool]:
        """Whether a folded word begins, and whether it ends, a full name."""
        if word not in self._stands:
            near = self._parts.get((skeleton(word),), [])[:MOST_NAMESAKES]
            self._stands[word] = (
                any(same_word(word, name[0]) for name in near),
                any(same_word(word, name[-1]) for name in near),
            )
        return self._stands[word]


def bare(words: Sequence[str]) -> Words:
    """Gives the words of a name without articles."""
    return tuple(word for word in words if word not in ARTICLES)


def _key(words: Words) -> Words:
    return tuple(skeleton(word) for word in words)


def _parts(key: Words) -> set[Words]:
    """The beginnings and ends of a name, and its first and last word together."""
    parts = {key[:k] for k in range(1, len(key))} | {key[k:] for k in range(1, len(key))}
    if len(key) > 2:
        parts.add((key[0], key[-1]))
    return parts


def _alike(words: Words, other: Words) -> bool:
    return all(same_word(a, b) for a, b in zip(words, other, strict=True))


def _is_part(words: Words, name: Words) -> bool:
    """Whether some words stand at the start or end of a name, or are its first and last."""
    size = len(words)
    ends = (name[0], name[-1])
    return (
        _alike(words, name[:size])
        or _alike(words, name[-size:])
        or (size == 2 and _alike(words, ends))
    )


def _within(short: Words, long: Words) -> bool:
    """Whether all words of a shorter name stand in a longer one, in the same order."""
    rest = iter(long)
    return len(short) < len(long) and all(
        any(same_word(word, other) for other in rest) for word in short
    )
