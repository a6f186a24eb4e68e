"""What could not be read: by reason, however much it is, on the screen and in print."""

from __future__ import annotations

from pathlib import Path

from index.model import Skipped
from tui.screens.skipped import SkippedScreen
from tui.skipped import by_reason, place_of
from tui.widgets.keys_bar import KeysBar
from tui.widgets.rows import Rows

MANY = [
    *(Skipped(f"/in/deep/{n}.pdf", "protected by a password") for n in range(5000)),
    Skipped("/in/[/b] \x1b[31m.txt", "not text but binary data"),
    *(Skipped(f"/in/a.jsonl#{n}", f"line {n}: not valid JSON") for n in range(3)),
]


def listed(reader) -> list[str]:
    return [
        rows.render_line(y).text.rstrip()
        for rows in reader.app.screen.query(Rows)
        for y in range(rows.size.height)
    ]


async def opened(reader) -> None:
    reader.app.push_screen(SkippedScreen(MANY, [Path("/in")]))
    await reader.until(lambda: isinstance(reader.app.screen, SkippedScreen))
    await reader.until(lambda: any(listed(reader)))


def test_what_few_files_share_comes_first() -> None:
    found = {reason: len(files) for reason, files in by_reason(MANY).items()}
    assert list(found.items()) == [
        ("not text but binary data", 1),
        ("not valid JSON", 3),
        ("protected by a password", 5000),
    ]


def test_places_are_relative_to_the_collection() -> None:
    assert place_of("/in/deep/er/a.zip#b.txt", [Path("/in")]) == ("a.zip#b.txt", "deep/er")
    assert place_of("/in/a.txt", [Path("/other"), Path("/in")]) == ("a.txt", "")
    assert place_of("/in/a.txt", [Path("/in/a.txt")]) == ("a.txt", "")
    assert place_of("/else/a.txt", [Path("/in")]) == ("a.txt", "/else")


async def test_thousands_are_counted_by_reason_and_listed_when_asked(open_reader) -> None:
    async with open_reader() as reader:
        await opened(reader)
        assert "▾ not text but binary data" in listed(reader)[0]
        counted = next(line for line in listed(reader) if "▸ protected by a password" in line)
        assert counted.endswith("5,000")
        assert not any("7.pdf" in line for line in listed(reader))
        await reader.press("G", "enter")
        await reader.until(lambda: any("0.pdf  deep" in line for line in listed(reader)))
        await reader.press("G")
        await reader.until(lambda: any("4999.pdf  deep" in line for line in listed(reader)))
        assert not set("".join(listed(reader))) & set("\x1b")


async def test_the_list_is_filtered_as_somebody_types(open_reader) -> None:
    async with open_reader() as reader:
        await opened(reader)
        await reader.press("slash", *"4321")
        await reader.until(lambda: any("4321.pdf" in line for line in listed(reader)))
        assert not any("jsonl" in line for line in listed(reader))
        await reader.press("x")
        await reader.until(lambda: "None of them has “4321x”." in listed(reader)[0])
        assert "To the list" in str(reader.app.screen.query_one(KeysBar).render())
        await reader.press("escape")
        await reader.until(lambda: any("a.jsonl#1" in line for line in listed(reader)))
        await reader.press("escape")
        await reader.until(lambda: reader.app.screen is reader.library)
