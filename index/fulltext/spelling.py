"""Whether two words are spellings of one name.

Names from Arabic, Persian, Russian and their like are written in Latin letters by ear: Kataib,
Katai'ib; Hezbollah, Hizballah; Qadhafi, Gaddafi. Two words are compared when they share a
consonant skeleton, a coarse key that can be looked up in an index. Then their sounds, vowels
included, have a veto: an edit distance in which letters that stand for one sound in different
romanisations cost little (Jamal is Gamal, but not Jamil).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from rapidfuzz.distance import Levenshtein

SHORTEST = 4
"""Letters below which a word has no other spellings: too many names would be near."""
FARTHEST = 0.09
"""Distance for each sound of the longer word beyond which two words are different names."""
FARTHEST_GUESS = 0.2
"""The same for a word that is no name known, where any name near is better than nothing."""
SHORT = 5
"""Sounds up to which names are so many that a known one has look-alikes: Paris, Peres, Perez."""
FARTHEST_SHORT = 0.15
"""Distance, in all, beyond which two short names that are both known are different names."""
ARTICLE_DOUBT = 0.05
"""How much nearer two names must be when one is taken to be written with the article."""
MOST_KEYS = 12
"""Skeletons of one word, whose ambiguous letters could be read in more ways."""

_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:y|j)e(?=[^aeiouy])", "e"),
        (r"^ie", "e"),
        (r"tsch|tch|tsh", "C"),
        (r"sch|sh", "S"),
        (r"ch", "C"),
        (r"x", "ks"),
        (r"kh", "X"),
        (r"gh", "G"),
        (r"dzh|dj|zh", "j"),
        (r"dh", "D"),
        (r"th", "T"),
        (r"ph", "f"),
        (r"ts|tz", "C"),
        (r"q", "Q"),
        (r"ck|c(?![eiy])", "k"),
        (r"c", "s"),
        (r"ou|oo|uw", "u"),
        (r"ee|ie|iy|ij$", "i"),
        (r"(?:ei|ey|ay|ai|ae)i?|[ae]j$", "Y"),
        (r"au|aw|ow", "W"),
        (r"w", "v"),
        (r"(?<=[^aeiou])[aou]ll?ah?$", "ola"),
        (r"(?<=dd)ine$", "in"),
        (r"(?<=[aeiouYW])h$", ""),
        (r"y(?![aeiou])|(?<=[^aeiouYW])y", "i"),
        (r"(.)\1+", r"\1"),
    )
)
"""Spellings of sounds, applied one after the other to a folded word."""

_CLASSES = {
    **dict.fromkeys("aeiouyYWh", ("",)),
    **dict.fromkeys("bp", ("b",)),
    **dict.fromkeys("td", ("t",)),
    **dict.fromkeys("szS", ("s",)),
    "C": ("s", "k"),
    **dict.fromkeys("TD", ("t", "s")),
    "Q": ("k", "j"),
    "G": ("k", "j"),
    "g": ("k", "j", ""),
    "X": ("k", ""),
    "j": ("j",),
    "v": ("f", ""),
}
_VOWELS = frozenset("aeiouYW")

_NEAR = {
    frozenset(pair): cost
    for cost, pairs in (
        (0.1, "ie ou eY iY oW yi XG TD Qk kX"),
        (0.15, "ae QG"),
        (0.2, "Dd Dz Tt TD sS Xh vu vo yi yj uW kG Qg gG sz"),
        (0.3, "hg ao Ts zD sT QX gX XC jC aW vf"),
        (0.4, "aY CS vb dz gj Gj iu"),
        (0.5, "gk td eo zj"),
        (0.6, "eu Cs hG"),
        (0.7, "ai au bp"),
    )
    for pair in pairs.split()
}
_DIFFERENT = 1.2


@lru_cache(maxsize=200_000)
def skeletons(word: str) -> tuple[str, ...]:
    """Gives the consonant skeletons of a folded word; none when it is too short to have any.

    Spellings of one name share at least one. An article that is written together with the name
    (Alsaadi, Assadr) is left out in a further one.
    """
    if len(word) < SHORTEST or not word.isalpha() or not word.isascii():
        return ()
    keys: dict[str, None] = {}
    for part in dict.fromkeys((word, _without_article(word))):
        readings = [_CLASSES.get(sound, (sound,)) for sound in sounds(part)]
        for reading in product(*readings):
            key = re.sub(r"(.)\1+", r"\1", "".join(reading))
            if key:
                keys[key] = None
            if len(keys) == MOST_KEYS:
                break
    return tuple(keys)


def likeness(one: str, other: str, guess: bool = False) -> float:
    """Gives how near two folded words are as spellings of a name: 1 the same, 0 no spellings.

    A guess allows for more between them, where any name near is better than none.
    """
    whole = _likeness(sounds(one), sounds(other))
    bare = max(
        _likeness(sounds(one), sounds(_without_article(other))),
        _likeness(sounds(_without_article(one)), sounds(other)),
    )
    value = max(whole, bare - ARTICLE_DOUBT)
    return value if value >= 1 - (FARTHEST_GUESS if guess else FARTHEST) else 0.0


def look_alike(one: str, other: str) -> bool:
    """Tells whether two folded words, both known as names, are too short to be one so spelt.

    Short names differ by little, so that only what romanisations mix up most may differ between
    them: Baqer is Baqir, but Tony not Tanni. Where there is but one vowel it tells them apart:
    Qais is Kais, but Bell not Bill.
    """
    a, b = sounds(_without_article(one)), sounds(_without_article(other))
    if min(len(a), len(b)) > SHORT:
        return False
    vowels = ["".join(filter(_VOWELS.__contains__, word)) for word in (a, b)]
    if len(vowels[0]) == 1 and vowels[0] != vowels[1]:
        return True
    return round(_distance(a, b), 3) > FARTHEST_SHORT


@lru_cache(maxsize=50_000)
def sounds(word: str) -> str:
    """Gives the sounds of a folded word, one character for each."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def _without_article(word: str) -> str:
    """Gives a name without the Arabic article written together with it, where it seems to be."""
    if (
        len(word) > 6
        and word[2] not in "aeiou"
        and (
            word[:2] in ("al", "el")
            or (word[0] in "ae" and word[1] == word[2] and word[1] in "sdtnrz")
        )
    ):
        return word[2:]
    return word


@lru_cache(maxsize=50_000)
def _likeness(a: str, b: str) -> float:
    if a == b:
        return 1.0
    longest = max(len(a), len(b))
    if Levenshtein.distance(a, b) > longest // 2 + 1:
        return 0.0
    far = _distance(a, b) / longest
    return max(0.0, 1.0 - far)


def _distance(a: str, b: str) -> float:
    """Gives the weighted edit distance between the sounds of two words."""
    row = [0.0]
    for j, sound in enumerate(b):
        row.append(row[-1] + _lone(b, j, sound))
    for i, x in enumerate(a):
        gone = _lone(a, i, x)
        before, row = row, [row[0] + gone]
        for j, y in enumerate(b):
            changed = 0.0 if x == y else _NEAR.get(frozenset((x, y)), _DIFFERENT)
            if x in _VOWELS and i == len(a) - 1 and j == len(b) - 1:
                changed *= 2
            row.append(min(before[j] + changed, before[j + 1] + gone, row[j] + _lone(b, j, y)))
    return row[-1]


def _lone(word: str, at: int, sound: str) -> float:
    """Gives what it costs that a sound is written in one word only."""
    if sound in _VOWELS:
        if at == len(word) - 1:
            return 1.5 if sound == "i" else 0.8
        return 0.6 if at == 0 else 0.4
    if sound in "hvy":
        return 0.5 if at == 0 else 0.3
    return _DIFFERENT
