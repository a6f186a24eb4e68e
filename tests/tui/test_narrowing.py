"""Narrowing what is found, ordering it, taking what was meant, and what the results say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets.input import Selection

from index import Order
from index.model import ParagraphKind, Results
from tui import answers
from tui.widgets.facets_panel import LISTED, FacetRows, FacetsPanel
from tui.widgets.keys_bar import KeysBar
from tui.widgets.timeline import Timeline

MONTHS = (("2023-11", 2), ("2024-02", 17))
FACETS: Mapping[str, tuple[tuple[str, int], ...]] = {
    "source": (("Rudaw", 12), ("BBC News", 7)),
    "month": MONTHS,
    "person": tuple((f"Person {n:02}", 40 - n) for n in range(30)),
    "organisation": (("Kataib Hezbollah", 9),),
    "place": (("Erbil", 5),),
    "group": (("Shia", 4),),
    "weapon": (("drone", 3),),
}


def shown(reader) -> str:
    """The rows of the panel that are in view."""
    rows = reader.library.query_one(FacetRows)
    return "\n".join(rows.render_line(y).text.rstrip() for y in range(rows.size.height))


async def answer(reader, **changes: object) -> None:
    """Brings another answer to the query that is there, as the library would."""
    before = reader.library.answer
    await reader.until(lambda: not reader.working)
    results = replace(before, **changes)
    generation = reader.library.questions.generation
    reader.library.post_message(answers.Found(generation, results, 0, 0, stay=False))
    await reader.until(lambda: reader.library.answer is results)
    await reader.pilot.pause()


async def counted(reader, facets: Mapping[str, tuple[tuple[str, int], ...]] = FACETS) -> None:
    """Opens the panel, and brings it these counts."""
    await reader.press("t")
    await reader.until(lambda: not reader.working)
    generation = reader.library.questions.generation
    reader.library.post_message(answers.FacetsFound(generation, facets))
    await reader.pilot.pause()


# The panel


@pytest.mark.parametrize("size", [(60, 24), (80, 24), (140, 40)])
async def test_a_key_opens_what_the_articles_have_in_common(open_reader, size) -> None:
    async with open_reader(size=size) as reader:
        await counted(reader)
        assert "❯   Rudaw" in shown(reader)
        for line in ("Sources", "Months", "Feb 2024 ██████████", "Nov 2023 █", "Persons"):
            assert line in shown(reader)
        await reader.press("G")
        for heading in ("Organisations", "Places", "Groups", "Weapons"):
            assert heading in shown(reader)
        assert reader.results.size.width >= 28
        await reader.press("escape")
        assert reader.results.has_focus
        assert not reader.library.query_one(FacetsPanel).display


async def test_choosing_narrows_and_the_panel_stays_with_new_counts(open_reader) -> None:
    async with open_reader(size=(120, 36)) as reader:
        await reader.search("iraq")
        await reader.press("enter", "t")
        await reader.until(lambda: "Sources" in shown(reader))
        rows = reader.library.query_one(FacetRows)
        facet, outlet = rows.value
        assert facet == "source"
        await reader.press("enter")
        await reader.until(lambda: reader.answered != "iraq")
        assert reader.answered.startswith("iraq source:")
        assert {hit.article.source for hit in map(reader.results.hit_at, range(5)) if hit} == {
            outlet
        }
        await reader.until(lambda: f"{reader.results.total}" in shown(reader).splitlines()[1])
        assert rows.has_focus
        await reader.press("backspace")
        await reader.until(lambda: reader.answered == "iraq")
        assert reader.box.value == "iraq"


async def test_letters_and_arrows_move_in_the_panel(open_reader) -> None:
    async with open_reader() as reader:
        await counted(reader)
        rows = reader.library.query_one(FacetRows)
        for key, value in [("j", "BBC News"), ("down", "2024-02"), ("k", "BBC News"),
                           ("up", "Rudaw")]:  # fmt: skip
            await reader.press(key)
            assert rows.value[1] == value
        await reader.press("j", "j", "enter")
        await reader.until(lambda: reader.box.value == "date:2024-02")


async def test_many_values_are_listed_when_asked_for(open_reader) -> None:
    async with open_reader(size=(80, 60)) as reader:
        await counted(reader)
        assert f"… {30 - LISTED} more" in shown(reader)
        assert "Person 20" not in shown(reader)
        rows = reader.library.query_one(FacetRows)
        rows.move_to(("person", None))
        await reader.press("enter")
        assert "Person 20" in shown(reader)
        assert "more" not in shown(reader)
        assert rows.value == ("person", f"Person {LISTED:02}")
        assert reader.box.value == ""


async def test_types_of_names_differ_by_more_than_colour(open_reader) -> None:
    async with open_reader(size=(80, 60)) as reader:
        await counted(reader)
        rows = reader.library.query_one(FacetRows)
        signs = set()
        for y in range(rows.size.height):
            for segment in rows.render_line(y):
                if segment.text.strip() in {"Persons", "Organisations", "Places", "Weapons"}:
                    style = segment.style
                    signs.add((style.bold, style.italic, style.underline))
        assert len(signs) == 4


async def test_counts_for_another_query_are_dropped(open_reader) -> None:
    async with open_reader() as reader:
        await counted(reader)
        generation = reader.library.questions.generation
        late = answers.FacetsFound(generation - 1, {"source": (("Too late", 1),)})
        reader.library.post_message(late)
        await reader.pilot.pause()
        assert "Too late" not in shown(reader)


async def test_what_was_counted_for_another_query_is_not_shown_again(open_reader) -> None:
    async with open_reader() as reader:
        await counted(reader)
        await reader.press("escape")
        await reader.search("erbil")
        await reader.press("enter", "t")
        assert "BBC News" not in shown(reader)
        await reader.until(lambda: "Sources" in shown(reader))


async def test_text_of_a_facet_is_only_text(open_reader) -> None:
    async with open_reader() as reader:
        await counted(reader, {"source": (("[/] [bold]\x1b]8;;x\u202e", 2),)})
        assert "[/] [bold]" in shown(reader)
        assert not set("\x1b\u202e") & set(shown(reader))


# Chips, and taking a narrowing back


async def test_filters_are_drawn_as_chips(open_reader) -> None:
    async with open_reader(query="iraq source:rudaw") as reader:
        drawn = {s.text: s.style for s in reader.box.render_line(0) if s.style}
        assert drawn["source:rudaw"].bgcolor != drawn["iraq "].bgcolor
        reader.app.theme = "terminal-light"
        await reader.pilot.pause()
        drawn = {s.text: s.style for s in reader.box.render_line(0) if s.style}
        assert drawn["source:rudaw"].underline
        assert not drawn["iraq "].underline


async def test_what_is_selected_is_no_chip(open_reader) -> None:
    async with open_reader(query="iraq source:rudaw") as reader:
        await reader.press("slash")
        assert reader.box.selection == Selection(0, 17)
        assert any("iraq source:rudaw" in s.text for s in reader.box.render_line(0))


async def test_backspace_takes_back_only_filters(open_reader) -> None:
    async with open_reader(query="iraq source:rudaw") as reader:
        await reader.press("backspace")
        await reader.until(lambda: reader.answered == "iraq")
        await reader.press("backspace")
        await reader.pilot.pause()
        assert reader.box.value == "iraq"


async def test_the_footer_says_how_to_take_a_filter_back_while_there_is_one(open_reader) -> None:
    async with open_reader(query="iraq") as reader:
        footer = lambda: str(reader.library.query_one(KeysBar).render())  # noqa: E731
        assert "Widen" not in footer()
        await reader.search("iraq source:rudaw")
        await reader.press("enter")
        await reader.until(lambda: "⌫ Widen" in footer())
        await reader.press("backspace")
        await reader.until(lambda: reader.answered == "iraq")
        await reader.until(lambda: "Widen" not in footer())


async def test_nothing_found_with_a_filter_says_how_to_take_it_back(open_reader) -> None:
    async with open_reader() as reader:
        await reader.search("zyzzyva")
        assert "⌫" not in reader.drawn
        await reader.search("zyzzyva source:rudaw")
        assert "⌫ takes back the last filter" in " ".join(reader.drawn.split())


# The timeline


async def test_tall_terminals_show_the_timeline_and_short_ones_when_asked(open_reader) -> None:
    async with open_reader(query="iraq", size=(80, 40)) as reader:
        line = reader.library.query_one(Timeline)
        assert not line.display
        await answer(reader, facets={"month": MONTHS}, total=19)
        assert line.display
        await answer(reader, facets={}, total=0)
        assert line.display  # it keeps its place
    async with open_reader(query="iraq") as reader:
        line = reader.library.query_one(Timeline)
        await answer(reader, facets={"month": MONTHS}, total=19)
        assert not line.display
        await reader.press("m")
        assert line.display
        assert line.has_focus
        await reader.press("escape")
        assert not line.display
        assert reader.results.has_focus


async def test_months_are_chosen_on_the_timeline(open_reader) -> None:
    async with open_reader(query="iraq") as reader:
        await answer(reader, facets={"month": MONTHS}, total=19)
        await reader.press("m", "left", "enter")
        await reader.until(lambda: reader.answered == "iraq date:2023-11")
        assert reader.results.has_focus
        await reader.press("backspace")
        await reader.until(lambda: reader.answered == "iraq")


async def test_the_search_box_takes_the_keyboard_from_the_timeline(open_reader) -> None:
    async with open_reader(query="iraq") as reader:
        await answer(reader, facets={"month": MONTHS}, total=19)
        await reader.press("m", "slash")
        await reader.pilot.pause()
        assert reader.box.has_focus
        assert not reader.library.query_one(Timeline).display


async def test_where_only_undated_articles_are_found_there_is_no_month_to_choose(
    open_reader,
) -> None:
    async with open_reader(query="iraq") as reader:
        await answer(reader, facets={"month": MONTHS}, total=19)
        await answer(reader, facets={"month": ()}, total=2)
        await reader.press("m")
        assert reader.results.has_focus
        assert any("states its date" in notice for notice in reader.notices)


async def test_without_dates_there_is_no_timeline(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("m")
        assert reader.results.has_focus
        assert any("states its date" in notice for notice in reader.notices)


@pytest.fixture
def dated(tmp_path: Path, write_articles) -> Path:
    """A folder of five articles of two months and two outlets, and one that states no date."""
    (tmp_path / "in").mkdir()
    write_articles("A convoy.", "A bridge.", name="in/january.jsonl", date="2024-01-05",
                   source="Rudaw")  # fmt: skip
    write_articles("A convoy.", "A bridge.", "A convoy on a bridge.", name="in/march.jsonl",
                   date="2024-03-09", source="BBC News")  # fmt: skip
    write_articles("A convoy without a date.", name="in/undated.jsonl")
    return tmp_path / "in"


async def test_all_articles_have_a_timeline_too(open_reader, dated: Path) -> None:
    async with open_reader([dated], size=(80, 40)) as reader:
        line = reader.library.query_one(Timeline)
        await reader.until(lambda: line.display)
        assert line.render_line(0).text.split() == ["▆▆▆", ".", "███"]
        assert line.render_line(1).text.strip().endswith("1 undated")
        await reader.press("m", "left", "enter")
        await reader.until(lambda: reader.answered == "date:2024-01")
        assert reader.results.total == 2
        await reader.press("backspace")
        await reader.until(lambda: reader.answered == "")
        await reader.until(lambda: "." in line.render_line(0).text)


async def test_articles_are_listed_in_the_order_that_is_wanted(open_reader, dated: Path) -> None:
    async with open_reader([dated], query="convoy") as reader:
        dates = lambda: [  # noqa: E731
            hit.article.date and hit.article.date.month
            for hit in map(reader.results.hit_at, range(reader.results.total))
            if hit
        ]
        for told, expected in [
            ("newest first", [3, 3, 1, None]),
            ("oldest first", [1, 3, 3, None]),
        ]:
            await reader.press("o")
            await reader.until(lambda told=told: told in reader.found)
            assert dates() == expected
        await reader.press("escape")
        await reader.until(lambda: reader.found == "6 articles, oldest first")
        assert dates()[0] == 1


async def test_articles_of_which_none_is_better_are_told_to_be_the_newest_first(
    open_reader, dated: Path
) -> None:
    async with open_reader([dated], query="date:2024") as reader:
        assert "newest first" in reader.found
        await reader.press("o")
        await reader.until(lambda: "oldest first" in reader.found)


async def test_all_that_is_found_is_counted(open_reader, dated: Path) -> None:
    async with open_reader([dated], query="bridge") as reader:
        await reader.press("t")
        await reader.until(lambda: "Sources" in shown(reader))
        lines = [line.split() for line in shown(reader).splitlines()]
        assert ["❯", "BBC", "News", "2"] in lines
        assert ["Rudaw", "1"] in lines
        assert ["Jan", "2024", "█████", "1"] in lines
        await reader.press("j", "enter")
        await reader.until(lambda: reader.results.total == 1)
        assert reader.box.value == "bridge source:Rudaw"


async def test_exactly_what_is_typed_is_found_and_marked(open_reader) -> None:
    async with open_reader(size=(120, 36)) as reader:
        await reader.search("kataib hezbollah")
        assert "also:" in reader.found
        await reader.press("enter", "x")
        await reader.until(lambda: "exactly as typed" in reader.found)
        assert "also:" not in reader.found
        await reader.until(lambda: reader.library.query("#article"))
        view = reader.library.query_one("#article")
        await reader.until(lambda: not reader.working and len(view.marking.matches) > 0)
        exact = len(view.marking.matches)
        await reader.press("enter")
        await reader.until(lambda: type(reader.app.screen).__name__ == "ArticleScreen")
        opened = reader.app.screen.view
        await reader.until(lambda: len(opened.marking.matches) > 0)
        assert len(opened.marking.matches) == exact


# Order, and what is typed


async def test_a_key_goes_through_the_orders(open_reader) -> None:
    async with open_reader(query="iraq") as reader:
        asked = []
        for _ in range(4):
            await reader.press("o")
            asked.append(reader.library.questions.order)
        assert asked == [Order.NEWEST, Order.OLDEST, Order.TITLE, Order.RELEVANCE]
        await reader.press("escape")
        await reader.until(lambda: reader.answered == "")
        await reader.press("o")
        assert reader.library.questions.order is Order.OLDEST  # the newest are first as it is


async def test_the_order_stays_until_another_collection(open_reader, write_articles) -> None:
    path = write_articles("Something else entirely.")
    async with open_reader(query="iraq") as reader:
        await reader.press("o", "x")
        await reader.search("erbil")
        assert reader.library.questions.order is Order.NEWEST
        assert reader.library.questions.exact
        reader.app.open_collection([Path(path)])
        await reader.until(lambda: "articles.jsonl" in reader.bar)
        assert reader.library.questions.order is Order.RELEVANCE
        assert not reader.library.questions.exact


async def test_another_order_leaves_related_articles(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("r")
        await reader.until(lambda: "same event" in reader.found)
        await reader.press("o")
        await reader.until(lambda: "same event" not in reader.found)
        assert reader.results.total == 5


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"order": Order.NEWEST}, "newest first"),
        ({"order": Order.OLDEST}, "oldest first"),
        ({"order": Order.TITLE}, "by title"),
        ({"exact": True}, "exactly as typed"),
    ],
)
async def test_what_is_found_is_told_with_its_order(open_reader, changes, told) -> None:
    async with open_reader(query="iraq") as reader:
        assert told not in reader.found
        await answer(reader, **changes)
        assert told in reader.found


async def test_what_was_probably_meant_is_a_key_away(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("y")
        assert reader.box.value == ""
        await reader.search("zeppelin")
        await answer(reader, suggestion="iraq")
        assert "Did you mean “iraq”? ⏎ y" in reader.found
        await reader.press("enter")
        await reader.pilot.pause()
        assert reader.found.endswith("Did you mean “iraq”? y")
        await reader.press("y")
        await reader.until(lambda: reader.answered == "iraq")
        assert reader.results.total == 5
        assert "Did you mean" not in reader.found


async def test_what_is_given_up_while_somebody_types_on_is_not_told(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("slash", *"kataib hezbollah erbil najaf")
        await reader.until(lambda: reader.answered == "kataib hezbollah erbil najaf")
        await reader.until(lambda: not reader.working)
        assert not reader.notices


# The rows


def found(answer: Results, **changes: object) -> Results:
    return replace(answer, hits=tuple(replace(hit, **changes) for hit in answer.hits))


async def test_rows_say_how_often_they_match(open_reader) -> None:
    async with open_reader(query="iraq") as reader:
        hits = found(reader.library.answer, matches=12).hits
        await answer(reader, hits=hits)
        assert reader.drawn.count(" · 12 matches") >= 4
        await answer(reader, hits=found(reader.library.answer, matches=1).hits)
        assert " · 1 match " in reader.drawn
        await reader.press("escape")
        await reader.until(lambda: reader.answered == "")
        assert "match" not in reader.drawn


async def test_the_number_of_matches_is_seen_in_a_narrow_list(open_reader) -> None:
    async with open_reader(query="iraq", size=(44, 24)) as reader:
        await answer(reader, hits=found(reader.library.answer, matches=1234).hits)
        assert "1,234 matches" in reader.drawn


async def test_a_snippet_of_site_furniture_says_so(open_reader) -> None:
    async with open_reader(query="iraq") as reader:
        answered = reader.library.answer
        assert "in site furniture:" not in reader.drawn
        hits = tuple(
            replace(hit, snippet=replace(hit.snippet, kind=ParagraphKind.BOILERPLATE))
            for hit in answered.hits
        )
        await answer(reader, hits=hits)
        line = next(
            y for y in range(reader.results.size.height)
            if "in site furniture:" in reader.results.render_line(y).text
        )  # fmt: skip
        facts = reader.results.render_line(line - 1)
        said = {s.text: s.style for s in reader.results.render_line(line) if s.style}
        assert said["in site furniture: "].color == list(facts)[-2].style.color


# Every key


async def test_every_key_is_in_the_help(open_reader) -> None:
    async with open_reader(query="iraq source:rudaw") as reader:
        await reader.press("question_mark")
        await reader.until(lambda: reader.app.screen is not reader.library)
        text = str(reader.app.screen.query_one("#help-text").render())
        for id_ in ("narrow", "timeline", "widen", "order", "exact"):
            assert f"library.{id_}" in text
