"""The numbers of a text and what they count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.compare.lexicon import STOP_WORDS
from index.compare.terms import fold, stem

ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12,
}  # fmt: skip
VAGUE = {
    "tens": 20.0, "dozens": 24.0, "scores": 40.0, "hundreds": 200.0, "thousands": 2e3,
    "millions": 2e6, "billions": 2e9,
}  # fmt: skip
"""The least that a word without a number stands for; `tens` only of thousands and the like."""

LOWER = r"over|more than|at least|above|upwards of|no fewer than|no less than|beyond|exceeding"
UPPER = r"under|fewer than|less than|below|up to|as many as|as much as|at most|no more than"
ABOUT = (
    r"about|around|approximately|roughly|nearly|almost|some|an estimated|estimated|close to|circa"
)
HEDGE = rf"(?:(?P<lower>{LOWER})|(?P<upper>{UPPER})|(?P<about>{ABOUT}))\s+"
CARDINAL = rf"(?:{'|'.join([*TENS, *list(ONES)[::-1]])})"
WORDS = (
    rf"(?:(?:a|{CARDINAL}(?:[-\s]{CARDINAL})?)\s(?:dozen|hundred|thousand|million|billion)"
    rf"|half\sa\s(?:dozen|million|billion)|{CARDINAL}(?:[-\s]{CARDINAL})?)"
)
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d+)?"
NUMBER = re.compile(
    rf"(?<![\w.,:/$£€¥-])(?:{HEDGE})?(?:"
    rf"(?P<money>US\$|C\$|A\$|[$£€¥])\s?(?P<amount>{DIGITS})"
    rf"|(?P<digits>{DIGITS})|(?P<words>{WORDS})\b|(?P<vague>{'|'.join(VAGUE)})\b"
    r"(?:\sof\s(?P<times>thousands|millions|billions)\b)?(?=\sof\b))"
    r"(?:\s?(?P<scale>(?:hundred|thousand|million|billion|trillion)\b)|(?P<short>(?:k|mn|bn|tn|m)\b))?"
    r"(?P<percent>\s?%|\s(?:percent|per\scent)\b)?"
    r"(?:\s(?P<currency>dollars|euros|pounds))?"
    r"(?![\w:/-]|[.,]\d|\s?[ap]\.?m\b)",
    re.IGNORECASE,
)
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
)
BEFORE_DATE = re.compile(rf"(?:\b{MONTH}|\b[Nn]o\.|[#№])\s*$")
AFTER_DATE = re.compile(rf"\s+(?:of\s+)?{MONTH}(?!\w)")
NAMED = re.compile(r"(?:^|\W)([^\W\d_a-z][\w'’]*)\s$")
AGED = re.compile(r"\bage(?:d|s| of)?\s$")
FOLLOWING = re.compile(r"\s+(?:of\s+(?:the\s+|its\s+|their\s+|his\s+|her\s+)?)?")
WORD = re.compile(r"[\s]?([^\W\d_][\w]*(?:['’-]\w+)*)")
PLURALS = {
    "people": "person", "men": "man", "women": "woman", "children": "child",
    "personnel": "personnel", "police": "police", "staff": "staff", "aircraft": "aircraft",
    "km": "km", "kg": "kg", "cm": "cm", "mm": "mm", "mph": "mph", "kph": "kph", "ft": "foot",
    "feet": "foot", "wives": "wife", "lives": "life", "knives": "knife",
}  # fmt: skip
SINGULAR = re.compile(r"(?<=ch|sh|ss)es$|(?<=[xz])es$")
NOT_NOUNS = frozenset(("others", "ones", "has", "is", "was", "does"))
TIMES_VERB = re.compile(r"(\w{3,}?)(?:ed|en)\s(?:\w+\s){0,3}$")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a text gives it, with what it counts."""

    start: int
    end: int
    value: float
    unit: str
    """A singular noun, folded; `%`; a currency sign; or empty when nothing says."""
    bound: str
    """`lower` for "over 150", `upper` for "up to 150", `about`, `vague` for "dozens", or empty."""


def numbers(text: str) -> Iterator[Number]:
    """Gives the numbers of a text that count or measure, in order.

    Dates, years, times of day, ordinals, and numbers in names (`T-22`, `Tower 22`) are left out.
    """
    for match in NUMBER.finditer(text):
        value = value_of(match)
        if value is None:
            continue
        bound = next((b for b in ("lower", "upper", "about", "vague") if match[b]), "")
        start, end = match.span()
        if match["money"] or match["currency"]:
            sign = match["money"] or {"d": "$", "e": "€", "p": "£"}[match["currency"][0].lower()]
            yield Number(start, end, value, sign.replace("US$", "$"), bound)
        elif match["percent"]:
            yield Number(start, end, value, "%", bound)
        elif not in_a_date(text, match, value):
            unit, stop = counted(text, end)
            unit = {"dollar": "$", "euro": "€"}.get(unit, unit)
            if unit == "time":
                unit = times(text[max(0, start - 60) : start])
            before = text[max(0, start - 40) : start]
            age = AGED.search(before) or (before.endswith(", ") and text.startswith(",", end))
            if unit or not (age or NAMED.search(before)):
                yield Number(start, stop, value, unit, bound)


def value_of(match: re.Match[str]) -> float | None:
    """Gives the value of a matched number; None for the words one and zero, which seldom count."""
    scale = (match["scale"] or match["short"] or "").lower()
    figures = match["amount"] or match["digits"]
    if figures:
        return float(figures.replace(",", "")) * SCALES.get(scale, 1.0)
    if match["vague"]:
        many = VAGUE[match["times"].lower()] / 2 if match["times"] else 1.0
        return VAGUE[match["vague"].lower()] * many
    total = 0.0
    for word in re.split(r"[-\s]", match["words"].lower()):
        if word in ("dozen", *SCALES):
            total = (total or 1.0) * SCALES.get(word, 12.0)
        elif word == "half":
            total = 0.5
        else:
            total += ONES.get(word, TENS.get(word, 0))
    return total * SCALES.get(scale, 1.0) if total > 1 else None


def in_a_date(text: str, match: re.Match[str], value: float) -> bool:
    """Tells whether a number is a day, a year, or the like."""
    start, end = match.span()
    if BEFORE_DATE.search(text[max(0, start - 14) : start]) or AFTER_DATE.match(text, end):
        return True
    year = (match["digits"] or "").isdecimal() and 1900 <= value <= 2100
    return bool(year and not any(match[b] for b in ("lower", "upper", "about", "scale", "short")))


def counted(text: str, end: int) -> tuple[str, int]:
    """Gives the noun after a number, folded and singular, and where it ends.

    Of the next four words it is the first plural, unless a word without content comes first.
    """
    match = FOLLOWING.match(text, end)
    at = match.end() if match else end
    for _ in range(4):
        word = WORD.match(text, at)
        if word is None:
            break
        plain = fold(word[1])
        if plain in STOP_WORDS:
            break
        at = word.end()
        owner = word[1].endswith(("'s", "’s"))
        if plain in PLURALS:
            return PLURALS[plain], at
        if stem(plain) != plain and not owner and plain not in NOT_NOUNS:
            return SINGULAR.sub("", plain) if SINGULAR.search(plain) else stem(plain), at
    return "", end


def times(before: str) -> str:
    """Gives what happened so many times: `attack` for `were attacked over`."""
    match = TIMES_VERB.search(before)
    return fold(match[1]) if match else "time"
