from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Library
from index.fulltext.analysis import terms
from index.fulltext.completion import MOST, complete
from index.fulltext.query import read
from tests.conftest import WriteArticles

from .queries import queries

TODAY = date(2024, 2, 9)


class Collection:
    """What a small collection holds."""

    def sources(self) -> Sequence[tuple[str, int]]:
        return [("BBC News", 9), ("Rudaw", 4), ("The Long War Journal", 2)]

    def authors(self) -> Sequence[tuple[str, int]]:
        return [("Jane Smith", 3), ("Siân Müller", 1)]

    def entities(self, typed: str, kind: str) -> Sequence[tuple[str, str, int]]:
        names = [
            ("Kataib Hezbollah", "organisation", 12),
            ("Hezbollah", "organisation", 7),
            ("Soleimani", "person", 5),
            ("Popular Mobilization Forces (PMF)", "organisation", 3),
        ]
        *whole, begun = terms(typed) or [""]
        return [
            (name, of, articles)
            for name, of, articles in names
            if kind in ("", of)
            and set(whole) <= set(terms(name))
            and any(word.startswith(begun) for word in terms(name))
        ]


def completed(query: str) -> list[str]:
    """The query after each completion; `|` is the cursor, and the end where there is none."""
    before, _, after = query.partition("|")
    found = complete(before + after, len(before), Collection(), TODAY)
    return [f"{query[: each.start]}{each.text}{after}" for each in found]


@pytest.mark.parametrize(
    ("query", "then"),
    [
        ("so", ["source:", "Soleimani"]),
        ("kata’", []),
        ("kata’ib hez", ["Kataib Hezbollah", "kata’ib Hezbollah"]),
        ("drone hez", ["drone Kataib Hezbollah", "drone Hezbollah"]),
        ("drone OR kat", ['drone OR "Kataib Hezbollah"']),
        ("-kat", ['-"Kataib Hezbollah"']),
        ("(kat", ["(Kataib Hezbollah"]),
        ("mobi", ['"Popular Mobilization Forces (PMF)"']),
        ("soleimani", []),
        ("s", []),
        ("milit*", []),
        ("source:", ['source:"BBC News"', "source:Rudaw", 'source:"The Long War Journal"']),
        ("x -source:long", ['x -source:"The Long War Journal"']),
        ('source:"bbc n', ['source:"BBC News"']),
        ('Source:"', ['Source:"BBC News"', "Source:Rudaw", 'Source:"The Long War Journal"']),
        ("source:b| drone", ['source:"BBC News" drone']),
        ("author:mull", ['author:"Siân Müller"']),
        ("person:", ["person:Soleimani"]),
        ("org:hez", ['org:"Kataib Hezbollah"', "org:Hezbollah"]),
        ('entity:"kataib h', ['entity:"Kataib Hezbollah"']),
        ("date:", None),
        ("after:last", ['after:"last week"', 'after:"last month"']),
        ("before:20", ["before:2024", "before:2023"]),
        ("in:", ["in:title", "in:body", "in:boilerplate"]),
        ("in:bo", ["in:body", "in:boilerplate"]),
        ("title:kat", []),
        ("cite:kat", []),
        ('"kataib hez', []),
        ('source:"bbc|" drone', []),
        ('source:"bbc"', []),
        ("ka|taib", []),
        ("kataib |", []),
        ("", []),
    ],
)
def test_what_may_come_next(query: str, then: list[str] | None) -> None:
    if then is None:
        then = [
            *("date:today", "date:yesterday", 'date:"this week"', 'date:"last week"'),
            *('date:"this month"', 'date:"last month"', "date:2024", "date:2023"),
        ]
    assert completed(query) == then


def test_completions_say_what_they_are_and_of_how_many_articles() -> None:
    field, name = complete("so", 2, Collection())
    assert (field.kind, field.count) == ("field", 0)
    assert (name.kind, name.count) == ("person", 5)
    assert [each.kind for each in complete("author:", 7, Collection())] == ["author", "author"]
    assert {each.kind for each in complete("date:", 5, Collection())} == {"date"}


@given(st.one_of(st.text(), queries()), st.integers(0, 60))
def test_completing_anything_anywhere(typed: str, cursor: int) -> None:
    found = complete(typed, cursor, Collection(), TODAY)
    assert len(found) <= MOST
    for each in found:
        assert 0 <= each.start <= each.end == cursor <= len(typed)


@pytest.mark.parametrize("query", ["source:", "author:", "person:", "date:", "in:", "org:"])
def test_completed_values_are_understood(query: str) -> None:
    for typed in completed(f"drone {query}"):
        reading = read(typed)
        assert reading.query.notes == ()
        assert reading.filters == ((len("drone "), len(typed)),)


def test_a_library_completes_with_what_its_articles_state(write_articles: WriteArticles) -> None:
    path = write_articles("Drones.", "Rockets.", source="The Sun", author="Jane Smith")
    with Library.open([path]) as library:
        assert library.complete("source:") == ()
        library.update()
        assert [(c.text, c.count) for c in library.complete("source:s")] == [('"The Sun"', 2)]
        assert [c.text for c in library.complete("author:smi drone", 10)] == ['"Jane Smith"']
