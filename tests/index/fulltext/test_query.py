from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fulltext.query import (
    MOST_WORDS,
    Best,
    Dates,
    Either,
    Every,
    Field,
    Node,
    Text,
    Without,
    parse,
    written,
)


def word(text: str) -> Text:
    return Text((text,), text)


def phrase(*words: str) -> Text:
    return Text(words, " ".join(words), exact=True)


@pytest.mark.parametrize(
    ("typed", "node"),
    [
        ("drone strike", Best((word("drone"), word("strike")))),
        ('"drone strike"', phrase("drone", "strike")),
        ("“drone strike” iraq", Best((phrase("drone", "strike"), word("iraq")))),
        ("«drone strike", phrase("drone", "strike")),
        ("milit*", Text(("milit",), "milit", prefix=True)),
        ("al-Saadi", Text(("al", "saadi"), "al-Saadi")),
        ("iraq -iran", Best((word("iraq"), Without(word("iran"))))),
        ('-"two words"', Without(phrase("two", "words"))),
        ("-(a OR b)", Without(Either((word("a"), word("b"))))),
        ("NOT a", Without(word("a"))),
        ("a OR b c", Best((Either((word("a"), word("b"))), word("c")))),
        ("a AND b OR c", Either((Every((word("a"), word("b"))), word("c")))),
        ("a AND (b OR c)", Every((word("a"), Either((word("b"), word("c")))))),
        ("title:a", Text(("a",), "a", field=Field.TITLE)),
        ('TITLE:"a b"', Text(("a", "b"), "a b", exact=True, field=Field.TITLE)),
        ("source:BBC", Text(("bbc",), "BBC", field=Field.SOURCE)),
        ("OR a AND", word("a")),
        ("a - b", Best((word("a"), word("b")))),
        ("10:30", Text(("10", "30"), "10:30")),
        ("OR", word("or")),
        ('source: ( ) " -', word("source")),
        ("((( ***", None),
        ("", None),
    ],
)
def test_what_is_typed_is_understood(typed: str, node: Node | None) -> None:
    assert parse(typed).node == node


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("after:2020", date(2020, 1, 1), None),
        ("after:2020-03", date(2020, 3, 1), None),
        ("before:2020-03-31", None, date(2020, 3, 31)),
    ],
)
def test_dates(typed: str, first: date | None, last: date | None) -> None:
    node = parse(typed).node
    assert node == Dates(first and first.toordinal(), last and last.toordinal(), typed)


@pytest.mark.parametrize(
    ("typed", "node", "said"),
    [
        ("before:yesterday iraq", word("iraq"), "before:yesterday"),
        ("after:2020-13 iraq", word("iraq"), "after:2020-13"),
        ("after:2024-13-45", None, "after:2024-13-45"),
        ("*iraq", word("iraq"), "*"),
        ("author:smith", Best((word("author"), word("smith"))), "author:"),
    ],
)
def test_what_is_not_understood_is_said(typed: str, node: Node | None, said: str) -> None:
    query = parse(typed)
    assert query.node == node
    assert said in query.notes[0]


def test_long_and_deep_queries_are_bounded() -> None:
    assert parse("(" * 2000 + "iraq" + ")" * 2000).node == word("iraq")
    assert parse("(" * 5000).node is None
    assert parse("-(" * 2000 + "iraq").node is not None
    many = parse(" ".join(f"word{n}" for n in range(2000)))
    assert isinstance(many.node, Best)
    assert len(many.node.parts) == MOST_WORDS
    assert str(MOST_WORDS) in many.notes[0]


# fmt: off
pieces = st.sampled_from([
    *'()"“”«*-+: ', "OR", "AND", "NOT", "title:", "source:", "after:", "after:2020",
    "before:2020-99", "x:", "iraq", "al-Saadi", "كتائب", "東京", "U.S.", " ",
])
# fmt: on


@given(st.one_of(st.text(), st.lists(pieces, max_size=40).map("".join)))
def test_any_text_is_a_query(typed: str) -> None:
    node = parse(typed).node
    if node is not None:
        assert parse(written(node)).node is not None
