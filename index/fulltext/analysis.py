"""From text to the words that are indexed, and where they stand.

One compiled expression finds the words of any script; each is folded by itself and the result
kept, so that a word costs one look-up whenever it comes again. Folding drops case, accents,
vowel points and apostrophes of every kind, so that Kata'ib, Kata’ib and KATAIB are one word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from index.letters import APOSTROPHES, UNDECOMPOSED

LONGEST_WORD = 64
"""Characters of a word that are kept: longer ones are encoded data, not words."""

UNITED_STATES = "u.s"
"""The term of `US` and `U.S.`, which no ordinary word can be."""

_MARKS = "".join(
    chr(code) for code in range(0x300, 0x3000) if unicodedata.category(chr(code)) in ("Mn", "Mc")
)
_UNSPACED = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han and Kana, which put no space between words: each character is a word by itself."""
_LETTERS = rf"[^\W_{_UNSPACED}]+"
_JOINED = (
    rf"{_LETTERS}(?:[{APOSTROPHES}&{_MARKS}]+{_LETTERS}|[{_MARKS}]+"
    rf"|(?<=\d)(?:\.(?=\d)|,(?=\d\d\d(?!\d))){_LETTERS})*"
)
_WORD = (
    # Most words are nothing but plain letters, and are found so in half the time.
    rf"[A-Za-z]{{2,}}+(?![\w{APOSTROPHES}&{_MARKS}])"
    rf"|(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])"  # U.S., E.U.
    rf"|{_JOINED}|[{_UNSPACED}][{_MARKS}]*"
)
WORD = re.compile(_WORD)
"""Any word as it is written. Hyphens part words; apostrophes, `&` and decimal points do not."""
TOKEN = re.compile(rf"{_WORD}|[^\w\s,;\-–—‑(/&]|\n")
"""Any word, and any sign after which a capital is no sign of a name: `.`, `“`, the line's end."""

_NOT_LETTERS = str.maketrans("", "", APOSTROPHES + "ـ,")
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]$")
_SAME_LETTER = UNDECOMPOSED | str.maketrans({"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ə": "a"})

# fmt: off
STOP_WORDS = frozenset(
    {
        "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "are", "as",
        "at", "be", "because", "been", "before", "being", "both", "but", "by", "can", "could",
        "did", "do", "does", "doing", "down", "during", "each", "few", "for", "from", "further",
        "had", "has", "have", "having", "he", "her", "here", "hers", "him", "his", "how", "i",
        "if", "in", "into", "is", "it", "its", "just", "me", "more", "most", "my", "no", "nor",
        "not", "of", "off", "on", "once", "only", "or", "other", "our", "out", "over", "own",
        "same", "she", "should", "so", "some", "such", "than", "that", "the", "their", "theirs",
        "them", "then", "there", "these", "they", "this", "those", "through", "to", "too",
        "under", "until", "up", "very", "was", "we", "were", "what", "when", "where", "which",
        "while", "who", "whom", "why", "will", "with", "would", "you", "your", "yours",
    }
)
# fmt: on
"""Words that carry no subject: they do not drive a search that has others."""

# fmt: off
CALENDAR = frozenset(
    {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december",
    }
)
# fmt: on
"""Words with a capital that are no names, and so have no other spellings."""


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Gives the term under which a word, as `WORD` found it, is indexed; empty when none is."""
    if word.isascii() and word.isalnum() and word != "US":
        return word.lower()[:LONGEST_WORD]
    word = _POSSESSIVE.sub("", word)
    if word == "US" or word in ("U.S", "u.s"):
        return UNITED_STATES
    if word[:1].isalpha() and "." in word:
        word = word.replace(".", "")
    word = word.translate(_NOT_LETTERS).casefold()
    if not word.isascii():
        parts = unicodedata.normalize("NFKD", word).translate(_SAME_LETTER)
        kept = [
            str(unicodedata.decimal(char)) if char.isdecimal() else char
            for char in parts
            if char.isalnum() or char in ".&" or unicodedata.category(char) == "Mc"
        ]
        word = unicodedata.normalize("NFKC", "".join(kept)).translate(_NOT_LETTERS).casefold()
    return word[:LONGEST_WORD]


def terms(text: str) -> list[str]:
    """Gives the terms of a text in order; a word without a term leaves no gap."""
    return [term for term in map(fold, WORD.findall(text)) if term]


def spans(text: str, start: int = 0) -> Iterator[tuple[str, int, int]]:
    """Gives the term, start and end of every word from `start` on, without possessive endings."""
    for found in WORD.finditer(text, start):
        term = fold(found[0])
        if term:
            yield term, found.start(), ending(found)


def ending(found: re.Match[str]) -> int:
    """Gives where a word that was found ends in its text, without a possessive ending."""
    word = found[0]
    if word[-1] in "sS" and len(word) > 2 and word[-2] in APOSTROPHES:
        return found.end() - 2
    return found.end()


def sort_key(title: str) -> str:
    """Gives what titles are sorted by: their words, without case, accents and punctuation."""
    return " ".join(terms(title))


@lru_cache(maxsize=200_000)
def stem(term: str) -> str:
    """Gives what a term shares with its other forms: `attack` for attacks, attacked, attacking.

    The Snowball stemmer for English, known as Porter2 (M. F. Porter, "Snowball: A language for
    stemming algorithms", 2001); words of other scripts and with figures are their own stem.
    """
    if len(term) < 4 or not (term.isascii() and term.isalpha()):
        return term
    return str(_stemmer().stemWord(term))


def beginnings(root: str) -> tuple[str, ...]:
    """Gives how the words of a stem may begin: with all of it, mostly.

    Its last letter is another where the stemmer changes an ending: happy and happi, using and use,
    ability and abl. Four words are irregular, as dying, whose stem is that of die.
    """
    if len(root) < 2:
        return ()  # no longer word is cut to a single letter
    changed = len(root) > 2 and (root[-1] in "eiy" or root.endswith("bl"))
    irregular = (f"{root[0]}ying",) if len(root) == 3 and root.endswith("ie") else ()
    return (root[:-1] if changed else root, *irregular)


@cache
def _stemmer() -> Any:
    from Stemmer import Stemmer

    return Stemmer("english")
