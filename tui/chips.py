"""Chips: the filters of a query that is typed, drawn as pieces of their own."""

from __future__ import annotations

from collections.abc import Callable

from rich.highlighter import Highlighter
from rich.style import Style
from rich.text import Text

from index import filters


class Chips(Highlighter):
    """Draws each filter (`source:rudaw`, `date:2024-02`) in the style that `style` gives then.

    None draws none: what is selected is seen as selected.
    """

    def __init__(self, style: Callable[[], Style | None]) -> None:
        self._style = style

    def highlight(self, text: Text) -> None:
        """Draws the filters in a query."""
        if (style := self._style()) is not None:
            for start, end in filters(text.plain):
                text.stylize(style, start, end)
