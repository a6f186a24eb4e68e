"""What is offered below the search box, and that it never stands in the way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual import events

from index.model import Completion
from tests.tui.searching import from_words, offered, offering, type_
from tui.completing import completed, helpful
from tui.widgets.completions import MOST, CompletionList
from tui.widgets.keys_bar import KeysBar


@given(st.text(), st.text(), st.integers(0, 9), st.integers(0, 9))
def test_a_completion_replaces_its_stretch_with_one_harmless_line(query, text, a, b) -> None:
    start, end = sorted(min(n, len(query)) for n in (a, b))
    value, cursor = completed(query, Completion(start, end, text, "source"))
    assert value.startswith(query[:start])
    assert value[cursor:] == query[end:]
    assert not set(value[start:cursor]) & {"\n", "\r", "\x1b", "\u202e", "\u2028"}


def test_what_changes_nothing_or_was_there_already_is_not_offered() -> None:
    iraq, iraqi = Completion(0, 4, "iraq", "place"), Completion(0, 4, "iraqi", "group")
    assert list(helpful("iraq", [iraq, iraqi, iraqi])) == [iraqi]


async def test_completions_stand_below_the_box_with_kind_and_count(open_reader) -> None:
    async with open_reader() as reader:
        await offering(reader)
        before = reader.results.region
        await type_(reader, "sour")
        await reader.until(lambda: len(offered(reader)) == 3)
        assert offered(reader)[0].split() == ["source:", "field"]
        assert offered(reader)[1].split() == ['source:"Atlas', 'News"', "1"]
        rows = reader.library.query_one(CompletionList)
        assert rows.region.y > reader.box.region.y
        assert reader.results.region == before
        assert reader.box.has_focus


async def test_tab_takes_the_first_and_typing_goes_on(open_reader) -> None:
    async with open_reader() as reader:
        await offering(reader)
        await type_(reader, "drone sour")
        await reader.until(lambda: offered(reader))
        await reader.press("tab")
        assert reader.box.value == "drone source:"
        await reader.until(lambda: len(offered(reader)) == 2)
        await type_(reader, '"r')
        await reader.press("tab")
        await reader.until(lambda: reader.box.value == 'drone source:"Rudaw English"')
        await type_(reader, " x")
        assert reader.box.value == 'drone source:"Rudaw English" x'


async def test_a_word_in_the_middle_is_completed(open_reader) -> None:
    async with open_reader() as reader:
        await offering(reader)
        await type_(reader, "ira drone")
        await reader.press("home", "right", "right", "right", "tab")
        await reader.until(lambda: reader.box.value == "iraq drone")
        assert reader.box.cursor_position == 4


async def test_tab_typed_ahead_of_the_list_takes_the_first_in_its_turn(open_reader) -> None:
    async with open_reader() as reader:
        await offering(reader)
        for key in ("slash", *"xsour", "ctrl+u", *"sour", "tab"):
            reader.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await reader.until(lambda: reader.box.value == "source:")
        assert reader.box.has_focus


async def test_rows_are_chosen_with_keys(open_reader) -> None:
    async with open_reader() as reader:
        await offering(reader)
        await type_(reader, "ira")
        await reader.until(lambda: len(offered(reader)) == 2)
        await reader.press("ctrl+n", "alt+down")
        assert offered(reader)[1].startswith("❯ iraqi")
        await reader.press("ctrl+p")
        assert offered(reader)[0].startswith("❯ iraq ")
        await reader.press("up")
        await reader.press("enter")
        assert reader.box.value == "iraqi"
        assert reader.box.has_focus


async def test_enter_and_down_go_to_the_articles_while_nothing_is_chosen(open_reader) -> None:
    async with open_reader() as reader:
        await offering(reader)
        for key in ("enter", "down"):
            await type_(reader, "ira")
            await reader.until(lambda: offered(reader))
            await reader.press(key)
            assert reader.results.has_focus
            assert reader.box.value == "ira"
            assert not offered(reader)


async def test_escape_closes_the_list_and_then_leaves_the_box(open_reader) -> None:
    async with open_reader() as reader:
        await offering(reader)
        await type_(reader, "ira")
        await reader.until(lambda: offered(reader))
        footer = lambda: str(reader.library.query_one(KeysBar).render())  # noqa: E731
        assert "Tab Complete" in footer()
        assert "esc Close list" in footer()
        await reader.press("escape")
        assert not offered(reader)
        assert reader.box.has_focus
        assert "Tab" not in footer()
        assert "esc Leave" in footer()
        await type_(reader, "q")
        await reader.until(lambda: offered(reader))
        await reader.press("escape", "escape")
        assert reader.results.has_focus
        assert reader.box.value == "iraq"


async def test_a_click_takes_a_row(open_reader) -> None:
    async with open_reader() as reader:
        await offering(reader)
        await type_(reader, "ira")
        await reader.until(lambda: len(offered(reader)) == 2)
        await reader.pilot.pause()
        await reader.pilot.click(CompletionList, offset=(5, 1))
        await reader.until(lambda: reader.box.value == "iraqi")
        assert reader.box.has_focus


async def test_nothing_is_offered_for_an_empty_box_or_what_is_complete(open_reader) -> None:
    async with open_reader() as reader:
        library = await offering(reader)
        await type_(reader, "i")
        await reader.until(lambda: offered(reader))
        await reader.press("backspace")
        await reader.until(lambda: not offered(reader))
        assert "" not in library.asked
        await type_(reader, "iraqi")
        assert library.asked[-1] == "iraqi"
        assert not offered(reader)


async def test_tab_in_an_empty_box_goes_on_to_the_next_part_of_the_screen(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("slash", "tab")
        assert not reader.box.has_focus


async def test_the_articles_are_there_before_anything_is_offered(open_reader) -> None:
    async with open_reader() as reader:
        answered = []

        def watched(query: str, cursor: int):
            answered.append((query, reader.answered))
            return from_words(query, cursor)

        await offering(reader, watched)
        await type_(reader, "iraq")
        assert answered
        assert all(query == on_the_screen for query, on_the_screen in answered)


async def test_completions_of_an_older_query_are_dropped(open_reader) -> None:
    async with open_reader() as reader:
        await offering(reader, lambda query, cursor: ())
        await type_(reader, "iraq")
        reader.box.offer("ira", 3, from_words("ira", 3))
        assert not offered(reader)
        reader.box.offer("iraq", 4, from_words("iraq", 4))
        assert offered(reader)


async def test_the_list_is_short_and_gets_the_height_of_its_rows(open_reader) -> None:
    async with open_reader(size=(140, 40)) as reader:
        many = [Completion(0, 1, f"word{n}", "place", n) for n in range(50)]
        await offering(reader, lambda query, cursor: ())
        await type_(reader, "w")
        reader.box.offer("w", 1, many)
        rows = reader.library.query_one(CompletionList)
        await reader.until(lambda: rows.size.height == MOST)
        reader.box.offer("w", 1, many[:2])
        await reader.until(lambda: rows.size.height == 2)


async def test_hostile_names_are_drawn_and_taken_as_one_line(open_reader) -> None:
    async with open_reader() as reader:
        await offering(
            reader, lambda q, c: [Completion(0, c, "[/b]\x1b[31m\n\u202ex", "source", 1)]
        )
        await type_(reader, "zz")
        await reader.until(lambda: offered(reader))
        assert offered(reader)[0].startswith("  [/b] [31m")
        await reader.press("tab")
        await reader.until(lambda: reader.box.value.startswith("[/b] [31m"))
        assert reader.box.value.isprintable()


async def test_the_footer_names_the_keys_of_the_list_only_with_the_list(open_reader) -> None:
    async with open_reader(size=(140, 40)) as reader:
        await offering(reader)
        footer = lambda: str(reader.library.query_one(KeysBar).render())  # noqa: E731
        await reader.press("slash")
        assert "^n Choose" not in footer()
        await type_(reader, "ira")
        await reader.until(lambda: "^n Choose" in footer())


async def test_a_pasted_text_becomes_one_line(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        text = "drone\r\nstrike\x1b[31m\u202e " * 500
        reader.app.post_message(events.Paste(text))
        await reader.until(lambda: len(reader.box.value) > 5000)
        assert reader.box.value.startswith("drone strike [31m")
        assert reader.box.value.isprintable()
        await reader.until(lambda: reader.answered == reader.box.value)
        await reader.press("x")
        assert reader.box.value.endswith("x")


async def test_the_library_itself_completes_fields_and_outlets(open_reader) -> None:
    async with open_reader() as reader:
        await type_(reader, "sour")
        await reader.until(lambda: offered(reader))
        await reader.press("tab")
        await reader.until(lambda: any('"Rudaw English"' in row for row in offered(reader)))
        await type_(reader, "r")
        await reader.press("tab")
        await reader.until(lambda: reader.box.value == 'source:"Rudaw English"')
        await reader.until(lambda: reader.results.total == 1)
