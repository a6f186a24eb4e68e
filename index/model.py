"""The records that everything else is made of: plain, frozen, and free of behaviour.

Every function in `index` takes some of these and gives others. They are also the project's
JSON: `to_json` turns any of them into the same names, with lists for sequences and ISO 8601
for dates, and that is what the command line prints.

Offsets are always in characters, half-open (`text[start:end]`), and count within one
paragraph's text unless a docstring says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class ParallaxError(Exception):
    """Something the user can put right. Its text is one clear line: what happened, what to do."""


class ParagraphKind(StrEnum):
    """What a paragraph is to its reader."""

    BODY = "body"
    """What the article says."""
    BOILERPLATE = "boilerplate"
    """Site furniture: share bars, sponsor lines, comment rules, lists of other stories."""
    REPEAT = "repeat"
    """Already said earlier in the same article."""


class EntityType(StrEnum):
    """The seven kinds of entity that are recognised."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    GROUP = "group"
    """A nationality, religion or political following: Iraqi, Shia, Zionist."""
    DATE = "date"
    FIGURE = "figure"
    """A number with what it counts: over 150 times, 14 fighters."""
    WEAPON = "weapon"


class Verdict(StrEnum):
    """How the figures that several articles give for one thing stand to each other."""

    AGREE = "agree"
    DIFFER = "differ"
    SCOPE = "scope"
    """They count over different times, places or groups."""
    REVISION = "revision"
    """A later article updates an earlier one."""
    UNSURE = "unsure"


class Order(StrEnum):
    """In what order the articles that answer a query are listed."""

    RELEVANCE = "relevance"
    """Best first."""
    NEWEST = "newest"
    """By date, the undated last."""
    OLDEST = "oldest"
    """By date, the undated last."""
    TITLE = "title"
    """By title, as a library sorts: without regard to case, accents and punctuation."""


class EvidenceKind(StrEnum):
    """Where a fact about an article was taken from."""

    TAG = "tag"
    """What a web page states about itself: a meta tag, JSON-LD, `<html lang>`."""
    FIELD = "field"
    """What another file states in a place made for it: a column, a mail header, a property."""
    TEXT = "text"
    """The article's own words: a byline, a dateline, "told Rudaw English"."""
    ADDRESS = "address"
    """The address it was published at."""
    FILE_NAME = "file name"
    FILE_TIME = "file time"
    """When the file was last changed; only where the user asks for it."""
    CORRECTION = "correction"
    """The user's own word."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a fact about an article rests on."""

    kind: EvidenceKind
    detail: str
    """Where exactly: the name of the tag or column, the words of the text, the address."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of an article: sanitised text without line breaks, and its kind."""

    text: str
    kind: ParagraphKind = ParagraphKind.BODY
    place: str | None = None
    """Where it stands in a paged or divided document: `page 3`, `chapter 2`."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a collection. Lists of articles leave `paragraphs` empty."""

    id: str
    """Twelve hexadecimal digits, made from the locator."""
    locator: str
    """The absolute path of the file, or `path#name` for what is inside it: a row by its id, a mail,
    a member of an archive."""
    title: str
    source: str | None = None
    """The outlet, where the article states it."""
    author: str | None = None
    date: datetime | None = None
    """When it was published, where that is stated; at midnight when only the day is. Without
    a time zone unless one is stated."""
    url: str | None = None
    words: int = 0
    """The number of words in the body."""
    paragraphs: tuple[Paragraph, ...] = ()
    language: str | None = None
    """ISO 639-1, as `en`; None where it is neither stated nor plain from the text."""
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    """For each of `title`, `source`, `author`, `date`, `url` and `language` that is known, what it
    rests on. Empty in lists of articles."""
    copies: tuple[str, ...] = ()
    """The locators of exact copies of it, which are not listed themselves."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or a row of one, that could not be read, and why, in words for its owner."""

    locator: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an entity is named."""

    start: int
    end: int
    type: EntityType
    text: str
    """Exactly `text[start:end]` of the text it was found in."""
    name: str = ""
    """The fullest form of the name in the same text (`Abu Ali al-Askari` for `Askari`);
    for a date or a figure its normal form. Empty means the same as `text`."""
    paragraph: int | None = None
    """Which paragraph of its article it stands in; None for the title, or for a bare text."""
    article: str | None = None
    """The id of its article; None for a bare text."""
    entity: str | None = None
    """The id of its entity, once spellings are linked."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something, under all the spellings that articles use for it."""

    id: str
    """Stable for the same name and type, readable: `organisation/kataib-hezbollah`."""
    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    """Every other spelling found, most frequent first; never the name itself."""
    mentions: tuple[Mention, ...] = ()
    """Every mention in body paragraphs, in reading order; the title is not counted."""
    articles: tuple[str, ...] = ()
    """The ids of the articles that name it."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """The passage of an article that best answers a query."""

    text: str
    matches: tuple[tuple[int, int], ...] = ()
    """Where the matched words stand in `text`."""
    paragraph: int | None = None
    """The paragraph it was taken from; None when it was taken from none."""
    kind: ParagraphKind = ParagraphKind.BODY
    """What that paragraph is: what stands only in site furniture is told from what is said."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One reason why an article ranks where it does; the scores of all add up to the hit's."""

    what: str
    """What was looked for, as it was typed, or what else counts: `all words`, `close together`."""
    score: float
    words: tuple[str, ...] = ()
    """The words of the article that were counted for it: its forms and spellings."""
    counts: Mapping[str, float] = field(default_factory=dict)
    """How often they stand in each part of the article: `title`, `body`, `furniture`."""
    idf: float = 0.0
    """Its inverse document frequency: how rare it is in the collection."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that answers a query. `score` compares hits of one query, nothing else."""

    article: Article
    score: float
    snippet: Snippet
    matches: int = 0
    """How often what was looked for stands in the article, title and furniture included."""
    factors: tuple[Factor, ...] = ()
    """Why it ranks where it does; only where that was asked for."""


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to one query, best first."""

    query: str
    """What was typed."""
    total: int
    """The number of articles that match, however many `hits` were asked for."""
    hits: tuple[Hit, ...] = ()
    note: str = ""
    """One line on what was taken in place of what was typed; empty when nothing was."""
    corrected: str | None = None
    """The query as it was understood, when that is not what was typed."""
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For each name typed, the other spellings that were searched with it."""
    seconds: float = 0.0
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    """Counts of all matching articles: by `source`, most frequent first, and by `month`, as
    2024-02, in order of time. `Library.facets` has more."""
    suggestion: str | None = None
    """A query that was probably meant in place of this one, and finds more."""
    order: Order = Order.RELEVANCE
    exact: bool = False
    """Whether only what was typed was looked for: no other forms, no other spellings."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What a query that is being typed may go on with: `text` in place of `query[start:end]`."""

    start: int
    end: int
    text: str
    kind: str
    """`field`, `source`, `author`, a type of entity such as `person`, or `date`."""
    count: int = 0
    """The number of articles that have it; 0 where that is not known."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query that the user gave a name, in one collection."""

    name: str
    query: str
    total: int = 0
    """The articles that answer it now."""
    new: int = 0
    """Those of them that did not when it was last looked at."""
    exact: bool = False
    """Whether only what was typed is looked for."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another article on the same event; `score` is a cosine, from 0 to 1."""

    article: Article
    score: float


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one event, the most central first."""

    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one paragraph of one article."""

    article: str
    paragraph: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """The same thing said in two or more articles: one span in each, in article order."""

    spans: tuple[Span, ...]
    score: float
    """The mean TF-IDF cosine between its spans, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class FigureValue:
    """One figure as one article gives it."""

    article: str
    text: str
    value: float
    unit: str
    """What it counts, as a plain singular noun phrase: `attack`, `soldier`."""
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that two or more articles give, with how their values stand to each other."""

    what: str
    verdict: Verdict
    values: tuple[FigureValue, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """One statement as two or more articles quote it."""

    speaker: str | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class EntityComparison:
    """Who and what the compared articles share, and what only one of them names."""

    shared: tuple[Entity, ...]
    """Named in two or more of the articles."""
    only: Mapping[str, tuple[Entity, ...]]
    """For each article id, the entities that only this article names."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two or more articles set against each other."""

    articles: tuple[Article, ...]
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]
    quotes: tuple[Quote, ...]
    entities: EntityComparison


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an update has come. Counts are of files, and real."""

    phase: str
    """`waiting` for another process, `scanning`, `reading`, `indexing`, `recognising` entities,
    or `ready`, which is said only when every file is accounted for."""
    done: int = 0
    total: int = 0
    articles: int = 0
    """Articles in the store now."""
    searchable: int = 0
    """Articles in the full-text index now."""
    recognised: int = 0
    """Articles whose entities are known now."""
    skipped: int = 0
    rate: float = 0.0
    """Articles a second in this phase; 0.0 while it is not known."""
    seconds_left: float | None = None
    """How long this phase will go on, from what it has done so far; None while it is not known."""


@dataclass(frozen=True, slots=True)
class Status:
    """What a collection holds now."""

    articles: int
    searchable: int
    """Articles in the full-text index; fewer than `articles` while it is being built."""
    sources: int
    """Different outlets among the articles."""
    skipped: int
    ready: bool
    """Whether the last update accounted for every file."""
    copies: int = 0
    """Exact copies of articles, which are not counted among them."""


ProgressCallback = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What an update did. Numbers are of articles; every skipped file has its reason."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: tuple[Skipped, ...] = ()
    seconds: float = 0.0
    moved: int = 0
    """Articles whose file has another name or place now, and nothing else changed."""
    copies: int = 0
    """Exact copies of articles that the collection holds now; they are listed once."""
    note: str = ""
    """One line on what the user should know, as that their corrections could not be read."""


def to_json(value: Any) -> Any:
    """Gives a record as what `json.dumps` takes: same names, lists, ISO 8601 dates."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        midnight = value.tzinfo is None and not (value.hour or value.minute or value.second)
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(k): to_json(v) for k, v in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_json(v) for v in value]
    return value
