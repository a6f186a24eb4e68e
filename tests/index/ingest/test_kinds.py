"""What is taken for furniture or for a repeat, and above all what is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.ingest import read_file
from index.model import Article

SENTENCES = [
    "The port of Umm Qasr reopened on Tuesday after engineers cleared a sunken barge from the"
    " channel, the harbour master said, and the first three ships were unloaded by nightfall.",
    "Traders had warned that grain for the southern provinces would run short within ten days if"
    " the channel stayed shut, and prices in Basra had risen by a fifth since Friday.",
    "The ministry said that a second dredger would arrive from Dubai at the end of the month, and"
    " that night traffic would stay suspended until its work was done.",
    "Pilots complained that the marker buoys had not been replaced since 2019, and that two of"
    " the five lights at the entrance were out when the barge went down.",
]


def article(folder: Path, *paragraphs: str, title: str = "Port Reopens") -> Article:
    path = folder / "a.jsonl"
    path.write_text(json.dumps({"title": title, "text": "\n".join(paragraphs)}), encoding="utf-8")
    (found,) = read_file(path)
    assert isinstance(found, Article)
    return found


def of_kind(found: Article, kind: str) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs if paragraph.kind == kind]


@pytest.mark.parametrize(
    "line",
    [
        *("Share this article", "SHARE:", "Advertisement", "ADVERTISEMENT", "Back to top ↑"),
        *("Sign up for our newsletter", "Subscribe to our newsletter", "Read more", "5 comments"),
        "Get the day's top stories delivered straight to your inbox.",
        "We use cookies to improve your experience on our site.",
        "Copyright 2024 Basra Times. All rights reserved.",
        "© 2024 The Associated Press. This material may not be published or redistributed.",
        "Read more: Grain prices rise again in the south",
        "Related: Port workers end their strike",
        "Your email address will not be published. Required fields are marked *",
        "A view of the port in 2021. Photo: Jane Doe / AFP",
        "Ships wait outside the harbour. [File: Jane Doe/Reuters]",
        "A dredger at work (AP Photo/Jane Doe)",
        "Follow us on Twitter and Facebook",
        "This article was originally published by Basra Times.",
        "The views expressed in this article are the author's own and do not necessarily reflect"
        " the editorial policy of Basra Times.",
    ],
)
def test_furniture_anywhere(tmp_path: Path, line: str) -> None:
    found = article(tmp_path, SENTENCES[0], line, *SENTENCES[1:])
    assert of_kind(found, "boilerplate") == [line]
    assert of_kind(found, "body") == SENTENCES


@pytest.mark.parametrize(
    "line",
    [
        "What to know:",
        "What it means",
        "So what?",
        "Background",
        "Twitter",
        "Comments by the minister",
        "The minister declined to comment on our questions.",
        "“We have no comment,” he said. “Our lawyers will speak for us.”",
        "He told reporters to read more about the accident in the report. (AFP)",
        "The company shares fell.",
        "Residents share what they have with their neighbours.",
        "She is a reporter for Basra Times who was on the barge when it sank.",
        "Subscribers to the network lost service for three hours, the company said.",
        "The photo was taken by the crew of a passing tanker.",
        "Officials said they would follow him on his tour of the southern ports",
        "“The fight goes on…”",
        "Copyright law was not discussed.",
        "Copyright law of 1976 was not discussed.",
        "“Follow us into the harbour,” the pilot radioed.",
        "“Share the blame,” he said.",
        "“Something went wrong with the engine,” she said.",
        "Photos by residents show smoke over the channel.",
        "Recent stories in the press said so.",
        "More news.",
        "Related-party deals rose by a tenth.",
        "The report may not be published before March.",
        "He set it out in his newsletter.",
        "Writing in a letter, he said he was backed by all pilots.",
    ],
)
@pytest.mark.parametrize("place", [1, 4])
def test_body_is_not_folded(tmp_path: Path, line: str, place: int) -> None:
    paragraphs = [*SENTENCES[:place], line, *SENTENCES[place:]]
    assert of_kind(article(tmp_path, *paragraphs), "body") == paragraphs


def test_a_bar_of_networks_is_furniture(tmp_path: Path) -> None:
    bar = ["Facebook", "Twitter", "Email"]
    found = article(tmp_path, *bar, *SENTENCES)
    assert of_kind(found, "boilerplate") == bar


def test_links_in_the_middle_end_where_the_body_goes_on(tmp_path: Path) -> None:
    links = ["Grain Prices Rise Again", "Port Workers End Their Strike"]
    found = article(tmp_path, SENTENCES[0], "You may also like", *links, *SENTENCES[1:])
    assert of_kind(found, "boilerplate") == ["You may also like", *links]


def test_a_subheading_after_links_is_body_where_there_are_others(tmp_path: Path) -> None:
    found = article(
        tmp_path,
        *(SENTENCES[0], "Traders Fear a Shortage", SENTENCES[1]),
        *("Keep Reading", "Grain Prices Rise Again", "A Second Dredger", SENTENCES[2]),
    )
    assert of_kind(found, "boilerplate") == ["Keep Reading", "Grain Prices Rise Again"]


def test_lists_at_the_end_are_furniture_with_their_teasers(tmp_path: Path) -> None:
    tail = [
        "More from this section",
        "Grain Prices Rise Again",
        "Bakers in Basra say that they can't...",
        "Port Workers End Their Strike",
        "The union accepted an offer of…",
    ]
    found = article(tmp_path, *SENTENCES, *tail)
    assert of_kind(found, "boilerplate") == tail
    assert of_kind(found, "body") == SENTENCES


def test_an_author_box_is_furniture_at_the_end(tmp_path: Path) -> None:
    tail = [
        "About the author",
        "Jane has lived in Basra since 2010 and likes boats.",
        "Share",
        "Facebook",
        "Twitter",
        "Leave a Reply",
    ]
    assert of_kind(article(tmp_path, *SENTENCES, *tail), "boilerplate") == tail


def test_readers_comments_are_furniture(tmp_path: Path) -> None:
    tail = ["Comments", "Jane: a fine article", "John: I saw it happen.", "Post a comment"]
    assert of_kind(article(tmp_path, *SENTENCES, *tail), "boilerplate") == tail


def test_an_article_of_nothing_but_furniture_is_all_body(tmp_path: Path) -> None:
    lines = ["Share", "Subscribe", "Related articles"]
    assert of_kind(article(tmp_path, *lines), "body") == lines


def test_a_second_telling_is_a_repeat_with_its_short_lines(tmp_path: Path) -> None:
    telling = [SENTENCES[0], "What traders say", SENTENCES[1], SENTENCES[2]]
    found = article(tmp_path, SENTENCES[3], *telling, *telling)
    assert of_kind(found, "repeat") == telling
    assert of_kind(found, "body") == [SENTENCES[3], *telling]


def test_a_slightly_changed_paragraph_is_a_repeat(tmp_path: Path) -> None:
    changed = SENTENCES[1].replace("warned that", "warned, that").replace("Traders", "“Traders”")
    found = article(tmp_path, *SENTENCES, changed)
    assert of_kind(found, "repeat") == [changed]


@pytest.mark.parametrize(
    ("said", "changed"),
    [("ten days", "12 days"), ("would run short", "would not run short"), ("a fifth", "a third")],
)
def test_another_figure_or_its_denial_is_no_repeat(tmp_path: Path, said: str, changed: str) -> None:
    other = SENTENCES[1].replace(said, changed)
    assert other != SENTENCES[1]
    assert of_kind(article(tmp_path, *SENTENCES, other), "repeat") == []


def test_refrains_and_short_answers_are_no_repeats(tmp_path: Path) -> None:
    question = "What would you change about the way the harbour is run?"
    paragraphs = [
        line for sentence in SENTENCES for line in (question, "No comment.", sentence, "Yes.")
    ]
    assert of_kind(article(tmp_path, *paragraphs), "body") == paragraphs
