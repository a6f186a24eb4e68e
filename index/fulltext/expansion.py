"""What a typed word stands for: its other forms, other spellings of a name, words like it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from index.fulltext import spelling
from index.fulltext.analysis import CALENDAR, UNITED_STATES, stem
from index.fulltext.matcher import Word
from index.fulltext.phrases import Family
from index.fulltext.reading import Collection

SPELLING_WEIGHT = 0.85
"""What another spelling of a name counts for, so that the one typed comes first."""
EDIT_WEIGHT = 0.8
"""What a word counts for at one edit from the one typed; at two, this by itself again."""
PRONOUN_WEIGHT = 0.2
"""What the pronoun counts for when `us` is typed, which mostly means the country."""
SHORTEST_CORRECTED = 4
"""Letters of a word from which on another one may have been meant."""
SHORTEST_TWICE = 8
"""Letters of a word from which on it may be two edits away from the one that was meant."""
MOST_SPELLINGS = 12
MOST_GUESSES = 3
GUESS_SHARE = 0.2
"""How frequent a word must be beside the likeliest one to be looked for with it."""
NAME_SHARE = 0.5
"""A word is a name when this share of the articles that have it write it as one."""
LIKELIER_RATIO = 2
"""How many times as frequent as the names that a word may stand for another word is that was
rather meant."""
RARE_NAMES = 5
"""Articles by which it is more frequent than they are at least: where names are all there is, one
of them was meant."""
RARE = 50
"""Articles that may have a word when a much more frequent one like it was perhaps meant."""
MEANT_RATIO = 20
"""How many times as frequent that one is."""


class Instead(Enum):
    """Why other words are looked for in place of the one typed, which no article has."""

    BEGUN = "begun"
    """It is the beginning of others."""
    NEAR = "near"
    """It is like others."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """The words of the index that a typed word stands for."""

    typed: str
    words: Mapping[str, float] = field(default_factory=dict)
    """Each with its weight; 1 for the word itself."""
    spellings: tuple[str, ...] = ()
    """Which of them are other spellings, best first."""
    prefix: str = ""
    """What the words begin with, in place of `words`."""
    instead: Instead | None = None

    def as_typed(self) -> dict[str, float]:
        """Gives the words that are no other spellings."""
        return {word: weight for word, weight in self.words.items() if word not in self.spellings}

    def family(self) -> Family:
        """Gives the words as what a phrase takes."""
        return Family(self.words, self.prefix)

    def as_word(self) -> Word:
        """Gives the words as what a matcher looks for."""
        return Word(frozenset(self.words), self.prefix)


def expand(
    collection: Collection,
    word: str,
    *,
    exact: bool = False,
    prefix: bool = False,
    edits: int = 0,
    begin: bool = True,
) -> Expansion:
    """Gives what a folded word stands for in a collection.

    With `prefix` that is the words it begins, with `edits` those so near to it, with `exact` the
    word only. A word that occurs nowhere stands for those it begins too, when `begin` allows it,
    and failing these for the names or words nearest to it.
    """
    if prefix:
        return Expansion(word, prefix=word)
    if edits:
        near = collection.near(word, edits)
        return Expansion(word, {w: EDIT_WEIGHT**n for w, n in near.items()} | {word: 1.0})
    if exact:
        return Expansion(word, {word: 1.0})
    if word == "us":
        return Expansion(word, {UNITED_STATES: 1.0, "us": PRONOUN_WEIGHT})
    forms = forms_of(collection, word)
    spellings = other_spellings(collection, word, forms)
    if begin and not _is_word(collection, word, forms):
        if not spellings and collection.begins(word):
            return Expansion(word, prefix=word, instead=Instead.BEGUN)
        sure = bool(spellings)
        if not sure:
            spellings = other_spellings(collection, word, forms, guess=True)[:MOST_GUESSES]
        nearest = nearest_words(collection, word)
        if sure:
            # Only letters in another order are a slip beyond doubt.
            nearest = [other for other in nearest if sorted(other) == sorted(word)]
        if nearest and _is_likelier(collection, nearest, spellings):
            return Expansion(word, dict.fromkeys(nearest, 1.0), instead=Instead.NEAR)
    words = dict.fromkeys(spellings, SPELLING_WEIGHT) | dict.fromkeys(forms, 1.0)
    return Expansion(word, words, tuple(spellings))


def nearest_words(collection: Collection, word: str) -> list[str]:
    """Gives the words with fewest edits from one, the most frequent of them first."""
    if len(word) < SHORTEST_CORRECTED:
        return []
    for edits in range(1, 3 if len(word) >= SHORTEST_TWICE else 2):
        if nearest := list(collection.near(word, edits)):
            times = {other: collection.frequency("body", other) for other in nearest}
            nearest.sort(key=lambda other: (-times[other], other))
            likely = GUESS_SHARE * times[nearest[0]]
            return [other for other in nearest if times[other] >= likely][:MOST_GUESSES]
    return []


def _is_likelier(collection: Collection, nearest: list[str], spellings: list[str]) -> bool:
    """Tells whether a word was rather mistyped than the name of somebody spelt by ear."""
    if not spellings:
        return True
    if is_name(collection, nearest[:1]):
        return False
    named = sum(collection.frequency("body", name) for name in spellings)
    return collection.frequency("body", nearest[0]) >= LIKELIER_RATIO * named + RARE_NAMES


def meant(collection: Collection, word: str) -> str | None:
    """Gives the word that was probably meant by one that hardly any article has, if there is one.

    It is a single edit away and many times as frequent, in the way of P. Norvig's "How to write a
    spelling corrector" (2007), with the collection itself as the language model.
    """
    known = collection.frequency("body", word)
    if len(word) < SHORTEST_CORRECTED or known > RARE or not word.isalpha():
        return None
    frequencies = {other: collection.frequency("body", other) for other in collection.near(word, 1)}
    best = min(frequencies, key=lambda other: (-frequencies[other], other), default=None)
    if best is None or stem(best) == stem(word):
        return None
    return best if frequencies[best] >= MEANT_RATIO * max(known, 1) else None


def forms_of(collection: Collection, word: str) -> list[str]:
    """Gives a word and the others of its stem that the collection has."""
    root = stem(word)
    family = collection.forms(root) | {root, word}
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
        form in {word + ending for ending in ("s", "es", "d", "ed", "ing")}
        or not form.startswith(word)
        for form in forms[1:]
        if collection.occurs(form)
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
        for candidate in collection.spellings(key)
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
    named = sum(collection.times_named(word) for word in words)
    return named >= NAME_SHARE * sum(collection.frequency("body", word) for word in words) > 0


def _other_name(collection: Collection, word: str, form: str) -> bool:
    """Tells apart names that only seem forms of one word: Hamas and Hama, Abbas and Abba."""
    short, long = sorted((word, form), key=len)
    if long != short + "s" or not short.endswith("a"):
        return False
    return is_name(collection, [short]) and is_name(collection, [long])
