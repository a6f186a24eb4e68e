"""Title, outlet, author and date: believed where stated, read from the text, never made up."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.ingest import read_file
from index.model import Article, Evidence, EvidenceKind
from index.settings import Settings

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


def test_a_short_headline_above_a_dateline_is_no_section(tmp_path: Path) -> None:
    assert read(tmp_path, "Kurdish minister resigns", f"ERBIL (AFP) - {BODY}").title == (
        "Kurdish minister resigns"
    )
    assert read(tmp_path, "Middle East", f"ERBIL (AFP) - {BODY}").title == BODY


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


def field(folder: Path, name: str = "a.jsonl", **fields: object) -> Article:
    path = folder / name
    path.write_text(json.dumps({"text": f"{BODY}\n\n{MORE}", **fields}), encoding="utf8")
    (found,) = read_file(path)
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    ("paragraphs", "name", "evidence"),
    [
        (["Port Reopens", "By Jane Doe", BODY], "author", (EvidenceKind.TEXT, "By Jane Doe")),
        (
            ["Port Reopens", "Published: 5 January 2024", BODY],
            "date",
            (EvidenceKind.TEXT, "Published: 5 January 2024"),
        ),
        (
            ["Port Reopens", f"BAGHDAD, Jan. 5, 2024 (Reuters) – {BODY}"],
            "date",
            (EvidenceKind.TEXT, "BAGHDAD, Jan. 5, 2024 (Reuters)"),
        ),
        (
            ["Port Reopens", f"{BODY} Basra Times reached out to the ministry for comment."],
            "source",
            (EvidenceKind.TEXT, "Basra Times reached out to the ministry for comment"),
        ),
        (["Port Reopens", BODY], "title", (EvidenceKind.TEXT, "the first line")),
        ([BODY, MORE], "title", (EvidenceKind.TEXT, "the first sentence")),
        ([BODY, MORE], "language", (EvidenceKind.TEXT, "its words and letters")),
    ],
)
def test_what_is_read_from_the_text_quotes_it(
    tmp_path: Path, paragraphs: list[str], name: str, evidence: tuple[EvidenceKind, str]
) -> None:
    assert read(tmp_path, *paragraphs).evidence[name] == Evidence(*evidence)


def test_every_field_that_is_known_has_evidence_and_no_other(tmp_path: Path) -> None:
    for article in (
        read(tmp_path, BODY, MORE),
        read(tmp_path, "Port Reopens", "By Jane Doe", "5 January 2024", BODY),
        field(tmp_path, title="Port", author="Jane Doe", source="X", date="2024-01-05"),
    ):
        names = ("title", "source", "author", "date", "url", "language")
        known = {name for name in names if getattr(article, name) is not None}
        assert article.evidence.keys() == known


def test_an_address_above_the_text_says_outlet_and_day_too(tmp_path: Path) -> None:
    address = "https://www.rudaw.net/english/2024/01/05/port"
    found = read(tmp_path, "Port Reopens", f"Source: {address}?utm_source=a", BODY, MORE)
    assert found.url == address
    assert found.source == "Rudaw English"
    assert found.date == datetime(2024, 1, 5)
    assert found.evidence["url"].kind is EvidenceKind.TEXT
    assert found.evidence["source"] == Evidence(EvidenceKind.ADDRESS, "rudaw.net/english")
    assert found.evidence["date"] == Evidence(EvidenceKind.ADDRESS, "/2024/01/05/")
    assert body(found) == [BODY, MORE]


@pytest.mark.parametrize(
    "line", ["See https://www.rudaw.net/a for more.", "https://a b", "http://"]
)
def test_an_address_inside_the_text_is_not_that_of_the_article(tmp_path: Path, line: str) -> None:
    assert read(tmp_path, "Port Reopens", line, BODY, MORE).url is None


def test_the_name_of_the_file_comes_last(tmp_path: Path) -> None:
    path = tmp_path / "2024-01-05 rudaw.txt"
    path.write_text(f"Port Reopens\n\n{BODY}\n\n{MORE}", "utf8")
    (found,) = read_file(path)
    assert isinstance(found, Article)
    assert (found.source, found.date) == ("Rudaw", datetime(2024, 1, 5))
    assert found.evidence["source"] == Evidence(EvidenceKind.FILE_NAME, path.name)
    assert found.evidence["date"] == Evidence(EvidenceKind.FILE_NAME, path.name)
    path.write_text(f"Port Reopens\n\n6 January 2024\n\n{BODY}\n\n© 2024 Basra Times", "utf8")
    (found,) = read_file(path)
    assert isinstance(found, Article)
    assert (found.source, found.date) == ("Basra Times", datetime(2024, 1, 6))


def test_a_folder_named_like_an_outlet(tmp_path: Path) -> None:
    (tmp_path / "www.rudaw.net" / "iraq").mkdir(parents=True)
    path = tmp_path / "www.rudaw.net" / "iraq" / "a.txt"
    path.write_text(f"Port Reopens\n\n{BODY}", "utf8")
    (found,) = read_file(path)
    assert isinstance(found, Article)
    assert found.source == "Rudaw"
    assert found.evidence["source"] == Evidence(EvidenceKind.FILE_NAME, "www.rudaw.net")


def test_the_name_of_an_export_is_not_the_date_of_its_rows(tmp_path: Path) -> None:
    assert field(tmp_path, name="2024-01-05 export.jsonl").date is None
    assert field(tmp_path, name="2024-01-05.jsonl").date is None


def test_the_time_of_a_file_counts_only_where_the_user_asks(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Port Reopens\n\n{BODY}", "utf8")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    (found,) = read_file(path)
    assert isinstance(found, Article)
    assert found.date is None
    (found,) = read_file(path, Settings(date_from_file=True))
    assert isinstance(found, Article)
    assert found.date == datetime.fromtimestamp(1_700_000_000, UTC)
    assert found.evidence["date"].kind is EvidenceKind.FILE_TIME


@pytest.mark.parametrize(
    ("name", "stated", "known"),
    [
        ("source", "BBC", "BBC"),
        ("source", "www.bbc.co.uk", "BBC News"),
        ("source", "unknown", None),
        ("source", "WordPress", None),
        ("author", "By Jane Doe; John Roe", "Jane Doe, John Roe"),
        ("author", "Jane Doe <jane@harbour.example>", "Jane Doe"),
        ("author", "admin", None),
        ("author", "Reuters", None),
        ("title", "Untitled-1", "The port of Umm Qasr reopened"),
        ("title", "Home", "The port of Umm Qasr reopened"),
        ("url", "javascript:alert(1)", None),
        ("url", "https://harbour.example/a?utm_source=b", "https://harbour.example/a"),
        ("url", "https://bbc.co.uk@evil.example/", None),
        ("language", "en_GB", "en"),
        ("language", "Arabic", "en"),
        ("date", "1970-01-01", None),
    ],
)
def test_what_columns_state(tmp_path: Path, name: str, stated: str, known: str | None) -> None:
    found = getattr(field(tmp_path, **{name: stated}), name)
    assert found == known or (name == "title" and found.startswith(known))


@pytest.mark.parametrize("text", ["12 34 56 78", "---- ++++", "1\n2\n3"])
def test_a_text_without_words_is_called_by_its_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "harbour-traffic-figures.txt"
    path.write_text(text, "utf8")
    found = next(read_file(path))
    if isinstance(found, Article):
        assert found.title == "harbour traffic figures"
        assert found.evidence["title"] == Evidence(EvidenceKind.FILE_NAME, path.name)


HOSTILE = "a\x1b]0;title\x07b\x9b2Jc\u202ed\u2066e\x00f\u200bg"


def test_hostile_fields_are_harmless(tmp_path: Path) -> None:
    names = ("title", "source", "author", "date", "url", "language", "id")
    found = field(tmp_path, **dict.fromkeys(names, HOSTILE * 1000))
    for value in (found.title, found.source, found.author, found.url, found.locator):
        assert value is None or (value.isprintable() and len(value) < 20_000)
    assert found.date is None


@given(st.dictionaries(st.sampled_from(["title", "source", "author", "date", "url"]), st.text()))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_nothing_raises(tmp_path: Path, fields: dict[str, str]) -> None:
    field(tmp_path, **fields)


def test_a_mail_is_by_its_sender_or_from_the_outlet_that_sent_it(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    for sender, author, source in (
        ("Jane Doe <jane@reuters.com>", "Jane Doe", None),
        ("Reuters Daily Briefing <news@email.reuters.com>", None, "Reuters"),
    ):
        path.write_text(f"From: {sender}\nSubject: Port reopens\n\n{BODY}\n\n{MORE}\n", "utf8")
        (found,) = read_file(path)
        assert isinstance(found, Article)
        assert (found.author, found.source) == (author, source)
        assert found.evidence["title"] == Evidence(EvidenceKind.FIELD, "Subject")


def test_an_outlet_beside_a_slogan(tmp_path: Path) -> None:
    assert field(tmp_path, source="Rudaw English - latest").source == "Rudaw English"
    assert field(tmp_path, source="Harbour Dispatch - latest").source == "Harbour Dispatch - latest"
