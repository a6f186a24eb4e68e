"""What a query looks for, as a tree, and how that could be typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from index.fulltext.lexing import OPERATORS, QUOTES

LONGEST_SHORT = 5
"""Letters up to which one edit of a word is as much as can be told from another word."""


class Field(StrEnum):
    """Where a word is looked for."""

    TEXT = ""
    TITLE = "title"
    BODY = "body"
    FURNITURE = "boilerplate"
    SOURCE = "source"
    AUTHOR = "author"


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
    near: int | None = None
    """The most other words between the first and the last of them, which may then stand in any
    order; only where it is quoted."""
    edits: int = 0
    """The letters in which a single word may differ."""


@dataclass(frozen=True, slots=True)
class Named:
    """Articles that name an entity, under any of its spellings."""

    kind: str
    """The value of an `EntityType`; empty for any of them."""
    words: tuple[str, ...]
    """Of its name, folded, at least one."""
    typed: str


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
    """What was typed with spaces between: words are wished for, all else is required."""

    parts: tuple[Node, ...]


Node = Text | Named | Dates | Every | Either | Without | Best

_BETWEEN = {Best: " ", Either: " OR ", Every: " AND "}
_LOOSER: dict[type[Node], tuple[type[Node], ...]] = {
    Best: (Best,),
    Either: (Best, Either),
    Every: (Best, Either, Every),
    Without: (Best, Either, Every, Without),
}
"""What stands in parentheses within each: what binds no closer than it."""


def usual_edits(word: str) -> int:
    """Gives how many letters of a word may differ where no number is typed."""
    return 1 if len(word) <= LONGEST_SHORT else 2


def written(node: Node | None) -> str:
    """Gives a tree as it could be typed: parsing that gives the same tree."""
    match node:
        case None:
            return ""
        case Text():
            return _written_text(node)
        case Named():
            return valued(node.kind or "entity", node.typed)
        case Dates():
            return node.typed
        case Without():
            return f"-{_within(Without, node.part)}"
        case Best() | Every() | Either():
            kind = type(node)
            return _BETWEEN[kind].join(_within(kind, part) for part in node.parts)


def valued(name: str, value: str, *, quoted: bool = False) -> str:
    """Gives a field with its value, in quotation marks where it needs them or on demand."""
    quoted = quoted or not value or re.search(rf"[\s(){QUOTES}]", value) is not None
    return f'{name}:"{value}"' if quoted else f"{name}:{value}"


def _written_text(node: Text) -> str:
    if node.exact:
        near = "" if node.near is None else f"~{node.near}"
        value = f'"{node.typed}"{near}'
    elif node.edits:
        usual = node.edits == usual_edits(node.words[0])
        value = f"{node.typed}~" if usual else f"{node.typed}~{node.edits}"
    else:
        value = node.typed + "*" * node.prefix
    if node.field:
        return f"{node.field}:{value}"
    # A plus sign is overlooked, and keeps a word from being read as an operator.
    return f"+{value}" if value in OPERATORS else value


def _within(kind: type[Node], part: Node) -> str:
    return f"({written(part)})" if isinstance(part, _LOOSER[kind]) else written(part)
