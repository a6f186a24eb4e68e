"""Texts that are whole web pages written out, and texts that only look a little like them."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.ingest import read_file
from index.model import Article

MENU = [
    *("Skip to content", "Basra Times", "Home", "World", "Politics", "Business", "Sport"),
    *("Culture", "Opinion", "Weather", "Search", "Log in", "Subscribe"),
    "We use cookies to improve your experience on our site.",
]
HEAD = [
    "Business",
    "Umm Qasr port reopens after barge is cleared",
    "By Jane Doe",
    "5 May 2024",
    "Share on Facebook",
    "Share on Twitter",
]
STORY = [
    "The port of Umm Qasr reopened on Tuesday after engineers cleared a sunken barge from the"
    " channel, the harbour master said.",
    "Traders had warned that grain for the southern provinces would run short within ten days if"
    " the channel stayed shut, and prices in Basra had risen by a fifth since Friday.",
    "What pilots say",
    "Pilots complained that the marker buoys had not been replaced since 2019, and that two of"
    " the five lights at the entrance were out when the barge went down.",
    "“Nobody listened,” one of them said.",
]
AFTER = [
    *("Related articles", "Bakers fear for their flour", "3 May 2024"),
    "Bakers in the south say that they can no longer pay what their flour costs at the market.",
    *("Dockers end their strike", "2 May 2024"),
    "The union of the dockers accepted an offer on Sunday night after a week of talks in Basra.",
    *("2 comments", "Ali", "5 May 2024 at 10:15"),
    "I have been a pilot here for thirty years and nothing has ever been done about the buoys, so"
    " nobody should be surprised by any of this, least of all the ministry.",
    *("Reply", "Hassan", "5 May 2024 at 11:40"),
    "The lights were reported in January, and in March, and again a week before the barge sank. I"
    " know the man who wrote the letters, and he never had an answer.",
    *("Reply", "About us", "Contact", "Privacy policy", "Terms of use", "Advertise", "Careers"),
    "© 2024 Basra Times. All rights reserved.",
]
PAGE = [*MENU, *HEAD, *STORY, *AFTER]


def read(folder: Path, *lines: str, between: str = "\n") -> Article:
    path = folder / "a.txt"
    path.write_text(between.join(lines), encoding="utf-8")
    (found,) = read_file(path)
    assert isinstance(found, Article)
    return found


def body(found: Article) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs if paragraph.kind == "body"]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n \n\t"])
def test_only_the_article_is_body(tmp_path: Path, between: str) -> None:
    assert body(read(tmp_path, *PAGE, between=between)) == STORY


def test_nothing_of_the_page_is_lost(tmp_path: Path) -> None:
    found = read(tmp_path, *PAGE)
    lines = [paragraph.text for paragraph in found.paragraphs]
    assert [line for line in PAGE if line not in [*lines, found.title]] == []


def test_title_author_and_date_stand_above_the_text(tmp_path: Path) -> None:
    found = read(tmp_path, *PAGE)
    assert found.title == "Umm Qasr port reopens after barge is cleared"
    assert found.author == "Jane Doe"
    assert found.date is not None and found.date.isoformat() == "2024-05-05T00:00:00"


def test_lines_broken_by_links_are_put_together(tmp_path: Path) -> None:
    broken = [
        "The port of",
        "Umm Qasr",
        ", the largest of the country, reopened on Tuesday after engineers cleared a sunken",
        "barge",
        "from the channel, the harbour master said.",
    ]
    whole = (
        "The port of Umm Qasr, the largest of the country, reopened on Tuesday after engineers"
        " cleared a sunken barge from the channel, the harbour master said."
    )
    found = read(tmp_path, *MENU, *HEAD, *broken, *STORY[1:], *AFTER)
    assert body(found) == [whole, *STORY[1:]]


def test_a_page_in_another_language(tmp_path: Path) -> None:
    story = [
        "Der Hafen von Umm Kasr ist am Dienstag wieder geöffnet worden, nachdem ein gesunkenes"
        " Schiff aus der Fahrrinne geborgen war, wie der Hafenmeister mitteilte.",
        "Händler hatten gewarnt, dass das Getreide für die südlichen Provinzen in zehn Tagen"
        " knapp werde, wenn die Fahrrinne gesperrt bleibe.",
    ]
    menu = ["Startseite", "Politik", "Wirtschaft", "Sport", "Kultur", "Suche", "Anmelden", "Abo"]
    end = ["Teilen", "Mehr zum Thema", "Streik der Hafenarbeiter", "Impressum", "Datenschutz"]
    assert body(read(tmp_path, *menu, "Hafen von Umm Kasr offen", *story, *end)) == story


@pytest.mark.parametrize(
    "lines",
    [
        ["Results of the first round", *(f"Group {letter}" for letter in "ABCDEFGHIJKLMN")],
        ["Port workers on their year", *(line for i in range(9) for line in (f"Q{i}", "No.", "A"))],
        ["What to pack", "Rope", "A lamp", "Maps", "Home", "Two knives", "Water", "Salt", "Tea"],
    ],
)
def test_an_article_with_many_short_lines_is_all_body(tmp_path: Path, lines: list[str]) -> None:
    found = read(tmp_path, lines[0], *STORY[:2], *lines[1:], STORY[3])
    assert body(found) == [*STORY[:2], *lines[1:], STORY[3]]


def test_a_clean_text_with_its_share_bar_keeps_its_body(tmp_path: Path) -> None:
    bar = ["Share", "Facebook", "Twitter", "Email"]
    assert body(read(tmp_path, "Umm Qasr port reopens", *bar, *STORY)) == STORY
