"""The reader of saved web pages: what a page states of its article, and the article in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.ingest.decode import decode
from index.ingest.draft import Draft, Found, Source
from index.ingest.pages.page_facts import stated
from index.ingest.pages.page_text import article_text
from index.ingest.pages.page_tree import parsed
from index.ingest.paragraphs import lines_of
from index.ingest.sanitise import sanitise
from index.model import Skipped

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def read(source: Source) -> Found:
    """Gives the article of a page, or why there is none. Raises NotTextError for binary data."""
    page = decode(source.file.read(), page=True)
    root = parsed(page)
    if root is None:
        yield Skipped(source.locator, "no text in it")
        return
    framed = next(root.iter("frameset"), None) is not None
    draft = _draft(source.locator, _without_frames(root) if framed else root, page)
    if draft.paragraphs:
        yield draft
    elif framed:
        yield Skipped(source.locator, "a page of frames: its text is in other files")
    else:
        yield Skipped(source.locator, "no article was found in the page")


def _without_frames(root: HtmlElement) -> HtmlElement:
    """What a page of frames holds for those who can't show them."""
    inner = parsed("".join(each.text or "" for each in root.iter("noframes")))
    return root if inner is None else inner


def _draft(locator: str, root: HtmlElement, page: str) -> Draft:
    """The article of a page, without paragraphs where there is none. Changes the tree."""
    facts = stated(root, page)
    lines = [
        (line, folded) for text, folded in article_text(root) for line in lines_of(sanitise(text))
    ]
    return Draft(
        locator,
        [line for line, _ in lines],
        title=facts.get("title"),
        source=facts.get("source"),
        author=facts.get("author"),
        date=facts.get("date"),
        url=facts.get("url"),
        language=facts.get("language"),
        furniture=frozenset(index for index, (_, folded) in enumerate(lines) if folded),
    )
