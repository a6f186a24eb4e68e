"""Queries that were used are found again with a key."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.tui.searching import known, offered, offering, type_
from tui.recall import Recall


@given(st.lists(st.sampled_from("abcde"), unique=True), st.sampled_from(["", "a", "c", "x"]))
def test_going_back_and_forward_again_ends_at_what_was_typed(entries, typed) -> None:
    recall = Recall()
    recall.entries = entries
    shown = typed
    seen = []
    while (query := recall.earlier(shown)) is not None:
        seen.append(shown := query)
    assert seen == [entry for entry in entries if entry != typed]
    while (query := recall.later(shown)) is not None:
        shown = query
    assert shown == typed


def test_an_earlier_query_that_was_changed_is_the_newest_again() -> None:
    recall = Recall()
    recall.entries = ("two", "one")
    assert recall.earlier("") == "two"
    assert recall.later("two!") is None
    assert recall.earlier("two!") == "two"
    assert recall.later("two") == "two!"


async def test_up_and_down_walk_through_the_history(open_reader) -> None:
    async with open_reader() as reader:
        await known(reader, history=["erbil", "najaf"])
        await type_(reader, "ira")
        await reader.press("up")
        assert reader.box.value == "erbil"
        await reader.until(lambda: reader.answered == "erbil")
        await reader.press("up", "up")
        assert reader.box.value == "najaf"
        await reader.press("down", "down")
        assert reader.box.value == "ira"
        assert reader.box.has_focus
        await reader.press("down")
        assert reader.results.has_focus


async def test_nothing_is_offered_for_an_earlier_query(open_reader) -> None:
    async with open_reader() as reader:
        await known(reader, history=["ira", "sour"])
        library = await offering(reader)
        await reader.press("slash", "up", "up")
        await reader.until(lambda: reader.answered == "sour")
        await reader.until(lambda: not reader.working)
        assert not library.asked
        assert not offered(reader)


async def test_a_query_is_remembered_when_it_is_left_for_its_articles(open_reader) -> None:
    async with open_reader() as reader:
        library = await known(reader)
        await type_(reader, "erbil")
        await reader.press("escape")
        await reader.until(lambda: not reader.working)
        assert library.history() == ()
        await reader.press("slash", "enter")
        await reader.until(lambda: library.history() == ("erbil",))
        await reader.until(lambda: reader.box.recall.entries == ("erbil",))


async def test_a_query_that_is_left_before_its_answer_is_remembered_with_it(open_reader) -> None:
    async with open_reader() as reader:
        library = await known(reader)
        await reader.press("slash", *"erbil", "enter")
        await reader.until(lambda: library.history() == ("erbil",))
        assert reader.results.has_focus


async def test_a_query_that_finds_nothing_is_not_remembered(open_reader) -> None:
    async with open_reader() as reader:
        library = await known(reader)
        await type_(reader, "zeppelin")
        await reader.press("enter")
        await reader.until(lambda: not reader.working)
        assert library.history() == ()


async def test_a_query_is_remembered_when_an_article_is_opened_from_it(open_reader) -> None:
    async with open_reader() as reader:
        library = await known(reader)
        await type_(reader, "erbil")
        await reader.press("escape", "enter")
        await reader.until(lambda: library.history() == ("erbil",))


async def test_the_history_is_searched(open_reader) -> None:
    async with open_reader() as reader:
        await known(reader, history=["Erbil talks", "najaf", "erbil OR najaf"])
        await reader.press("slash", "ctrl+r")
        assert len(offered(reader)) == 3
        await reader.press(*"erb")
        await reader.until(lambda: len(offered(reader)) == 2)
        assert offered(reader)[0].startswith("❯ Erbil talks")
        await reader.press("ctrl+r", "enter")
        assert reader.box.value == "erbil OR najaf"
        assert reader.box.has_focus
        await reader.until(lambda: reader.answered == "erbil OR najaf")
        await reader.until(lambda: not reader.working)
        assert not offered(reader)


async def test_a_history_without_the_text_says_so(open_reader) -> None:
    async with open_reader() as reader:
        await known(reader, history=["erbil"])
        await type_(reader, "najaf")
        await reader.press("ctrl+r")
        assert reader.notices == ["There is no such earlier query"]
        assert not offered(reader)
