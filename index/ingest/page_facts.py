"""What a saved web page states about its article: in its head, its JSON-LD and its markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from index.ingest.addresses import is_front_page, web_address
from index.ingest.bylines import author_names
from index.ingest.dates import date_line, stated_date
from index.ingest.draft import Fact, fact
from index.ingest.json_ld import Node, article_of, named, nodes_of, text_of
from index.ingest.languages import language_code
from index.ingest.outlets import known_outlet, outlet_at
from index.ingest.page_title import best_title, site_name
from index.ingest.sanitise import sanitise_line
from index.model import EvidenceKind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST = 5_000
"""Characters of a value that is looked at."""
_TOP = 4_000
"""Characters of a page in which the browser that saved it says where it was."""
_MOST_TAGS = 20_000
_UPDATED = re.compile(r"(?:last )?(?:updated|modified)", re.IGNORECASE)
_MOST_IN_HEAD = 2_000
_MOST_SHOWN = 12
"""Tags after the headline in which a date is looked for."""

_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d+\)(?P<browser>\S{1,2000})|Page saved with SingleFile\s+url:\s*"
    r"(?P<single_file>\S{1,2000})",
    re.IGNORECASE,
)

_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title",
           "sailthru.title", "headline", "title")  # fmt: skip
_SITES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher",
          "dcterms.publisher", "publisher", "cre")  # fmt: skip
_AUTHORS = ("author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
            "dc.contributor", "byl", "article:author", "author.name", "og:article:author",
            "cxenseparse:author", "citation_author", "creator")  # fmt: skip
_DATES = ("article:published_time", "og:article:published_time", "og:published_time",
          "og:pubdate", "datepublished", "article:published", "article.published",
          "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued",
          "dcterms.created", "dc.date", "dc.date.created", "dcterms.date", "publish-date",
          "publish_date", "publishdate", "publication_date", "pubdate", "pub_date", "pdate", "date",
          "date.release",
          "citation_publication_date", "cxenseparse:publishtime", "cxenseparse:recs:publishtime",
          "article:post_date", "datecreated", "displaydate", "og:datepublished",
          "rnews:datepublished")  # fmt: skip
_LANGUAGES = ("content-language", "dc.language", "dcterms.language", "inlanguage", "language",
              "og:locale")  # fmt: skip


@dataclass(slots=True)
class _Page:
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


def stated(tree: HtmlElement, page: str) -> dict[str, Fact]:
    """Gives what a page states of `title`, `source`, `author`, `date`, `url` and `language`.

    `tree` is the root of the parsed page, which is not changed, and `page` its text. What the page
    does not state is not there. Raises nothing, whatever is in the page.
    """
    try:
        found = _read(tree)
        url = _url(found, page)
        address = url.value if url else None
        article = article_of(
            found.nodes,
            [each for each in (address, found.canonical, *found.headings[:1]) if each]
            + found.meta.get("og:url", [])
            + found.meta.get("og:title", []),
        )
        source = _source(found, article, address)
        facts = {
            "title": _title(found, article, source, address),
            "source": source,
            "author": _author(found, article, tree, _site_letters(found, source, address)),
            "date": _date(found, article) or _date_by_htmldate(tree) or _date_shown(tree),
            "url": url,
            "language": _language(found, article, tree),
        }
    except Exception:  # hostile markup breaks lxml in ways of its own
        return {}
    return {name: each for name, each in facts.items() if each}


def _read(tree: HtmlElement) -> _Page:
    """What the tags of a page state."""
    page = _Page()
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
                page.titles.append(_text(tag))
        elif name == "h1":
            page.headings.append(_text(tag))
        elif name == "base":
            page.base = page.base or tag.get("href")
        else:
            _add_time(page, tag)
    page.nodes = nodes_of(scripts)
    return page


def _add_time(page: _Page, tag: HtmlElement) -> None:
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


def _text(tag: HtmlElement) -> str:
    return sanitise_line("".join(tag.itertext())[:_LONGEST])


def _url(page: _Page, text: str) -> Fact | None:
    """The page's own address: canonical, else as for sharing, else where it was saved from."""
    saved = _SAVED_FROM.search(text[:_TOP])
    saved_from = web_address(saved["browser"] or saved["single_file"]) if saved else None
    shared = next((value for value, _ in page.stated(("og:url", "twitter:url"))), None)
    base = saved_from or web_address(shared) or web_address(page.base)
    candidates = [
        (web_address(page.canonical, base), "<link rel=canonical>"),
        (web_address(shared, base), "og:url"),
        (saved_from, "saved from url"),
        *(
            (web_address(text_of(node.get("url"))), "JSON-LD url")
            for node in page.nodes
            if text_of(node.get("headline"))
        ),
    ]
    known = [(address, name) for address, name in candidates if address]
    for address, name in known:
        if not is_front_page(address):
            return fact(address, EvidenceKind.TAG, name)
    return fact(known[0][0], EvidenceKind.TAG, known[0][1]) if known else None


def _source(page: _Page, article: Node | None, address: str | None) -> Fact | None:
    """The outlet: first a name that is known to be one, else the one that the page states."""
    stated_names = [*page.stated(_SITES[:1])]
    for node in (article, *page.nodes[:50]) if article else page.nodes[:50]:
        for key in ("publisher", "sourceOrganization"):
            stated_names += [
                (name, f"JSON-LD {key}") for name, _ in named(node.get(key), page.nodes)
            ]
        if node.get("@type") == "WebSite" and (name := text_of(node.get("name"))):
            stated_names.append((name, "JSON-LD WebSite"))
    stated_names += page.stated(_SITES[1:])
    there = outlet_at(address) if address else None
    names = [(site_name(value), where) for value, where in stated_names if len(value) < 200]
    for name, where in names:
        known = known_outlet(name) if name else None
        if known and there and there[0] != known and there[0].startswith(known):
            break  # "CNN" in the tags of CNN Arabic
        if known:
            return fact(known, EvidenceKind.TAG, where)
    else:
        for name, where in names:
            if name and (there is None or _akin(name, *there)):
                return fact(name, EvidenceKind.TAG, where)
    return fact(there[0], EvidenceKind.ADDRESS, there[1]) if there else None


def _akin(name: str, outlet: str, domain: str) -> bool:
    """Whether a name shares a word with the outlet that is known by a domain, or the domain."""
    words = {word for word in re.findall(r"\w{3,}", name.casefold()) if word != "the"}
    return any(word in outlet.casefold() or word in domain for word in words)


def _title(
    page: _Page, article: Node | None, source: Fact | None, address: str | None
) -> Fact | None:
    headline = text_of(article.get("headline")) or text_of(article.get("name")) if article else None
    candidates = [(headline, "JSON-LD headline")] if headline else []
    candidates += page.stated(_TITLES)
    candidates += [(heading, "<h1>") for heading in page.headings[:1] if len(page.headings) == 1]
    candidates += [(title, "<title>") for title in page.titles[:1]]
    sites = [source.value] if source else []
    sites += [value for value, _ in page.stated(_SITES)]
    found = best_title(
        [(sanitise_line(unescape(title)), where) for title, where in candidates],
        page.headings,
        sites,
        address,
    )
    return fact(found[0], EvidenceKind.TAG, found[1]) if found else None


def _author(page: _Page, article: Node | None, tree: HtmlElement, site: str) -> Fact | None:
    for key in ("author", "creator"):
        people = named(article.get(key), page.nodes) if article else []
        values = [name for name, kinds in people if "Organization" not in kinds]
        if names := _people(values, site):
            return fact(names, EvidenceKind.TAG, f"JSON-LD {key}")
    for name in _AUTHORS:
        if names := _people(page.meta.get(name, ()), site):
            return fact(names, EvidenceKind.TAG, name)
    for where, path in _paths():
        texts = (_text(tag) for tag in path(tree)[:6])
        names = _people((text for text in texts if len(text) < 120), site)
        if names and names.count(",") < 4:
            return fact(names, EvidenceKind.TAG, where)
    return None


def _people(values: Iterable[str], site: str) -> str | None:
    """The names in some values, each once: not those of accounts, nor of the site itself."""
    names: dict[str, str] = {}
    for value in islice(values, 12):
        for name in (author_names(_plain(value)) or "").split(", "):
            account = " " not in name and name.isascii() and not name.istitle()
            if name and not account and _letters(name) not in site:
                names.setdefault(_letters(name), name)
    return author_names(", ".join(names.values())) if names else None


def _site_letters(page: _Page, source: Fact | None, address: str | None) -> str:
    """The letters of what the site is called, for names that are no author's."""
    sites = [value for value, _ in page.stated(_SITES)] + ([source.value] if source else [])
    return " ".join(map(_letters, [urlsplit(address or "").hostname or "", *sites]))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _plain(value: str) -> str:
    return sanitise_line(unescape(value))


@cache
def _paths() -> tuple[tuple[str, Any], ...]:
    """Where the markup of a page names its authors, the surest first."""
    from lxml.etree import XPath

    no_comment = (
        "not(ancestor-or-self::*[contains(@itemprop,'comment') or contains(@class,'comment')"
        " or contains(@id,'comment')])"
    )
    outside = "not(ancestor::aside or ancestor::footer or ancestor::nav)"
    return (
        ('itemprop="author"', XPath(
            "//*[not(self::meta)][contains(@itemprop,'author')]"
            f"[{no_comment}][{outside}]"
            "/descendant-or-self::*[contains(@itemprop,'name')]"
            " | //*[not(self::meta)][contains(@itemprop,'author')][not(.//*)]"
        )),
        ("rel=author", XPath(
            f"//a[contains(concat(' ',@rel,' '),' author ')][{no_comment}][{outside}]"
        )),
        ("a byline", XPath(
            "//*[contains(@class,'byline') or contains(@class,'author-name') or contains(@class,"
            f"'author_name')][not(self::body or self::article or self::main)]"
            f"[{no_comment}][{outside}]"
        )),
    )  # fmt: skip


def _date(page: _Page, article: Node | None) -> Fact | None:
    """When the article was published: of tags that name one day the most exact."""
    candidates: list[tuple[str, str]] = []
    for key in ("datePublished", "dateCreated"):
        for node in (article, *page.nodes[:50]) if article else page.nodes[:50]:
            value = node.get(key)
            if isinstance(value, str) and (
                "headline" in node or "breadcrumb" in node or node is article
            ):
                candidates.append((value, f"JSON-LD {key}"))
        if candidates:
            break
    candidates += page.stated(_DATES)
    candidates += page.times
    best: tuple[int, str, str] | None = None
    day = None
    for value, where in candidates[:100]:
        moment = stated_date(_plain(value[:200]))
        if moment is None or (day and moment.date() != day):
            continue
        day = moment.date()
        exact = (moment.hour or moment.minute or moment.second) != 0
        rank = exact + (exact and moment.tzinfo is not None)
        if best is None or rank > best[0]:
            best = (rank, moment.isoformat(), where)
    return fact(best[1], EvidenceKind.TAG, best[2]) if best else None


def _date_shown(tree: HtmlElement) -> Fact | None:
    """The date that the page shows by its headline, where none is marked as that of publication.

    The first after the headline, unless it says that it is of an update.
    """
    for tag in _shown()(tree)[:_MOST_SHOWN]:
        text = _text(tag)
        marks = " ".join(each.get("class") or "" for each in (tag, *tag.iterdescendants())).lower()
        if "updated" in marks.replace("published updated", "") or _UPDATED.match(text):
            continue
        if _UPDATED.search(_before(tag)):
            continue
        moment = date_line(text) if len(text) < 90 else None
        if moment is None and tag.tag == "time":
            moment = stated_date((tag.get("datetime") or "")[:60])
        if moment:
            return fact(moment.isoformat(), EvidenceKind.TAG, _name_of(tag))
    return None


def _before(tag: HtmlElement) -> str:
    """The words that stand right before a tag, beside it."""
    before = tag.getprevious()
    if before is None:
        return sanitise_line((tag.getparent().text or "")[-40:])
    return sanitise_line(f"{before.text or ''} {before.tail or ''}"[-40:])


def _name_of(tag: HtmlElement) -> str:
    """How a tag is called in evidence: with its first class."""
    kind = (tag.get("class") or "").split()
    return f'<{tag.tag} class="{kind[0][:40]}">' if kind else f"<{tag.tag}>"


@cache
def _shown() -> Any:
    from lxml.etree import XPath

    marks = " or ".join(
        f"contains(@{attribute},'{word}')"
        for attribute in ("class", "id", "itemprop")
        for word in ("date", "Date", "time", "Time", "publish", "byline", "posted")
    )
    return XPath(
        f"(//h1)[1]/following::*[self::time or ((self::span or self::p or self::div or self::li or"
        f" self::abbr) and ({marks}))][not(ancestor::aside or ancestor::footer or ancestor::nav)]"
        "[not(ancestor-or-self::*[contains(@class,'related') or contains(@class,'comment')"
        " or contains(@class,'site-header')])]"
    )


def _date_by_htmldate(tree: HtmlElement) -> Fact | None:
    """The day that htmldate finds in the head of a page, in tags of less common names.

    Of the body it would take any date for that of publication. Barbaresi, "htmldate: A Python
    package to extract publication dates from web pages", JOSS 2020.
    """
    head = tree.find(".//head")
    if head is None or len(head) > _MOST_IN_HEAD:
        return None
    import logging

    from htmldate import find_date
    from lxml.html import Element

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    page = Element("html")
    page.extend(deepcopy(tag) for tag in head.iter("meta"))
    try:
        day = find_date(page, extensive_search=False, original_date=True, url="")
    except Exception:
        return None
    if not day or not stated_date(day):
        return None
    return fact(day, EvidenceKind.TAG, "a meta tag, by htmldate")


def _language(page: _Page, article: Node | None, tree: HtmlElement) -> Fact | None:
    root = tree.getroottree().getroot()
    spoken: Any = article.get("inLanguage") if article else None
    if isinstance(spoken, dict):
        spoken = spoken.get("alternateName") or spoken.get("name")
    candidates = [
        (root.get("lang") or root.get("xml:lang"), "<html lang>"),
        (root.get("{http://www.w3.org/XML/1998/namespace}lang"), "<html xml:lang>"),
        (text_of(spoken), "JSON-LD inLanguage"),
        *page.stated(_LANGUAGES),
    ]
    for value, where in candidates:
        if value and len(value) < 50 and (code := language_code(value)):
            return fact(code, EvidenceKind.TAG, where)
    return None
