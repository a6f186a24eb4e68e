"""The reader of JSON Lines: one article a row, read row by row however long the file is."""

from __future__ import annotations

import json
from typing import Any

from index.ingest.decode import decode
from index.ingest.draft import Found, Source
from index.ingest.exports.rows import Rows, read_rows

_DECODER = json.JSONDecoder(strict=False)
"""Line ends inside strings, which exports by hand have, break no rule that matters here."""


def read(source: Source) -> Found:
    """Gives the article of every row, or why it has none.

    A broken row is Skipped and costs no other row; one that is too long is passed by without being
    held in memory.
    """
    yield from read_rows(source, _rows(source), "line")


def _rows(source: Source) -> Rows:
    longest = source.settings.limits.file_bytes
    number = 0
    while line := source.file.readline(longest):
        number += 1
        if len(line) == longest and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = source.file.readline(longest)
            yield number, "too long (file_megabytes in the settings)"
        elif line.strip():
            try:
                yield number, _object(decode(line))
            except ValueError as error:
                yield number, str(error)


def _object(line: str) -> dict[str, Any]:
    """The row's object. Raises ValueError, saying what is wrong."""
    try:
        row = _DECODER.decode(line)
    except (ValueError, RecursionError):
        raise ValueError("not valid JSON") from None
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")
    return row
