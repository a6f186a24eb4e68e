"""Answers equal those of a plain reading of every article, however the index was built.

`Oracle` reads every article for every query, and follows the table in `index.fulltext.query` and
the formula in `index.fulltext.ranking` word by word; it shares the parser and the folding of words
with what it tests, and nothing else.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz.distance import OSA
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.query import Term

from index.fulltext import Searcher, create, write
from index.fulltext.analysis import STOP_WORDS, stem, terms
from index.fulltext.opening import INDEX_NAME
from index.fulltext.query import (
    Best,
    Dates,
    Either,
    Every,
    Field,
    Named,
    Node,
    Text,
    Without,
    parse,
)
from index.keys import key_of
from index.model import Article, Order, ParagraphKind

from .conftest import article

# fmt: off
WORDS = [
    "attack", "attacks", "attacked", "militia", "militias", "drone", "base", "iraq", "the",
    "of", "and", "to", "vote", "votes", "border", "talks", "talk", "mission", "missile",
    "report", "reports", "reported", "oil", "price", "prices", "us", "US", "k-1", "don't", "東京",
    "oil-price", "the-vote",
]
# fmt: on
OUTLETS = ["Rudaw English", "The Long War Journal", "BBC News", None]
AUTHORS = ["Jane Smith", "John Base", "Smith", None]
DAYS = ["2019-05-01", "2020-01-01", "2020-06-15", "2021-12-31", None]
NAMES = ["militia", "drone base"]
"""What articles may name: the stand-in of entities."""

K1, B, TITLE, FURNITURE, PART = 1.2, 0.75, 3.0, 0.1, 0.6
WITHIN = {Field.TITLE: ("title",), Field.BODY: ("body",), Field.FURNITURE: ("furniture",)}
WITHIN |= {Field.AUTHOR: ("author",), Field.TEXT: ("title", "body", "furniture")}


@dataclass
class Scored:
    """What one article scores for a part of a query."""

    held: bool = False
    whole: bool = False
    score: float = 0.0


class Oracle:
    """Reads everything for every question."""

    def __init__(self, articles: Sequence[Article], exact: bool = False) -> None:
        self.articles = articles
        self.exact = exact
        self.lines = [lines(one) for one in articles]
        lengths = [
            sum(map(len, each["body"])) + TITLE * sum(map(len, each["title"]))
            for each in self.lines
        ]
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        self.norms = [K1 * (1 - B + B * length / (mean or 1.0)) for length in lengths]

    def answer(self, node: Node) -> dict[str, float]:
        """The articles that answer, with their scores."""
        found, _ = self.best(node if isinstance(node, Best) else Best((node,)))
        pairs = zip(self.articles, found, strict=True)
        return {one.id: scored.score for one, scored in pairs if scored.held}

    def node(self, node: Node) -> tuple[list[Scored], float]:
        match node:
            case Best():
                return self.best(node)
            case Every() | Either():
                parts = [self.node(part) for part in node.parts]
                return joined(parts, all if isinstance(node, Every) else any)
            case Without():
                found, _ = self.node(node.part)
                return [Scored(not each.held, not each.held) for each in found], 0.0
            case Dates():
                days = [one.date.toordinal() if one.date else None for one in self.articles]
                first, last = node.first or 0, node.last or 10**9
                held = [day is not None and first <= day < last for day in days]
                return [Scored(each, each) for each in held], 0.0
            case Text(field=Field.SOURCE):
                names = [terms(one.source or "") for one in self.articles]
                held = [bool(occurrences([name], node, stemmed=False)) for name in names]
                return [Scored(each, each) for each in held], 0.0
            case Named():
                return self.weighed([mentions(one, node) for one in self.articles], None)
            case Text():
                return self.text(node)

    def best(self, node: Best) -> tuple[list[Scored], float]:
        required = [part for part in node.parts if is_required(part)]
        wished = [part for part in node.parts if not is_required(part)]
        telling = [p for p in wished if not is_stop_word(p)]
        if telling or any(isinstance(part, Text) for part in required):
            wished = telling
        parts = [self.node(part) for part in required]
        if wished:
            each = [self.node(part) for part in wished]
            some, most = joined(each, any)
            for n, scored in enumerate(some):
                scored.whole = all(found[n].whole for found, _ in each)
                scored.score += most if scored.whole else 0.0
            parts.append((some, 2 * most))
        return joined(parts, all) if parts else ([Scored() for _ in self.articles], 0.0)

    def text(self, node: Text) -> tuple[list[Scored], float]:
        fields = WITHIN[node.field]
        counts, elsewhere = [], []
        for each in self.lines:
            tf = {f: occurrences(each[f], node, stemmed=not self.exact) for f in fields}
            if len(fields) > 1:
                counts.append(TITLE * tf["title"] + tf["body"])
                elsewhere.append(tf["furniture"] > 0)
            else:
                counts.append(tf[fields[0]] * (TITLE if fields == ("title",) else 1.0))
        found, most = self.weighed(counts, elsewhere if len(fields) > 1 else None)
        if len(node.words) > 1 and not node.exact and not self.exact:
            return self.or_parts(node, found, most)
        return found, most

    def or_parts(self, node: Text, found: list[Scored], most: float) -> tuple[list[Scored], float]:
        some = [
            self.text(replace(node, words=(word,), prefix=node.prefix and word == node.words[-1]))
            for word in node.words
            if len(word) > 1 and not word.isdigit() and word not in STOP_WORDS
        ]
        for n, scored in enumerate(found):
            scored.score = max(scored.score, PART * sum(parts[n].score for parts, _ in some))
        return found, max(most, PART * sum(each for _, each in some))

    def weighed(
        self, counts: Sequence[float], elsewhere: Sequence[bool] | None
    ) -> tuple[list[Scored], float]:
        elsewhere = elsewhere or [False] * len(counts)
        n = sum(c > 0 for c in counts) or sum(elsewhere)
        most = math.log1p((len(counts) - n + 0.5) / (n + 0.5)) * (K1 + 1)
        found = []
        for count, furniture, norm in zip(counts, elsewhere, self.norms, strict=True):
            f = count or (FURNITURE if furniture else 0.0)
            found.append(Scored(f > 0, count > 0, most * f / (f + norm) if f else 0.0))
        return found, most


def lines(one: Article) -> Mapping[str, list[list[str]]]:
    """The words of each part of an article, a list for each line."""
    body = [p for p in one.paragraphs if p.kind is ParagraphKind.BODY]
    aside = [p for p in one.paragraphs if p.kind is not ParagraphKind.BODY]
    return {
        "title": [terms(one.title)],
        "body": [terms(p.text) for p in body],
        "furniture": [terms(p.text) for p in aside],
        "author": [terms(one.author or "")],
    }


def joined(parts: Sequence[tuple[list[Scored], float]], fold: object) -> tuple[list[Scored], float]:
    found = []
    for row in zip(*(scored for scored, _ in parts), strict=True):
        held, whole = fold(each.held for each in row), fold(each.whole for each in row)
        found.append(Scored(held, whole, sum(each.score for each in row)))
    return found, sum(most for _, most in parts)


def is_stop_word(node: Node) -> bool:
    return isinstance(node, Text) and set(node.words) <= STOP_WORDS


def is_required(node: Node) -> bool:
    match node:
        case Text():
            return node.exact or node.field is not Field.TEXT
        case Every() | Either():
            return all(map(is_required, node.parts))
        case _:
            return not isinstance(node, Best)


def mentions(one: Article, node: Named) -> float:
    """How often an article names something with these words, of `NAMES`."""
    text = " ".join([one.title, *(p.text for p in one.paragraphs)]).casefold()
    named = [name for name in NAMES if set(node.words) <= set(terms(name))]
    return float(sum(text.count(name) for name in named))


def occurrences(lines: Sequence[list[str]], node: Text, stemmed: bool) -> float:
    """How often a word or phrase stands in some lines, by weight."""
    stemmed &= not node.exact
    if node.near is not None and len(node.words) > 1:
        return float(sum(stretches(lines, node)))
    size, found = len(node.words), 0.0
    for words in lines:
        for at in range(len(words) - size + 1):
            weights = [
                weight(words[at + i], node.words[i], node, i == size - 1, stemmed)
                for i in range(size)
            ]
            found += weights[0] if size == 1 else float(all(weights))
    return found


def stretches(lines: Sequence[list[str]], node: Text) -> list[bool]:
    """For every place in the text, whether a stretch begins there that holds all the words."""
    text: list[str | None] = []
    for words in lines:
        text += [*words, None]
    reach = len(node.words) + (node.near or 0)
    return [
        word in node.words
        and all(text[at : at + reach].count(each) >= node.words.count(each) for each in node.words)
        for at, word in enumerate(text)
    ]


def weight(word: str, wanted: str, node: Text, last: bool, stemmed: bool) -> float:
    """What a word of the text counts for one that is looked for."""
    if node.prefix and last:
        return float(word.startswith(wanted))
    if node.edits:
        edits = OSA.distance(word, wanted)
        return 0.8**edits if edits <= node.edits else 0.0
    if stemmed and wanted == "us":
        return {"u.s": 1.0, "us": 0.2}.get(word, 0.0)
    return float(word == wanted or (stemmed and stem(word) == stem(wanted)))


# Collections and queries by chance


def random_query(pick: random.Random, depth: int = 0) -> str:
    word, other = pick.choice(WORDS), pick.choice(WORDS)
    simple = [
        word,
        word,
        f'"{word} {other}"',
        f'"{word} {other}"~{pick.randrange(6)}',
        f'"{word} {other} {word}"~{pick.randrange(8)}',
        word[: pick.randint(1, 4)] + "*",
        f'"{word} {other}" {word[:3]}*',
        f"{word}~",
        f"{word}~{pick.randint(1, 2)}",
        f"title:{word}",
        f'title:"{word} {other}"',
        f"in:{pick.choice(['title', 'body', 'boilerplate'])} {word} {other}",
        pick.choice(["source:rudaw", 'source:"long war"', "source:NEWS", "source:t*"]),
        pick.choice(["author:smith", 'author:"jane smith"', "author:base"]),
        pick.choice(["after:2020", "before:2020-06-15", "date:2020", "date:2020-01..2020-06"]),
        pick.choice(["entity:militia", 'person:"drone base"', "place:base"]),
    ]
    if depth >= 2 or pick.random() < 0.45:
        return pick.choice(simple)
    one, two = random_query(pick, depth + 1), random_query(pick, depth + 1)
    return pick.choice(
        [
            f"{one} {two}",
            f"{one} {two}",
            f"({one}) OR ({two})",
            f"({one}) AND ({two})",
            f"-({one})",
            f"{word} -{other} NOT {pick.choice(WORDS)}",
            " ".join(pick.choices(WORDS, k=pick.randint(2, 7))),
        ]
    )


def random_article(pick: random.Random, number: int) -> Article:
    def words(most: int) -> str:
        return " ".join(pick.choices(WORDS, k=pick.randint(0, most)))

    return article(
        f"{number}",
        *(words(12) for _ in range(pick.randint(0, 3))),
        title=words(4),
        source=pick.choice(OUTLETS),
        author=pick.choice(AUTHORS),
        date=pick.choice(DAYS),
        furniture=tuple(words(5) for _ in range(pick.randint(0, 2))),
    )


@pytest.mark.parametrize("seed", range(40))
def test_answers_and_scores_are_those_of_a_plain_reading(tmp_path: Path, seed: int) -> None:
    pick = random.Random(seed)
    create(tmp_path)
    articles: dict[str, Article] = {}
    searcher = Searcher(tmp_path)
    compared = 0
    for _ in range(6):
        added = [random_article(pick, pick.randrange(60)) for _ in range(pick.randint(0, 20))]
        removed = pick.sample(sorted(articles), k=min(len(articles), pick.randint(0, 5)))
        write(tmp_path, added, removed)
        for gone in removed:
            articles.pop(gone, None)
        articles.update({one.id: one for one in added})
        searcher.refresh()

        def namers(kind: str, words: Sequence[Mapping[str, float]]) -> np.ndarray:
            node = Named(kind, tuple(next(iter(family)) for family in words), "")
            naming = {key_of(each): mentions(one, node) for each, one in articles.items()}
            return np.array([naming.get(key, 0) for key in searcher.keys.tolist()], np.float32)

        for _ in range(30):
            typed, exact = random_query(pick), pick.random() < 0.2
            node = parse(typed).node
            assert node is not None, typed
            answer = searcher.search(typed, 100, exact=exact, namers=namers)
            if answer.note:
                continue  # Something else was looked for, as nothing has what was typed.
            compared += 1
            expected = Oracle(list(articles.values()), exact).answer(node)
            found = dict(answer.ids)
            assert found.keys() == expected.keys(), typed
            assert answer.total == len(expected)
            for article_id, score in expected.items():
                assert found[article_id] == pytest.approx(score, rel=1e-5, abs=1e-5), typed
            assert list(answer.ids) == sorted(answer.ids, key=lambda pair: -pair[1])
            matching = searcher.matching(typed, exact=exact, namers=namers)
            assert sorted(matching.keys) == sorted(map(key_of, expected))
            assert matching.facets == answer.facets
    assert compared > 60
    searcher.close()


@pytest.mark.parametrize("seed", range(4))
def test_whoosh_reads_the_same_postings(tmp_path: Path, seed: int) -> None:
    pick = random.Random(seed)
    create(tmp_path)
    articles: dict[str, Article] = {}
    for _ in range(5):
        added = [random_article(pick, pick.randrange(40)) for _ in range(10)]
        write(tmp_path, added)
        articles.update({one.id: one for one in added})
    index = FileIndex(FileStorage(str(tmp_path)), indexname=INDEX_NAME)
    with index.searcher() as whoosh, Searcher(tmp_path) as ours:
        assert whoosh.doc_count() == len(articles)
        for word in {term for each in WORDS for term in terms(each)}:
            held = {int(ours.keys[n]) for n in whoosh.docs_for_query(Term("body", word))}
            expected = {key_of(each) for each, one in articles.items() if has(one, word)}
            assert held == expected, word


def has(one: Article, word: str) -> bool:
    return any(word in line for line in lines(one)["body"])


def test_every_order_is_that_of_a_plain_sort(tmp_path: Path) -> None:
    pick = random.Random(1)
    create(tmp_path)
    articles: dict[str, Article] = {}
    for _ in range(5):
        added = [random_article(pick, pick.randrange(80)) for _ in range(20)]
        write(tmp_path, added)
        articles.update({one.id: one for one in added})

    def day(article_id: str) -> int:
        stated = articles[article_id].date
        return stated.toordinal() if stated else 0

    def title(article_id: str) -> str:
        return " ".join(terms(articles[article_id].title))

    with Searcher(tmp_path) as searcher:
        for typed in ("", "attack", "militia OR base", "drone the report"):
            whole = searcher.search(typed, 100)
            ids = [article_id for article_id, _ in whole.ids]
            assert len(ids) == whole.total > 10
            for order, key in (
                (Order.NEWEST, lambda i: -day(i)),
                (Order.OLDEST, lambda i: day(i) or 10**9),
                (Order.TITLE, title),
            ):
                sorted_ids = [i for i, _ in searcher.search(typed, 100, order=order).ids]
                assert sorted(sorted_ids) == sorted(ids)
                assert [key(i) for i in sorted_ids] == sorted(map(key, ids))
                first = searcher.search(typed, 7, order=order)
                rest = searcher.search(typed, 100, 7, order=order)
                assert [i for i, _ in (*first.ids, *rest.ids)] == sorted_ids
