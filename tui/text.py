"""Text for one line of the screen: made harmless, counted in words, dated for a reader."""

from __future__ import annotations

import re
from pathlib import Path

from index.model import Article

_CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+"
)
"""C0, DEL, C1, line separators and bidirectional controls: none may reach the terminal."""
_SURROGATES = re.compile("[\ud800-\udfff]")
"""Half characters, as undecodable bytes of file names are held: no terminal can be sent one."""


def one_line(text: str) -> str:
    """Gives text from outside as one line without anything a terminal would obey."""
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub(" ", text)).strip()


def count(number: int, noun: str, plural: str = "") -> str:
    """Gives `1 article` or `2,225 articles`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def file_name(locator: str) -> str:
    """The last part of a locator: the file's name, with `#id` for a row of a file."""
    return one_line(Path(locator).name)


def facts(article: Article) -> str:
    """Where and when an article appeared: `Rudaw · 9 Feb 2024 · 640 words`.

    An article that states no outlet is named by its file.
    """
    parts = [one_line(article.source) if article.source else file_name(article.locator)]
    if article.date:
        parts.append(f"{article.date.day} {article.date:%b %Y}")
    if article.words:
        parts.append(count(article.words, "word"))
    return " · ".join(parts)
