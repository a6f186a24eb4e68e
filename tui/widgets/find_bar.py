"""FindBar: one line at the bottom of an article to look for something in it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.commands import SEARCH


class FindBar(Horizontal):
    """Says what is typed as it is typed. Hidden until `open`."""

    DEFAULT_CSS = """
    FindBar {
        display: none;
        height: 1;
        padding: 0 1;
        background: $surface;
        & > .prompt { width: auto; color: $primary; text-style: bold; }
        & > Input, & > Input:focus {
            width: 1fr;
            background: $surface;
            background-tint: transparent;
        }
        & > .count { width: auto; color: $foreground-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "step(1)", "Next", id="find.next", group=SEARCH, priority=True,
                tooltip="Go to the next place found"),
        Binding("up", "step(-1)", "Previous", id="find.previous", group=SEARCH, priority=True,
                tooltip="Go to the previous place found"),
        Binding("escape", "close", "Close", id="find.close", group=SEARCH, priority=True,
                tooltip="Back to the text; n and N go on through the places found"),
    ]  # fmt: skip

    class Typed(Message):
        """Something else is looked for."""

        def __init__(self, wanted: str) -> None:
            super().__init__()
            self.wanted = wanted

    class Stepped(Message):
        """The next place is wanted (`by` is 1), or the previous one (-1)."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    class Closed(Message):
        """The bar was closed."""

    def compose(self) -> ComposeResult:
        """What is looked for, and how often it was found."""
        yield Static("Find  ", classes="prompt", markup=False)
        yield Input(compact=True, select_on_focus=True)
        yield Static("", classes="count", markup=False)

    def open(self) -> None:
        """Shows the bar, ready to type."""
        self.display = True
        # At once, not by `focus()`: keys that are typed ahead belong into the bar.
        self.screen.set_focus(self.query_one(Input))

    def say(self, number: int, total: int) -> None:
        """Says which of how many places found this is."""
        wanted = self.query_one(Input).value
        found = f"  {number}/{total}" if total else "  not found"
        self.query_one(".count", Static).update(Content(found if wanted else ""))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    def action_step(self, by: int) -> None:
        """Asks for the next or previous place."""
        self.post_message(self.Stepped(by))

    def action_close(self) -> None:
        """Hides the bar."""
        self.display = False
        self.post_message(self.Closed())
