"""Related coverage and stories, on small collections whose events are known."""

import subprocess
import sys
from datetime import datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.compare import Coverage, term_vector
from index.compare.stories import average_linkage
from index.compare.terms import body_text, fold, stem, unpack
from index.model import Article, Paragraph, ParagraphKind

QUAKE = [
    "A strong earthquake struck the coast of Chile on Tuesday, damaging hundreds of homes.",
    "The tremor off the Chilean coast damaged hundreds of homes, the earthquake centre said.",
    "Hundreds of homes on the coast of Chile were damaged when an earthquake struck.",
]
BANK = [
    "The central bank raised interest rates by half a point to slow inflation.",
    "Interest rates rose half a point as the central bank fought inflation.",
]
MATCH = ["The striker scored twice as the visitors won the cup final on penalties."]


def article(number: int, text: str, date: datetime | None = None, title: str = "") -> Article:
    return Article(f"{number:012x}", f"/news/{number}.txt", title, date=date,
                   paragraphs=(Paragraph(text),))  # fmt: skip


@pytest.fixture
def collection() -> list[Article]:
    return [article(i, text) for i, text in enumerate(QUAKE + BANK + MATCH)]


def coverage(articles: list[Article]) -> Coverage:
    return Coverage((a.id, term_vector(a), a.date) for a in articles)


def test_related_puts_the_same_event_first(collection: list[Article]) -> None:
    found = coverage(collection).related(collection[0].id, 5)
    assert {i for i, _ in found[:2]} == {collection[1].id, collection[2].id}
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_related_never_gives_the_article_itself_nor_one_with_nothing_in_common(
    collection: list[Article],
) -> None:
    found = dict(coverage(collection).related(collection[0].id, 100))
    assert collection[0].id not in found
    assert collection[5].id not in found


def test_the_same_text_twice_is_related_with_one_and_ties_go_by_id() -> None:
    copies = [article(i, QUAKE[0]) for i in (3, 1, 2)]
    found = coverage(copies).related(copies[0].id, 5)
    assert [i for i, _ in found] == [copies[1].id, copies[2].id]
    assert all(score == pytest.approx(1) for _, score in found)


def test_a_nearer_date_comes_first_when_the_words_are_equal() -> None:
    articles = [
        article(0, QUAKE[0], datetime(2024, 2, 9)),
        article(1, QUAKE[1], datetime(2019, 2, 9)),
        article(2, QUAKE[1], datetime(2024, 2, 10)),
    ]
    found = coverage(articles).related(articles[0].id, 5)
    assert [i for i, _ in found] == [articles[2].id, articles[1].id]


def test_stories_group_by_event_and_hold_every_article_once(collection: list[Article]) -> None:
    stories = coverage(collection).stories()
    assert sorted(i for story in stories for i in story) == [a.id for a in collection]
    assert {frozenset(story) for story in stories} == {
        frozenset(a.id for a in collection[:3]),
        frozenset(a.id for a in collection[3:5]),
        frozenset([collection[5].id]),
    }
    assert [len(story) for story in stories] == [3, 2, 1]


def test_the_same_report_years_apart_is_two_stories() -> None:
    articles = [article(i, QUAKE[0], datetime(2000 + 9 * i, 5, 1)) for i in range(2)]
    assert len(coverage(articles).stories()) == 2


def test_empty_collections_and_articles_without_words_have_nothing_related() -> None:
    assert Coverage([]).stories() == []
    assert Coverage([]).related("none", 3) == []
    empty = [article(0, ""), article(1, "the of and"), article(2, QUAKE[0])]
    both = coverage(empty)
    assert both.related(empty[0].id, 3) == []
    assert len(both.stories()) == 3


def test_titles_count_and_furniture_and_repeats_do_not() -> None:
    words = Article(
        "a" * 12,
        "/a",
        "Kata’ib statement",
        paragraphs=(
            Paragraph("Attacks resume"),
            Paragraph("Subscribe newsletter", ParagraphKind.BOILERPLATE),
            Paragraph("Attacks resume", ParagraphKind.REPEAT),
        ),
    )
    assert body_text(words) == "Attacks resume"
    numbers, counts = unpack(term_vector(words))
    assert sorted(counts.tolist()) == [2, 2, 3, 3]  # two words of the lead, two of the title
    assert numbers.tolist() == sorted(numbers.tolist())


def test_terms_fold_accents_apostrophes_and_plurals() -> None:
    assert fold("Kata’ib Ḥizballāh") == "kataib hizballah"
    assert fold("Wałęsa, Søren") == "walesa, soren"
    one, other = (
        article(1, "The militias' Kata'ib policies"),
        article(2, "A policy: militia KATAIB."),
    )
    assert term_vector(one) == term_vector(other)
    assert [stem(w) for w in ("attacks", "strikes", "gas", "glass", "shoes", "virus")] == [
        "attack", "strike", "gas", "glass", "shoes", "virus",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_text_makes_a_collection(texts: list[str]) -> None:
    articles = [article(i, text, title=text[:7]) for i, text in enumerate(texts)]
    every = coverage(articles)
    assert sorted(i for story in every.stories() for i in story) == [a.id for a in articles]
    for one in articles:
        found = every.related(one.id, 10)
        assert one.id not in dict(found)
        assert all(0 < score <= 1 for _, score in found)


@given(st.integers(), st.floats(0.05, 0.95))
def test_average_linkage_gives_the_clusters_of_merging_the_best_pair_each_time(
    seed: int, threshold: float
) -> None:
    values = Random(seed)  # without ties, which may be merged in any order
    table = {(i, j): values.random() for i in range(6) for j in range(i) if values.random() < 0.8}
    links: list[dict[int, float]] = [{} for _ in range(6)]
    for (i, j), value in table.items():
        links[i][j] = links[j][i] = value

    def mean(a: frozenset[int], b: frozenset[int]) -> float:
        return sum(links[i].get(j, 0) for i in a for j in b) / (len(a) * len(b))

    groups = {frozenset([i]) for i in range(6)}
    while len(groups) > 1:
        best = max(((mean(a, b), a, b) for a in groups for b in groups if a != b),
                   key=lambda x: x[0])  # fmt: skip
        if best[0] <= threshold:
            break
        groups = groups - {best[1], best[2]} | {best[1] | best[2]}
    found = average_linkage([dict(near) for near in links], threshold)
    assert {frozenset(group) for group in found} == groups


def test_importing_the_room_does_not_load_numpy() -> None:
    code = "import index.compare, sys; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
