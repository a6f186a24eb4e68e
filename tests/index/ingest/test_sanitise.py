"""Nothing that a terminal acts on gets through, and nothing that a reader needs is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest import sanitise, sanitise_line

HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\x1b[]P;m0\x07\\\x9b\x9c\x9d\x00\r\n\t \u202e\u2066\u200b\ufeff\u0344\u0301"
        ),
    )
)
# Bidirectional controls, zero-width junk, separators, tags: by name, apart from the code's ranges.
FORBIDDEN = set(
    "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad"
    "\u2028\u2029\xa0\t\r\U000e0041\ufffe\ufdd0"
)


@given(HOSTILE)
def test_result_is_safe_normal_and_stable(text: str) -> None:
    safe = sanitise(text)
    assert all(c == "\n" or unicodedata.category(c) not in ("Cc", "Cs") for c in safe)
    assert FORBIDDEN.isdisjoint(safe)
    assert unicodedata.is_normalized("NFC", safe)
    assert sanitise(safe) == safe
    assert len(safe) <= 3 * len(text)
    safe.encode("utf-8")


@given(HOSTILE)
def test_a_line_is_one_line(text: str) -> None:
    line = sanitise_line(text)
    assert line == " ".join(line.split())
    assert sanitise_line(line) == line


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert sanitise(text) == text


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x1b]0;owned\x07title", "title"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]52;c;ZXZpbA==\x1b\\after", "after"),
        ("\x9d52;c;ZXZpbA==\x9cafter", "after"),
        ("\x1bP1$r0m\x1b\\after", "after"),
        ("\x1b_payload\x1b\\after", "after"),
        ("\x1b(Bplain\x1bc", "plain"),
        ("a\x1b", "a"),
        ("a\x1b[", "a"),
    ],
)
def test_escape_sequences_go_whole(given_text: str, expected: str) -> None:
    assert sanitise(given_text) == expected


@pytest.mark.parametrize("introducer", ["\x1b]0;", "\x1bP", "\x1b_", "\x1b^", "\x1bX", "\x9d1;"])
def test_an_unterminated_string_costs_only_its_introducer(introducer: str) -> None:
    article = "All of this is the article.\nThis as well."
    assert sanitise(introducer + article).endswith(article)
    assert sanitise(f"First line.\n{introducer}{article}\x07").endswith(article)


def test_badly_decoded_quotes_do_not_swallow_text() -> None:
    assert sanitise("â\x80\x9d one â\x80\x9c two") == "â one â two"


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("a\r\nb\rc\u2028d\u2029e\x0cf", "a\nb\nc\nd\ne\nf"),
        ("10\xa0km\u2009of\u3000road\there", "10 km of road here"),
        ("in\u00adter\u200bna\ufefftional", "international"),
        ("moc.live\u202e", "moc.live"),
        ("cafe\u0301", "café"),
        ("می\u200cخواهم 👩\u200d🚀", "می\u200cخواهم 👩\u200d🚀"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("nul\x00byte", "nulbyte"),
    ],
)
def test_characters(given_text: str, expected: str) -> None:
    assert sanitise(given_text) == expected


def test_piles_of_marks_are_cut_down() -> None:
    pile = "a" + "\u0301\u0316" * 200_000 + "b"
    assert len(sanitise(pile)) < 20
