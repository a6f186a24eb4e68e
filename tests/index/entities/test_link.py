"""Which spellings are one name, and which names are not one."""

from __future__ import annotations

import pytest

from index.entities import entities_of, link
from index.model import EntityType, Mention

PERSON, ORGANISATION, PLACE = EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE


def ids(kind: EntityType, *names: str) -> list[str]:
    links = link({(kind, name): 1 for name in names})
    return [links[kind, name][0] for name in names]


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (PERSON, "Abu Baqer Al-Saadi", "Abu Baqir al-Saadi"),
        (PERSON, "Qasem Soleimani", "Qassam Soleimani"),
        (PERSON, "Qassem Suleimani", "Qasem Soleimani"),
        (PERSON, "Qais al-Khazali", "Kais al-Khazali"),
        (PERSON, "Mohammed al-Sudani", "Muhammad al-Sudani"),
        (PERSON, "Abdel Fattah el-Sisi", "Abdul Fattah al-Sisi"),
        (PERSON, "Hassan Nasrallah", "Hasan Nasrullah"),
        (PERSON, "Mustafa al-Kadhimi", "Mostafa Kadhimi"),
        (PERSON, "Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        (PERSON, "Łukasz Żak", "Lukasz Zak"),
        (PERSON, "Muqtada al-Sadr", "Moqtada al-Sadr"),
        (ORGANISATION, "Kataib Hezbollah", "Kata'ib Hezbollah"),
        (ORGANISATION, "Kataib Hezbollah", "Katai'ib Hizballah"),
        (ORGANISATION, "Kata’ib Hizbullah", "Kataeb Hezbollah"),
        (ORGANISATION, "PMF", "Hashd al-Shaabi"),
        (ORGANISATION, "PMF", "Popular Mobilisation Forces"),
        (ORGANISATION, "Faylaq al-Wa’ad al-Sadiq", "Faylaq Waad al-Sadiq"),
        (ORGANISATION, "Saraya Thawrat al-Ishrin", "Saraya Thawrat al-Eshreen"),
        (ORGANISATION, "Northern Relief Committee", "NRC"),
        (PLACE, "US", "United States"),
        (PLACE, "U.S.", "America"),
        (PLACE, "Kyiv", "Kiev"),
        (EntityType.GROUP, "Iraqi", "Iraqis"),
        (EntityType.GROUP, "Shia", "Shi’ite"),
        (EntityType.DATE, "December 27", "december 27"),
        (EntityType.WEAPON, "drone", "drones"),
    ],
)
def test_spellings_of_one_name_share_an_id(kind: EntityType, one: str, other: str) -> None:
    first, second = ids(kind, one, other)
    assert first == second


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (PERSON, "Mustafa al-Kadhimi", "Mohammed al-Kadhimi"),
        (PERSON, "Abu Ali al-Askari", "Abu Mahdi al-Askari"),
        (PERSON, "Qais al-Khazali", "Laith al-Khazali"),
        (PERSON, "Hassan Rouhani", "Hussein Rouhani"),
        (PERSON, "Mahmoud Abbas", "Mohammed Abbas"),
        (PERSON, "George H. W. Bush", "George W. Bush"),
        (PERSON, "Roberta Kennedy", "Robert Kennedy"),
        (PERSON, "Daniel Weiss", "Daniela Weiss"),
        (ORGANISATION, "Kataib Hezbollah", "Hezbollah"),
        (ORGANISATION, "1st Brigade", "2nd Brigade"),
        (ORGANISATION, "Badr Organization", "Popular Mobilization Forces"),
        (PLACE, "North Korea", "South Korea"),
        (PLACE, "Iraq", "Iran"),
        (EntityType.GROUP, "Iraqi", "Iranian"),
        (EntityType.FIGURE, "14 fighters", "13 fighters"),
    ],
)
def test_different_names_keep_different_ids(kind: EntityType, one: str, other: str) -> None:
    first, second = ids(kind, one, other)
    assert first != second


def test_one_text_of_two_types_is_two_entities() -> None:
    links = link({(PERSON, "Jordan"): 1, (PLACE, "Jordan"): 1})
    assert links[PERSON, "Jordan"][0] == "person/jordan"
    assert links[PLACE, "Jordan"][0] == "place/jordan"


def test_a_surname_joins_a_full_name_only_when_no_other_has_it() -> None:
    alone = ids(PERSON, "Matthew Miller", "Miller")
    assert alone[0] == alone[1]
    assert len(set(ids(PERSON, "Matthew Miller", "Judith Miller", "Miller"))) == 3


def test_a_name_without_its_middle_joins_the_only_fuller_one() -> None:
    two = ids(PERSON, "Mustafa al-Kadhimi", "Mustafa Abdullatif al-Kadhimi")
    assert two[0] == two[1]
    assert len(set(ids(PERSON, "George Bush", "George H. W. Bush", "George W. Bush"))) == 3


def test_the_display_name_is_the_most_frequent_full_form() -> None:
    links = link(
        {
            (ORGANISATION, "PMF"): 50,
            (ORGANISATION, "Hashd al-Shaabi"): 3,
            (ORGANISATION, "Popular Mobilization Forces"): 9,
        }
    )
    assert set(links.values()) == {
        ("organisation/popular-mobilization-forces", "Popular Mobilization Forces")
    }


def test_ids_are_readable_unique_and_do_not_depend_on_order() -> None:
    names = {(PERSON, "Łukasz Żak"): 2, (PERSON, "محمد علي"): 1, (PERSON, "习近平"): 1}
    links = link(names)
    assert links[PERSON, "Łukasz Żak"][0] == "person/lukasz-zak"
    assert len({entity for entity, _ in links.values()}) == 3
    assert link(dict(reversed(names.items()))) == links


def test_thousands_of_names_each_get_an_entity() -> None:
    given = ["Mohammed", "Ahmed", "Karim", "John", "Peter", "Elena", "Qasem", "Tariq", "Ivan", "Li"]
    parts = ["ba", "ra", "ko", "mi", "tu", "se", "lan", "dor", "gim", "pel", "rok", "sut", "van"]
    names = {
        (PERSON, f"{first} {a.title()}{b}{c}"): 1
        for first in given
        for a in parts
        for b in parts
        for c in parts[:5]
    }
    links = link(names)
    assert len(links) == len(names)


def mention(text: str, paragraph: int | None, article: str, name: str = "") -> Mention:
    return Mention(0, len(text), PERSON, text, name, paragraph, article)


def test_records_leave_titles_out_of_mentions_but_not_out_of_spellings() -> None:
    mentions = [
        mention("al-Askari", None, "one", "Abu Ali al-Askari"),
        mention("Abu Ali al-Askari", 0, "one"),
        mention("Askari", 2, "one", "Abu Ali al-Askari"),
        mention("Askari", 1, "two", "Abu Ali al-Askari"),
        mention("Matthew Miller", 0, "two"),
    ]
    links = link({(m.type, m.name or m.text): 1 for m in mentions})
    first, second = entities_of(mentions, links)
    assert (first.name, first.id) == ("Abu Ali al-Askari", "person/abu-ali-al-askari")
    assert first.aliases == ("Askari", "al-Askari")
    assert [m.paragraph for m in first.mentions] == [0, 2, 1]
    assert first.articles == ("one", "two")
    assert {m.entity for m in first.mentions} == {first.id}
    assert second.name == "Matthew Miller"
