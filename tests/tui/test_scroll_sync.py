"""Panes scroll together: in order, to the end, and side by side where they say the same."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tui.scroll_sync import Extent, anchors, interpolate, reading_line, same_row, scroll_for

EXTENTS = st.builds(Extent, st.integers(1, 60), st.integers(1, 5000))
PAIRS = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), max_size=20)


@given(EXTENTS, st.data())
def test_scrolling_to_the_line_being_read_leads_back(extent: Extent, data: st.DataObject) -> None:
    scroll = data.draw(st.integers(0, extent.furthest))
    assert scroll_for(reading_line(scroll, extent), extent) == pytest.approx(scroll)


@given(EXTENTS, st.data())
def test_the_line_being_read_is_in_view(extent: Extent, data: st.DataObject) -> None:
    scroll = data.draw(st.integers(0, extent.furthest))
    assert scroll - 1e-6 <= reading_line(scroll, extent) <= scroll + extent.height + 1e-6


@given(EXTENTS)
def test_reading_goes_from_the_first_line_to_the_last(extent: Extent) -> None:
    assume(extent.furthest > 0)
    assert reading_line(0, extent) == 0
    assert reading_line(extent.furthest, extent) == pytest.approx(extent.lines)


@given(PAIRS)
def test_anchors_rise_and_hold_both_ends(pairs: list[tuple[int, int]]) -> None:
    points = anchors(pairs, (100, 100))
    assert points[0] == (0, 0)
    assert points[-1] == (100, 100)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(points))


@given(PAIRS, st.floats(0, 100), st.floats(0, 100))
def test_reading_on_in_one_never_goes_back_in_the_other(
    pairs: list[tuple[int, int]], x: float, y: float
) -> None:
    points = anchors(pairs, (100, 100))
    low, high = sorted((x, y))
    assert interpolate(points, low) <= interpolate(points, high) + 1e-9


def test_a_passage_told_out_of_order_is_left_out() -> None:
    points = anchors([(10, 10), (20, 20), (30, 5), (40, 40)], (50, 50))
    assert points == [(0, 0), (10, 10), (20, 20), (40, 40), (50, 50)]


def test_reading_lines_meet_at_passages() -> None:
    points = anchors([(10, 30)], (100, 100))
    assert interpolate(points, 10) == 30
    assert interpolate(points, 5) == 15


@given(st.lists(st.tuples(EXTENTS, st.floats(0, 1)), min_size=1, max_size=4))
def test_lines_are_set_on_one_row_where_every_pane_reaches(
    panes: list[tuple[Extent, float]],
) -> None:
    extents = [extent for extent, _ in panes]
    lines = [int(part * (extent.lines - 1)) for extent, part in panes]
    row = same_row(lines, extents)
    reached = [0 <= y - row <= e.furthest for y, e in zip(lines, extents, strict=True)]
    possible = max(y - e.furthest for y, e in zip(lines, extents, strict=True)) <= min(lines)
    assert row >= 0
    assert all(reached) or not possible
