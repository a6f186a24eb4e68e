"""A web page's text becomes a tree, whatever is broken or too large in it."""

from __future__ import annotations

import re
from copy import copy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement, HTMLParser

_EMBEDDED = re.compile(r"""data:[\w.+/-]{0,60}[;,][^"'()\s<>]{200,}""")
"""A picture, font or style written into the page, as SingleFile and some sites do."""
_LARGE = 1_000_000
"""Characters from which it pays to take them out before the page is parsed."""
_NESTING = re.compile(
    r"</?(?:div|span|font|section|article|main|center|table|tbody|tr|td|b|i|em|strong|big|small|ul"
    r"|ol|dl|blockquote|center|form|fieldset|a)\b[^>]{0,2000}>",
    re.IGNORECASE,
)
_UNWANTED = (
    "head", "script", "style", "svg", "template", "iframe", "object", "link", "meta", "math", "nav",
    "aside", "footer", "menu", "dialog", "noscript", "button", "select", "input", "label",
    "textarea",
)  # fmt: skip
"""What no article is in, or trafilatura takes none from."""


def parsed(page: str) -> HtmlElement | None:
    """Gives the root of a page; None where there is nothing in it.

    Nothing is fetched, entities that a page declares are not expanded, and what is nested deeper
    than libxml2 allows is read without its nesting rather than lost.
    """
    if len(page) > _LARGE:
        page = _EMBEDDED.sub("data:,", page)
    page = page.replace("\0", "")
    parser = _parser()
    root = _root(page, parser)
    if root is not None and any("depth" in error.message for error in parser.error_log):
        root = _root(_NESTING.sub("\n", page), _parser())
    return root


def lightened(root: HtmlElement) -> HtmlElement:
    """Gives a copy of a tree without what no article is in: it is read in half the time.

    Taken out of the tree itself, elements that Python knows would be freed in quadratic time.
    """
    from lxml.etree import strip_elements

    light = copy(root)
    strip_elements(light, *_UNWANTED, with_tail=False)
    return light


def _parser() -> HTMLParser:
    from lxml.etree import ElementDefaultClassLookup
    from lxml.html import HtmlElement, HTMLParser

    parser = HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        huge_tree=True,
        collect_ids=False,
    )
    # Every element is of one class: asking for the class of each takes longer than parsing.
    parser.set_element_class_lookup(ElementDefaultClassLookup(element=HtmlElement))
    return parser


def _root(page: str, parser: HTMLParser) -> HtmlElement | None:
    from lxml.etree import ParserError, XMLSyntaxError
    from lxml.html import document_fromstring

    try:
        return document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (ParserError, XMLSyntaxError, AssertionError, ValueError):
        return None
