"""An article becomes lines, and every place in it has one."""

from collections.abc import Collection
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from index.model import Article, Paragraph, ParagraphKind
from tui.layout import FACTS, FIRST_PARAGRAPH, TITLE, Layout, LineKind, block_of, full_facts

BODY, FURNITURE, REPEAT = ParagraphKind.BODY, ParagraphKind.BOILERPLATE, ParagraphKind.REPEAT


def article(*paragraphs: Paragraph, title: str = "A title", **fields: object) -> Article:
    return Article("a", "/a.txt", title, paragraphs=paragraphs, **fields)  # type: ignore[arg-type]


PARAGRAPHS = st.builds(
    Paragraph,
    st.text("ab c-漢é’", min_size=1, max_size=120).filter(str.strip),
    st.sampled_from(ParagraphKind),
)
ARTICLES = st.lists(PARAGRAPHS, max_size=8).map(lambda paragraphs: article(*paragraphs))
OPENED = st.sets(st.integers(0, 7))


def finished(of: Article, width: int, opened: Collection[int] = (), header: bool = True) -> Layout:
    layout = Layout(of, width, opened=opened, header=header)
    layout.finish()
    return layout


def lines(layout: Layout) -> list[str]:
    """What each line shows, without marks."""
    shown = []
    for y in range(len(layout)):
        line = layout.line(y)
        if line.kind is LineKind.FOLD:
            shown.append(f"<{layout.folds[line.fold].label}>")
        else:
            text = layout.blocks[line.block].text if line.block >= 0 else ""
            shown.append(text[line.start : line.end])
    return shown


@given(ARTICLES, st.integers(2, 80), OPENED)
def test_every_block_is_shown_once_whole_or_stands_behind_a_fold(
    of: Article, width: int, opened: set[int]
) -> None:
    layout = finished(of, width, opened)
    for number, block in enumerate(layout.blocks):
        spans = [
            (line.start, line.end)
            for line in map(layout.line, range(len(layout)))
            if line.kind is LineKind.TEXT and line.block == number
        ]
        if layout.is_hidden(number):
            assert spans == []
            assert layout.line(layout.find(number)).kind is LineKind.FOLD
        else:
            shown = "".join(block.text[start:end] for start, end in spans)
            assert shown.replace(" ", "") == block.text.replace(" ", "")
            assert all(cell_len(block.text[start:end]) <= width for start, end in spans)


@pytest.mark.parametrize("kind", [ParagraphKind.BODY, ParagraphKind.BOILERPLATE])
def test_the_beginning_of_a_block_that_begins_with_a_space_is_on_its_line(
    kind: ParagraphKind,
) -> None:
    layout = Layout(article(Paragraph(" aaa", kind)), 2, opened={0})
    line = layout.line(layout.find(FIRST_PARAGRAPH, 0))
    assert line.kind is LineKind.TEXT
    assert line.block == FIRST_PARAGRAPH


@given(ARTICLES, st.integers(2, 80), OPENED, st.data())
def test_a_place_is_found_on_the_line_that_shows_it(
    of: Article, width: int, opened: set[int], data: st.DataObject
) -> None:
    layout = Layout(of, width, opened=opened)
    block = data.draw(st.integers(0, len(layout.blocks) - 1))
    offset = data.draw(st.integers(0, len(layout.blocks[block].text)))
    line = layout.line(layout.find(block, offset))
    if layout.is_hidden(block):
        fold = layout.folds[line.fold]
        assert line.kind is LineKind.FOLD
        assert fold.first <= block < fold.last
    else:
        assert line.kind is LineKind.TEXT
        assert line.block == block
        # Spaces that a line is broken at stand on the line before.
        assert not layout.blocks[block].text[line.end : offset].strip()
        assert line.start <= offset or not layout.blocks[block].text[: line.start].strip()


@given(ARTICLES, st.integers(2, 40), st.integers(1, 5))
def test_lines_found_in_slices_are_the_same(of: Article, width: int, slice_: int) -> None:
    layout = Layout(of, width)
    while not layout.complete:
        layout.extend(slice_)
    assert lines(layout) == lines(finished(of, width))


def test_furniture_and_repetition_fold_into_one_line_each() -> None:
    of = article(
        Paragraph("Said once."),
        Paragraph("Said once, again.", REPEAT),
        Paragraph("And again.", REPEAT),
        Paragraph("Share:", FURNITURE),
        Paragraph("The end."),
    )
    assert lines(finished(of, 60))[4:] == [
        "Said once.",
        "",
        "<2 paragraphs already said above>",
        "<1 line of site furniture: Share:>",
        "",
        "The end.",
    ]


def test_an_open_fold_shows_its_line_and_its_paragraphs() -> None:
    of = article(Paragraph("Said."), Paragraph("Share:", FURNITURE), Paragraph("On.", FURNITURE))
    assert lines(finished(of, 60, {0}, header=False)) == [
        "Said.",
        "",
        "<2 lines of site furniture: Share:, On.>",
        "",
        "Share:",
        "",
        "On.",
    ]


def places(layout: Layout) -> list[str]:
    """What each line shows, with the places that begin on blank ones."""
    named = [layout.line(y).place for y in range(len(layout))]
    return [
        f"[{place}]" if place else text for text, place in zip(lines(layout), named, strict=True)
    ]


def test_a_page_is_named_where_it_begins() -> None:
    of = article(
        Paragraph("One.", BODY, "page 1"),
        Paragraph("Two.", BODY, "page 1"),
        Paragraph("Share:", FURNITURE, "page 2"),
        Paragraph("Three.", BODY, "page 2"),
        Paragraph("Four.", BODY, "page \x1b3"),
    )
    folded = ["One.", "", "Two.", "[page 2]", "<1 line of site furniture: Share:>", "", "Three."]
    last = ["[page \ufffd3]", "Four."]
    assert places(finished(of, 60))[3:] == ["[page 1]", *folded, *last]
    assert places(finished(of, 60, header=False)) == [*folded, *last]
    opened = [*folded[:5], "", "Share:", "", "Three."]
    assert places(finished(of, 60, {0}, header=False)) == [*opened, *last]


def test_a_page_that_begins_behind_a_closed_fold_is_named_after_it() -> None:
    of = article(
        Paragraph("One.", BODY, "page 1"),
        Paragraph("Share:", FURNITURE, "page 1"),
        Paragraph("On.", FURNITURE, "page 2"),
        Paragraph("Two.", BODY, "page 2"),
    )
    assert places(finished(of, 60, header=False))[-2:] == ["[page 2]", "Two."]


def test_the_only_page_of_a_document_is_not_named() -> None:
    of = article(Paragraph("One.", BODY, "page 1"), Paragraph("Two.", BODY, "page 1"))
    assert places(finished(of, 60))[3:] == ["", "One.", "", "Two."]


def test_title_and_facts_stand_above_unless_they_are_not_wanted() -> None:
    of = article(Paragraph("Said."), title="News", source="Rudaw", words=1)
    assert lines(finished(of, 60)) == ["", "News", "Rudaw · undated · 1 word", "", "Said."]
    assert lines(finished(of, 60, header=False)) == ["Said."]


def test_facts_name_what_is_known() -> None:
    of = article(source="Rudaw", author="A. Writer", date=datetime(2020, 7, 5), words=1638)
    assert full_facts(of) == "Rudaw · A. Writer · 5 July 2020 · 1,638 words"


def test_nothing_in_an_article_reaches_the_terminal_as_a_command() -> None:
    of = article(Paragraph("a\x1b[3mb\u202ec"), title="t\x07", source="s\x9b1m")
    assert lines(finished(of, 60)) == [
        "",
        "t\ufffd",
        "s\ufffd1m · undated · 0 words",
        "",
        "a\ufffd[3mb\ufffdc",
    ]


def test_blocks_are_numbered_the_same_with_and_without_a_header() -> None:
    assert (block_of(None), block_of(0)) == (TITLE, FIRST_PARAGRAPH)
    assert FACTS == 1
