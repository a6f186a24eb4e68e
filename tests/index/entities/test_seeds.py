"""What a careful reader marks in the five bundled articles, and what no reader would."""

from __future__ import annotations

from collections import Counter

import pytest

from index.entities import entities_of, link, recognise
from index.model import Entity, EntityType, Mention
from index.places import bundled_seeds

GOLD = {
    "000": {
        "person": ["Qassam Soleimani"],
        "organisation": [
            "Faylaq al-Wa’ad al-Sadiq",
            "Faylaq Waad al-Sadiq",
            "Ashab al-Kahf",
            "Kataib Hezbollah",
            "IRGC",
            "Islamic Resistance",
            "Popular Mobilization Forces",
            "PMU",
            "True Promise Corps",
            "Harakat Hezbollah al-Nujaba",
        ],
        "place": [
            "Jordan",
            "United States",
            "Baghdad",
            "Stockholm",
            "Iraq",
            "Syria",
            "Palestine",
            "Lebanon",
            "Yemen",
        ],
        "group": ["American", "Iranian", "Shia", "Zionist", "Zionists", "Iraqi", "British"],
        "date": ["Sunday", "2020", "July"],
        "weapon": ["drone", "rocket", "IED"],
    },
    "001": {
        "person": [
            "Matthew Miller",
            "Abu Ali al-Askari",
            "Stephanie Savell",
            "Sabrina Singh",
            "Michael Knights",
        ],
        "organisation": [
            "Kataib Hezbollah",
            "Hamas",
            "Iraqi Security Forces",
            "Pentagon",
            "Militia Spotlight",
            "Washington Institute",
        ],
        "place": ["Iraq", "US", "Israel", "Gaza", "Syria", "West Bank", "Middle East", "Iran"],
        "group": ["Iraqi", "American", "Americans", "Israeli"],
        "date": ["mid-October", "Friday", "October 26"],
        "figure": ["dozens of rocket and drone strikes"],
        "weapon": ["drone", "rockets", "mortar"],
    },
    "002": {
        "person": ["Abu Baqer Al-Saadi"],
        "organisation": [
            "Islamic Resistance in Iraq",
            "Islamic Resistance",
            "Kataib Hezbollah",
            "Telegram",
            "Instagram",
            "Mujahedin al-Shaabi",
        ],
        "place": ["T-22", "Jordan", "United States", "Al-Qaim", "Baghdad", "Iraq", "Syria", "Iran"],
        "group": ["American", "Shia", "Iraqi"],
        "date": ["2011", "October", "December 2019", "January 2020"],
        "figure": ["over 150 times", "three soldiers"],
        "weapon": ["explosive drone"],
    },
    "003": {
        "person": ["Abu Baqir al-Saadi", "al-Saadi", "Joe Biden"],
        "organisation": [
            "Islamic Resistance in Iraq",
            "Islamic Resistance",
            "Katai’ib Hezbollah",
            "Kata’ib Hezbollah",
            "Al Arabiya English",
            "Pentagon",
            "ISIS",
        ],
        "place": [
            "Iraq", "Iran", "US", "Syria", "Tower 22", "Jordan", "Baghdad", "Washington",
        ],
        "group": ["Iraqi", "Americans"],
        "date": ["Friday", "early last week", "Thursday", "Oct. 17", "Wednesday"],
        "figure": ["over 160 attacks"],
        "weapon": ["drone"],
    },
    "004": {
        "person": [
            "Haidar Hamdani",
            "Abu Ali al-Askari",
            "Askari",
            "Qasem Soleimani",
            "Abu Mahdi al-Muhandis",
            "Mustafa al-Kadhimi",
            "Kadhimi",
            "Ahmed Mullah Talal",
            "Qais al-Khazali",
            "Khazali",
        ],
        "organisation": [
            "AFP",
            "Kataib Hezbollah",
            "Telegram",
            "Rudaw English",
            "Saraya Thorat al-Ashreen al-Thania",
            "Popular Mobilization Forces",
            "PMF",
            "Hashd al-Shaabi",
            "Hashd",
            "Iraqi Counter Terrorism Forces",
            "ICTS",
            "Asaib Ahl al-Haq",
        ],
        "place": [
            "Najaf",
            "US",
            "Al-Qaim",
            "ERBIL",
            "Erbil",
            "Kurdistan Region",
            "Iraq",
            "Iran",
            "Baghdad",
            "Diwaniyah",
            "Green Zone",
            "K-1",
            "Kirkuk",
            "Taji",
            "Ain al-Asad",
            "Anbar",
        ],
        "group": ["Iraqis", "American", "Iranian", "Shiite", "Iraqi", "Briton", "Israeli"],
        "date": ["December 30, 2019", "Sunday", "December 27", "January 3", "March 14", "June 26"],
        "figure": [
            "at least three vehicles",
            "25 of the militia’s fighters",
            "more than a dozen Katyusha rockets",
            "around 27 km",
            "one contractor",
            "one soldier",
            "more than 30 Katyusha rockets",
            "two Iraqis",
            "14 fighters",
            "13 fighters",
        ],
        "weapon": ["Patriot air defense batteries", "missiles", "rocket"],
    },
}  # fmt: skip
NO_NAMES = [
    "So What", "The Statement", "Statement", "What it Means", "In July", "In", "Any", "Militia",
    "Keep Reading", "Know", "What to Know", "Following", "Attacks", "Comments", "Strikes",
    "According", "Supporters", "Photo", "Geo-Political", "Leave", "Jihadist Group", "Separately",
    "Pro-Iran", "Newly", "Secretary", "General", "President", "Prime Minister", "Breaking News",
    "Unbiased", "Share", "Corruption", "Quran", "God", "Who", "All", "Some", "However",
]  # fmt: skip


def text_of(seed: str) -> str:
    (path,) = bundled_seeds().glob(f"{seed}_*.txt")
    return path.read_text(encoding="utf-8")


def collection() -> list[Mention]:
    return [mention for seed in GOLD for mention in recognise(text_of(seed))]


def entities(mentions: list[Mention]) -> list[Entity]:
    return entities_of(mentions, link(Counter((m.type, m.name or m.text) for m in mentions)))


def entity_of(found: list[Entity], form: str) -> Entity:
    (entity,) = {e for e in found if form == e.name or form in e.aliases}
    return entity


@pytest.mark.parametrize("seed", GOLD)
def test_everything_a_reader_would_mark_is_found_with_its_type(seed: str) -> None:
    found = {(m.type.value, m.text) for m in recognise(text_of(seed))}
    wanted = {(kind, text) for kind, texts in GOLD[seed].items() for text in texts}
    assert wanted <= found


@pytest.mark.parametrize("seed", GOLD)
def test_no_name_is_given_two_types(seed: str) -> None:
    types: dict[str, set[str]] = {}
    for mention in recognise(text_of(seed)):
        types.setdefault(mention.text, set()).add(mention.type.value)
    assert {text: kinds for text, kinds in types.items() if len(kinds) > 1} == {}


@pytest.mark.parametrize("seed", GOLD)
def test_headings_titles_and_plain_words_are_no_names(seed: str) -> None:
    named = ("person", "organisation", "place", "group")
    found = {m.text for m in recognise(text_of(seed)) if m.type.value in named}
    assert found & set(NO_NAMES) == set()


def test_a_militia_is_never_a_person() -> None:
    persons = {m.text for m in collection() if m.type == EntityType.PERSON}
    assert not any(
        name.startswith(("Faylaq", "Ashab", "Saraya", "Kata", "Asaib")) for name in persons
    )


@pytest.mark.parametrize(
    ("seed", "short", "full"),
    [
        ("004", "Askari", "Abu Ali al-Askari"),
        ("004", "Kadhimi", "Mustafa al-Kadhimi"),
        ("004", "Khazali", "Qais al-Khazali"),
        ("004", "Hashd", "Hashd al-Shaabi"),
        ("004", "PMF", "Popular Mobilization Forces"),
        ("004", "ICTS", "Iraqi Counter Terrorism Forces"),
        ("003", "al-Saadi", "Abu Baqir al-Saadi"),
        ("002", "Islamic Resistance", "Islamic Resistance in Iraq"),
        ("000", "PMU", "Popular Mobilization Forces"),
    ],
)
def test_short_forms_take_the_fullest_form_of_their_article(
    seed: str, short: str, full: str
) -> None:
    assert {m.name for m in recognise(text_of(seed)) if m.text == short} == {full}


@pytest.mark.parametrize(
    "spellings",
    [
        ["Kataib Hezbollah", "Kata’ib Hezbollah", "Katai’ib Hezbollah"],
        ["Abu Baqer Al-Saadi", "Abu Baqir al-Saadi", "al-Saadi"],
        ["Popular Mobilization Forces", "PMF", "PMU", "Hashd al-Shaabi", "Hashd"],
        ["Qasem Soleimani", "Qassam Soleimani"],
        ["Faylaq al-Wa’ad al-Sadiq", "Faylaq Waad al-Sadiq"],
        ["US", "United States"],
        ["Erbil", "ERBIL"],
        ["Abu Ali al-Askari", "Askari"],
    ],
)
def test_spellings_of_one_name_are_one_entity(spellings: list[str]) -> None:
    found = entities(collection())
    assert len({entity_of(found, form).id for form in spellings}) == 1


def test_different_people_stay_apart() -> None:
    found = entities(collection())
    people = ["Abu Ali al-Askari", "Abu Mahdi al-Muhandis", "Qais al-Khazali", "Mustafa al-Kadhimi"]
    assert len({entity_of(found, name).id for name in people}) == len(people)
