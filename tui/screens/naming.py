"""A name for a query that is to be saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from index.model import SavedSearch
from index.searches import NAME_LENGTH
from tui.commands import READER, SEARCH
from tui.text import one_line
from tui.widgets.keys_bar import KeysBar


class NameBox(Input):
    """One line for the name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.save", "Save", id="naming.save", group=SEARCH,
                tooltip="Save the query under this name, in place of one that has it"),
    ]  # fmt: skip


class NamingScreen(ModalScreen[SavedSearch | None]):
    """Asks for the name of a search over the library, and gives it with that; None when it is left.

    Proposes the name that its query has among the `saved`, or else the query itself.
    """

    CSS_PATH = "saved.tcss"
    AUTO_FOCUS = "NameBox"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave", id="naming.leave", group=READER,
                tooltip="Do not save the query"),
    ]  # fmt: skip

    def __init__(self, search: SavedSearch, saved: Sequence[SavedSearch]) -> None:
        super().__init__()
        self._search = search
        self._saved = {search.name: search.query for search in saved}

    def compose(self) -> ComposeResult:
        """A title, the query, a line for the name, and what stands in its place now."""
        has = (name for name, query in self._saved.items() if query == self._search.query)
        name = next(has, self._search.query[:NAME_LENGTH])
        with Vertical(classes="sheet"):
            yield Static("Save this search", classes="sheet--title", markup=False)
            yield Static(one_line(self._search.query), id="query", markup=False)
            yield NameBox(name, placeholder="a name", max_length=NAME_LENGTH, compact=True)
            yield Static("", id="said", markup=False)
            yield KeysBar()

    @property
    def named(self) -> str:
        """The name that is typed, without anything that could not be listed."""
        return one_line(self.query_one(NameBox).value)

    @on(Input.Changed)
    def _say_what_is_replaced(self) -> None:
        before = self._saved.get(self.named)
        replaced = before is not None and before != self._search.query
        line = f"Takes the place of  {one_line(before)}" if replaced and before else ""
        self.query_one("#said", Static).update(Content(line))

    def action_save(self) -> None:
        """Gives the query with its name."""
        if self.named:
            self.dismiss(replace(self._search, name=self.named))
        else:
            self.query_one("#said", Static).update(Content("It needs a name to be found again."))
