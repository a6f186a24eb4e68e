"""Weapons: named ones and designators (`Katyusha`, `F-16`), and plain nouns with what stands
before them (`ballistic missiles`, `Patriot air defense batteries`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from index.entities.lexicon import read
from index.entities.tokens import Line, fold_words, word_set

_LONGEST = 7
"""Tokens that are looked at before a head noun."""
_VERBS_AFTER = word_set("out up down away")
_VERBS = word_set("shell shells tank tanks bomb bombs mortar cannon drone")
"""Head nouns that are also verbs, or other things: to bomb, a fuel tank."""
_NO_WEAPON_AFTER = word_set(
    "to will would may could he they it gas fuel water think oil royal septic fish"
)
"""Words after which those are no weapons."""
_NAMESAKES = frozenset({"Shell", "Tank", "Cannon"})
"""What with a capital is rather a company or a person."""


class _Weapons:
    """The weapon lexicon, by first folded word."""

    def __init__(self) -> None:
        section = ""
        self.names: dict[str, list[tuple[str, ...]]] = {}
        self.heads: dict[str, list[tuple[str, ...]]] = {}
        self.modifiers: set[tuple[str, ...]] = set()
        for line in read("weapons.txt"):
            if line.isupper() and " " not in line and "," not in line:
                section = line
                continue
            for entry in line.split(","):
                words = tuple(fold_words(entry))
                if not words:
                    continue
                if section == "NAMES":
                    self.names.setdefault(words[0], []).append(words)
                elif section == "HEADS":
                    for form in (words, (*words[:-1], _plural(words[-1]))):
                        self.heads.setdefault(form[0], []).append(form)
                else:
                    self.modifiers.add(words)
        for table in (self.names, self.heads):
            for entries in table.values():
                entries.sort(key=len, reverse=True)
        self.first = frozenset(self.names) | frozenset(self.heads)


def _plural(word: str) -> str:
    return word if word.endswith("s") else word + "s"


@lru_cache(maxsize=1)
def _weapons() -> _Weapons:
    return _Weapons()


def first_words() -> frozenset[str]:
    """Gives the lower-case words that a weapon may begin with; only there need one look."""
    return _weapons().first


def _match(line: Line, i: int, entries: list[tuple[str, ...]], named: bool) -> int:
    """Where the longest of `entries` that begins at token `i` ends, or 0."""
    words = line.words
    for entry in entries:
        j = i
        for k, wanted in enumerate(entry):
            if k and j < len(words) and words[j] in "-‐/" and line.touches(j - 1):
                j += 1
            if j >= len(words) or (k and not line.near(j - 1)):
                break
            if "".join(fold_words(words[j])) != wanted:
                break
            j += 1
        else:
            if not named or words[i][0].isupper() or words[i][0].isdigit():
                return j
    return 0


def weapons(line: Line, triggers: list[int]) -> Iterator[tuple[int, int]]:
    """Gives first and one past last token of each weapon in a line, in order, without overlap.

    `triggers` are the tokens whose lower-case form is among `first_words()`.
    """
    table = _weapons()
    done = 0
    for i in triggers:
        if i < done:
            continue
        word = line.words[i].lower()
        end = _match(line, i, table.names.get(word, []), named=True)
        named = bool(end)
        if end and not _designates(line, i, end):
            end = 0
        if not end:
            end = _match(line, i, table.heads.get(word, []), named=False)
        if not end or (not named and not _is_noun(line, i, end)):
            continue
        start = i if named else _modifiers(line, i, done, table)
        while True:
            longer = _head_after(line, end, table)
            if not longer:
                break
            end = longer
        if (
            end < len(line)
            and line.words[end] == "-"
            and line.touches(end - 1)
            and line.touches(end)
        ):
            continue
        yield start, end
        done = end


def _designates(line: Line, i: int, end: int) -> bool:
    """Whether a name stands by itself: all capitals or digits in it, or two letters and more."""
    word = line.words[i]
    if word.isupper() or len(line.words[i]) > 3 or end - i > 1:
        return not (line.word(end) in "-" and line.touches(end) and line.word(end + 1).isdigit())
    return False


def _is_noun(line: Line, i: int, end: int) -> bool:
    """Whether a plain noun is one here: `bombs` after a name or `to` may be a verb."""
    word, before = line.words[i].lower(), line.word(i - 1).lower()
    if word in _VERBS:
        if before in _NO_WEAPON_AFTER:
            return False
        if line.words[i] in _NAMESAKES and not line.headline:
            return False
    return line.word(end).lower() not in _VERBS_AFTER


def _head_after(line: Line, end: int, table: _Weapons) -> int:
    """Where a head noun ends that follows directly, modifiers in between: `… defense batteries`."""
    if end >= len(line) or not line.near(end - 1):
        return 0
    j = end
    while j < len(line) and line.near(j - 1) and (line.words[j].lower(),) in table.modifiers:
        j += 1
    if j >= len(line) or not line.near(j - 1):
        return 0
    return _match(line, j, table.heads.get(line.words[j].lower(), []), named=False)


def _modifiers(line: Line, i: int, least: int, table: _Weapons) -> int:
    """The first token of the modifiers that stand before the head noun at `i`."""
    start = i
    while start > least:
        for count in (1, 3, 5, 7):
            a = start - count
            if count > _LONGEST or a < least or not line.near(start - 1):
                continue
            if count > 1 and line.words[a + 1] not in ("-", "‐"):
                continue
            if (
                tuple(w.lower() for w in line.words[a:start] if w not in ("-", "‐"))
                in table.modifiers
            ):
                start = a
                break
        else:
            break
    return start
