"""What is typed is found whatever its case, accents, quotation marks and dashes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.find import fold, occurrences


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Kata’ib Hezbollah", "kata'ib hez"),
        ("“Listen”", '"listen"'),
        ("Muḥandis", "muhandis"),
        ("a–b", "A-B"),
        ("10\u00a0km", "10 km"),
        ("İstanbul ÉTÉ", "été"),
        ("народ", "НАРОД"),
    ],
)
def test_finds(text: str, typed: str) -> None:
    [(start, end)] = occurrences(fold(text), fold(typed))
    assert end - start == len(typed)


def test_finds_nothing_for_nothing() -> None:
    assert list(occurrences("abc", "")) == []


@given(st.text("ab", max_size=30), st.text("ab", min_size=1, max_size=3))
def test_finds_every_place_once(text: str, wanted: str) -> None:
    places = list(occurrences(text, wanted))
    assert len(places) == text.count(wanted)
    assert all(text[start:end] == wanted for start, end in places)
