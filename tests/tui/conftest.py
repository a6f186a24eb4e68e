"""Opens the real reader on real files, without a terminal, and runs the command line."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from index.places import bundled_seeds
from tests.tui.command_line import Ran, Run
from tui.app import Parallax
from tui.cli.entry import main
from tui.screens.library import LibraryScreen
from tui.widgets.collection_bar import CollectionBar
from tui.widgets.results import ResultsList
from tui.widgets.search_box import SearchBox

PATIENCE = 30.0
"""Seconds until a test gives up on something that should happen."""


@dataclass
class Reader:
    """The reader, and somebody at its keyboard."""

    app: Parallax
    pilot: Pilot[None]

    @property
    def library(self) -> LibraryScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, LibraryScreen)
        return screen

    @property
    def results(self) -> ResultsList:
        return self.library.query_one(ResultsList)

    @property
    def bar(self) -> str:
        return str(self.library.query_one(CollectionBar).render())

    @property
    def found(self) -> str:
        return str(self.library.query_one("#found", Static).render())

    @property
    def box(self) -> SearchBox:
        return self.library.query_one(SearchBox)

    @property
    def titles(self) -> list[str]:
        hits = map(self.results.hit_at, range(self.results.total))
        return [hit.article.title for hit in hits if hit]

    @property
    def drawn(self) -> str:
        """What the list shows."""
        results = self.results
        return "\n".join(results.render_line(y).text for y in range(results.size.height))

    @property
    def notices(self) -> list[str]:
        return [notice.message for notice in self.app._notifications]

    @property
    def working(self) -> bool:
        """Whether anybody works on anything but listening for changes on the disk."""
        return any(w.group != "follow" and not w.is_finished for w in self.app.workers)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def until(self, condition: Callable[[], object]) -> None:
        """Waits until something is so."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, f"never came to be: {self.bar}\n{self.drawn}"
            await self.pilot.pause(0.01)

    async def search(self, query: str) -> None:
        """Types a query, and waits for its answer."""
        await self.press("slash")
        self.box.value = ""
        await self.press(*query)
        await self.until(lambda: self.answered == query)

    @property
    def answered(self) -> str | None:
        """The query whose answer is on the screen."""
        results = self.library.answer
        return results.query if results else None


OpenReader = Callable[..., AbstractAsyncContextManager[Reader]]


@pytest.fixture
def open_reader(seeds_cache: Path) -> OpenReader:
    """Opens the reader, on the seeds unless paths are given, and waits until it is ready."""

    @asynccontextmanager
    async def open_(
        paths: Sequence[Path] = (),
        query: str | None = None,
        size: tuple[int, int] = (80, 24),
        *,
        wait: bool = True,
    ) -> AsyncIterator[Reader]:
        # The cache of the seeds is up to date: their articles are there before they are read.
        done = "ready" if paths else "5 articles"

        app = Parallax(paths or [bundled_seeds()], query, cache_dir=seeds_cache)
        async with app.run_test(size=size) as pilot:
            reader = Reader(app, pilot)
            if wait:
                await reader.until(lambda: done in reader.bar and reader.answered is not None)
                await pilot.pause()
            yield reader

    return open_


@pytest.fixture(scope="session")
def cache_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that the tests of the command line share, so that the seeds are read once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def run(
    cache_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Run:
    """Runs a command line in this process, as it is run down a pipe."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_home))
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "COLUMNS", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str | Path) -> Ran:
        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        return Ran(code, *capfd.readouterr())

    return run
