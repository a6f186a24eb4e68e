"""The search box: one line that takes every character, and gives way to the list."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from tui.chips import Chips
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

    COMPONENT_CLASSES: ClassVar[set[str]] = {"search-box--chip"}

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """Without a new layout of the whole screen at each key: the box keeps its width."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(
            placeholder=EXAMPLES,
            highlighter=Chips(self._chip),
            id=id,
            compact=True,
            select_on_focus=False,
        )

    def _chip(self) -> Style | None:
        if self.has_focus and not self.selection.is_empty:
            return None
        return self.get_component_rich_style("search-box--chip", partial=True)
