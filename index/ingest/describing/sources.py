"""Which outlet an article comes from, where its text says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.ingest.cleaning.furniture import lexicon
from index.ingest.describing.outlets import (
    is_institute,
    is_newsroom,
    is_quoted_by_all,
    known_outlet,
    outlet_before,
)

_WORD = r"[A-Z](?:[\w&'’+-]|\.(?=\w))*"
_NAME = rf"(?:[Tt]he )?(?P<name>{_WORD}(?: (?:of|the|and|&|al|el)(?= [A-Z])| {_WORD}| \d+){{0,4}})"
_LINE_START = r"(?:^|\n)"
_SENTENCE_START = r"(?:^|\n|[.!?][\"”’]? )"
_YEARS = r"(?:\d{4})?(?:[-–]\d{4})?,?"

# How a text names the outlet that it was written for, the surest first: in its furniture, there or
# at its end, or in its body. Each is tried only where the letters before it stand in the text. What
# is found must be an outlet's name: by a word, or a known one, or any after the sure ones.
_FURNITURE, _END, _BODY = "furniture", "furniture and end", "body"
_ANY, _WORDED, _LISTED = "any", "by a word of it", "by a word of it, or listed"
_KNOWN, _UNQUOTED = "known", "known and not quoted by all"
_FOR = " for "
_RESPONSE = re.compile(r"for (?:\w+ ){0,2}(?:comment|response|clarification)")
_PATTERNS = tuple(
    (place, which, letters, re.compile(pattern))
    for place, which, letters, pattern in (
        (_FURNITURE, _ANY, "hief ", rf"\b[Ee]ditor[- ][Ii]n[- ][Cc]hief (?:of|at|for) {_NAME}"),
        (
            _BODY,
            _LISTED,
            ")",
            rf"{_LINE_START}[^\n(]{{3,120}}\((?P<name>{_WORD}(?: [\w&'’.-]+){{0,4}}"
            r"|RFE/RL)(?:[,/][^)\n]{1,30})?\)\s?[-–—]",
        ),
        (
            _END,
            _WORDED,
            "opyright",
            rf"\b[Cc]opyright\s?(?:©|\(c\))?\s?{_YEARS} ?(?:by )?{_NAME}",
        ),
        (_END, _WORDED, "©", rf"©\s?(?:[Cc]opyright )?{_YEARS} ?(?:by )?{_NAME}"),
        (
            _END,
            _WORDED,
            "ublished ",
            r"\b[Tt]his (?:article|story|report|piece|post) (?:was )?(?:first |originally )?"
            rf"published (?:first |originally )?(?:on|in|by|at) {_NAME}",
        ),
        (_END, _WORDED, "ppeared first", rf"\bappeared first (?:on|in|at) {_NAME}"),
        (
            _END,
            _KNOWN,
            "ource",
            rf"{_LINE_START}Source\s?: ?{_NAME}(?=\.?\s?(?:\n|$))",
        ),
        (
            _BODY,
            _WORDED,
            _FOR,
            rf"{_SENTENCE_START}{_NAME} (?:has |have )?(?:reached out to|contacted|asked|approached"
            r"|e?mailed)\b[^.\n]{0,120}\bfor (?:a |an? \w+ |further )?"
            r"(?:comment|response|clarification)",
        ),
        (
            _BODY,
            _KNOWN,
            "reached out",
            rf"{_SENTENCE_START}{_NAME} (?:has |have )?reached out to\b"
            r"(?: (?!for\b)\w[\w.’'-]*){0,6}",
        ),
        (
            _BODY,
            _WORDED,
            "verif",
            rf"{_SENTENCE_START}{_NAME} (?:could|was|has|is|cannot|can) ?(?:not|unable)?\b"
            r"[^.\n]{0,40}\bverif(?:y|ied)\b",
        ),
        (_BODY, _WORDED, "omment from ", rf"\brequests? for (?:a )?comment from {_NAME}"),
        (
            _BODY,
            _WORDED,
            " request",
            rf"\b(?:to|a|of|for|from) {_NAME}['’]s? requests? for (?:a |further )?"
            r"(?:comment|interview|clarification|information)",
        ),
        (
            _BODY,
            _UNQUOTED,
            "ontacted by ",
            rf"\b(?:when|after being) contacted by {_NAME}",
        ),
        (_BODY, _UNQUOTED, "ly verified by ", rf"\bindependently verified by {_NAME}"),
        (_END, _ANY, "oderate", rf"{_LINE_START}{_NAME} moderates? (?:all )?comments"),
        (
            _END,
            _WORDED,
            "not responsible",
            rf"{_LINE_START}{_NAME} (?:is|are) not responsible for\b",
        ),
        (_END, _KNOWN, "ollow ", rf"\b[Ff]ollow {_NAME} on\b"),
        (_END, _KNOWN, "ubscribe ", rf"\b[Ss]ubscribe (?:now )?to {_NAME}"),
        (_END, _KNOWN, "ign up ", rf"\b[Ss]ign up (?:now )?(?:for|to) {_NAME}"),
        (_END, _KNOWN, "ewsletter", rf"\b[Tt]he {_NAME} newsletter\b"),
        (_END, _KNOWN, "ownload ", rf"\b[Dd]ownload the {_NAME} app\b"),
        (_FURNITURE, _KNOWN, "upport ", rf"\b[Ss]upport {_NAME}"),
        (_END, _KNOWN, "esk", rf"{_LINE_START}(?:By )?{_NAME} (?:News )?Desk\b"),
        (_FURNITURE, _KNOWN, "eport", rf"\b[Rr]eport(?:ed|ing) for {_NAME}"),
        (
            _FURNITURE,
            _KNOWN,
            " is a",
            r"\bis an? (?:[\w-]+ ){0,4}(?:reporter|writer|correspondent|editor|journalist|producer)"
            rf" (?:at|for|with) {_NAME}",
        ),
    )
)

# Those who are not named speak to the outlet itself; those who are, are quoted from anywhere.
_TOLD = re.compile(rf"\btold {_NAME}")
_UNNAMED = re.compile(
    r"\b(?:[Aa]n?|[Oo]ne|[Aa]nother|[Tt]he|[Tt]wo|[Ss]everal|[Ss]enior)\s(?:[\w.-]+ ){0,4}"
    r"(?:officials?|sources?|spokes\w+|diplomats?|officers?|commanders?|aides?|advis[eo]rs?)\b"
    r"[^.\n]{0,60}$"
)
_EDITIONS = frozenset(("English", "Arabic", "Persian", "Kurdish", "Turkish", "Türkçe", "Urdu"))
_BEFORE_TOLD = 130
"""Characters before "told" in which it stands who told."""

_HEAD, _TAIL = 20_000, 10_000
"""Characters at the beginning and the end of a text in which it names itself."""
_DATELINES = 2_000
"""Characters at the beginning in which the agency of a dateline is that of the article."""
_LAST = 4
"""Paragraphs at the end of the body that may be furniture too."""
_QUOTED = 120
_NOT_OF_THE_NAME = re.compile(
    r"(?: (?:Newsletters?|App|Website|Staff|Team|Desk|News Desk|Group|Ltd|LLC|Inc|Corporation|All"
    r"|Rights|Company|Media Group|Daily|Weekly|Premium|Plus|Today))+$"
)


def stated_source(body: Sequence[str], furniture: Sequence[str]) -> tuple[str, str] | None:
    """Gives the outlet that an article names as its own, and in which words; None for none.

    "An official told Al Arabiya English" counts only where nothing surer is said, for texts quote
    what others were told.
    """
    texts = {
        _BODY: _ends(body),
        _END: _ends([*body[-_LAST:], *furniture]),
        _FURNITURE: _ends(furniture),
    }
    for place, which, letters, pattern in _PATTERNS:
        if letters in texts[place] and (letters != _FOR or _RESPONSE.search(texts[place])):
            for found in pattern.finditer(texts[place]):
                name = _outlet(_tidy(found["name"]), which)
                if name and not (letters == ")" and found.start() > _DATELINES):
                    return name, _words(found)
    return _told(texts[_BODY]) if "told " in texts[_BODY] else None


def _told(text: str) -> tuple[str, str] | None:
    """The outlet to which those without a name speak, where nobody speaks to another.

    Once is enough for an edition, as only it calls itself "Al Arabiya English".
    """
    tellings: dict[str, list[str]] = {}
    for found in _TOLD.finditer(text):
        name = _tidy(found["name"])
        outlet = known_outlet(name) or (name if _ends_as_one(name) else outlet_before(name))
        if outlet and is_outlet(outlet):
            before = text[max(0, found.start() - _BEFORE_TOLD) : found.start()]
            who = _UNNAMED.search(before)
            words = f"{' '.join(who[0].split())} told {found['name']}" if who else ""
            tellings.setdefault(outlet, []).append(words)
    if len(tellings) != 1:
        return None
    ((outlet, all_words),) = tellings.items()
    said = next(filter(None, all_words), None)
    often = len(all_words) > 1 or outlet.rpartition(" ")[2] in _EDITIONS
    return (outlet, said) if said and often and not is_quoted_by_all(outlet) else None


def _ends_as_one(name: str) -> bool:
    """Whether a name ends as names of outlets do; what follows one may begin with a capital too."""
    return name.rpartition(" ")[2].lower() in lexicon().outlet_words


def is_outlet(name: str) -> bool:
    """Whether a name is that of an outlet: a known one, or with a word that such names hold."""
    if is_institute(name):
        return False
    return not lexicon().outlet_words.isdisjoint(name.lower().split()) or is_newsroom(name)


def _outlet(name: str, which: str) -> str | None:
    """The outlet of a name that was found, by its one name where it is known."""
    for each in (name, _NOT_OF_THE_NAME.sub("", name)):
        if is_newsroom(each) and not (which == _UNQUOTED and is_quoted_by_all(each)):
            return known_outlet(each)
    if which == _LISTED and (listed := known_outlet(name)) and not is_institute(name):
        return listed  # between a dateline's brackets an ordinary word is the agency's name
    if which == _ANY or (which in (_WORDED, _LISTED) and is_outlet(name)):
        return known_outlet(name) or name
    return None


def _words(found: re.Match[str]) -> str:
    """The words that were found, for whoever wants to see them in the text."""
    words = " ".join(found[0].split()).strip(' .!?"”’')
    return words if len(words) <= _QUOTED else f"…{words[-_QUOTED:]}"


def _ends(paragraphs: Sequence[str]) -> str:
    text = "\n".join(paragraphs)
    return text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]}\n{text[-_TAIL:]}"


def _tidy(name: str) -> str:
    return re.sub(r"['’]s$", "", name).strip(" .,'’-")
