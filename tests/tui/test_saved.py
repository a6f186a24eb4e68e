"""Searches that were given a name: saved, listed with what is new, run again, deleted."""

from __future__ import annotations

from textual.widgets import Input

from index.model import SavedSearch
from tests.tui.searching import known, type_
from tui.screens.naming import NamingScreen
from tui.screens.saved import SavedScreen
from tui.widgets.rows import Rows
from tui.wording import saved_news

ERBIL = ("Erbil", "erbil", True)
STRIKES = ("Strikes [/b]", '"painful strikes"', False)


def listed(reader) -> list[str]:
    return [
        rows.render_line(y).text.rstrip()
        for rows in reader.app.screen.query(Rows)
        for y in range(rows.size.height)
    ]


async def opened(reader) -> None:
    await reader.press("b")
    await reader.until(lambda: isinstance(reader.app.screen, SavedScreen))
    await reader.until(lambda: any(listed(reader)))


async def test_a_query_is_saved_under_a_name(open_reader) -> None:
    async with open_reader() as reader:
        library = await known(reader)
        await type_(reader, "erbil")
        await reader.press("ctrl+s")
        await reader.until(lambda: isinstance(reader.app.screen, NamingScreen))
        assert reader.app.screen.query_one(Input).value == "erbil"
        await reader.press(*"Kurdistan", "enter")
        await reader.until(lambda: any("Saved as “Kurdistan”" in n for n in reader.notices))
        assert library.saved_search("Kurdistan").query == "erbil"
        assert reader.app.screen is reader.library
        assert reader.box.has_focus


async def test_a_query_that_is_saved_already_keeps_its_name(open_reader) -> None:
    async with open_reader() as reader:
        await known(reader, saved=[ERBIL, STRIKES])
        await type_(reader, "erbil")
        await reader.press("enter", "ctrl+s")
        await reader.until(lambda: isinstance(reader.app.screen, NamingScreen))
        assert reader.app.screen.query_one(Input).value == "Erbil"
        said = lambda: str(reader.app.screen.query_one("#said").render())  # noqa: E731
        await reader.press(*STRIKES[0])
        await reader.until(lambda: '"painful strikes"' in said())
        await reader.press("escape")
        await reader.until(lambda: reader.app.screen is reader.library)
        assert [search.query for search in reader.library.saved] == [ERBIL[1], STRIKES[1]]


async def test_a_search_needs_a_query_and_a_name(open_reader) -> None:
    async with open_reader() as reader:
        await known(reader)
        await reader.press("ctrl+s")
        assert any("Type a query first" in notice for notice in reader.notices)
        await type_(reader, "erbil")
        await reader.press("ctrl+s")
        await reader.until(lambda: isinstance(reader.app.screen, NamingScreen))
        await reader.press("delete", "enter")
        await reader.until(
            lambda: "needs a name" in str(reader.app.screen.query_one("#said").render())
        )


async def test_what_cannot_be_kept_is_told_each_time_it_is_tried(open_reader) -> None:
    async with open_reader() as reader:
        library = await known(reader)
        # Something else stands where the user's data would.
        (library.data_dir / "user.sqlite").mkdir(parents=True)
        await type_(reader, "erbil")
        for _ in range(2):
            await reader.press("ctrl+s")
            await reader.until(lambda: isinstance(reader.app.screen, NamingScreen))
            await reader.press("enter")
            await reader.until(lambda: any("cannot be opened" in n for n in reader.notices))
            assert not any("Saved" in notice for notice in reader.notices)
            reader.app.clear_notifications()


async def test_saved_searches_are_listed_with_what_is_new(open_reader) -> None:
    async with open_reader() as reader:
        await known(reader, saved=[STRIKES, ERBIL])
        await opened(reader)
        assert listed(reader)[1].strip() == "erbil"
        assert listed(reader)[3].strip() == '"painful strikes"'
        assert listed(reader)[0].startswith("❯ Erbil  ● 1 new")
        assert listed(reader)[0].endswith("1 article")
        assert listed(reader)[2].startswith("  Strikes [/b]  ")
        assert listed(reader)[2].endswith("2 articles")
        await reader.press("escape")
        assert reader.app.screen is reader.library


async def test_a_saved_search_is_run_and_is_not_new_then(open_reader) -> None:
    async with open_reader() as reader:
        library = await known(reader, saved=[STRIKES, ERBIL])
        await opened(reader)
        await reader.press("enter")
        await reader.until(lambda: reader.answered == "erbil")
        assert reader.box.value == "erbil"
        assert reader.results.has_focus
        await reader.until(lambda: reader.library.saved[0].new == 0)
        assert library.saved_searches()[0].new == 0


async def test_the_bar_tells_of_news_until_they_are_seen(open_reader) -> None:
    async with open_reader() as reader:
        await known(reader, saved=[STRIKES, ERBIL])
        await reader.until(lambda: "1 saved search has new articles · b" in reader.bar)
        await opened(reader)
        await reader.press("enter")
        await reader.until(lambda: "saved search" not in reader.bar)


def test_news_are_counted() -> None:
    old, new = SavedSearch("old", "old", 3), SavedSearch("new", "new", 3, 2)
    assert saved_news([]) == saved_news([old]) == ""
    assert saved_news([new, old, new]) == "2 saved searches have new articles · b"


async def test_what_an_update_finds_is_news(open_reader, write_articles) -> None:
    path = write_articles("A convoy in Erbil.", "A bridge.")
    async with open_reader([path]) as reader:
        await known(reader, saved=[("Erbil", "erbil", False)])
        assert "saved search" not in reader.bar
        write_articles("A convoy in Erbil.", "A bridge.", "Talks in Erbil.")
        await reader.press("u")
        await reader.until(lambda: "1 saved search has new articles · b" in reader.bar)
        await opened(reader)
        await reader.until(lambda: "● 1 new" in listed(reader)[0])


async def test_what_is_new_says_so_in_the_list_until_something_else_is_searched_for(
    open_reader, write_articles
) -> None:
    path = write_articles("A convoy in Erbil.", "A bridge.")
    async with open_reader([path]) as reader:
        await known(reader, saved=[("Erbil", "erbil", False)])
        write_articles("A convoy in Erbil.", "A bridge.", "Talks in Erbil.")
        await reader.press("u")
        await reader.until(lambda: "1 saved search has new articles" in reader.bar)
        await opened(reader)
        await reader.press("enter")
        await reader.until(lambda: "new · " in reader.drawn)
        facts = [line for line in reader.drawn.splitlines() if "articles.jsonl" in line]
        assert ["new · " in line for line in facts] == [
            title == "Title 2" for title in reader.titles
        ]
        await reader.press("o")
        await reader.until(lambda: "newest first" in reader.found)
        assert "new · " in reader.drawn
        await type_(reader, "x")
        assert "new · " not in reader.drawn


async def test_a_search_is_run_as_it_was_saved(open_reader) -> None:
    async with open_reader() as reader:
        await known(reader)
        await type_(reader, "erbil")
        await reader.press("enter", "x", "ctrl+s")
        await reader.until(lambda: isinstance(reader.app.screen, NamingScreen))
        await reader.press("enter")
        await reader.until(lambda: reader.library.saved and reader.library.saved[0].exact)
        await reader.press("x")
        assert not reader.library.questions.exact
        await opened(reader)
        await reader.until(lambda: "as typed" in listed(reader)[1])
        await reader.press("enter")
        await reader.until(lambda: reader.library.questions.exact)


async def test_a_search_is_deleted_when_that_is_asked_for_twice(open_reader) -> None:
    async with open_reader() as reader:
        library = await known(reader, saved=[STRIKES, ERBIL])
        await opened(reader)
        await reader.press("d")
        await reader.until(lambda: "Press d again" in listed(reader)[1])
        await reader.press("j")
        await reader.until(lambda: "erbil" in listed(reader)[1])
        await reader.press("d", "d")
        await reader.until(lambda: len(library.saved_searches()) == 1)
        await reader.until(lambda: not any("Strikes" in line for line in listed(reader)))
        await reader.press("d", "d")
        await reader.until(lambda: "No search is saved" in listed(reader)[0])
        assert "^s" in listed(reader)[1]


async def test_another_collection_has_other_queries(open_reader, write_articles) -> None:
    path = write_articles("Something else entirely.")
    async with open_reader() as reader:
        await known(reader, history=["erbil"], saved=[ERBIL])
        reader.app.open_collection([path])
        await reader.until(lambda: "articles.jsonl" in reader.bar and "ready" in reader.bar)
        await reader.until(lambda: not reader.working)
        assert "saved search" not in reader.bar
        assert reader.box.recall.entries == ()
        assert reader.library.saved == ()
