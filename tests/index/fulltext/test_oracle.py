"""Answers equal those of a plain reading of every article, however the index was built."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from index.fulltext import Searcher, create, write
from index.fulltext.analysis import STOP_WORDS, stem, terms
from index.fulltext.query import Best, Dates, Either, Every, Field, Node, Text, Without, parse
from index.model import Article

from .conftest import article

# fmt: off
WORDS = [
    "attack", "attacks", "attacked", "militia", "militias", "drone", "base", "iraq", "the",
    "of", "and", "to", "vote", "votes", "border", "talks", "talk", "mission", "missile",
    "report", "reports", "reported", "oil", "price", "prices",
]
# fmt: on
OUTLETS = ["Rudaw English", "The Long War Journal", "BBC News", None]
DAYS = ["2019-05-01", "2020-01-01", "2020-06-15", "2021-12-31", None]


def texts(one: Article) -> list[list[str]]:
    return [terms(one.title), *(terms(paragraph.text) for paragraph in one.paragraphs)]


def holds(one: Article, node: Node) -> bool:
    """Whether an article answers a query, by the table in `index.fulltext.query`."""
    match node:
        case Text(field=Field.SOURCE):
            return follow(terms(one.source or ""), node)
        case Text(field=Field.TITLE):
            return follow(terms(one.title), node)
        case Text():
            return any(follow(words, node) for words in texts(one))
        case Dates():
            day = one.date.toordinal() if one.date else None
            return day is not None and (node.first or 0) <= day < (node.last or 10**9)
        case Without():
            return not holds(one, node.part)
        case Every():
            return all(holds(one, part) for part in node.parts)
        case Either():
            return any(holds(one, part) for part in node.parts)
        case Best():
            required = [part for part in node.parts if is_required(part)]
            wished = [part for part in node.parts if not is_required(part)]
            telling = [
                p for p in wished if not (isinstance(p, Text) and set(p.words) <= STOP_WORDS)
            ]
            if telling or any(isinstance(part, Text) for part in required):
                wished = telling
            return all(holds(one, part) for part in required) and (
                not wished or any(holds(one, part) for part in wished)
            )


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


def follow(words: list[str], node: Text) -> bool:
    size = len(node.words)
    return any(
        all(same(words[at + i], node.words[i], node, last=i == size - 1) for i in range(size))
        for at in range(len(words) - size + 1)
    )


def same(word: str, wanted: str, node: Text, last: bool) -> bool:
    if node.prefix and last:
        return word.startswith(wanted)
    if node.exact or node.field is Field.SOURCE:
        return word == wanted
    return word == wanted or stem(word) == stem(wanted)


def random_query(pick: random.Random, depth: int = 0) -> str:
    word = pick.choice(WORDS)
    kind = pick.randrange(13 if depth < 2 else 7)
    match kind:
        case 0 | 1:
            return word
        case 2:
            return f'"{word} {pick.choice(WORDS)}"'
        case 3:
            return word[: pick.randint(1, 4)] + "*"
        case 4:
            return f"title:{word}"
        case 5:
            return pick.choice(["source:rudaw", 'source:"long war"', "source:NEWS", "source:t*"])
        case 6:
            return pick.choice(["after:2020", "before:2020-06-15", "after:2020-06 before:2021"])
        case 7 | 8:
            return f"{random_query(pick, depth + 1)} {random_query(pick, depth + 1)}"
        case 9:
            return f"({random_query(pick, depth + 1)}) OR ({random_query(pick, depth + 1)})"
        case 10:
            return f"({random_query(pick, depth + 1)}) AND ({random_query(pick, depth + 1)})"
        case 11:
            return f"-({random_query(pick, depth + 1)})"
        case _:
            return f"{word} -{pick.choice(WORDS)} NOT {pick.choice(WORDS)}-{pick.choice(WORDS)}"


def random_article(pick: random.Random, number: int) -> Article:
    def words(most: int) -> str:
        return " ".join(pick.choices(WORDS, k=pick.randint(0, most)))

    return article(
        f"{number:012x}",
        *(words(12) for _ in range(pick.randint(0, 3))),
        title=words(4),
        source=pick.choice(OUTLETS),
        date=pick.choice(DAYS),
        furniture=tuple(words(5) for _ in range(pick.randint(0, 1))),
    )


@pytest.mark.parametrize("seed", range(8))
def test_answers_are_those_of_a_plain_reading(tmp_path: Path, seed: int) -> None:
    pick = random.Random(seed)
    create(tmp_path)
    articles: dict[str, Article] = {}
    searcher = Searcher(tmp_path)
    for _ in range(4):
        added = [random_article(pick, pick.randrange(40)) for _ in range(pick.randint(0, 14))]
        removed = pick.sample(sorted(articles), k=min(len(articles), pick.randint(0, 4)))
        write(tmp_path, added, removed)
        for gone in removed:
            articles.pop(gone, None)
        articles.update({one.id: one for one in added})
        searcher.refresh()
        for _ in range(40):
            typed = random_query(pick)
            node = parse(typed).node
            assert node is not None
            answer = searcher.search(typed, 100)
            if "begin with it" in answer.note or "as its source" in answer.note:
                continue
            expected = {one.id for one in articles.values() if holds(one, node)}
            assert {article_id for article_id, _ in answer.ids} == expected, typed
            assert answer.total == len(expected)
    searcher.close()
