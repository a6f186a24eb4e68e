"""Which outlet an article comes from, where its text says so."""

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

# How a text names the outlet that it was written for, the surest first: in its furniture or in its
# body. Each is tried only where the letters before it stand in the text.
_FURNITURE, _BODY = True, False
_PATTERNS = tuple(
    (place, letters, re.compile(pattern))
    for place, letters, pattern in (
        (_FURNITURE, "hief ", rf"\b[Ee]ditor[- ][Ii]n[- ][Cc]hief (?:of|at|for) {_NAME}"),
        (_BODY, ")", rf"{_LINE_START}[^\n(]{{3,120}}\({_AGENCIES}\)\s?[-–—]"),
        (_FURNITURE, "opyright", rf"\b[Cc]opyright\s?(?:©|\(c\))?\s?{_YEARS} ?(?:by )?{_NAME}"),
        (_FURNITURE, "©", rf"©\s?(?:[Cc]opyright )?{_YEARS} ?(?:by )?{_NAME}"),
        (
            _FURNITURE,
            "his ",
            r"\b[Tt]his (?:article|story|report|piece|post) (?:was )?(?:first |originally )?"
            rf"(?:published|appeared|ran) (?:first |originally )?(?:on|in|by|at) {_NAME}",
        ),
        (
            _BODY,
            " for ",
            rf"{_SENTENCE_START}{_NAME} (?:has |have )?(?:reached out to|contacted|asked|approached"
            r")\b[^.\n]{0,120}\bfor (?:a |further )?(?:comment|response|clarification)",
        ),
        (
            _BODY,
            "verif",
            rf"{_SENTENCE_START}{_NAME} (?:could|was|has|is) (?:not|unable)\b"
            r"[^.\n]{0,40}\bverif(?:y|ied)\b",
        ),
        (_BODY, "omment from ", rf"\brequests? for (?:a )?comment from {_NAME}"),
        (_BODY, " request for ", rf"\b(?:to|a|of|for) {_NAME}['’]s? request for (?:a )?comment"),
        (_FURNITURE, "oderate", rf"{_LINE_START}{_NAME} moderates? (?:all )?comments"),
    )
)
_SURE = ("hief ", "oderate")
"""The patterns after which any name is an outlet's."""

# Those who are not named speak to the outlet itself; those who are, are quoted from anywhere.
_TOLD = re.compile(
    r"\b(?:[Aa]n?|[Oo]ne|[Aa]nother|[Tt]he|[Tt]wo|[Ss]everal|[Ss]enior)\s(?:[\w.-]+ ){0,4}"
    r"(?:officials?|sources?|spokes\w+|diplomats?|officers?|commanders?|aides?|advis[eo]rs?)\b"
    rf"[^.\n]{{0,60}}?\btold {_NAME}"
)
_TOLD_BY_ALL = frozenset({"reuters", "afp", "ap", "associated press", "agence france-presse"})
"""Agencies, which every outlet quotes."""

_HEAD, _TAIL = 20_000, 10_000
"""Characters at the beginning and the end of a text in which it names itself."""


def stated_source(body: Sequence[str], furniture: Sequence[str]) -> str | None:
    """Gives the outlet that an article names as its own; None where it names none.

    "An official told Al Arabiya English" counts only where nothing surer is said and nobody told
    another outlet anything, for texts quote what others were told.
    """
    texts = {_BODY: _ends(body), _FURNITURE: _ends(furniture)}
    for place, letters, pattern in _PATTERNS:
        if letters in texts[place]:
            for found in pattern.finditer(texts[place]):
                name = _tidy(found["name"])
                if letters in _SURE or is_outlet(name):
                    return name
    told = {_tidy(found["name"]) for found in _TOLD.finditer(texts[_BODY])}
    told = {name for name in told if is_outlet(name) and name.lower() not in _TOLD_BY_ALL}
    return told.pop() if len(told) == 1 else None


def is_outlet(name: str) -> bool:
    """Whether a name holds a word that names of news outlets hold."""
    return not lexicon().outlet_words.isdisjoint(name.lower().split())


def _ends(paragraphs: Sequence[str]) -> str:
    text = "\n".join(paragraphs)
    return text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]}\n{text[-_TAIL:]}"


def _tidy(name: str) -> str:
    return re.sub(r"['’]s$", "", name).strip(" .,'’-")
