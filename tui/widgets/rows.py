"""Rows: a list of lines to choose from, as quick with thousands of them as with ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.commands import MOVE, READ


@dataclass(frozen=True)
class Row:
    """One line. A row without a `value` is a heading: the cursor passes over it."""

    content: Content
    value: Any = None
    right: str = ""
    """What stands at the right end of the line."""


class Rows(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows rows with a cursor; draws only those in view."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--cursor", "rows--heading"}
    DEFAULT_CSS = """
    Rows {
        background: $surface;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        & > .rows--heading { color: $foreground-muted; }
        & > .rows--cursor { background: $block-cursor-blurred-background; }
        &:focus > .rows--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: bold;
        }
        &:ansi > .rows--heading { text-style: dim; }
        &:ansi > .rows--cursor { text-style: reverse; }
        &:nocolor > .rows--cursor { text-style: reverse; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "step(1)", "Next row", False, id="rows.next", group=MOVE,
                tooltip="Move to the next row"),
        Binding("up,k", "step(-1)", "Previous row", False, id="rows.previous", group=MOVE,
                tooltip="Move to the previous row"),
        Binding("pagedown,space", "page(1)", "Next page of rows", False, id="rows.page-down",
                group=MOVE, tooltip="Move a page of rows down"),
        Binding("pageup,b", "page(-1)", "Previous page of rows", False, id="rows.page-up",
                group=MOVE, tooltip="Move a page of rows up"),
        Binding("g,home", "first", "First row", False, id="rows.first", group=MOVE,
                tooltip="Move to the first row"),
        Binding("G,end", "last", "Last row", False, id="rows.last", group=MOVE,
                tooltip="Move to the last row"),
        Binding("enter", "choose", "Go there", id="rows.choose", group=READ,
                tooltip="Go to the place in the text; again, to the next one"),
    ]  # fmt: skip
    ALLOW_SELECT = False

    cursor: reactive[int] = reactive(0)
    """The number of the row the cursor stands on."""

    class Moved(Message):
        """The cursor moved to another row."""

        def __init__(self, rows: Rows, value: Any) -> None:
            super().__init__()
            self.rows = rows
            self.value = value

        @property
        def control(self) -> Rows:
            """The list whose cursor moved."""
            return self.rows

    class Chosen(Moved):
        """A row was chosen, with Enter or a click."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self._rows: Sequence[Row] = ()

    @property
    def value(self) -> Any:
        """What the row under the cursor stands for; None where there is no row."""
        return self._rows[self.cursor].value if self.cursor < len(self._rows) else None

    def show(self, rows: Sequence[Row]) -> None:
        """Shows other rows. The cursor stays with its value where that is still there."""
        kept = self.value
        self._rows = rows
        self.virtual_size = Size(0, len(rows))
        values = [row.value for row in rows]
        first = next((n for n, value in enumerate(values) if value is not None), 0)
        stays = kept is not None and kept in values
        self.set_reactive(Rows.cursor, values.index(kept) if stays else first)
        if stays:
            self._bring_into_view()
        else:
            self.scroll_to(y=0, animate=False, force=True)
        self.refresh()

    def move_to(self, value: Any) -> None:
        """Moves the cursor to the row of a value, without saying so."""
        for number, row in enumerate(self._rows):
            if row.value == value and row.value is not None:
                with self.prevent(Rows.Moved):
                    self.cursor = number
                return

    def watch_cursor(self) -> None:
        """Brings the cursor into view and says where it is."""
        self._bring_into_view()
        self.refresh()
        if self.value is not None:
            self.post_message(self.Moved(self, self.value))

    def _bring_into_view(self) -> None:
        top, height = self.scroll_offset.y, self.size.height
        if self.cursor < top:
            above = self.cursor - 1  # the heading of the first row of a group stays in view
            heading = above >= 0 and self._rows[above].value is None
            self.scroll_to(y=above if heading else self.cursor, animate=False, force=True)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """Draws a row."""
        number, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        if number >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        row = self._rows[number]
        style = self.visual_style
        if row.value is None:
            style += self.get_visual_style("rows--heading", partial=True)
        on = number == self.cursor and row.value is not None
        right = Content(row.right).truncate(width // 3, ellipsis=True)
        room = max(0, width - right.cell_length - 2)
        content = Content("❯ " if on else "  ") + row.content
        content = content.truncate(room, ellipsis=True, pad=True) + Content(" ") + right
        content = content.truncate(width, pad=True)
        if on:
            content = content.stylize(self.get_visual_style("rows--cursor", partial=True))
        return Strip(content.render_segments(style), width)

    def _go(self, number: int, by: int) -> None:
        """Moves to the row of this number, or the next that has a value in this direction."""
        number = min(max(number, 0), len(self._rows) - 1)
        while 0 <= number < len(self._rows):
            if self._rows[number].value is not None:
                self.cursor = number
                return
            number += by

    def action_step(self, by: int) -> None:
        """Moves to the next or previous row."""
        if 0 <= self.cursor + by < len(self._rows):
            self._go(self.cursor + by, by)

    def action_page(self, by: int) -> None:
        """Moves by a page."""
        self._go(self.cursor + by * max(1, self.size.height - 1), by)

    def action_first(self) -> None:
        """Moves to the first row."""
        self._go(0, 1)

    def action_last(self) -> None:
        """Moves to the last row."""
        self._go(len(self._rows) - 1, -1)

    def action_choose(self) -> None:
        """Says that the row under the cursor was chosen."""
        if self.value is not None:
            self.post_message(self.Chosen(self, self.value))

    def on_click(self, event: events.Click) -> None:
        """Moves to the row that was clicked, or chooses it where the cursor is there already."""
        number = event.y + self.scroll_offset.y
        if number < len(self._rows) and self._rows[number].value is not None:
            if number == self.cursor:
                self.action_choose()
            self.cursor = number


MOVES: list[BindingType] = [
    binding
    for binding in Rows.BINDINGS
    if isinstance(binding, Binding) and binding.id != "rows.choose"
]
"""The keys of a list in which Enter does something of its own."""
