"""The reader of plain text files."""

from __future__ import annotations

from index.ingest.decode import decode
from index.ingest.draft import Draft, Found, Source, fact
from index.ingest.pages.page_dump import page_of
from index.ingest.paragraphs import split
from index.ingest.sanitise import sanitise
from index.model import EvidenceKind


def read(source: Source) -> Found:
    """Gives the one article of a text file. Raises NotTextError for binary data.

    Where the text is a whole web page written out, what stands around the article is furniture.
    """
    paragraphs = split(sanitise(decode(source.file.read())))
    page = page_of(paragraphs)
    if page is None:
        yield Draft(source.locator, paragraphs)
        return
    yield Draft(
        source.locator,
        page.paragraphs,
        title=fact(page.headline, EvidenceKind.TEXT, "the headline above the text"),
        author=fact(page.byline, EvidenceKind.TEXT, "a line above the text"),
        date=fact(page.date, EvidenceKind.TEXT, "a line above the text"),
        furniture=page.furniture,
    )
