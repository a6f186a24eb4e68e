"""How the values that several articles give for one figure stand to each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import combinations

from index.compare.lexicon import COUNTRY_OF
from index.compare.numbers import Number
from index.compare.terms import fold
from index.model import Verdict

NEAR = 0.1
"""How far "about 150" may be from the other value, and "over 150" below it, as a share."""

Value = tuple[Number, str, datetime | None]
"""A number, the sentence it stands in, and the date of its article."""

COUNTRIES = frozenset(COUNTRY_OF.values())
GROWN = re.compile(
    r"\b(?:rose|risen|rises|rising|climbed|grew|grown|increased|jumped|updated|revised|raised"
    r"|lowered|fell|fallen|dropped|up|down)\s(?:\w+\s){0,4}?(?:to|from)\s",
    re.IGNORECASE,
)
TIMES = (
    re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?day\b", re.IGNORECASE),
    re.compile(r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:[a-z]{1,6})?\b(?!\s[A-Z])"),
    re.compile(r"(?<![\d,.$£€])((?:19|20)\d\d)(?![\d,])"),
    re.compile(r"\b((?:last|this) (?:year|month|week|quarter))\b", re.IGNORECASE),
)


def verdict(values: Sequence[Value]) -> Verdict:
    """Gives the verdict on the values of one figure: the gravest of those on every two of them."""
    found = {pair(a, b) for a, b in combinations(values, 2)}
    for grave in (Verdict.DIFFER, Verdict.REVISION, Verdict.SCOPE, Verdict.UNSURE):
        if grave in found:
            return grave
    return Verdict.AGREE


def pair(a: Value, b: Value) -> Verdict:
    """Gives the verdict on two values."""
    if agree(a[0], b[0]) or agree(b[0], a[0]):
        return Verdict.AGREE
    if other_scope(a[1], b[1]):
        return Verdict.SCOPE
    bounds = {a[0].bound, b[0].bound}
    if "vague" in bounds or ("upper" in bounds and len(bounds) > 1):
        return Verdict.UNSURE
    if GROWN.search(a[1]) or GROWN.search(b[1]):
        return Verdict.REVISION
    if a[2] and b[2] and a[2].date() != b[2].date():
        return Verdict.REVISION
    return Verdict.DIFFER


def agree(a: Number, b: Number) -> bool:
    """Tells whether the first value, as it is hedged, allows the second."""
    if a.value == b.value:
        return True
    room = NEAR * max(a.value, b.value)
    if a.bound == "about":
        return abs(a.value - b.value) <= room
    if a.bound == "lower" and b.bound in ("", "about"):
        return 0 < b.value - a.value <= room
    if a.bound == "vague":
        return a.value <= b.value <= 4 * a.value
    return False


def other_scope(a: str, b: str) -> bool:
    """Tells whether two sentences count over different times or in different countries."""
    times = [[{m.lower() for m in kind.findall(text)} for kind in TIMES] for text in (a, b)]
    both = [(x, y) for x, y in zip(*times, strict=True) if x and y]
    if any(not x & y for x, y in both) and not any(x & y for x, y in both):
        return True
    here, there = countries(a), countries(b)
    return bool(here and there and not here & there)


def countries(text: str) -> set[str]:
    """Gives the countries that a text names, or whose people it names."""
    words = {fold(w) for w in re.findall(r"\b[^\W\d_a-z]\w+", text)}
    return {COUNTRY_OF.get(w, w) for w in words} & COUNTRIES
