"""Runs of capitalised words, the raw material of names, cut into the entries of the lexicons.

A run goes on over particles (`al-`, `bin`, `van`), hyphens, initials, `&`, and, after a word
that begins the name of an organisation or a place (`Ministry`, `Gulf`), over `of`, `for` and `and`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from index.entities.lexicon import Kind, function_words, is_common, lexicon
from index.entities.tokens import LONGEST_WORD, Line, fold, word_set

ARTICLES = word_set("al el ad ar as ash an at az ez ed ul ur us")
"""Arabic articles; in lower case they count only before a hyphen, but for al and el."""
PARTICLES = word_set(
    "al el bin ibn ben abu abi umm bint van von der den de da di du del della dos la le ul y"
)
_LEADING = word_set("al el bin ibn abu van von de")
"""Particles that a run may begin with in lower case."""
_HYPHENS = frozenset("-‐‑")
_NAMED = Kind.PLACE | Kind.COUNTRY | Kind.GROUP | Kind.ORGANISATION
_HEAD = Kind.ORGANISATION_HEAD | Kind.PLACE_HEAD | Kind.PLACE_FIRST | Kind.TITLE
_BEFORE_STOP = word_set(
    "gen lt col sgt maj capt adm brig sen rep gov dr mr mrs ms prof rev hon cpl pvt cmdr st mt ft "
    "messrs spc pfc supt insp jr sr"
)
_OWNERS = word_set(
    "people peoples women workers children men farmers teachers students veterans lord nurses "
    "miners writers employers king queen"
)
"""Possessives that begin names of organisations: People's Party, Workers' Party."""
_LOWER_HALVES = word_set("led born made era run held style like wide a in up")
"""What follows a hyphen after a name without being part of it; ordinary words are none anyway."""


class Item(NamedTuple):
    """A lexicon entry, a single word, or what joins two of them, at tokens `start:end`."""

    start: int
    end: int
    kind: int = 0
    name: str = ""
    joint: bool = False


def is_capital(word: str) -> bool:
    """Whether a token is a word with a capital."""
    return word[0].isupper() and len(word) <= LONGEST_WORD


def is_initial(line: Line, i: int) -> bool:
    """Whether token `i` begins a sentence, so that its capital says nothing."""
    while i > 0:
        before = line.words[i - 1]
        if before in ".!?:•":
            return not (before == "." and i > 1 and fold(line.words[i - 2]) in _BEFORE_STOP)
        if before not in "“\"'‘([*-–—#>_":
            return False
        if before in '“"' and i > 1 and line.words[i - 2] not in ",.:;!?":
            return not line.words[i - 2][0].isalnum()
        if before in "([-–—'‘":
            return i == 1
        i -= 1
    return True


def runs(line: Line, blocked: bytearray) -> Iterator[list[Item]]:
    """Gives each run of a line as its items, in order. Tokens set in `blocked` end a run."""
    i, n = 0, len(line)
    while i < n:
        if not _starts(line, i, blocked):
            i += 1
            continue
        items: list[Item] = []
        at: int | None = i
        while at is not None:
            i = _take(line, at, items, blocked)
            at = _go_on(line, i, items, blocked)
        yield items


def _starts(line: Line, i: int, blocked: bytearray) -> bool:
    word = line.words[i]
    if blocked[i]:
        return False
    if not word[0].isupper():
        if word not in ARTICLES and word not in _LEADING:
            return False
        if i + 2 < len(line) and line.words[i + 1] in _HYPHENS and line.touches(i):
            return word in ARTICLES and line.touches(i + 1) and is_capital(line.words[i + 2])
        return word in _LEADING and line.near(i) and is_capital(line.words[i + 1])
    if len(word) > LONGEST_WORD:
        return False
    if _is_contraction(word) or (word[-1] == "s" and word[:-1].isupper() and len(word) > 2):
        return False
    if word.lower() not in function_words():
        return True
    phrase = lexicon().find(line, i)
    if phrase is None:
        return False
    if word.isupper() and len(word) > 1 and not line.headline:
        return True
    if phrase.end > i + 1:
        return bool(phrase.kind & _NAMED)
    following = line.word(i + 1)
    return (
        bool(phrase.kind & Kind.GIVEN)
        and not line.headline
        and line.near(i)
        and is_capital(following or "x")
        and not is_common(following)
    )


def _is_contraction(word: str) -> bool:
    """Whether a word is a small one with an ending: I've, That's, We’ll."""
    for mark in "'’":
        head, found, _ = word.partition(mark)
        if found and head.lower() in function_words():
            return True
    return False


def _take(line: Line, i: int, items: list[Item], blocked: bytearray) -> int:
    """Adds the item at token `i` to `items`; gives where it ends."""
    phrase = lexicon().find(line, i)
    if phrase and not any(blocked[i : phrase.end]):
        kind = phrase.kind
        if kind & Kind.ORGANISATION and phrase.end - i > 1:
            words = (word for word in line.words[i : phrase.end] if word[0].isalpha())
            if line.words[phrase.end - 1] not in _HYPHENS and all(map(is_common, words)):
                kind |= Kind.ORGANISATION_HEAD
        items.append(Item(i, phrase.end, kind, phrase.name))
        return phrase.end
    if line.words[i] in PARTICLES or line.words[i] in ARTICLES:
        end = i + 2 if line.word(i + 1) in _HYPHENS else i + 1
        items.append(Item(i, end, joint=True))
        return end
    items.append(Item(i, i + 1))
    return i + 1


def _go_on(line: Line, i: int, items: list[Item], blocked: bytearray) -> int | None:
    """Where the next item of the run begins, joints added to `items`, or None at its end."""
    if i >= len(line) or not line.near(i - 1) or blocked[i]:
        return None
    word = line.words[i]
    if word[0].isupper():
        if word.lower() in function_words() and not _named(line, i):
            return None
        return i if len(word) <= LONGEST_WORD else None
    following = line.word(i + 1)
    if not following or blocked[i + 1] or not line.near(i):
        return None
    capital = is_capital(following)
    if items[-1].joint and items[-1].end == i and not capital and word not in PARTICLES:
        return i if _is_article(line, i) else None
    if word in _HYPHENS:
        return _hyphen(line, i, items)
    if word == ".":
        before = line.words[i - 1]
        short = (len(before) == 1 and before.isupper()) or fold(before) in _BEFORE_STOP
        return _joined(items, i, i + 1) if short and capital else None
    if _is_article(line, i) and i + 2 < len(line):
        return _joined(items, i, i + 2)
    if word in PARTICLES and (capital or following in PARTICLES):
        return _joined(items, i, i + 1)
    if word == "&" and capital:
        return _joined(items, i, i + 1)
    if word in ("of", "for", "on", "and"):
        return _small_word(line, i, items)
    if word.isdigit() and len(word) < 4 and items[-1].kind & (Kind.PLACE_HEAD | Kind.PLACE_FIRST):
        items.append(Item(i, i + 1))
        return None
    if word in "'’" and line.touches(i - 1) and fold(line.words[i - 1]) in _OWNERS:
        end = i + 2 if following == "s" and line.touches(i) else i + 1
        if is_capital(line.word(end) or "x") and line.near(end - 1):
            return _joined(items, i, end)
    return None


def _joined(items: list[Item], start: int, end: int) -> int:
    items.append(Item(start, end, joint=True))
    return end


def _is_article(line: Line, i: int) -> bool:
    """Whether `al-` or the like stands at `i`, before a capital."""
    return (
        line.words[i] in ARTICLES
        and line.word(i + 1) in _HYPHENS
        and line.touches(i)
        and line.touches(i + 1)
        and is_capital(line.word(i + 2) or "x")
    )


def _named(line: Line, i: int) -> bool:
    """Whether a small word in capitals is a name all the same: US, WHO."""
    word = line.words[i]
    if not word.isupper() or len(word) < 2:
        return False
    phrase = lexicon().find(line, i)
    return phrase is not None and bool(phrase.kind & _NAMED)


def _hyphen(line: Line, i: int, items: list[Item]) -> int | None:
    """Goes on over a hyphen inside a name, not over one between two names (US-Iraq talks)."""
    if not (line.touches(i - 1) and line.touches(i)):
        return None
    following = line.words[i + 1]
    if following[0].isdigit():
        if line.words[i - 1].isupper() and len(line.words[i - 1]) <= 4:
            items.append(Item(i, i + 2))
        return None
    if _is_article(line, i + 1) and i + 3 < len(line):
        return _joined(items, i, i + 3)
    if not is_capital(following):
        return _korean(line, i, items)
    phrase = lexicon().find(line, i + 1)
    left = items[-1].kind & _NAMED and not items[-1].kind & Kind.GIVEN
    right = phrase is not None and phrase.kind & _NAMED and not phrase.kind & Kind.GIVEN
    article = fold(line.words[i - 1]) in ARTICLES
    if (left or right) and not article:
        return None
    return _joined(items, i, i + 1)


def _korean(line: Line, i: int, items: list[Item]) -> int | None:
    """Takes in the small second half of a given name: Kim Jong-il, Chen Shui-bian."""
    following = line.words[i + 1]
    named = items[-1].kind & (_NAMED | Kind.TITLE)
    half = following.isalpha() and len(following) < 7 and following not in _LOWER_HALVES
    if half and len(items) > 1 and not named and not is_common(following):
        items.append(Item(i, i + 2))
    return None


def _small_word(line: Line, i: int, items: list[Item]) -> int | None:
    """Goes on over `of`, `for`, `on` and `and` inside the names of organisations and places."""
    word = line.words[i]
    end = i + 1
    if line.word(end) == "the" and word != "and":
        end += 1
    if not line.near(end - 1) or not is_capital(line.word(end) or "x"):
        return None
    if line.words[end].lower() in function_words() and not _named(line, end):
        return None
    last = items[-1]
    if word == "and":
        inside = any(item.joint and line.words[item.start] in ("of", "for", "on") for item in items)
        phrase = lexicon().find(line, end)
        other = phrase is not None and phrase.kind & (_NAMED | Kind.GIVEN | Kind.TITLE)
        last_named = last.kind & (_NAMED | Kind.GIVEN)
        return _joined(items, i, end) if inside and not other and not last_named else None
    if last.kind & _HEAD and (word != "on" or last.kind & Kind.ORGANISATION_HEAD):
        return _joined(items, i, end)
    return None
