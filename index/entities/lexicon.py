"""The lexicons: what is known of words and names before any text is read.

They are plain text files in `lexicons/`; each says at its top what it holds. Entries are parted
by commas or line ends, other names of one thing by `=`. An entry of capitals alone (`US`, `PMF`)
is found in capitals only.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from index.entities.tokens import Line, fold, fold_words, split, word_set

_FOLDER = Path(__file__).with_name("lexicons")
_INSIDE = frozenset("-‐‑.&/'’")
"""Marks that may stand between two words of one entry."""
_ARTICLES = word_set("al el ad ar as ash an at az ez bin ibn abu ul ur e i de la le du van von")
"""Words of entries that texts write with or without a capital."""


class Kind:
    """What a word or phrase may be, as bits; several at once for some (Jordan, Georgia).

    Plain integers, for they are tested hundreds of thousands of times a second.
    """

    PLACE = 1
    COUNTRY = 2
    GROUP = 4
    ORGANISATION = 8
    GIVEN = 16
    TITLE = 32
    ORGANISATION_HEAD = 64
    PLACE_HEAD = 128
    PLACE_FIRST = 256
    OTHER = 512
    ARABIC_HEAD = 1024
    SURNAME = 2048


class Phrase(NamedTuple):
    """One entry found in a line: it ends before token `end`."""

    end: int
    kind: int
    name: str
    """The first name of its entry."""


class _Entry(NamedTuple):
    rest: tuple[str, ...]
    """The folded words after the first."""
    capital: tuple[bool, ...]
    """Which of them must begin with a capital in a text."""
    kind: int
    name: str


class Lexicon:
    """All lexicons of names in one table, by first word."""

    def __init__(self) -> None:
        self._phrases: dict[str, list[_Entry]] = {}
        self._capitals: dict[str, tuple[int, str]] = {}
        self._load()
        for entries in self._phrases.values():
            entries.sort(key=lambda entry: -len(entry.rest))

    def _load(self) -> None:
        for file, kind in (
            ("cities.txt", Kind.PLACE),
            ("regions.txt", Kind.PLACE),
            ("organisations.txt", Kind.ORGANISATION),
            ("titles.txt", Kind.TITLE),
            ("organisation_heads.txt", Kind.ORGANISATION_HEAD),
            ("arabic_heads.txt", Kind.ARABIC_HEAD),
            ("other_names.txt", Kind.OTHER),
        ):
            for line in read(file):
                self._add_all(line, kind)
        for line in read("place_heads.txt"):
            last, _, first = line.partition("|")
            self._add_all(last, Kind.PLACE_HEAD)
            self._add_all(first, Kind.PLACE_FIRST)
        for line in read("countries.txt"):
            names, _, people = line.partition("|")
            self._add_all(names, Kind.COUNTRY | Kind.PLACE)
            self._add_people(people)
        for line in read("groups.txt"):
            self._add_people(line)
        for file, kind in (("given_names.txt", Kind.GIVEN), ("surnames.txt", Kind.SURNAME)):
            for line in read(file):
                for word in line.split():
                    self._add(word, kind, word)

    def _add_all(self, line: str, kind: int) -> None:
        for entry in line.split(","):
            names = [name.strip() for name in entry.split("=")]
            for name in names:
                if name:
                    self._add(name, kind, names[0])

    def _add_people(self, line: str) -> None:
        for entry in line.split(","):
            names = [name.strip() for name in entry.split("=")]
            for name in names:
                if name:
                    self._add(name, Kind.GROUP, names[0])
                    if not name.endswith(("s", "sh", "ch", "ese", "x", "men", "man")):
                        self._add(name + "s", Kind.GROUP, names[0])

    def _add(self, name: str, kind: int, canonical: str) -> None:
        if name.isupper() and len(name) < 8 and " " not in name:
            key = name.replace(".", "").replace("-", "")
            old = self._capitals.get(key)
            self._capitals[key] = (old[0] | kind, old[1]) if old else (int(kind), canonical)
            if name.isalnum():
                return
        words = (fold(name),) if name.isalpha() else tuple(fold_words(name))
        if not words:
            return
        entries = self._phrases.setdefault(words[0], [])
        for i, entry in enumerate(entries):
            if entry.rest == words[1:]:
                entries[i] = entry._replace(kind=entry.kind | kind)
                return
        capital: tuple[bool, ...] = ()
        if len(words) > 1:
            found = [word[0].isupper() and fold(word) not in _ARTICLES for word in split(name)]
            capital = tuple(found[1:])
        entries.append(_Entry(words[1:], capital, int(kind), canonical))

    def kind(self, word: str) -> int:
        """What a single word may be, in any case."""
        for entry in self._phrases.get(fold(word), ()):
            if not entry.rest:
                return entry.kind
        return 0

    def find(self, line: Line, i: int) -> Phrase | None:
        """Gives the longest entry that begins at token `i` of a line."""
        words = line.words
        word = words[i]
        if word.isupper():
            found = self._capitals.get(word.replace(".", ""))
            if found and not self._longer(line, i):
                return Phrase(i + 1, *found)
            if len(word) < 4 and not self._longer(line, i):
                return None
        return self._longer(line, i, 0)

    def _longer(self, line: Line, i: int, least: int = 1) -> Phrase | None:
        words = line.words
        entries = self._phrases.get(fold(words[i]))
        if not entries:
            return None
        count = len(words)
        for rest, capital, kind, name in entries:
            if len(rest) < least:
                return None
            end = i + 1
            for wanted, needs_capital in zip(rest, capital, strict=True):
                if end < count and words[end] in _INSIDE and line.near(end - 1):
                    end += 1
                if end >= count or not line.near(end - 1) or fold(words[end]) != wanted:
                    break
                if needs_capital and words[end][0].islower():
                    break
                end += 1
            else:
                return Phrase(end, kind, name)
        return None

    def canonical(self, name: str, kind: int) -> str | None:
        """Gives the first name of the entry that a whole name is, if it is one of this kind."""
        found = self._capitals.get(name.replace(".", "").replace("-", ""))
        if found and found[0] & kind:
            return found[1]
        words = tuple(fold_words(name))
        if not words:
            return None
        for entry in self._phrases.get(words[0], ()):
            if entry.kind & kind and entry.rest == words[1:]:
                return entry.name
        return None


def read(file: str) -> Iterator[str]:
    """Gives the lines of a lexicon file, without comments and empty lines."""
    for line in (_FOLDER / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Gives the lexicons of names, read once."""
    return Lexicon()


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Gives the base forms of ordinary English words, in lower case."""
    files = ("common_words.txt", "function_words.txt")
    return frozenset(word for file in files for line in read(file) for word in line.split())


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Gives the small words of English grammar, in lower case."""
    return frozenset(word for line in read("function_words.txt") for word in line.split())


@lru_cache(maxsize=1)
def cues() -> dict[str, frozenset[str]]:
    """Gives the words of context.txt by the heading they stand under."""
    table: dict[str, frozenset[str]] = {}
    heading = ""
    for line in read("context.txt"):
        if line.split(" ")[0].isupper():
            heading = line.split(" ")[0]
        else:
            table[heading] = table.get(heading, frozenset()) | frozenset(line.split())
    return table


@lru_cache(maxsize=1 << 16)
def is_common(word: str) -> bool:
    """Whether a word (in any case) is an ordinary English one, or a regular form of one."""
    word = word.lower()
    base = common_words()
    if word in base:
        return True
    for ending in ("'s", "s", "es", "d", "ed", "ing", "ly", "er", "ers", "ally"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word[: -len(ending)]
            if stem in base or stem + "e" in base:
                return True
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in base:
                return True
    return bool(word.endswith(("ies", "ied", "ily")) and word[:-3] + "y" in base)
