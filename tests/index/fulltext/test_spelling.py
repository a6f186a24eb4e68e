from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fulltext.analysis import fold
from index.fulltext.spelling import likeness, look_alike, skeletons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kata'ib", "Katai'ib"),
        ("Hezbollah", "Hizballah"),
        ("Hezbollah", "Hizbullah"),
        ("Qasem", "Qassam"),
        ("Soleimani", "Suleimani"),
        ("Kadhimi", "Kazemi"),
        ("Wa'ad", "Waad"),
        ("Gaddafi", "Qadhafi"),
        ("Yekaterinburg", "Ekaterinburg"),
        ("Baqer", "Baqir"),
        ("Muhammad", "Mohamed"),
        ("Gamal", "Jamal"),
        ("Houthi", "Huthi"),
        ("Khazali", "Ghazali"),
        ("Sharia", "Shariah"),
        ("Tchaikovsky", "Chaykovskiy"),
        ("Alsaadi", "Saadi"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    one, other = fold(one), fold(other)
    assert one == other or set(skeletons(one)) & set(skeletons(other))
    assert likeness(one, other) > 0
    assert likeness(other, one) > 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hassan", "hussein"),
        ("jamal", "jamil"),
        ("hamid", "hamad"),
        ("muhammad", "mahmoud"),
        ("israel", "israeli"),
        ("iraq", "iraqi"),
        ("martin", "morton"),
        ("london", "linden"),
        ("strike", "strake"),
        ("march", "marsh"),
    ],
)
def test_names_that_only_look_alike(one: str, other: str) -> None:
    assert likeness(one, other) == 0


@given(st.text().map(fold))
def test_a_word_is_a_spelling_of_itself(word: str) -> None:
    assert likeness(word, word) == 1
    assert all(skeletons(word))


@given(st.text("abdeghiklmqstuyz", max_size=12), st.text("abdeghiklmqstuyz", max_size=12))
def test_likeness_is_the_same_both_ways(one: str, other: str) -> None:
    assert likeness(one, other) == pytest.approx(likeness(other, one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("paris", "perez"),
        ("paris", "parish"),
        ("tony", "tanni"),
        ("bell", "bill"),
        ("dems", "dams"),
    ],
)
def test_short_names_that_look_alike(one: str, other: str) -> None:
    assert likeness(one, other) > 0
    assert look_alike(one, other)
    assert look_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kataib", "kataiib"),
        ("qais", "kais"),
        ("baqer", "baqir"),
        ("saadi", "alsaadi"),
        ("houthi", "huthi"),
        ("hezbollah", "hizballah"),
        ("gaddafi", "qadhafi"),
    ],
)
def test_names_that_are_no_look_alikes(one: str, other: str) -> None:
    assert not look_alike(one, other)
    assert not look_alike(other, one)
