from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fulltext.examples import EXAMPLES, Example
from index.fulltext.query import (
    DEEPEST,
    MOST_WORDS,
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
    written,
)

from .queries import queries


def word(text: str) -> Text:
    return Text((text,), text)


def phrase(*words: str) -> Text:
    return Text(words, " ".join(words), exact=True)


def edited(text: str, edits: int) -> Text:
    return Text((text,), text, edits=edits)


def organisation(name: str) -> Named:
    return Named("organisation", ("asaib", "ahl", "al", "haq"), name)


def title(text: str) -> Text:
    return Text((text,), text, field=Field.TITLE)


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
        ("a AND NOT b", Every((word("a"), Without(word("b"))))),
        ("a and b or not c", Best(tuple(map(word, ["a", "and", "b", "or", "not", "c"])))),
        ("+a +OR", Best((word("a"), Text(("or",), "OR")))),
        ("goverment~", Text(("goverment",), "goverment", edits=2)),
        ("iraq~", Text(("iraq",), "iraq", edits=1)),
        ("iraq~2 baghdad~1", Best((edited("iraq", 2), edited("baghdad", 1)))),
        ("iraq~~", edited("iraq", 1)),
        ('"drone base"~5', replace(phrase("drone", "base"), near=5)),
        ("«drone base»~0 iraq", Best((replace(phrase("drone", "base"), near=0), word("iraq")))),
        ('"drone base" ~5', Best((phrase("drone", "base"), word("5")))),
        ("~ iraq", word("iraq")),
        ("title:a", title("a")),
        ("title:(a b)", Best((title("a"), title("b")))),
        ("a in:title b", Best((title("a"), title("b")))),
        ("(a IN:TITLE) b", Best((title("a"), word("b")))),
        ("a (b c in:title)", Best((word("a"), Best((title("b"), title("c")))))),
        ("(a source:b) in:title", Best((title("a"), Text(("b",), "b", field=Field.SOURCE)))),
        ("in:furniture a", Text(("a",), "a", field=Field.FURNITURE)),
        ("body:a", Text(("a",), "a", field=Field.BODY)),
        ('author:"jane smith"', replace(phrase("jane", "smith"), field=Field.AUTHOR)),
        ('entity:"Kataib Hezbollah"', Named("", ("kataib", "hezbollah"), "Kataib Hezbollah")),
        ("-person:Soleimani", Without(Named("person", ("soleimani",), "Soleimani"))),
        ("org:(Asaib Ahl (al-Haq))", organisation("Asaib Ahl al-Haq")),
        ("organization:“Asaib Ahl al-Haq”", organisation("Asaib Ahl al-Haq")),
        ('TITLE:"a b"', Text(("a", "b"), "a b", exact=True, field=Field.TITLE)),
        ("source:BBC", Text(("bbc",), "BBC", field=Field.SOURCE)),
        ("OR a AND", word("a")),
        ("a - b", Best((word("a"), word("b")))),
        ("10:30", Text(("10", "30"), "10:30")),
        ("https://bbc.com", Text(("https", "bbc", "com"), "https://bbc.com")),
        ("Iraq: drone", Best((Text(("iraq",), "Iraq"), word("drone")))),
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
        ("date:2024-02", date(2024, 2, 1), date(2024, 3, 1)),
        ("date:2024-01..2024-03", date(2024, 1, 1), date(2024, 4, 1)),
        ("date:2024..", date(2024, 1, 1), None),
        ("date:yesterday", date(2024, 2, 8), date(2024, 2, 9)),
        ('after:"3 days ago"', date(2024, 2, 6), None),
        ('before:"last week"', None, date(2024, 1, 29)),
    ],
)
def test_dates(typed: str, first: date | None, last: date | None) -> None:
    node = parse(typed, today=date(2024, 2, 9)).node
    assert node == Dates(first and first.toordinal(), last and last.toordinal(), typed)


@pytest.mark.parametrize(
    ("typed", "node", "said"),
    [
        ("before:soon iraq", word("iraq"), "before:soon"),
        ("after:2020-13 iraq", word("iraq"), "after:2020-13"),
        ("after:2024-13-45", None, "after:2024-13-45"),
        ("before:..2023 iraq", word("iraq"), "before:..2023"),
        ("date:09/02/2024 iraq", word("iraq"), "date:09/02/2024"),
        ("date:last week", word("week"), '"last week"'),
        ("*iraq", word("iraq"), "*"),
        ("cite:smith", Best((word("cite"), word("smith"))), "cite:"),
        ("in: iraq", word("iraq"), "in:title"),
        ("in:footnotes iraq", word("iraq"), "in:footnotes"),
        ("in:title", None, "in:"),
        ("iraq -in:boilerplate", word("iraq"), "in:"),
        ("iraq in:title in:body", title("iraq"), "in:title"),
        ("iraq~7", edited("iraq", 2), "~2"),
        ("k-1~", Text(("k", "1"), "k-1"), "~"),
        ("milit*~", Text(("milit",), "milit", prefix=True), "~"),
        ('"drone base"~', phrase("drone", "base"), "number"),
        ('"drone base"~x', Best((phrase("drone", "base"), word("x"))), "number"),
        ('"drone"~5', phrase("drone"), "~5"),
        ('"drone base"~99999', replace(phrase("drone", "base"), near=1000), "1000"),
        ("person:solei*", Named("person", ("solei",), "solei*"), "*"),
    ],
)
def test_what_is_not_understood_is_said(typed: str, node: Node | None, said: str) -> None:
    query = parse(typed)
    assert query.node == node
    assert said in " ".join(query.notes)


def test_what_is_said_stays_short() -> None:
    query = parse("".join(f"x{'y' * n}:a date:{'9' * n} " for n in range(1, 500)))
    assert len(" ".join(query.notes)) < 600


@pytest.mark.parametrize("example", EXAMPLES, ids=[each.typed for each in EXAMPLES])
def test_examples_of_the_help_are_understood(example: Example) -> None:
    query = parse(example.typed)
    assert query.node is not None
    assert query.notes == ()
    assert parse(written(query.node)) == query


def test_long_and_deep_queries_are_bounded() -> None:
    assert parse("(" * 2000 + "iraq" + ")" * 2000).node == word("iraq")
    assert parse("(" * 5000).node is None
    assert parse("-(" * 2000 + "iraq").node is not None
    many = parse(" ".join(f"word{n}" for n in range(2000)))
    assert isinstance(many.node, Best)
    assert len(many.node.parts) == MOST_WORDS
    assert str(MOST_WORDS) in many.notes[0]


def test_words_and_what_narrows_them_are_counted_apart() -> None:
    many = parse(" ".join(f"word{n}" for n in range(200)) + " source:bbc date:2024")
    assert isinstance(many.node, Best)
    assert len(many.node.parts) == MOST_WORDS + 2


@given(st.one_of(st.text(), queries()))
def test_any_text_is_a_query_and_can_be_typed_as_it_was_understood(typed: str) -> None:
    node = parse(typed).node
    assert parse(written(node)).node == node


@given(queries(), st.integers(DEEPEST - 3, DEEPEST + 3))
def test_so_it_can_where_groups_are_as_deep_as_they_may_be(typed: str, depth: int) -> None:
    node = parse("x (" * depth + typed).node
    assert parse(written(node)).node == node
