"""Text for one line of the screen: made harmless, counted in words, dated for a reader."""

from __future__ import annotations

import re
from pathlib import Path

from index.model import Article

UNSAFE = "\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
"""What may not reach the terminal beside the controls of ASCII: DEL, C1, line separators, and the
invisible characters that turn, join or hide text (UAX #9)."""
SURROGATES = "\ud800-\udfff"
"""Half characters, as undecodable bytes of file names are held: no terminal can be sent one."""

_CONTROLS = re.compile(f"[\x00-\x1f{UNSAFE}]+")
_SURROGATES = re.compile(f"[{SURROGATES}]")
_ANY = re.compile(f"[\x00-\x1f{UNSAFE}{SURROGATES}]")


UNDATED = "undated"
"""What stands for a date that no article states, where a reader would look for one."""


def one_line(text: str) -> str:
    """Gives text from outside as one line without anything a terminal would obey."""
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub(" ", text)).strip()


def clean(text: str) -> str:
    """Gives text that is safe to print and as long as before, so that offsets in it stay good."""
    if text.isprintable():  # Ten times quicker, and nearly always so.
        return text
    return _ANY.sub(lambda found: " " if found[0] in "\t\n\r\u2028\u2029" else "\ufffd", text)


def count(number: int, noun: str, plural: str = "") -> str:
    """Gives `1 article` or `2,225 articles`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def file_name(locator: str) -> str:
    """The last part of a locator: the file's name, with `#id` for a row of a file."""
    return one_line(Path(locator).name)


def facts(article: Article, *, undated: bool = False) -> str:
    """Where and when an article appeared: `Rudaw · 9 Feb 2024 · 640 words`.

    An article that states no outlet is named by its file. With `undated`, one that states no date
    is said to be undated.
    """
    parts = [one_line(article.source) if article.source else file_name(article.locator)]
    if article.date:
        parts.append(f"{article.date.day} {article.date:%b %Y}")
    elif undated:
        parts.append(UNDATED)
    if article.words:
        parts.append(count(article.words, "word"))
    if article.copies:
        parts.append(count(len(article.copies) + 1, "place"))
    return " · ".join(parts)
