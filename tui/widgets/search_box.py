"""The search box: one line that takes every character, and gives way to the list."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from tui.commands import SEARCH

EXAMPLES = 'Search  names, "a phrase", word*, -without, source:, after:2024-02-01'


class SearchBox(Input):
    """Searches as somebody types: the screen listens to its `Changed` messages."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "down,enter,escape",
            "screen.to_results",
            "To the list",
            id="library.to-results",
            tooltip="Leave the search box for the articles found",
            group=SEARCH,
        ),
    ]

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """Without a new layout of the whole screen at each key: the box keeps its width."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(placeholder=EXAMPLES, id=id, compact=True, select_on_focus=False)
