"""The articles being compared, as sentences of weighted terms.

Within a handful of articles a word says more than across a collection: names match under every
spelling, a people matches its country, and common words count little.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from index.compare.lexicon import COMMON_WORDS, SAME_WORD, STOP_WORDS
from index.compare.sentences import clauses
from index.compare.terms import fold, stem
from index.letters import APOSTROPHES
from index.model import Article, ParagraphKind

WORD = re.compile(rf"(?:[A-Z]\.){{2,}}|\w+(?:[{APOSTROPHES}]\w+)*")
NATION = re.compile(r"\b(?:United (States|Kingdom|Nations)|(?:Great )?Britain)\b")
SHORT_NATION = {"States": "us", "Kingdom": "uk", "Nations": "un"}
LONGEST = 500_000
"""An article is compared by this many characters of its body, about a book of 250 pages."""
COMMON_WEIGHT = 0.4
"""What a common word counts beside any other of the same frequency."""
BACKGROUND = 20
"""Paragraphs of other news that are thought beside those compared, so that words which a few
short articles share still weigh something."""
SUFFIX = re.compile(
    r"(?<=\w{4})(?:ings?|ions?|ements?|ments?|ers?|ors?|ed|es|ly|al|e|s)$|(?<=\w{3})(?:ing|ed|e)$"
)
PARTICLES = frozenset(("al", "el", "ul", "bin", "ibn", "de", "von", "van"))
YEAR = re.compile(r"(?:19|20)\d\d")
VOWELS = re.compile(r"[aeiouywh]+")
DOUBLED = re.compile(r"(.)\1+")

Vector = Mapping[str, float]
"""Term to weight; of length 1 unless it is empty."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a body paragraph: its place, and its terms in order."""

    paragraph: int
    start: int
    end: int
    terms: tuple[str, ...]


class Word(NamedTuple):
    """A word of a text as it stands there."""

    start: int
    end: int
    text: str
    """Folded; a country of two words is one word (`United States` is `us`)."""
    capital: bool


def words_of(text: str) -> list[Word]:
    """Gives the words of a text, in order, with their offsets."""
    nations = {m.start(): m for m in NATION.finditer(text)}
    found: list[Word] = []
    skip = 0
    for match in WORD.finditer(text):
        if match.start() < skip:
            continue
        word, end = match[0], match.end()
        if match.start() in nations:
            nation = nations[match.start()]
            skip = end = nation.end()
            found.append(Word(match.start(), end, SHORT_NATION.get(nation[1], "uk"), True))
        elif word == "US" or (word.endswith(".") and word.replace(".", "") == "US"):
            found.append(Word(match.start(), end, "us", True))
        elif word.lower() == "us":
            continue
        else:
            plain = plain_word(word)
            found.append(Word(match.start(), end, plain, word[:1].isupper()))
    return found


@lru_cache(maxsize=1 << 16)
def plain_word(word: str) -> str:
    """Gives a word folded, without the stops of an abbreviation."""
    return fold(word.replace(".", ""))


@lru_cache(maxsize=1 << 16)
def root(word: str) -> str:
    """Gives what the forms of a folded word share: `attacked` and `attacks` give `attack`.

    A word that means what another does gives that one's root.
    """
    same = SAME_WORD.get(word) or SAME_WORD.get(stem(word))
    word = same or stem(word)
    if not word.isalpha() or not word.isascii():
        return word
    return DOUBLED.sub(r"\1", SUFFIX.sub("", word)) if len(word) > 4 else word


@lru_cache(maxsize=1 << 16)
def skeleton(name: str) -> str:
    """Gives the consonants of a folded name: `kataib` and `katib` give `ktb`.

    Letters by which one Arabic letter is written, and doubled ones, count as the same. A name
    of fewer than three consonants is itself, since too many would be alike.
    """
    name = name.removesuffix("s") if len(name) > 4 else name
    bare = DOUBLED.sub(r"\1", VOWELS.sub("", name.replace("q", "k").replace("c", "k")))
    return f"^{bare}" if len(bare) >= 3 and bare.isalpha() else DOUBLED.sub(r"\1", name)


@dataclass(frozen=True, slots=True)
class Read:
    """A body paragraph, or as much of it as is compared, with its words."""

    text: str
    words: list[Word]

    def between(self, start: int, end: int) -> list[Word]:
        """Gives the words that begin in a stretch of the paragraph."""
        return self.words[bisect_left(self.words, (start,)) : bisect_left(self.words, (end,))]


def read(article: Article) -> dict[int, Read]:
    """Gives an article's body paragraphs by number, the first LONGEST characters of them."""
    found: dict[int, Read] = {}
    room = LONGEST
    for number, paragraph in enumerate(article.paragraphs):
        if paragraph.kind is ParagraphKind.BODY and room > 0:
            text = paragraph.text[:room]
            found[number] = Read(text, words_of(text))
            room -= len(text)
    return found


class Weights:
    """Term weights over the sentences of a few articles.

    Inverse frequency is counted over their paragraphs, and lowered for words that are common in
    any news, since so few articles cannot show it.
    """

    def __init__(self, articles: Sequence[Article]) -> None:
        """Takes the articles, each once; only body paragraphs count."""
        self.articles = list({article.id: article for article in articles}.values())
        self.paragraphs = [read(article) for article in self.articles]
        """For each article, its body paragraphs by number."""
        every = [paragraph for article in self.paragraphs for paragraph in article.values()]
        self._small = {w.text for p in every for w in p.words if not w.capital}
        self.sentences: list[list[Sentence]] = [
            [
                Sentence(number, start, end, self.terms(paragraph.between(start, end)))
                for number, paragraph in article.items()
                for start, end in clauses(paragraph.text)
            ]
            for article in self.paragraphs
        ]
        """The sentences of each article, in order; the longest ones in their clauses."""
        self._weights: dict[str, float] = {}
        self._size = BACKGROUND + len(every)
        self._frequency = Counter(
            term
            for article in self.sentences
            for _, term in {(s.paragraph, t) for s in article for t in s.terms}
        )

    def terms(self, words: Iterable[Word]) -> tuple[str, ...]:
        """Gives the terms of words: names by their consonants, other words by their roots.

        A number also gives a term for its magnitude, so that 150 and 160 meet.
        """
        found = []
        for word in words:
            text = word.text
            if text in STOP_WORDS or text in PARTICLES:
                continue
            is_name = word.capital and text not in self._small
            term = skeleton(SAME_WORD.get(text, text)) if is_name else root(text)
            if len(term) > 1 or term.isdecimal():
                found.append(term)
            if term.isdecimal() and 2 <= len(term) <= 9 and not YEAR.fullmatch(term) and int(term):
                found.append(f"~{round(3 * math.log10(int(term)))}")
        return tuple(found)

    def weight(self, term: str) -> float:
        """Gives the inverse paragraph frequency of a term."""
        found = self._weights.get(term)
        if found is None:
            share = self._size / (1 + self._frequency[term])
            found = math.log(share) * (COMMON_WEIGHT if term in COMMON_ROOTS else 1.0)
            self._weights[term] = found
        return found

    def vector(self, terms: Iterable[str]) -> Vector:
        """Gives the TF-IDF vector of some terms, of length 1."""
        raw = {
            t: (1 + math.log(count) if count > 1 else 1) * self.weight(t)
            for t, count in Counter(terms).items()
        }
        length = math.hypot(*raw.values())
        return {t: w / length for t, w in raw.items()} if length else {}


COMMON_ROOTS = frozenset(map(root, COMMON_WORDS)) | frozenset("0123456789")


def cosine(a: Vector, b: Vector) -> float:
    """Gives the cosine of two vectors of length 1."""
    if len(a) > len(b):
        a, b = b, a
    return sum(w * b[t] for t, w in a.items() if t in b)
