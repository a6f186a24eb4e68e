"""The side-by-side screen by keyboard, on real collections."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Static

from index import Library
from tests.conftest import WriteArticles
from tests.tui.reading import compare_screen, ids, reading
from tui.screens.article import ArticleScreen
from tui.screens.compare import CompareScreen
from tui.widgets.article_paint import LIT_SIGN
from tui.widgets.differences import Differences
from tui.widgets.entities_panel import EntitiesPanel
from tui.widgets.keys_bar import KeysBar
from tui.widgets.legend import Legend

WORKS = ("crane", "bridge", "tower", "tunnel", "quay", "dock", "wall", "road", "mill", "light")
TOWNS = ("Basra", "Tripoli", "Oran", "Sfax", "Aden", "Jaffa", "Acre", "Tyre", "Suez", "Izmir")


def telling(of: int, between: int) -> str:
    """Ten facts, with a few paragraphs of nobody else's words after each."""
    paragraphs = []
    for number, (work, town) in enumerate(zip(WORKS, TOWNS, strict=True)):
        paragraphs.append(
            f"The {work} of the harbour in {town} was finished by {110 + number} men from {town}."
        )
        for other in range(between):
            words = " ".join(f"word{of}{number}{other}{n}" for n in range(30))
            paragraphs.append(f"{words.capitalize()}.")
    return "\n\n".join(paragraphs)


@pytest.fixture(scope="module")
def harbours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Three articles that tell the same ten things at different length."""
    folder = tmp_path_factory.mktemp("harbours")
    for of, between in ((1, 1), (2, 4), (3, 2)):
        (folder / f"{of}.txt").write_text(f"Report {of}\n\n{telling(of, between)}", "utf8")
    with Library.open([folder], cache_dir=folder / "cache") as library:
        library.update()
        yield library


def all_of(library: Library) -> list[str]:
    return [article.id for article in library.articles()]


async def test_panes_scroll_together_by_what_they_say(harbours: Library) -> None:
    chosen = all_of(harbours)[:2]
    async with reading(CompareScreen(harbours, chosen)) as reader:
        assert len(reader.columns.passages) >= 8
        one, two = (pane.view for pane in reader.columns.panes)
        passage = reader.columns.passages[5]
        places = {span.article: (span.paragraph, span.start) for span in passage.spans}
        row = one.size.height // 3
        one.scroll_to_line(one.line_of(*places[chosen[0]]) - row)
        await reader.pilot.pause()
        other = two.line_of(*places[chosen[1]])
        assert abs(other - row - two.scroll_offset.y) <= 1
        await reader.press("G")
        assert two.scroll_offset.y == two.extent.furthest
        await reader.press("g")
        assert reader.tops() == [0, 0]


async def test_scrolling_settles_and_never_goes_back(harbours: Library) -> None:
    chosen = all_of(harbours)
    async with reading(CompareScreen(harbours, chosen), (160, 30)) as reader:
        before = reader.tops()
        for _ in range(10):
            await reader.press("j")
            now = reader.tops()
            assert now[0] == before[0] + 1
            assert all(a <= b for a, b in zip(before, now, strict=True))
            before = now


async def test_panes_are_let_go_and_held_from_where_they_stand(
    harbours: Library,
) -> None:
    chosen = all_of(harbours)[:2]
    async with reading(CompareScreen(harbours, chosen)) as reader:
        await reader.press("s")
        assert "alone" in reader.status
        await reader.press(*["space"] * 2)
        apart = reader.tops()
        assert apart[0] > 0
        assert apart[1] == 0
        await reader.press("s")
        assert reader.tops() == apart
        assert "placed" in reader.status
        await reader.press("j", "k")
        assert abs(reader.tops()[1] - apart[1]) <= 1
        await reader.press(*["j"] * 8)
        assert reader.tops()[1] > apart[1]


async def test_the_next_passage_lights_up_on_one_row_in_every_column_that_has_it(
    harbours: Library,
) -> None:
    chosen = all_of(harbours)
    async with reading(CompareScreen(harbours, chosen), (160, 30)) as reader:
        for number in (1, 2, 3, 4):
            await reader.press("full_stop")
            spans = reader.columns.passages[number - 1].spans
            assert f"passage {number}/" in reader.status
            rows = set()
            for pane in reader.columns.panes:
                lit = [y for y, s in enumerate(reader.drawn(pane.view)) if LIT_SIGN in s]
                has = any(span.article == pane.article.id for span in spans)
                assert bool(lit) == has
                rows |= set(lit[:1])
            assert len(rows) == 1
        await reader.press("comma")
        assert "passage 3/" in reader.status
        await reader.press("escape")
        assert not any(len(pane.view.marking.lit) for pane in reader.columns.panes)


async def test_columns_become_tabs_on_a_narrow_terminal(seeds: Library) -> None:
    async with reading(compare_screen(seeds), (80, 24)) as reader:
        assert [pane.display for pane in reader.columns.panes] == [True, True]
        await reader.pilot.resize_terminal(60, 24)
        await reader.pilot.pause()
        assert [pane.display for pane in reader.columns.panes] == [True, False]
        await reader.press("l")
        assert [pane.display for pane in reader.columns.panes] == [False, True]
        assert reader.view.has_focus
        await reader.pilot.resize_terminal(100, 24)
        await reader.pilot.pause()
        assert [pane.display for pane in reader.columns.panes] == [True, True]


async def test_a_tab_opens_where_the_last_one_stood(harbours: Library) -> None:
    chosen = all_of(harbours)[:2]
    async with reading(CompareScreen(harbours, chosen), (60, 24)) as reader:
        two = reader.columns.panes[1].view
        await reader.press("G", "tab")
        await reader.until(lambda: two.scroll_offset.y)
        assert two.scroll_offset.y == two.extent.furthest
        assert reader.view is two


async def test_the_active_column_moves_by_keys_and_says_so(seeds: Library) -> None:
    async with reading(compare_screen(seeds, "002", "003", "004"), (140, 40)) as reader:
        assert reader.columns.active == 0
        await reader.press("l")
        assert reader.columns.active == 1
        await reader.press("shift+tab", "h")
        assert reader.columns.active == 2
        headings = [str(p.query_one(".heading", Static).render()) for p in reader.columns.panes]
        assert [heading.startswith("❯") for heading in headings] == [False, False, True]


async def test_an_entity_looks_the_same_in_every_column_and_shared_ones_are_told_apart(
    seeds: Library,
) -> None:
    async with reading(compare_screen(seeds)) as reader:
        one, two = (pane.view for pane in reader.columns.panes)
        shared = one.marking.shared
        assert shared == two.marking.shared
        names = [{mark.value.entity for mark in view.marking.mentions} for view in (one, two)]
        assert shared & names[0] & names[1]
        assert names[0] - shared
        assert "in several" in str(reader.screen.query_one(Legend).render())


async def test_selecting_an_entity_goes_to_it_in_every_column(seeds: Library) -> None:
    async with reading(compare_screen(seeds)) as reader:
        await reader.press("e")
        panel = reader.screen.query_one(EntitiesPanel)
        shared = next(e for e in seeds.entities(list(ids(seeds).values())) if "Kataib" in e.name)
        reader.screen.show_entity(shared)
        await reader.pilot.pause()
        assert panel.display
        assert all(pane.view.marking.entity == shared.id for pane in reader.columns.panes)
        await reader.pilot.pause()
        for pane in reader.columns.panes:
            assert pane.view.position.mention == 1
            mention = next(m for m in shared.mentions if m.article == pane.article.id)
            line = pane.view.line_of(mention.paragraph, mention.start)
            assert 0 <= line - pane.view.scroll_offset.y < pane.view.size.height


async def test_differences_lead_to_their_places(seeds: Library) -> None:
    async with reading(compare_screen(seeds, "002", "003"), (100, 40)) as reader:
        await reader.press("d")
        differences = reader.screen.query_one(Differences)
        assert differences.has_focus
        assert seeds.compare([p.article.id for p in reader.columns.panes]).figures
        await reader.press("enter")
        assert all(len(pane.view.marking.lit) for pane in reader.columns.panes)
        await reader.press("d")
        assert not differences.display
        assert reader.view.has_focus


async def test_a_column_is_added_and_closed(seeds: Library) -> None:
    async with reading(compare_screen(seeds), (160, 40)) as reader:
        await reader.press("r")
        await reader.until(lambda: len(reader.columns.panes) == 3)
        assert len({pane.article.id for pane in reader.columns.panes}) == 3
        await reader.press("x")
        await reader.until(lambda: len(reader.columns.panes) == 2)
        left = reader.columns.panes[1].article.id
        await reader.press("x")
        await reader.until(lambda: isinstance(reader.app.screen, ArticleScreen))
        await reader.until(lambda: reader.view.article)
        assert reader.view.article is not None
        assert reader.view.article.id == left


async def test_mentions_are_stepped_through_while_the_panel_has_the_keyboard(
    seeds: Library,
) -> None:
    async with reading(compare_screen(seeds, query="iraq")) as reader:
        await reader.press("e")
        panel = reader.screen.query_one(EntitiesPanel)
        shared = next(e for e in seeds.entities(list(ids(seeds).values())) if "Kataib" in e.name)
        reader.screen.show_entity(shared)
        await reader.until(lambda: all(v.position.mention == 1 for v in reader.screen.views))
        await reader.press("right_square_bracket")
        assert panel.has_focus_within
        assert all(
            view.position.mention == min(2, view.position.mentions)
            for view in reader.screen.views
            if view.position.mentions > 1
        )
        await reader.until(lambda: reader.view.position.matches)
        await reader.press("n")
        assert reader.view.position.match
        assert "Next match" in str(reader.screen.query_one(KeysBar).render())


async def test_the_footer_says_what_the_lock_key_would_do(seeds: Library) -> None:
    async with reading(compare_screen(seeds), (100, 30)) as reader:
        keys = reader.screen.query_one(KeysBar)
        assert "s Unlock" in str(keys.render())
        await reader.press("s")
        await reader.until(lambda: "s Lock" in str(keys.render()))
        assert not reader.columns.locked
        await reader.press("s")
        assert reader.columns.locked


@pytest.mark.parametrize("width", [60, 80])
async def test_a_narrow_footer_has_what_matters_side_by_side(seeds: Library, width: int) -> None:
    async with reading(compare_screen(seeds), (width, 24)) as reader:
        footer = str(reader.screen.query_one(KeysBar).render())
        for name in (". Next passage", "d Differences", "esc Back"):
            assert name in footer


async def test_a_difference_opens_the_tab_that_it_quotes_and_the_list_keeps_the_keyboard(
    seeds: Library,
) -> None:
    async with reading(compare_screen(seeds, "002", "003"), (60, 24)) as reader:
        await reader.press("d")
        differences = reader.screen.query_one(Differences)
        assert seeds.compare([p.article.id for p in reader.columns.panes]).figures
        for _ in range(2):
            await reader.press("down")
            assert differences.has_focus
            pane = reader.columns.pane
            assert pane is not None
            assert differences.value.article == pane.article.id
            await reader.until(lambda pane=pane: LIT_SIGN in "".join(reader.drawn(pane.view)))


async def test_articles_of_one_outlet_have_names_of_their_own(
    tmp_path: Path, write_articles: WriteArticles
) -> None:
    path = write_articles(
        "A bridge fell in Basra.", "A bridge was built in Basra.", source="Harbour News"
    )
    with Library.open([path], cache_dir=tmp_path / "cache") as library:
        library.update()
        outlet = "Harbour News"
        async with reading(CompareScreen(library, all_of(library)), (60, 24)) as reader:
            tabs = str(reader.columns.panes[0].query_one(".heading", Static).render())
            assert f"{outlet} (1)" in tabs
            assert f"{outlet} (2)" in tabs
            await reader.pilot.resize_terminal(100, 24)
            await reader.until(lambda: not reader.columns.tabbed)
            second = str(reader.columns.panes[1].query_one(".heading", Static).render())
            assert f"{outlet} (2) · " in second
