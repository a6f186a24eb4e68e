"""Timeline: the articles found, by month, drawn as bars of which one can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content, Span
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from tui.commands import MOVE, SEARCH
from tui.months import Stretch, stretches
from tui.text import count

LEVELS = "▁▂▃▄▅▆▇█"
NONE = "."
"""What stands for a month without articles."""
WIDEST_BAR = 4
"""Cells of a bar where there are few of them."""
GAPPED = 3
"""Cells from which on a bar has a gap after it."""
MANY_UNDATED = 0.1
"""The part of the articles found from which on it is told how many of them are undated."""


class Timeline(Widget, can_focus=True):
    """A line of bars, and a line that names the first, the last and the chosen one.

    Its height never changes, so that new counts need no new layout of the screen.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "timeline--bar",
        "timeline--none",
        "timeline--chosen",
        "timeline--name",
    }
    DEFAULT_CSS = """
    Timeline {
        height: 2;
        padding: 0 1;
        color: $foreground-muted;
        & > .timeline--bar { color: $primary; }
        & > .timeline--none { color: $border; }
        & > .timeline--chosen { background: $block-cursor-background; color: $accent; }
        & > .timeline--name { color: $foreground; text-style: bold; }
        &:ansi > .timeline--chosen { background: transparent; text-style: reverse; }
        &:nocolor > .timeline--chosen { text-style: reverse; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", "Earlier", id="timeline.earlier", group=MOVE,
                tooltip="Choose the months before"),
        Binding("right,l", "step(1)", "Later", id="timeline.later", group=MOVE,
                tooltip="Choose the months after"),
        Binding("home,g", "end(0)", "First", False, id="timeline.first", group=MOVE,
                tooltip="Choose the first months"),
        Binding("end,G", "end(-1)", "Last", False, id="timeline.last", group=MOVE,
                tooltip="Choose the last months"),
        Binding("enter", "choose", "Narrow", id="timeline.choose", group=SEARCH,
                tooltip="Keep only the articles of these months"),
        Binding("escape,m", "leave", "Back", id="timeline.leave", group=SEARCH,
                tooltip="Leave the timeline for the list"),
    ]  # fmt: skip
    ALLOW_SELECT = False

    chosen: reactive[int] = reactive(0)
    """The number of the bar that is chosen."""

    @dataclass
    class Chosen(Message):
        """The articles of these months alone are wanted: `2024-02`, or `2024-01..2024-03`."""

        value: str

    @dataclass
    class Left(Message):
        """The keyboard is wanted elsewhere (`back` to the list), or is there already."""

        back: bool

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self._counts: Sequence[tuple[str, int]] = ()
        self._undated = 0
        self._shown: tuple[Stretch, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is no month to choose."""
        return not self._shown

    def show(self, counts: Sequence[tuple[str, int]], total: int) -> None:
        """Shows the counts of months, in order of time, of `total` articles.

        What is chosen stays so where it still has articles; else it is the latest.
        """
        self._counts = counts
        self._undated = total - sum(number for _, number in counts)
        self._join()

    def on_resize(self) -> None:
        """Joins the months that have no room now."""
        self._join()

    def _join(self) -> None:
        month = self._shown[self.chosen].last if self.chosen < len(self._shown) else ""
        self._shown = stretches(self._counts, max(1, self.content_size.width))
        same = (
            n
            for n, stretch in enumerate(self._shown)
            if stretch.count and stretch.first <= month <= stretch.last
        )
        self.set_reactive(Timeline.chosen, next(same, max(0, len(self._shown) - 1)))
        self.refresh()

    # Choosing

    def action_step(self, by: int) -> None:
        """Chooses the next or the one before that has articles."""
        shown, number = self._shown, self.chosen + by
        while 0 <= number < len(shown) and not shown[number].count:
            number += by
        if 0 <= number < len(shown):
            self.chosen = number

    def action_end(self, at: int) -> None:
        """Chooses the first (0) or the last (-1)."""
        self.chosen = range(max(1, len(self._shown)))[at]

    def action_choose(self) -> None:
        """Asks for the articles of what is chosen alone."""
        if self.chosen < len(shown := self._shown):
            self.post_message(self.Chosen(shown[self.chosen].value))

    def action_leave(self) -> None:
        """Gives the keyboard back."""
        self.post_message(self.Left(back=True))

    def on_blur(self) -> None:
        """Says that the keyboard went elsewhere."""
        self.post_message(self.Left(back=False))

    def on_click(self, event: events.Click) -> None:
        """Chooses the bar that was clicked; asks for its articles where it is chosen already."""
        shown, offset = self._shown, event.get_content_offset(self)
        if offset is None or not shown:
            return
        number = offset.x // self._cells(len(shown))
        if number == self.chosen:
            self.action_choose()
        elif number < len(shown) and shown[number].count:
            self.chosen = number

    # Drawing

    def _cells(self, number: int) -> int:
        return max(1, min(WIDEST_BAR, self.content_size.width // number))

    def render(self) -> Content:
        """Draws the bars, and names what they are."""
        shown = self._shown
        if not shown:
            return Content()
        cells, most = self._cells(len(shown)), max(1, *(s.count for s in shown), 1)
        wide = cells - (cells >= GAPPED)
        text = "".join(_bar(s.count, most, wide).ljust(cells) for s in shown)
        spans = [Span(0, len(text), self._look("bar"))]
        none = self._look("none")
        spans += [
            Span(n * cells, n * cells + wide, none) for n, s in enumerate(shown) if not s.count
        ]
        if self.has_focus:
            start = self.chosen * cells
            spans.append(Span(start, start + wide, self._look("chosen")))
        bars = Content(text).add_spans(spans)
        return Content("\n").join([bars, self._names(shown, cells)])

    def _names(self, shown: Sequence[Stretch], cells: int) -> Content:
        room, width = self.content_size.width, cells * len(shown)
        first, last = shown[0].name, shown[-1].name
        if len(shown) == 1:
            ends = [(0, first)]
        elif len(first) + 2 + len(last) > width:
            ends = [(0, f"{first} – {last}")]
        else:
            ends = [(0, first), (width - len(last), last)]
        if self._undated > MANY_UNDATED * (self._undated + sum(n for _, n in self._counts)):
            undated = f"{self._undated:,} undated"
            ends.append((room - len(undated), undated))
        if not self.has_focus:
            return _set([(at, name, Style.null()) for at, name in ends], room)
        here = shown[self.chosen]
        name = f"{here.name}: {count(here.count, 'article')}"
        middle = self.chosen * cells + cells // 2 - len(name) // 2
        # Set first: what has no room beside it is not told.
        at = min(max(0, middle), max(0, room - len(name)))
        chosen = (at, name, self._look("name"))
        return _set([chosen, *((at, name, Style.null()) for at, name in ends)], room)

    def _look(self, part: str) -> Style:
        # As it is declared: a background of its own, and reversed where it is.
        return Style.from_styles(self.get_component_styles(f"timeline--{part}"))


def _bar(number: int, most: int, cells: int) -> str:
    """The bar of a number; whatever is not nothing is seen."""
    if not number:
        return NONE.center(cells)
    return LEVELS[-(-len(LEVELS) * number // most) - 1] * cells


def _set(words: Sequence[tuple[int, str, Style]], room: int) -> Content:
    """Sets words at their places in a line; one without room between those before it is left out.

    Two cells stay free between them.
    """
    kept: list[tuple[int, str, Style]] = []
    for at, word, style in words:
        apart = all(at + len(word) + 2 <= a or a + len(w) + 2 <= at for a, w, _ in kept)
        if at >= 0 and at + len(word) <= room and apart:
            kept.append((at, word, style))
    line = Content()
    for at, word, style in sorted(kept, key=lambda each: each[0]):
        line = line.pad_right(at - line.cell_length).append(Content.styled(word, style))
    return line
