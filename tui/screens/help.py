"""Help: the keys of the screen it was opened on, made from the bindings themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from index.fulltext.examples import EXAMPLES
from index.settings import settings_file
from tui.commands import READER, Command, grouped
from tui.text import one_line
from tui.wrap import wrap

KEY_CELLS = 22
"""Where the explanation of a key begins."""
SHEET, FRAME = 84, 9
"""Columns of the sheet (see app.tcss), and of them those beside its text."""


class HelpScreen(ModalScreen[None]):
    """Shows commands under their headings, over the screen they belong to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q,question_mark",
            "dismiss",
            "Close",
            id="close-help",
            tooltip="Close this help",
            group=READER,
        ),
    ]

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self._commands = commands

    def compose(self) -> ComposeResult:
        """A title, and a text that scrolls."""
        with Vertical(classes="sheet"):
            yield Static("Keys that work here", classes="sheet--title", markup=False)
            with VerticalScroll(can_focus=True):
                yield Static(self._text(), id="help-text", markup=False)
            yield Static("esc closes", classes="sheet--foot", markup=False)

    def _text(self) -> Content:
        room = min(SHEET, self.app.size.width) - KEY_CELLS - FRAME
        sections = [
            (heading, [(" ".join(c.keys), c.help) for c in commands])
            for heading, commands in grouped(self._commands).items()
        ]
        sections.append(("What the search box understands", list(_queries())))
        lines = []
        for heading, rows in sections:
            lines.append(Content.styled(heading, "bold $primary"))
            lines += [_row(keys, meaning, room) for keys, meaning in rows]
            lines.append(Content())
        names = ", ".join(dict.fromkeys(command.id for command in self._commands))
        return Content("\n").join(
            [
                *lines,
                Content.styled("Your own keys", "bold $primary"),
                Content(f"In {one_line(str(settings_file()))}, for instance:\n"),
                Content('  [keys]\n  quit = "ctrl+x"\n  "library.open" = "enter,o"\n'),
                Content.styled(f"Names of what works here: {names}", "$foreground-muted"),
            ]
        )


def _queries() -> Iterator[tuple[str, str]]:
    """One example of each kind of query, and where the others are."""
    for _, examples in groupby(EXAMPLES, lambda each: each.group):
        first = next(examples)
        yield first.typed, first.means
    yield "F1", "in the library: all of it, by example"


def _row(keys: str, meaning: str, room: int) -> Content:
    shown = Content.styled(f"  {keys}", "bold")
    gap = " " * max(2, KEY_CELLS - shown.cell_length)
    lines = [meaning[first:last] for first, last in wrap(meaning, room)]
    return shown.append(gap).append(f"\n{' ' * KEY_CELLS}".join(lines))
