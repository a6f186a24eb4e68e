from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from textual.color import Color

from tui import state, themes
from tui.updating import UpdateFailed, UpdateFinished, UpdateProgressed, read_line

GROUNDS = ("background", "surface", "panel", "block-cursor-background",
           "block-cursor-blurred-background", "block-hover-background")  # fmt: skip
TEXTS = ("foreground", "foreground-muted", "primary", "accent", "warning", "error", "success")


def contrast_of(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in Color.parse(colour).normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_opening_the_reader_loads_nothing_heavy() -> None:
    program = "import sys, tui.app; print([m for m in ('whoosh', 'numpy', 'trafilatura', 'lxml')"
    program += " if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert found.stdout.strip() == b"[]"


@pytest.mark.parametrize("theme", [themes.DARK, themes.LIGHT], ids=lambda theme: theme.name)
def test_text_is_readable_on_every_ground(theme) -> None:
    colours = {**theme.to_color_system().generate(), **theme.variables}
    for ground in GROUNDS:
        for text in TEXTS:
            contrast = contrast_of(colours[ground], colours[text])
            assert contrast >= 4.5, (ground, text, contrast)
    pairs = [("match-background", "match-foreground"),
             ("block-cursor-background", "block-cursor-foreground")]  # fmt: skip
    for ground, text in pairs:
        contrast = contrast_of(colours[ground], colours[text])
        assert contrast >= 4.5, (ground, text, contrast)


async def test_colours_are_changed_and_remembered(open_reader) -> None:
    async with open_reader() as reader:
        assert reader.app.theme == "parallax-dark"
        seen = []
        for _ in themes.THEMES:
            await reader.press("ctrl+t")
            seen.append(reader.app.theme)
        assert set(seen) == set(themes.THEMES)
        await reader.press("ctrl+t")
    async with open_reader() as reader:
        assert reader.app.theme == "parallax-light"


async def test_without_colour_nothing_is_coloured(open_reader, monkeypatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_reader() as reader:
        await reader.search("iraq")
        for row in reader.app.screen._compositor.render_strips():
            for segment in row.apply_filter(reader.app._filters[-1], Color(0, 0, 0)):
                style = segment.style
                assert style is None or style.color is None or style.color.is_default
                assert style is None or style.bgcolor is None or style.bgcolor.is_default


async def test_a_damaged_state_file_is_ignored(open_reader) -> None:
    state.state_file().parent.mkdir(parents=True)
    state.state_file().write_text("{")
    async with open_reader() as reader:
        assert reader.results.total == 5


async def test_quitting_during_an_update_ends_its_process(open_reader, write_articles) -> None:
    path = write_articles(*[f"Text {n} of some length. " * 40 for n in range(3000)])
    async with open_reader([path], wait=False) as reader:
        await reader.until(lambda: reader.library.updater and reader.library.updater.pid)
        pid = reader.library.updater.pid
        await reader.press("q")
    assert ended(pid)


def ended(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] == "Z"
    except FileNotFoundError:
        return True


async def test_an_update_that_fails_is_one_line_and_can_be_repeated(open_reader, tmp_path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    async with open_reader([folder]) as reader:
        folder.rmdir()
        await reader.press("u")
        await reader.until(lambda: "reading stopped" in reader.bar)
        assert any("u tries again" in notice for notice in reader.notices)
        folder.mkdir()
        await reader.press("u")
        await reader.until(lambda: "ready" in reader.bar)


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b"3", b"null", b'{"progress": {"x": 1}}',
                                  b'{"report": {}}', b"\xff"])  # fmt: skip
def test_other_output_of_the_update_is_passed_over(line: bytes) -> None:
    assert read_line(line) is None


def test_lines_of_the_update_become_messages() -> None:
    progress = read_line(b'{"progress": {"phase": "reading", "done": 1, "total": 3}}')
    assert isinstance(progress, UpdateProgressed)
    assert progress.progress.total == 3
    report = read_line(b'{"report": {"added": 2, "skipped": [{"locator": "a", "reason": "b"}]}}')
    assert isinstance(report, UpdateFinished)
    assert report.report.skipped[0].reason == "b"
    assert isinstance(read_line(b'{"error": "no room"}'), UpdateFailed)


def test_a_reader_whose_terminal_is_gone_ends(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    reader = subprocess.Popen(
        [sys.executable, "-m", "tui.cli"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm-256color"},
        start_new_session=True,
    )
    os.close(theirs)
    drawn = b""
    while b"Vows to Expel" not in drawn:
        drawn += os.read(ours, 65536)
    os.close(ours)
    reader.wait(timeout=30)
