"""Draws docs/reader.svg: the real reader, on the example collection, two articles side by side.

python docs/picture.py
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from index import Library
from index.places import bundled_seeds
from tui.app import Parallax
from tui.screens.compare import CompareScreen
from tui.screens.library import LibraryScreen
from tui.widgets.results import ResultsList

PICTURE = Path(__file__).parent / "reader.svg"
SIZE = (140, 40)
QUERY = "resume attacks"
"""The two articles that answer it best report the same announcement."""


async def main() -> None:
    """Searches, marks the first two articles found, sets them side by side, and draws that."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        with Library.open([bundled_seeds()], cache_dir=home) as library:
            library.update()
        app = Parallax(
            [bundled_seeds()],
            QUERY,
            cache_dir=home,
            state_file=home / "state.json",
            settings_file=home / "settings.toml",
        )
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: isinstance(app.screen, LibraryScreen))
            await until(pilot, lambda: app.screen.query_one(ResultsList).total > 1)
            await pilot.press("space", "down", "space", "c")
            await until(pilot, lambda: side_by_side(app))
            # The second passage that both articles have, lit up in both.
            await pilot.press("full_stop", "full_stop")
            await pilot.pause()
            PICTURE.write_text(app.export_screenshot(title="Parallax"), encoding="utf8")


def side_by_side(app: Parallax) -> bool:
    """Whether two articles stand side by side with everything in its place."""
    screen = app.screen
    return (
        isinstance(screen, CompareScreen)
        and len(screen.columns.panes) == 2
        and bool(screen.focused)
    )


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Waits until something is so."""
    async with asyncio.timeout(60):
        while not condition():
            await pilot.pause(0.01)


if __name__ == "__main__":
    asyncio.run(main())
