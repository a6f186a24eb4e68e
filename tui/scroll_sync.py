"""Scrolling several articles together by what they say.

Each pane has a reading line: a third down its height, gliding to its first line at the top of the
article and to its last at the end, so that every line of the article is at some time on it. Where
two articles say the same thing, their reading lines meet; in between they move in proportion.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Point = tuple[float, float]


class Extent(NamedTuple):
    """How many lines a pane shows at once, and how many its article has."""

    height: int
    lines: int

    @property
    def furthest(self) -> int:
        """The furthest the pane can be scrolled."""
        return max(0, self.lines - self.height)


def interpolate(points: Sequence[Point], x: float) -> float:
    """The value at `x` on the line through points that rise in both directions.

    Before the first and after the last point the value stays.
    """
    after = bisect_right(points, x, key=lambda point: point[0])
    if after == 0:
        return points[0][1]
    if after == len(points):
        return points[-1][1]
    (x0, y0), (x1, y1) = points[after - 1], points[after]
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def _glide(extent: Extent) -> list[Point]:
    """How the reading line follows the scroll position."""
    height, lines = extent
    third = height / 3
    if extent.furthest < height:
        return [(0, 0), (extent.furthest, lines)] if extent.furthest else [(0, 0)]
    rest = height - third
    below = (extent.furthest - rest, lines - 2 * rest)
    return [(0, 0), (third, 2 * third), below, (extent.furthest, lines)]


def reading_line(scroll: float, extent: Extent) -> float:
    """The line that is being read where a pane is scrolled to `scroll`."""
    return interpolate(_glide(extent), scroll)


def scroll_for(line: float, extent: Extent) -> float:
    """Where to scroll a pane so that `line` is being read: the inverse of `reading_line`."""
    return interpolate([(y, x) for x, y in _glide(extent)], line)


def anchors(pairs: Iterable[tuple[int, int]], ends: tuple[int, int]) -> list[Point]:
    """The points two articles meet at, from lines that say the same.

    Keeps the longest run of pairs that rise in both articles (a passage told in another order
    would scroll a pane backwards), and adds both beginnings and both ends.
    """
    inner = sorted({(a, b) for a, b in pairs if 0 < a < ends[0] and 0 < b < ends[1]})
    kept = _longest_rising(inner)
    return [(0, 0), *kept, (max(1, ends[0]), max(1, ends[1]))]


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence rising in both numbers, by patience sorting."""
    ordered = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, (_, b) in enumerate(ordered):
        place = bisect_left(tails, b)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [b]
        ends[place : place + 1] = [n]
    chain = []
    n = ends[-1] if ends else -1
    while n >= 0:
        chain.append(ordered[n])
        n = before[n]
    return chain[::-1]


def same_row(lines: Sequence[int], extents: Sequence[Extent]) -> int:
    """The row of the screen at which these lines, one of each pane, can stand side by side.

    A third down if all panes can scroll there, else the nearest row that most can.
    """
    row = min(extent.height for extent in extents) // 3
    row = max([row, *(y - extent.furthest for y, extent in zip(lines, extents, strict=True))])
    return min([row, *lines])
