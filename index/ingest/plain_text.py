"""The reader of plain text files."""

from __future__ import annotations

from index.ingest.decode import decode
from index.ingest.draft import Draft, Found, Source
from index.ingest.paragraphs import split
from index.ingest.sanitise import sanitise


def read(source: Source) -> Found:
    """Gives the one article of a text file. Raises NotTextError for binary data."""
    yield Draft(source.locator, split(sanitise(decode(source.file.read()))))
