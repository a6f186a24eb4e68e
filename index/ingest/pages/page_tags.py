"""The tags of a web page that state something of its article, found in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from index.ingest.pages.json_ld import Node, nodes_of
from index.ingest.sanitise import sanitise_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST = 5_000
"""Characters of a value that is looked at."""
_MOST_TAGS = 20_000
_MOST_PIECES = 500
_MOST_HEADINGS = 50


@dataclass(slots=True)
class Tags:
    """What was found in the tags of a page, in one pass."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    times: list[tuple[str, str]] = field(default_factory=list)
    """The moments that time tags state, with their names."""
    canonical: str | None = None
    base: str | None = None
    nodes: list[Node] = field(default_factory=list)

    def stated(self, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """The values of meta tags with the name of each, in the order of `names`."""
        for name in names:
            for value in self.meta.get(name, ()):
                yield value, name


def read_tags(tree: HtmlElement) -> Tags:
    """Gives what the tags of a page state. The tree is not changed."""
    page = Tags()
    scripts: list[str] = []
    tags = tree.iter("meta", "link", "script", "title", "h1", "time", "base")
    for _, tag in zip(range(_MOST_TAGS), tags, strict=False):
        name = tag.tag
        if name == "meta":
            value = tag.get("content")
            if value and len(value) <= _LONGEST:
                for key in ("property", "name", "itemprop", "http-equiv"):
                    for each in (tag.get(key) or "").lower().split()[:3]:
                        page.meta.setdefault(each, []).append(value)
        elif name == "script":
            if "ld+json" in (tag.get("type") or "").lower() and tag.text:
                scripts.append(tag.text)
        elif name == "link":
            if "canonical" in (tag.get("rel") or "").lower().split():
                page.canonical = page.canonical or tag.get("href")
        elif name == "title":
            if not _within(tag, "svg"):
                page.titles.append(text_in(tag))
        elif name == "h1":
            if len(page.headings) < _MOST_HEADINGS:
                page.headings.append(text_in(tag))
        elif name == "base":
            page.base = page.base or tag.get("href")
        else:
            _add_time(page, tag)
    page.nodes = nodes_of(scripts)
    return page


def _add_time(page: Tags, tag: HtmlElement) -> None:
    """Notes what a time tag states, where it is marked as the time of publication."""
    moment = tag.get("datetime") or tag.get("content") or ""
    words = f"{tag.get('itemprop') or ''} {tag.get('class') or ''} {tag.get('id') or ''}".lower()
    if (
        "datepublished" in words
        or tag.get("pubdate") is not None
        or "published" in words.split()
        or ("entry-date" in words and "updated" not in words)
    ):
        page.times.append((moment, "<time datetime>"))


def _within(tag: HtmlElement, name: str) -> bool:
    return any(each.tag == name for each in tag.iterancestors())


def text_in(tag: HtmlElement) -> str:
    """Gives the text of a tag and of all in it, as one line."""
    return sanitise_line("".join(islice(tag.itertext(), _MOST_PIECES))[:_LONGEST])
