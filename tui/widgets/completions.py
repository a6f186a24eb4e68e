"""CompletionList: what a query may go on with, laid over what stands below the search box."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

from index.model import Completion
from tui.text import one_line

MOST = 8
"""Rows at most, and never more than a part of the screen's lines:"""
PART = 4
"""The list covers articles that were found, and most of them stay in sight."""
REST_SECONDS = 0.3
"""How long nobody types before the list gets the height of its rows. A new height is a new layout
of the screen, which is not for every key; until then rows are left out, or blank."""
SIGN_CELLS = 2


class CompletionList(Widget):
    """Rows with their kind and count, one of them chosen or none. It never takes the focus."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"completions--fact", "completions--chosen"}
    DEFAULT_CSS = """
    CompletionList {
        display: none;
        overlay: screen;
        width: 60;
        max-width: 100%;
        background: $panel;
        color: $foreground;
        & > .completions--fact { color: $foreground-muted; }
        & > .completions--chosen {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: bold;
        }
        &:ansi > .completions--fact { text-style: dim; }
        &:ansi > .completions--chosen { text-style: reverse; }
        &:nocolor > .completions--chosen { text-style: reverse; }
    }
    """
    ALLOW_SELECT = False

    @dataclass
    class Clicked(Message):
        """A row was clicked."""

        completion: Completion

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Completion, ...] = ()
        """What is offered."""
        self.query_text = ""
        """The query that it is offered for."""
        self._chosen: int | None = None
        self._resting: Timer | None = None

    @property
    def is_open(self) -> bool:
        """Whether anything is offered."""
        return bool(self.rows)

    @property
    def chosen(self) -> Completion | None:
        """The row that was moved to; None as long as nobody has."""
        return None if self._chosen is None else self.rows[self._chosen]

    def show(self, query: str, completions: Iterable[Completion]) -> None:
        """Offers these for a query, none of them chosen; closes the list when there are none."""
        self.query_text = query
        self._chosen = None
        most = min(MOST, max(1, self.app.size.height // PART))
        was_open, self.rows = self.is_open, tuple(islice(completions, most))
        if self._resting is not None:
            self._resting.stop()
        if was_open and self.is_open:
            self._resting = self.set_timer(REST_SECONDS, self._fit)
        elif was_open != self.is_open:
            self._fit()
            # Which keys do something here depends on it.
            self.refresh_bindings()
        self.refresh()

    def _fit(self) -> None:
        self.display = self.is_open
        if self.is_open:
            self.styles.height = len(self.rows)

    def close(self) -> None:
        """Offers nothing more."""
        self.show("", ())

    def choose(self, by: int) -> None:
        """Moves to the next row (1) or the previous one (-1), round the ends."""
        first = 0 if by > 0 else -1
        here = first if self._chosen is None else self._chosen + by
        self._chosen = here % len(self.rows)
        self._fit()
        self.refresh()

    def render(self) -> Content:
        """Draws the rows: text at the left, kind and count at the right."""
        width = self.content_size.width
        fact = self.get_visual_style("completions--fact", partial=True)
        counts = [f"{row.count:,}" if row.count else "" for row in self.rows]
        column = max(map(len, counts), default=0)
        lines = []
        for number, (row, count) in enumerate(zip(self.rows, counts, strict=True)):
            on = number == self._chosen
            # Most say themselves what they are: `source:"BBC News"`.
            kind = "" if row.text.startswith(f"{row.kind}:") else row.kind
            facts = f"  {kind}  {count:>{column}} " if column else f"  {kind} "
            room = max(0, width - len(facts) - SIGN_CELLS)
            text = Content(one_line(row.text)).truncate(room, ellipsis=True, pad=True)
            line = Content("❯ " if on else "  ") + text + Content.styled(facts, fact)
            if on:
                line = line.stylize(self.get_visual_style("completions--chosen", partial=True))
            lines.append(line.truncate(width))
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        """Takes the row that was clicked."""
        event.stop()
        if event.y < len(self.rows):
            self.post_message(self.Clicked(self.rows[event.y]))
