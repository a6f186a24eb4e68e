from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from index.model import Article, Hit, ParagraphKind, Snippet
from tui.result_lines import IN_FURNITURE, snippet_lines
from tui.widgets.results import PAGE, PAGES_KEPT, ResultsList

MANY = 100_000


def hit(number: int) -> Hit:
    article = Article(f"{number:012x}", f"/articles/{number}.txt", f"Title {number}")
    return Hit(article, 1.0, Snippet(f"Snippet {number}"))


class ListApp(App[None]):
    """A list of many articles, whose pages come at once."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []
        self.opened: list[str] = []

    def compose(self) -> ComposeResult:
        yield ResultsList()

    @property
    def results(self) -> ResultsList:
        return self.query_one(ResultsList)

    def page(self, offset: int) -> Sequence[Hit]:
        return [hit(n) for n in range(offset, min(MANY, offset + PAGE))]

    def on_results_list_need_more(self, event: ResultsList.NeedMore) -> None:
        self.asked.append(event.offset)
        self.results.add(event.offset, self.page(event.offset))

    def on_results_list_opened(self, event: ResultsList.Opened) -> None:
        self.opened.append(event.hit.article.title)

    def drawn(self) -> str:
        return "\n".join(self.results.render_line(y).text for y in range(self.results.size.height))


async def test_only_pages_in_sight_are_asked_for() -> None:
    app = ListApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.results.show(MANY, app.page(0))
        await pilot.pause()
        assert "Title 0" in app.drawn()
        assert app.asked == []
        await pilot.press("G")
        await pilot.pause()
        assert f"Title {MANY - 1}" in app.drawn()
        await pilot.press("enter")
        await pilot.pause()
        assert app.opened == [f"Title {MANY - 1}"]
        assert len(app.asked) <= 2


async def test_going_through_a_long_list_holds_a_part_of_it() -> None:
    app = ListApp()
    async with app.run_test(size=(80, 24)):
        app.results.show(MANY, app.page(0))
        offsets = range(0, 3 * PAGES_KEPT * PAGE, PAGE)
        for offset in offsets:
            app.results.add(offset, app.page(offset))
        held = [offset for offset in offsets if app.results.hit_at(offset)]
        assert len(held) == PAGES_KEPT
        assert app.results.hit == hit(0)


async def test_an_old_page_is_asked_for_again() -> None:
    app = ListApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.results.show(MANY, app.page(0))
        await pilot.press("G")
        app.results.show(MANY, app.page(0), 0, 0)
        await pilot.press("G")
        await pilot.pause()
        assert app.results.hit == hit(MANY - 1)


async def test_a_page_that_comes_takes_the_place_of_what_was_drawn() -> None:
    app = ListApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.results.show(2 * PAGE, app.page(0))
        app.results.action_go("last")
        assert "Title" not in app.drawn()
        await pilot.pause()
        assert f"Title {2 * PAGE - 1}" in app.drawn()


async def test_a_renewed_list_stays_where_it_was() -> None:
    app = ListApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.results.show(MANY, app.page(0))
        for _ in range(9):
            await pilot.press("j")
        await pilot.pause()
        line = app.results.cursor * app.results.rows - app.results.scroll_offset.y
        app.results.show(MANY + 40, [hit(n) for n in range(40)], 40, 49, stay=True)
        await pilot.pause()
        assert app.results.hit == hit(9)
        assert app.results.cursor * app.results.rows - app.results.scroll_offset.y == line


async def test_the_cursor_stays_in_sight_when_the_terminal_shrinks() -> None:
    app = ListApp()
    async with app.run_test(size=(100, 50)) as pilot:
        app.results.show(MANY, app.page(0))
        for _ in range(8):
            await pilot.press("j")
        await pilot.resize_terminal(60, 14)
        await pilot.pause()
        assert "Title 8" in app.drawn()


async def test_every_line_is_as_wide_as_the_list() -> None:
    wide = Article("a" * 12, "/w.txt", "漢字のとても長い題名" * 9, "来源", words=3)
    app = ListApp()
    async with app.run_test(size=(41, 24)) as pilot:
        app.results.show(1, [Hit(wide, 1.0, Snippet("漢字 " * 200, ((3, 5),)))])
        await pilot.pause()
        width = app.results.scrollable_content_region.width
        for y in range(app.results.size.height):
            assert app.results.render_line(y).cell_length == width


@given(
    st.text(max_size=400),
    st.tuples(st.integers(0, 400), st.integers(1, 20)),
    st.integers(2, 90),
    st.integers(1, 3),
    st.sampled_from(ParagraphKind),
)
def test_snippets_show_their_first_match(
    text: str, match: tuple[int, int], room: int, height: int, kind: ParagraphKind
) -> None:
    start, end = match[0], min(match[0] + match[1], len(text))
    matches = ((start, end),) if start < end else ()
    lines = snippet_lines(Snippet(text, matches, kind=kind), room, height)
    remark = IN_FURNITURE if kind is ParagraphKind.BOILERPLATE else ""
    assert len(lines) == height
    for line in lines:
        assert not set(line.text) & set("\x1b\x00\n\r\x9b\u202e\x7f")
        for first, last in line.matches:
            assert line.remark <= first < last <= len(line.text)
    assert sum(line.remark for line in lines) <= len(remark)
    if matches and room * height > 60 + len(remark) and text.isascii() and text.isprintable():
        assert any(line.matches for line in lines)
