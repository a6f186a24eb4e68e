"""What stands in one cell of an export: text, HTML, a number, a list, an object."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from index.ingest.blocks import blocks_of, is_html, resolved
from index.ingest.exports.columns import LEAVES
from index.ingest.sanitise import sanitise_line

_DEEPEST = 8
"""Lists and objects in each other that are looked into for a value."""

_LONGEST = 10_000
"""Characters of a column that is not the text which are looked at."""

_EMPTY = frozenset({"nan", "none", "null", "nil", "n/a", "na", "\\n", "-", "undefined", "[]", "{}"})
_BY = re.compile(r"by\s+(?=\S)", re.IGNORECASE)
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")


def stated(field: str, value: Any) -> str:
    """Gives what a column says of a field, as one sanitised line; empty where it says nothing."""
    if field == "date":
        return _moment(value) or line_of(text_in(value))
    text = text_in(value)
    if text is None:
        return ""
    text = text[:_LONGEST]
    if field == "author" and text.startswith("["):
        text = ", ".join(one or two for one, two in _QUOTED.findall(text)) or text
    if is_html(text):
        text = " ".join(blocks_of(text))
    line = line_of(text)
    if field == "author":
        line = line[found.end() :] if (found := _BY.match(line)) else line
    # A number names nobody: it is the id that a database gave them.
    return "" if field in ("source", "author") and line.isdigit() else line


def line_of(text: str | None) -> str:
    """Gives a text as one sanitised line; empty where there is none."""
    return sanitise_line(resolved(text)) if text else ""


def text_in(value: Any, between: str = ", ", depth: int = 0) -> str | None:
    """Gives a value as text; None where there is none. What a list holds is joined."""
    if isinstance(value, str):
        if len(value) < 10 and value.strip().lower() in _EMPTY:
            return None
        return value if value and not value.isspace() else None
    if isinstance(value, bool) or value is None or depth > _DEEPEST:
        return None
    if isinstance(value, int):
        return str(value) if value.bit_length() < 256 else None
    if isinstance(value, float):
        return None if value != value else f"{value:.15g}"
    if isinstance(value, list):
        parts = [part for each in value if (part := text_in(each, between, depth + 1))]
        return between.join(parts) or None
    if isinstance(value, dict):
        leaves = (value[leaf] for leaf in LEAVES if leaf in value)
        return next((text for each in leaves if (text := text_in(each, between, depth + 1))), None)
    return None


def _moment(value: Any) -> str | None:
    """The date in ISO 8601 that a number of seconds or milliseconds since 1970 stands for."""
    if isinstance(value, dict):
        value = text_in(value)
    if isinstance(value, str):
        text = value.strip()
        if len(text) in (12, 14) and text.startswith(("19", "20")):
            return _digits(text)
        if not text.removesuffix(".0").isdecimal() or not text.isascii():
            return None
        value = float(text) if len(text) < 25 else 0
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not 0 < value < 1e19:
        return None
    for unit in (1, 1_000, 1_000_000, 1_000_000_000):
        # Seconds from 1973 to 2100: below are years and days, 20240205, and times of day above.
        if 100_000_000 <= value / unit < 4_102_444_800:
            return datetime.fromtimestamp(value / unit, UTC).isoformat(timespec="seconds")
    return None


def _digits(text: str) -> str | None:
    """The date in ISO 8601 of twelve or fourteen digits: 20240205103000."""
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S"[: len(text) - 2]).isoformat()
    except ValueError:
        return None
