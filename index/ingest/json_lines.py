"""The reader of JSON Lines: one article a row, read row by row however long the file is."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

from index.ingest.decode import NotTextError, decode
from index.ingest.draft import Draft, Fact, Found, Source, fact
from index.ingest.paragraphs import split
from index.ingest.sanitise import sanitise, sanitise_line
from index.ingest.unpack import MEGABYTE
from index.model import EvidenceKind, Skipped

_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});")
"""A character reference of HTML, as exports of web pages leave them behind: `&#163;`, `&amp;`."""


def read(source: Source) -> Found:
    """Gives the article of every row: {"id", "title", "date", "source", "text", "author", "url"}.

    Only `text` has to be there. A row without an id is named by its line number, and an id that was
    there before gets a number after it. A broken row is Skipped and costs no other row; one that is
    too long is passed by without being held in memory.
    """
    file, locator = source.file, source.locator
    longest = source.settings.limits.file_megabytes * MEGABYTE
    taken: dict[str, int] = {}
    number = 0
    while line := file.readline(longest):
        number += 1
        if len(line) == longest and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = file.readline(longest)
            yield Skipped(f"{locator}#{number}", f"line {number} is too long")
        elif line.strip():
            try:
                yield _draft(_row(line), locator, number, taken)
            except ValueError as error:
                yield Skipped(f"{locator}#{number}", f"line {number}: {error}")


def _row(line: bytes) -> dict[str, Any]:
    """The row's object. Raises ValueError, saying what is wrong."""
    try:
        row = json.loads(decode(line))
    except NotTextError:
        raise
    except (ValueError, RecursionError):
        raise ValueError("not valid JSON") from None
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")
    if not isinstance(row.get("text"), str) or not row["text"].strip():
        raise ValueError("no text in it")
    return row


def _draft(row: dict[str, Any], locator: str, number: int, taken: dict[str, int]) -> Draft:
    paragraphs = split(sanitise(_resolved(row["text"])))
    if not paragraphs:
        raise ValueError("no text in it")
    name = _unique(sanitise_line(_value(row, "id") or "") or str(number), taken)
    return Draft(
        locator=f"{locator}#{name}",
        paragraphs=paragraphs,
        title=_stated(row, "title"),
        source=_stated(row, "source"),
        author=_stated(row, "author"),
        date=_stated(row, "date"),
        url=_stated(row, "url"),
        language=_stated(row, "language"),
    )


def _stated(row: dict[str, Any], key: str) -> Fact | None:
    return fact(_value(row, key), EvidenceKind.FIELD, key)


def _value(row: dict[str, Any], key: str) -> str | None:
    """A value as text; None where there is none. A list of authors becomes one line too."""
    value = row.get(key)
    if isinstance(value, list):
        value = ", ".join(item for item in value if isinstance(item, str))
    elif isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if value.bit_length() < 256 else None
    return _resolved(value) if isinstance(value, str) else None


def _resolved(text: str) -> str:
    """The text with the characters that references stand for; before it is sanitised."""
    return _REFERENCE.sub(lambda found: unescape(found[0]), text) if "&" in text else text


def _unique(name: str, taken: dict[str, int]) -> str:
    """The name, or with a number where an earlier row has it."""
    if name not in taken:
        taken[name] = 1
        return name
    unique = name
    while unique in taken:
        taken[name] += 1
        unique = f"{name}-{taken[name]}"
    taken[unique] = 1
    return unique
