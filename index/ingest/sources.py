"""Which outlet an article comes from, and who wrote it, where the text itself says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.ingest.furniture import lexicon

_WORD = r"[A-Z](?:[\w&'’-]|\.(?=\w))*"
_NAME = rf"(?:[Tt]he )?(?P<name>{_WORD}(?: (?:of|the|and|&|al|el)(?= [A-Z])| {_WORD}| \d+){{0,4}})"
_AGENCIES = (
    r"(?P<name>Reuters|REUTERS|AFP|AP|UPI|EFE|ANSA|TASS|Xinhua|Anadolu|IRNA|dpa|PTI|ANI|IANS"
    r"|Bloomberg|CNN|VOA|RFE/RL)"
)
_LINE_START = r"(?:^|\n)"
_SENTENCE_START = r"(?:^|\n|[.!?][\"”’]? )"
_YEARS = r"(?:\d{4})?(?:[-–]\d{4})?,?"

# How a text names the outlet that it was written for, the surest first. Each is tried only where
# the letters before it stand in the text.
_SELF = tuple(
    (letters, re.compile(pattern))
    for letters, pattern in (
        ("hief ", rf"\b[Ee]ditor[- ][Ii]n[- ][Cc]hief (?:of|at|for) {_NAME}"),
        (")", rf"{_LINE_START}[^\n(]{{3,120}}\({_AGENCIES}\)\s?[-–—]"),
        ("opyright", rf"\b[Cc]opyright\s?(?:©|\(c\))?\s?{_YEARS} ?(?:by )?{_NAME}"),
        ("©", rf"©\s?(?:[Cc]opyright )?{_YEARS} ?(?:by )?{_NAME}"),
        (
            "his ",
            r"\b[Tt]his (?:article|story|report|piece|post) (?:was )?(?:first |originally )?"
            rf"(?:published|appeared|ran) (?:first |originally )?(?:on|in|by|at) {_NAME}",
        ),
        (
            " for ",
            rf"{_SENTENCE_START}{_NAME} (?:has |have )?(?:reached out to|contacted|asked|approached"
            r")\b[^.\n]{0,120}\bfor (?:a |further )?(?:comment|response|clarification)",
        ),
        (
            "verif",
            rf"{_SENTENCE_START}{_NAME} (?:could|was|has|is) (?:not|unable)\b"
            r"[^.\n]{0,40}\bverif(?:y|ied)\b",
        ),
        ("omment from ", rf"\brequests? for (?:a )?comment from {_NAME}"),
        (" request for ", rf"\b(?:to|a|of|for) {_NAME}['’]s? request for (?:a )?comment"),
        ("oderate", rf"{_LINE_START}{_NAME} moderates? (?:all )?comments"),
    )
)
_SURE = ("hief ", "oderate")
"""The patterns after which any name is an outlet's."""

_TOLD = re.compile(rf"\b(?:told|tells|speaking to|interview with|statement to) {_NAME}")
_BYLINE = re.compile(
    r"(?:(?:written |reported |story |words )?by|author)\s?:?\s"
    r"(?P<name>[^\W\d_][^\d,|–—:;!?()]{2,80}?"
    r"(?:(?:, (?:and )?| and | & )[^\W\d_][^\d,|–—:;!?()]{2,40}?){0,4})"
    r"(?:\s?(?:[,|–—(]|\s-\s).{2,60})?",
    re.IGNORECASE,
)
_PARTICLES = re.compile(
    r"al|el|de|la|le|da|di|du|van|von|der|den|bin|ibn|ben|abu|and|y|e|&", re.IGNORECASE
)

_OFFICE = re.compile(r"\b(?:writer|reporter|correspondent|editor|staff|bureau)\b", re.IGNORECASE)

_HEAD, _TAIL = 20_000, 10_000
"""Characters at the beginning and the end of a text in which it names itself."""


def stated_source(paragraphs: Sequence[str]) -> str | None:
    """Gives the outlet that the text names as its own; None where it names none.

    "told Al Arabiya English" counts only where nothing surer is said and no other outlet was told
    anything, for texts quote what others were told.
    """
    text = "\n".join(paragraphs)
    if len(text) > _HEAD + _TAIL:
        text = f"{text[:_HEAD]}\n{text[-_TAIL:]}"
    for word, pattern in _SELF:
        if word in text:
            for found in pattern.finditer(text):
                name = _tidy(found["name"])
                if word in _SURE or _is_outlet(name):
                    return name
    told = {name for found in _TOLD.finditer(text) if _is_outlet(name := _tidy(found["name"]))}
    return told.pop() if len(told) == 1 else None


def byline(paragraph: str) -> str | None:
    """Gives the names in a line such as "By Jane Doe and John Roe, BBC News"; None in any other."""
    if len(paragraph) > 120 or paragraph.endswith((".", ":", "?")):
        return None
    found = _BYLINE.fullmatch(paragraph)
    if not found:
        return None
    names = ", ".join(part for part in found["name"].strip().split(", ") if not _is_role(part))
    words = [word for word in names.replace(",", " ").split() if not _PARTICLES.fullmatch(word)]
    capital = all(word[0].isupper() or "-" in word for word in words)
    return names if capital and 2 <= len(words) <= 12 else None


def _is_role(part: str) -> bool:
    """Whether a part of a byline is an outlet or an office and no name."""
    return _is_outlet(part) or bool(_OFFICE.search(part))


def _tidy(name: str) -> str:
    return re.sub(r"['’]s$", "", name).strip(" .,'’-")


def _is_outlet(name: str) -> bool:
    return not lexicon().outlet_words.isdisjoint(name.lower().split())
