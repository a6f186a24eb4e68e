"""The reader of plain text files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from index.ingest.decode import decode
from index.ingest.draft import Draft
from index.ingest.paragraphs import split
from index.ingest.sanitise import sanitise


def read(file: BinaryIO, locator: str) -> Iterator[Draft]:
    """Gives the one article of a text file. Raises NotTextError for binary data."""
    yield Draft(locator, split(sanitise(decode(file.read()))))
