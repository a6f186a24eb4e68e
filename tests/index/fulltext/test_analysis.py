from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fulltext.analysis import LONGEST_WORD, beginnings, fold, sort_key, spans, stem, terms

from .conftest import SEEDS


@pytest.mark.parametrize("apostrophe", list("'’‘ʼʿ`´"))
def test_apostrophes_within_a_word_vanish(apostrophe: str) -> None:
    assert terms(f"Kata{apostrophe}ib") == ["kataib"]
    assert terms(f"Iraq{apostrophe}s militias{apostrophe}") == ["iraq", "militias"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US forces left us", ["u.s", "forces", "left", "us"]),
        ("the U.S. and U.S.-led, U.K.", ["the", "u.s", "and", "u.s", "led", "uk"]),
        ("AT&T K-1 T-22 don't", ["at&t", "k", "1", "t", "22", "dont"]),
        ("1,000 men, 3.5 tons, $1.13bn", ["1000", "men", "3.5", "tons", "1.13bn"]),
        ("al-Saadi ‘quoted’", ["al", "saadi", "quoted"]),
        ("Müller Straße Łódź ﬁne", ["muller", "strasse", "lodz", "fine"]),
        ("كتائب الله", ["كتايب", "الله"]),
        ("Ёлка МОСКВА", ["елка", "москва"]),
        ("שָׁלוֹם", ["שלום"]),
        ("東京2020 テスト", ["東", "京", "2020", "テ", "ス", "ト"]),
        ("_snake_ … — ' & .", ["snake"]),
    ],
)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_composed_and_decomposed_letters_are_one() -> None:
    for word in ("café", "Łukasz", "naïve", "إسلامية", "Йод"):
        assert terms(unicodedata.normalize("NFD", word)) == terms(
            unicodedata.normalize("NFC", word)
        )


@given(st.text())
def test_any_text_has_terms_and_their_places(text: str) -> None:
    placed = list(spans(text))
    assert [term for term, _, _ in placed] == terms(text)
    last = 0
    for term, start, end in placed:
        assert last <= start < end <= len(text)
        assert fold(text[start:end]) == term or term == "u.s"
        assert 0 < len(term) <= LONGEST_WORD
        last = end


@given(st.text())
def test_terms_are_folded_for_good(text: str) -> None:
    for term in terms(text):
        assert term == term.casefold()
        assert not any(char.isspace() for char in term)
        assert fold(term) == term


def test_stems_join_the_forms_of_a_word() -> None:
    assert stem("militias") == stem("militia")
    assert stem("attacked") == stem("attacks") == stem("attacking") == stem("attack")
    assert stem("москва") == "москва"


def test_words_begin_as_their_stem_says() -> None:
    text = " ".join(path.read_text() for path in SEEDS.glob("*.txt"))
    words = {
        *terms(text),
        "dying",
        "lying",
        "skies",
        "happily",
        "relational",
        "agencies",
        "usability",
        "using",
    }
    for word in filter(lambda word: len(word) > 3, words):
        assert word.startswith(beginnings(stem(word))), word


def test_titles_are_sorted_without_case_accents_and_punctuation() -> None:
    assert sorted(["“Zebra”", "Ärzte", "an Apple", "Bear’s"], key=sort_key) == [
        "an Apple",
        "Ärzte",
        "Bear’s",
        "“Zebra”",
    ]
