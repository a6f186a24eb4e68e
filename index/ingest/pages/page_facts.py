"""What a saved web page states about its article: in its head, its JSON-LD and its markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from index.ingest.describing.addresses import is_front_page, web_address
from index.ingest.describing.languages import language_code
from index.ingest.describing.outlets import known_outlet, outlet_at
from index.ingest.draft import Fact, fact
from index.ingest.pages.json_ld import Node, article_of, named, text_of
from index.ingest.pages.page_authors import authors
from index.ingest.pages.page_dates import publication
from index.ingest.pages.page_tags import Tags, read_tags
from index.ingest.pages.page_title import best_title, site_name
from index.ingest.sanitise import sanitise_line
from index.model import EvidenceKind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_T = TypeVar("_T")
_TOP = 4_000
"""Characters of a page in which the browser that saved it says where it was."""
_MOST_NODES = 50

_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d+\)(?P<browser>\S{1,2000})|Page saved with SingleFile\s+url:\s*"
    r"(?P<single_file>\S{1,2000})",
    re.IGNORECASE,
)

_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title",
           "sailthru.title", "headline", "title")  # fmt: skip
_SITES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher",
          "dcterms.publisher", "publisher", "cre")  # fmt: skip
_LANGUAGES = ("content-language", "dc.language", "dcterms.language", "inlanguage", "language",
              "og:locale")  # fmt: skip


def stated(tree: HtmlElement, page: str) -> dict[str, Fact]:
    """Gives what a page states of `title`, `source`, `author`, `date`, `url` and `language`.

    `tree` is the root of the parsed page, which is not changed, and `page` its text. What the page
    does not state is not there. Raises nothing, whatever is in the page.
    """
    tags = _unharmed(lambda: read_tags(tree)) or Tags()
    url = _unharmed(lambda: _url(tags, page))
    address = url.value if url else None
    article = _unharmed(lambda: _article(tags, address))
    source = _unharmed(lambda: _source(tags, article, address))
    sites = [urlsplit(address or "").hostname or ""] + ([source.value] if source else [])
    sites += [value for value, _ in tags.stated(_SITES)]
    facts = {
        "title": _unharmed(lambda: _title(tags, article, sites, address)),
        "source": source,
        "author": _unharmed(lambda: authors(tags, article, tree, sites)),
        "date": _unharmed(lambda: publication(tags, article, tree)),
        "url": url,
        "language": _unharmed(lambda: _language(tags, article, tree)),
    }
    return {name: each for name, each in facts.items() if each}


def _unharmed(read: Callable[[], _T | None]) -> _T | None:
    """What is read, or None: markup can break lxml in ways of its own, and costs one field then."""
    try:
        return read()
    except Exception:
        return None


def _article(tags: Tags, address: str | None) -> Node | None:
    """The page's article in JSON-LD."""
    of_the_page = [address, tags.canonical, *tags.headings[:1]]
    shared = tags.meta.get("og:url", []) + tags.meta.get("og:title", [])
    return article_of(tags.nodes, [each for each in (*of_the_page, *shared) if each])


def _url(tags: Tags, text: str) -> Fact | None:
    """The page's own address: canonical, else as for sharing, else where it was saved from."""
    saved = _SAVED_FROM.search(text[:_TOP])
    saved_from = web_address(saved["browser"] or saved["single_file"]) if saved else None
    shared = next((value for value, _ in tags.stated(("og:url", "twitter:url"))), None)
    base = saved_from or web_address(shared) or web_address(tags.base)
    candidates = [
        (web_address(tags.canonical, base), "<link rel=canonical>"),
        (web_address(shared, base), "og:url"),
        (saved_from, "saved from url"),
        *(
            (web_address(text_of(node.get("url"))), "JSON-LD url")
            for node in tags.nodes
            if text_of(node.get("headline"))
        ),
    ]
    known = [(address, name) for address, name in candidates if address]
    for address, name in known:
        if not is_front_page(address):
            return fact(address, EvidenceKind.TAG, name)
    return fact(known[0][0], EvidenceKind.TAG, known[0][1]) if known else None


def _source(tags: Tags, article: Node | None, address: str | None) -> Fact | None:
    """The outlet: first a name that is known to be one, else the one that the page states."""
    stated_names = [*tags.stated(_SITES[:1])]
    for node in (article, *tags.nodes[:_MOST_NODES]) if article else tags.nodes[:_MOST_NODES]:
        for key in ("publisher", "sourceOrganization"):
            stated_names += [
                (name, f"JSON-LD {key}") for name, _ in named(node.get(key), tags.nodes)
            ]
        if node.get("@type") == "WebSite" and (name := text_of(node.get("name"))):
            stated_names.append((name, "JSON-LD WebSite"))
    stated_names += tags.stated(_SITES[1:])
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


def _title(tags: Tags, article: Node | None, sites: list[str], address: str | None) -> Fact | None:
    headline = text_of(article.get("headline")) or text_of(article.get("name")) if article else None
    candidates = [(headline, "JSON-LD headline")] if headline else []
    candidates += tags.stated(_TITLES)
    candidates += [(heading, "<h1>") for heading in tags.headings[:1] if len(tags.headings) == 1]
    candidates += [(title, "<title>") for title in tags.titles[:1]]
    found = best_title(
        [(sanitise_line(unescape(title)), where) for title, where in candidates],
        tags.headings,
        sites,
        address,
    )
    return fact(found[0], EvidenceKind.TAG, found[1]) if found else None


def _language(tags: Tags, article: Node | None, tree: HtmlElement) -> Fact | None:
    root = tree.getroottree().getroot()
    spoken: Any = article.get("inLanguage") if article else None
    if isinstance(spoken, dict):
        spoken = spoken.get("alternateName") or spoken.get("name")
    candidates = [
        (root.get("lang") or root.get("xml:lang"), "<html lang>"),
        (root.get("{http://www.w3.org/XML/1998/namespace}lang"), "<html xml:lang>"),
        (text_of(spoken), "JSON-LD inLanguage"),
        *tags.stated(_LANGUAGES),
    ]
    for value, where in candidates:
        if value and len(value) < 50 and (code := language_code(value)):
            return fact(code, EvidenceKind.TAG, where)
    return None
