"""When the article of a web page was published: as its tags say, or as it shows by its headline."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any

from index.ingest.describing.dates import date_line, stated_date
from index.ingest.draft import Fact, fact
from index.ingest.pages.json_ld import Node
from index.ingest.pages.page_tags import Tags, text_in
from index.ingest.sanitise import sanitise_line
from index.model import EvidenceKind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DATES = ("article:published_time", "og:article:published_time", "og:published_time",
          "og:pubdate", "datepublished", "article:published", "article.published",
          "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued",
          "dcterms.created", "dc.date", "dc.date.created", "dcterms.date", "publish-date",
          "publish_date", "publishdate", "publication_date", "pubdate", "pub_date", "pdate", "date",
          "date.release",
          "citation_publication_date", "cxenseparse:publishtime", "cxenseparse:recs:publishtime",
          "article:post_date", "datecreated", "displaydate", "og:datepublished",
          "rnews:datepublished")  # fmt: skip
_UPDATED = re.compile(r"(?:last )?(?:updated|modified)", re.IGNORECASE)
_OF_UPDATES = re.compile("modif|updat|expir|revis|last|valid|end", re.IGNORECASE)
_MOST_IN_HEAD = 2_000
_MOST_SHOWN = 12
"""Tags after the headline in which a date is looked for."""


def publication(tags: Tags, article: Node | None, tree: HtmlElement) -> Fact | None:
    """Gives the moment of publication in ISO 8601; None where the page states none.

    `article` is the page's node in JSON-LD.
    """
    return _date(tags, article) or _date_by_htmldate(tree) or _date_shown(tree)


def _date(tags: Tags, article: Node | None) -> Fact | None:
    """When the article was published: of tags that name one day the most exact."""
    candidates: list[tuple[str, str]] = []
    for key in ("datePublished", "dateCreated"):
        for node in (article, *tags.nodes[:50]) if article else tags.nodes[:50]:
            value = node.get(key)
            if isinstance(value, str) and (
                "headline" in node or "breadcrumb" in node or node is article
            ):
                candidates.append((value, f"JSON-LD {key}"))
        if candidates:
            break
    candidates += tags.stated(_DATES)
    candidates += tags.times
    best: tuple[int, str, str] | None = None
    day = None
    for value, where in candidates[:100]:
        moment = stated_date(sanitise_line(unescape(value[:200])))
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
        text = text_in(tag)
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
    page.extend(
        deepcopy(tag)
        for tag in head.iter("meta")
        if not _OF_UPDATES.search(f"{tag.get('name')} {tag.get('property')} {tag.get('itemprop')}")
    )
    try:
        day = find_date(page, extensive_search=False, original_date=True, url="")
    except Exception:
        return None
    if not day or not stated_date(day):
        return None
    return fact(day, EvidenceKind.TAG, "a meta tag, by htmldate")
