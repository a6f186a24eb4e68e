"""The query language: from what was typed to a tree of what is looked for.

| typed                            | means                                                        |
| -------------------------------- | ------------------------------------------------------------ |
| `drone strike`                   | best match: articles with both words first, then the others  |
| `"drone strike"`                 | these words, as written, one after the other: required       |
| `"drone base"~5`                 | in any order, at most 5 other words between them: required   |
| `milit*`                         | words that begin so                                          |
| `goverment~`, `word~2`           | words at most 1 (up to 5 letters) or 2 letters from it       |
| `-word`, `-"…"`, `-(…)`, `NOT`   | articles without                                             |
| `a OR b`, `a AND b`, `( )`       | AND binds closer than OR, and OR closer than a space         |
| `title:word`, `title:"…"`        | in the title: required; so `body:` and `boilerplate:`        |
| `in:title` `in:body` …           | the same for all words of the group that it stands in        |
| `source:bbc`, `author:smith`     | of an outlet, by an author with these words in the name      |
| `date:2024-02`, `date:yesterday` | published then; what can be typed is in `days`               |
| `after:2020`, `before:2020-03`   | from the first day of it on; up to, not including, that day  |
| `person:soleimani`, `entity:"…"` | articles that name it, under any spelling; `place:`, `org:`… |

Nothing that can be typed is an error. What can't be understood is left out or taken as plain
words, with a note that says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from index.fulltext import analysis
from index.fulltext.fields import FIELDS, NARROWING
from index.fulltext.parsing import DEEPEST, MOST_WORDS, Parser, Part, joined
from index.fulltext.tree import (
    Best,
    Dates,
    Either,
    Every,
    Field,
    Named,
    Node,
    Text,
    Without,
    written,
)

__all__ = [
    "DEEPEST",
    "MOST_WORDS",
    "Best",
    "Dates",
    "Either",
    "Every",
    "Field",
    "Named",
    "Node",
    "Part",
    "Query",
    "Reading",
    "Text",
    "Without",
    "parse",
    "plain",
    "read",
    "written",
]

MOST_NOTES = 3
"""Sentences that are said of one query; who pasted an article reads no more."""


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, understood. `node` is None when nothing is looked for."""

    node: Node | None
    notes: tuple[str, ...] = ()
    """What was left out or taken otherwise than typed, each in one sentence."""


class Reading(NamedTuple):
    """A query, and where its parts stand in what was typed."""

    query: Query
    parts: tuple[Part, ...]
    """What stands between spaces, outside of all groups."""
    filters: tuple[tuple[int, int], ...]
    """What narrows the query and is no word of the text: outlets, dates, names, places."""
    unclosed: int
    """Groups that are not closed at the end."""


def parse(typed: str, today: date | None = None) -> Query:
    """Gives the tree of what was typed; dates are told from `today`. Never raises."""
    return read(typed, today).query


def read(typed: str, today: date | None = None) -> Reading:
    """Gives what `parse` gives, and where its parts stand. Never raises."""
    parser = Parser(typed, today or date.today())
    node = parser.sequence(0)
    if node is None and parser.scopes:
        parser.notes.append("An in: says where to look; type words with it.")
    if node is None and not parser.notes and not _awaits_values(typed):
        node = plain(typed).node
        if node is None and typed.strip():
            parser.notes.append("There is no word to look for yet; showing all articles.")
    query = Query(node, tuple(dict.fromkeys(parser.notes))[:MOST_NOTES])
    return Reading(query, tuple(parser.parts), tuple(parser.filters), parser.unclosed)


def _awaits_values(typed: str) -> bool:
    """Whether nothing but fields was typed yet, as `source:`, whose values are still to come."""
    return all(
        word.endswith(":") and word.lstrip("-+")[:-1].casefold() in (*FIELDS, *NARROWING)
        for word in typed.split()
    )


def plain(typed: str) -> Query:
    """Gives the best match of all words of what was typed, operators and marks left out."""
    words = dict.fromkeys(analysis.terms(typed))
    return Query(joined(Best, [Text((word,), word) for word in list(words)[:MOST_WORDS]]))
