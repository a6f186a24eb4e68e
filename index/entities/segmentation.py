"""A run of capitalised words segmented into candidate names.

Titles cut a run (`IRGC General | Qassam Soleimani`), head words tell organisations and places,
given names tell persons, and what is left is decided by its surroundings (`context.py`) and by the
rest of the document (`document.py`).
"""

from __future__ import annotations

from index.entities.candidates import (
    HEADS,
    NAMED,
    ORGANISATION,
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
from index.entities.head_words import organisation, place
from index.entities.lexicon import Kind
from index.entities.persons import after_title, given, title_at
from index.entities.tokens import Line, word_set

_NOT_NAMES = word_set(
    "hurricane cyclone typhoon storm operation uss hms ins fs mv ss flight project article section "
    "chapter figure table"
)
"""Words that begin names of other kinds: storms, ships, operations, parts of books."""
_WITHIN_UNKNOWN = (
    Kind.GIVEN
    | Kind.SURNAME
    | Kind.TITLE
    | Kind.PLACE_HEAD
    | Kind.ORGANISATION_HEAD
    | Kind.ARABIC_HEAD
    | Kind.PLACE
)
_UNKNOWN = 1.8
"""Votes that two or three unknown words are a person."""


def segment(line: Line, items: list[Item]) -> list[Candidate]:
    """Gives the candidate names of one run, in order."""
    out: list[Candidate] = []
    if not line.headline:
        _split(line, items, out)
        return out
    part: list[Item] = []
    for item in items:
        personal = item.kind & (NAMED | Kind.GIVEN)
        if item.joint or personal or not is_common_item(line, item) or _title_here(item, part):
            part.append(item)
        else:
            _split(line, part, out)
            part = []
    _split(line, part, out)
    return out


def _title_here(item: Item, part: list[Item]) -> bool:
    return bool(item.kind & Kind.TITLE) and not (part and part[-1].kind & Kind.GIVEN)


def _split(line: Line, items: list[Item], out: list[Candidate]) -> None:
    items = bare(line, items)
    while items:
        first = items[0]
        if line.words[first.start].lower() in _NOT_NAMES and len(items) > 1:
            return
        if not _begins_only_the_sentence(line, items):
            break
        items = bare(line, items[1:])
    if not items:
        return
    title = title_at(line, items)
    if title is None:
        _untitled(line, items, out)
    else:
        _titled(line, items, title, out)


def _begins_only_the_sentence(line: Line, items: list[Item]) -> bool:
    """Whether the first item is an ordinary word before a name, at the start of a sentence."""
    first = items[0]
    return (
        len(items) > 1
        and not first.kind
        and not items[1].joint
        and is_common_item(line, first)
        and is_initial(line, first.start)
        and not items[-1].kind & HEADS
    )


def _titled(line: Line, items: list[Item], k: int, out: list[Candidate]) -> None:
    last = items[-1]
    right = items[k + 1 :]
    named = any(item.kind & Kind.GIVEN for item in right)
    if last.kind & HEADS and right and (k == 0 or not named):
        which = ORGANISATION if last.kind & Kind.ORGANISATION_HEAD else PLACE
        add(line, items, out, which, 3.0)
        return
    left = list(items[:k])
    while left and is_common_item(line, left[-1]) and not left[-1].kind & HEADS:
        left.pop()
    _split(line, left, out)
    if right and links(line, right[0]):
        _split(line, right[1:], out)
    else:
        _split(line, after_title(line, right, out), out)


def _untitled(line: Line, items: list[Item], out: list[Candidate]) -> None:
    first, last = items[0], items[-1]
    if len(items) == 1 and first.kind & NAMED:
        add_entry(line, first, out)
        return
    arabic = first.kind & Kind.ARABIC_HEAD and len(items) > 1
    if arabic and not items[1].kind & (Kind.GIVEN | NAMED):
        add(line, items, out, ORGANISATION, 4.0)
        return
    rest = organisation(line, items, out)
    if rest is None:
        rest = place(line, items, out)
    if rest is not None:
        _split(line, rest, out)
    elif len(items) > 1 and last.kind & Kind.OTHER and not last.kind & NAMED:
        for item in items[:-1]:
            if item.kind & (Kind.COUNTRY | Kind.GROUP):
                add_entry(line, item, out)
    else:
        _left_to_right(line, items, out)


def _left_to_right(line: Line, items: list[Item], out: list[Candidate]) -> None:
    k = 0
    while k < len(items):
        item = items[k]
        following = items[k + 1] if k + 1 < len(items) else None
        if item.joint and not line.words[item.start][0].isalpha():
            k += 1
        elif item.kind & (Kind.GIVEN | Kind.SURNAME) or (item.joint and following is not None):
            k = given(line, items, k, out)
        elif item.kind & NAMED:
            k = _entry_or_more(line, items, k, out)
        elif item.joint or item.kind & Kind.OTHER:
            k += 1
        else:
            k = _unknown(line, items, k, out)


def _entry_or_more(line: Line, items: list[Item], k: int, out: list[Candidate]) -> int:
    """An entry of a lexicon; a city and an unknown word may be an organisation's name."""
    item = items[k]
    following = items[k + 1] if k + 1 < len(items) else None
    city = item.kind & Kind.PLACE and not item.kind & (Kind.COUNTRY | Kind.ORGANISATION)
    unknown = following is not None and not following.joint and not following.kind
    if city and following and unknown and not is_common_item(line, following):
        candidate = add(line, items[k : k + 2], out, ORGANISATION, 0.6)
        if candidate:
            candidate.votes[PERSON] += 0.4
        return k + 2
    add_entry(line, item, out)
    return k + 1


def _unknown(line: Line, items: list[Item], k: int, out: list[Candidate]) -> int:
    """Words of no lexicon, up to the next entry of one; gives where they end."""
    end = k + 1
    while end < len(items):
        item = items[end]
        if links(line, item):
            break
        if item.kind & ~_WITHIN_UNKNOWN and not (items[end - 1].joint and end > k + 1):
            break
        end += 1
    part = bare(line, items[k:end])
    words = [item for item in part if not item.joint]
    text = [line.words[item.start] for item in words]
    commons = sum(is_common_item(line, item) for item in words)
    if len(words) == 1:
        if not commons:
            _single(line, part, text[0], out)
    elif commons == len(words):
        add(line, part, out, ORGANISATION, 0.3)
    elif commons:
        candidate = add(line, part, out, PERSON, 0.7)
        if candidate:
            candidate.votes[ORGANISATION] += 0.7
    elif any(word.isupper() and len(word) > 1 for word in text):
        add(line, part, out, ORGANISATION, 0.9)
    elif any(line.words[item.start] == "&" for item in part):
        add(line, part, out, ORGANISATION, 2.5)
    else:
        particle = any(item.joint and line.words[item.start][0].isalpha() for item in part)
        add(line, part, out, PERSON, _UNKNOWN if particle or len(words) < 4 else 1.0)
    return end


def _single(line: Line, part: list[Item], word: str, out: list[Candidate]) -> None:
    """One unknown word: an acronym, or one with capitals inside, is rather an organisation."""
    inside = any(c.isupper() for c in word[1:]) and not word.startswith(("Mc", "Mac", "O'", "O’"))
    if inside or word.isupper():
        add(line, part, out, ORGANISATION, 0.6 if len(word) > 1 else 0.0)
    else:
        add(line, part, out, PERSON, 0.0)
