"""Passages, figures, quotations and entities of articles set side by side."""

from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.compare import compare
from index.compare.figures import figures
from index.compare.numbers import numbers
from index.compare.quotations import quotations
from index.compare.quotes import quotes
from index.compare.sentences import clauses, sentences
from index.compare.weights import Weights
from index.model import (
    Article,
    Comparison,
    Entity,
    EntityType,
    Mention,
    Paragraph,
    ParagraphKind,
    Passage,
    Span,
    Verdict,
)

SEEDS = Path(__file__).parents[3] / "seeds"


def article(name: str, *paragraphs: str, date: datetime | None = None) -> Article:
    return Article(
        name, f"/{name}.txt", "", date=date, paragraphs=tuple(map(Paragraph, paragraphs))
    )


def seed(number: int) -> Article:
    """A seed as plain lines; its furniture is what `ingest` would have folded."""
    (path,) = SEEDS.glob(f"{number:03}_*.txt")
    lines = [" ".join(line.split()) for line in path.read_text("utf8").splitlines() if line.strip()]
    return article(f"seed{number}", *(line for line in lines[1:] if line != lines[0]))


@pytest.fixture(scope="module")
def resumption() -> Comparison:
    return compare([seed(2), seed(3)], [], {})


def together(passages: tuple[Passage, ...], first: str, second: str) -> bool:
    return any(first in p.spans[0].text and second in p.spans[1].text for p in passages)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("will fully resume attacks", "would resume attacks on US troops"),
        ("T-22 outpost in Jordan", "Tower 22 in Jordan"),
        ("language of the weapon", "language of weapons"),
        ("assassination of the great leader", "killed the Katai’ib Hezbollah commander"),
        ("painful strikes and widespread attacks", "painful strikes"),
        ("attacked over 150 times", "over 160 attacks"),
    ],
)
def test_what_both_reports_say_is_one_passage(
    resumption: Comparison, first: str, second: str
) -> None:
    assert together(resumption.passages, first, second)


def test_two_counts_of_the_same_attacks_differ(resumption: Comparison) -> None:
    (figure,) = (f for f in resumption.figures if f.what == "attack")
    assert figure.verdict is Verdict.DIFFER
    assert [(v.text, v.value) for v in figure.values] == [
        ("over 150 times", 150),
        ("over 160 attacks", 160),
    ]


def test_two_translations_of_one_statement_are_one_quotation(resumption: Comparison) -> None:
    texts = [[s.text for s in quote.spans] for quote in resumption.quotes]
    assert any("language of the weapon" in a and "language of weapons" in b for a, b in texts)
    assert any("painful strikes and widespread attacks" in a and "wide-ranging attacks" in b
               for a, b in texts)  # fmt: skip
    assert {quote.speaker for quote in resumption.quotes} == {"Islamic Resistance"}


def test_three_articles_share_a_passage_with_one_span_in_each() -> None:
    articles = [
        article("a", "Rain fell all week.", "The Norvik dam burst on Monday, flooding Harstad."),
        article("b", "The dam at Norvik burst on Monday and flooded Harstad.", "Schools closed."),
        article("c", "Sheep were moved.", "Monday’s burst of the Norvik dam flooded Harstad."),
    ]
    (passage,) = compare(articles, [], {}).passages
    assert [(s.article, s.paragraph) for s in passage.spans] == [("a", 1), ("b", 0), ("c", 1)]
    assert 0.2 < passage.score <= 1


def test_a_name_matches_under_another_spelling() -> None:
    first = article("a", "Officials buried Muammar Qaddafi in Sirte.", "Shops opened.")
    second = article("b", "Bread is dear.", "Moammar Qadafi was buried near Sirte by officials.")
    (passage,) = compare([first, second], [], {}).passages
    assert [s.paragraph for s in passage.spans] == [0, 1]


def test_articles_on_different_things_share_nothing() -> None:
    first = article("a", "The central bank raised interest rates by half a point on Thursday.")
    second = article("b", "The striker scored twice as the visitors won the cup on penalties.")
    found = compare([first, second], [], {})
    assert not (found.passages or found.figures or found.quotes)


def test_furniture_and_repeats_are_not_passages() -> None:
    text = "Subscribe to the Norvik Herald newsletter for flood warnings in Harstad."
    first = Article("a", "/a", "", paragraphs=(Paragraph(text, ParagraphKind.BOILERPLATE),))
    assert compare([first, article("b", text)], [], {}).passages == ()


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("The ferry fire off Bergen killed 12 people.",
         "Twelve people were killed in the ferry fire off Bergen.", Verdict.AGREE),
        ("The ferry fire off Bergen killed about 40 passengers.",
         "The ferry fire off Bergen killed 42 passengers.", Verdict.AGREE),
        ("The ferry fire off Bergen killed 12 people.",
         "The ferry fire off Bergen killed 19 people.", Verdict.DIFFER),
        ("The ferry fire off Bergen killed 12 people.",
         "The toll of the ferry fire off Bergen rose to 19 people killed.", Verdict.REVISION),
        ("Rebels in Yemen fired 12 rockets at ships since October.",
         "Rebels in Yemen fired 19 rockets at ships in March.", Verdict.SCOPE),
        ("The ferry repair will cost Bergen $1.13bn.",
         "The repair of the ferry will cost Bergen $1.2 billion.", Verdict.DIFFER),
        ("Turnout in the Bergen vote was 61 per cent.",
         "Turnout in the Bergen vote was 61%.", Verdict.AGREE),
        ("The ferry fire off Bergen killed dozens of people.",
         "The ferry fire off Bergen killed 12 people.", Verdict.UNSURE),
    ],
)  # fmt: skip
def test_figures_for_one_thing_are_judged(first: str, second: str, verdict: Verdict) -> None:
    padding = "Nobody else was there when the harbour master came back."
    (figure,) = figures(Weights([article("a", first, padding), article("b", padding, second)]))
    assert figure.verdict is verdict
    assert [v.paragraph for v in figure.values] == [0, 1]


def test_a_later_article_revises_an_earlier_one() -> None:
    texts = [f"The ferry fire off Bergen killed {n} people." for n in (12, 19)]
    days = [datetime(2024, 3, 1), datetime(2024, 3, 2)]
    pair = [article(text[-10:-8], text, date=day) for text, day in zip(texts, days, strict=True)]
    assert [f.verdict for f in figures(Weights(pair))] == [Verdict.REVISION]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at least 30 dead", [("at least 30", 30, "", "lower")]),
        ("attacked over 150 times", [("over 150 times", 150, "attack", "lower")]),
        ("25 of the militia’s fighters", [("25 of the militia’s fighters", 25, "fighter", "")]),
        ("tens of thousands of voters", [("tens of thousands of voters", 20000, "voter", "vague")]),
        ("twenty-five churches", [("twenty-five churches", 25, "church", "")]),
        ("two hundred men", [("two hundred men", 200, "man", "")]),
        ("nearly $1.13bn", [("nearly $1.13bn", 1.13e9, "$", "about")]),
        ("up to 3.5 per cent", [("up to 3.5 per cent", 3.5, "%", "upper")]),
        ("1,250 tonnes of grain", [("1,250 tonnes", 1250, "tonne", "")]),
        ("On Oct. 17, 2023, at 10:30, the T-22 outpost", []),
        ("Tower 22 fell in 1999; the 21st, a 4-2 win at 2 p.m.", []),
    ],
)
def test_numbers_are_read_with_what_they_count(
    text: str, found: list[tuple[str, float, str, str]]
) -> None:
    read = [(text[n.start : n.end], n.value, n.unit, n.bound) for n in numbers(text)]
    assert read == [(t, pytest.approx(v), u, b) for t, v, u, b in found]


def test_quotations_run_over_paragraphs_and_have_their_speakers() -> None:
    report = article(
        "a",
        "In a statement, the Harbour Union said:",
        "“We will not go back to work",
        "until the yard is safe. We have waited for years.”",
        "“Nothing has changed,” Mayor Ada Berg said. “We are still talking.”",
        'He added, "It is late."',
        "She called it ‘odd’. It’s “late",
    )
    found = [
        (q.speaker, report.paragraphs[q.paragraph].text[q.start : q.end])
        for q in quotations([(n, p.text) for n, p in enumerate(report.paragraphs)])
    ]
    assert found == [
        ("Harbour Union", "We will not go back to work"),
        ("Harbour Union", "until the yard is safe. We have waited for years."),
        ("Mayor Ada Berg", "Nothing has changed,"),
        ("Mayor Ada Berg", "We are still talking."),
        ("Mayor Ada Berg", "It is late."),
        (None, "late"),
    ]


def test_the_same_words_of_two_speakers_are_one_quote_but_like_words_are_not() -> None:
    first = article(
        "a", "“We will defend the fishermen of this coast against every threat,” Kari Moe said."
    )
    second = article("b", "“No threat will drive the fishermen from this coast,” Ola Lund said.")
    assert quotes(Weights([first, second])) == ()
    third = article(
        "c", "Ola Lund said: “We will defend the fishermen of this coast against every threat.”"
    )
    assert [len(q.spans) for q in quotes(Weights([first, third]))] == [2]
    fourth = article("d", "Kari Moe said no threat would “drive the fishermen from this coast”.")
    assert [q.speaker for q in quotes(Weights([first, fourth]))] == ["Kari Moe"]


def test_entities_are_shared_or_of_one_article_alone() -> None:
    bergen = Entity("place/bergen", "Bergen", EntityType.PLACE, articles=("a", "b"))
    berg = Entity("person/berg", "Ada Berg", EntityType.PERSON, articles=("b",))
    oslo = Entity("place/oslo", "Oslo", EntityType.PLACE)
    mention = Mention(0, 4, EntityType.PLACE, "Oslo", paragraph=0, entity=oslo.id)
    found = compare([article("a", "Bergen"), article("b", "Bergen")], [bergen, berg, oslo],
                    {"a": [mention]}).entities  # fmt: skip
    assert found.shared == (bergen,)
    assert found.only == {"a": (oslo,), "b": (berg,)}


def test_one_article_given_twice_is_compared_with_nothing() -> None:
    found = compare([seed(3), seed(3)], [], {})
    assert len(found.articles) == 1
    assert not (found.passages or found.figures or found.quotes)


def test_a_very_long_article_is_compared_with_another() -> None:
    trams = [f"The number {n} tram in district {n} was late again." for n in range(3000)]
    long = article("a", *trams, "word " * 50_000, "“" * 5_000, "." * 50_000)
    found = compare([long, seed(3)], [], {})
    check(found, [long, seed(3)])


def check(found: Comparison, articles: list[Article]) -> None:
    """What holds of every comparison: exact offsets, at most one span for each article."""
    text = {a.id: [p.text for p in a.paragraphs] for a in articles}
    order = list(dict.fromkeys(a.id for a in articles))

    def exact(spans: tuple[Span, ...]) -> None:
        ids = [s.article for s in spans]
        assert len(ids) >= 2
        assert ids == sorted(set(ids), key=order.index)
        for s in spans:
            assert s.text
            assert text[s.article][s.paragraph][s.start : s.end] == s.text

    taken: set[tuple[str, int, int]] = set()
    for passage in found.passages:
        exact(passage.spans)
        assert 0 < passage.score <= 1
        places = {(s.article, s.paragraph, i) for s in passage.spans for i in range(s.start, s.end)}
        assert not places & taken
        taken |= places
    for quote in found.quotes:
        exact(quote.spans)
    for figure in found.figures:
        exact(tuple(Span(v.article, v.paragraph, v.start, v.end, v.text) for v in figure.values))


WORDS = st.sampled_from(
    ["The", "fire", "killed", "12", "over", "150 people,", "said Ada Berg.", "Bergen", "“", "”",
     '"', "more than", "$1.1bn", "Kata’ib", "Katai'ib", "U.S.", "هجوم", "攻击。", "\u0301", "“We"]
)  # fmt: skip
TEXT = st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=30).map(" ".join))
PARAGRAPHS = st.lists(
    st.builds(Paragraph, TEXT, st.sampled_from([ParagraphKind.BODY] * 4 + [*ParagraphKind])),
    max_size=5,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcd"), PARAGRAPHS), max_size=4))
def test_any_articles_are_compared(pieces: list[tuple[str, list[Paragraph]]]) -> None:
    articles = [Article(i, f"/{i}", "", paragraphs=tuple(p)) for i, p in pieces]
    articles = list({a.id: a for a in articles}.values())
    found = compare(articles, [], {})
    check(found, articles)
    for passage in found.passages:
        for span in passage.spans:
            where = next(a for a in articles if a.id == span.article)
            assert where.paragraphs[span.paragraph].kind is ParagraphKind.BODY


@given(TEXT)
def test_sentences_and_clauses_hold_all_that_is_not_space(text: str) -> None:
    for split in (sentences, clauses):
        found = split(text)
        assert all(start < end for start, end in found)
        assert all(a[1] <= b[0] for a, b in pairwise(found))
        assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())
