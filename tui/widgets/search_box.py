"""The search box: one line that takes every character, and gives way to the list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events, on
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input

from index.model import Completion
from tui.chips import Chips
from tui.commands import SEARCH
from tui.completing import completed, from_history, helpful
from tui.recall import Recall
from tui.text import one_line
from tui.widgets.completions import CompletionList

PLACEHOLDER = 'Search  names, "a phrase", word*, -without, source:, after:2024 · F1: all'
"""As much as 80 columns hold."""


class SearchBox(Input):
    """Searches as somebody types: the screen listens to its `Changed` messages.

    It offers what the screen gives it to `offer`, and what it knows of the history. The list of
    that is its `completions`, which the screen lays over what is below.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "leave", "To the list", id="library.to-results", group=SEARCH,
                tooltip="Leave the search box for the articles found, or take what is chosen below"
                " it"),
        Binding("tab", "complete", "Complete", id="library.complete", group=SEARCH,
                tooltip="Take the first of what is offered below the search box, or the chosen"),
        # The same before anything is offered: the footer does not promise that something will be.
        Binding("tab", "complete_ahead", "Complete", False, id="library.complete", group=SEARCH,
                tooltip="Take the first of what may be offered below the search box"),
        Binding("ctrl+n,alt+down", "choose(1)", "Choose", id="library.next-completion",
                group=SEARCH, tooltip="Choose the next of what is offered below the search box"),
        Binding("ctrl+p,alt+up", "choose(-1)", "Choose the previous", False, group=SEARCH,
                id="library.previous-completion",
                tooltip="Choose the previous of what is offered below the search box"),
        Binding("escape", "close", "Close list", id="library.close-completions", group=SEARCH,
                tooltip="Close the list below the search box; then the same key leaves the box"),
        Binding("escape", "screen.to_results", "Leave", id="library.leave-search", group=SEARCH,
                tooltip="Leave the search box; the query stays"),
        Binding("up", "earlier", "Earlier", id="library.earlier-query", group=SEARCH,
                tooltip="Go back to earlier queries"),
        Binding("down", "later", "Later", False, id="library.later-query", group=SEARCH,
                tooltip="Go forward again through earlier queries, then to the articles found"),
        Binding("ctrl+r", "search_history", "History", False, id="library.search-history",
                group=SEARCH, tooltip="List earlier queries that hold what is typed"),
        Binding("f1", "screen.examples", "Examples", id="library.examples", group=SEARCH,
                tooltip="Everything that can be typed into the search box, by example"),
    ]  # fmt: skip

    COMPONENT_CLASSES: ClassVar[set[str]] = {"search-box--chip"}

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """Without a new layout of the whole screen at each key: the box keeps its width."""

    @dataclass
    class CompletionWanted(Message):
        """What is typed up to the cursor is to be completed at once."""

        query: str
        cursor: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(
            placeholder=PLACEHOLDER,
            highlighter=Chips(self._chip),
            id=id,
            compact=True,
            select_on_focus=False,
        )
        self.completions = CompletionList()
        """The list of what is offered."""
        self.recall = Recall()
        """The history, and where somebody is in it."""
        self._settled: str | None = None
        """A text that nothing is offered for: the list was closed on it, or it is an old query."""
        self._wanted: str | None = None
        """The text whose first completion is taken once it is known."""
        self._in_history = False
        """Whether the list shows the history, for as long as it is open."""

    async def on_key(self, event: events.Key) -> None:
        """Does what a key is bound to in its turn: letters typed ahead would overtake it else."""
        if event.is_printable:
            return
        bound = self.screen.active_bindings.get(event.key)
        if bound is not None and bound.node is self and bound.enabled:
            event.prevent_default()
            event.stop()
            await self.run_action(bound.binding.action)

    # What is offered

    @property
    def wants_completions(self) -> bool:
        """Whether something may be offered for what is typed."""
        typing = self.has_focus and not self._in_history and self.value != self._settled
        return typing and bool(self.value.strip())

    def offer(self, query: str, cursor: int, completions: Iterable[Completion]) -> None:
        """Offers completions of a query; nothing happens when something else is typed by now."""
        if not self.wants_completions or (query, cursor) != (self.value, self.cursor_position):
            return
        found = tuple(helpful(query, completions))
        if self._wanted == query and found:
            self.take(found[0])
        else:
            self.completions.show(query, found)

    def take(self, completion: Completion) -> None:
        """Puts a completion into the query; typing goes on behind it."""
        of_history = self._in_history
        value, cursor = completed(self.value, completion)
        self._close()
        self.value = value
        self.cursor_position = cursor
        self._settled = value if of_history else None

    def _close(self) -> None:
        self.completions.close()
        self._in_history = False
        self._wanted = None

    @property
    def _offered(self) -> bool:
        """Whether the list belongs to what is typed, not to what was before the last key."""
        return self.completions.is_open and self.completions.query_text == self.value

    @on(Input.Changed)
    def _typed(self) -> None:
        if self.value != self._settled:
            self._settled = None
        if self._in_history:
            self._list_history()
        elif not self.value.strip():
            self._close()

    def on_blur(self) -> None:
        """Offers nothing where nobody types."""
        self._close()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Gives the keys of the list away while there is nothing in it."""
        if action in ("choose", "complete", "close"):
            return self.completions.is_open
        if action == "complete_ahead":
            return bool(self.value.strip())
        return super().check_action(action, parameters)

    def action_complete(self) -> None:
        """Takes the chosen completion or the first."""
        if self._offered:
            self.take(self.completions.chosen or self.completions.rows[0])
        else:
            self.action_complete_ahead()

    def action_complete_ahead(self) -> None:
        """Takes the first completion, once it is known for what is typed."""
        self._settled, self._wanted = None, self.value
        self.post_message(self.CompletionWanted(self.value, self.cursor_position))

    def action_choose(self, by: int) -> None:
        """Moves to the next or previous row of the list."""
        if self._offered:
            self.completions.choose(by)

    # Leaving

    async def action_leave(self) -> None:
        """Takes what is chosen; without that, leaves the box for the articles found."""
        if self._offered and self.completions.chosen is not None:
            self.take(self.completions.chosen)
        else:
            await self.run_action("screen.use_query")

    def action_close(self) -> None:
        """Closes the list."""
        self._close()
        self._settled = self.value

    # Earlier queries

    def action_earlier(self) -> None:
        """Goes back in the history; in the list, where a row is chosen, to the one above."""
        if self._offered and self.completions.chosen is not None:
            self.completions.choose(-1)
        else:
            self._recall(self.recall.earlier(self.value))

    async def action_later(self) -> None:
        """Goes forward in the history and out of it into the articles; or down in the list."""
        if self._offered and self.completions.chosen is not None:
            self.completions.choose(1)
        elif (query := self.recall.later(self.value)) is not None:
            self._recall(query)
        else:
            await self.run_action("screen.use_query")

    def _recall(self, query: str | None) -> None:
        if query is not None:
            self._close()
            self._settled = self.value = query
            self.cursor_position = len(query)

    def action_search_history(self) -> None:
        """Lists what the history has of what is typed; again, goes on in that list."""
        if self._in_history and self._offered:
            self.completions.choose(1)
            return
        self._list_history()
        if not self._in_history:
            self.notify("There is no such earlier query", markup=False)

    def _list_history(self) -> None:
        # What is selected is about to be typed over: then all of the history is listed.
        wanted = self.value if self.selection.is_empty else ""
        self.completions.show(self.value, from_history(self.value, wanted, self.recall.entries))
        self._in_history = self.completions.is_open
        if self._in_history:
            # Somebody asked for it: Enter takes the latest.
            self.completions.choose(1)

    # Text from elsewhere

    def on_paste(self, event: events.Paste) -> None:
        """Puts all of a text into the box, as one harmless line."""
        event.prevent_default()
        event.stop()
        self.replace(one_line(event.text), *sorted(self.selection))

    # Filters

    def _chip(self) -> Style | None:
        if self.has_focus and not self.selection.is_empty:
            return None
        return self.get_component_rich_style("search-box--chip", partial=True)
