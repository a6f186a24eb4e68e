"""The article screen by keyboard, on a real collection."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from index import EntityType, Library
from tests.conftest import WriteArticles
from tests.tui.reading import Host, Reader, article_screen, compare_screen, ids, reading
from tui.screens.article import ArticleScreen
from tui.screens.compare import CompareScreen
from tui.screens.reading import Reading
from tui.widgets.entities_panel import EntitiesPanel
from tui.widgets.find_bar import FindBar
from tui.widgets.keys_bar import KeysBar
from tui.widgets.legend import Legend


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
        assert "000000000000" in reader.status


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


async def test_the_paragraph_that_is_read_is_copied_without_a_mouse(seeds: Library) -> None:
    async with reading(article_screen(seeds, "003")) as reader:
        await reader.press("y")
        assert reader.app.clipboard.startswith("The Islamic Resistance in Iraq suggested")
        assert reader.app.clipboard.endswith("in a statement released Friday.")
        assert reader.notices == ["Copied 25 words"]


async def test_only_what_there_is_is_offered(seeds: Library) -> None:
    async with reading(article_screen(seeds)) as reader:
        offered = {binding.binding.id for binding in reader.screen.active_bindings.values()}
        assert "article.fold" in offered
        assert "article.next-match" not in offered
        reader.view.find("Baghdad")
        await reader.pilot.pause()
        offered = {binding.binding.id for binding in reader.screen.active_bindings.values()}
        assert "article.next-match" in offered


@pytest.mark.parametrize("make", [article_screen, compare_screen])
async def test_every_key_has_a_name_and_a_line_of_help(
    seeds: Library, make: Callable[[Library], Reading]
) -> None:
    async with reading(make(seeds)) as reader:
        for node in (reader.screen, *reader.screen.query("*")):
            for base in type(node).__mro__:
                if base.__module__.startswith("tui."):
                    for binding in vars(base).get("BINDINGS", ()):
                        assert binding.id, binding
                        assert binding.tooltip, binding
                        assert hasattr(node, f"action_{binding.action.split('(')[0]}"), binding


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


async def test_the_find_bar_shows_its_keys(seeds: Library) -> None:
    async with reading(article_screen(seeds)) as reader:
        await reader.press("slash", *"iraq")
        footer = str(reader.screen.query_one(KeysBar).render())
        assert " Next" in footer
        assert "↑ Previous" in footer
        assert "esc Close" in footer


@pytest.mark.parametrize("known", [True, False])
async def test_an_article_alone_is_told_with_what_is_known(
    tmp_path: Path, write_articles: WriteArticles, known: bool
) -> None:
    path = write_articles("The harbour of Basra has a new crane since Monday.")
    with Library.open([path], cache_dir=tmp_path / "cache") as library:
        library.update()
        if not known:
            # As while an update is under way.
            with sqlite3.connect(next((tmp_path / "cache").rglob("*.sqlite*"))) as store:
                store.execute("UPDATE meta SET value = '' WHERE key = 'ready'")
        screen = ArticleScreen(library, next(iter(library.articles())).id)
        async with reading(screen) as reader:
            await reader.press("c")
            await reader.until(lambda: reader.notices)
            assert "No other article here" in reader.notices[0]
            assert ("not all is read yet" in reader.notices[0]) is not known


async def test_the_text_fits_beside_the_list_of_entities_at_once(open_reader) -> None:
    async with open_reader() as reader:
        await reader.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, ArticleScreen))
        view = reader.app.screen.view
        await reader.until(lambda: len(view.marking.mentions))
        panel = reader.app.screen.query_one(EntitiesPanel)
        for _ in range(3):
            await reader.press("e")
            await reader.pilot.pause()
            await reader.until(lambda: (view.size.width < 80) == panel.display)
            width = view.size.width
            last = max(len(view.render_line(y).text.rstrip()) for y in range(view.size.height))
            assert width - 12 < last < width
