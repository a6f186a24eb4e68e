"""Text as tokens: words, numbers and single marks, with their places in the text.

A line break always ends a line of tokens, for a name does not run over one. Very long lines
are cut at a space, so that no list of tokens grows with the length of a line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from index.letters import APOSTROPHES, UNDECOMPOSED

LONGEST_LINE = 20_000
"""Characters. Longer lines are cut at a space: it bounds memory, and no sentence is so long."""
LONGEST_WORD = 60
"""Characters. Longer runs of letters are no words, and are passed over."""

_WORD = rf"[\w\u0300-\u036f]+(?:[{APOSTROPHES}](?![sS]\b)[\w\u0300-\u036f]+)*"
_TOKEN = re.compile(
    rf"(?:[A-Z]\.){{2,}}|(?:[A-Z]\.)+[A-Z]\b|\d+(?:[.,]\d+)*(?:[^\W\d_]+\b)?|{_WORD}|[^\w\s]"
)
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_DROPPED = str.maketrans("", "", APOSTROPHES + ".")


class Line:
    """One line of a text as tokens. `starts` and `ends` count from the start of the text."""

    __slots__ = ("ends", "headline", "start", "starts", "text", "words")

    def __init__(self, text: str, start: int, end: int) -> None:
        """Takes the whole text, and where in it the line stands."""
        self.text = text
        self.start = start
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.headline = False
        """Whether its words are capitalised as in a headline, so that a capital says little."""
        for match in _TOKEN.finditer(text, start, end):
            self.words.append(match.group())
            self.starts.append(match.start())
            self.ends.append(match.end())

    def __len__(self) -> int:
        return len(self.words)

    def word(self, i: int) -> str:
        """The token at `i`, or an empty string outside the line."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def touches(self, i: int) -> bool:
        """Whether nothing stands between token `i` and the next one."""
        return 0 <= i < len(self.words) - 1 and self.ends[i] == self.starts[i + 1]

    def near(self, i: int) -> bool:
        """Whether at most two characters of space stand between token `i` and the next one."""
        return 0 <= i < len(self.words) - 1 and self.starts[i + 1] - self.ends[i] <= 2


def lines(text: str) -> Iterator[Line]:
    """Gives the lines of a text that hold anything, in order."""
    for match in _LINE.finditer(text):
        start, end = match.span()
        while end - start > LONGEST_LINE:
            cut = text.rfind(" ", start, start + LONGEST_LINE)
            cut = start + LONGEST_LINE if cut <= start else cut
            yield Line(text, start, cut)
            start = cut
        yield Line(text, start, end)


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Gives a word without case, accents, apostrophes and full stops: `Kata’ib` → `kataib`."""
    if word.isascii():
        return word.lower().translate(_DROPPED)
    apart = unicodedata.normalize("NFKD", word)
    plain = "".join(c for c in apart if not unicodedata.combining(c)).casefold()
    return plain.translate(UNDECOMPOSED).translate(_DROPPED)


def split(name: str) -> list[str]:
    """Gives the words of a name as they are, without marks."""
    return [word for word in _TOKEN.findall(name) if word[0].isalnum()]


def fold_words(name: str) -> list[str]:
    """Gives the folded words of a name, without marks."""
    return [folded for word in split(name) if (folded := fold(word))]


def word_set(words: str) -> frozenset[str]:
    """Gives the words of a string, parted by spaces, as a set."""
    return frozenset(words.split())
