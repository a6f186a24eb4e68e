"""The kinds of file that can be read: one table, from a file name's ending to its reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from index.ingest import json_lines, markdown, plain_text, web_page
from index.ingest.draft import Draft
from index.model import Skipped

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Format:
    """How one kind of file is read."""

    read: Callable[[BinaryIO, str], Iterator[Draft | Skipped]]
    """Takes an open file and its locator. May raise NotTextError."""
    limit: int | None
    """The most bytes a file of this kind may have; None where it is read row by row."""


_TEXT = Format(plain_text.read, 64 * MEGABYTE)
_MARKDOWN = Format(markdown.read, 64 * MEGABYTE)
# A saved page is far smaller; its parser needs many times its size in memory.
_PAGE = Format(web_page.read, 16 * MEGABYTE)
_ROWS = Format(json_lines.read, None)

FORMATS: Mapping[str, Format] = {
    ".txt": _TEXT,
    ".text": _TEXT,
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".html": _PAGE,
    ".htm": _PAGE,
    ".xhtml": _PAGE,
    ".jsonl": _ROWS,
    ".ndjson": _ROWS,
}
