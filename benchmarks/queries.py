"""Queries for measuring, picked from a collection by how often its words occur in it.

The same ones every time for the same collection.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import NamedTuple

from articles import Row

from index.fulltext.analysis import STOP_WORDS

SEED = 7
EACH = 20
"""Queries of each class."""
COMMON_WORDS = 60
"""How many of the most frequent words are common ones."""
MIDDLING = 0.005, 0.02
"""Shares of all articles that hold a middling word."""
MONTHLY = 10
"""Articles at least that an outlet has in a month to which a query is limited."""
RARE = 3, 20
"""Numbers of articles that hold a rare word."""

_WORD = re.compile(r"[a-z]{3,}")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{4,}")
_NO_SOUNDS = re.compile(r"(?<=.)[aeiouy]|(.)(?=\1)")


class Query(NamedTuple):
    """What somebody searches for."""

    kind: str
    typed: str
    """In the syntax that all engines share."""
    source: str = ""
    """The outlet to which it is limited."""
    first: str = ""
    """The first day to which it is limited, as ISO 8601 has it."""
    before: str = ""
    """The day before which it ends."""


COMMON, MIDDLE, SELDOM = "common word", "middling word", "rare word"
OR, AND, PHRASE, PREFIX = "three words OR", "two words AND", "phrase", "prefix"
MISSPELT, FILTERED, NAME = "misspelt word", "field and date", "name"
KINDS = (COMMON, MIDDLE, SELDOM, OR, AND, PHRASE, PREFIX, MISSPELT, FILTERED, NAME)


def pick(rows: Iterable[Row]) -> list[Query]:
    """Picks the queries of all classes; fewer of a class where the collection has no more."""
    draw = random.Random(SEED)
    count = 0
    frequency: Counter[str] = Counter()
    names: Counter[str] = Counter()
    dated: Counter[tuple[str, str]] = Counter()
    texts: list[str] = []
    for row in rows:
        count += 1
        text = row.text.lower()
        frequency.update(set(_WORD.findall(text)))
        names.update(set(_NAME.findall(row.text)))
        if row.source and row.date:
            dated[row.source, row.date[:7]] += 1
        if count % 50 == 0:
            texts.append(text)
    words = {word: n for word, n in frequency.items() if word not in STOP_WORDS}
    by_frequency = sorted(words, key=lambda word: (-words[word], word))
    common = by_frequency[:COMMON_WORDS]
    middling = [w for w in by_frequency if MIDDLING[0] <= words[w] / count <= MIDDLING[1]]
    rare = [word for word in by_frequency if RARE[0] <= words[word] <= RARE[1]]
    long = [word for word in middling if len(word) > 5]
    months = sorted(month for month, n in dated.items() if n >= MONTHLY)

    def filtered() -> Query:
        source, month = draw.choice(months)
        year, number = map(int, month.split("-"))
        following = f"{year + number // 12}-{number % 12 + 1:02}-01"
        return Query(FILTERED, draw.choice(common), source, f"{month}-01", following)

    ways: dict[str, Callable[[], Query]] = {
        COMMON: lambda: Query(COMMON, draw.choice(common)),
        MIDDLE: lambda: Query(MIDDLE, draw.choice(middling)),
        SELDOM: lambda: Query(SELDOM, draw.choice(rare)),
        OR: lambda: Query(OR, " OR ".join(draw.sample(common, 3))),
        AND: lambda: Query(AND, " AND ".join(draw.sample(common, 2))),
        PHRASE: lambda: Query(PHRASE, _phrase(draw, draw.choice(texts), words)),
        PREFIX: lambda: Query(PREFIX, draw.choice(middling)[:3] + "*"),
        MISSPELT: lambda: Query(MISSPELT, _misspelt(draw, draw.choice(long), frequency)),
        FILTERED: filtered,
        NAME: lambda: Query(NAME, draw.choice(spelt_variously)),
    }
    spelt_variously = _spelt_variously(names, frequency)
    given = {OR: common, PHRASE: texts, MISSPELT: long, FILTERED: months, NAME: spelt_variously}
    return [
        query
        for kind, way in ways.items()
        if given.get(kind, middling and rare)
        for query in _several(way)
    ]


def _several(way: Callable[[], Query]) -> list[Query]:
    """Draws until there are enough different ones, or it seems there are no more."""
    found = (way() for _ in range(10 * EACH))
    return [query for query in dict.fromkeys(found) if query.typed][:EACH]


def _phrase(draw: random.Random, text: str, words: dict[str, int]) -> str:
    """Two words that follow one another in a text, neither of them rare."""
    pairs = [
        f'"{one} {other}"'
        for one, other in pairwise(re.findall(r"\S+", text))
        if min(words.get(one, 0), words.get(other, 0)) > 100
    ]
    return draw.choice(pairs) if pairs else ""


def _misspelt(draw: random.Random, word: str, known: Counter[str]) -> str:
    """The word with one letter left out, doubled or another, as no article has it."""
    at = draw.randrange(1, len(word) - 1)
    other = draw.choice("aeiounrst")
    ways = (word[:at] + word[at + 1 :], word[:at] + word[at:at + 1] + word[at:],
            word[:at] + other + word[at + 1 :])  # fmt: skip
    wrong = draw.choice(ways)
    return "" if wrong in known else wrong


def _spelt_variously(names: Counter[str], frequency: Counter[str]) -> list[str]:
    """Names of which the collection has another with the same consonants, so perhaps the same."""
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for name, count in names.items():
        # What is mostly written with a capital is no word of the language.
        if count > 4 and count > 0.7 * frequency[name.lower()]:
            alike[_NO_SOUNDS.sub("", name.lower())].append(name)
    return sorted(name for group in alike.values() if len(group) > 1 for name in group)
