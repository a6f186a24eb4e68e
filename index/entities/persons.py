"""Persons: what follows a title (`Prime Minister Mustafa al-Kadhimi`) or a given name."""

from __future__ import annotations

from index.entities.candidates import (
    HEADS,
    NAMED,
    PERSON,
    PLACE,
    Candidate,
    add,
    add_entry,
    bare,
    is_common_item,
    links,
)
from index.entities.capitalised_runs import Item, is_initial
from index.entities.lexicon import Kind
from index.entities.tokens import Line

_LONGEST = 7
"""Words of a person's name."""


def title_at(line: Line, items: list[Item]) -> int | None:
    """Gives the position of the first item that is a title here, or None.

    `King`, `Sheikh` and the like are names after a given name: Martin Luther King.
    """
    for k, item in enumerate(items):
        if not item.kind & Kind.TITLE or item.kind & Kind.ORGANISATION:
            continue
        before = items[k - 1] if k else None
        inside = before is not None and (
            before.kind & Kind.GIVEN
            or (k > 1 and not before.joint and not before.kind and items[k - 2].kind & Kind.GIVEN)
            or (before.joint and line.words[before.start].lower() in ("al", "el", "bin", "abu"))
        )
        if inside and item.end - item.start == 1:
            continue
        following = items[k + 1] if k + 1 < len(items) else None
        if following and (item.kind & Kind.GIVEN and following.joint):
            continue
        if (
            following
            and following.kind & Kind.ORGANISATION_HEAD
            and not following.kind & (Kind.GIVEN | Kind.SURNAME)
        ):
            continue
        return k
    return None


def after_title(line: Line, items: list[Item], out: list[Candidate]) -> list[Item]:
    """Adds the person that the items after a title name; gives the items that are left."""
    items = bare(line, items)
    while items and items[0].kind & Kind.TITLE and not items[0].kind & Kind.GIVEN:
        items = bare(line, items[1:])
    if not items:
        return []
    first = items[0]
    alone = len(items) == 1
    personal = first.kind & (Kind.GIVEN | Kind.SURNAME)
    if first.kind & (Kind.COUNTRY | Kind.GROUP | Kind.ORGANISATION) and not personal:
        return items
    if first.kind & Kind.OTHER or (alone and first.kind & HEADS and not personal):
        return []
    if alone and is_common_item(line, first) and line.headline and not personal:
        return []
    end = name_end(line, items, 0)
    add(line, items[:end], out, PERSON, 4.0)
    return items[end:]


def name_end(line: Line, items: list[Item], k: int) -> int:
    """Where the name of a person that begins at item `k` ends."""
    j = k + 1
    count = 1
    while j < len(items) and count < _LONGEST:
        item = items[j]
        if item.joint:
            if links(line, item) or line.words[item.start] == "&":
                break
        else:
            after_article = items[j - 1].joint and line.words[items[j - 1].start] not in "-."
            if not after_article and _ends_before(item, j + 1 == len(items)):
                break
            count += 1
        j += 1
    while j > k + 1 and items[j - 1].joint:
        j -= 1
    return j


def _ends_before(item: Item, last: bool) -> bool:
    """Whether the name of a person ends before this item."""
    if item.kind & (Kind.GIVEN | Kind.SURNAME):
        return False
    if item.kind & (Kind.GROUP | Kind.ORGANISATION):
        return True
    if item.kind & Kind.COUNTRY and not last:
        return True
    return item.end - item.start > 1 and not item.kind & Kind.PLACE


def given(line: Line, items: list[Item], k: int, out: list[Candidate]) -> int:
    """Adds the person of a given name (or an article) at item `k`; gives where the name ends."""
    end = name_end(line, items, k)
    part = items[k:end]
    words = [item for item in part if not item.joint]
    lead = items[k].kind & (Kind.GIVEN | Kind.SURNAME)
    first = words[0] if words else items[k]
    common = is_common_item(line, first)
    if len(words) > 1 and lead:
        commons = all(is_common_item(line, item) for item in words)
        doubtful = common and is_initial(line, first.start)
        add(line, part, out, PERSON, 1.5 if commons else 3.0 if doubtful else 4.0)
    elif lead and items[k].kind & NAMED:
        add_entry(line, items[k], out)
    elif lead:
        surname = items[k].kind & Kind.SURNAME
        add(line, part, out, PERSON, 0.6 if common and not surname else 1.6)
    else:
        candidate = add(line, part, out, PERSON, 0.5)
        if candidate and len(words) == 1 and first.kind & Kind.PLACE:
            candidate.votes[PLACE] += 2.0
    return end
