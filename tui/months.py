"""Months as a reader counts articles by: named, without gaps, and joined where there are many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

JOINED = (1, 3, 12, 60, 120, 1200, 12_000)
"""The months of a stretch: a month, a quarter, a year, five, ten, a hundred, and a thousand."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some months, and the number of articles of them."""

    first: str
    """A month as 2024-02."""
    last: str
    count: int

    @property
    def value(self) -> str:
        """The months as a date filter has them: `2024-02`, or `2024-01..2024-03`."""
        return self.first if self.first == self.last else f"{self.first}..{self.last}"

    @property
    def name(self) -> str:
        """The months as they are spoken of: `Feb 2024`, `Jan–Mar 2024`, `2024`, `2020–2024`."""
        if self.first == self.last:
            return name_of(self.first)
        (year, first), (until, last) = self.first.split("-"), self.last.split("-")
        if (first, last) == ("01", "12"):
            return str(int(year)) if year == until else f"{int(year)}–{int(until)}"
        return f"{name_of(self.first)[:3]}–{name_of(self.last)}"


def name_of(month: str) -> str:
    """A month as it is spoken of: `Feb 2024` for 2024-02."""
    day = date.fromisoformat(f"{month}-01")
    return f"{day:%b} {day.year}"


def stretches(counts: Sequence[tuple[str, int]], room: int) -> tuple[Stretch, ...]:
    """All months from the first to the last with their counts, at most `room` stretches.

    `counts` are in order of time. Where there are more months than room, all stretches are
    quarters, years or more; the first and the last are whole, too.
    """
    if not counts:
        return ()
    first, last = _number(counts[0][0]), _number(counts[-1][0])
    size = next((s for s in JOINED if last // s - first // s < room), JOINED[-1])
    sums = [0] * (last // size - first // size + 1)
    for month, count in counts:
        sums[_number(month) // size - first // size] += count
    begin = first // size * size
    return tuple(
        Stretch(_month(begin + n * size), _month(begin + (n + 1) * size - 1), count)
        for n, count in enumerate(sums)
    )


def _number(month: str) -> int:
    year, number = month.split("-")
    return int(year) * 12 + int(number) - 1


def _month(number: int) -> str:
    # What is joined into centuries may begin before the year 1, and end after 9999.
    number = min(max(number, 12), 9999 * 12 + 11)
    return f"{number // 12:04}-{number % 12 + 1:02}"
