"""Organisations and places by their head words: `Ukraine Defense Ministry`, `Gulf of Aden`."""

from __future__ import annotations

from index.entities.candidates import (
    NAMED,
    ORGANISATION,
    PERSON,
    PLACE,
    Candidate,
    add,
    add_entry,
    is_common_item,
    links,
)
from index.entities.capitalised_runs import Item
from index.entities.lexicon import Kind
from index.entities.persons import name_end
from index.entities.tokens import Line, word_set

_TWO_COMMON = 0.9
"""Votes for an organisation of two ordinary words: the Defense Ministry, but also Breaking News."""
_ALL_COMMON = 2.0
"""Votes for an organisation of more words, all ordinary."""
_TROOPS = word_set(
    "forces force militia militias guards gang gangs mission police tv television media oil gas"
)
"""Heads that after a people's name alone name no organisation: American forces."""
_SURNAMES = word_set(
    "church post order guard price bank lodge press capital band hill park parks lane street hall "
    "house woods rivers brooks town fields marsh fort cape wells waters lake banks ford"
)
"""Heads that are surnames too, when a single given name stands before them."""
_PLAIN_FIRST = word_set("fort camp lake mount port")
"""Words that begin a place's name though they are ordinary ones."""


def organisation(line: Line, items: list[Item], out: list[Candidate]) -> list[Item] | None:
    """Adds the organisation that the items name; gives the items left, or None if there is none.

    The first head with `of …` after it takes all that follows; otherwise the last head ends it.
    """
    found = _head(line, items)
    if found is None:
        return None
    h, tail = found
    named, rest = items[:tail], items[tail:]
    if len(named) == 1:
        if named[0].kind & NAMED:
            add_entry(line, named[0], out)
        return rest
    words = [item for item in named if not item.joint]
    head = line.words[items[h].end - 1].lower()
    if len(words) == 2 and words[0].kind & (Kind.GROUP | Kind.COUNTRY) and head in _TROOPS:
        add_entry(line, words[0], out)
    elif len(words) == 2 and words[0].kind & Kind.GIVEN and head in _SURNAMES:
        add(line, named, out, PERSON, 3.0)
    else:
        weight = 3.5
        if all(is_common_item(line, item) for item in words):
            weight = _TWO_COMMON if len(words) == 2 else _ALL_COMMON
        candidate = add(line, named, out, ORGANISATION, weight)
        if candidate and candidate.weak and is_common_item(line, words[0]) and not words[0].kind:
            candidate.votes[ORGANISATION] -= 1.0
    return rest


def _head(line: Line, items: list[Item]) -> tuple[int, int] | None:
    """The position of the head, and where the name that it heads ends."""
    last = None
    for h, item in enumerate(items):
        if not item.kind & Kind.ORGANISATION_HEAD or item.kind & Kind.GIVEN:
            continue
        last = h
        if h + 1 < len(items) and links(line, items[h + 1]):
            return h, len(items)
    if last is None or (last + 1 < len(items) and items[-1].kind & Kind.PLACE_HEAD):
        return None
    return last, last + 1


def place(line: Line, items: list[Item], out: list[Candidate]) -> list[Item] | None:
    """Adds the place that the items name; gives the items left, or None if there is none."""
    if len(items) < 2:
        return None
    first, last = items[0], items[-1]
    linked = links(line, items[1])
    if first.kind & Kind.PLACE_FIRST and not first.kind & Kind.GIVEN:
        word = line.words[first.start].lower()
        general = is_common_item(line, first) and word not in _PLAIN_FIRST
        numbered = len(items) == 2 and line.words[items[1].start].isdigit()
        if linked or numbered or (not (items[1].joint and word != "st") and not general):
            end = len(items) if linked else name_end(line, items, 0)
            add(line, items[:end], out, PLACE, 3.0)
            return items[end:]
    if line.words[last.start] == "-" and last.end - last.start == 2:
        add(line, items, out, PLACE, 0.0)
        return []
    if not last.kind & Kind.PLACE_HEAD or last.kind & Kind.GIVEN:
        return None
    words = [item for item in items if not item.joint]
    head = line.words[last.start].lower()
    if len(words) == 2 and words[0].kind & Kind.GIVEN and head in _SURNAMES:
        add(line, items, out, PERSON, 2.0)
    elif all(is_common_item(line, item) for item in words):
        add(line, items, out, PLACE, 1.0 if line.headline else 1.5)
    else:
        add(line, items, out, PLACE, 3.0)
    return []
