"""Text is broken into lines that fit, and nothing of it is lost."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.text import clean
from tui.wrap import wrap

WIDTHS = st.integers(2, 90)
TEXTS = st.text(
    st.sampled_from("aB é-—–·’.,、。」漢字ｶ가👍👩‍\u200d\ufe0f❤\u0301\u0327\u3000 \u00a0م世")
    | st.characters(),
    max_size=300,
).map(clean)


@given(TEXTS, WIDTHS)
@example("a" * 200, 7)
@example("漢" * 50, 2)
@example("❤\ufe0f" * 40, 3)
def test_lines_fit_and_only_spaces_fall_between_them(text: str, width: int) -> None:
    lines = list(wrap(text, width))
    at = 0
    for start, end in lines:
        assert text[at:start].strip() == ""
        assert cell_len(text[start:end]) <= width
        at = end
    assert text[at:].strip() == ""
    assert all(start < end for start, end in lines) or lines == [(0, 0)]


@given(st.lists(st.text("abcdefgé’", min_size=1, max_size=9), min_size=1), st.integers(9, 60))
def test_lines_are_as_full_as_words_allow(words: list[str], width: int) -> None:
    text = " ".join(words)
    lines = [text[start:end] for start, end in wrap(text, width)]
    assert " ".join(lines) == text
    for line, following in pairwise(lines):
        assert len(line) + 1 + len(following.split(" ")[0]) > width


def broken(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


def test_a_long_word_breaks_after_its_hyphen_but_a_name_stays_whole() -> None:
    assert broken("the self-determination", 15) == ["the self-", "determination"]
    assert broken("Abu al-Saadi", 10) == ["Abu", "al-Saadi"]


def test_wide_text_breaks_between_characters_but_not_before_closing_marks() -> None:
    assert broken("東京都庁。新宿", 8) == ["東京都", "庁。新宿"]


def test_a_no_break_space_holds() -> None:
    assert broken("some 10\u00a0km off", 8) == ["some", "10\u00a0km", "off"]


def test_a_sign_of_several_characters_is_not_cut() -> None:
    family = "👩\u200d👩\u200d👧"
    assert all(line.count("\u200d") in (0, 2) for line in broken(family * 5, 8))


def test_empty_text_is_one_empty_line() -> None:
    assert list(wrap("", 10)) == [(0, 0)]
    assert list(wrap("   ", 10)) == [(0, 0)]
