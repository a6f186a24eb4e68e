"""The article screen and the side-by-side screen, by keyboard, on a real collection."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static

from index import EntityType, Library
from tui.screens.article import ArticleScreen
from tui.screens.compare import CompareScreen
from tui.screens.reading import Reading
from tui.widgets.article_paint import LIT_SIGN
from tui.widgets.article_view import ArticleView
from tui.widgets.columns import Columns
from tui.widgets.differences import Differences
from tui.widgets.entities_panel import EntitiesPanel
from tui.widgets.find_bar import FindBar
from tui.widgets.legend import Legend
from tui.widgets.status_line import StatusLine

TURNS = 400
"""Times a test lets the application go on before it gives up on something."""


class Host(App[None]):
    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self.first = screen

    def on_mount(self) -> None:
        self.push_screen(self.first)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"match-foreground": "#ffffff", "match-background": "#333300"}


@dataclass
class Reader:
    app: App[None]
    pilot: Pilot[None]

    @property
    def screen(self) -> Reading:
        assert isinstance(self.app.screen, Reading)
        return self.app.screen

    @property
    def view(self) -> ArticleView:
        return self.screen.view

    @property
    def columns(self) -> Columns:
        return self.screen.query_one(Columns)

    @property
    def status(self) -> str:
        return str(self.screen.query_one(StatusLine).render())

    @property
    def notices(self) -> list[str]:
        return [notice.message for notice in self.app._notifications]

    def drawn(self, view: ArticleView | None = None) -> list[str]:
        view = view or self.view
        return [view.render_line(y).text.rstrip() for y in range(view.size.height)]

    def tops(self) -> list[int]:
        return [pane.view.scroll_offset.y for pane in self.columns.panes]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def until(self, condition: Callable[[], object]) -> None:
        for _ in range(TURNS):
            if condition():
                await self.pilot.pause()
                return
            await self.pilot.pause(0.02)
        raise AssertionError(f"never came to be; {self.status!r} {self.notices}")


@asynccontextmanager
async def reading(screen: Reading, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Reader]:
    app = Host(screen)
    async with app.run_test(size=size) as pilot:
        reader = Reader(app, pilot)
        await reader.until(lambda: screen.views and screen.view.article)
        await reader.until(lambda: any(len(view.marking.mentions) for view in screen.views))
        yield reader


def ids(library: Library) -> dict[str, str]:
    """The seeds' ids by the first number of their files' names."""
    return {Path(article.locator).name[:3]: article.id for article in library.articles()}


def article_screen(library: Library, name: str = "004", query: str = "") -> ArticleScreen:
    return ArticleScreen(library, ids(library)[name], query)


def compare_screen(library: Library, *names: str, query: str = "") -> CompareScreen:
    known = ids(library)
    return CompareScreen(library, [known[name] for name in names or ("003", "004")], query)


# One article


async def test_an_article_is_read_with_its_names_marked(seeds: Library) -> None:
    async with reading(article_screen(seeds)) as reader:
        assert any("Abu Ali al-Askari" in line for line in reader.drawn())
        assert "¶ 1/" in reader.status
        assert "0%" in reader.status
        await reader.press("G")
        assert "100%" in reader.status


async def test_the_words_of_the_search_are_marked(seeds: Library) -> None:
    async with reading(article_screen(seeds, query="telegram")) as reader:
        await reader.until(lambda: reader.view.position.matches)
        await reader.press("n")
        assert f"match 1/{reader.view.position.matches}" in reader.status


async def test_an_article_that_is_gone_is_reported_in_one_line(seeds: Library) -> None:
    app = Host(ArticleScreen(seeds, "000000000000"))
    async with app.run_test() as pilot:
        reader = Reader(app, pilot)
        await reader.until(lambda: reader.notices)
        assert "000000000000" in reader.notices[0]


async def test_finding_inside_the_article(seeds: Library) -> None:
    async with reading(article_screen(seeds)) as reader:

        def found() -> str:
            return str(reader.screen.query_one(FindBar).query_one(".count", Static).render())

        await reader.press("slash", *"KATYUSHA")
        assert found().strip() == f"1/{reader.view.position.matches}"
        await reader.press("enter")
        assert found().strip().startswith("2/")
        await reader.press("up")
        assert found().strip().startswith("1/")
        await reader.press("x", "x")
        assert found().strip() == "not found"
        reader.screen.query_one(Input).value = "katyusha"
        await reader.press("escape")
        assert not reader.screen.query_one(FindBar).display
        assert reader.view.has_focus
        await reader.press("n")
        assert reader.view.position.match == 2
        await reader.press("escape")
        assert reader.view.position.matches == 0
        assert isinstance(reader.app.screen, ArticleScreen)


async def test_escape_goes_back(seeds: Library) -> None:
    async with reading(article_screen(seeds)) as reader:
        await reader.press("escape")
        assert not isinstance(reader.app.screen, ArticleScreen)


async def test_types_are_switched_off_by_number_and_the_legend_says_so(seeds: Library) -> None:
    async with reading(article_screen(seeds)) as reader:
        await reader.press("1")
        assert reader.view.marking.hidden == {EntityType.PERSON}
        assert reader.screen.query_one(Legend).hidden == {EntityType.PERSON}
        await reader.press("3", "1")
        assert reader.view.marking.hidden == {EntityType.PLACE}
        await reader.press("0")
        assert reader.view.marking.hidden == frozenset()
        await reader.press("0")
        assert reader.view.marking.hidden == set(EntityType)


async def test_the_legend_names_every_type_at_every_width(seeds: Library) -> None:
    async with reading(article_screen(seeds), (60, 24)) as reader:
        legend = str(reader.screen.query_one(Legend).render())
        assert all(f"{number} " in legend for number in range(1, 8))
        await reader.pilot.click(Legend, offset=(3, 0))
        assert reader.view.marking.hidden == {EntityType.PERSON}


async def test_the_entities_panel_leads_through_the_mentions(seeds: Library) -> None:
    async with reading(article_screen(seeds)) as reader:
        await reader.press("e")
        assert reader.screen.query_one(EntitiesPanel).display
        await reader.press("down", "enter")
        entity = reader.view.marking.entity
        assert entity is not None
        assert entity.startswith("person/")
        position = reader.view.position
        assert f"mention {position.mention}/{position.mentions}" in reader.status
        spellings = str(reader.screen.query_one(".spellings", Static).render())
        assert f"{position.mention} of {position.mentions}" in spellings
        await reader.press("e")
        assert not reader.screen.query_one(EntitiesPanel).display
        assert reader.view.has_focus


async def test_one_key_compares_with_the_best_related_article(seeds: Library) -> None:
    async with reading(article_screen(seeds, "003")) as reader:
        await reader.press("c")
        await reader.until(lambda: isinstance(reader.app.screen, CompareScreen))
        await reader.until(lambda: len(reader.columns.panes) == 2)
        assert reader.columns.panes[0].article.id == ids(seeds)["003"]


# Side by side


@pytest.fixture
def told_twice(write_articles: Callable[..., Path], tmp_path: Path) -> Callable[..., Library]:
    """Articles that tell the same ten things, with different things between them."""
    works = "crane bridge tower tunnel quay dock wall road mill lighthouse".split()  # noqa: SIM905
    towns = "Basra Tripoli Oran Sfax Aden Jaffa Acre Tyre Suez Izmir".split()  # noqa: SIM905
    facts = [
        f"The {work} of the harbour in {town} was finished by {count} workers from {town}."
        for work, town, count in zip(works, towns, range(110, 210, 10), strict=True)
    ]

    def filler(of: int, number: int) -> str:
        words = [f"word{of}{number}{n}" for n in range(30)]
        return " ".join(words).capitalize() + "."

    def tell(of: int, between: int) -> str:
        paragraphs = []
        for number, fact in enumerate(facts):
            paragraphs += [fact, *(filler(of, number * 10 + n) for n in range(between))]
        return "\n\n".join(paragraphs)

    def open_() -> Library:
        path = write_articles(tell(1, 1), tell(2, 4), tell(3, 2))
        library = Library.open([path], cache_dir=tmp_path / "cache")
        library.update()
        return library

    return open_


async def test_panes_scroll_together_by_what_they_say(told_twice: Callable[[], Library]) -> None:
    with told_twice() as library:
        chosen = [article.id for article in library.articles()][:2]
        async with reading(CompareScreen(library, chosen)) as reader:
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


async def test_scrolling_settles_and_never_goes_back(told_twice: Callable[[], Library]) -> None:
    with told_twice() as library:
        chosen = [article.id for article in library.articles()]
        async with reading(CompareScreen(library, chosen), (160, 30)) as reader:
            before = reader.tops()
            for _ in range(30):
                await reader.press("j")
                now = reader.tops()
                assert now[0] == before[0] + 1
                assert all(a <= b for a, b in zip(before, now, strict=True))
                before = now


async def test_panes_are_let_go_and_held_from_where_they_stand(
    told_twice: Callable[[], Library],
) -> None:
    with told_twice() as library:
        chosen = [article.id for article in library.articles()][:2]
        async with reading(CompareScreen(library, chosen)) as reader:
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
    told_twice: Callable[[], Library],
) -> None:
    with told_twice() as library:
        chosen = [article.id for article in library.articles()]
        async with reading(CompareScreen(library, chosen), (160, 30)) as reader:
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


async def test_a_tab_opens_where_the_last_one_stood(told_twice: Callable[[], Library]) -> None:
    with told_twice() as library:
        chosen = [article.id for article in library.articles()][:2]
        async with reading(CompareScreen(library, chosen), (60, 24)) as reader:
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
        assert all(pane.view.position.mention for pane in reader.columns.panes)


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
