"""The timeline: what is drawn of the months, and how one of them is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.app import App, ComposeResult

from tui.widgets.timeline import Timeline

YEAR = [("2023-10", 2), ("2024-01", 16), ("2024-02", 1), ("2024-09", 8)]
LONG = [(f"{year}-{month:02}", 3) for year in range(1996, 2024) for month in range(1, 13)]


class Host(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[str] = []
        self.left = 0

    def compose(self) -> ComposeResult:
        yield Timeline()

    @property
    def timeline(self) -> Timeline:
        return self.query_one(Timeline)

    def on_timeline_chosen(self, event: Timeline.Chosen) -> None:
        self.chosen.append(event.value)

    def on_timeline_left(self, event: Timeline.Left) -> None:
        self.left += event.back

    def drawn(self) -> list[str]:
        return [self.timeline.render_line(y).text.rstrip() for y in range(2)]


@asynccontextmanager
async def timeline(
    counts: list[tuple[str, int]], total: int = 0, width: int = 80, *, focus: bool = True
) -> Iterator[tuple[Host, Any]]:
    app = Host()
    async with app.run_test(size=(width, 10)) as pilot:
        app.timeline.show(counts, total or sum(number for _, number in counts))
        if not focus:
            app.set_focus(None)
        await pilot.pause()
        yield app, pilot


async def test_bars_are_as_high_as_their_months_have_articles() -> None:
    async with timeline(YEAR, focus=False) as (app, _):
        bars, names = app.drawn()
        assert bars.split() == ["▁▁▁", ".", ".", "███", "▁▁▁", *"......", "▄▄▄"]
        assert names.split("  ")[0].strip() == "Oct 2023"
        assert names.endswith("Sep 2024")
        assert len(names) == len(bars) + 1


async def test_the_chosen_months_are_named_with_their_articles() -> None:
    async with timeline(YEAR) as (app, pilot):
        assert "Sep 2024: 8 articles" in app.drawn()[1]
        await pilot.press("left")
        assert "Feb 2024: 1 article" in app.drawn()[1]
        await pilot.press("h", "enter")
        assert "Jan 2024: 16 articles" in app.drawn()[1]
        assert app.chosen == ["2024-01"]


async def test_months_without_articles_now_are_not_chosen_any_more() -> None:
    async with timeline(YEAR) as (app, pilot):
        await pilot.press("home")
        app.timeline.show([("2023-09", 3), ("2023-12", 5)], 8)
        await pilot.pause()
        assert "Dec 2023: 5 articles" in app.drawn()[1]


@pytest.mark.parametrize(("keys", "month"), [
    (("home",), "2023-10"),
    (("g", "right"), "2024-01"),
    (("g", "h"), "2023-10"),
    (("g", "l", "l", "l", "l", "l"), "2024-09"),
    (("g", "G"), "2024-09"),
])  # fmt: skip
async def test_keys_go_from_month_to_month_that_has_articles(
    keys: tuple[str, ...], month: str
) -> None:
    async with timeline(YEAR) as (app, pilot):
        await pilot.press(*keys, "enter")
        assert app.chosen == [month]


async def test_more_months_than_columns_are_joined() -> None:
    async with timeline(LONG) as (app, pilot):
        assert len(app.drawn()[0]) <= 80
        await pilot.press("enter")
        assert app.chosen == ["2023-01..2023-12"]
        await pilot.resize_terminal(130, 10)
        await pilot.pause()
        await pilot.press("enter")
        assert app.chosen[-1] == "2023-10..2023-12"


async def test_what_is_chosen_stays_so_when_the_counts_change() -> None:
    async with timeline(YEAR) as (app, pilot):
        await pilot.press("left", "left")
        app.timeline.show([("2022-05", 1), *YEAR, ("2024-12", 3)], 31)
        await pilot.press("enter")
        assert app.chosen == ["2024-01"]


async def test_many_undated_articles_are_told() -> None:
    async with timeline(YEAR, 1000, focus=False) as (app, _):
        assert app.drawn()[1].endswith("973 undated")
    async with timeline(YEAR, 28, focus=False) as (app, _):
        assert "undated" not in app.drawn()[1]


async def test_nothing_is_drawn_and_chosen_where_nothing_is_dated() -> None:
    async with timeline([], 3) as (app, pilot):
        await pilot.press("left", "right", "home", "end", "enter")
        assert app.drawn() == ["", ""]
        assert app.chosen == []


async def test_one_month_is_named_once() -> None:
    async with timeline([("2024-02", 3)], focus=False) as (app, _):
        assert app.drawn()[1].strip() == "Feb 2024"


async def test_few_months_are_named_side_by_side() -> None:
    async with timeline([("2024-02", 3), ("2024-03", 1)], focus=False) as (app, _):
        assert app.drawn()[1].strip() == "Feb 2024 – Mar 2024"


async def test_a_click_chooses_and_another_narrows() -> None:
    async with timeline(YEAR) as (app, pilot):
        await pilot.click(Timeline, offset=(1 + 3 * 4, 0))
        assert "Jan 2024: 16 articles" in app.drawn()[1]
        await pilot.click(Timeline, offset=(1 + 3 * 4, 0))
        assert app.chosen == ["2024-01"]


async def test_escape_leaves_it() -> None:
    async with timeline(YEAR) as (app, pilot):
        await pilot.press("escape")
        await pilot.pause()
        assert app.left == 1
