"""The bundled articles: what they are called, and what in them is furniture or said twice."""

from __future__ import annotations

import pytest

from index.ingest import FoundFile, find_files, read_file
from index.model import Article, ParagraphKind
from index.places import bundled_seeds


@pytest.fixture(scope="module")
def seeds() -> dict[str, Article]:
    files = [found.path for found in find_files([bundled_seeds()]) if isinstance(found, FoundFile)]
    found = [article for path in files for article in read_file(path)]
    assert all(isinstance(article, Article) for article in found)
    return {article.locator.rpartition("/")[2][:3]: article for article in found}


def texts(article: Article, kind: ParagraphKind) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs if paragraph.kind is kind]


def test_only_the_five_articles_are_found(seeds: dict[str, Article]) -> None:
    assert sorted(seeds) == ["000", "001", "002", "003", "004"]


@pytest.mark.parametrize(
    ("seed", "title", "source"),
    [
        (
            "000",
            "Two Iraqi Militias Pledge to Continue Attacks Against American Forces",
            "Atlas News",
        ),
        ("001", "Jihadist Group Vows to Expel US Forces from Iraq", None),
        (
            "002",
            "Islamic Resistance in Iraq Announces Full Resumption of Attacks Against American"
            " Forces",
            None,
        ),
        (
            "003",
            "Iraq’s Iran-backed militias to resume attacks on US troops in region: Statement",
            "Al Arabiya English",
        ),
        (
            "004",
            "With the second round of US-Iraq strategic dialogue scheduled for later this month,"
            " commander of Iran-backed militia Kataib Hezbollah articulated the group’s"
            " “readiness” to continue fighting US troops in Iraq.",
            "Rudaw English",
        ),
    ],
)
def test_title_and_source(
    seeds: dict[str, Article], seed: str, title: str, source: str | None
) -> None:
    assert seeds[seed].title == title
    assert seeds[seed].source == source
    assert seeds[seed].date is None
    assert title not in texts(seeds[seed], ParagraphKind.BODY)


@pytest.mark.parametrize(
    ("seed", "furniture"),
    [
        (
            "000",
            [
                "Unbiased & Unfiltered News Reporting",
                "- Sponsor -spot_img",
                "- Sponsor -spot_img",
                "Week's Top Stories",
                "More In This Category",
                "Argentine Senate Passes Bases Law",
                "Argentina's Senate passed",
                "Senegal Begins Oil Production",
                "Senegal has now officially",
                "UN Report says RSF",
                "According to a UN experts report",
            ],
        ),
        (
            "001",
            [
                "Keep Reading",
                "North Korea Hackers Steal Data",
                "Corruption Plagues Ukraine",
                "Share:",
                "administrator",
                "Hashim Sheikh:",
                "Leave a Reply",
                "Your email address will not be published.",
            ],
        ),
        ("002", []),
        ("003", ["Related Articles", "Back to top button"]),
        (
            "004",
            [
                "Iraq",
                "Iraqis in Najaf walk on a US flag",
                "Comments",
                "Rudaw moderates all comments",
                "To be approved for publication",
                "We will not tolerate the following",
                "Comments that do not meet our guidelines",
                "Post a comment",
            ],
        ),
    ],
)
def test_furniture_is_exactly_this(
    seeds: dict[str, Article], seed: str, furniture: list[str]
) -> None:
    marked = texts(seeds[seed], ParagraphKind.BOILERPLATE)
    assert [text[: len(start)] for text, start in zip(marked, furniture, strict=True)] == furniture


@pytest.mark.parametrize(
    ("seed", "subheadings"),
    [
        ("000", ["What to Know:", "Who is Ashab al-Kahf?", "So What?"]),
        ("001", ["US Forces See Intensity of Attacks", "US Know its Limits in Iraq"]),
        ("002", ["What to Know:", "The Statement:", "What it Means:"]),
    ],
)
def test_subheadings_are_body(seeds: dict[str, Article], seed: str, subheadings: list[str]) -> None:
    body = texts(seeds[seed], ParagraphKind.BODY)
    assert [line for line in subheadings if line in body] == subheadings


def test_the_second_telling_is_a_repeat(seeds: dict[str, Article]) -> None:
    article = seeds["004"]
    body, repeats = texts(article, ParagraphKind.BODY), texts(article, ParagraphKind.REPEAT)
    assert repeats[0].startswith("Abu Ali al-Askari, senior Kataib Hezbollah commander")
    assert repeats == body[1:]
    assert body[0].startswith("ERBIL, Kurdistan Region – With the second round")
    assert not any(texts(seeds[other], ParagraphKind.REPEAT) for other in ("000", "001", "002"))


def test_words_count_the_body_alone(seeds: dict[str, Article]) -> None:
    for article in seeds.values():
        body = texts(article, ParagraphKind.BODY)
        assert article.words == sum(len(text.split()) for text in body)
