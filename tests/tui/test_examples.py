"""The page of examples: all that can be typed, tried with a key."""

from __future__ import annotations

import pytest
from textual.widgets import Static

from index.fulltext.examples import EXAMPLES
from tui.screens.examples import ExamplesScreen
from tui.widgets.rows import Rows


async def opened(reader) -> None:
    await reader.press("f1")
    await reader.until(lambda: isinstance(reader.app.screen, ExamplesScreen))
    await reader.until(lambda: reader.app.screen.query_one(Rows).value)


@pytest.mark.parametrize("size", [(48, 16), (60, 24), (80, 24), (140, 40)])
async def test_every_example_is_shown_with_its_meaning(open_reader, size) -> None:
    async with open_reader(size=size) as reader:
        await opened(reader)
        rows = reader.app.screen.query_one(Rows)
        lines = []
        for _ in range(200):
            lines += [rows.render_line(y).text for y in range(rows.size.height)]
            if rows.scroll_offset.y >= rows.max_scroll_y:
                break
            rows.scroll_to(y=rows.scroll_offset.y + 1, animate=False, force=True)
            await reader.pilot.pause()
        text = " ".join(" ".join(lines).split())
        for example in EXAMPLES:
            assert example.typed in text
            assert example.means.split()[-1] in text
            assert example.group in text


async def test_an_example_is_tried_in_the_box(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("slash", *"something")
        await opened(reader)
        await reader.press("enter")
        await reader.until(lambda: reader.answered == EXAMPLES[0].typed)
        assert reader.box.value == EXAMPLES[0].typed
        assert reader.box.has_focus


async def test_the_page_is_left_as_it_was_opened(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("slash", *"erbil")
        await opened(reader)
        await reader.press("j", "escape")
        await reader.until(lambda: reader.app.screen is reader.library)
        assert reader.box.value == "erbil"


async def test_help_has_an_example_of_each_kind_and_says_where_the_others_are(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("question_mark")
        text = str(reader.app.screen.query_one("#help-text", Static).render())
        firsts = {example.group: example.typed for example in reversed(EXAMPLES)}
        assert all(typed in text for typed in firsts.values())
        assert "in the library: all of it, by example" in " ".join(text.split())
