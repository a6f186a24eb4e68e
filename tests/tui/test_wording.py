"""What the bar says of an update: how far, how quickly, how long still, and what it changed."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from index.model import Progress, Report, Status
from tui.widgets.collection_bar import CollectionBar
from tui.wording import changes, doing, duration, facet_size

READING = Progress("reading", 312, 2225, 300, 100, 0, 3, rate=2100.4, seconds_left=12.2)


def test_progress_is_told_with_its_rate_and_the_time_left() -> None:
    assert doing(READING) == (
        "reading 312 of 2,225 files · 2,100 articles/s · 12 s left",
        "reading 312 of 2,225 files · 12 s left",
        "reading 312 of 2,225 files",
    )


def test_what_is_not_known_of_it_is_not_told() -> None:
    assert set(doing(Progress("reading", 312, 2225))) == {"reading 312 of 2,225 files"}
    assert set(doing(Progress("scanning", rate=9.0))) == {"looking for files"}


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.2, "1 s"), (12.4, "12 s"), (89, "89 s"), (100, "2 min"), (3540, "59 min"),
     (4800, "1 h 20 min")],
)  # fmt: skip
def test_a_time_is_told_as_somebody_counts_who_waits(seconds: float, told: str) -> None:
    assert duration(seconds) == told


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (Report(), ""),
        (Report(unchanged=9, copies=2), ""),
        (Report(added=1), "1 new article"),
        (Report(added=3, changed=1), "3 new articles, 1 changed"),
        (Report(removed=1), "1 article gone"),
        (Report(changed=2000, moved=1), "2,000 articles changed, 1 moved"),
    ],
)
def test_changes_are_told_in_few_words(report: Report, told: str) -> None:
    assert changes(report) == told


class Host(App[None]):
    def compose(self) -> ComposeResult:
        yield CollectionBar()


@pytest.mark.parametrize(
    ("width", "held", "left_out"),
    [
        (140, ["2,100 articles/s · 12 s left", "4 outlets", "━"], []),
        (100, ["12 s left", "4 outlets", "3 skipped"], ["articles/s"]),
        (80, ["12 s left", "3 skipped"], ["articles/s", "outlets"]),
        (60, ["reading 312 of 2,225 files", "3 skipped"], ["left"]),
    ],
)
async def test_a_narrow_bar_tells_less(width: int, held: list[str], left_out: list[str]) -> None:
    async with Host().run_test(size=(width, 4)) as pilot:
        bar = pilot.app.query_one(CollectionBar)
        bar.name_shown, bar.progress = "articles", READING
        bar.status = Status(300, 100, 4, 3, ready=False)
        await pilot.pause()
        drawn = bar.render()
        assert drawn.cell_length <= width - 2
        assert all(part in str(drawn) for part in held), str(drawn)
        assert not any(part in str(drawn) for part in left_out), str(drawn)


async def test_what_has_changed_stands_where_it_was_said_to_be_ready() -> None:
    async with Host().run_test(size=(80, 4)) as pilot:
        bar = pilot.app.query_one(CollectionBar)
        bar.name_shown, bar.status = "articles", Status(300, 300, 4, 0, ready=True)
        bar.following = True
        assert str(bar.render()).endswith("following  ready")
        bar.notice = "1 new article"
        assert str(bar.render()).endswith("1 new article  ready")
        bar.notice, bar.following = "", False
        assert str(bar.render()).endswith("not following  ready")


def test_names_that_are_not_all_counted_are_told_as_that() -> None:
    assert facet_size("month", 1050) == "1,050"
    assert [facet_size("person", number) for number in (49, 50)] == ["49", "50+"]
    assert facet_size("source", 50) == "50"
