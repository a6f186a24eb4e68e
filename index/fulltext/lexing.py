"""The pieces of a typed query: parentheses, quotations, and what stands between spaces."""

from __future__ import annotations

import re
from typing import NamedTuple

QUOTES = '"“”„‟«»＂'
"""Any of them opens a quotation, and any closes it."""
OPERATORS = ("AND", "OR", "NOT")
"""Words that join others, in capitals only."""

_LEXEME = re.compile(rf"[()]|[{QUOTES}][^{QUOTES}]*[{QUOTES}]?|[^\s(){QUOTES}]+")
_FIELD = re.compile(r"([^\W\d_]+):(.*)", re.DOTALL)
_MARKS = re.compile(r"(?:\*|~[0-9]*)+")
_BEFORE = "-+*~"
_AFTER = "*~0123456789"


class Marked(NamedTuple):
    """A word, and the signs that say how it is looked for."""

    word: str
    prefix: bool
    edits: str | None
    """The figures after `~`, which may be none; None without the sign."""


def lexemes(typed: str) -> list[re.Match[str]]:
    """Gives the pieces of a query in order; a quotation that is not closed runs to the end."""
    return list(_LEXEME.finditer(typed))


def is_quotation(lexeme: str) -> bool:
    """Tells whether a piece is a quotation, closed or not."""
    return lexeme[:1] != "" and lexeme[0] in QUOTES


def is_closed(quotation: str) -> bool:
    """Tells whether a quotation ends in a mark."""
    return len(quotation) > 1 and quotation[-1] in QUOTES


def unquoted(quotation: str) -> str:
    """Gives what stands in a quotation, without the space around it."""
    return quotation.strip(QUOTES).strip()


def bare(lexeme: str) -> tuple[str, str]:
    """Gives the signs that a piece begins with, and the rest of it."""
    rest = lexeme.lstrip(_BEFORE)
    return lexeme[: len(lexeme) - len(rest)], rest


def named(lexeme: str) -> tuple[str, str] | None:
    """Gives the name and the value of `name:value`; None for any other piece."""
    found = _FIELD.fullmatch(lexeme)
    return (found[1], found[2]) if found else None


def marked(lexeme: str) -> Marked:
    """Gives a word without the `*` or `~` at its end, and what these say."""
    stem = lexeme.rstrip(_AFTER)
    figures = re.match("[0-9]*", lexeme[len(stem) :])
    word = stem + (figures[0] if figures else "")
    marks = lexeme[len(word) :]
    if not _MARKS.fullmatch(marks):
        return Marked(lexeme, False, None)
    edits = re.search("~+([0-9]*)", marks)
    return Marked(word, "*" in marks, edits[1] if edits else None)
