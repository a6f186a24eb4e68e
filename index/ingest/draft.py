"""What a reader takes from a file before anything is concluded from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Draft:
    """One article as its file gives it. What the file does not state is None."""

    locator: str
    paragraphs: list[str]
    """In reading order, sanitised, each on one line and none empty."""
    title: str | None = None
    source: str | None = None
    author: str | None = None
    date: str | None = None
    """As it is written in the file."""
    url: str | None = None
