"""Dates: days, months, years, and days named from today (`last week`), with a normal form.

The normal form writes the month in full and the day after it, as in `December 27` or
`December 30, 2019`, so that `Dec. 27` and `27 December` are one date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTH_OF = {month[:3].lower(): month for month in _MONTHS}
_DAY_OF = {day[:3].lower(): day for day in _DAYS}

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)\b"

_DATE = re.compile(
    rf"""\b(?:
    (?P<iso>{_YEAR}-(?:1[0-2]|0[1-9])-(?:3[01]|[12]\d|0[1-9])\b)
  | (?P<full>(?:{_DAY},?[ ])?{_MONTH}[ ]{_NUMBER}(?:,?[ ]{_YEAR})?)
  | (?P<british>(?:{_DAY},?[ ])?(?:the[ ])?{_NUMBER}(?:[ ]of)?[ ]{_MONTH}(?![a-z])(?:,?[ ]{_YEAR})?)
  | (?P<month>(?:[Mm]id-)?{_MONTH}(?:,?[ ](?:of[ ])?{_YEAR}))
  | (?P<weekday>{_DAY}s?\b)
  | (?P<bare>(?:[Mm]id-)?{_MONTH}(?![\w’']))
  | (?P<decade>(?:1[5-9]|20)\d0s\b)
  | (?P<relative>(?:(?:[Ee]arly|[Ll]ate)[ ])?(?:[Ll]ast|[Tt]his|[Nn]ext)[ ]
       (?:week|weekend|month|year|summer|autumn|fall|winter|spring|night|{_DAY}|{_MONTH})\b)
  | (?P<year>{_YEAR}(?![-‐–]?\w|[.,:]\d|%))
    )""",
    re.VERBOSE,
)
_WORDY = frozenset({"March", "May", "Mar", "Jan", "Sat", "August", "April", "June"})
"""Months that are also verbs or given names, and need company to count."""
_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|of|since|until|till|by|from|to|on|before|after|during|between|and|last|next|this"
    r"|early|late|through|every|each)|[-–(])\s?$",
    re.IGNORECASE,
)
_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|to|of|before|after|during|between|and|early|late|late-|"
    r"mid-|around|circa|c\.|for|summer|autumn|spring|winter|fall|the|its|their|his|her|through|"
    r"or|year)\s|[(\-–—/,]\s?)$",
    re.IGNORECASE,
)


def dates(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Gives start, end and normal form of each date in `text[start:end]`, in order."""
    for match in _DATE.finditer(text, start, end):
        a, b = match.span()
        kind = match.lastgroup
        found = match.group()
        before = text[max(start, a - 12) : a]
        if kind == "bare":
            if found.rstrip(".") in _WORDY and not _BEFORE_MONTH.search(before):
                continue
            if found.endswith(".") and len(found) < 4:
                continue
            if re.match(r"\s[A-Z][a-z]", text[b:end]) and not _BEFORE_MONTH.search(before):
                continue
        elif kind == "year":
            if not _BEFORE_YEAR.search(before):
                continue
        elif kind == "british" and found.startswith("the "):
            a += 4
        if found.endswith(".") and kind in ("bare", "relative"):
            b -= 1
        yield a, b, normal(text[a:b])


def normal(found: str) -> str:
    """Gives the normal form of a date as it was found."""
    iso = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", found)
    if iso:
        year, month, day = iso.groups()
        return f"{_MONTHS[int(month) - 1]} {int(day)}, {year}"
    words = re.findall(r"\d+s\b|\d+|[^\W\d_]+", found)
    month = next((_MONTH_OF[w[:3].lower()] for w in words if _is_month(w)), "")
    if not month:
        return " ".join(_DAY_OF.get(w[:3].lower(), w) if w.endswith("days") else w for w in words)
    numbers = [w for w in words if w[0].isdigit()]
    year = next((w for w in numbers if len(w) == 4), "")
    day = next((w for w in numbers if len(w) <= 2), "")
    lead = " ".join(
        w.lower() for w in words if w.lower() in ("mid", "early", "late", "last", "next", "this")
    )
    core = f"{month} {int(day)}" if day else month
    if year:
        core = f"{core}, {year}" if day else f"{core} {year}"
    if lead == "mid":
        return f"mid-{core}"
    return f"{lead} {core}" if lead else core


def _is_month(word: str) -> bool:
    full = _MONTH_OF.get(word[:3].lower())
    return full is not None and (full.lower().startswith(word.lower()) or word.lower() == "sept")
