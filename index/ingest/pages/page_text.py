"""The article in a parsed page: trafilatura finds it, the page's own blocks complete it.

trafilatura (Barbaresi, ACL 2021) says which text is the article's. Where that text stands shows
the element that is the article's own, and so what was left out of it, and what in it is no body:
captions, headings above the text, boxes, lists of links under it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from index.ingest.pages.page_article import (
    FEW_WORDS,
    LINK,
    LONG_KEY,
    SUMMARY_WORDS,
    PageArticle,
    letters_of,
)
from index.ingest.pages.page_blocks import Block, Blocks, blocks_of
from index.ingest.pages.page_data import built_from, stated_body
from index.ingest.pages.page_tree import lightened

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Extractor

_FOUND_AGAIN = 0.9
"""The share of what trafilatura found that must be found again among the blocks."""
_LIST = 6
"""Blocks from which a list of nothing but links is no part of an article."""
_INDEX = 0.4
"""The share of links from which a page is an index: half is headlines, half is summaries."""
_SHORT = 1_500
"""Characters in sight from which a page's data is not looked into."""
_ELEMENTS = 30_000
"""Elements up to which trafilatura, whose time grows with their square, is asked."""


def article_text(root: HtmlElement) -> list[tuple[str, bool]]:
    """Gives the paragraphs of the article in a page, and of each whether it is furniture.

    Nothing where there is no article in it. Long lists of links in the tree become asides.
    """
    page = blocks_of(root)
    in_sight = [index for index, block in enumerate(page.blocks) if _is_prose(block)]
    hidden: list[str] = []
    if sum(len(page.blocks[index].text) for index in in_sight) < _SHORT:
        hidden = stated_body(root) or ([] if in_sight else built_from(root))
    article = _in_sight(root, page, in_sight)
    if sum(map(len, hidden)) > 2 * sum(len(text) for text, folded in article if not folded):
        return [(text, False) for text in hidden]
    return article


def _in_sight(root: HtmlElement, page: Blocks, prose: Sequence[int]) -> list[tuple[str, bool]]:
    """The paragraphs of the article among the blocks of a page."""
    _set_lists_apart(page)
    found = _found(lightened(root))
    keys = [letters_of(block.text) for block in page.blocks]
    whole = "".join(map(letters_of, found))
    matched = _matched(keys, {key for line in found if (key := letters_of(line))}, whole)
    if not whole:
        matched = {i for i, block in enumerate(page.blocks) if prose and _is_plain(block)}
        whole = "".join(keys[index] for index in sorted(matched))
    if sum(len(keys[index]) for index in matched) < _FOUND_AGAIN * len(whole):
        return [(line, False) for line in found]
    if not matched or _is_index(page, matched):
        return []
    return PageArticle(page, keys, matched, whole).paragraphs()


def _is_plain(block: Block) -> bool:
    """Whether a block is text rather than a link, and in nothing that calls itself furniture."""
    return block.linked < 0.5 and not block.asides and not block.captions


def _is_prose(block: Block) -> bool:
    """Whether a block is a paragraph, by itself."""
    return block.words >= FEW_WORDS and _is_plain(block)


def _is_index(page: Blocks, matched: set[int]) -> bool:
    """Whether what was found is a list of headlines, as on the front page of a site."""
    links = sum(page.blocks[index].linked >= LINK for index in matched)
    return (
        links >= _LIST
        and links >= _INDEX * len(matched)
        and not any(
            page.blocks[i].words > SUMMARY_WORDS and page.blocks[i].linked < 0.5 for i in matched
        )
    )


def _set_lists_apart(page: Blocks) -> None:
    """Makes asides of long lists of links: indexes, other stories."""
    text = [block.words > FEW_WORDS and block.linked < 0.5 for block in page.blocks]
    texts = list(accumulate(text, initial=0))
    linked = list(accumulate((b.linked * len(b.text) for b in page.blocks), initial=0.0))
    letters = list(accumulate((len(block.text) for block in page.blocks), initial=0))
    done = 0
    for element, span in page.spans.items():
        start, stop = span.start, span.stop
        if stop - start < _LIST or start < done or texts[stop] > texts[start]:
            continue
        if linked[stop] - linked[start] >= 0.5 * (letters[stop] - letters[start]):
            done = stop
            if element.tag not in ("html", "body"):
                element.tag = "aside"


def _found(root: HtmlElement) -> list[str]:
    """The lines that trafilatura takes for the article's; none of a page too large for it."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    if root.xpath("count(.//*)") > _ELEMENTS:
        return []
    try:
        document = bare_extraction(root, options=_options())
    except Exception:  # hostile pages break it in ways of their own
        return []
    if not isinstance(document, Document) or not document.text:
        return []
    return [line for each in document.text.split("\n") if (line := _as_here(each.strip()))]


def _as_here(line: str) -> str:
    """A line of trafilatura's with items and rows marked as they are in blocks."""
    if line.startswith("|"):
        return " – ".join(filter(None, map(str.strip, line.split("|"))))
    return line.removeprefix("- ")


@cache
def _options() -> Extractor:
    from trafilatura.settings import Extractor

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return Extractor(output_format="python", fast=True, comments=False)


def _matched(keys: Sequence[str], lines: set[str], whole: str) -> set[int]:
    """The indices of the blocks whose text was found. A short one may be a piece of a line."""
    matched = {
        index
        for index, key in enumerate(keys)
        if key and (key in lines or (len(key) >= LONG_KEY and key in whole))
    }
    for index, key in enumerate(keys):
        beside = index - 1 in matched or index + 1 in matched
        if key and beside and index not in matched and key in whole:
            matched.add(index)
    return matched
