"""Known outlets: by domain, by the names that tags and texts have for them, by file names."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.describing import outlets
from index.ingest.describing.outlets import known_outlet, outlet_at, outlet_in_file_name
from index.ingest.describing.sources import stated_source

DATA = tomllib.loads(Path(outlets.__file__).with_suffix(".toml").read_text("utf8"))
GROUPS = {name: each for name, each in DATA.items() if isinstance(each, dict)}
BODY = ["The port of Umm Qasr reopened on Tuesday after engineers cleared a sunken barge."]


@pytest.mark.parametrize(
    ("address", "outlet", "domain"),
    [
        ("https://www.rudaw.net/english/middleeast/iraq/1", "Rudaw English", "rudaw.net/english"),
        ("https://www.rudaw.net/sorani/kurdistan/1", "Rudaw", "rudaw.net"),
        ("https://english.alarabiya.net/News/a", "Al Arabiya English", "english.alarabiya.net"),
        ("https://www.alarabiya.net/a", "Al Arabiya", "alarabiya.net"),
        ("http://www.bbc.co.uk/news/1", "BBC News", "bbc.co.uk"),
        ("https://bbc.com/arabic/articles/1", "BBC Arabic", "bbc.com/arabic"),
        ("https://amp.theguardian.com/a", "The Guardian", "theguardian.com"),
        (
            "https://web.archive.org/web/20200101000000/https://www.aljazeera.com/a",
            "Al Jazeera",
            "aljazeera.com",
        ),
    ],
)
def test_the_outlet_at_an_address(address: str, outlet: str, domain: str) -> None:
    assert outlet_at(address) == (outlet, domain)


@pytest.mark.parametrize(
    "address",
    [
        *("https://bbc.co.uk.evil.com/", "https://notbbc.co.uk/", "https://x.blogspot.com/bbc.com"),
        *("https://com/", "http://[::1", "http://", "", "bbc", "https://evil.com/bbc.co.uk"),
    ],
)
def test_an_address_that_only_looks_like_one(address: str) -> None:
    assert outlet_at(address) is None


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        *((stated, "BBC News") for stated in ("BBC", "BBC News", "bbc news", "www.bbc.co.uk")),
        *((stated, "The New York Times") for stated in ("nytimes.com", "NYT", "New York Times")),
        *((stated, "Associated Press") for stated in ("AP", "The Associated Press")),
        *(("Al-Arabiya English", "Al Arabiya English"), ("الجزيرة نت", "Al Jazeera Arabic")),
        *(("Harbour Dispatch", None), ("", None), ("the", None), ("https://", None)),
    ],
)
def test_one_name_for_all_that_an_outlet_is_called(stated: str, name: str | None) -> None:
    assert known_outlet(stated) == name


@pytest.mark.parametrize(
    ("file", "outlet"),
    [
        ("2024-02-05 rudaw.txt", "Rudaw"),
        ("rudaw_2024-02-05_militias.txt", "Rudaw"),
        ("20240205_reuters.txt", "Reuters"),
        ("reuters_001.txt", "Reuters"),
        ("Militias attack - Al Jazeera.html", "Al Jazeera"),
        ("Iraq militias _ Middle East Eye.html", "Middle East Eye"),
        ("www.bbc.co.uk", "BBC News"),
        ("al-monitor-2024.txt", "Al-Monitor"),
        ("rudaw-office-burned.txt", None),
        ("Reuters building burns.txt", None),
        ("time_report.txt", None),
        ("report.txt", None),
        ("a.txt", None),
        ("000_c7fd3e4aaf859481.txt", None),
    ],
)
def test_a_file_name_states_an_outlet_only_apart_from_all_else(
    file: str, outlet: str | None
) -> None:
    assert outlet_in_file_name(file) == outlet


def test_every_outlet_is_listed_once() -> None:
    owners: dict[str, str] = {}
    for group in GROUPS.values():
        for name, others in group.items():
            for each in {outlets._key(name), *map(outlets._key, others)}:
                assert owners.setdefault(each, name) == name, each
    assert len(owners) > 2_000


def test_lists_of_outlets_name_listed_ones() -> None:
    names = {name for group in GROUPS.values() for name in group}
    assert set(DATA["quoted"]) <= names
    assert all(known_outlet(name) for name in DATA["ordinary"])


def test_a_domain_leads_to_its_outlet() -> None:
    for group in GROUPS.values():
        for name, others in group.items():
            for other in filter(outlets._DOMAIN.fullmatch, others):
                assert outlet_at(f"https://{other}/") == (name, other)


@pytest.mark.parametrize(
    ("line", "outlet", "words"),
    [
        ("Rudaw English reached out to the US-led Coalition for comment.", "Rudaw English",
         "Rudaw English reached out to the US-led Coalition for comment"),
        ("Rudaw English reached out to the Coalition.", "Rudaw English",
         "Rudaw English reached out to the Coalition"),
        ("A US defense official told Al Arabiya English that it was.", "Al Arabiya English",
         "A US defense official told Al Arabiya English"),
        ("A senior aide told Military Times so. He also told Military Times that.",
         "Military Times", "aide told Military Times"),
        ("ERBIL, Kurdistan Region (Kurdistan 24) – It was.", "Kurdistan 24",
         "ERBIL, Kurdistan Region (Kurdistan 24) –"),
        ("BAGHDAD, Feb. 5, 2024 (Xinhua) -- It was.", "Xinhua", "BAGHDAD, Feb. 5, 2024 (Xinhua) -"),
        ("The ministry did not respond to Middle East Eye's request for comment.",
         "Middle East Eye", "to Middle East Eye's request for comment"),
        ("Newsweek has contacted the ministry for comment via email.", "Newsweek", "Newsweek has"),
        ("The ministry declined to comment when contacted by Shafaq News.", "Shafaq News",
         "contacted by Shafaq News"),
        ("Kurdistan 24 could not independently verify the claim.", "Kurdistan 24", "Kurdistan 24"),
        ("DAMASCUS (SANA) – It was.", "SANA", "DAMASCUS (SANA) –"),
        ("Follow Middle East Eye on Telegram", "Middle East Eye", "Follow Middle East Eye on"),
        ("Subscribe to Al-Monitor", "Al-Monitor", "Subscribe to Al-Monitor"),
        ("Source: Shafaq News", "Shafaq News", "Source: Shafaq News"),
        ("The post Port Reopens appeared first on Iraqi News.", "Iraqi News", "appeared first on"),
        ("© 2024 Kurdistan Chronicle", "Kurdistan Chronicle", "© 2024 Kurdistan Chronicle"),
    ],
)  # fmt: skip
def test_how_texts_name_their_outlet(line: str, outlet: str, words: str) -> None:
    found = stated_source([*BODY, line], [])
    assert found is not None
    assert found[0] == outlet
    assert words in found[1]


@pytest.mark.parametrize(
    "line",
    [
        "A source told Reuters that it was.",
        "A spokesperson told Military Times that it was.",
        "An official told Al Arabiya English so. A diplomat told CNN so.",
        "A security official told CNN on Tuesday that it was.",
        "The ambassador told Rudaw English that it was.",
        "The group told Human Rights Watch that it was.",
        "Human Rights Watch reached out to the ministry for comment.",
        "A spokesman told The Institute for the Study of War that it was.",
        "Footage verified by Reuters shows the barge.",
        "The pilots subscribe to the view that Time heals.",
        "Follow Jane Doe on Twitter",
        "The barge belongs to Reuters, Al Jazeera reported.",
        "The minister reached out to Rudaw English for help.",
        "Officials support The Times of London in court.",
    ],
)
def test_those_who_are_quoted_are_not_the_outlet(line: str) -> None:
    assert stated_source([*BODY, line, *BODY], []) is None


@given(st.text(max_size=200))
def test_nothing_raises(text: str) -> None:
    outlet_at(text)
    outlet_at(f"https://{text}")
    known_outlet(text)
    outlet_in_file_name(text)
    stated_source([text], [text])
