"""What is known of an article beside its text: title, author, date, address.

What the file states is believed, where it can be meant; the rest is read from the top of the text,
then from the address and the name of the file. What nobody states stays None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from index.ingest.cleaning.furniture import is_caption, is_section
from index.ingest.describing.addresses import web_address
from index.ingest.describing.bylines import author_names, byline
from index.ingest.describing.dates import (
    date_in,
    date_in_address,
    date_in_file_name,
    date_line,
    is_update,
    stated_date,
)
from index.ingest.describing.outlets import is_newsroom, known_outlet, outlet_before
from index.ingest.describing.titles import (
    dateline,
    first_sentence,
    has_dateline,
    headline,
    is_no_title,
    same_title,
    shortened,
    title_of_file,
)
from index.ingest.draft import Draft, Fact, Source
from index.model import Evidence, EvidenceKind

_TOP = 6
"""Paragraphs at the top among which bylines, dates and the title's repetition stand."""
_LINE = 120
"""Characters of the longest line of that kind."""
_LONGEST_TITLE = 500
_ADDRESS_LINE = re.compile(
    r"(?:(?:source|url|link|original(?: article| url)?|address|from|retrieved from)\s?:?\s)?"
    r"<?(?P<address>https?://\S{4,1500}?)>?",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s+[-–—|·:•»]+\s+|\s?\|\s?")
_NO_OUTLET = re.compile(
    r"(?:unknown|none|null|nan|n/?a|undefined|other|source|admin\w*|wordpress|home(?:page)?|website"
    r"|blog|default|test|various|my (?:blog|site|website)|feed|untitled|index|[\W\d_]*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Description:
    """The facts about an article, and its paragraphs without its title."""

    title: str
    source: str | None
    author: str | None
    date: datetime | None
    url: str | None
    evidence: Mapping[str, Evidence]
    """What each field that is known rests on."""
    paragraphs: Sequence[str]
    places: Sequence[str | None]
    """Where each of them stands in a document with pages or chapters."""
    above: frozenset[int]
    """Which of the paragraphs stand above the text, or are no body by the file's own markup:
    section, caption, byline, date."""


@dataclass(slots=True)
class _Top:
    """What the lines at the top say, each with its words."""

    lines: set[int]
    author: Fact | None = None
    date: tuple[datetime, str] | None = None
    url: Fact | None = None


def describe(draft: Draft, source: Source) -> Description:
    """Gives what is known of a draft, which must have at least one paragraph.

    `source` is the file that it was read from.
    """
    paragraphs: Sequence[str] = draft.paragraphs
    places: Sequence[str | None] = draft.places or [None] * len(paragraphs)
    top = _top(paragraphs)
    above = top.lines
    start = _start(paragraphs, above)
    above.update(range(start))
    above |= draft.furniture
    evidence: dict[str, Evidence] = {}
    title = _stated_title(draft.title, evidence)
    if title is None:
        found = headline(paragraphs, start)
        if found is not None:
            title = shortened(paragraphs[found])
            above.update(range(start, found))
            evidence["title"] = Evidence(EvidenceKind.TEXT, "the first line")
    first = paragraphs[start]
    if title is None:
        title, evidence["title"] = _made_title(first, source)
    else:
        dropped = _title_again(title, paragraphs, above)
        kept = [index for index in range(len(paragraphs)) if index not in dropped]
        paragraphs = [paragraphs[index] for index in kept]
        places = [places[index] for index in kept]
        above = {new for new, old in enumerate(kept) if old in above}
    author = _author(draft.author) or top.author
    outlet = _outlet(draft.source) or _sender(draft.author)
    url = _address(draft.url) or top.url
    for name, known in (("author", author), ("source", outlet), ("url", url)):
        if known is not None:
            evidence[name] = known.evidence
    return Description(
        title=title,
        source=outlet.value if outlet else None,
        author=author.value if author else None,
        date=_date(draft, source, top, first, url, evidence),
        url=url.value if url else None,
        evidence=evidence,
        paragraphs=paragraphs,
        places=places,
        above=frozenset(above),
    )


def _top(paragraphs: Sequence[str]) -> _Top:
    """The lines at the top that are bylines, dates and addresses, and what they say."""
    top = _Top(set())
    for index, paragraph in enumerate(paragraphs[:_TOP]):
        if "://" in paragraph and (found := _ADDRESS_LINE.fullmatch(paragraph)):
            if address := web_address(found["address"]):
                top.lines.add(index)
                top.url = top.url or Fact(address, Evidence(EvidenceKind.TEXT, paragraph[:_LINE]))
        elif len(paragraph) > _LINE:
            continue
        elif moment := date_line(paragraph):
            top.lines.add(index)
            if top.date is None or (is_update(top.date[1]) and not is_update(paragraph)):
                top.date = moment, paragraph
        elif names := byline(paragraph):
            top.lines.add(index)
            top.author = top.author or Fact(names, Evidence(EvidenceKind.TEXT, paragraph))
            if top.date is None and (moment := date_in(paragraph)):
                top.date = moment, paragraph
    return top


def _start(paragraphs: Sequence[str], above: set[int]) -> int:
    """The index of the headline or of the first sentence, below the section's name and the like."""
    for index, paragraph in enumerate(paragraphs[:-1]):
        after = paragraphs[index + 1]
        if index in above or is_caption(paragraph):
            continue
        names_section = is_section(paragraph) or (
            paragraph.count(" ") < 2
            and paragraph.replace(" ", "").isalpha()
            and (is_caption(after) or has_dateline(after))
        )
        if index > 1 or not names_section:
            return index
    return len(paragraphs) - 1


def _stated_title(stated: Fact | None, evidence: dict[str, Evidence]) -> str | None:
    if stated is None or is_no_title(stated.value):
        return None
    evidence["title"] = stated.evidence
    return stated.value[:_LONGEST_TITLE]


def _made_title(first: str, source: Source) -> tuple[str, Evidence]:
    """A title for an article without one: its first sentence, or its file's name for one of no
    words.
    """
    sentence = first_sentence(first)
    named = None if re.search(r"[^\W\d_]{2}", sentence) else title_of_file(source.name)
    if named:
        return named, Evidence(EvidenceKind.FILE_NAME, source.name)
    return sentence, Evidence(EvidenceKind.TEXT, "the first sentence")


def _title_again(title: str, paragraphs: Sequence[str], above: set[int]) -> set[int]:
    """The indices of the paragraphs at the top that only say the title again."""
    found = {
        index
        for index, paragraph in enumerate(paragraphs[: _TOP + len(above)])
        if same_title(title, paragraph)
    }
    return found if len(found) < len(paragraphs) else set()


def _author(stated: Fact | None) -> Fact | None:
    names = author_names(stated.value) if stated else None
    return Fact(names, stated.evidence) if stated and names else None


def _outlet(stated: Fact | None) -> Fact | None:
    name = _outlet_name(stated.value[:_LONGEST_TITLE]) if stated else None
    return Fact(name, stated.evidence) if stated and name else None


@lru_cache(1_024)
def _outlet_name(stated: str) -> str | None:
    """The outlet in a field: in its own words, unless these are an address or hold a known name
    beside a slogan.
    """
    if _NO_OUTLET.fullmatch(stated):
        return None
    if "." in stated and (known := known_outlet(stated)):
        return known
    if _PARTED.search(stated) and not known_outlet(stated):
        return next(filter(is_newsroom, _PARTED.split(stated)), stated)
    return stated


def _sender(stated: Fact | None) -> Fact | None:
    """The outlet that sent a mail, such as "Reuters Daily Briefing"."""
    if stated is None or stated.evidence.detail != "From":
        return None
    known = outlet_before(stated.value)
    return Fact(known, stated.evidence) if known else None


def _address(stated: Fact | None) -> Fact | None:
    address = web_address(stated.value) if stated else None
    return Fact(address, stated.evidence) if stated and address else None


def _date(
    draft: Draft,
    source: Source,
    top: _Top,
    first: str,
    url: Fact | None,
    evidence: dict[str, Evidence],
) -> datetime | None:
    """When the article was published, by the best that says so."""
    if draft.date and (moment := stated_date(draft.date.value)):
        evidence["date"] = draft.date.evidence
        return moment
    if top.date:
        evidence["date"] = Evidence(EvidenceKind.TEXT, top.date[1])
        return top.date[0]
    line = dateline(first)
    if line and (moment := date_in(line)):
        evidence["date"] = Evidence(EvidenceKind.TEXT, line)
        return moment
    if url and (found := date_in_address(url.value)):
        evidence["date"] = Evidence(EvidenceKind.ADDRESS, found[1])
        return found[0]
    # The name of a file that holds many articles says nothing of each.
    if draft.locator == source.locator and (moment := date_in_file_name(source.name)):
        evidence["date"] = Evidence(EvidenceKind.FILE_NAME, source.name)
        return moment
    if source.settings.date_from_file and source.modified:
        evidence["date"] = Evidence(EvidenceKind.FILE_TIME, "when the file was last changed")
        return source.modified
    return None
