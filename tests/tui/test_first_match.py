"""From a search into an article: its first match, wherever that stands, and all others."""

from __future__ import annotations

import pytest

from index.model import Article, Paragraph, ParagraphKind
from tests.tui.test_article_view import article, drawn, reading
from tui.widgets.status_line import StatusLine


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (140, 40)])
async def test_the_first_match_may_be_in_the_title(size: tuple[int, int]) -> None:
    async with reading(article(20), size, matches={None: ((2, 7),), 3: ((0, 9),)}) as (view, pilot):
        for key, match in [("n", 1), ("n", 2), ("n", 1), ("N", 2)]:
            await pilot.press(key)
            assert view.position.match == match


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (140, 40)])
async def test_site_furniture_that_matches_is_unfolded(size: tuple[int, int]) -> None:
    furniture = Paragraph("Share this page with all", ParagraphKind.BOILERPLATE)
    body = [Paragraph(f"Paragraph {n}.") for n in range(40)]
    of = Article("a", "/a.txt", "A title", paragraphs=(furniture, *body, furniture))
    async with reading(of, size, matches={0: ((0, 5),), 41: ((0, 5),)}) as (view, pilot):
        for match in (1, 2, 1):
            await pilot.press("n")
            assert view.position.match == match
            assert any("Share this page" in line for line in drawn(view))


async def test_a_search_goes_on_in_the_article(open_reader) -> None:
    async with open_reader() as reader:
        await reader.search("title:vows")
        await reader.press("enter", "enter")
        await reader.until(lambda: type(reader.app.screen).__name__ == "ArticleScreen")
        status = reader.app.screen.query_one(StatusLine)
        await reader.until(lambda: "match –/" in status.position)
        await reader.press("n")
        assert "match 1/" in status.position
        assert status.position.endswith("0%")
