"""Marks on an article's text: stretches of blocks, looked up by line and stepped through."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from tui.layout import block_of

Value = TypeVar("Value")


class Mark(NamedTuple, Generic[Value]):
    """`start` to `end` of a block's text, and what it means."""

    block: int
    start: int
    end: int
    value: Value


class Marks(Generic[Value]):
    """Marks in reading order. Where two overlap, the one that begins first is kept."""

    def __init__(self, marks: Iterable[Mark[Value]] = ()) -> None:
        kept: list[Mark[Value]] = []
        for mark in sorted(marks, key=lambda mark: (mark.block, mark.start, -mark.end)):
            after = not kept or kept[-1].block != mark.block or kept[-1].end <= mark.start
            if after and mark.start < mark.end:
                kept.append(mark)
        self._marks = kept
        self._places = [(mark.block, mark.start) for mark in kept]

    def __len__(self) -> int:
        return len(self._marks)

    def __getitem__(self, number: int) -> Mark[Value]:
        return self._marks[number]

    def __iter__(self) -> Iterator[Mark[Value]]:
        return iter(self._marks)

    def within(self, block: int, start: int, end: int) -> Iterator[tuple[int, Mark[Value]]]:
        """The marks that touch a stretch of a block, with their numbers."""
        number = max(0, bisect_right(self._places, (block, start)) - 1)
        while number < len(self._marks) and self._places[number] < (block, end):
            mark = self._marks[number]
            if mark.block == block and mark.end > start:
                yield number, mark
            number += 1

    def step(self, place: tuple[int, int], direction: int) -> int:
        """The number of the first mark at or after a place, or the last before it; goes round.

        `place` is a block and an offset, `direction` 1 or -1. There must be a mark.
        """
        number = bisect_left(self._places, place)
        return (number if direction > 0 else number - 1) % len(self._marks)


def from_matches(
    matches: Mapping[int | None, Iterable[tuple[int, int]]],
) -> Marks[None]:
    """Marks from stretches by paragraph, as `Library.matches` gives them."""
    return Marks(
        Mark(block_of(paragraph), start, end, None)
        for paragraph, stretches in matches.items()
        for start, end in stretches
    )
