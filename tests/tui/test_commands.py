from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest
from textual.command import CommandPalette
from textual.widgets import OptionList, Static

from index.model import ParallaxError
from tui.commands import active_commands, grouped
from tui.settings import read_keys
from tui.widgets.keys_bar import KeysBar


def write_settings(text: str) -> None:
    path = platformdirs.user_config_path("parallax", appauthor=False) / "settings.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text)


async def test_help_shows_every_active_command(open_reader) -> None:
    async with open_reader() as reader:
        commands = active_commands(reader.app.screen)
        await reader.press("question_mark")
        text = str(reader.app.screen.query_one("#help-text", Static).render())
        text = " ".join(text.split())
        assert len(commands) > 15
        for command in commands:
            assert command.help in text
            assert command.keys[0] in text
            assert command.id in text
        await reader.press("escape")
        assert reader.app.screen is reader.library


async def test_searching_comes_first_in_help_and_palette(open_reader) -> None:
    async with open_reader() as reader:
        first = grouped(active_commands(reader.app.screen))["Search"]
        assert [command.id for command in first[:3]] == [
            "library.search", "library.back", "library.narrow",
        ]  # fmt: skip


async def test_every_command_has_a_name_a_key_and_an_explanation(open_reader) -> None:
    async with open_reader() as reader:
        for command in active_commands(reader.app.screen):
            assert command.description, command
            assert command.help, command
            assert command.keys, command


async def test_the_search_box_has_other_commands(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        ids = {command.id for command in active_commands(reader.app.screen)}
        assert "library.to-results" in ids
        assert "palette" in ids
        assert "quit" not in ids
        assert "library.search" not in ids
        assert "To the list" in str(reader.library.query_one(KeysBar).render())


@pytest.mark.parametrize("width", [40, 60, 80, 140])
async def test_the_footer_fits_and_always_shows_help_and_quit(open_reader, width: int) -> None:
    async with open_reader(size=(width, 24)) as reader:
        footer = reader.library.query_one(KeysBar).render()
        assert footer.cell_length <= width - 2
        assert "? Help  q Quit" in str(footer)


async def test_a_click_on_the_footer_does_what_it_says(open_reader) -> None:
    async with open_reader() as reader:
        at = str(reader.library.query_one(KeysBar).render()).index("/ Search")
        await reader.pilot.click(KeysBar, offset=(at + 3, 0))
        assert reader.box.has_focus


async def test_keys_can_be_changed(open_reader) -> None:
    write_settings('[keys]\n"library.search" = "x"\n"library.open" = "o, f2"\n')
    async with open_reader() as reader:
        await reader.press("x")
        assert reader.box.has_focus
        await reader.press("x", "escape", "slash")
        assert reader.box.value == "x"
        assert not reader.box.has_focus
        commands = {c.id: c for c in active_commands(reader.app.screen)}
        assert commands["library.open"].keys == ("o", "F2")
        assert commands["library.search"].keys == ("x",)


@pytest.mark.parametrize(
    "text",
    ["[keys", "keys = 3", "[keys]\nquit = 3", '[keys]\nquit = ""', '[keys]\nquit = "a,,b"'],
)
async def test_a_bad_settings_file_is_one_notice(open_reader, text: str) -> None:
    write_settings(text)
    async with open_reader() as reader:
        told = [notice for notice in reader.notices if "settings.toml was not used" in notice]
        assert len(told) == 1
        assert "\n" not in told[0]
        await reader.press("j")
        assert reader.results.cursor == 1


def test_an_absent_settings_file_changes_nothing(tmp_path: Path) -> None:
    assert read_keys(tmp_path / "settings.toml") == {}


def test_a_settings_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    with pytest.raises(ParallaxError, match="was not used"):
        read_keys(tmp_path / "settings.toml")


async def test_the_palette_does_commands(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("ctrl+p")
        await reader.until(lambda: isinstance(reader.app.screen, CommandPalette))
        await reader.press(*"last article")
        await reader.until(lambda: reader.app.screen.query_one(OptionList).option_count == 1)
        await reader.press("enter")
        await reader.until(lambda: reader.results.cursor == 4)


async def test_the_palette_finds_commands_by_their_explanation(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("ctrl+p", *"colours")
        await reader.until(lambda: reader.app.screen.query_one(OptionList).option_count > 3)
        offer = reader.app.screen.query_one(OptionList).get_option_at_index(0)
        assert str(offer.prompt).startswith("Theme")


async def test_the_palette_takes_paths_as_text(open_reader, tmp_path: Path) -> None:
    folder = tmp_path / "[" / "bad] [bold"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("A title\n\nA text.\n")
    async with open_reader([folder]) as reader:
        await reader.until(lambda: reader.results.total == 1)
    async with open_reader() as reader:
        await reader.press("ctrl+p", *"open again")
        await reader.until(lambda: reader.app.screen.query_one(OptionList).option_count == 1)
        assert "[/bad] [bold" in str(
            reader.app.screen.query_one(OptionList).get_option_at_index(0).prompt
        )
