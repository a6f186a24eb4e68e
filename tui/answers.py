"""The library's answers, as the messages that bring them to the library screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.message import Message

from index import Article, Hit, Library, Mention, Results
from index.model import Skipped, Status


@dataclass
class Opened(Message):
    """The collection is open; nothing of it has been asked yet."""

    library: Library


@dataclass
class Prepared(Message):
    """The search engine is loaded."""


@dataclass
class Found(Message):
    """A stretch of the answer to a query, from row `offset`; its cursor belongs on `row`."""

    generation: int
    results: Results
    offset: int
    row: int
    stay: bool
    """Whether this renews a list that is being read, instead of beginning one."""
    asked: int = 0
    """Where the cursor was when a renewal was asked for: it may have been moved since."""


@dataclass
class PageFound(Message):
    """More of the answer to a query."""

    generation: int
    offset: int
    results: Results


@dataclass
class FacetsFound(Message):
    """What the articles that answer a query have in common, as `Library.facets` counts it."""

    generation: int
    facets: Mapping[str, tuple[tuple[str, int], ...]]


@dataclass
class MonthsFound(Message):
    """All articles, none of them listed: how many there are, and of which months."""

    generation: int
    results: Results


@dataclass
class RelatedFound(Message):
    """Articles on the same event as `article`, best first."""

    generation: int
    article: Article
    hits: tuple[Hit, ...]


@dataclass
class BestRelatedFound(Message):
    """The article most like `article`, if there is one."""

    article: Article
    best: str | None


@dataclass
class ArticleRead(Message):
    """An article for the preview, with what is marked in it."""

    article: Article
    mentions: Sequence[Mention]
    matches: Mapping[int | None, Sequence[tuple[int, int]]]


@dataclass
class Counted(Message):
    """What the collection holds now."""

    status: Status


@dataclass
class SkippedListed(Message):
    """The files that could not be read."""

    skipped: tuple[Skipped, ...]
