from __future__ import annotations

from pathlib import Path

from textual import events
from textual.widgets import Static

from index import Library
from index.model import EntityType
from index.places import bundled_seeds
from tests.tui.searching import at_rest
from tui.text import one_line
from tui.widgets.collection_bar import CollectionBar
from tui.widgets.results import ResultsList
from tui.widgets.rows import Rows
from tui.widgets.search_box import SearchBox

BROKEN = ['"', '"" "', "((((", ")", "source:", "after:yesterday", "-", "*", "***", "AND OR NOT",
          "[/", "[bold]", "\\", "title:(", "a OR", "^2", "~", "/re/", "{a TO", "'",
          "\u202e", "é\u0301"]  # fmt: skip


async def test_opens_on_all_articles(open_reader) -> None:
    async with open_reader() as reader:
        assert reader.results.has_focus
        assert len(reader.titles) == 5
        assert any("Jihadist Group Vows" in title for title in reader.titles)
        assert "seeds" in reader.bar
        assert "5 articles" in reader.bar
        assert "5 articles, by title" in reader.found
        assert reader.titles[0][:30] in reader.drawn


async def test_searches_by_keyboard(open_reader) -> None:
    async with open_reader() as reader:
        await reader.search("painful strikes")
        assert reader.box.has_focus
        assert "articles in " in reader.found
        assert "painful" in reader.drawn.lower()
        await reader.press("enter")
        assert reader.results.has_focus
        assert reader.answered == "painful strikes"


async def test_spellings_of_a_name_are_shown(open_reader) -> None:
    async with open_reader(size=(120, 36)) as reader:
        await reader.search("kataib hezbollah")
        assert reader.results.total == 5
        assert "also:" in reader.found


async def test_every_character_can_be_typed(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        typed = "qQ?/ crpeusjkgG:\"*-[]'é漢"
        await reader.press(*typed)
        assert reader.box.value == typed


async def test_escape_leaves_the_box_and_then_the_search(open_reader) -> None:
    async with open_reader() as reader:
        await reader.search('"erbil"')  # in quotation marks nothing is completed
        assert reader.results.total < 5
        await reader.press("escape")
        assert reader.results.has_focus
        assert reader.box.value == '"erbil"'
        await reader.press("escape")
        await reader.until(lambda: reader.results.total == 5)
        assert reader.box.value == ""


async def test_broken_queries_end_nothing(open_reader) -> None:
    async with open_reader() as reader:
        for query in BROKEN:
            reader.box.value = query
            await reader.until(lambda query=query: reader.answered == one_line(query))
            assert reader.results.total or "Nothing found" in reader.drawn or not query.strip()
        assert not reader.notices
        await reader.search("iraq")
        assert reader.results.total == 5


async def test_an_answer_that_comes_late_is_dropped(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("slash", *"erbil iraq najaf")
        await reader.until(lambda: reader.answered == "erbil iraq najaf")
        await reader.until(lambda: not reader.working)
        assert reader.answered == "erbil iraq najaf"


async def test_nothing_found_says_what_to_try(open_reader) -> None:
    async with open_reader() as reader:
        await reader.search("zeppelin")
        assert "Nothing found for “zeppelin”" in reader.drawn
        assert "star" in reader.drawn


async def test_moves_with_arrows_and_letters(open_reader) -> None:
    async with open_reader() as reader:
        for key, row in [("j", 1), ("down", 2), ("k", 1), ("up", 0), ("up", 0),
                         ("G", 4), ("j", 4), ("g", 0), ("pagedown", 4), ("pageup", 0),
                         ("end", 4)]:  # fmt: skip
            await reader.press(key)
            assert reader.results.cursor == row, key


async def test_marks_are_kept_through_searches(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("space", "j", "space")
        first, second = reader.results.hit_at(0), reader.results.hit_at(1)
        assert reader.results.marked == (first.article.id, second.article.id)
        assert "● 2 marked" in reader.found
        assert reader.drawn.count("●") == 2
        await reader.search("iraq")
        assert "● 2 marked" in reader.found
        await reader.press("enter", "escape")
        await reader.until(lambda: reader.answered == "")
        await reader.press("space")
        assert len(reader.results.marked) == 1


async def test_enter_opens_the_article(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("j", "enter")
        await reader.until(lambda: type(reader.app.screen).__name__ == "ArticleScreen")
        await reader.press("escape")
        await reader.until(lambda: reader.app.screen is reader.library)
        assert reader.results.cursor == 1


async def test_a_click_selects_and_a_double_click_opens(open_reader) -> None:
    async with open_reader() as reader:
        await reader.pilot.click(ResultsList, offset=(10, reader.results.rows))
        assert reader.results.cursor == 1
        await reader.pilot.click(ResultsList, offset=(10, 2 * reader.results.rows), times=2)
        assert reader.results.cursor == 2
        await reader.until(lambda: type(reader.app.screen).__name__ == "ArticleScreen")


async def test_marked_articles_are_compared(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("space", "j", "j", "space", "c")
        await reader.until(lambda: type(reader.app.screen).__name__ == "CompareScreen")


async def test_one_marked_article_is_compared_with_the_one_under_the_cursor(open_reader) -> None:
    async with open_reader() as reader:
        first = reader.results.hit.article.id
        await reader.press("space", "G")
        last = reader.results.hit.article.id
        await reader.press("c")
        await reader.until(lambda: type(reader.app.screen).__name__ == "CompareScreen")
        assert reader.app.screen.article_ids == [first, last]


async def test_without_marks_the_most_similar_is_compared(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("c")
        await reader.until(lambda: type(reader.app.screen).__name__ == "CompareScreen")


async def test_five_articles_are_too_many_to_compare(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("space", "j", "space", "j", "space", "j", "space", "j", "space", "c")
        await reader.until(lambda: any("4 articles" in notice for notice in reader.notices))
        assert reader.app.screen is reader.library


async def test_related_articles_and_back(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("j", "j")
        here = reader.results.hit.article
        await reader.press("r")
        await reader.until(lambda: "same event" in reader.found)
        assert here.title not in reader.titles
        assert reader.titles
        await reader.press("escape")
        await reader.until(lambda: "by title" in reader.found)
        await reader.until(lambda: reader.results.hit and reader.results.hit.article == here)


async def test_wide_terminals_show_the_article_beside_the_list(open_reader) -> None:
    async with open_reader(size=(120, 36)) as reader:
        view = lambda: reader.library.query_one("#article")  # noqa: E731
        await reader.until(lambda: reader.library.query("#article"))
        await reader.press("j")
        await reader.until(lambda: view().article.id == reader.results.hit.article.id)
        assert reader.library.query_one("#preview").display
        await reader.press("p")
        assert not reader.library.query_one("#preview").display


async def test_narrow_terminals_show_the_article_when_asked(open_reader) -> None:
    async with open_reader(size=(60, 24)) as reader:
        assert not reader.library.query_one("#preview").display
        await reader.press("p")
        await reader.until(lambda: reader.library.query("#article"))
        assert reader.library.query_one("#preview").display


async def test_an_empty_folder_says_what_to_do(open_reader, tmp_path: Path) -> None:
    folder = tmp_path / "nothing here"
    folder.mkdir()
    async with open_reader([folder]) as reader:
        assert "No articles in" in reader.drawn
        assert "press u" in reader.drawn
        (folder / "one.txt").write_text("A headline of its own\n\nThe first paragraph of it.\n")
        await reader.press("u")
        await reader.until(lambda: reader.results.total == 1)
        await reader.until(lambda: any("1 new" in notice for notice in reader.notices))
        assert "A headline of its own" in reader.drawn


async def test_new_articles_do_not_move_the_cursor(open_reader, write_articles) -> None:
    path = write_articles(*[f"Text {n} of it." for n in range(60)], date="2024-02-01")
    async with open_reader([path.parent / path.name]) as reader:
        for _ in range(30):
            await reader.press("j")
        here = reader.results.hit.article
        line = reader.results.cursor * reader.results.rows - reader.results.scroll_offset.y
        more = [f"Other text {n} of it." for n in range(90)]
        write_articles(*more, date="2024-02-09")
        await reader.press("u")
        await reader.until(lambda: reader.results.total == 90 and "ready" in reader.bar)
        await reader.until(lambda: reader.results.hit is not None)
        results = reader.results
        assert results.hit.article.id == here.id
        assert results.cursor * results.rows - results.scroll_offset.y == line


async def test_long_lists_come_in_pages(open_reader, write_articles) -> None:
    path = write_articles(*[f"Text number {n}." for n in range(130)])
    async with open_reader([path]) as reader:
        assert reader.results.total == 130
        assert reader.results.hit_at(129) is None
        await reader.press("G")
        await reader.until(lambda: reader.results.hit is not None)
        assert reader.results.cursor == 129
        await reader.search("text")
        assert reader.results.total == 130
        await reader.press("enter", "G")
        await reader.until(lambda: reader.results.hit is not None)


async def test_skipped_files_are_listed_with_reasons(open_reader, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text("A headline\n\nAnd a paragraph of text.\n")
    bad = tmp_path / "in" / "[bold] [x" / "bad].jsonl"
    bad.parent.mkdir()
    bad.write_text("{not json\n")
    async with open_reader([tmp_path / "in"]) as reader:
        assert "1 skipped" in reader.bar
        await reader.press("s")
        await reader.until(lambda: reader.app.screen is not reader.library)
        shown = " ".join(str(s.render()) for s in reader.app.screen.query(Static))
        assert "1 file or part not read" in shown
        rows = reader.app.screen.query_one(Rows)

        def listed() -> list[str]:
            return [rows.render_line(y).text for y in range(rows.size.height)]

        await reader.until(lambda: any("bad].jsonl#1  [bold] [x" in line for line in listed()))
        await reader.press("escape")
        assert reader.app.screen is reader.library
        await reader.pilot.click(CollectionBar)
        await reader.until(lambda: reader.app.screen is not reader.library)


async def test_hostile_titles_are_drawn_as_text(open_reader, write_articles) -> None:
    path = write_articles("[/red] \x1b]8;;x\x07 \u202e text", title="[/b] \x1b[31m[red]\u202eTitle")
    async with open_reader([path]) as reader:
        assert "[/b]" in reader.drawn
        assert not set(reader.drawn) & set("\x1b\x07\u202e")
        await reader.search("[red]")
        assert "[red]" in str(reader.box.value)


async def test_without_a_collection_the_reader_says_so(open_reader, tmp_path: Path) -> None:
    async with open_reader([tmp_path / "gone"], wait=False) as reader:
        await reader.until(lambda: "no such file" in reader.drawn)


async def test_the_query_of_the_command_line_is_searched(open_reader) -> None:
    async with open_reader(query="erbil") as reader:
        await reader.until(lambda: reader.answered == "erbil")
        assert reader.box.value == "erbil"
        assert reader.results.total < 5


async def test_query_and_position_are_restored(open_reader) -> None:
    async with open_reader() as reader:
        await reader.search("iraq")
        await reader.press("enter", "j", "j")
        left = reader.results.hit.article.id
    async with open_reader() as reader:
        await reader.until(lambda: reader.answered == "iraq")
        assert reader.box.value == "iraq"
        await reader.until(lambda: reader.results.hit and reader.results.hit.article.id == left)


async def test_another_collection_can_be_opened_again(open_reader, write_articles) -> None:
    path = write_articles("Something else entirely.")
    async with open_reader([path]):
        pass
    async with open_reader() as reader:
        await reader.press("space")
        offers = [c for c in reader.app.get_system_commands(reader.library) if str(path) in c.title]
        assert len(offers) == 1
        offers[0].callback()
        await reader.until(lambda: "articles.jsonl" in reader.bar and "ready" in reader.bar)
        assert reader.titles == ["Title 0"]
        assert reader.results.marked == ()
        assert bundled_seeds().name not in reader.bar


def test_the_search_box_takes_no_keys_of_the_screen() -> None:
    keys = [key for binding in SearchBox.BINDINGS for key in binding.key.split(",")]
    assert not [key for key in keys if len(key) == 1]


async def test_types_of_entities_switched_off_stay_off(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("enter")
        await reader.until(lambda: type(reader.app.screen).__name__ == "ArticleScreen")
        await reader.press("3")
        assert reader.app.hidden_types == {EntityType.PLACE}
    async with open_reader(size=(120, 36)) as reader:
        await reader.until(lambda: reader.library.query("#article"))
        await reader.press("enter")
        await reader.until(lambda: type(reader.app.screen).__name__ == "ArticleScreen")
        await reader.until(lambda: reader.app.screen.hidden_types == {EntityType.PLACE})


async def test_keys_typed_ahead_reach_the_search_box(open_reader) -> None:
    async with open_reader() as reader:
        for key in ("slash", *"saadi/b"):
            reader.app.post_message(events.Key(key, None if key == "slash" else key))
        await reader.until(lambda: reader.box.value == "saadi/b")


async def test_related_articles_are_left_for_where_the_list_was_however_far_down(
    open_reader, write_articles
) -> None:
    flood = "The river Zab flooded villages near Koya; dozens of families fled to schools by convoy"
    # The two that are related rank last: they say much else.
    path = write_articles(
        *(f"Convoy {number}." for number in range(220)),
        f"{flood}, rescuers said on Sunday.",
        f"{flood}, the mayor of Koya told reporters.",
    )
    async with open_reader([path], query="convoy") as reader:
        await at_rest(reader)
        await reader.press("G")
        await reader.until(lambda: reader.results.hit)
        row, title = reader.results.cursor, reader.results.hit.article.title
        await reader.press("r")
        await reader.until(lambda: "same event" in reader.found)
        await reader.press("escape")
        await reader.until(lambda: reader.results.total == 222)
        assert reader.results.cursor == row
        assert reader.results.hit.article.title == title


async def test_a_list_that_is_left_brings_nothing_into_the_next(
    open_reader, write_articles
) -> None:
    path = write_articles(*(f"Convoy {number}." for number in range(30)))
    async with open_reader([path]) as reader:
        await reader.until(lambda: not reader.working)
        # Another is asked for, and while it is still to come somebody goes on in this one.
        reader.library.questions.begin()
        await reader.press("G")
        await reader.until(lambda: not reader.working)
        assert reader.results.hit is None


async def test_a_list_that_is_renewed_leaves_the_cursor_where_it_was_moved(open_reader) -> None:
    async with open_reader() as reader:
        await reader.until(lambda: reader.library.updater and reader.library.updater.ended)
        await reader.until(lambda: not reader.working)
        await reader.press("j", "j")
        before = reader.library.answer
        reader.library.renew()
        reader.results.action_go("next")
        await reader.until(lambda: reader.library.answer is not before)
        assert reader.results.cursor == 3


async def test_a_damaged_index_is_built_again_while_the_reader_is_open(
    open_reader, write_articles, seeds_cache
) -> None:
    path = write_articles("A convoy.", "A bridge.")
    with Library.open([path], cache_dir=seeds_cache) as library:
        library.update()
    [damaged] = library.folder.glob("*/fulltext")
    for file in damaged.iterdir():
        file.write_bytes(b"nothing of the kind")
    async with open_reader([path], query="convoy") as reader:
        await reader.until(lambda: not damaged.exists() and "ready" in reader.bar)
        await reader.search("bridge")
        assert reader.titles == ["Title 1"]


async def test_the_preview_marks_the_query_that_is_typed_on(open_reader) -> None:
    async with open_reader(size=(120, 36)) as reader:
        await reader.search("erbil najaf")
        await reader.until(lambda: reader.library.query("#article"))
        view = reader.library.query_one("#article")
        await reader.until(lambda: len(view.marking.matches) > 0)
        here, matches = view.article, len(view.marking.matches)
        view.scroll_to_line(5)
        await reader.press(*" kurdistan")
        await reader.until(lambda: len(view.marking.matches) > matches)
        assert view.article == here
        assert view.scroll_offset.y == 5
        await reader.until(lambda: reader.app.state.places[0].query == "erbil najaf kurdistan")


async def test_the_preview_is_read_anew_when_its_file_has_changed(open_reader, tmp_path) -> None:
    path = tmp_path / "one.txt"
    path.write_text("One headline only\n\nThe first telling of it, in some words.\n")
    async with open_reader([path], size=(120, 36)) as reader:
        await reader.until(lambda: reader.library.query("#article"))
        view = reader.library.query_one("#article")
        await reader.until(lambda: view.article)
        path.write_text("One headline only\n\nThe second telling of it, in other words.\n")
        await reader.press("u")
        await reader.until(lambda: "second" in view.article.paragraphs[0].text)


async def test_the_order_is_told_as_it_is(open_reader, write_articles, tmp_path) -> None:
    dated = write_articles("A text.", "Another text.", date="2024-02-01")
    async with open_reader([dated]) as reader:
        assert reader.found == "2 articles, newest first"
    (tmp_path / "empty").mkdir()
    async with open_reader([tmp_path / "empty"]) as reader:
        assert reader.found == "0 articles"


async def test_escape_unmarks_at_last(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("space", "j", "space")
        await reader.search("iraq")
        await reader.press("enter", "escape")
        await reader.until(lambda: reader.answered == "")
        assert len(reader.results.marked) == 2
        await reader.press("escape")
        assert reader.results.marked == ()
        assert "marked" not in reader.found
