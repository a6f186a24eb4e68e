"""About this article: what is known of it, what that rests on, and corrections that stay."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from textual.widgets import Input

from index import Article, Library
from index.model import Evidence, EvidenceKind
from tui.described import described, editable, rests_on
from tui.screens.article import ArticleScreen
from tui.screens.compare import CompareScreen
from tui.screens.facts import FactsScreen
from tui.widgets.keys_bar import KeysBar
from tui.widgets.pane import Pane

TEXT = "The harbour of Basra opened its new crane, the port authority said on Monday."


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "export.jsonl"
    path.parent.mkdir()
    rows = [
        {"id": "a", "title": "Crane opened", "source": "Port News", "text": f"{TEXT} " * 40},
        {"id": "b", "title": "Harbour grows", "date": "2024-02-09", "text": f"Again. {TEXT} " * 3},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    (path.parent / "[bold] \x1b[31mnote.txt").write_text(f"A note\n\n{TEXT} It was late.\n")
    return path.parent


def screen_of(reader) -> FactsScreen:
    assert isinstance(reader.app.screen, FactsScreen)
    return reader.app.screen


def shown(reader) -> list[str]:
    rows = screen_of(reader).rows
    return [rows.render_line(y).text.rstrip() for y in range(rows.size.height)]


def value_of(reader, name: str) -> str:
    lines = [line[2:] for line in shown(reader)]
    return next((line[10:].strip() for line in lines if line.startswith(name)), "")


def below(reader, name: str) -> str:
    """What is said below the value of a field."""
    lines = [line[2:] for line in shown(reader)]
    at = next(n for n, line in enumerate(lines) if line.startswith(name))
    return lines[at + 1].strip()


async def about(reader) -> None:
    await reader.press("i")
    await reader.until(lambda: isinstance(reader.app.screen, FactsScreen))
    await reader.until(lambda: any("Copies" in line for line in shown(reader)))


async def to_field(reader, name: str) -> None:
    await reader.press("g")
    while screen_of(reader).rows.value != name:
        await reader.press("down")


async def test_every_field_is_shown_with_what_it_rests_on(open_reader, collection) -> None:
    async with open_reader([collection], size=(80, 30)) as reader:
        await reader.search("crane opened")
        await reader.press("enter")
        await about(reader)
        assert value_of(reader, "Title") == "Crane opened"
        assert below(reader, "Title") == "the file itself: title"
        assert value_of(reader, "Outlet") == "Port News"
        for name in ("Author", "Date", "Address"):
            assert value_of(reader, name) == "unstated"
        assert value_of(reader, "Length").endswith("words")
        assert "export.jsonl#a" in " ".join(shown(reader))
        assert value_of(reader, "Copies") == "none"
        await reader.press("i")
        await reader.until(lambda: reader.app.screen is reader.library)


async def test_a_field_is_corrected_and_taken_back(open_reader, collection) -> None:
    async with open_reader([collection], size=(80, 30)) as reader:
        await reader.search("crane opened")
        await reader.press("enter")
        here = reader.results.hit.article.id
        await about(reader)
        await to_field(reader, "Outlet")
        await reader.press("enter")
        box = screen_of(reader).query_one(Input)
        assert box.value == "Port News"
        assert "⏎ Save  esc Leave" in str(screen_of(reader).query_one(KeysBar).render())
        await reader.press("end", *" of Basra", "enter")
        await reader.until(lambda: value_of(reader, "Outlet") == "Port News of Basra")
        assert below(reader, "Outlet").startswith("your correction, ")
        assert "Port News" in below(reader, "Outlet")
        assert screen_of(reader).rows.value == "Outlet"
        assert screen_of(reader).rows.has_focus
        await reader.until(lambda: reader.results.hit.article.source == "Port News of Basra")
        assert reader.results.hit.article.id == here
        await reader.until(lambda: reader.library.updater.ended)
        await reader.press("x")
        await reader.until(lambda: value_of(reader, "Outlet") == "Port News")
        await reader.until(lambda: reader.results.hit.article.source == "Port News")
        assert not reader.notices
        await reader.press("x")
        assert value_of(reader, "Outlet") == "Port News"


async def test_a_corrected_value_can_be_searched_for(open_reader, collection) -> None:
    async with open_reader([collection]) as reader:
        await reader.search("grows")
        await reader.press("enter")
        await about(reader)
        await to_field(reader, "Outlet")
        await reader.press("enter", *"Zephyr Wire", "enter")
        await reader.until(lambda: value_of(reader, "Outlet") == "Zephyr Wire")
        await reader.press("escape")
        await reader.until(lambda: reader.library.updater.ended and "ready" in reader.bar)
        await reader.search("source:zephyr")
        assert reader.titles == ["Harbour grows"]


async def test_a_value_that_is_refused_stays_with_its_reason(open_reader, collection) -> None:
    async with open_reader([collection]) as reader:
        await about(reader)
        await to_field(reader, "Date")
        await reader.press("enter")
        screen = screen_of(reader)
        assert "such as 2024-02-09" in screen.said
        screen.query_one(Input).value = "some [/day] \x1b[31m"
        await reader.press("enter")
        await reader.until(lambda: "is not a date" in screen.said)
        assert "\x1b" not in screen.said
        assert screen.query_one(Input).has_focus
        assert screen.query_one(Input).value.startswith("some [/day]")
        await reader.press("escape")
        assert screen.rows.has_focus
        assert screen.said == ""
        assert value_of(reader, "Date") in ("unstated", "9 February 2024")
        await reader.press("escape")
        await reader.until(lambda: reader.app.screen is reader.library)


async def test_an_empty_value_says_that_it_is_unstated(open_reader, collection) -> None:
    async with open_reader([collection]) as reader:
        await reader.search("crane opened")
        await reader.press("enter")
        await about(reader)
        await to_field(reader, "Outlet")
        await reader.press("enter", "ctrl+u", "enter")
        await reader.until(lambda: value_of(reader, "Outlet") == "unstated")
        assert below(reader, "Outlet").startswith("your correction, ")


async def test_what_is_not_stated_anywhere_cannot_be_corrected(open_reader, collection) -> None:
    async with open_reader([collection]) as reader:
        await about(reader)
        await to_field(reader, "File")
        await reader.press("enter")
        await reader.until(lambda: "nothing to correct" in screen_of(reader).said)
        assert screen_of(reader).rows.has_focus


async def test_hostile_names_are_shown_as_text(open_reader, collection) -> None:
    async with open_reader([collection]) as reader:
        await reader.search("late")
        await reader.press("enter")
        await about(reader)
        await reader.press("end")
        drawn = "\n".join(shown(reader))
        assert "[bold]" in drawn
        assert not set(drawn) & set("\x1b\x07\u202e")


async def test_the_article_that_is_read_shows_what_was_corrected(open_reader, collection) -> None:
    async with open_reader([collection]) as reader:
        await reader.search("crane opened")
        await reader.press("enter", "enter")
        await reader.until(lambda: isinstance(reader.app.screen, ArticleScreen))
        view = reader.app.screen.view
        await reader.until(lambda: view.article and len(view.marking.matches))
        view.scroll_to_line(12)
        await about(reader)
        await reader.press("enter", "ctrl+u", *"Another headline", "enter")
        await reader.until(lambda: value_of(reader, "Title") == "Another headline")
        await reader.until(lambda: view.article.title == "Another headline")
        await reader.press("escape")
        await reader.until(lambda: isinstance(reader.app.screen, ArticleScreen))
        assert view.scroll_offset.y == 12
        assert len(view.marking.matches)
        await reader.press("g")
        await reader.until(lambda: "Another headline" in view.render_line(1).text)


async def test_side_by_side_it_is_about_the_column_in_focus(open_reader, collection) -> None:
    async with open_reader([collection], size=(120, 40)) as reader:
        await reader.press("space", "j", "space", "c")
        await reader.until(lambda: isinstance(reader.app.screen, CompareScreen))
        screen = reader.app.screen
        await reader.until(lambda: len(screen.columns.panes) == 2)
        await reader.press("tab")
        active = screen.view.article
        await about(reader)
        assert screen_of(reader).article_id == active.id
        await to_field(reader, "Outlet")
        await reader.press("enter", "ctrl+u", *"Zephyr", "enter", "escape")
        await reader.until(lambda: screen.view.article.source == "Zephyr")
        headings = [str(pane.query_one(".heading").render()) for pane in screen.query(Pane)]
        assert any("Zephyr" in heading for heading in headings)
        assert len(screen.columns.panes) == 2


async def test_a_correction_while_the_files_are_being_read_loses_nothing(
    open_reader, write_articles
) -> None:
    path = write_articles(*[f"Text {n} of some length. " * 40 for n in range(1500)])
    async with open_reader([path], wait=False) as reader:
        await reader.until(lambda: reader.results.hit and reader.library.updater.pid)
        first = reader.library.updater
        await about(reader)
        await reader.press("enter", "ctrl+u", *"Aaa", "enter")
        await reader.until(lambda: reader.library.updater is not first)
        await reader.until(lambda: "ready" in reader.bar and reader.results.total == 1500)
        await reader.press("escape")
        await reader.search("title:aaa")
        assert reader.titles == ["Aaa"]


async def test_a_correction_outlives_the_cache(open_reader, collection, tmp_path) -> None:
    for cache in ("one", "two"):
        with Library.open([collection], cache_dir=tmp_path / cache) as library:
            library.update()
            found = library.find(str(collection / "export.jsonl#b"))
            if cache == "one":
                library.correct(found.id, "author", "A. Writer")
            else:
                assert found.author == "A. Writer"


def test_facts_are_told_in_plain_words() -> None:
    said = {
        kind: rests_on(Evidence(kind, detail))
        for kind, detail in (
            (EvidenceKind.TAG, "og:title"),
            (EvidenceKind.FIELD, "column Headline"),
            (EvidenceKind.TEXT, "Rudaw English reached out"),
            (EvidenceKind.ADDRESS, "rudaw.net"),
            (EvidenceKind.FILE_NAME, ""),
            (EvidenceKind.CORRECTION, "it was unstated"),
        )
    }
    assert list(said.values()) == [
        "the page itself: og:title",
        "the file itself: column Headline",
        "its text: “Rudaw English reached out”",
        "its address: rudaw.net",
        "the name of its file or folder",
        "your correction, it was unstated",
    ]
    assert rests_on(Evidence(EvidenceKind.TEXT, "the first line")) == "its text: the first line"
    assert rests_on(None) == ""


def test_dates_are_shown_and_typed_as_they_are_known() -> None:
    day = Article("a", "/a", "T", date=datetime(2024, 2, 9))
    moment = Article("a", "/a", "T", date=datetime.fromisoformat("2024-02-09T14:30:00+02:00"))
    assert editable(day, "date") == "2024-02-09"
    assert editable(moment, "date") == "2024-02-09T14:30:00+02:00"
    date = {each.name: each.value for each in described(moment)}["Date"]
    assert date == "9 February 2024, 14:30 UTC+02:00"


def test_copies_are_listed_with_all_their_places() -> None:
    of = Article("a", "/a", "T", copies=("/b", "/c\x1b"))
    assert {each.name: each.value for each in described(of)}["Copies"] == "/b\n/c"
