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

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from index.fulltext import analysis, days, lexing
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
    usual_edits,
    valued,
    written,
)

__all__ = [
    "FIELDS",
    "KINDS",
    "PLACES",
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

MOST_WORDS = 64
"""Words and phrases of a query that are looked for; a pasted article has more. Of what narrows it,
outlets, dates and names, there may be as many."""
DEEPEST = 32
"""Parentheses within parentheses that are heeded."""
MOST_EDITS = 2
MOST_BETWEEN = 1000
"""Other words between near ones: more is hardly less than the whole article."""
MOST_NOTES = 3
LONGEST_QUOTED = 40
"""Characters of what was typed that a note repeats."""

PLACES = {
    "title": Field.TITLE,
    "body": Field.BODY,
    "boilerplate": Field.FURNITURE,
    "furniture": Field.FURNITURE,
}
"""Parts of an article, as `in:` and the fields of the same names know them."""
FIELDS = PLACES | {"source": Field.SOURCE, "author": Field.AUTHOR}
"""Fields whose values are words."""
KINDS = {
    "entity": "",
    "person": "person",
    "organisation": "organisation",
    "organization": "organisation",
    "org": "organisation",
    "place": "place",
    "group": "group",
    "weapon": "weapon",
}
"""Fields whose value is a name, and which type of entity that is."""
DATES = ("date", "after", "before")
_NARROWING = frozenset({"source", "author", "in", *KINDS, *DATES})


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, understood. `node` is None when nothing is looked for."""

    node: Node | None
    notes: tuple[str, ...] = ()
    """What was left out or taken otherwise than typed, each in one sentence."""


class Part(NamedTuple):
    """A stretch of what was typed, and what it says."""

    start: int
    end: int
    node: Node | None


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
    parser = _Parser(typed, today or date.today())
    node = parser.sequence(0)
    if node is None and parser.scopes:
        parser.notes.append("An in: says where to look; type words with it.")
    if node is None and not parser.notes:
        node = plain(typed).node
    query = Query(node, tuple(dict.fromkeys(parser.notes))[:MOST_NOTES])
    return Reading(query, tuple(parser.parts), tuple(parser.filters), parser.unclosed)


def plain(typed: str) -> Query:
    """Gives the best match of all words of what was typed, operators and marks left out."""
    words = dict.fromkeys(analysis.terms(typed))
    return Query(_joined(Best, [Text((word,), word) for word in list(words)[:MOST_WORDS]]))


@dataclass
class _Parser:
    """Recursive descent over the lexemes, no deeper than `DEEPEST`."""

    typed: str
    today: date
    notes: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    filters: list[tuple[int, int]] = field(default_factory=list)
    unclosed: int = 0
    at: int = 0
    words: int = 0
    narrowing: int = 0
    scope: Field = Field.TEXT
    """What `in:` said in the group that is being read."""
    scopes: int = 0
    """How often one was heeded."""

    def __post_init__(self) -> None:
        self.lexemes = lexing.lexemes(self.typed)
        self.said = [*(lexeme[0] for lexeme in self.lexemes), ""]

    # Groups

    def sequence(self, depth: int, where: Field = Field.TEXT) -> Node | None:
        """Reads up to the closing parenthesis of this depth, or the end."""
        outer, self.scope = self.scope, Field.TEXT
        parts: list[Node | None] = []
        while self._peek() != ")" or not depth:
            if self.at >= len(self.lexemes):
                self.unclosed += depth > 0
                break
            if self._peek() == ")":
                self.at += 1
                continue
            start = self.lexemes[self.at].start()
            parts.append(self._either(depth, where))
            if not depth:
                self.parts.append(Part(start, self.lexemes[self.at - 1].end(), parts[-1]))
        else:
            self.at += 1
        scope, self.scope = self.scope, outer
        node = _joined(Best, parts)
        return _placed(node, scope) if node is not None and scope else node

    def _either(self, depth: int, where: Field) -> Node | None:
        parts = [self._every(depth, where)]
        while self._peek() == "OR":
            self.at += 1
            parts.append(self._every(depth, where))
        return _joined(Either, parts)

    def _every(self, depth: int, where: Field) -> Node | None:
        parts = [self._one(depth, where)]
        while self._peek() == "AND":
            self.at += 1
            parts.append(self._one(depth, where))
        return _joined(Every, parts)

    def _one(self, depth: int, where: Field) -> Node | None:
        """Reads one word, phrase or group, with the exclusion before it."""
        without, start = False, None
        while self._peek() in lexing.OPERATORS or self._is_dash():
            if self._peek() not in ("AND", "OR"):
                without = True
                start = self.lexemes[self.at].start() if start is None else start
            self.at += 1
        if self._peek() in ("", ")"):
            return None
        if self._peek() == "(" and not without:
            return self._bare(depth, where)
        first = self.lexemes[self.at]
        signs, lexeme = lexing.bare(first[0])
        scopes = self.scopes
        node = self._bare(depth, where, without)
        name, _ = lexing.named(lexeme) or ("", "")
        if name.casefold() in _NARROWING and (node is not None or self.scopes > scopes):
            self._narrows(first.start() if start is None else start)
        return Without(node) if (without or "-" in signs) and node is not None else node

    def _narrows(self, start: int) -> None:
        """Notes that a filter was read; others within it are parts of it."""
        while self.filters and self.filters[-1][0] >= start:
            del self.filters[-1]
        self.filters.append((start, self.lexemes[self.at - 1].end()))

    def _bare(self, depth: int, where: Field, without: bool = False) -> Node | None:
        lexeme = self._peek()
        self.at += 1
        if lexeme == "(":
            return self.sequence(depth + 1, where) if depth < DEEPEST else None
        if lexing.is_quotation(lexeme):
            return self._phrase(lexeme, where)
        signs, word = lexing.bare(lexeme)
        for sign in "*~":
            if sign in signs and analysis.terms(word):
                self._note(f"A word can't begin with {sign}; the {sign} was left out.")
        return self._word(word, depth, where, without or "-" in signs)

    # Words and phrases

    def _word(self, lexeme: str, depth: int, where: Field, without: bool) -> Node | None:
        named = lexing.named(lexeme)
        if named is None:
            return self._text(lexeme, where)
        name, value = named[0].casefold(), named[1]
        if name in FIELDS:
            if value:
                return self._text(value, FIELDS[name])
            return self._bare(depth, FIELDS[name]) if self._is_touching() else None
        if name in KINDS or name in DATES or name == "in":
            value = value or self._touching_value()
            if name in KINDS:
                return self._named(KINDS[name], value)
            if name in DATES:
                return self._dates(name, value) if value else None
            self._in(value, without)
            return None
        if value.startswith("//"):
            return self._text(lexeme, where)
        if not (value or self._is_touching()):
            return self._text(named[0], where)
        self._note(f"There is no field “{_short(named[0])}:”; taken as words.")
        words = [self._text(part, where) for part in lexeme.split(":")]
        # Written out these stand in parentheses, for which there must be room.
        return _joined(Best, words) if depth < DEEPEST else next(filter(None, words), None)

    def _text(self, lexeme: str, where: Field) -> Text | None:
        typed, prefix, figures = lexing.marked(lexing.bare(lexeme)[1])
        words = tuple(analysis.terms(typed))
        if not words or not self._counted(where):
            return None
        if "*" in typed:
            self._note("A * stands only at the end of a word; another was left out.")
        edits = 0
        if figures is not None:
            if prefix or len(words) > 1 or where in (Field.SOURCE, Field.AUTHOR):
                self._note(f"A ~ goes with a single word; left out after “{_short(typed)}”.")
            else:
                edits = int(figures[:3]) if figures else usual_edits(words[0])
                if edits > MOST_EDITS:
                    self._note(f"A word may differ in {MOST_EDITS} letters at most; ~2 was taken.")
                    edits = MOST_EDITS
        return Text(words[:MOST_WORDS], typed, prefix=prefix, field=where, edits=edits)

    def _phrase(self, lexeme: str, where: Field) -> Text | None:
        typed = lexing.unquoted(lexeme)
        near = self._near()
        words = tuple(analysis.terms(typed))
        if not words or not self._counted(where):
            return None
        if re.search(r"\w\*(?!\S)", typed):
            self._note("Within quotation marks a * means nothing.")
        if near is not None and (len(words) == 1 or where in (Field.SOURCE, Field.AUTHOR)):
            self._note(f"~{near} goes with several words of the text; left out.")
            near = None
        return Text(words[:MOST_WORDS], typed, exact=True, field=where, near=near)

    def _near(self) -> int | None:
        """Reads the `~5` that touches a quotation."""
        if not self._peek().startswith("~") or not self._is_touching(lexing.QUOTES, "~"):
            return None
        sign = self._peek()
        if re.fullmatch(r"[~*0-9]+", sign):
            self.at += 1
        figures = re.fullmatch(r"~+([0-9]+)", sign)
        if figures is None:
            self._note('A number goes after the ~ of a quotation, as in "drone base"~5; left out.')
            return None
        between = int(figures[1][:6])
        if between > MOST_BETWEEN:
            self._note(f"At most {MOST_BETWEEN} words may stand between near ones; so many taken.")
        return min(between, MOST_BETWEEN)

    # Names, places, dates

    def _named(self, kind: str, value: str) -> Named | None:
        words = tuple(analysis.terms(value))
        if not words or not self._counted(None):
            return None
        if lexing.marked(value) != (value, False, None):
            self._note(f"Names take no * or ~; left out after “{_short(value)}”.")
        return Named(kind, words[:MOST_WORDS], value)

    def _in(self, value: str, without: bool) -> None:
        place = PLACES.get(value.casefold())
        if place is None:
            known = "in:title, in:body or in:boilerplate"
            self._note(f"“in:{_short(value)}” is no part of an article; type {known}.")
        elif without:
            self._note("A part of an article can't be excluded; type in: with the part you want.")
        elif self.scope not in (Field.TEXT, place):
            self._note(f"Words are looked for in one part at a time; in:{self.scope} was taken.")
        else:
            self.scope = place
            self.scopes += 1

    def _dates(self, name: str, value: str) -> Dates | None:
        typed = valued(name, value)
        found = days.stretch(value, self.today)
        first, last = found or (None, None)
        if found is None or (name != "date" and first is None):
            self._note(
                f"“{_short(typed)}” is no date; left out. Type {name}:2024, {name}:2024-02-09,"
                f' {name}:yesterday, {name}:"9 February 2024" or {name}:"last week".'
            )
            return None
        if not self._counted(None):
            return None
        if name == "date":
            return Dates(first, last, typed)
        return Dates(first, None, typed) if name == "after" else Dates(None, first, typed)

    def _touching_value(self) -> str:
        """Reads a quotation or a group that follows without a space, as what it says."""
        if not self._is_touching():
            return ""
        opening = self._peek()
        self.at += 1
        if opening != "(":
            return lexing.unquoted(opening)
        said, depth = [], 1
        while self.at < len(self.lexemes):
            lexeme = self._peek()
            self.at += 1
            depth += (lexeme == "(") - (lexeme == ")")
            if not depth:
                break
            said.append("" if lexeme in "()" else lexing.unquoted(lexeme))
        self.unclosed += depth
        return " ".join(filter(None, said))

    # What all of them need

    def _counted(self, where: Field | None) -> bool:
        """Counts a word, or what narrows; whether it is looked for."""
        if where in (None, Field.SOURCE, Field.AUTHOR):
            self.narrowing += 1
            if self.narrowing > MOST_WORDS:
                self._note(f"Only the first {MOST_WORDS} outlets, names and dates were heeded.")
            return self.narrowing <= MOST_WORDS
        self.words += 1
        if self.words > MOST_WORDS:
            self._note(f"Only the first {MOST_WORDS} words were looked for.")
        return self.words <= MOST_WORDS

    def _note(self, text: str) -> None:
        self.notes.append(text)

    def _peek(self) -> str:
        return self.said[self.at]

    def _is_dash(self) -> bool:
        """Tells whether a dash stands here that excludes the quotation or group it touches."""
        if self._peek()[:1] not in ("-", "+") or not re.fullmatch(r"\+*-[-+]*", self._peek()):
            return False
        end = self.lexemes[self.at].end()
        return self.typed[end : end + 1] not in ("", ")") and not self.typed[end].isspace()

    def _is_touching(self, before: str = "", begins: str = f"({lexing.QUOTES}") -> bool:
        """Tells whether a quotation or group follows without a space."""
        if self.at >= len(self.lexemes):
            return False
        end = self.lexemes[self.at - 1].end()
        return (
            self.lexemes[self.at].start() == end
            and self._peek()[0] in begins
            and (not before or self.typed[end - 1] in before)
        )


def _joined(kind: type[Best | Every | Either], parts: Sequence[Node | None]) -> Node | None:
    kept = tuple(part for part in parts if part is not None)
    if len(kept) < 2:
        return kept[0] if kept else None
    return kind(kept)


def _placed(node: Node, place: Field) -> Node:
    """Gives a part of a query with its words looked for in one place."""
    match node:
        case Text(field=Field.TEXT):
            return replace(node, field=place)
        case Without():
            return Without(_placed(node.part, place))
        case Best() | Every() | Either():
            return type(node)(tuple(_placed(part, place) for part in node.parts))
        case _:
            return node


def _short(typed: str) -> str:
    return typed if len(typed) <= LONGEST_QUOTED else typed[: LONGEST_QUOTED - 1] + "…"
