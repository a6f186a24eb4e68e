"""The query language: from what was typed to a tree of what is looked for.

| typed                          | means                                                        |
| ------------------------------ | ------------------------------------------------------------ |
| `drone strike`                 | best match: articles with both words first, then the others  |
| `"drone strike"`               | these words, as written, one after the other: required       |
| `milit*`                       | words that begin so                                          |
| `-word`, `-"a phrase"`, `NOT`  | articles without                                             |
| `a OR b`, `a AND b`, `( )`     | AND binds closer than OR, and OR closer than a space         |
| `title:word`, `title:"…"`      | in the title: required                                       |
| `source:bbc`                   | articles of an outlet with the word in its name: required    |
| `after:2020`, `before:2020-03` | from the first day of it on; up to, not including, that day  |

Nothing that can be typed is an error. What can't be understood is left out or taken as plain
words, with a note that says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from index.fulltext import analysis

MOST_WORDS = 64
"""Words and phrases of a query that are looked for; a pasted article has more."""
DEEPEST = 32
"""Parentheses within parentheses that are heeded."""


class Field(StrEnum):
    """Where a word is looked for."""

    TEXT = ""
    TITLE = "title"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Text:
    """A word, or several that follow one another."""

    words: tuple[str, ...]
    """Folded, at least one."""
    typed: str
    exact: bool = False
    """Quoted: neither other forms nor other spellings will do."""
    prefix: bool = False
    """The last word is only the beginning of one."""
    field: Field = Field.TEXT


@dataclass(frozen=True, slots=True)
class Dates:
    """Published on a day from `first` up to, and not including, `last`; day numbers."""

    first: int | None
    last: int | None
    typed: str


@dataclass(frozen=True, slots=True)
class Every:
    """All of the parts hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the parts holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The part does not hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class Best:
    """What was typed with spaces between: see the table above."""

    parts: tuple[Node, ...]


Node = Text | Dates | Every | Either | Without | Best


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, understood. `node` is None when nothing is looked for."""

    node: Node | None
    notes: tuple[str, ...] = ()
    """What was left out or taken otherwise than typed, each in one sentence."""


_QUOTES = '"“”„‟«»＂'
_LEXEME = re.compile(rf"[()]|[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]?|[^\s(){_QUOTES}]+")
_FIELD = re.compile(r"([^\W\d_]+):(.*)", re.DOTALL)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def parse(typed: str) -> Query:
    """Gives the tree of what was typed. Never raises."""
    parser = _Parser(typed)
    node = parser.sequence(0)
    if node is None and not parser.notes:
        node = plain(typed).node
    return Query(node, tuple(dict.fromkeys(parser.notes)))


def plain(typed: str) -> Query:
    """Gives the best match of all words of what was typed, operators and marks left out."""
    words = dict.fromkeys(analysis.terms(typed))
    return Query(_joined(Best, [Text((word,), word) for word in list(words)[:MOST_WORDS]]))


def written(node: Node | None) -> str:
    """Gives a tree as it could be typed."""
    match node:
        case None:
            return ""
        case Text():
            words = " ".join(node.words) if node.exact else node.typed
            value = f'"{words}"' if node.exact else words + "*" * node.prefix
            return f"{node.field}:{value}" if node.field else value
        case Dates():
            return node.typed
        case Without():
            inner = written(node.part)
            return f"-({inner})" if isinstance(node.part, Best | Every | Either) else f"-{inner}"
        case Best() | Every() | Either():
            between = {Best: " ", Every: " AND ", Either: " OR "}[type(node)]
            return between.join(
                f"({written(part)})" if isinstance(part, Best | Every | Either) else written(part)
                for part in node.parts
            )


@dataclass
class _Parser:
    """Recursive descent over the lexemes, no deeper than `DEEPEST`."""

    typed: str
    notes: list[str] = field(default_factory=list)
    at: int = 0
    words: int = 0

    def __post_init__(self) -> None:
        self.lexemes = list(_LEXEME.finditer(self.typed))

    def sequence(self, depth: int, where: Field = Field.TEXT) -> Node | None:
        """Reads up to the closing parenthesis of this depth, or the end."""
        parts: list[Node] = []
        while self.at < len(self.lexemes):
            if self._peek() == ")":
                self.at += 1
                if depth:
                    break
                continue
            part = self._either(depth, where)
            if part is not None:
                parts.append(part)
        return _joined(Best, parts)

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
        without = False
        while self._peek() in ("NOT", "AND", "OR") or self._dash():
            without |= self._peek() not in ("AND", "OR")
            self.at += 1
        if self._peek() in ("", ")"):
            return None
        node = self._bare(depth, where)
        return Without(node) if without and node is not None else node

    def _bare(self, depth: int, where: Field) -> Node | None:
        lexeme = self._peek()
        self.at += 1
        if lexeme == "(":
            if depth < DEEPEST:
                return self.sequence(depth + 1, where)
            return None
        if lexeme[0] in _QUOTES:
            return self._text(lexeme.strip(_QUOTES), where, exact=True)
        excluded = lexeme.startswith("-")
        node = self._word(lexeme.lstrip("-+"), depth, where)
        return Without(node) if excluded and node is not None else node

    def _word(self, lexeme: str, depth: int, where: Field) -> Node | None:
        named = _FIELD.fullmatch(lexeme)
        if named is None:
            return self._text(lexeme, where)
        name, value = named[1].casefold(), named[2]
        if name in ("title", "source"):
            if value:
                return self._text(value, Field(name))
            if self._touching():
                return self._bare(depth, Field(name))
            return None
        if name in ("after", "before"):
            if not value and self._touching():
                value = self._peek().strip(_QUOTES)
                self.at += 1
            return self._dates(name, value) if value else None
        if not value and not self._touching():
            return self._text(lexeme, where)
        self.notes.append(f"There is no field “{named[1]}:”; taken as words.")
        words = [self._text(part, where) for part in (named[1], value)]
        return _joined(Best, words)

    def _text(self, typed: str, where: Field, exact: bool = False) -> Text | None:
        prefix = not exact and typed.endswith("*")
        if not exact and typed.startswith("*") and typed.strip("*"):
            self.notes.append("A word can't begin with *; the * was left out.")
        words = tuple(analysis.terms(typed))
        if not words:
            return None
        self.words += 1
        if self.words > MOST_WORDS:
            if self.words == MOST_WORDS + 1:
                self.notes.append(f"Only the first {MOST_WORDS} words were looked for.")
            return None
        if not exact:
            typed = typed.strip("*")
        return Text(words[:MOST_WORDS], typed, exact, prefix, where)

    def _dates(self, name: str, value: str) -> Dates | None:
        stated = _DATE.fullmatch(value)
        try:
            if stated is None:
                raise ValueError
            day = date(int(stated[1]), int(stated[2] or 1), int(stated[3] or 1)).toordinal()
        except ValueError:
            self.notes.append(f"“{name}:{value}” is no date (2020, 2020-03, 2020-03-31); left out.")
            return None
        typed = f"{name}:{value}"
        return Dates(day, None, typed) if name == "after" else Dates(None, day, typed)

    def _peek(self) -> str:
        return self.lexemes[self.at][0] if self.at < len(self.lexemes) else ""

    def _dash(self) -> bool:
        """Tells whether a dash stands here that excludes the quotation or group it touches."""
        if not re.fullmatch(r"-+", self._peek()):
            return False
        end = self.lexemes[self.at].end()
        return self.typed[end : end + 1] not in ("", ")") and not self.typed[end].isspace()

    def _touching(self) -> bool:
        """Tells whether a quotation or group follows without a space."""
        if self.at >= len(self.lexemes):
            return False
        return self.lexemes[self.at].start() == self.lexemes[self.at - 1].end() and (
            self._peek()[0] in _QUOTES or self._peek() == "("
        )


def _joined(kind: type[Best | Every | Either], parts: Sequence[Node | None]) -> Node | None:
    kept = tuple(part for part in parts if part is not None)
    if len(kept) < 2:
        return kept[0] if kept else None
    return kind(kept)
