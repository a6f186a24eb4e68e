from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import index
from index import filters, narrowed, without_last_filter
from index.fulltext.query import Node, read

from .queries import queries

TYPED = st.one_of(st.text(), queries())
VALUES = st.sampled_from(
    [
        ("source", "BBC News"),
        ("source", "Rudaw"),
        ("author", 'Jane "Jay" (Smith)'),
        ("month", "2024-02"),
        ("person", "Qais al-Khazali"),
        ("weapon", "OR"),
    ]
)


@pytest.mark.parametrize(
    ("query", "field", "value", "then"),
    [
        ("drone", "source", "BBC News", 'drone source:"BBC News"'),
        ("", "source", "Rudaw", "source:Rudaw"),
        ("drone ", "month", "2024-02", "drone date:2024-02"),
        ("drone", "organisation", "Kataib Hezbollah", 'drone organisation:"Kataib Hezbollah"'),
        ("drone", "source", 'The "Sun"', 'drone source:"The Sun"'),
        ("drone", "source", "?!", "drone"),
        # OR binds closer than a space.
        ("drone OR rocket", "source", "Rudaw", "drone OR rocket source:Rudaw"),
        # What is not finished does not swallow the filter.
        ("drone OR", "source", "Rudaw", "drone source:Rudaw"),
        ('"drone ba', "source", "Rudaw", '"drone ba" source:Rudaw'),
        ("(drone OR (rocket", "source", "Rudaw", "(drone OR (rocket)) source:Rudaw"),
        ("drone -(", "source", "Rudaw", "drone source:Rudaw"),
        # The same again changes nothing, whichever way it is typed.
        ('drone source:"bbc news"', "source", "BBC News", 'drone source:"bbc news"'),
        ("date:2024-2 drone", "month", "2024-02", "date:2024-2 drone"),
        ("person:Qais", "person", "Qais", "person:Qais"),
        # Either outlet, either month; both names.
        ("source:Rudaw x", "source", "BBC", "x (source:Rudaw OR source:BBC)"),
        ("(source:a OR source:b) x", "source", "c", "x (source:a OR source:b OR source:c)"),
        ("date:2024-02", "month", "2024-03", "(date:2024-02 OR date:2024-03)"),
        ("person:Qais", "person", "Akram", "person:Qais person:Akram"),
        # Within what is asked for already.
        ("source:bbc", "source", "BBC News", 'source:bbc source:"BBC News"'),
        ("date:2024-01..2024-03", "month", "2024-02", "date:2024-01..2024-03 date:2024-02"),
        ("after:2024", "month", "2024-02", "after:2024 date:2024-02"),
        ("-source:bbc", "source", "Rudaw", "-source:bbc source:Rudaw"),
        ("drone OR source:a", "source", "b", "drone OR source:a source:b"),
        ("source:a AND in:title x", "source", "b", "source:a AND in:title x source:b"),
    ],
)
def test_narrowing(query: str, field: str, value: str, then: str) -> None:
    assert narrowed(query, field, value) == then


def test_only_by_what_narrows() -> None:
    with pytest.raises(ValueError, match="title"):
        narrowed("drone", "title", "resume")


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ('drone source:"BBC News" strike', ['source:"BBC News"']),
        ("-source:bbc date:2024-02..", ["-source:bbc", "date:2024-02.."]),
        ("NOT source:bbc", ["NOT source:bbc"]),
        ("(source:a OR source:b) in:title", ["source:a", "source:b", "in:title"]),
        ("source:(a OR b) org:(c d)", ["source:(a OR b)", "org:(c d)"]),
        ('after:"3 days ago"person:x', ['after:"3 days ago"', "person:x"]),
        ("title:a date:soon source: in:x -in:title", []),
    ],
)
def test_filters_are_told_from_words(query: str, marked: list[str]) -> None:
    assert [query[start:end] for start, end in filters(query)] == marked


@pytest.mark.parametrize(
    ("query", "then"),
    [
        ("drone", "drone"),
        ('drone source:"BBC News"', "drone"),
        ("source:a drone", "drone"),
        ("drone source:a strike", "drone strike"),
        ("drone (source:a OR source:b)", "drone source:a"),
        ("drone (source:a OR source:b OR source:c)", "drone (source:a OR source:b)"),
        ("drone OR source:a", "drone"),
        ("a OR source:b AND c", "a OR c"),
        ("source:a OR b", "b"),
        ("drone -(source:a)", "drone"),
        ("drone title:(in:title)", "drone"),
        ("NOT source:a drone", "drone"),
        ("(drone in:title) strike", "(drone) strike"),
    ],
)
def test_taking_the_last_filter_back(query: str, then: str) -> None:
    assert without_last_filter(query) == then


def test_narrowing_is_taken_back_step_by_step() -> None:
    steps = ["drone (strike OR base)"]
    for by in [("month", "2024-02"), ("person", "Qais"), ("source", "BBC News"), ("source", "a")]:
        steps.append(narrowed(steps[-1], *by))
    query = steps.pop()
    while steps:
        query = without_last_filter(query)
        assert query == steps.pop()


def test_a_second_outlet_is_taken_back_before_what_came_between() -> None:
    query = narrowed("source:a drone date:2024-02", "source", "b")
    assert without_last_filter(query) == "drone date:2024-02 source:a"


def asked(query: str) -> list[Node]:
    """What a query asks for, one beside the other."""
    return [part.node for part in read(query).parts if part.node is not None]


@given(TYPED, VALUES)
def test_narrowing_asks_for_one_thing_more_and_only_once(typed: str, by: tuple[str, str]) -> None:
    query = narrowed(typed, *by)
    assert narrowed(query, *by) == query
    if not filters(typed):
        assert asked(query) == [*asked(typed), *asked(narrowed("", *by))]


@given(TYPED, VALUES)
def test_a_narrowing_that_is_taken_back_leaves_what_was_asked(
    typed: str, by: tuple[str, str]
) -> None:
    assume(not filters(typed))
    assert asked(without_last_filter(narrowed(typed, *by))) == asked(typed)


@given(TYPED)
def test_filters_stand_in_the_text_in_order(typed: str) -> None:
    at = 0
    for start, end in filters(typed):
        assert at <= start < end <= len(typed)
        assert typed[start:end] == typed[start:end].strip()
        at = end


@given(TYPED)
def test_all_filters_can_be_taken_away(typed: str) -> None:
    while filters(typed):
        fewer = without_last_filter(typed)
        assert len(fewer) < len(typed)
        typed = fewer


def test_they_are_to_be_had_from_index() -> None:
    assert {"filters", "narrowed", "without_last_filter"} <= set(index.__all__)
