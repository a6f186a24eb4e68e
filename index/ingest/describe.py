"""What is known of an article beside its text: title, outlet, author, date, address.

What the file states is believed, the rest is read from the top of the text. What nobody states
stays None.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from index.ingest.bylines import byline
from index.ingest.dates import date_in, date_line, stated_date
from index.ingest.draft import Draft, Fact, Source
from index.ingest.furniture import is_caption, is_section
from index.ingest.titles import (
    first_sentence,
    has_dateline,
    headline,
    same_title,
    shortened,
)
from index.model import Evidence, EvidenceKind

_TOP = 6
"""Paragraphs at the top among which bylines, dates and the title's repetition stand."""
_LINE = 120
"""Characters of the longest line of that kind."""
_LONGEST_TITLE = 500
_LONGEST_URL = 2_000
_TOP_OF_TEXT = Evidence(EvidenceKind.TEXT, "a line at the top")
_NOBODY = frozenset({"admin", "administrator", "editor", "staff", "unknown", "none", "guest"})


@dataclass(frozen=True, slots=True)
class Description:
    """The facts about an article, and its paragraphs without its title."""

    title: str
    source: str | None
    author: str | None
    date: datetime | None
    url: str | None
    language: str | None
    evidence: Mapping[str, Evidence]
    """What each field that is known rests on."""
    paragraphs: Sequence[str]
    places: Sequence[str | None]
    """Where each of them stands in a document with pages or chapters."""
    above: frozenset[int]
    """Which of the paragraphs stand above the text, or are no body by the file's own markup:
    section, caption, byline, date."""


def describe(draft: Draft, source: Source) -> Description:
    """Gives what is known of a draft, which must have at least one paragraph."""
    paragraphs: Sequence[str] = draft.paragraphs
    places: Sequence[str | None] = draft.places or [None] * len(paragraphs)
    above, author, date = _lines_at_the_top(paragraphs)
    start = _start(paragraphs, above)
    above.update(range(start))
    above |= draft.furniture
    evidence: dict[str, Evidence] = {}
    title = _stated("title", draft.title, evidence)
    if title is None:
        evidence["title"] = Evidence(EvidenceKind.TEXT, "the first sentence")
        found = headline(paragraphs, start)
        if found is not None:
            title = paragraphs[found]
            above.update(range(start, found))
            evidence["title"] = Evidence(EvidenceKind.TEXT, "the first line")
    if title is None:
        title = first_sentence(paragraphs[start])
    else:
        dropped = _title_again(title, paragraphs, above)
        kept = [index for index in range(len(paragraphs)) if index not in dropped]
        paragraphs = [paragraphs[index] for index in kept]
        places = [places[index] for index in kept]
        above = {new for new, old in enumerate(kept) if old in above}
    moment = stated_date(draft.date.value) if draft.date else date
    if moment is not None:
        evidence["date"] = draft.date.evidence if draft.date else _TOP_OF_TEXT
    writer = _author(draft.author)
    if writer or author:
        evidence["author"] = draft.author.evidence if writer and draft.author else _TOP_OF_TEXT
    return Description(
        title=shortened(title) if draft.title is None else title[:_LONGEST_TITLE],
        source=_stated("source", draft.source, evidence),
        author=writer or author,
        date=moment,
        url=_stated("url", _web_address(draft.url), evidence),
        language=_stated("language", draft.language, evidence),
        evidence=evidence,
        paragraphs=paragraphs,
        places=places,
        above=frozenset(above),
    )


def _stated(name: str, stated: Fact | None, evidence: dict[str, Evidence]) -> str | None:
    """What the file states for a field, its evidence noted."""
    if stated is None:
        return None
    evidence[name] = stated.evidence
    return stated.value


def _lines_at_the_top(paragraphs: Sequence[str]) -> tuple[set[int], str | None, datetime | None]:
    """The lines at the top that are bylines and dates, and what they say."""
    lines: set[int] = set()
    author: str | None = None
    date: datetime | None = None
    for index, paragraph in enumerate(paragraphs[:_TOP]):
        if len(paragraph) > _LINE:
            continue
        if found := date_line(paragraph):
            lines.add(index)
            date = date or found
        elif names := byline(paragraph):
            lines.add(index)
            author = author or names
            date = date or date_in(paragraph)
    return lines, author, date


def _start(paragraphs: Sequence[str], above: set[int]) -> int:
    """The index of the headline or of the first sentence, below the section's name and the like."""
    for index, paragraph in enumerate(paragraphs[:-1]):
        after = paragraphs[index + 1]
        if index in above or is_caption(paragraph):
            continue
        names_section = is_section(paragraph) or (
            paragraph.count(" ") < 3
            and paragraph.replace(" ", "").isalpha()
            and (is_caption(after) or has_dateline(after))
        )
        if index > 1 or not names_section:
            return index
    return len(paragraphs) - 1


def _title_again(title: str, paragraphs: Sequence[str], above: set[int]) -> set[int]:
    """The indices of the paragraphs at the top that only say the title again."""
    found = {
        index
        for index, paragraph in enumerate(paragraphs[: _TOP + len(above)])
        if same_title(title, paragraph)
    }
    return found if len(found) < len(paragraphs) else set()


def _author(stated: Fact | None) -> str | None:
    if stated is None or stated.value.lower() in _NOBODY:
        return None
    return stated.value[:_LONGEST_TITLE]


def _web_address(stated: Fact | None) -> Fact | None:
    """The address, where it is one of the web: nothing else may ever be opened from an article."""
    if stated is None or len(stated.value) > _LONGEST_URL or " " in stated.value:
        return None
    return stated if stated.value.lower().startswith(("http://", "https://")) else None
