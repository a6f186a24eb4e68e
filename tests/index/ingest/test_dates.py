"""Dates of publication: every form that is read, with its zone, and what is no such date."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.describing import dates
from index.ingest.describing.dates import (
    date_in,
    date_in_address,
    date_in_file_name,
    date_line,
    stated_date,
)

MONTHS = tomllib.loads((Path(dates.__file__).parent / "languages.toml").read_text("utf8"))["months"]
DAY = datetime(2024, 2, 5)
days = st.datetimes(min_value=datetime(1995, 1, 1), max_value=datetime(2025, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0)
)
zones = st.integers(-48, 56).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))


def at(hour: int, minute: int = 0, zone: float | None = None) -> datetime:
    moment = DAY.replace(hour=hour, minute=minute)
    return moment if zone is None else moment.replace(tzinfo=timezone(timedelta(hours=zone)))


@given(days, zones)
def test_machine_forms_are_read_back(moment: datetime, zone: timezone) -> None:
    aware = moment.replace(tzinfo=zone)
    assert stated_date(moment.isoformat()) == moment
    assert stated_date(aware.isoformat()) == aware
    assert stated_date(f"{moment:%Y-%m-%d %H:%M:%S} UTC") == moment.replace(tzinfo=UTC)
    assert stated_date(format_datetime(aware)) == aware
    assert stated_date(str(int(aware.timestamp()))) == aware
    assert stated_date(str(int(aware.timestamp()) * 1000)) == aware


@given(days, st.sampled_from(sorted(MONTHS)))
def test_days_written_out_are_read_back_in_every_language(moment: datetime, language: str) -> None:
    day = moment.replace(hour=0, minute=0, second=0)
    for form in MONTHS[language].split()[moment.month - 1].split("|"):
        month = form.replace("-", " ")
        for text in (
            f"{day.day} {month} {day.year}",
            f"{day.day:02} {month.title()}, {day.year}",
            f"{day.day}. {month} {day.year}",
            f"{month.capitalize()} {day.day}, {day.year}",
        ):
            assert date_in(text) == day, text
            assert date_line(text) == day, text


@given(days)
def test_times_are_read_beside_the_day(moment: datetime) -> None:
    minute = moment.replace(second=0)
    assert stated_date(f"{moment:%B} {moment.day}, {moment.year} {moment:%I:%M %p}") == minute
    assert stated_date(f"{moment:%H:%M}, {moment.day} {moment:%b} {moment.year}") == minute
    assert date_line(f"Published {moment:%A}, {moment.day} {moment:%B %Y} at {moment:%H:%M}") == (
        minute
    )


@given(days)
def test_days_in_addresses_and_file_names_are_read_back(moment: datetime) -> None:
    day = moment.replace(hour=0, minute=0, second=0)
    for path in ("%Y/%m/%d/title", "news/%Y-%m-%d/title", "a-title-%Y%m%d/", "world/%Y/%b/%d/a"):
        found = date_in_address(f"https://www.rudaw.net/{day:{path}}")
        assert found is not None
        assert found[0] == day
        assert found[1] in f"/{day:{path}}"
    for name in ("%Y-%m-%d rudaw.txt", "%Y%m%d.pdf", "rudaw_%Y_%m_%d.txt", "%d %B %Y - a.txt"):
        assert date_in_file_name(f"{day:{name}}") == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Feb. 5, 2024 10:30 AM EST", at(10, 30, -5)),
        ("5 Feb 2024 10:30 BST", at(10, 30, 1)),
        ("Feb 5, 2024 10:30 UTC+3", at(10, 30, 3)),
        ("Feb 5, 2024 10:30 (GMT+3)", at(10, 30, 3)),
        ("5 février 2024 à 10h30", at(10, 30)),
        ("5. Februar 2024, 10:30 Uhr", at(10, 30)),
        ("Feb 5, 2024, 3 pm", at(15)),
        ("٥ فبراير ٢٠٢٤", DAY),
        ("5 شباط 2024", DAY),
        ("2024年2月5日", DAY),
        ("2024년 2월 5일", DAY),
        ("25/01/2024", datetime(2024, 1, 25)),
        ("2024-02-05T10:30:00.000+0300", at(10, 30, 3)),
    ],
)
def test_forms_of_dates(text: str, moment: datetime) -> None:
    found = stated_date(text)
    assert found == moment
    assert found.utcoffset() == moment.utcoffset()


@pytest.mark.parametrize(
    "text",
    [
        *("", "2024", "2024-02", "2024-W05", "February 2024", "February 5", "02/05/2024"),
        *("February 30, 2024", "2024-13-45", "99/99/2024", "yesterday", "12345678"),
        *("1970-01-01T00:00:00Z", "0001-01-01", "2199-01-01", "0", "nan", "9" * 400),
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert stated_date(text) is None


def test_of_publication_and_update_the_first() -> None:
    assert date_line("Updated 6 Feb 2024 11:00 | Published 5 Feb 2024 10:00") == at(10)
    assert date_line("Published 5 Feb 2024 10:00, updated 6 Feb 2024 11:00") == at(10)


@pytest.mark.parametrize(
    "address",
    [
        "https://phys.org/news/2019-11-hibernating-astronauts.html",
        "https://sputniknews.com/columnists/201911181077343476-arrogance/",
        "https://web.archive.org/web/20240205000000/https://www.rudaw.net/a",
        *("https://a.org/2024/02/title", "https://a.org/2024/13/45/", "https://a.org/2199/01/01/"),
        *("https://a.org/?date=2024-02-05", "https://a.org/1066/10/14/hastings", "http://[::1"),
    ],
)
def test_addresses_without_a_day(address: str) -> None:
    assert date_in_address(address) is None


@pytest.mark.parametrize(
    "name",
    [
        "Title (2024-02-05 10_33_22).html",
        "2024-02-05 10-33-22.html",
        "Screenshot 2024-02-05.pdf",
        *("05.02.2024.txt", "report_2023-2024.txt", "reuters21578.jsonl", "1234567890.txt", ""),
    ],
)
def test_file_names_that_say_when_they_were_saved_or_nothing(name: str) -> None:
    assert date_in_file_name(name) is None


@given(st.text(max_size=120) | st.from_regex(r"[\d/:. T+-]{0,40}(?:GMT|Feb|UTC)?[\d :+-]{0,9}"))
def test_nothing_raises(text: str) -> None:
    stated_date(text)
    date_line(text)
    date_in(text)
    date_in_address(text)
    date_in_address(f"https://a.org/{text}")
    date_in_file_name(text)
