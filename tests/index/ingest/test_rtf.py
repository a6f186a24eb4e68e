"""RTF: text, code pages, tables, notes and properties; pictures passed over; odd documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.index.ingest.documents import BODY, MORE, THIRD, by_reason, only, rtf, texts, why_not


def test_paragraphs_and_what_the_document_states(tmp_path: Path) -> None:
    inside = (
        r"{\fonttbl{\f0\fswiss Arial;}}{\info{\title Caf\'e9 Closed in Basra}{\author Ann Smith}"
        r"{\creatim\yr2024\mo5\dy5}}{\header Running head}"
        rf"\pard\b Bridge\b0\par {BODY}\par {MORE}\line {THIRD}\par"
    )
    article = only(tmp_path, "a.rtf", rtf(inside))
    assert texts(article) == ["Bridge", BODY, MORE, THIRD]
    assert article.title == "Café Closed in Basra"
    assert article.author == "Ann Smith"
    assert article.date is None


def cyrillic(text: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode("cp1251"))


RUSSIAN = "Мост в Басре закрыт после столкновения"


@pytest.mark.parametrize(
    "data",
    [
        rtf(cyrillic(RUSSIAN), r"\ansi\ansicpg1251"),
        rtf(r"{\fonttbl{\f1\fcharset204 Arial;}}\f1 " + cyrillic(RUSSIAN)),
        rtf("".join(f"\\u{ord(letter)}?" for letter in RUSSIAN)),
        rtf(r"\uc0 " + "".join(f"\\u{ord(letter)}" for letter in RUSSIAN)),
        b"{\\rtf1\\ansi\\ansicpg1251 " + RUSSIAN.encode("cp1251") + b"}",
        b"{\\rtf1\\ansi " + RUSSIAN.encode() + b"}",
    ],
    ids=by_reason,
)
def test_code_pages(tmp_path: Path, data: bytes) -> None:
    assert texts(only(tmp_path, "a.rtf", data)) == [RUSSIAN]


def test_characters_in_two_halves_dashes_and_quotes(tmp_path: Path) -> None:
    inside = r"\u-10179?\u-8704? \ldblquote Yes\rdblquote\emdash he said: \{a\}\\u12 b\~c"
    assert texts(only(tmp_path, "a.rtf", rtf(inside))) == ["😀 “Yes”—he said: {a}\\u12 b c"]


def test_tables_notes_links_and_pictures(tmp_path: Path) -> None:
    inside = (
        rf"{BODY}{{\footnote {{\super 1}} {THIRD}}}\par"
        r"\trowd North\cell 9,000\cell\row\pard A|b\par"
        r'{\field{\*\fldinst{HYPERLINK "http://x.example/"}}{\fldrslt{the link}}} here\par'
        rf"{{\pict\pngblip {'89504e47' * 500}}}{{\pict\bin4 {{}}{{}}}}{MORE}"
    )
    assert texts(only(tmp_path, "a.rtf", rtf(inside))) == [
        *(BODY, "North – 9,000", "A|b", "the link here", MORE, f"1 {THIRD}"),
    ]


def test_nothing_reaches_the_terminal(tmp_path: Path) -> None:
    hostile = r"\'1b]0;owned\'07\u27?[31m\u8238?\'00"
    data = rtf(rf"{{\info{{\title Red{hostile} alert in Basra}}}}{hostile}{BODY}\par {MORE}")
    article = only(tmp_path, "a.rtf", data)
    assert article.title == "Red alert in Basra"
    assert texts(article) == [BODY, MORE]


@pytest.mark.parametrize(
    "odd",
    [
        r"\u99999999?\u-99999999?\uc\uc-1\uc99999 \f\fs\'\'zz\u",
        "{" * 50_000,
        "}" * 500,
        r"{\footnote" * 2_000,
        r"{\pict\bin999999999 ",
        r"{\fonttbl{\f0\fcharset78 x;}{\f1\fcharset9999999999 y;}}\f0\'81\'40",
        "\\ansicpg99999 \\'ff",
        r"{\fonttbl" + r"\f1" * 200_000,
    ],
    ids=range(8),
)
def test_odd_documents_give_what_is_in_them(tmp_path: Path, odd: str) -> None:
    assert texts(only(tmp_path, "a.rtf", rtf(f"{BODY}\\par {odd}")))[0] == BODY


def test_a_truncated_document_gives_what_is_there(tmp_path: Path) -> None:
    data = rtf(rf"{{\info{{\title A title}}}}{BODY}\par {MORE}")
    for length in range(120, len(data)):
        assert BODY[:20].startswith(texts(only(tmp_path, "a.rtf", data[:length]))[0][:20])


def test_what_is_no_rtf_says_so(tmp_path: Path) -> None:
    assert why_not(tmp_path, "a.rtf", rtf("")) == "no text in it"
    assert why_not(tmp_path, "a.rtf", b"\0\1\2") == "not an RTF document, whatever its name says"
