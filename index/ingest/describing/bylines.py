"""Who wrote an article: the names alone, in a field that states them or in a line at its top."""

from __future__ import annotations

import re

from index.ingest.describing.outlets import known_outlet, outlet_before
from index.ingest.describing.sources import is_outlet

_LONGEST = 300
"""Characters of all the names together."""
_LONGEST_NAME = 60
_MOST_WORDS = 6
_MOST_NAMES = 12

_BYLINE = re.compile(
    r"(?:(?:written |reported |story |words |report )?by|author|von|par|por|yazan)\s?:?\s"
    r"(?P<name>[^\W\d_][^\d,|–—:;!?()]{2,80}?"
    r"(?:(?:, (?:and )?| and | & )[^\W\d_][^\d,|–—:;!?()]{2,40}?){0,4})"
    r"(?:\s?(?:[,|–—(]|\s-\s).{2,60})?",
    re.IGNORECASE,
)
_PARTICLES = re.compile(
    r"al|el|de|la|le|da|di|du|van|von|der|den|bin|ibn|ben|abu|and|y|e|&", re.IGNORECASE
)

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"

# What stands around a name in a field, in this order: it may hide what comes after it.
_AROUND = (
    re.compile(r"<[^<>]*>|\([^()]*\)|\[[^\[\]]*\]"),
    re.compile(r"\bhttps?:\S+|\S+@\S+|(?<!\w)@\w+"),
    re.compile(
        r"^[^\W\d_]{3,12}\s?:\s+|^(?:.{0,20}\s)?(?:by|author\s?:|from)\s+|^(?:von|par|por|di|yazan)\s+(?=[A-ZÀ-Þ])"
        r"|^\W+",
        re.IGNORECASE,
    ),
    re.compile(
        r"\s+(?:is|was) an?\b.*|\s+[-|–—•·]\s.*|\s+(?:in|for|of|at|from)\s+(?:the\s+)?[A-Z].*"
    ),
    re.compile(
        rf"(?:^|\s+)(?:{_MONTH}\.?\s+\d.*|\d{{1,2}}\.?\s+{_MONTH}\b.*|\d[\d:./,-]*(?:st|nd|rd|th|am|pm)?)$"
        rf"|^(?:{_WEEKDAY}|{_MONTH})$",
        re.IGNORECASE,
    ),
)
_DAY_AFTER = re.compile(rf"(\S+\s+\S+.*?)\s+{_WEEKDAY}$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[;|/•·\n]|,(?!\s?(?:Jr|Sr|MD|PhD|Ph\.D|M\.D)\b)|，|、)\s*(?:and\s+)?")
_AND = re.compile(r"\s+(?i:and|&|und|et|y|ve)\s+(?=[A-ZÀ-Þ])")

_NOBODY = frozenset(
    (
        *(
            "admin",
            "administrator",
            "editor",
            "editors",
            "staff",
            "unknown",
            "none",
            "guest",
            "null",
        ),
        *("user", "webmaster", "wordpress", "author", "anonymous", "root", "test", "nan", "n/a"),
        *("undefined", "newsroom", "redaktion", "redaction", "rédaction", "redacción", "redazione"),
        *(
            "editorial",
            "contributor",
            "press release",
            "published",
            "default",
            "me",
            "owner",
            "web",
        ),
        *("super user", "superuser", "site admin", "news desk", "web desk", "see more", "et al"),
    )
)
_OFFICE = re.compile(
    r"\b(?:writers?|reporters?|correspondents?|editors?|staff|bureau|desk|newsroom|contributors?"
    r"|columnists?|journalists?|photographers?|producers?|reporting|agency|agencies|news|editorial"
    r"|team|magazine|newspaper|television|tv|media|network|broadcasting|llc|inc|ltd|gmbh|www|com"
    r"|monitoring|redaktion|redacción|rédaction|sources|services?|admin|administrator)\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[^\W\d_][^\W\d_.’'-]*(?: [^\W\d_][^\W\d_.’'-]*){1,3}")
"""A name that is nothing but two to four words. Most are."""


def byline(paragraph: str) -> str | None:
    """Gives the names in a line such as "By Jane Doe and John Roe, BBC News"; None in any other."""
    if len(paragraph) > 120 or paragraph.endswith((".", ":", "?")):
        return None
    found = _BYLINE.fullmatch(paragraph)
    if not found:
        return None
    stated = author_names(found["name"])
    words = [word for word in re.split(r"[ ,]+", stated or "") if not _PARTICLES.fullmatch(word)]
    capital = all(word[:1].isupper() or "-" in word for word in words)
    return stated if capital and 2 <= len(words) <= 16 else None


def author_names(stated: str) -> str | None:
    """Gives the names in what a file states of its authors, joined by commas; None for no name.

    Without "By", handles, addresses, dates and what the authors are; an outlet is no author.
    """
    stated = stated[: 4 * _LONGEST]
    if _PLAIN.fullmatch(stated) and not _OFFICE.search(stated) and " and " not in stated.lower():
        low = stated.lower()
        if not low.startswith("by ") and low not in _NOBODY and not outlet_before(stated):
            return stated
    for around in _AROUND[:2]:
        stated = around.sub(" ", stated)
    names: dict[str, None] = {}
    told = False
    for part in _BETWEEN.split(_AROUND[2].sub("", stated.strip())):
        for each in _apart(part):
            name = _name(each)
            if name is None or (names and is_outlet(name)):
                told = bool(names)  # what they are; the place of the office may come next
            elif len(names) < _MOST_NAMES and not (told and " " not in name):
                names.setdefault(name)
    joined = ", ".join(names)
    return joined if joined and len(joined) <= _LONGEST else None


def _apart(part: str) -> list[str]:
    """The names that stand around an "and", where each is a whole one: not "Jane and John Doe"."""
    parts = _AND.split(part)
    return parts if all(" " in each.strip() for each in parts) else [part]


def _name(part: str) -> str | None:
    name = " ".join(part.split())
    for around in _AROUND[2:]:
        name = around.sub("", name)
    before, stop, after = name.rpartition(". ")
    if stop and known_outlet(after):
        name = before
    if len(name) < 2 * _LONGEST_NAME:  # no name is longer, and the search takes cubic time
        name = _DAY_AFTER.sub(r"\1", name)
    name = name.strip(' ,;:|-–—•·*"“”.') + ("." if re.search(r"\b(?:Jr|Sr)\.$", part) else "")
    if not name or len(name) > _LONGEST_NAME or name.count(" ") >= _MOST_WORDS:
        return None
    if name.lower() in _NOBODY or _OFFICE.search(name) or known_outlet(name):
        return None
    if outlet_before(name):
        return None
    return name if any(map(str.isalpha, name)) and not re.search(r"\d{2}|[{}<>=_]", name) else None
