"""The list of articles found: as quick with 100,000 of them as with five.

Every article takes the same number of lines, so the list knows where each stands without
holding it: it draws what is in sight, and asks for the pages it has not got (`NeedMore`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.content import Content, Span
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from index.model import Hit
from tui.commands import MOVE, READ
from tui.result_lines import lines_of
from tui.text import one_line
from tui.wrap import wrap

PAGE = 10
"""Articles asked for at once: what most screens show; the next are asked for as they come near."""
PAGES_KEPT = 100
"""Pages held, the nearest to the cursor; a long list does not grow into memory."""
TALL = 26
NARROW = 50
"""A list of so many lines, or of fewer columns, gives each article a line more."""
WIDEST_TEXT = 72
"""Cells of a line of what an empty list says."""


class ResultsList(ScrollView, can_focus=True, inherit_bindings=False):
    """A list of hits with a cursor and marks. It holds pages; the screen brings them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", id="library.open", group=READ,
                tooltip="Read the article"),
        Binding("space", "mark", "Mark", id="library.mark", group=READ,
                tooltip="Mark the article, or unmark it, to set it beside others"),
        *(
            Binding(key, f"go('{where}')", name, show=False, tooltip=tooltip, group=MOVE,
                    id=f"library.{where}")
            for key, where, name, tooltip in (
                ("down,j", "next", "Next article", "Go to the next article"),
                ("up,k", "previous", "Previous article", "Go to the previous article"),
                ("pagedown,ctrl+f", "page-down", "Page down", "Go down a page"),
                ("pageup,ctrl+b", "page-up", "Page up", "Go up a page"),
                ("g,home", "first", "First article", "Go to the first article"),
                ("G,end", "last", "Last article", "Go to the last article"),
            )
        ),
    ]  # fmt: skip
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "results--title",
        "results--facts",
        "results--snippet",
        "results--match",
        "results--bar",
        "results--mark",
        "results--cursor",
        "results--hover",
    }

    cursor: reactive[int] = reactive(0)
    """Which article the cursor is on, counted from 0."""
    marked: reactive[tuple[str, ...]] = reactive(())
    """The ids of the marked articles, in the order of marking."""
    new: reactive[frozenset[str]] = reactive(frozenset())
    """The ids of articles that are said to be new."""
    hovered: reactive[int | None] = reactive(None)
    empty: reactive[str] = reactive("")
    """What an empty list says: why it is empty, and what to do."""

    @dataclass
    class Moved(Message):
        """The cursor is on another article; None on an empty list or a page still to come."""

        hit: Hit | None

    @dataclass
    class Opened(Message):
        """An article is to be read."""

        hit: Hit

    @dataclass
    class Marked(Message):
        """The marks have changed."""

        ids: tuple[str, ...]

    @dataclass
    class NeedMore(Message):
        """The page that begins at `offset` is in sight and not here."""

        offset: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self._pages: dict[int, tuple[Hit, ...]] = {}
        self._asked: set[int] = set()
        self._total = 0
        self._shown: str | None = None
        self._lines: LRUCache[tuple[object, ...], list[Strip]] = LRUCache(256)

    # What the list holds

    @property
    def total(self) -> int:
        """How many articles the list has, here or still to come."""
        return self._total

    @property
    def hit(self) -> Hit | None:
        """The hit under the cursor, if it is here."""
        return self.hit_at(self.cursor)

    def hit_at(self, row: int) -> Hit | None:
        """The hit of a row, if it is here."""
        page = self._pages.get(row // PAGE, ())
        return page[row % PAGE] if 0 <= row % PAGE < len(page) else None

    def show(
        self, total: int, hits: Sequence[Hit], offset: int = 0, row: int = 0, *, stay: bool = False
    ) -> None:
        """Replaces all that the list holds.

        `hits` begin at `offset`, a multiple of PAGE, and the cursor goes to `row`. With `stay`
        the cursor's line does not move on the screen: the list is renewed around it.
        """
        line = self._top(self.cursor) - self.scroll_offset.y if stay else 0
        self._pages.clear()
        self._asked.clear()
        self._lines.clear()
        self._total = total
        self._resize()
        self._keep(offset, hits)
        self.set_reactive(ResultsList.cursor, self._clamp(row))
        if stay:
            self.scroll_to(y=max(0, self._top(self.cursor) - line), animate=False, force=True)
        elif self.cursor:
            self._reveal()
        else:
            self.scroll_to(y=0, animate=False, force=True)
        self.refresh()
        self._say_moved()

    def add(self, offset: int, hits: Sequence[Hit]) -> None:
        """Takes in a page that was asked for."""
        self._keep(offset, hits)
        self.refresh()
        self._say_moved()

    def _keep(self, offset: int, hits: Sequence[Hit]) -> None:
        for start in range(0, len(hits), PAGE):
            number = (offset + start) // PAGE
            self._pages[number] = tuple(hits[start : start + PAGE])
            self._asked.discard(number)
        here = self.scroll_offset.y // self.rows // PAGE
        while len(self._pages) > PAGES_KEPT:
            del self._pages[max(self._pages, key=lambda number: abs(number - here))]

    # Where things stand

    @property
    def rows(self) -> int:
        """Lines of one article, the blank one after it included."""
        return 5 if self.size.height >= TALL or self.size.width < NARROW else 4

    def _top(self, row: int) -> int:
        return row * self.rows

    def _clamp(self, row: int) -> int:
        return max(0, min(row, self._total - 1))

    def _resize(self) -> None:
        # The scroll bar is always there, so no size depends on this one: laying the screen out
        # anew, as Textual would, is what a keystroke has no time for.
        height = self._total * self.rows
        size = Size(self.scrollable_content_region.width, height)
        self.set_reactive(ResultsList.virtual_size, size)
        self.vertical_scrollbar.window_virtual_size = height

    def _reveal(self) -> None:
        region = Region(0, self._top(self.cursor), 1, self.rows)
        self.scroll_to_region(region, animate=False, force=True)

    def on_resize(self, event: events.Resize) -> None:
        """Keeps the cursor in sight when the terminal changes."""
        self._lines.clear()
        self._resize()
        self._reveal()
        self._ask()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Asks for what has come in sight."""
        super().watch_scroll_y(old_value, new_value)
        self._ask()

    def _ask(self) -> None:
        first = self.scroll_offset.y // self.rows
        last = min(self._total - 1, (self.scroll_offset.y + self.size.height) // self.rows)
        for number in range(first // PAGE, last // PAGE + 1):
            if number not in self._pages and number not in self._asked:
                self._asked.add(number)
                self.post_message(self.NeedMore(number * PAGE))

    # Moving and marking

    def action_go(self, where: str) -> None:
        """Moves the cursor: next, previous, page-down, page-up, first or last."""
        page = max(1, self.size.height // self.rows)
        target = {
            "next": self.cursor + 1,
            "previous": self.cursor - 1,
            "page-down": self.cursor + page,
            "page-up": self.cursor - page,
            "first": 0,
            "last": self._total - 1,
        }
        self.cursor = self._clamp(target[where])

    def action_open(self) -> None:
        """Opens the article under the cursor."""
        if self.hit is not None:
            self.post_message(self.Opened(self.hit))

    def action_mark(self) -> None:
        """Marks or unmarks the article under the cursor, and goes to the next one."""
        if self.hit is None:
            return
        found = self.hit.article.id
        others = tuple(i for i in self.marked if i != found)
        self.marked = others if found in self.marked else (*self.marked, found)
        self.post_message(self.Marked(self.marked))

    def watch_cursor(self) -> None:
        """Shows where the cursor is."""
        self._reveal()
        self.refresh()
        self._ask()
        self._say_moved()

    def _say_moved(self) -> None:
        hit = self.hit
        shown = hit.article.id if hit else None
        if shown != self._shown or shown is None:
            self._shown = shown
            self.post_message(self.Moved(hit))

    # The mouse

    def _row_under(self, event: events.MouseEvent) -> int | None:
        offset = event.get_content_offset(self)
        if offset is None:
            return None
        row = (offset.y + self.scroll_offset.y) // self.rows
        return row if row < self._total else None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tints the article under the mouse."""
        self.hovered = self._row_under(event)

    def on_leave(self) -> None:
        """Forgets the tint."""
        self.hovered = None

    @on(events.Click)
    def choose(self, event: events.Click) -> None:
        """A click selects; a second one opens."""
        row = self._row_under(event)
        if row is None:
            return
        self.cursor = row
        if event.chain == 2:
            self.action_open()

    # Drawing

    def notify_style_update(self) -> None:
        """Forgets what was drawn in other colours."""
        super().notify_style_update()
        self._lines.clear()

    def render_line(self, y: int) -> Strip:
        """Draws one line of what is in sight."""
        row, line = divmod(y + self.scroll_offset.y, self.rows)
        width = self.scrollable_content_region.width
        if not self._total:
            return self._draw_empty(y, width)
        if row >= self._total or line == self.rows - 1:
            return Strip.blank(width, self.rich_style)
        hit = self.hit_at(row)
        state = self._state(row, hit)
        key = (row, width, self.rows, state)
        if (lines := self._lines.get(key)) is None:
            lines = self._draw(hit, width, self.rows - 1, state)
            if hit is not None:
                self._lines[key] = lines
        return lines[line]

    def _state(self, row: int, hit: Hit | None) -> frozenset[str]:
        flags = {
            "cursor": row == self.cursor,
            "hover": row == self.hovered,
            "focus": self.has_focus,
            "marked": hit is not None and hit.article.id in self.marked,
            "new": hit is not None and hit.article.id in self.new,
        }
        return frozenset(name for name, on_ in flags.items() if on_)

    def _draw(
        self, hit: Hit | None, width: int, height: int, state: Collection[str]
    ) -> list[Strip]:
        base = self.visual_style
        if "cursor" in state:
            base += self._look("cursor")
        elif "hover" in state:
            base += self._look("hover")
        bar = ("▌" if "focus" in state else "▏") if "cursor" in state else " "
        mark = "●" if "marked" in state else " "
        room = max(1, width - 5)
        body = lines_of(hit, room, height, new="new" in state)
        match = self._look("match")
        strips = []
        for number, line in enumerate(body):
            look = self._look(line.part)
            spans = [Span(0, len(line.text), look), Span(0, line.remark, self._look("facts"))]
            spans += [Span(start, end, match) for start, end in line.matches]
            spans.append(Span(0, line.sign, self._look("mark")))
            text = Content(line.text).add_spans(spans)
            content = Content.assemble(
                (bar, self._look("bar")),
                (f"{mark if number == 0 else ' '} ", self._look("mark")),
                text.truncate(room, ellipsis=True, pad=True),
                "  ",
            ).truncate(width, pad=True)
            strips.append(Strip(content.render_segments(base), width))
        return strips

    def _draw_empty(self, y: int, width: int) -> Strip:
        room = min(max(1, width - 6), WIDEST_TEXT)
        lines = [p[a:b] for p in self.empty.split("\n") for a, b in wrap(one_line(p), room)]
        text = lines[y - 1] if 0 < y <= len(lines) else ""
        look = self._look("title" if y == 1 else "facts")
        content = Content.styled(f"   {text}", look).truncate(width, pad=True)
        return Strip(content.render_segments(self.visual_style), width)

    def _look(self, part: str) -> Style:
        return Style.from_styles(self.get_component_styles(f"results--{part}"))
