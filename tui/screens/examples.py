"""The query language by example: everything that can be typed, and what it finds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from index.fulltext.examples import EXAMPLES, Example
from tui.commands import READER, SEARCH
from tui.widgets.keys_bar import KeysBar
from tui.widgets.rows import MOVES, Row, Rows
from tui.wrap import wrap

TYPED_CELLS = 28
"""Where the meaning of an example begins; a longer example has a line of its own."""
BESIDE_CELLS = 5
"""What a row has beside its content: the cursor’s sign, the scroll bar, and room at the right."""


class ExampleRows(Rows, inherit_bindings=False):
    """Examples under their headings; the value of a row is what is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Try it", id="examples.try", group=SEARCH,
                tooltip="Put the example into the search box, to see it work and to change it"),
        *MOVES,
    ]  # fmt: skip


class ExamplesScreen(ModalScreen[str | None]):
    """Shows all examples over the library, and gives the one that is to be tried."""

    CSS_PATH = "examples.tcss"
    AUTO_FOCUS = "ExampleRows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1", "dismiss", "Close", id="examples.close", group=READER,
                tooltip="Back to the articles"),
    ]  # fmt: skip

    def compose(self) -> ComposeResult:
        """A title, the examples, and the keys."""
        with Vertical(classes="sheet"):
            yield Static("What can be typed, by example", classes="sheet--title", markup=False)
            yield ExampleRows()
            yield KeysBar()

    def on_resize(self, event: events.Resize) -> None:
        """Wraps the explanations anew."""
        self.call_after_refresh(self._list)

    def _list(self) -> None:
        rows = self.query_one(ExampleRows)
        room = rows.size.width - BESIDE_CELLS
        if room > 0:
            rows.show(list(_rows(room)))

    @on(Rows.Chosen)
    def _try(self, event: Rows.Chosen) -> None:
        self.dismiss(event.value)


def _rows(room: int) -> Iterator[Row]:
    for number, (heading, examples) in enumerate(groupby(EXAMPLES, lambda each: each.group)):
        if number:
            yield Row(Content())
        yield Row(Content.styled(heading, "bold $primary"))
        for example in examples:
            yield from _rows_of(example, room)


def _rows_of(example: Example, room: int) -> Iterator[Row]:
    typed = Content.styled(example.typed, "bold")
    # Where there is no room beside what is typed, what it means stands below.
    indent = TYPED_CELLS if room >= 2 * TYPED_CELLS else 2
    lines = [example.means[start:end] for start, end in wrap(example.means, max(1, room - indent))]
    if typed.cell_length + 2 > indent:
        yield Row(typed, example.typed)
    else:
        yield Row(typed.pad_right(indent - typed.cell_length) + lines.pop(0), example.typed)
    for line in lines:
        yield Row(Content(" " * indent + line))
