"""Whether two spellings may be one word: consonant skeletons, then their vowels.

Names from Arabic and Persian reach Latin letters in many ways: Qassem, Qasem, Kassim. What
stays is the consonants, up to a few equivalences (q and k, j and g, kh and k); vowels vary
within limits that tell Hassan from Hussein and Mahmoud from Mohammed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from index.entities.tokens import word_set

ARTICLES = word_set("al el ad ar as ash an at az ez ed ul ur us i e")
"""Folded articles and joining letters, which are no part of what is compared."""

_DIGRAPHS = (
    ("tch", "ʃ"), ("sch", "ʃ"), ("kh", "k"), ("gh", "g"), ("sh", "ʃ"), ("ch", "ʃ"), ("cz", "ʃ"),
    ("th", "t"), ("dh", "d"), ("dj", "g"), ("zh", "g"), ("ph", "f"), ("ck", "k"), ("qu", "k"),
    ("ts", "s"), ("tz", "s"),
)  # fmt: skip
_LETTERS = str.maketrans({"q": "k", "c": "k", "x": "k", "j": "g", "v": "w", "z": "s"})
_SOFT_C = re.compile(r"c(?=[eiy])")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = frozenset("aeiouwy")
_ALLAH = re.compile(r"[aou]ll?ah$")
_NEAR = {
    frozenset("ae"), frozenset("ei"), frozenset("ou"), frozenset("ao"), frozenset("oe"),
}  # fmt: skip


@lru_cache(maxsize=1 << 16)
def skeleton(word: str) -> str:
    """Gives the consonants of a folded word, spellings of one sound made equal.

    A word without any Latin letter is its own skeleton; so is one of vowels alone.
    """
    return _skeleton(word)[0]


def _skeleton(word: str) -> tuple[str, str]:
    """The skeleton, and the word as it was before its vowels went. `ʃ` stands for sh and ch."""
    if not word.isascii() or not word.isalpha():
        return word, word
    plain = _ALLAH.sub("allah", word)
    for pair, letter in _DIGRAPHS:
        plain = plain.replace(pair, letter)
    plain = _DOUBLED.sub(r"\1", _SOFT_C.sub("s", plain).translate(_LETTERS))
    if len(plain) > 2 and plain.endswith("h"):
        plain = plain[:-1]
    kept = _DOUBLED.sub(r"\1", "".join(c for c in plain if c not in _VOWELS))
    if plain.startswith("w"):
        kept = "w" + kept
    elif plain[0] in _VOWELS:
        kept = "a" + kept
    return kept or plain, plain


@lru_cache(maxsize=1 << 16)
def same_word(one: str, other: str) -> bool:
    """Whether two folded words may be spellings of one: Qasem and Kasim, not Hasan and Husayn."""
    if one == other:
        return True
    left, left_plain = _skeleton(one)
    right, right_plain = _skeleton(other)
    if left != right:
        return False
    if not (one.isascii() and other.isascii()):
        return False
    if (left_plain[-1:] in "aeiouy") != (right_plain[-1:] in "aeiouy"):
        return False
    slots_left, slots_right = _slots(left_plain), _slots(right_plain)
    empty = False
    for a, b in zip(slots_left, slots_right, strict=False):
        if a == b:
            continue
        if not a or not b:
            empty = True
            continue
        if frozenset((a, b)) not in _NEAR:
            return False
    if len(slots_left) != len(slots_right):
        return False
    if empty and ("q" in one) != ("q" in other):
        return False
    return Levenshtein.normalized_similarity(left_plain, right_plain) >= 0.5


def _slots(plain: str) -> list[str]:
    """The vowel before each consonant and at the end, each as one letter or none."""
    slots = [""]
    for c in plain:
        if c in "aeiouy" or (c == "w" and slots[-1]):
            slots[-1] += c
        else:
            slots.append("")
    return [_vowel(slot) for slot in slots]


def _vowel(slot: str) -> str:
    if not slot:
        return ""
    if slot in ("ou", "oo", "uw", "ow", "u", "uu"):
        return "u"
    if slot in ("ee", "iy", "i", "y", "ie", "ii"):
        return "i"
    if slot in ("ai", "ay", "ei", "ey", "aii", "ae", "aei", "ayi", "aye", "aiy", "eyi"):
        return "e"
    if slot in ("ao", "au", "aw", "aou"):
        return "o"
    return slot[0]
