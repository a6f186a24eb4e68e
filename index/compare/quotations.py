"""Where an article quotes, and whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.compare.sentences import sentences

LONGEST = 6_000
"""A mark that is not closed within this many characters quotes to the end of its paragraph."""
MOST_PARAGRAPHS = 12
"""Nor does a quotation run on over more paragraphs than this."""

MARK = re.compile(r"[“”«»„]|\"")

SPEECH = (
    r"(?:(?:has|have|had|also|then|later|\w+ly)\s+)*(?:said|says?|told|tells|added|adds|announced"
    r"|announces|tweeted|wrote|writes|warned|warns|stated|declared|explained|insisted|argued"
    r"|argues|claimed|noted|asked|replied|responded|quipped|continued|concluded|acknowledged"
    r"|admitted|published|posted|suggested|testified|vowed|recalled|remarked|commented|demanded"
    r"|urged|charged|complained|observed|predicted|pledged|reads?|reiterated)\b"
)
CAPITALISED = r"[^\W\d_a-z][\w'’-]*+\.?+"
BETWEEN = rf"(?:[\s-](?:of|for|in|the|de|van|von|bin|ibn|al)?[\s-]?(?={CAPITALISED}))"
NAME = rf"(?:{CAPITALISED}{BETWEEN}?){{1,8}}"
ROLE = (
    r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir)\s(?:[\w’'-]+\s){0,3}?(?:group|statement|militia|"
    r"ministry|company|firm|government|party|official|spokesman|spokeswoman|spokesperson|"
    r"president|minister|army|military|police|court|family|commander|union|bank|agency|department|"
    r"office|embassy|senator|congressman|congresswoman|candidate|campaign|mayor|governor|judge|"
    r"lawyer|attorney|secretary|director|chief|leader|report|organi[sz]ation|association)"
)
WHO = rf"(?P<who>(?:the\s)?{NAME}|{ROLE}|[Hh]e|[Ss]he|[Tt]hey)"
ASIDE = r"(?:,[^,“”\"]{1,90},)?"
SAYS = re.compile(rf"(?<![\w-]){WHO}{ASIDE}\s+{SPEECH}")
SAID_BY = re.compile(rf"{SPEECH}\s+{WHO}")
PRONOUNS = frozenset(("he", "she", "they", "it", "i", "we", "this", "statement", "report"))
"""Speakers that only point back at the one before."""
TITLE = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Sgt|Lt|Col|Prof)\.?|Representative|But|And|Yet|Still"
    r"|Then|[Tt]he|[Aa]n?)\s+"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """The part of a quotation that stands in one paragraph, without its marks."""

    paragraph: int
    start: int
    end: int
    speaker: str | None
    """Who is said to be speaking: a name or, for want of one, a role (`group`)."""


def quotations(texts: Sequence[tuple[int, str]]) -> Iterator[Quotation]:
    """Gives what an article's body paragraphs (number, text) quote, in order.

    Double marks of every shape count. A quotation may run over several paragraphs, whether or
    not each of them opens with a mark. Single marks are left alone: most are apostrophes.
    """
    marks = [
        (i, m.start(), opens(text, m.start()))
        for i, (_, text) in enumerate(texts)
        for m in MARK.finditer(text)
    ]
    last: str | None = None
    for k, (i, at, opening) in enumerate(marks):
        if not opening:
            continue
        until, end, closed = i, len(texts[i][1]), False
        if k + 1 < len(marks):
            j, stop, reopens = marks[k + 1]
            if j == i:
                end, closed = stop, not reopens
            elif not reopens and j - i <= MOST_PARAGRAPHS:
                until, end, closed = j, stop, True
        if until == i and not texts[i][1][at + 1 : end].strip():
            continue
        length = sum(len(text) for _, text in texts[i : until + 1])
        if closed and until > i and length > LONGEST:
            until, end, closed = i, len(texts[i][1]), False
        before = texts[i - 1][1] if i else ""
        speaker = attribution(texts[i][1], at, end if until == i else len(texts[i][1]), before)
        whole = at == 0 and end >= len(texts[until][1]) - 1
        if whole if speaker is None else speaker.lower() in PRONOUNS:
            speaker = last
        last = speaker or last
        for n in range(i, until + 1):
            number, text = texts[n]
            start = at + 1 if n == i else 0
            piece = text[start : end if n == until else len(text)]
            left = len(piece) - len(piece.lstrip())
            if left < len(piece):
                yield Quotation(number, start + left, start + len(piece.rstrip()), speaker)


def opens(text: str, at: int) -> bool:
    """Tells whether the mark at `at` opens a quotation."""
    if text[at] != '"':
        return text[at] in "“„«"
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (
        (not before or not (before.isalnum() or before in ".,!?…;:’”)"))
        and (bool(after) and not after.isspace())
        and (not before or before.isspace() or before in "(['‘—–-/")
    )


def attribution(text: str, start: int, end: int, before: str) -> str | None:
    """Gives who a paragraph says is speaking in what it quotes from `start` to `end`.

    It looks after the quotation, before it in its sentence, in the rest of the paragraph, and at
    the end of the paragraph `before`, in this order.
    """
    after = text[end + 1 : end + 160].lstrip(" ,.—–-")
    for pattern in (SAYS, SAID_BY):
        match = pattern.match(after)
        if match:
            return speaker_name(match["who"])
    for first, last in reversed(sentences(text[max(0, start - 600) : start])):
        match = last_match(text[max(0, start - 600) : start][first:last])
        if match:
            return speaker_name(match["who"])
    match = SAYS.search(after) if "“" not in after and '"' not in after else None
    if match is None and not text[:start].strip():
        match = last_match(before[-300:])
    return speaker_name(match["who"]) if match else None


def last_match(text: str) -> re.Match[str] | None:
    """Gives the last place in a text that says who spoke."""
    every = list(SAYS.finditer(text))
    return every[-1] if every else None


def speaker_name(who: str) -> str:
    """Gives a speaker without titles and articles."""
    who = who.strip(" ,.-")
    while (shorter := TITLE.sub("", who)) != who:
        who = shorter
    return who
