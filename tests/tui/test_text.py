"""Nothing from outside reaches the terminal that it would obey, by whatever way it is shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cli.output import as_json
from tui.text import clean, one_line

INVISIBLE = "\u061c\u200e\u200f\u2028\u2029\u202e\u2060\u2066\u2069\ufeff\ufff9"


@given(st.text(st.characters(codec=None)))
def test_shown_text_holds_nothing_a_terminal_obeys(text: str) -> None:
    for shown in (one_line(text), clean(text)):
        assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in shown)
        assert not set(INVISIBLE) & set(shown)


@given(st.text(st.characters(codec=None)))
def test_cleaned_text_is_as_long_as_before(text: str) -> None:
    assert len(clean(text)) == len(text)


def test_printed_json_escapes_what_a_terminal_obeys(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    as_json({"text": f"a{INVISIBLE}\x1b[31m\x9b\ud800b"})
    printed = capfdbinary.readouterr().out.decode()
    assert not (set(INVISIBLE) | set("\x1b\x9b\ud800")) & set(printed)
