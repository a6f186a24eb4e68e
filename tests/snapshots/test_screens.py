"""What the screens look like, drawn by the real reader on the seeds.

`make test ARGS="tests/snapshots --snapshot-update"` draws them anew; look at what changed before
you commit it.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input
from textual.worker import Worker

from index.places import bundled_seeds
from index.userdata import KeptSearch, KeptSearches, UserData
from tui import themes
from tui.answers import Found
from tui.app import Parallax
from tui.screens.article import ArticleScreen
from tui.screens.compare import CompareScreen
from tui.screens.facts import FactsRead, FactsScreen
from tui.screens.library import LibraryScreen
from tui.widgets.article_view import ArticleView
from tui.widgets.results import ResultsList
from tui.widgets.search_box import SearchBox

PATIENCE = 30.0
SIZES = [(60, 24), (80, 24), (140, 40)]
LOOKS = ["dark", "light", "no-colour"]

Steps = Callable[[Pilot[None]], Awaitable[None]]


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Waits until something is so, and until it is drawn."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "never came to be"
        await pilot.pause(0.01)
    await pilot.pause()


async def library(pilot: Pilot[None]) -> None:
    """The articles that name Kataib Hezbollah, the second one marked."""
    screen = pilot.app.screen
    assert isinstance(screen, LibraryScreen)
    await until(pilot, lambda: screen.updater and screen.updater.ended)
    await until(pilot, lambda: "following  ready" in str(screen.bar.render()))
    await pilot.press("slash", *"kataib hezbollah")
    await until(pilot, lambda: screen.answer.query == "kataib hezbollah")
    await pilot.press("enter", "j", "space")
    if screen.preview_shown:
        article_id = screen.query_one(ResultsList).hit.article.id
        view = screen.query_one(ArticleView)
        await until(pilot, lambda: view.article.id == article_id and marked(view))
    await at_rest(pilot)


async def article(pilot: Pilot[None]) -> None:
    """One of them, opened, at its first match."""
    await library(pilot)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, ArticleScreen))
    await until(pilot, lambda: marked(pilot.app.screen.view))
    await pilot.press("n")
    await at_rest(pilot)


async def comparison(pilot: Pilot[None]) -> None:
    """It and the article most like it, at the second passage that both have."""
    await library(pilot)
    await pilot.press("space", "c")
    await until(pilot, lambda: isinstance(pilot.app.screen, CompareScreen))
    await until(pilot, lambda: all(map(marked, pilot.app.screen.views or [ArticleView()])))
    await pilot.press("full_stop", "full_stop")
    await at_rest(pilot)


async def facts(pilot: Pilot[None]) -> None:
    """What is known of an article, and what that rests on."""
    await library(pilot)
    await pilot.press("i")
    await until(pilot, lambda: isinstance(pilot.app.screen, FactsScreen))
    screen = pilot.app.screen
    await until(pilot, lambda: screen.article)
    # Wherever the seeds lie on this machine.
    elsewhere = f"/articles/{Path(screen.article.locator).name}"
    screen.post_message(FactsRead(replace(screen.article, locator=elsewhere)))
    await until(pilot, lambda: screen.article.locator == elsewhere)
    await pilot.press("j")
    await at_rest(pilot)


async def narrowing(pilot: Pilot[None]) -> None:
    """What these articles have in common, to narrow the search by."""
    await library(pilot)
    await pilot.press("t")
    await at_rest(pilot)


async def timeline(pilot: Pilot[None]) -> None:
    """The months of an answer, one of them chosen; the seeds state no dates."""
    await library(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, LibraryScreen)
    facets = {"month": (("2023-11", 9), ("2023-12", 31), ("2024-02", 84), ("2024-05", 17))}
    results = replace(screen.answer, facets=facets, total=141)
    screen.post_message(Found(screen.questions.generation, results, 0, 0, stay=False))
    await until(pilot, lambda: screen.answer is results)
    await pilot.press("m", "left")
    await at_rest(pilot)


async def completing(pilot: Pilot[None]) -> None:
    """An outlet that is being typed, the second of those offered chosen."""
    await library(pilot)
    box = pilot.app.screen.query_one(SearchBox)
    await pilot.press("slash", *"source:")
    await until(pilot, lambda: len(box.completions.rows) == 3)
    await pilot.press("ctrl+n", "ctrl+n")
    await at_rest(pilot)


async def saved(pilot: Pilot[None]) -> None:
    """Two saved searches, one of which finds something new."""
    await library(pilot)
    screen = pilot.app.screen
    kept = KeptSearches(UserData(screen.library.data_dir), screen.library.paths)
    kept.save(KeptSearch("Attacks on bases", '"painful strikes"', exact=False, seen=b""))
    screen.library.save_search("Militias", "milit* -embassy")
    screen.searches.read_saved()
    await until(pilot, lambda: screen.saved and "new articles" in str(screen.bar.render()))
    await pilot.press("b", "j")
    await at_rest(pilot)


def marked(view: ArticleView) -> bool:
    """Whether both the entities and the matches of the search are marked."""
    return len(view.marking.mentions) > 0 and len(view.marking.matches) > 0


async def at_rest(pilot: Pilot[None]) -> None:
    """Waits until nobody is working on anything and all is drawn."""
    await until(pilot, lambda: not any(is_busy(worker) for worker in pilot.app.workers))


def is_busy(worker: Worker[Any]) -> bool:
    """Whether a worker will come to an end; listening for changes on the disk has none."""
    return worker.group != "follow" and not worker.is_finished


@pytest.fixture
def draw(seeds_cache: Path, snap_compare, monkeypatch: pytest.MonkeyPatch):
    """Compares a screen with its picture; the clock stands still and nothing blinks."""
    frozen = SimpleNamespace(perf_counter=lambda: 0.0)
    monkeypatch.setattr("index.library.time", frozen)
    monkeypatch.setattr(Input, "cursor_blink", False)

    def compare(steps: Steps, size: tuple[int, int], look: str = "dark") -> bool:
        if look == "no-colour":
            monkeypatch.setenv("NO_COLOR", "1")
        app = Parallax([bundled_seeds()], cache_dir=seeds_cache)
        if look == "light":
            app.theme = themes.LIGHT.name
        return snap_compare(app, run_before=steps, terminal_size=size)

    return compare


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("screen", [library, article, comparison, facts], ids=lambda s: s.__name__)
def test_screen(draw, screen: Steps, size: tuple[int, int], look: str) -> None:
    assert draw(screen, size, look)


@pytest.mark.parametrize(
    ("start", "keys"),
    [
        pytest.param(library, ["question_mark"], id="help"),
        pytest.param(library, ["p"], id="preview-below"),
        pytest.param(library, ["slash", *"qqqqq"], id="nothing-found"),
        pytest.param(library, ["f1"], id="examples"),
        pytest.param(library, ["ctrl+s"], id="naming"),
        pytest.param(narrowing, ["j", "j"], id="narrowing"),
        pytest.param(timeline, [], id="timeline"),
        pytest.param(article, ["e", "j", "j"], id="entities"),
        pytest.param(article, ["slash", *"resistance"], id="find"),
        pytest.param(comparison, ["d"], id="differences"),
        pytest.param(facts, ["j", "j", "enter", *"2024-02-09"], id="correcting"),
    ],
)
def test_part_of_a_screen(draw, start: Steps, keys: list[str]) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await start(pilot)
        await pilot.press(*keys)
        await at_rest(pilot)

    assert draw(steps, (80, 24))


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("start", [narrowing, timeline], ids=lambda steps: steps.__name__)
def test_narrowing_on_a_large_screen(draw, start: Steps, look: str) -> None:
    assert draw(start, (140, 40), look)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("screen", [completing, saved], ids=lambda s: s.__name__)
def test_queries(draw, screen: Steps, look: str) -> None:
    assert draw(screen, (80, 24), look)
