"""The reader of saved web pages: trafilatura finds the article in the page and what it states.

Barbaresi, "Trafilatura: A Web Scraping Library and Command-Line Tool", ACL 2021.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from index.ingest.decode import decode
from index.ingest.draft import Draft, Fact, Found, Source, fact
from index.ingest.page_facts import stated
from index.ingest.page_text import article_text
from index.ingest.page_tree import parsed
from index.ingest.paragraphs import lines_of
from index.ingest.sanitise import sanitise, sanitise_line
from index.model import EvidenceKind, Skipped

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TITLE_TAIL = re.compile(r"\s+(?:[-–—|·:»]|::)\s+([^-–—|·»]{2,60})$")

_NOT_OF_A_NAME = re.compile(
    r"\s+(?:is|was) an?\b.*|^(?:.{0,20}\s)?by\s+"
    r"|(?:^|\s+)(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june"
    r"|july|august|september|october|november|december)$",
    re.IGNORECASE,
)

# trafilatura gives the day alone; the page often states the minute.
_PUBLISHED = (
    re.compile(r"article:published_time[\"'][^>]{0,80}?content=[\"']([^\"']{10,40})"),
    re.compile(r"content=[\"']([^\"']{10,40})[\"'][^>]{0,80}?article:published_time"),
    re.compile(r'"datePublished"\s{0,9}:\s{0,9}"([^"]{10,40})"'),
)


def read(source: Source) -> Found:
    """Gives the article of a page, or why there is none. Raises NotTextError for binary data."""
    locator = source.locator
    page = decode(source.file.read(), page=True)
    if not page.strip():
        yield Skipped(locator, "no text in it")
        return
    root = parsed(page)
    facts = _stated(root, page) if root is not None else {}
    text = article_text(root) if root is not None else []
    kept = [(line, folded) for text, folded in text for line in lines_of(sanitise(text))]
    if not kept:
        yield Skipped(locator, "no article was found in the page")
        return
    yield Draft(
        locator,
        [line for line, _ in kept],
        furniture=frozenset(index for index, (_, folded) in enumerate(kept) if folded),
        **facts,
    )


def _stated(root: HtmlElement, page: str) -> dict[str, Fact]:
    facts = stated(root, page)
    if facts:
        return facts
    from copy import copy

    from trafilatura.metadata import extract_metadata

    try:
        document = extract_metadata(
            copy(root), None, {"extensive_search": False, "original_date": True}, True, set()
        )
    except Exception:
        return {}
    title = _without_site(document.title, document.sitename, document.hostname)
    found = {
        "source": document.sitename,
        "title": title,
        "author": _names(document.author),
        "date": _moment(page, document.date),
        "url": document.url,
    }
    return {
        name: each
        for name, value in found.items()
        if (each := fact(value, EvidenceKind.TAG, "the page"))
    }


def _without_site(title: str | None, *sites: str | None) -> str | None:
    """The title without the site's name after it."""
    if not title:
        return None
    title = sanitise_line(unescape(title))
    tail = _TITLE_TAIL.search(title)
    names = {_letters(site) for site in sites if site}
    if tail and tail.start() and any(_letters(tail[1]) in (name, f"the{name}") for name in names):
        return title[: tail.start()]
    return title


def _names(author: str | None) -> str | None:
    """The authors as one line, without the dates and sentences that pages put beside them."""
    names = [_NOT_OF_A_NAME.sub("", name).strip() for name in (author or "").split(";")]
    return ", ".join(name for name in names if name) or None


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _moment(page: str, day: str | None) -> str | None:
    """When the page says it was published, to the minute where it says so of the same day."""
    if day is None:
        return None
    for pattern in _PUBLISHED:
        found = pattern.search(page)
        if found and found[1].startswith(day):
            return found[1]
    return day
