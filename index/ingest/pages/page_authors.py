"""Who wrote the article of a web page: as its JSON-LD, its meta tags or its markup say."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Any

from index.ingest.describing.bylines import author_names
from index.ingest.draft import Fact, fact
from index.ingest.pages.json_ld import Node, named
from index.ingest.pages.page_tags import Tags, text_in
from index.ingest.sanitise import sanitise_line
from index.letters import letters_and_digits
from index.model import EvidenceKind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_AUTHORS = ("author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
            "dc.contributor", "byl", "article:author", "author.name", "og:article:author",
            "cxenseparse:author", "citation_author", "creator")  # fmt: skip
_LINK = "a link to an author"


def authors(
    tags: Tags, article: Node | None, tree: HtmlElement, sites: Iterable[str]
) -> Fact | None:
    """Gives the names of the authors; None where the page states none.

    `article` is the page's node in JSON-LD, and `sites` what the site is called: no author is.
    """
    site = " ".join(map(letters_and_digits, sites))
    for key in ("author", "creator"):
        people = named(article.get(key), tags.nodes) if article else []
        values = [name for name, kinds in people if "Organization" not in kinds]
        if names := _people(values, site):
            return fact(names, EvidenceKind.TAG, f"JSON-LD {key}")
    for name in _AUTHORS:
        if names := _people(tags.meta.get(name, ()), site):
            return fact(names, EvidenceKind.TAG, name)
    for where, path in _paths():
        texts = (text_in(tag) for tag in path(tree)[:6])
        names = _people((text for text in texts if len(text) < 120), site)
        if names and names.count(",") < (1 if where == _LINK else 4):
            return fact(names, EvidenceKind.TAG, where)
    return None


def _people(values: Iterable[str], site: str) -> str | None:
    """The names in some values, each once: not those of accounts, nor of the site itself."""
    names: dict[str, str] = {}
    for value in islice(values, 12):
        for name in (author_names(_plain(value)) or "").split(", "):
            account = " " not in name and name.isascii() and not name.istitle()
            if name and not account and letters_and_digits(name) not in site:
                names.setdefault(letters_and_digits(name), name)
    return author_names(", ".join(names.values())) if names else None


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
            f"[{no_comment}][{outside}]"
        )),
        ("rel=author", XPath(
            f"//a[contains(concat(' ',@rel,' '),' author ')][{no_comment}][{outside}]"
        )),
        ("a byline", XPath(
            "//*[contains(@class,'byline') or contains(@class,'author-name') or contains(@class,"
            f"'author_name')][not(self::body or self::article or self::main)]"
            f"[{no_comment}][{outside}]"
        )),
        (_LINK, XPath(
            "//a[contains(@href,'/author/') or contains(@href,'/authors/')]"
            f"[{no_comment}][{outside}]"
        )),
    )  # fmt: skip
