"""What a query that is being typed may go on with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, takewhile
from typing import NamedTuple, Protocol

from index.fulltext import lexing
from index.fulltext.analysis import terms
from index.fulltext.query import DATES, KINDS
from index.model import Completion

MOST = 8
"""Completions that are offered at once."""
SHORTEST = 2
"""Letters of a word from which it is completed."""
LONGEST_NAME = 4
"""Words of a name that are completed together."""

_FIELDS = (
    *("title", "source", "author", "date", "after", "before", "entity", "person"),
    *("organisation", "place", "group", "weapon", "in"),
)
"""The fields that are offered, in the order of the help."""
_PLACES = ("title", "body", "boilerplate")
_PLAIN = re.compile(rf"[^\s():*~{lexing.QUOTES}+-][^\s():*~{lexing.QUOTES}]*")
"""A word that stands for itself."""


class _Place(NamedTuple):
    """The stretch of a query that is completed, and what stands in it."""

    start: int
    end: int
    typed: str


class Known(Protocol):
    """What a collection holds that can be typed."""

    def sources(self) -> Sequence[tuple[str, int]]:
        """Every outlet and the number of its articles, most first."""

    def authors(self) -> Sequence[tuple[str, int]]:
        """Every author and the number of their articles, most first."""

    def entities(self, typed: str, kind: str) -> Sequence[tuple[str, str, int]]:
        """Name, type and number of articles of the entities that may be meant, most first.

        Each word is one of the name's, under any spelling, the last one perhaps only begun. Of one
        type, or of any when `kind` is empty.
        """


def complete(
    query: str, cursor: int, known: Known, today: date | None = None
) -> tuple[Completion, ...]:
    """Gives what may stand before the cursor in place of what does, most likely first.

    That is the word under way, the beginning of a name, or the value of a field; at most `MOST`,
    and nothing in the middle of a word or within a quotation that is closed.
    """
    pieces = lexing.lexemes(query)
    at = next((n for n, piece in enumerate(pieces) if piece.start() < cursor <= piece.end()), None)
    if at is None:
        return ()
    piece, typed = pieces[at], query[pieces[at].start() : cursor]
    if lexing.is_quotation(typed):
        field = _field_before(pieces, at)
        if lexing.is_closed(piece[0]) or not field:
            return ()
        place = _Place(piece.start(), cursor, lexing.unquoted(typed))
        return _best(_values(field, place, known, today or date.today()))
    if cursor < piece.end():
        return ()
    signs, word = lexing.bare(typed)
    named = lexing.named(word)
    if named is not None:
        place = _Place(cursor - len(named[1]), cursor, named[1])
        return _best(_values(named[0].casefold(), place, known, today or date.today()))
    if len(word) < SHORTEST or not word[-1].isalnum():
        return ()
    place = _Place(piece.start() + len(signs), cursor, word)
    # An operator, or a sign before the word, takes one word or one quotation.
    single = bool(signs) or (at > 0 and pieces[at - 1][0] in lexing.OPERATORS)
    runs = [place] if single else [*_longer(query, pieces, at), place]
    names = (name for run in runs for name in _entities(run, known, single))
    return _best(chain(_fields(place), names))


def _best(found: Iterator[Completion]) -> tuple[Completion, ...]:
    """Gives the first of them that differ, and from what is typed already."""
    different: dict[str, Completion] = {}
    for each in found:
        different.setdefault(each.text.casefold(), each)
        if len(different) == MOST:
            break
    return tuple(different.values())


def _field_before(pieces: Sequence[re.Match[str]], at: int) -> str:
    """Gives the field whose value the quotation at a place is; empty when it is of none."""
    if not at or pieces[at - 1].end() < pieces[at].start():
        return ""
    name, value = lexing.named(lexing.bare(pieces[at - 1][0])[1]) or ("", "")
    return "" if value else name.casefold()


def _fields(place: _Place) -> Iterator[Completion]:
    for name in _FIELDS:
        if name.startswith(place.typed.casefold()):
            yield Completion(place.start, place.end, f"{name}:", "field")


def _longer(query: str, pieces: Sequence[re.Match[str]], at: int) -> Iterator[_Place]:
    """Gives the words before one that may be of the same name, with it, the longest run first."""
    before = reversed(pieces[max(0, at - LONGEST_NAME + 1) : at])
    end = pieces[at].end()
    for first in reversed(list(takewhile(lambda piece: _is_plain(piece[0]), before))):
        yield _Place(first.start(), end, query[first.start() : end])


def _is_plain(word: str) -> bool:
    return word not in lexing.OPERATORS and _PLAIN.fullmatch(word) is not None


def _entities(place: _Place, known: Known, single: bool) -> Iterator[Completion]:
    """The names that words may be the beginning of: as words, or as a `single` quotation."""
    for name, kind, count in known.entities(place.typed, ""):
        words = name.split()
        plain = all(map(_is_plain, words)) and not (single and len(words) > 1)
        text = name if plain else _quoted(name)
        if text.casefold() != place.typed.casefold():
            yield Completion(place.start, place.end, text, kind, count)


def _values(name: str, place: _Place, known: Known, today: date) -> Iterator[Completion]:
    """What a field may be asked for, of what begins as typed."""
    if name in KINDS:
        found = [*known.entities(place.typed, KINDS[name])]
    elif name in ("source", "author"):
        stated = known.sources() if name == "source" else known.authors()
        found = [(value, name, n) for value, n in stated if _begins(value, place.typed)]
    elif name == "in":
        found = [(value, "field", 0) for value in _PLACES if _begins(value, place.typed)]
    elif name in DATES:
        found = [(value, "date", 0) for value in _days(today) if _begins(value, place.typed)]
    else:
        return
    for value, kind, count in found:
        yield Completion(place.start, place.end, _as_value(value), kind, count)


def _days(today: date) -> tuple[str, ...]:
    return (
        *("today", "yesterday", "this week", "last week", "this month", "last month"),
        *(str(today.year), str(today.year - 1)),
    )


def _as_value(text: str) -> str:
    """Gives a value as it is typed after the colon of its field."""
    return text if re.fullmatch(r"\w(?:[\w.&-]*\w)?", text) else _quoted(text)


def _quoted(text: str) -> str:
    return f'"{re.sub(f"[{lexing.QUOTES}]", " ", text).strip()}"'


def _begins(value: str, typed: str) -> bool:
    """Tells whether the words typed stand in a value, the last of them perhaps only begun."""
    return not typed or f" {' '.join(terms(typed))}" in f" {' '.join(terms(value))}"
