"""The title of a web page's article and the name of its site, each without the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from index.ingest.cleaning.furniture import is_section
from index.ingest.describing.outlets import known_outlet
from index.ingest.describing.titles import is_no_title
from index.ingest.sanitise import sanitise_line
from index.letters import letters_and_digits

_BETWEEN = re.compile(r"\s+(?:[-–—|·•:»«›]|::|//)\s+|\s?[|│]\s?")
_LONGEST = 500
_LONGEST_SITE = 60
_MOST_WORDS = 7
_NO_SITE = re.compile(
    r"home(?:page)?|wordpress|my (?:blog|site|website)|just another wordpress site|website|site"
    r"|blog|news|index|admin|null|undefined|none|untitled.*|localhost|example\.com|default"
    r"|app|facebook|twitter|www",
    re.IGNORECASE,
)


def site_name(stated: str) -> str | None:
    """Gives the name of a site as a tag states it, without its slogan; None for no name."""
    name = sanitise_line(stated).strip(" |-–—·:")
    if name.startswith("@"):
        return None
    parts = [part.strip() for part in _BETWEEN.split(name) if part.strip()]
    if len(parts) > 1 and not known_outlet(name):
        known = [part for part in parts if known_outlet(part)]
        name = (known or parts)[0]
    if (
        not 1 < len(name) <= _LONGEST_SITE
        or name.count(" ") >= _MOST_WORDS
        or _NO_SITE.fullmatch(name)
        or "://" in name
    ):
        return known_outlet(name)
    return name if any(map(str.isalpha, name)) else None


def best_title(
    candidates: Sequence[tuple[str, str]],
    headings: Sequence[str],
    sites: Sequence[str],
    address: str | None,
) -> tuple[str, str] | None:
    """Gives the title and which of the `candidates`, text and tag, states it; None for none.

    The first that a heading of the page says too, for that is what its readers saw; else the first.
    """
    names = _names(sites, address)
    tidy = [
        (title, where)
        for stated, where in candidates
        if (title := _without_sites(stated[:_LONGEST], names)) and not is_no_title(title)
    ]
    seen = {
        letters_and_digits(_without_sites(heading[:_LONGEST], names)) for heading in headings[:20]
    }
    for title, where in tidy:
        if letters_and_digits(title) in seen:
            return title, where
    return tidy[0] if tidy else None


def _names(sites: Sequence[str], address: str | None) -> set[str]:
    """The letters of all that the site is called, its domain among them."""
    sites = [site for site in sites if len(site) <= _LONGEST_SITE and site.count(" ") < _MOST_WORDS]
    names = {letters_and_digits(site) for site in sites}
    for site in sites:
        if part := known_outlet(site):
            names.add(letters_and_digits(part))
    host = (urlsplit(address).hostname or "") if address else ""
    host = re.sub(r"^(?:www|m|amp|mobile)\.", "", host)
    if host:
        names |= {letters_and_digits(host), letters_and_digits(host.partition(".")[0])}
    return {name for name in names if len(name) > 1} | {f"the{name}" for name in names if name}


def _without_sites(title: str, names: set[str]) -> str:
    """The title without the site's name, and a section's beside it, after or before it."""
    parts = _BETWEEN.split(title)
    marks = _BETWEEN.findall(title)
    start, stop = 0, len(parts)
    while stop - start > 1 and _is_site(parts[stop - 1], names):
        stop -= 1
    if stop < len(parts):
        while stop - start > 1 and is_section(parts[stop - 1]):
            stop -= 1
    elif _is_site(parts[0], names) and len(parts) > 1:
        start = 1
    if stop - start == 1 and _is_site(parts[start], names):
        return ""
    kept = parts[start]
    for index in range(start + 1, stop):
        kept += marks[index - 1] + parts[index]
    return kept.strip()


def _is_site(part: str, names: set[str]) -> bool:
    letters = letters_and_digits(part)
    return letters in names or (letters.removesuffix("com") in names) or bool(known_outlet(part))
