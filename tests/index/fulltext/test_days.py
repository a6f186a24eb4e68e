from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fulltext.days import stretch

TODAY = date(2024, 3, 6)  # a Wednesday


def days(first: str, last: str) -> tuple[int, int]:
    """From the first day up to and with the last."""
    return date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal() + 1


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-12", "2023-12-01", "2023-12-31"),
        ("2024-02-09", "2024-02-09", "2024-02-09"),
        ("2024-2-9", "2024-02-09", "2024-02-09"),
        ("2024/02/09", "2024-02-09", "2024-02-09"),
        ("9 February 2024", "2024-02-09", "2024-02-09"),
        ("9th  feb. 2024", "2024-02-09", "2024-02-09"),
        ("FEBRUARY 9, 2024", "2024-02-09", "2024-02-09"),
        ("9-Feb-2024", "2024-02-09", "2024-02-09"),
        ("Feb 2024", "2024-02-01", "2024-02-29"),
        ("Sept 2023", "2023-09-01", "2023-09-30"),
        ("25/02/2024", "2024-02-25", "2024-02-25"),
        ("02/25/2024", "2024-02-25", "2024-02-25"),
        ("25.02.2024", "2024-02-25", "2024-02-25"),
        ("02/02/2024", "2024-02-02", "2024-02-02"),
        ("9999", "9999-01-01", "9999-12-31"),
        ("today", "2024-03-06", "2024-03-06"),
        ("Yesterday", "2024-03-05", "2024-03-05"),
        ("this week", "2024-03-04", "2024-03-10"),
        ("last week", "2024-02-26", "2024-03-03"),
        ("last-week", "2024-02-26", "2024-03-03"),
        ("this month", "2024-03-01", "2024-03-31"),
        ("last month", "2024-02-01", "2024-02-29"),
        ("this year", "2024-01-01", "2024-12-31"),
        ("last_year", "2023-01-01", "2023-12-31"),
        ("last 7 days", "2024-02-29", "2024-03-06"),
        ("past 2 weeks", "2024-02-22", "2024-03-06"),
        ("last 1 month", "2024-02-07", "2024-03-06"),
        ("3 days ago", "2024-03-03", "2024-03-03"),
        ("3-days-ago", "2024-03-03", "2024-03-03"),
        ("2 weeks ago", "2024-02-21", "2024-02-21"),
        ("a month ago", "2024-02-06", "2024-02-06"),
        ("12 months ago", "2023-03-06", "2023-03-06"),
        ("1 year ago", "2023-03-06", "2023-03-06"),
        ("wednesday", "2024-03-06", "2024-03-06"),
        ("last wednesday", "2024-02-28", "2024-02-28"),
        ("Thu", "2024-02-29", "2024-02-29"),
        ("2024-01..2024-03", "2024-01-01", "2024-03-31"),
        ("2024-03..2024-01", "2024-01-01", "2024-03-31"),
        ("1 Feb 2024 .. yesterday", "2024-02-01", "2024-03-05"),
    ],
)
def test_days_as_they_are_typed(text: str, first: str, last: str) -> None:
    assert stretch(text, TODAY) == days(first, last)


def test_ranges_may_be_open() -> None:
    first, last = days("2023-01-01", "2023-12-31")
    assert stretch("2023..", TODAY) == (first, None)
    assert stretch("..2023", TODAY) == (None, last)


def test_a_month_without_such_a_day_has_its_last() -> None:
    assert stretch("1 month ago", date(2024, 3, 31)) == days("2024-02-29", "2024-02-29")
    assert stretch("1 year ago", date(2024, 2, 29)) == days("2023-02-28", "2023-02-28")


@pytest.mark.parametrize(
    "text",
    [
        "", "..", "soon", "2024-13", "2024-02-30", "30 February 2024", "0 February 2024", "0000",
        "09/02/2024", "32/13/2024", "2024-01..soon", "99999 years ago", "20240209",
    ],
)  # fmt: skip
def test_what_is_no_date_or_could_be_two(text: str) -> None:
    assert stretch(text, TODAY) is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), st.dates())
def test_a_day_is_itself_however_it_is_written(today: date, day: date) -> None:
    expected = (day.toordinal(), day.toordinal() + 1)
    spelt = f"{day.day} {day:%B} {day.year:04}"
    assert stretch(day.isoformat(), today) == stretch(spelt, today) == expected


@given(st.dates(min_value=date(1900, 1, 1)), st.integers(0, 400))
def test_so_many_days_ago(today: date, count: int) -> None:
    day = (today - timedelta(days=count)).toordinal()
    assert stretch(f"{count} days ago", today) == (day, day + 1)


PIECES = st.sampled_from([*"0123456789 -/.", "..", "last ", "week", "days", " ago", "feb", "may"])


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)), st.dates())
def test_any_text_is_days_or_none(text: str, today: date) -> None:
    first, last = stretch(text, today) or (None, None)
    assert first is None or last is None or first < last
