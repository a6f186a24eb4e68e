"""The files that could not be read, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from index.model import Skipped
from tui.commands import READER
from tui.text import count, one_line

LISTED = 500
"""Files listed; `parallax index` prints all of them."""


class SkippedScreen(ModalScreen[None]):
    """Lists skipped files over the library."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q,s",
            "dismiss",
            "Close",
            id="close-skipped",
            tooltip="Back to the articles",
            group=READER,
        ),
    ]

    def __init__(self, skipped: Sequence[Skipped]) -> None:
        super().__init__()
        self._skipped = skipped

    def compose(self) -> ComposeResult:
        """A title, and a list that scrolls."""
        with Vertical(classes="sheet"):
            title = f"{count(len(self._skipped), 'file or row', 'files and rows')} not read"
            yield Static(title, classes="sheet--title", markup=False)
            with VerticalScroll(can_focus=True):
                yield Static(self._list(), markup=False)
            yield Static("esc closes", classes="sheet--foot", markup=False)

    def _list(self) -> Content:
        lines = []
        for skipped in self._skipped[:LISTED]:
            path = Path(skipped.locator)
            lines.append(
                Content.assemble(
                    (one_line(path.name), "bold"),
                    (f"  {one_line(str(path.parent))}", "$foreground-muted"),
                )
            )
            lines.append(Content(f"  {one_line(skipped.reason)}\n"))
        if (more := len(self._skipped) - LISTED) > 0:
            lines.append(Content(f"and {more:,} more: `parallax index` prints them all"))
        return Content("\n").join(lines)
