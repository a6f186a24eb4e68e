"""The open reader follows its folder: what is saved is found, and nobody is disturbed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.screens.article import ArticleScreen
from tui.screens.compare import CompareScreen
from tui.widgets.status_line import StatusLine

OPENING = "The harbour of Basra opened its new crane, the port authority said on Monday."
OTHERS = (
    "Farmers in the valley asked for more water as the river sank to its lowest in ten years.",
    "The parliament put off its vote on the budget, which members of two parties had left.",
)


def save(folder: Path, name: str, title: str, *paragraphs: str) -> Path:
    path = folder / name
    path.write_text("\n\n".join([title, *paragraphs]) + "\n")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    save(folder, "a.txt", "Crane opened in Basra", OPENING, *OTHERS)
    save(folder, "b.txt", "Water runs low in the valley", OTHERS[0], OPENING)
    save(folder, "c.txt", "No vote on the budget", OTHERS[1], OPENING)
    return folder


def following(reader) -> bool:
    return "following" in reader.bar and "ready" in reader.bar


async def test_a_file_that_is_saved_is_listed_and_found(open_reader, folder) -> None:
    async with open_reader([folder]) as reader:
        await reader.until(lambda: following(reader))
        await reader.press("j")
        here = reader.results.hit.article.id
        (folder / "deep").mkdir()
        save(folder / "deep", "new.txt", "A zeppelin over Mosul", "It was seen by thousands.")
        await reader.until(lambda: reader.results.total == 4 and following(reader) is False)
        await reader.until(lambda: "1 new article" in reader.bar)
        assert reader.results.hit.article.id == here
        assert not reader.notices
        await reader.search("zeppelin")
        assert reader.titles == ["A zeppelin over Mosul"]


async def test_a_list_that_is_read_from_its_top_stays_where_it_is(open_reader, folder) -> None:
    for number in range(10):
        save(folder, f"{number}.txt", f"Headline {number} of the day", f"Text {number} of it.")
    async with open_reader([folder]) as reader:
        await reader.until(lambda: following(reader))
        drawn, here = reader.drawn, reader.results.hit.article.id
        save(folder, "first.txt", "A headline that comes before all others", OPENING)
        await reader.until(lambda: reader.results.total == 14)
        assert reader.results.hit.article.id == here
        assert reader.drawn == drawn
        await reader.press("k")
        assert reader.results.hit.article.title.startswith("A headline")


async def test_marks_and_what_is_typed_stay(open_reader, folder) -> None:
    async with open_reader([folder]) as reader:
        await reader.until(lambda: following(reader))
        await reader.press("space")
        await reader.search("basra")
        marked = reader.results.marked
        save(folder, "new.txt", "Basra again", OPENING)
        await reader.until(lambda: reader.results.total == 4)
        assert reader.box.has_focus
        assert reader.box.value == "basra"
        assert reader.results.marked == marked


async def test_files_that_are_changed_moved_and_removed_are_told(open_reader, folder) -> None:
    async with open_reader([folder]) as reader:
        await reader.until(lambda: following(reader))
        (folder / "b.txt").unlink()
        await reader.until(lambda: "1 article gone" in reader.bar)
        assert reader.results.total == 2
        save(folder, "c.txt", "A vote on the budget after all", *OTHERS)
        await reader.until(lambda: "1 article changed" in reader.bar)
        await reader.until(lambda: any("after all" in title for title in reader.titles))
        (folder / "a.txt").rename(folder / "moved.txt")
        await reader.until(lambda: "1 article moved" in reader.bar)
        await reader.until(
            lambda: any(
                Path(hit.article.locator).name == "moved.txt"
                for hit in map(reader.results.hit_at, range(2))
                if hit
            )
        )


async def test_an_article_that_changes_while_it_is_read_stays_until_asked(
    open_reader, folder
) -> None:
    long = [f"Paragraph {n} of a long report. {OPENING}" for n in range(40)]
    path = save(folder, "long.txt", "A long report", *long)
    async with open_reader([folder]) as reader:
        await reader.until(lambda: following(reader))
        await reader.search("paragraph")
        await reader.press("enter", "enter")
        await reader.until(lambda: isinstance(reader.app.screen, ArticleScreen))
        screen = reader.app.screen
        await reader.until(lambda: screen.view.article and len(screen.view.marking.matches))
        screen.view.scroll_to_line(30)
        status = lambda: str(screen.query_one(StatusLine).render())  # noqa: E731
        path.write_text(path.read_text() + "\nAnd one line more of it.\n")
        await reader.until(lambda: "changed on the disk; u reads it anew" in status())
        assert len(screen.view.article.paragraphs) == 40
        assert screen.view.scroll_offset.y == 30
        await reader.press("u")
        await reader.until(lambda: len(screen.view.article.paragraphs) == 41)
        await reader.until(lambda: len(screen.view.marking.matches))
        assert screen.view.scroll_offset.y == 30
        await reader.until(lambda: "changed on the disk" not in status())
        path.unlink()
        await reader.until(lambda: "no longer where it was" in status())
        assert len(screen.view.article.paragraphs) == 41
        await reader.press("G", "escape")
        await reader.until(lambda: reader.app.screen is reader.library)


async def test_articles_side_by_side_stay_too(open_reader, folder) -> None:
    async with open_reader([folder], size=(120, 30)) as reader:
        await reader.until(lambda: following(reader))
        await reader.press("space", "j", "space", "c")
        await reader.until(lambda: isinstance(reader.app.screen, CompareScreen))
        screen = reader.app.screen
        await reader.until(lambda: len(screen.columns.panes) == 2)
        path = Path(screen.view.article.locator)
        path.write_text(path.read_text() + "\nAnd one line more of it.\n")
        status = lambda: str(screen.query_one(StatusLine).render())  # noqa: E731
        await reader.until(lambda: "u reads it anew" in status())
        before = len(screen.view.article.paragraphs)
        await reader.press("tab")
        await reader.until(lambda: "u reads it anew" not in status())
        await reader.press("tab", "u")
        await reader.until(lambda: len(screen.view.article.paragraphs) == before + 1)


async def test_following_can_be_switched_off_and_on(open_reader, folder) -> None:
    async with open_reader([folder]) as reader:
        await reader.until(lambda: following(reader))
        await reader.press("f")
        assert "not following" in reader.bar
        save(folder, "new.txt", "Saved while nobody looked", OPENING)
        await reader.press("f")
        await reader.until(lambda: reader.results.total == 4)
        await reader.until(lambda: "following" in reader.bar and "not" not in reader.bar)


async def test_a_folder_that_is_left_is_not_followed(open_reader, folder, tmp_path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    save(other, "one.txt", "Another folder", OPENING)
    async with open_reader([folder]) as reader:
        await reader.until(lambda: following(reader))
        await reader.library.open([other])
        await reader.until(lambda: following(reader) and reader.titles == ["Another folder"])
        updater = reader.library.updater
        save(folder, "new.txt", "Not to be read", OPENING)
        save(other, "two.txt", "To be read", OPENING)
        await reader.until(lambda: reader.results.total == 2)
        assert updater.only is None
        assert all(path.is_relative_to(other) for path in reader.library.updater.only)


def test_opening_the_reader_does_not_load_what_follows() -> None:
    import subprocess
    import sys

    program = "import sys, tui.app; print([m for m in ('watchfiles', 'anyio') if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert found.stdout.strip() == b"[]"
