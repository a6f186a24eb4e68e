"""Title, outlet, author and date: believed where stated, read from the text, never made up."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from index.ingest import read_file
from index.model import Article

BODY = (
    "The port of Umm Qasr reopened on Tuesday after engineers cleared a sunken barge from the"
    " channel, the harbour master said."
)
MORE = "Traders had warned that grain for the southern provinces would run short within ten days."


def read(folder: Path, *paragraphs: str, between: str = "\n\n") -> Article:
    path = folder / "a.txt"
    path.write_text(between.join(paragraphs), encoding="utf-8")
    (found,) = read_file(path)
    assert isinstance(found, Article)
    return found


def body(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs if paragraph.kind == "body"]


def test_a_title_said_twice_is_there_once(tmp_path: Path) -> None:
    found = read(tmp_path, "Port Reopens", "PORT REOPENS", BODY, "Port Reopens", MORE)
    assert found.title == "Port Reopens"
    assert body(found) == [BODY, MORE]


def test_without_a_headline_the_first_sentence_is_the_title(tmp_path: Path) -> None:
    found = read(
        tmp_path, "Mr. Smith of the U.S. Navy left at 5 p.m. He was tired. He slept.", MORE
    )
    assert found.title == "Mr. Smith of the U.S. Navy left at 5 p.m. He was tired."[:41]
    assert body(found)[0].endswith("He slept.")


@pytest.mark.parametrize(
    "dateline",
    [
        *("ERBIL, Kurdistan Region – ", "BAGHDAD (Reuters) - ", "WASHINGTON, Feb 5 (AP) — "),
        *("Baghdad, Iraq (AFP) – ", "NEW YORK -- ", "UMM QASR, Iraq — "),
    ],
)
def test_datelines_stay_in_the_text_and_out_of_the_title(tmp_path: Path, dateline: str) -> None:
    found = read(tmp_path, dateline + BODY, MORE)
    assert found.title == BODY
    assert body(found) == [dateline + BODY, MORE]


def test_section_and_caption_above_the_text_are_furniture(tmp_path: Path) -> None:
    caption = "Ships wait outside the harbour on Monday. Photo: Jane Doe / AFP"
    found = read(tmp_path, "Middle East", caption, f"BASRA, Iraq – {BODY}", MORE, between="\n")
    assert found.title == BODY
    assert body(found) == [f"BASRA, Iraq – {BODY}", MORE]


def test_a_long_first_sentence_is_cut_at_a_word(tmp_path: Path) -> None:
    found = read(
        tmp_path, "Officials said that the harbour " + "and the channel " * 30 + "are open."
    )
    assert len(found.title) <= 201
    assert found.title.endswith(("and…", "the…", "channel…"))


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Published: January 5, 2024", datetime(2024, 1, 5)),
        ("Friday, January 4, 2019", datetime(2019, 1, 4)),
        ("5 January 2024", datetime(2024, 1, 5)),
        ("Jan. 5, 2024", datetime(2024, 1, 5)),
        ("Updated 5th of March 2024 at 10:30 PM", datetime(2024, 3, 5, 22, 30)),
        ("2024-01-05 08:15", datetime(2024, 1, 5, 8, 15)),
        ("Published on 25/01/2024", datetime(2024, 1, 25)),
    ],
)
def test_date_lines(tmp_path: Path, line: str, date: datetime) -> None:
    found = read(tmp_path, "Port Reopens", line, BODY, MORE)
    assert found.date == date
    assert body(found) == [BODY, MORE]


@pytest.mark.parametrize(
    "line",
    [
        *("January 5", "Friday", "2024", "05/06/2024", "February 30, 2024", "Since October 7"),
        "The port was opened on January 5, 1967, by the king.",
    ],
)
def test_what_is_no_date_of_publication(tmp_path: Path, line: str) -> None:
    assert read(tmp_path, "Port Reopens", line, BODY, MORE).date is None


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("BY JANE DOE AND JOHN ROE", "JANE DOE, JOHN ROE"),
        ("By Abu Ali al-Basri, Basra Times", "Abu Ali al-Basri"),
        ("Written by: Jane Doe | January 5, 2024", "Jane Doe"),
        ("By the river", None),
        ("By Tuesday", None),
    ],
)
def test_bylines(tmp_path: Path, line: str, author: str | None) -> None:
    assert read(tmp_path, "Port Reopens", line, BODY, MORE).author == author


@pytest.mark.parametrize(
    ("line", "source"),
    [
        (
            "Jane covers ports. Editor-in-Chief of Harbour Dispatch.\n\nShare this article",
            "Harbour Dispatch",
        ),
        (f"BASRA (Reuters) - {BODY}", "Reuters"),
        ("Basra Times reached out to the ministry for comment.", "Basra Times"),
        ("Copyright 2024 Basra Times. All rights reserved.", "Basra Times"),
        ("The ministry did not respond to Basra Times' request for comment.", "Basra Times"),
        ("A port official told Gulf News English that it was.", "Gulf News English"),
        (
            "Comments\n\nHarbourmaster moderates all comments on our website.\n\nPost a comment",
            "Harbourmaster",
        ),
        ("A pilot told Jane Doe that the lights were out.", None),
        ("An official told Gulf News so. An officer told Basra Times so.", None),
        ("A senior official told Reuters that the lights were out.", None),
        ("Jane Doe told Gulf News that the lights were out.", None),
        ("Jane Doe, editor-in-chief of Pilot Magazine, said that the lights were out.", None),
        ("The ministry reached out to the pilots for comment.", None),
        ("According to Gulf News, the lights were out.", None),
    ],
)
def test_the_outlet_is_taken_where_the_text_names_it(
    tmp_path: Path, line: str, source: str | None
) -> None:
    assert read(tmp_path, "Port Reopens", BODY, MORE, line).source == source


def test_a_headline_without_spaces_is_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "这是一个测试文章\n\n伊拉克的民兵组织发表声明。誓言继续袭击美军，直到他们离开。\n", "utf8"
    )
    (article,) = read_file(path)
    assert isinstance(article, Article)
    assert article.title == "这是一个测试文章"
    assert len(article.paragraphs) == 1
    assert 10 <= article.words <= 20
