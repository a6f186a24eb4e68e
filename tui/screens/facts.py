"""About an article: what is known of it, what each fact rests on, and the user's corrections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from index import Article, Library
from tui.commands import READ, READER
from tui.described import HINT, HINTS, NAMES, UNSTATED, Described, described, editable, is_corrected
from tui.questions import Failed, answer_in_thread
from tui.text import one_line
from tui.widgets.keys_bar import KeysBar
from tui.widgets.rows import MOVES, Row, Rows
from tui.wrap import wrap

NAME_CELLS = 10
"""Where values begin: after the longest name of a field."""
SIGN_CELLS = 4
"""What a row has beside its content: the cursor’s sign, and room at the right."""
LONGEST_VALUE = 6
"""Lines of a value; what is longer is cut, so that the next field is not pushed away."""


@dataclass
class Corrected(Message):
    """A fact about an article was corrected, or a correction taken back; nothing is read yet."""

    article_id: str


@dataclass
class FactsRead(Message):
    """The article as it is known now."""

    article: Article


class FactRows(Rows, inherit_bindings=False):
    """The fields of an article; the value of a row is the name of its field on the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Correct", id="about.correct", group=READ,
                tooltip="Correct the field under the cursor"),
        *MOVES,
    ]  # fmt: skip

    def watch_cursor(self) -> None:
        """Brings what the fact rests on into view too."""
        super().watch_cursor()
        below = self.cursor + 1
        while below < len(self._rows) and self._rows[below].value is None:
            below += 1
        if below > self.scroll_offset.y + self.size.height:
            top = min(self.cursor, below - self.size.height)
            self.scroll_to(y=top, animate=False, force=True)


class CorrectionLine(Horizontal):
    """One line to type a field's value. Hidden unless a field is being corrected."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.save", "Save", id="about.save", group=READ, priority=True,
                tooltip="Keep what is typed as your correction"),
        Binding("escape", "screen.leave", "Leave", id="about.leave", group=READ, priority=True,
                tooltip="Leave the field as it was"),
    ]  # fmt: skip

    def compose(self) -> ComposeResult:
        """The name of the field, and its value."""
        yield Static("", classes="name", markup=False)
        yield Input(compact=True, select_on_focus=False)


class FactsScreen(ModalScreen[None]):
    """Shows all that is known of one article over the screen that it was opened on."""

    CSS_PATH = "facts.tcss"
    AUTO_FOCUS = "FactRows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x,delete", "take_back", "Take back", id="about.take-back", group=READ,
                tooltip="Take your correction of the field under the cursor back"),
        Binding("escape,q,i", "dismiss", "Close", id="about.close", group=READER,
                tooltip="Back to where you were"),
    ]  # fmt: skip

    def __init__(self, library: Library, article_id: str) -> None:
        super().__init__()
        self.library = library
        self.article_id = article_id
        self.article: Article | None = None
        self.editing: str | None = None
        """The field that is being corrected."""

    def compose(self) -> ComposeResult:
        """A title, the fields, a line to type in, and what there is to say about it."""
        with Vertical(classes="sheet"):
            yield Static("About this article", classes="sheet--title", markup=False)
            yield FactRows()
            yield CorrectionLine()
            yield Static("", id="said", markup=False)
            yield KeysBar()

    @property
    def rows(self) -> FactRows:
        """The list of fields."""
        return self.query_one(FactRows)

    @property
    def said(self) -> str:
        """What the line below the fields says."""
        return str(self.query_one("#said", Static).content)

    # What is known

    def on_mount(self) -> None:
        """Asks for the article."""
        self.look_again()

    def look_again(self) -> None:
        """Asks for the article as it is known now."""
        self._ask("facts", self._read)

    def _ask(self, group: str, question: Callable[[], Message]) -> None:
        answer_in_thread(self, group, question)

    def _read(self) -> Message:
        return FactsRead(self.library.article(self.article_id))

    @on(FactsRead)
    def _show(self, event: FactsRead) -> None:
        self.article = event.article
        self._draw()

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        self._say(event.line, warn=True)

    def on_resize(self, event: events.Resize) -> None:
        """Wraps the values anew."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        if self.article is None:
            return
        room = self.rows.size.width - NAME_CELLS - SIGN_CELLS
        if room > 0:
            fields = described(self.article)
            with self.rows.prevent(Rows.Moved):
                self.rows.show([row for each in fields for row in _rows(each, room)])
        self.refresh_bindings()

    @on(Rows.Moved)
    def _moved(self, event: Rows.Moved) -> None:
        if not isinstance(event, Rows.Chosen):
            self._say("")
            self.refresh_bindings()

    @property
    def field(self) -> str | None:
        """The field under the cursor; None where there is nothing to correct."""
        names = {name: field for field, name in NAMES.items()}
        return names.get(self.rows.value or "")

    def _say(self, line: str, *, warn: bool = False) -> None:
        said = self.query_one("#said", Static)
        said.set_class(warn, "-warning")
        said.update(Content(one_line(line)))

    # Correcting

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offers to take back only what was corrected."""
        if action == "take_back":
            article, field = self.article, self.field
            return bool(article and field and is_corrected(article, field)) and not self.editing
        return True

    @on(Rows.Chosen)
    def _edit(self, event: Rows.Chosen) -> None:
        field = self.field
        if self.article is None:
            return
        if field is None:
            self._say(f"{event.value} is counted or found, not stated: there is nothing to correct")
            return
        self.editing = field
        line = self.query_one(CorrectionLine)
        line.query_one(Static).update(Content(f"{NAMES[field]} › "))
        box = line.query_one(Input)
        box.value = editable(self.article, field)
        box.cursor_position = len(box.value)
        line.display = True
        self._say(HINTS.get(field, HINT))
        # At once, not by `focus()`: keys that are typed ahead belong into the box.
        self.set_focus(box)

    def action_leave(self) -> None:
        """Leaves the field as it was."""
        self.editing = None
        self.query_one(CorrectionLine).display = False
        self._say("")
        self.set_focus(self.rows)
        self.refresh_bindings()

    def action_save(self) -> None:
        """Keeps what was typed; what is refused stays in its line, with the reason."""
        if self.editing is not None and self.article is not None:
            value = self.query_one(Input).value.strip()
            if value == editable(self.article, self.editing):
                self.action_leave()
            else:
                self._correct(self.editing, value)

    def action_take_back(self) -> None:
        """Shows again what the file says."""
        if self.field is not None:
            self._correct(self.field, None)

    def _correct(self, field: str, value: str | None) -> None:
        self._ask("correct", partial(self._corrected, field, value))

    def _corrected(self, field: str, value: str | None) -> Message:
        self.library.correct(self.article_id, field, value)
        return Corrected(self.article_id)

    @on(Corrected)
    def _saved(self) -> None:
        # The application hears it too, and has it read.
        if self.editing is not None:
            self.action_leave()
        self.look_again()


def _rows(of: Described, room: int) -> Iterator[Row]:
    """The rows of one fact: its value on the first, what it rests on below."""
    lines = [line for part in of.value.split("\n") for line in _wrapped(part, room)]
    if not of.value:
        lines = [UNSTATED]
    elif len(lines) > LONGEST_VALUE:
        lines = [*lines[: LONGEST_VALUE - 1], f"and {len(lines) - LONGEST_VALUE + 1:,} lines more"]
    name = Content.styled(f"{of.name:<{NAME_CELLS}}", "$foreground-muted")
    look = "$foreground-muted" if not of.value else "$foreground"
    yield Row(name + Content.styled(lines[0], look), of.name)
    indent = " " * NAME_CELLS
    for line in lines[1:]:
        yield Row(Content.styled(indent + line, "$foreground"))
    if of.rests_on:
        for line in _wrapped(of.rests_on, room):
            yield Row(Content.styled(indent + line, "italic"))


def _wrapped(text: str, room: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, room)]
