"""What is known of an article beside its text: title, outlet, author, date, address.

What the file states is believed, the rest is read from the top of the text. What nobody states
stays None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from index.ingest.bylines import byline
from index.ingest.dates import date_in, date_line, stated_date
from index.ingest.draft import Draft
from index.ingest.furniture import is_caption, is_section
from index.ingest.sanitise import sanitise_line
from index.ingest.titles import (
    first_sentence,
    has_dateline,
    headline,
    same_title,
    shortened,
)

_TOP = 6
"""Paragraphs at the top among which bylines, dates and the title's repetition stand."""
_LINE = 120
"""Characters of the longest line of that kind."""
_LONGEST_TITLE = 500
_LONGEST_URL = 2_000
_NOBODY = frozenset({"admin", "administrator", "editor", "staff", "unknown", "none", "guest"})


@dataclass(frozen=True, slots=True)
class Description:
    """The facts about an article, and its paragraphs without its title."""

    title: str
    source: str | None
    author: str | None
    date: datetime | None
    url: str | None
    paragraphs: Sequence[str]
    above: frozenset[int]
    """Which of the paragraphs stand above the text: section, caption, byline, date."""


def describe(draft: Draft) -> Description:
    """Gives what is known of a draft, which must have at least one paragraph."""
    paragraphs: Sequence[str] = draft.paragraphs
    above, author, date = _lines_at_the_top(paragraphs)
    start = _start(paragraphs, above)
    above.update(range(start))
    title = _line(draft.title)
    if title is None:
        found = headline(paragraphs, start)
        if found is not None:
            title = paragraphs[found]
            above.update(range(start, found))
    if title is None:
        title = first_sentence(paragraphs[start])
    else:
        paragraphs, above = _without_title(title, paragraphs, above)
    return Description(
        title=shortened(title) if draft.title is None else title[:_LONGEST_TITLE],
        source=_line(draft.source),
        author=_author(draft.author) or author,
        date=stated_date(draft.date) if draft.date else date,
        url=_url(draft.url),
        paragraphs=paragraphs,
        above=frozenset(above),
    )


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


def _without_title(
    title: str, paragraphs: Sequence[str], above: set[int]
) -> tuple[Sequence[str], set[int]]:
    """The paragraphs without the title at their top, and the indices for the new count."""
    dropped = {
        index
        for index, paragraph in enumerate(paragraphs[: _TOP + len(above)])
        if same_title(title, paragraph)
    }
    if not dropped or len(dropped) == len(paragraphs):
        return paragraphs, above
    kept = [index for index in range(len(paragraphs)) if index not in dropped]
    return [paragraphs[index] for index in kept], {
        new for new, old in enumerate(kept) if old in above
    }


def _line(value: str | None) -> str | None:
    return sanitise_line(value) or None if value else None


def _author(value: str | None) -> str | None:
    name = _line(value)
    return None if name is None or name.lower() in _NOBODY else name[:_LONGEST_TITLE]


def _url(value: str | None) -> str | None:
    """The address, where it is one of the web: nothing else may ever be opened from an article."""
    url = _line(value)
    if url is None or len(url) > _LONGEST_URL or " " in url:
        return None
    return url if url.lower().startswith(("http://", "https://")) else None
