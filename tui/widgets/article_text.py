"""ArticleText: an article laid out, drawn, folded and selectable, with its marks given."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from time import perf_counter
from typing import Any, ClassVar

from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from index.model import Article
from tui import entity_styles
from tui.layout import FIRST_PARAGRAPH, Layout, LineKind, block_of
from tui.scroll_sync import Extent
from tui.widgets import article_paint
from tui.widgets.article_paint import GUTTER, Marking, paint

MEASURE = 76
"""The widest column of text, in cells: beyond it the eye loses the beginning of the next line."""
SLICE_SECONDS = 0.012
"""How long a long article is laid out before the keyboard is looked at again."""
STRIPS_KEPT = 512
"""Lines whose drawing is kept: some screenfuls, so that scrolling back draws nothing again."""

Place = tuple[int, int]
"""A block of the article (`tui.layout`) and an offset in its text."""


class ArticleText(ScrollView, can_focus=True, inherit_bindings=False):
    """Draws an article in a measured column. `ArticleView` adds what readers do with it.

    Places in the article stay in view when the width or the folds change. The text of an article
    of any length is there at once: lines beyond the screen are laid out between key presses.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *article_paint.COMPONENTS,
        *entity_styles.COMPONENTS,
    }
    DEFAULT_CSS = """
    ArticleText {
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        & > .article--title { text-style: bold; }
        & > .article--facts { color: $foreground 65%; }
        & > .article--quiet { color: $foreground 65%; }
        & > .article--fold { color: $foreground 60%; text-style: italic; }
        & > .article--place { color: $foreground 60%; }
        & > .article--sign { color: $primary; text-style: bold; }
        & > .article--aligned { color: $foreground 35%; }
        & > .article--passage { background: $primary 22%; }
        & > .article--selected-entity { text-style: reverse; }
        & > .article--match { background: $match-background; color: $match-foreground; }
        & > .article--current { background: $warning; color: $background; text-style: bold; }
        &:ansi > .article--facts { color: $foreground; text-style: dim; }
        &:ansi > .article--quiet { color: $foreground; text-style: dim; }
        &:ansi > .article--fold { color: $foreground; text-style: dim italic; }
        &:ansi > .article--place { color: $foreground; text-style: dim; }
        &:ansi > .article--aligned { color: $foreground; text-style: dim; }
        &:ansi > .article--passage { background: transparent; }
        &:ansi > .article--match { background: ansi_yellow; color: ansi_black; }
        &:ansi > .article--current { background: ansi_bright_yellow; color: ansi_black; }
        &:nocolor > .article--match { text-style: reverse; }
        &:nocolor > .article--current { text-style: bold reverse underline; }
    }
    """ + entity_styles.css("ArticleText")

    class Moved(Message):
        """What a reader sees of an article has changed: scrolled, laid out, or stepped through."""

        def __init__(self, view: ArticleText) -> None:
            super().__init__()
            self.view = view

        @property
        def control(self) -> ArticleText:
            """The view that moved."""
            return self.view

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self.article: Article | None = None
        self.marking = Marking()
        self._text: Layout | None = None
        self._header = True
        self._opened: frozenset[int] = frozenset()
        self._strips: LRUCache[object, Strip] = LRUCache(STRIPS_KEPT)
        self._styles: dict[str, Style] = {}
        self._offered = (False, False)

    @property
    def extent(self) -> Extent:
        """How many lines are in view, and how many the article has."""
        return Extent(self.size.height, len(self._text) if self._text else 0)

    def line_of(self, paragraph: int | None, offset: int = 0) -> int:
        """The line of a place in the article, counted from 0; None is the title."""
        return self._text.find(block_of(paragraph), offset) if self._text else 0

    def scroll_to_line(self, line: float) -> None:
        """Scrolls so that `line` is the first in view, as far as the article goes."""
        text = self._text
        if text is not None:
            text.extend(max(0, round(line) + self.size.height - len(text)))
            if len(text) != self.virtual_size.height:
                self._measure()
        self.scroll_to(y=max(0, round(line)), animate=False, force=True)

    def reveal(self, paragraph: int | None, offset: int = 0) -> None:
        """Brings a place into view, opening the folded part that hides it."""
        self._reveal((block_of(paragraph), offset))

    def _reveal(self, place: Place) -> None:
        if self._text is None:
            return
        self._open_at(place[0])
        self._bring_into_view(self._text.find(*place))

    def _bring_into_view(self, line: int) -> None:
        top, height = self.scroll_offset.y, self.size.height
        edge = 1 if height > 4 else 0
        if not top + edge <= line < top + height - edge:
            self.scroll_to_line(line - height // 3)

    def open_at(self, paragraph: int | None) -> None:
        """Opens the folded part that hides a paragraph, if one does."""
        self._open_at(block_of(paragraph))

    def _open_at(self, block: int) -> None:
        fold = self._text.fold_at(block) if self._text else None
        if fold is not None and fold not in self._opened:
            self._open(self._opened | {fold})

    def _place_of_line(self, y: int) -> Place:
        if self._text is None or not len(self._text):
            return (0, 0)
        line = self._text.line(min(y, len(self._text) - 1))
        return (line.block + 1, 0) if line.kind is LineKind.BLANK else (line.block, line.start)

    def _in_view(self, place: Place) -> bool:
        if self._text is None:
            return False
        top = self.scroll_offset.y
        return top <= self._text.find(*place) < top + self.size.height

    # Laying out

    def _open(self, folds: Iterable[int]) -> None:
        """Opens these folds and closes all others."""
        self._opened = frozenset(folds)
        self._lay_out()

    def _lay_out(self, keep: Place | None = None) -> None:
        """Lays the article out for the present width.

        The place `keep` stays the first in view; by default, what is the first now.
        """
        column = self._column
        if self.article is None or column < 1:
            self._text = None
            self._measure()
            return
        if keep is None:
            keep = self._place_of_line(self.scroll_offset.y) if self.scroll_offset.y else (0, 0)
        text = Layout(
            self.article, column, header=self._header, opened=self._opened, like=self._text
        )
        self._text = text
        line = text.find(*keep) if keep > (0, 0) else 0
        text.extend(max(0, line + self.size.height - len(text)))
        self._extend(text)
        if line != self.scroll_offset.y:
            self.scroll_to_line(line)

    def _extend(self, text: Layout) -> None:
        """Lays out some more of an article, and comes back for the rest of a long one."""
        if text is not self._text:
            return
        until = perf_counter() + SLICE_SECONDS
        while not text.complete and perf_counter() < until:
            text.extend(500)
        if not text.complete:
            # A timer, since a message that is always there lets nothing else be drawn.
            self.set_timer(SLICE_SECONDS / 4, partial(self._extend, text))
        self._measure()

    def _measure(self) -> None:
        lines = len(self._text) if self._text else 0
        self.virtual_size = Size(self.scrollable_content_region.width, lines)
        self._changed()

    @property
    def _column(self) -> int:
        return min(MEASURE, self.scrollable_content_region.width - GUTTER - 1)

    def on_mount(self) -> None:
        """Follows the layout: a panel that opens beside does not always bring a Resize."""
        self.screen.screen_layout_refresh_signal.subscribe(self, self._fit)

    def _fit(self, _screen: Screen[Any]) -> None:
        if self._text is not None and self._text.width != self._column:
            self._lay_out()

    def on_resize(self, event: events.Resize) -> None:
        """Lays the article out again; what was the first line in view stays there."""
        self._lay_out()

    # Drawing

    def _changed(self) -> None:
        """Draws everything again, and says so."""
        self._strips.clear()
        self.refresh()
        self.post_message(self.Moved(self))
        offered = (len(self.marking.matches) > 0, bool(self._text and self._text.folds))
        if offered != self._offered:
            self._offered = offered
            self.refresh_bindings()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Says that the article was scrolled."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.post_message(self.Moved(self))

    def notify_style_update(self) -> None:
        """Draws everything again in the new theme's colours."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """Draws line `y` of what is in view."""
        y += self.scroll_offset.y
        width = self.scrollable_content_region.width
        styles = self._styles or self._resolve_styles()
        if self._text is None or y >= len(self._text):
            return Strip.blank(width, styles[""])
        line = self._text.line(y)
        selection = self.text_selection
        span = selection.get_span(line.block) if selection else None
        key = (y, width, span)
        strip = self._strips.get(key)
        if strip is None:
            margin = max(0, (width - GUTTER - self._text.width - 1) // 2)
            strip = paint(self._text, line, width, margin, self.marking, styles, span)
            self._strips[key] = strip
        return strip

    def _resolve_styles(self) -> dict[str, Style]:
        plain = Style(color=self.rich_style.color, bgcolor=self.rich_style.bgcolor)
        self._styles[""] = plain
        for name in self.COMPONENT_CLASSES:
            # Colours are mixed with what lies below them, but only those a rule gives are laid
            # over others.
            own, mixed = self.get_component_styles(name), self.get_component_rich_style(name)
            self._styles[name] = own.text_style + Style(
                color=mixed.color if own.has_rule("color") else None,
                bgcolor=mixed.bgcolor if own.has_rule("background") else None,
            )
        self._styles["selection"] = self.screen.get_component_rich_style("screen--selection")
        return self._styles

    # The mouse

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text as the article has it: no line breaks but those of its paragraphs."""
        if self._text is None:
            return None
        blocks = self._text.blocks
        first = selection.start.y if selection.start else (0 if self._header else FIRST_PARAGRAPH)
        last = selection.end.y if selection.end else len(blocks) - 1
        parts = []
        for block in range(first, min(last + 1, len(blocks))):
            span = selection.get_span(block)
            if span is not None and not self._text.is_hidden(block):
                text = blocks[block].text
                parts.append(text[span[0] : len(text) if span[1] == -1 else span[1]])
        return "\n\n".join(part for part in parts if part), "\n\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draws the selection."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Opens or closes the fold that is clicked."""
        fold = event.style.meta.get("fold")
        if fold is not None:
            self._open(self._opened ^ {fold})
