"""Finding what was typed inside one text: literal, but forgiving of case, accents and quotes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_SAME = {
    **dict.fromkeys("‘’‚‛ʼʻʿʾ`´", "'"),
    **dict.fromkeys("“”„‟«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00a0\u2007\u202f\u3000", " "),
}


def fold(text: str) -> str:
    """Gives the text with case, accents, quotation marks and dashes made alike.

    It has the same length, so an offset in it is an offset in the text.
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals have small letters of two characters
        lowered = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    if lowered.isascii():
        return lowered
    # One pass in C for each character that is there, not one in Python for each of the text.
    for character in set(lowered):
        if character > "\x7f" and (plain := _plain(character)) != character:
            lowered = lowered.replace(character, plain)
    return lowered


def _plain(character: str) -> str:
    same = _SAME.get(character)
    if same is not None:
        return same
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isalpha() else character


def occurrences(folded: str, wanted: str) -> Iterator[tuple[int, int]]:
    """Where `wanted`, folded too, stands in a folded text; none for nothing wanted."""
    if not wanted:
        return
    at = folded.find(wanted)
    while at >= 0:
        yield at, at + len(wanted)
        at = folded.find(wanted, at + len(wanted))
