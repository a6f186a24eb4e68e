"""Marks are found by line, and stepped through in reading order."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui.layout import block_of
from tui.marks import Mark, Marks, from_matches

SPANS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 30), st.integers(1, 9)), max_size=20)


def marks(spans: list[tuple[int, int, int]]) -> Marks[None]:
    return Marks(Mark(block, start, start + length, None) for block, start, length in spans)


@given(SPANS)
def test_marks_are_in_order_and_never_overlap(spans: list[tuple[int, int, int]]) -> None:
    kept = list(marks(spans))
    assert kept == sorted(kept)
    for one, two in pairwise(kept):
        assert one.block < two.block or one.end <= two.start


@given(SPANS, st.integers(0, 3), st.integers(0, 40), st.integers(1, 20))
def test_a_line_has_exactly_the_marks_that_touch_it(
    spans: list[tuple[int, int, int]], block: int, start: int, length: int
) -> None:
    of = marks(spans)
    end = start + length
    touching = [
        (number, mark)
        for number, mark in enumerate(of)
        if mark.block == block and mark.start < end and mark.end > start
    ]
    assert list(of.within(block, start, end)) == touching


def test_stepping_goes_round() -> None:
    of = marks([(0, 5, 1), (1, 0, 1), (1, 9, 1)])
    assert [of.step((0, 0), 1), of.step((1, 0), 1), of.step((1, 10), 1)] == [0, 1, 0]
    assert [of.step((1, 10), -1), of.step((1, 0), -1), of.step((0, 0), -1)] == [2, 0, 2]


def test_matches_come_by_paragraph_and_none_is_the_title() -> None:
    found = [mark[:3] for mark in from_matches({0: [(1, 2)], None: [(3, 4)]})]
    assert found == [(block_of(None), 3, 4), (block_of(0), 1, 2)]
