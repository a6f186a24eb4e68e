"""Months without gaps, joined where there is no room for all of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.months import Stretch, stretches

MONTHS = st.builds(
    lambda year, month: f"{year:04}-{month:02}", st.integers(1, 9999), st.integers(1, 12)
)
COUNTS = st.dictionaries(MONTHS, st.integers(1, 10**6), max_size=40).map(
    lambda counts: sorted(counts.items())
)


def test_months_without_articles_are_filled_in() -> None:
    found = stretches([("2023-11", 4), ("2024-02", 17)], 80)
    assert found == (
        Stretch("2023-11", "2023-11", 4),
        Stretch("2023-12", "2023-12", 0),
        Stretch("2024-01", "2024-01", 0),
        Stretch("2024-02", "2024-02", 17),
    )


@pytest.mark.parametrize(
    ("room", "values", "names"),
    [
        (5, ["2023-11", "2023-12", "2024-01", "2024-02", "2024-03"], ["Nov 2023", "Dec 2023"]),
        (4, ["2023-10..2023-12", "2024-01..2024-03"], ["Oct–Dec 2023", "Jan–Mar 2024"]),
        (1, ["2020-01..2024-12"], ["2020–2024"]),
    ],
)
def test_months_are_joined_where_there_are_too_many(
    room: int, values: list[str], names: list[str]
) -> None:
    found = stretches([("2023-11", 1), ("2024-03", 2)], room)
    assert [stretch.value for stretch in found] == values
    assert [stretch.name for stretch in found][:2] == names


def test_a_year_is_called_by_its_number() -> None:
    assert Stretch("2024-01", "2024-12", 1).name == "2024"


@given(COUNTS, st.integers(12, 300))
def test_every_article_is_in_one_stretch_and_all_have_room(
    counts: list[tuple[str, int]], room: int
) -> None:
    found = stretches(counts, room)
    assert len(found) <= room
    assert sum(stretch.count for stretch in found) == sum(number for _, number in counts)
    assert all(stretch.name and stretch.first <= stretch.last for stretch in found)
    assert [s.first for s in found] == sorted(s.first for s in found)
    if counts:
        assert found[0].first <= counts[0][0] <= found[0].last
        assert found[-1].first <= counts[-1][0] <= found[-1].last
