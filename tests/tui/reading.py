"""Opens the article screen and the side-by-side screen without the rest of the reader."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from index import Library
from tui.screens.article import ArticleScreen
from tui.screens.compare import CompareScreen
from tui.screens.reading import Reading
from tui.widgets.article_view import ArticleView
from tui.widgets.columns import Columns
from tui.widgets.status_line import StatusLine

TURNS = 400
"""Times a test lets the application go on before it gives up on something."""


class Host(App[None]):
    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self.first = screen

    def on_mount(self) -> None:
        self.push_screen(self.first)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"match-foreground": "#ffffff", "match-background": "#333300"}


@dataclass
class Reader:
    app: App[None]
    pilot: Pilot[None]

    @property
    def screen(self) -> Reading:
        assert isinstance(self.app.screen, Reading)
        return self.app.screen

    @property
    def view(self) -> ArticleView:
        return self.screen.view

    @property
    def columns(self) -> Columns:
        return self.screen.query_one(Columns)

    @property
    def status(self) -> str:
        return str(self.screen.query_one(StatusLine).render())

    @property
    def notices(self) -> list[str]:
        return [notice.message for notice in self.app._notifications]

    def drawn(self, view: ArticleView | None = None) -> list[str]:
        view = view or self.view
        return [view.render_line(y).text.rstrip() for y in range(view.size.height)]

    def tops(self) -> list[int]:
        return [pane.view.scroll_offset.y for pane in self.columns.panes]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def until(self, condition: Callable[[], object]) -> None:
        for _ in range(TURNS):
            if condition():
                await self.pilot.pause()
                return
            await self.pilot.pause(0.02)
        raise AssertionError(f"never came to be; {self.status!r} {self.notices}")


@asynccontextmanager
async def reading(screen: Reading, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Reader]:
    app = Host(screen)
    async with app.run_test(size=size) as pilot:
        reader = Reader(app, pilot)
        await reader.until(lambda: screen.views and screen.view.article)
        await reader.until(lambda: any(len(view.marking.mentions) for view in screen.views))
        yield reader


def ids(library: Library) -> dict[str, str]:
    """The seeds' ids by the first number of their files' names."""
    return {Path(article.locator).name[:3]: article.id for article in library.articles()}


def article_screen(library: Library, name: str = "004", query: str = "") -> ArticleScreen:
    return ArticleScreen(library, ids(library)[name], query)


def compare_screen(library: Library, *names: str, query: str = "") -> CompareScreen:
    known = ids(library)
    return CompareScreen(library, [known[name] for name in names or ("003", "004")], query)
