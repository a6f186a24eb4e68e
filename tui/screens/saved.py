"""Saved searches: their names, what they find, and how much of that is new."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from index.model import SavedSearch
from tui.commands import READ, READER
from tui.searches import Searches
from tui.text import count, one_line
from tui.widgets.keys_bar import KeysBar
from tui.widgets.rows import MOVES, Row, Rows

NONE_SAVED = (
    "No search is saved in this collection yet.",
    "Type one, then press ^s and give it a name:",
    "it stands here then, and tells how many new articles it finds.",
)
RIGHT_CELLS = 20
"""What a row has beside its name: signs, and the number of articles."""


class SavedRows(Rows, inherit_bindings=False):
    """Saved searches, the query below each; the value of a row is the name of its search."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Run", id="saved.run", group=READ,
                tooltip="Search for it again; what it finds is not new any more"),
        *MOVES,
    ]  # fmt: skip


class SavedScreen(ModalScreen[SavedSearch | None]):
    """Lists saved searches over the library, and gives the one that is to be run."""

    CSS_PATH = "saved.tcss"
    AUTO_FOCUS = "SavedRows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d,delete", "delete", "Delete", id="saved.delete", group=READ,
                tooltip="Delete the saved search under the cursor, when it is pressed twice"),
        Binding("escape,q", "dismiss", "Close", id="saved.close", group=READER,
                tooltip="Back to the articles"),
    ]  # fmt: skip

    def __init__(self, searches: Searches, saved: tuple[SavedSearch, ...] | None) -> None:
        super().__init__()
        self._searches = searches
        self._doomed: str | None = None
        """The name of the search that is deleted when that is asked for once more."""
        self.saved = saved
        """What is listed; None while it is not known."""
        self._counted = True

    def compose(self) -> ComposeResult:
        """A title, the list, and the keys."""
        with Vertical(classes="sheet"):
            yield Static("Saved searches", classes="sheet--title", markup=False)
            yield SavedRows()
            yield KeysBar()

    def show(self, saved: tuple[SavedSearch, ...], *, counted: bool) -> None:
        """Lists these, with what they find where that has been `counted`."""
        self.saved, self._counted = saved, counted
        self._list()

    def on_resize(self, event: events.Resize) -> None:
        """Lists them in the width there is."""
        self.call_after_refresh(self._list)

    def _list(self) -> None:
        rows = self.query_one(SavedRows)
        if self.saved is None:
            rows.show([Row(Content("Reading…"))])
        elif not self.saved:
            rows.show([Row(Content(line)) for line in NONE_SAVED])
        elif (room := rows.size.width - RIGHT_CELLS) > 0:
            with rows.prevent(Rows.Moved):
                rows.show([row for each in self.saved for row in self._rows(each, room)])
        self.refresh_bindings()

    def _rows(self, search: SavedSearch, room: int) -> Iterator[Row]:
        news = (
            Content.styled(f"  ● {search.new:,} new", "bold $accent") if search.new else Content()
        )
        name = Content.styled(one_line(search.name), "bold" if search.new else "")
        name = name.truncate(max(1, room - news.cell_length), ellipsis=True)
        number = count(search.total, "article") if self._counted else "counting…"
        yield Row(name + news, search.name, number)
        if search.name == self._doomed:
            yield Row(Content.styled("  Press d again to delete it", "bold $warning"))
        else:
            exact = " · as typed" if search.exact else ""
            yield Row(Content(f"  {one_line(search.query)}{exact}"))

    @property
    def _here(self) -> SavedSearch | None:
        name = self.query_one(SavedRows).value
        return next((search for search in self.saved or () if search.name == name), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Deletes only where there is something under the cursor."""
        return action != "delete" or bool(self.saved)

    @on(Rows.Moved)
    def _spare(self, event: Rows.Moved) -> None:
        if self._doomed is not None and event.value != self._doomed:
            self._doomed = None
            self._list()

    @on(Rows.Chosen)
    def _run(self) -> None:
        self.dismiss(self._here)

    def action_delete(self) -> None:
        """Deletes the search under the cursor when it is asked for twice."""
        here = self._here
        if here is None:
            return
        if self._doomed == here.name:
            self._doomed = None
            self.saved = tuple(search for search in self.saved or () if search != here)
            self._list()
            self._searches.forget(here.name)
        else:
            self._doomed = here.name
            self._list()
