"""Narrowing a typed query, and taking that back: the text stays one that the user could type."""

from __future__ import annotations

import re

from index.fulltext import lexing
from index.fulltext.query import FIELDS, KINDS, Part, Reading, read
from index.fulltext.tree import Dates, Either, Named, Node, Text, valued, written

_EDGE = rf"[^\s(){lexing.QUOTES}]"
_PLAIN = re.compile(r"\w(?:[\w.&-]*\w)?")
"""A value that needs no quotation marks."""
_GROUP_BEFORE = re.compile(rf"(?:(?<!{_EDGE})[-+]*(?:{'|'.join(FIELDS)}):)?\($", re.IGNORECASE)


def narrowed(query: str, field: str, value: str) -> str:
    """Gives a query that finds, of what it found, only what has a value.

    `field` is `source`, `author`, `month` (as 2024-02), `entity` or a type of entity. A second
    outlet, author or month is added to the first, as either will do; a second name is asked for
    beside the first. A value that the query asks for already changes nothing, and neither does
    one without a letter or figure. Raises ValueError for another field.
    """
    if field not in ("source", "author", "month", *KINDS):
        raise ValueError(f"no query can be narrowed by {field!r}")
    value = " ".join(re.sub(f"[{lexing.QUOTES}]", " ", value).split())
    added = valued("date" if field == "month" else field, value, quoted=not _PLAIN.fullmatch(value))
    new = read(added).parts[0].node
    if new is None:
        return query
    reading = read(query)
    alike = [(part, same) for part in reading.parts if (same := _alternatives(reading, part, new))]
    if any(_is_same(each, new) for _, same in alike for each in same):
        return query
    if not isinstance(new, Named):
        for part, same in reversed(alike):
            if not any(_covers(each, new) for each in same):
                # At the end, so that it is the first to be taken back.
                rest = f"{query[: part.start].rstrip()} {query[part.end :].lstrip()}"
                return _with(rest.strip(), f"({written(Either((*same, new)))})")
    return _with(query, added)


def filters(query: str) -> tuple[tuple[int, int], ...]:
    """Gives where the filters of a query start and end, in order, none within another.

    These are what narrows it and is no word to look for: outlets, authors, dates, names, and the
    parts of an article, excluded ones too.
    """
    return read(query).filters


def without_last_filter(query: str) -> str:
    """Gives a query without its last filter; the query itself when it has none."""
    found = filters(query)
    if not found:
        return query
    before, after = query[: found[-1][0]], query[found[-1][1] :]
    before, after = _unjoined(before, after)
    while before.endswith("(") and after.startswith(")"):
        # Nothing is left of the group, nor of what it was to be.
        before, after = _unjoined(_GROUP_BEFORE.sub("", before), after[1:])
    if len(found) > 1 and after.startswith(")"):
        start, end = found[-2]
        if end == len(before) and re.search(r"(?:^|[\s(])\($", query[:start]):
            before, after = query[: start - 1] + query[start:end], after[1:]
    apart = before and after and before[-1] != "(" and after[0] != ")"
    return f"{before} {after}" if apart else before + after


def _with(query: str, added: str) -> str:
    """Gives a query with a filter after it, whatever it leaves open."""
    pieces, unclosed = lexing.lexemes(query), read(query).unclosed
    if pieces and lexing.is_quotation(pieces[-1][0]) and not lexing.is_closed(pieces[-1][0]):
        if lexing.unquoted(pieces[-1][0]):
            return f'{query.rstrip()}"{")" * unclosed} {added}'
        del pieces[-1]
    while pieces and (
        _joins(pieces[-1][0]) or _turns(pieces[-1][0]) or (unclosed and pieces[-1][0] == "(")
    ):
        unclosed -= pieces.pop()[0] == "("
    text = query[: pieces[-1].end()] + ")" * unclosed + " " if pieces else ""
    return text + added


def _unjoined(before: str, after: str) -> tuple[str, str]:
    """Takes away what said how something between two texts was joined to them, and the space."""
    pieces, after = lexing.lexemes(before), after.lstrip()
    while pieces and _turns(pieces[-1][0]):
        del pieces[-1]
    joins = re.match(rf"(AND|OR)(?!{_EDGE})", after)
    joined = bool(pieces) and _joins(pieces[-1][0])
    # The operator that binds closer goes, and of two that bind alike the first.
    if joins and (joins[1] == "AND" or not joined):
        after = after[joins.end() :].lstrip()
    else:
        while pieces and _joins(pieces[-1][0]):
            del pieces[-1]
    return before[: pieces[-1].end()] if pieces else "", after


def _joins(piece: str) -> bool:
    return piece in ("AND", "OR")


def _turns(piece: str) -> bool:
    return piece == "NOT" or not piece.strip("-+")


def _alternatives(reading: Reading, part: Part, new: Node) -> tuple[Node, ...]:
    """Gives the filters of which a part asks for one, when all are of the kind of a new one."""
    asked = part.node.parts if isinstance(part.node, Either) else (part.node,)
    same = tuple(each for each in asked if each is not None and _kind(each) == _kind(new))
    if len(same) < len(asked):
        return ()
    # Places are filters, too, and not in the tree.
    within = sum(part.start <= start < part.end for start, _ in reading.filters)
    return same if within <= len(same) else ()


def _kind(node: Node) -> tuple[type[Node], str]:
    match node:
        case Text():
            return Text, node.field
        case Named():
            return Named, node.kind
        case Dates():
            return Dates, node.typed.partition(":")[0]
        case _:
            return type(node), ""


def _is_same(one: Node, other: Node) -> bool:
    match one, other:
        case Text(), Text():
            return (one.words, one.prefix) == (other.words, other.prefix)
        case Named(), Named():
            return one.words == other.words
        case Dates(), Dates():
            return (one.first, one.last) == (other.first, other.last)
        case _:
            return False


def _covers(one: Node, other: Node) -> bool:
    """Tells whether a filter lets through what another does, so that this narrows it."""
    match one, other:
        case Text(), Text():
            wanted = " ".join(one.words) + ("" if one.prefix else " ")
            return f" {wanted}" in f" {' '.join(other.words)} "
        case Dates(), Dates():
            return (one.first or 0) <= (other.first or 0) and (
                one.last is None or (other.last is not None and other.last <= one.last)
            )
        case _:
            return False
