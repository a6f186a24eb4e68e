"""What a typed word stands for: its other forms, other spellings of a name, words begun by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.fulltext import spelling
from index.fulltext.analysis import CALENDAR, UNITED_STATES, stem
from index.fulltext.matcher import Word
from index.fulltext.reading import Collection

SPELLING_WEIGHT = 0.85
"""What another spelling of a name counts for, so that the one typed comes first."""
PRONOUN_WEIGHT = 0.2
"""What the pronoun counts for when `us` is typed, which mostly means the country."""
MOST_BEGUN = {1: 64, 2: 128}
"""Words taken for a beginning of one or two letters; for longer ones `MOST_LONGER`."""
MOST_LONGER = 1024
MOST_SPELLINGS = 12
MOST_GUESSES = 3
NAME_SHARE = 0.5
"""A word is a name when this share of the articles that have it write it as one."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """The words of the index that a typed word stands for."""

    typed: str
    words: Mapping[str, float]
    """Each with its weight; 1 for the word itself."""
    spellings: tuple[str, ...] = ()
    """Which of them are other spellings, best first."""
    prefix: str = ""
    """What the words begin with, when that is why they are here."""
    begun: bool = False
    """Whether that is so because no article has the word itself."""

    def as_word(self) -> Word:
        """Gives the words as what a matcher looks for."""
        return Word(frozenset(self.words), self.prefix)


def expand(
    collection: Collection,
    word: str,
    exact: bool = False,
    prefix: bool = False,
    begin: bool = True,
) -> Expansion:
    """Gives what a folded word stands for in a collection.

    With `exact` that is itself only, with `prefix` the words it begins. A word that occurs
    nowhere stands for those it begins too, when `begin` allows it, and failing these for the
    names nearest to it.
    """
    if word == "us" and not prefix:
        return Expansion(word, {UNITED_STATES: 1.0, "us": PRONOUN_WEIGHT})
    if prefix:
        most = MOST_BEGUN.get(len(word), MOST_LONGER)
        return Expansion(
            word, dict.fromkeys(collection.beginning_with(word, most), 1.0), prefix=word
        )
    if exact:
        return Expansion(word, {word: 1.0})
    forms = forms_of(collection, word)
    spellings = other_spellings(collection, word, forms)
    if begin and not spellings and not _is_word(collection, word, forms):
        longer = collection.beginning_with(word, MOST_BEGUN.get(len(word), MOST_LONGER))
        if longer:
            return Expansion(word, dict.fromkeys(longer, 1.0), prefix=word, begun=True)
        spellings = other_spellings(collection, word, forms, guess=True)[:MOST_GUESSES]
    words = dict.fromkeys(spellings, SPELLING_WEIGHT) | dict.fromkeys(forms, 1.0)
    return Expansion(word, words, tuple(spellings))


def forms_of(collection: Collection, word: str) -> list[str]:
    """Gives a word and the others of its stem that the collection has."""
    root = stem(word)
    family = collection.words_of("forms", root) | {root, word}
    return [
        word,
        *sorted(
            form for form in family if form != word and not _other_name(collection, word, form)
        ),
    ]


def _is_word(collection: Collection, word: str, forms: list[str]) -> bool:
    """Tells whether a word occurs, in this or another form.

    Of a word that does not occur itself, only regular forms of it count when others merely
    share its stem, as militant does with milit.
    """
    if collection.occurs(word):
        return True
    return any(
        form == word + ending or not form.startswith(word)
        for form in forms[1:]
        for ending in ("s", "es", "d", "ed", "ing")
    )


def other_spellings(
    collection: Collection, word: str, forms: list[str], guess: bool = False
) -> list[str]:
    """Gives the names of the collection that are spellings of a word, nearest first.

    None for an ordinary word: one that is mostly written with a small letter. A word that occurs
    is known to be spelt so, which leaves out what only looks like it.
    """
    occurs = any(collection.frequency("body", form) for form in forms)
    if word in CALENDAR or (occurs and not is_name(collection, forms)):
        return []
    likeness = {
        candidate: spelling.likeness(word, candidate, guess)
        for key in spelling.skeletons(word)
        for candidate in collection.words_of("spellings", key)
        if candidate not in forms
    }
    known = collection.occurs(word)
    near = [
        candidate
        for candidate, value in likeness.items()
        if value > 0
        and is_name(collection, [candidate])
        and not (known and spelling.look_alike(word, candidate))
    ]
    return sorted(near, key=lambda c: (-likeness[c], c))[:MOST_SPELLINGS]


def is_name(collection: Collection, words: list[str]) -> bool:
    """Tells whether words are mostly written as names are."""
    named = sum(collection.frequency("names", word) for word in words)
    return named >= NAME_SHARE * sum(collection.frequency("body", word) for word in words) > 0


def _other_name(collection: Collection, word: str, form: str) -> bool:
    """Tells apart names that only seem forms of one word: Hamas and Hama, Abbas and Abba."""
    short, long = sorted((word, form), key=len)
    if long != short + "s" or not short.endswith("a"):
        return False
    return is_name(collection, [short]) and is_name(collection, [long])
