"""Rules of recognition, on sentences as newspapers write them."""

from __future__ import annotations

import pytest

from index.entities import recognise, recognise_article
from index.model import Article, EntityType, Paragraph, ParagraphKind


def found(text: str) -> dict[str, str]:
    return {m.text: m.type.value for m in recognise(text)}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("They met President Kassym-Jomart Tokayev there.", "Kassym-Jomart Tokayev", "person"),
        ("The report by Sen. Lindsey Graham was read.", "Lindsey Graham", "person"),
        ("A letter from George H. W. Bush was sold.", "George H. W. Bush", "person"),
        ("Talks with Kim Jong-il began.", "Kim Jong-il", "person"),
        ("He praised Ruud van Nistelrooy again.", "Ruud van Nistelrooy", "person"),
        ("The spokesman Orlunde Vask denied it.", "Orlunde Vask", "person"),
        ("A man named Teodrik Amsel fled.", "Teodrik Amsel", "person"),
        ("The militia Liwa Thar al-Muhandis claimed it.", "Liwa Thar al-Muhandis", "organisation"),
        ("It told the Ministry of Water Supply.", "Ministry of Water Supply", "organisation"),
        ("Shares in Bramwell Holdings fell.", "Bramwell Holdings", "organisation"),
        ("The University of East Finland sued.", "University of East Finland", "organisation"),
        ("She joined the Liberal Party of Canada.", "Liberal Party of Canada", "organisation"),
        ("The firm Qorvaxo went bankrupt.", "Qorvaxo", "organisation"),
        ("The rebel group Zarvan Dol fought on.", "Zarvan Dol", "organisation"),
        ("It lies near Qal’at Dizah in the north.", "Qal’at Dizah", "place"),
        ("They crossed the Gulf of Aden.", "Gulf of Aden", "place"),
        ("Rockets hit the K-2 air base.", "K-2", "place"),
        ("Fighting went on in Anbar province.", "Anbar", "place"),
        ("In Wasit Province a well was dug.", "Wasit Province", "place"),
        ("He is a Sunni leader.", "Sunni", "group"),
        ("The Republicans won.", "Republicans", "group"),
        ("The Bush administration replied.", "Bush", "person"),
    ],
)  # fmt: skip
def test_names_are_told_by_what_is_in_and_around_them(text: str, name: str, kind: str) -> None:
    assert found(text).get(name) == kind


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The US-Iraq talks began.", ["US", "Iraq"]),
        ("The Baghdad-Diwaniyah road is closed.", ["Baghdad", "Diwaniyah"]),
        ("The Iran-backed group left.", ["Iran"]),
        ("A pro-Iran group left.", ["Iran"]),
        ("The Israel-Hamas war went on.", ["Israel", "Hamas"]),
    ],
)
def test_names_joined_by_a_hyphen_are_told_apart(text: str, names: list[str]) -> None:
    assert list(found(text)) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Iraq’s army moved.", "Iraq"),
        ("The army of the United States moved.", "United States"),
        ("Prime Minister Haider al-Abadi spoke.", "Haider al-Abadi"),
        ("IRGC General Hossein Salami spoke.", "Hossein Salami"),
    ],
)
def test_titles_articles_and_possessives_are_no_part_of_a_name(text: str, name: str) -> None:
    assert name in found(text)


def test_the_first_word_of_a_sentence_is_a_name_only_with_evidence() -> None:
    assert (
        found(
            "I’ve no DVDs. That's it. Strikes went on. Nothing else happened. Gradually it calmed."
        )
        == {}
    )
    text = "They spoke with Farouk Dallal. Dallal denied it."
    assert found(text)["Dallal"] == "person"


def test_a_headline_is_read_by_what_the_text_below_it_names() -> None:
    text = "Officials Praise Varkonen After Long Talks\n\nThe envoy Mikael Varkonen had come early."
    first = recognise(text)[0]
    assert (first.text, first.name) == ("Varkonen", "Mikael Varkonen")
    assert not {"Officials", "Praise", "Long", "Talks"} & set(found(text))


def test_a_surname_of_two_people_is_left_unresolved() -> None:
    text = (
        "Qais al-Khazali met Laith al-Khazali in Najaf. Later Khazali spoke. "
        "Mustafa al-Kadhimi came too, and Kadhimi left."
    )
    names = {m.text: m.name for m in recognise(text)}
    assert names["Khazali"] == "Khazali"
    assert names["Kadhimi"] == "Mustafa al-Kadhimi"


def test_people_of_like_names_are_not_taken_for_each_other() -> None:
    text = "Hassan Rouhani met Hussein Rouhani and Hussein Rouhani. Rouhani left."
    assert [m.name for m in recognise(text)] == [
        "Hassan Rouhani",
        "Hussein Rouhani",
        "Hussein Rouhani",
        "Rouhani",
    ]


def test_two_spellings_of_one_name_do_not_leave_its_surname_unresolved() -> None:
    text = "Abu Baqer Al-Saadi was named. They buried Abu Baqir al-Saadi. Al-Saadi was a commander."
    assert len({m.name for m in recognise(text)}) == 1


def test_an_acronym_in_brackets_has_the_type_and_name_of_what_stands_before_it() -> None:
    text = "The Northern Relief Committee (NRX) has grown. Later the NRX left."
    names = {(m.text, m.type.value, m.name) for m in recognise(text)}
    assert ("NRX", "organisation", "Northern Relief Committee") in names


def test_one_name_has_one_type_all_over_a_text() -> None:
    text = "The militia Tharvon attacked. In Tharvon they trust. A man of Tharvon fled."
    assert {m.type.value for m in recognise(text) if m.text == "Tharvon"} == {"organisation"}


@pytest.mark.parametrize(
    ("text", "date", "name"),
    [
        ("It was on Dec. 27 that", "Dec. 27", "December 27"),
        ("It was on 27 December 2019 that", "27 December 2019", "December 27, 2019"),
        ("It was on 2019-12-27 that", "2019-12-27", "December 27, 2019"),
        ("On the 3rd of March it", "3rd of March", "March 3"),
        ("On October 1st, 1999 it", "October 1st, 1999", "October 1, 1999"),
        ("in the 1990s", "1990s", "1990s"),
        ("since mid-October", "mid-October", "mid-October"),
        ("in December 2019", "December 2019", "December 2019"),
        ("said on Thursday", "Thursday", "Thursday"),
        ("in 2011", "2011", "2011"),
        ("came early last week", "early last week", "early last week"),
    ],
)
def test_dates_have_a_normal_form(text: str, date: str, name: str) -> None:
    (mention,) = recognise(text)
    assert (mention.type, mention.text, mention.name) == (EntityType.DATE, date, name)


@pytest.mark.parametrize("text", ["They may march on.", "He may go in may.", "Room 2011 is shut."])
def test_verbs_and_plain_numbers_are_no_dates(text: str) -> None:
    assert [m for m in recognise(text) if m.type == EntityType.DATE] == []


@pytest.mark.parametrize(
    "figure",
    [
        "over 150 times", "14 fighters", "more than 30 Katyusha rockets", "27 km", "$1.13bn",
        "two Iraqis", "at least three vehicles", "one contractor", "76%", "dozens of attacks",
        "nearly 2,000 people", "£5 million", "three US soldiers", "up to 40 per cent",
        "an estimated 1.5 million refugees", "twenty-five wounded civilians", "12+ years",
        "more than a dozen rockets",
    ],
)  # fmt: skip
def test_figures_hold_what_they_count_and_their_hedge(figure: str) -> None:
    texts = [m.text for m in recognise(f"They saw {figure}, he said.") if m.type == "figure"]
    assert texts == [figure]


@pytest.mark.parametrize(
    "text",
    ["In 2019 elections were held.", "the 14-year-old boy", "his 27th birthday", "an F-16 crashed",
     "the K-1 base", "at 9:30 on", "one of the main militias", "only one remained"],
)  # fmt: skip
def test_years_ordinals_ages_and_designations_are_no_figures(text: str) -> None:
    assert [m.text for m in recognise(text) if m.type == EntityType.FIGURE] == []


@pytest.mark.parametrize(
    "weapon",
    ["Katyusha rockets", "drones", "IED", "ballistic missiles", "F-16", "Kalashnikov",
     "MQ-9 Reaper", "Patriot air defense batteries", "surface-to-air missiles", "roadside bomb",
     "mortars", "suicide vest", "AK-47", "rocket-propelled grenades"],
)  # fmt: skip
def test_weapons_are_found_with_what_qualifies_them(weapon: str) -> None:
    texts = [m.text for m in recognise(f"They used the {weapon} there.") if m.type == "weapon"]
    assert texts == [weapon]


def test_an_article_is_read_as_one_document_without_its_furniture() -> None:
    article = Article(
        id="0123456789ab",
        locator="/tmp/a.txt",
        title="Askari Threatens New Strikes",
        paragraphs=(
            Paragraph("The commander Abu Ali al-Askari spoke in Baghdad."),
            Paragraph("Share this with Wendell Orring", ParagraphKind.BOILERPLATE),
            Paragraph(""),
            Paragraph("Askari left on Friday."),
        ),
    )
    mentions = recognise_article(article)
    assert [(m.paragraph, m.text) for m in mentions] == [
        (None, "Askari"),
        (0, "Abu Ali al-Askari"),
        (0, "Baghdad"),
        (3, "Askari"),
        (3, "Friday"),
    ]
    assert {m.name for m in mentions if "Askari" in m.text} == {"Abu Ali al-Askari"}
    assert {m.article for m in mentions} == {article.id}
    for mention in mentions:
        place = mention.paragraph
        text = article.title if place is None else article.paragraphs[place].text
        assert text[mention.start : mention.end] == mention.text


def test_a_headline_makes_no_name_longer_than_the_article_has_it() -> None:
    text = (
        "Sheriff Joe Arpaio Endorses Rick Perry\n\n"
        "Gov. Rick Perry was endorsed on Tuesday by the sheriff, Joe Arpaio, his office said.\n\n"
        "Astronomer Anthony Boccaletti saw it. The work of Anthony Boccaletti goes on."
    )
    persons = {m.text for m in recognise(text) if m.type is EntityType.PERSON}
    assert persons == {"Joe Arpaio", "Rick Perry", "Anthony Boccaletti"}


def test_a_politicians_state_is_no_name() -> None:
    text = "Speaker Nancy Pelosi (D-Calif.) met Adam Schiff, D-Calif., on Monday."
    assert not [m for m in recognise(text) if "D-" in m.text]
