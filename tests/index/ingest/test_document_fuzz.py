"""Whatever is done to a document, its reader gives articles or what was skipped, and no error."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ingest import read_file, sanitise_line
from index.model import Article, Skipped
from tests.index.ingest.documents import (
    BODY,
    MORE,
    chapter,
    docx,
    epub,
    members_of,
    odt,
    pdf,
    rtf,
    zipped,
)

NAMES = ["a.pdf", "a.docx", "a.odt", "a.rtf", "a.epub"]
PLACES = st.floats(0, 1, exclude_max=True)
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("flip"), PLACES, st.integers(1, 255)),
        st.tuples(st.just("cut"), PLACES, st.integers(1, 300)),
        st.tuples(st.just("end"), PLACES, st.just(0)),
        st.tuples(st.just("insert"), PLACES, st.binary(min_size=1, max_size=40)),
    ),
    min_size=1,
    max_size=6,
)


@cache
def real(name: str) -> bytes:
    """A small real file of the kind."""
    match name:
        case "a.pdf":
            return pdf([BODY[:80], BODY[80:]], [MORE], title="Bridge closed")
        case "a.docx":
            return docx(BODY, MORE, title="Bridge closed")
        case "a.odt":
            return odt(f"<text:p>{BODY}</text:p><text:list><text:list-item/></text:list>")
        case "a.rtf":
            return rtf(r"{\info{\title Bridge}}\f0 \u1055?\'e9{\footnote x}\cell\row " + BODY)
    return epub({"a.xhtml": chapter(f"<p>{BODY}</p>"), "b.xhtml": chapter("<td>&nbsp;</td>")})


def edited(data: bytes, edits: list[tuple[str, float, int | bytes]]) -> bytes:
    """The bytes with a few of them changed, taken out, cut off or put in."""
    for kind, place, what in edits:
        at = int(place * len(data))
        if kind == "end":
            data = data[:at]
        elif kind == "flip" and isinstance(what, int) and data:
            data = data[:at] + bytes([data[at] ^ what]) + data[at + 1 :]
        elif kind == "cut" and isinstance(what, int):
            data = data[:at] + data[at + what :]
        elif isinstance(what, bytes):
            data = data[:at] + what + data[at:]
    return data


def check(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        found = list(read_file(path))
    assert found
    for each in found:
        if isinstance(each, Article):
            assert each.paragraphs
            assert all(each.text == sanitise_line(each.text) for each in each.paragraphs)
        else:
            assert isinstance(each, Skipped)
            assert each.reason == sanitise_line(each.reason)
            assert str(path) not in each.reason


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=400))
def test_any_bytes(name: str, data: bytes) -> None:
    check(name, data)
    check(name, real(name)[:8] + data)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=150, deadline=None)
@given(edits=EDITS)
def test_a_real_file_with_anything_done_to_it(name: str, edits: list) -> None:  # type: ignore[type-arg]
    check(name, edited(real(name), edits))


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub"])
@settings(max_examples=100, deadline=None)
@given(edits=EDITS, which=st.integers(0, 99))
def test_a_real_part_with_anything_done_to_it(name: str, edits: list, which: int) -> None:  # type: ignore[type-arg]
    members = members_of(real(name))
    part = [*members][which % len(members)]
    check(name, zipped({**members, part: edited(members[part], edits)}))
