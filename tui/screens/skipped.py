"""The files that could not be read: by reason, and every one of them, however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from index.model import Skipped
from tui.commands import MOVE, READ, READER, SEARCH
from tui.skipped import by_reason, place_of
from tui.text import count, one_line
from tui.widgets.keys_bar import KeysBar
from tui.widgets.rows import MOVES, Row, Rows
from tui.wrap import wrap

OPEN_AT_ONCE = 12
"""Files of one reason that are listed unasked, where there are several reasons."""
INDENT = 4
ROOM_BESIDE = 12
"""Cells of a reason's row beside the reason: the signs before it, and its number."""


class SkippedRows(Rows, inherit_bindings=False):
    """Reasons with their files; the value of a row is a reason, or the number of a file."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Open or close", id="skipped.open", group=READ,
                tooltip="List the files of a reason, or only count them"),
        *MOVES,
    ]  # fmt: skip


class FilterBox(Input):
    """Narrows the list to what is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "screen.to_list", "To the list", id="skipped.to-list", group=MOVE,
                tooltip="Leave the box for the list"),
        Binding("escape", "screen.clear", "All", id="skipped.all", group=SEARCH,
                tooltip="List all again"),
    ]  # fmt: skip


class SkippedScreen(ModalScreen[None]):
    """Lists skipped files over the library. `paths` are what the collection was opened on."""

    CSS_PATH = "skipped.tcss"
    AUTO_FOCUS = "SkippedRows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", id="skipped.filter", group=SEARCH, key_display="/",
                tooltip="List only files whose name, folder or reason holds what you type"),
        Binding("escape,q,s", "dismiss", "Close", id="skipped.close", group=READER,
                tooltip="Back to the articles"),
    ]  # fmt: skip

    def __init__(self, skipped: Sequence[Skipped], paths: Sequence[Path] = ()) -> None:
        super().__init__()
        self._groups = by_reason(skipped)
        self._total = len(skipped)
        self._paths = paths
        alone = len(self._groups) == 1
        self._opened = {
            reason for reason, files in self._groups.items() if alone or len(files) <= OPEN_AT_ONCE
        }

    def compose(self) -> ComposeResult:
        """A title, a box to filter with, the list, and the keys."""
        with Vertical(classes="sheet"):
            title = f"{count(self._total, 'file or part', 'files and parts')} not read"
            yield Static(title, classes="sheet--title", markup=False)
            yield FilterBox(placeholder="name, folder or reason", compact=True)
            yield SkippedRows()
            yield KeysBar()

    def on_resize(self, event: events.Resize) -> None:
        """Lists them in the width there is."""
        self.call_after_refresh(self._list)

    @on(Input.Changed)
    def _list(self) -> None:
        wanted = self.query_one(FilterBox).value.strip().casefold()
        rows = self.query_one(SkippedRows)
        if (room := rows.size.width) > 0:
            found = list(self._rows(wanted, room))
            rows.show(found or [Row(Content(f"None of them has “{one_line(wanted)}”."))])

    def _rows(self, wanted: str, room: int) -> Iterator[Row]:
        number = 0
        for reason, files in self._groups.items():
            numbered = enumerate(files, start=number)
            number += len(files)
            places = ((n, *place_of(each.locator, self._paths)) for n, each in numbered)
            held = [
                (n, name, folder)
                for n, name, folder in places
                if not wanted or wanted in f"{folder}/{name} {reason}".casefold()
            ]
            if not held:
                continue
            opened = reason in self._opened or bool(wanted)
            lines = [reason[a:b] for a, b in wrap(reason, max(1, room - ROOM_BESIDE))]
            sign = "▾ " if opened else "▸ "
            yield Row(Content.styled(sign + lines[0], "bold"), reason, f"{len(held):,}")
            for line in lines[1:]:
                yield Row(Content.styled(f"  {line}", "bold"))
            for n, name, folder in held if opened else ():
                shown = Content(" " * INDENT + name)
                yield Row(shown + Content.styled(f"  {folder}", "$foreground-muted"), n)

    @on(Rows.Chosen)
    def _toggle(self, event: Rows.Chosen) -> None:
        if isinstance(event.value, str):
            self._opened ^= {event.value}
            self._list()

    def action_filter(self) -> None:
        """Goes to the box, which narrows the list as somebody types."""
        box = self.query_one(FilterBox)
        box.display = True
        # At once, not by `focus()`: keys that are typed ahead belong into the box.
        self.set_focus(box)

    def action_to_list(self) -> None:
        """Leaves the box for the list."""
        self.set_focus(self.query_one(SkippedRows))

    def action_clear(self) -> None:
        """Lists all again."""
        box = self.query_one(FilterBox)
        box.value = ""
        box.display = False
        self.action_to_list()
