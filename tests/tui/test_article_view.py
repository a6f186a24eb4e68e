"""Reading one article: what is drawn, where keys lead, what is selected and found."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from rich.style import Style
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from index.model import Article, EntityType, Mention, Paragraph, ParagraphKind
from tui.entity_styles import LOOKS
from tui.layout import Layout
from tui.widgets.article_paint import CURRENT_SIGN, LIT_SIGN
from tui.widgets.article_view import ArticleView

WORDS = "Militias in the region have vowed to go on until the last soldier leaves the country."


def article(count: int = 40, *more: Paragraph) -> Article:
    paragraphs = tuple(Paragraph(f"Paragraph {n}. {WORDS}") for n in range(count))
    return Article("a", "/a.txt", "A title", "Outlet", words=count, paragraphs=paragraphs + more)


def mention(text: str, paragraph: int, of: Article, kind: str = "person") -> Mention:
    start = of.paragraphs[paragraph].text.index(text)
    end = start + len(text)
    return Mention(
        start, end, EntityType(kind), text, paragraph=paragraph, entity=f"{kind}/{text.lower()}"
    )


class Host(App[None]):
    def compose(self) -> ComposeResult:
        yield ArticleView()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"match-foreground": "#ffffff", "match-background": "#333300"}


@asynccontextmanager
async def reading(
    of: Article, size: tuple[int, int] = (80, 24), **marks: object
) -> AsyncIterator[tuple[ArticleView, Pilot[None]]]:
    app = Host()
    async with app.run_test(size=size) as pilot:
        view = app.query_one(ArticleView)
        view.focus()
        view.show(of, **marks)  # type: ignore[arg-type]
        await pilot.pause()
        yield view, pilot


def drawn(view: ArticleView) -> list[str]:
    return [view.render_line(y).text.rstrip() for y in range(view.size.height)]


def style_of(view: ArticleView, text: str) -> Style:
    """The style of the first piece of text in view that is drawn by itself."""
    for y in range(view.size.height):
        for segment in view.render_line(y):
            if segment.text == text and segment.style is not None:
                return segment.style
    raise AssertionError(f"{text!r} is not drawn by itself")


async def test_shows_title_facts_and_text_in_a_measured_column() -> None:
    async with reading(article(), (140, 30)) as (view, _):
        lines = drawn(view)
        assert [line.strip() for line in lines[1:3]] == ["A title", "Outlet · undated · 40 words"]
        widest = max(len(line.strip()) for line in lines)
        assert 60 < widest <= 76
        left = len(lines[1]) - len(lines[1].lstrip())
        assert abs(left - (140 - 76) // 2) <= 2


@pytest.mark.parametrize("keys", [("j",), ("down",)])
async def test_keys_scroll_by_lines(keys: tuple[str, ...]) -> None:
    async with reading(article()) as (view, pilot):
        await pilot.press(*keys)
        assert view.scroll_offset.y == 1
        await pilot.press("k")
        assert view.scroll_offset.y == 0


async def test_keys_go_through_pages_to_both_ends() -> None:
    async with reading(article()) as (view, pilot):
        await pilot.press("space")
        assert view.scroll_offset.y == 22
        await pilot.press("b")
        assert view.scroll_offset.y == 0
        await pilot.press("ctrl+d")
        assert view.scroll_offset.y == 11
        await pilot.press("G")
        assert view.position.percent == 100
        assert (view.position.paragraph, view.position.paragraphs) == (40, 40)
        assert drawn(view)[-1].strip()
        await pilot.press("g")
        assert (view.position.percent, view.position.paragraph) == (0, 1)


async def test_a_short_article_is_read_at_once() -> None:
    async with reading(article(1)) as (view, pilot):
        await pilot.press("G")
        assert view.scroll_offset.y == 0
        assert view.position.percent == 100


async def test_what_was_read_stays_in_view_when_the_terminal_changes() -> None:
    async with reading(article()) as (view, pilot):
        view.scroll_to_line(view.line_of(20))
        for width, height in ((50, 20), (120, 12), (30, 40), (80, 24)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            assert "Paragraph 20." in drawn(view)[0]


async def test_matches_are_marked_and_stepped_through_round_the_end() -> None:
    of = article(30)
    matches = dict.fromkeys((0, 12, 29), ((0, 9),))
    async with reading(of, matches=matches) as (view, pilot):
        assert style_of(view, "Paragraph").bgcolor != style_of(view, "A title").bgcolor
        assert view.position.matches == 3
        for number in (1, 2, 3, 1):
            await pilot.press("n")
            assert view.position.match == number
            [line] = [line for line in drawn(view) if CURRENT_SIGN in line]
            assert f"Paragraph {[0, 12, 29][number - 1]}." in line
        await pilot.press("N")
        assert view.position.match == 3


async def test_finds_what_is_typed_from_here_on_and_gives_the_search_back() -> None:
    async with reading(article(30), matches={3: ((0, 9),)}) as (view, pilot):
        await pilot.press("space")
        view.find("PARAGRAPH 1")
        assert view.position.matches == 11
        [line] = [line for line in drawn(view) if CURRENT_SIGN in line]
        assert "Paragraph 1" in line
        view.find("no such thing")
        assert (view.position.match, view.position.matches) == (0, 0)
        view.find("")
        assert view.position.matches == 1


async def test_every_type_has_its_own_look_without_colour() -> None:
    names = ["Anna", "Bank", "Cairo", "Druze", "Easter", "Five", "Gun"]
    of = Article("a", "/a", "T", paragraphs=(Paragraph(" x ".join(names)),))
    mentions = [mention(name, 0, of, look.type) for name, look in zip(names, LOOKS, strict=True)]
    async with reading(of, mentions=mentions) as (view, _):
        styles = [style_of(view, name) for name in names]
        plain = style_of(view, " x ")
        signs = [(s.bold, s.italic, s.underline, s.dim) for s in [*styles, plain]]
        assert len(set(signs)) == 8
        assert len({s.color for s in [*styles, plain]}) == 8


async def test_other_colours_are_drawn_at_once() -> None:
    of = article(1)
    async with reading(of, mentions=[mention("Militias", 0, of)]) as (view, pilot):
        dark = [style_of(view, text).color for text in ("Militias", "A title")]
        view.app.theme = "textual-light"
        await pilot.pause()
        light = [style_of(view, text).color for text in ("Militias", "A title")]
        assert not set(dark) & set(light)
        view.app.theme = "ansi-dark"
        await pilot.pause()
        yellow = style_of(view, "Militias").color
        assert yellow is not None
        assert yellow.number == 11


async def test_types_are_switched_off_one_by_one() -> None:
    of = article(1)
    mentions = [mention("Militias", 0, of), mention("country", 0, of, "place")]
    async with reading(of, mentions=mentions) as (view, _):
        assert style_of(view, "Militias").bold
        view.hide_types(frozenset({EntityType.PERSON}))
        with pytest.raises(AssertionError):
            style_of(view, "Militias")
        assert style_of(view, "country").italic


async def test_shared_entities_look_different_from_those_of_one_article() -> None:
    of = article(1)
    mentions = [mention("Militias", 0, of), mention("soldier", 0, of)]
    async with reading(of) as (view, _):
        view.mark_mentions(mentions, shared={"person/militias"})
        assert style_of(view, "Militias").bgcolor != style_of(view, "soldier").bgcolor


async def test_mentions_of_an_entity_are_stepped_through() -> None:
    of = article(30)
    mentions = [mention("Militias", n, of) for n in (0, 10, 20)]
    mentions.append(mention("soldier", 5, of))
    async with reading(of, mentions=mentions) as (view, pilot):
        view.select_entity("person/militias")
        for number in (1, 2, 3, 1):
            await pilot.press("right_square_bracket")
            assert (view.position.mention, view.position.mentions) == (number, 3)
        await pilot.press("left_square_bracket")
        assert view.position.mention == 3


async def test_without_a_selected_entity_the_next_one_is_selected() -> None:
    of = article(30)
    async with reading(of, mentions=[mention("soldier", 5, of)]) as (view, pilot):
        await pilot.press("right_square_bracket")
        assert view.marking.entity == "person/soldier"
        assert view.position.mention == 1


async def test_a_clicked_mention_is_selected() -> None:
    of = article(3)
    async with reading(of, mentions=[mention("Militias", 0, of)]) as (view, pilot):
        y, line = next((y, line) for y, line in enumerate(drawn(view)) if "Militias" in line)
        await pilot.click(ArticleView, offset=(line.index("Militias") + 2, y))
        assert view.marking.entity == "person/militias"


FURNITURE = ParagraphKind.BOILERPLATE


async def test_folded_parts_open_and_close_with_a_key() -> None:
    of = article(2, Paragraph("Share:", FURNITURE), Paragraph("Subscribe now.", FURNITURE))
    async with reading(of) as (view, pilot):
        assert any("▸ 2 lines of site furniture: Share:" in line for line in drawn(view))
        assert not any("  Subscribe now." in line for line in drawn(view))
        await pilot.press("z")
        assert any("▾ 2 lines" in line for line in drawn(view))
        assert any("  Subscribe now." in line for line in drawn(view))
        await pilot.press("z")
        assert not any("  Subscribe now." in line for line in drawn(view))


async def test_the_key_goes_to_a_folded_part_out_of_sight_and_the_mouse_opens_it() -> None:
    of = article(30, Paragraph("Share:", FURNITURE))
    async with reading(of) as (view, pilot):
        await pilot.press("z")
        y, _ = next((y, line) for y, line in enumerate(drawn(view)) if "▸" in line)
        await pilot.click(ArticleView, offset=(5, y))
        assert any("▾" in line for line in drawn(view))


async def test_going_to_a_match_opens_the_folded_part_it_stands_in() -> None:
    of = article(2, Paragraph("Share: everywhere", FURNITURE))
    async with reading(of, matches={2: ((7, 17),)}) as (view, pilot):
        await pilot.press("n")
        assert style_of(view, "everywhere").bold


async def test_selected_text_is_copied_as_the_article_has_it() -> None:
    of = article(2, Paragraph("Share:", FURNITURE), Paragraph("The end is near."))
    async with reading(of, (50, 30)) as (view, pilot):
        lines = drawn(view)
        first = next(y for y, line in enumerate(lines) if "Paragraph 0." in line)
        last = next(y for y, line in enumerate(lines) if "The end" in line)
        assert last - first > 6
        await pilot.mouse_down(ArticleView, offset=(0, first))
        await pilot.hover(ArticleView, offset=(30, last))
        await pilot.hover(ArticleView, offset=(lines[last].index("end") + 2, last))
        await pilot.mouse_up(ArticleView, offset=(lines[last].index("end") + 2, last))
        selected = view.screen.get_selected_text()
        body = [f"Paragraph {n}. {WORDS}" for n in (0, 1)]
        assert selected == "\n\n".join([*body, "The end"])
        await pilot.resize_terminal(100, 30)
        assert view.screen.get_selected_text() == selected


async def test_what_is_lit_up_has_a_sign_beside_it() -> None:
    async with reading(article(3)) as (view, _):
        view.light([(1, 0, 20)])
        [line] = [line for line in drawn(view) if LIT_SIGN in line]
        assert "Paragraph 1." in line


async def test_text_is_never_read_as_markup_or_as_commands() -> None:
    hostile = "[/] [bold]x[/bold] \x1b]8;;http://x\x1b\\ \u202e [@click=app.quit]y[/]"
    of = Article("a", "/a", hostile, hostile, hostile, paragraphs=(Paragraph(hostile),))
    async with reading(of) as (view, _):
        text = "\n".join(drawn(view))
        assert text.count("[bold]x[/bold]") == 4
        assert "\x1b" not in text
        assert "\u202e" not in text


async def test_a_book_is_shown_before_it_is_laid_out_and_ends_where_it_ends() -> None:
    of = article(12_000)
    async with reading(of) as (view, pilot):
        assert "A title" in drawn(view)[1]
        await pilot.press("G")
        assert any("Paragraph 11999." in line for line in drawn(view))
        view.find("paragraph 6000.")
        assert any("Paragraph 6000." in line for line in drawn(view))
        whole = Layout(of, 76)
        whole.finish()
        assert view.extent.lines == len(whole)


async def test_nothing_to_show_is_an_empty_page() -> None:
    async with reading(article()) as (view, pilot):
        view.show(None)
        await pilot.press("n", "z", "G", "right_square_bracket")
        assert "".join(drawn(view)).strip() == ""
        assert view.position.paragraphs == 0


async def test_a_new_page_is_named_at_the_right_of_the_line_above_it() -> None:
    paragraphs = tuple(Paragraph(f"{n}. {WORDS}", place=f"page {1 + n // 3}") for n in range(9))
    of = Article("a", "/a.txt", "A title", paragraphs=paragraphs)
    for width in (40, 80, 140):
        async with reading(of, (width, 40)) as (view, _):
            named = [line for line in drawn(view) if line.strip().startswith("page")]
            assert [line.strip() for line in named] == ["page 1", "page 2", "page 3"]
            widest = max(len(line) for line in drawn(view))
            assert {len(line) for line in named} <= set(range(widest - 1, width))
            assert view.position.place == "page 1"
