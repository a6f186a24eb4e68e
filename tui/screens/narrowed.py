"""A list that is narrowed and sorted: by what its articles share, by months, and as typed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, on
from textual.binding import Binding

import index
from index import Order, Results
from tui import answers
from tui.commands import SEARCH, SHOW
from tui.screens.followed import FollowedScreen
from tui.widgets.search_box import SearchBox
from tui.widgets.timeline import Timeline
from tui.wording import unranked

if TYPE_CHECKING:
    from tui.widgets.facets_panel import FacetsPanel

PANEL = 36
"""Columns of the panel to narrow by."""


NARROWING = (
    Binding("t", "narrow", "Narrow", id="library.narrow", group=SEARCH,
            tooltip="Sources, months and names of the articles found, to keep only some"),
    Binding("m", "timeline", "Timeline", id="library.timeline", group=SEARCH, show=False,
            tooltip="Choose months on the timeline"),
    Binding("backspace", "widen", "Widen", id="library.widen", group=SEARCH, key_display="⌫",
            tooltip="Take back the last filter of the search"),
    Binding("o", "order", "Order", id="library.order", group=SHOW, show=False,
            tooltip="Best first, newest first, oldest first, or by title"),
    Binding("x", "exact", "As typed", id="library.exact", group=SEARCH, show=False,
            tooltip="Find exactly what is typed, or other forms and spellings too"),
    Binding("y", "take_suggestion", "Did you mean", id="library.take-suggestion", group=SEARCH,
            show=False, tooltip="Search for what was probably meant"),
)  # fmt: skip
"""The keys of such a screen; it has them among its own, in the order of the help."""


class NarrowedScreen(FollowedScreen):
    """Narrows the query in its `SearchBox` by facets and months, and orders what is found.

    A subclass also yields a `Timeline`, and has the panel to narrow by beside its list in `#main`.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__(paths)
        self.answer: Results | None = None
        """The answer whose articles are listed."""
        self.narrowing = False
        """Whether the panel to narrow by is open."""
        self._filtered = False

    def look(self) -> None:
        """Lists the answer to the query from its beginning."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Gives room to the panel, or takes it back."""
        raise NotImplementedError

    def say_found(self) -> None:
        """Says what was found."""
        raise NotImplementedError

    def action_to_results(self) -> None:
        """Puts the keyboard on the list."""
        raise NotImplementedError

    async def open(self, paths: Sequence[Path]) -> None:
        """Leaves this collection for another, which is listed in the usual order."""
        self.questions.order, self.questions.exact = Order.RELEVANCE, False
        self.remove_class("-dated")
        await super().open(paths)

    # The query

    @property
    def query_text(self) -> str:
        """What stands in the search box."""
        return self.query_one(SearchBox).value

    def look_for(self, query: str) -> None:
        """Searches for this, as if it had been typed."""
        box = self.query_one(SearchBox)
        box.value = query
        box.cursor_position = len(query)

    def action_widen(self) -> None:
        """Takes back the last filter of the query."""
        self.look_for(index.without_last_filter(self.query_text))

    def action_take_suggestion(self) -> None:
        """Searches for what was probably meant."""
        if self.answer is not None and self.answer.suggestion:
            self.look_for(self.answer.suggestion)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offers to take a filter back, or a suggestion, where there is one."""
        if action == "widen":
            return bool(index.filters(self.query_text))
        if action == "take_suggestion":
            return self.answer is not None and bool(self.answer.suggestion)
        return super().check_action(action, parameters)

    def action_order(self) -> None:
        """Lists in the next order."""
        orders = list(Order)
        if self.answer is not None and unranked(self.answer):
            orders.remove(Order.NEWEST)
        here = orders.index(self.questions.order) if self.questions.order in orders else 0
        self.questions.order = orders[(here + 1) % len(orders)]
        self.look()

    def action_exact(self) -> None:
        """Finds exactly what is typed, or other forms and spellings too."""
        self.questions.exact = not self.questions.exact
        self.look()

    # What an answer shows besides its articles

    @on(answers.Found)
    def _show_more(self, event: answers.Found) -> None:
        if event.generation != self.questions.generation:
            return
        if self._filtered != (filtered := bool(index.filters(event.results.query))):
            # Which keys do something here depends on it.
            self._filtered = filtered
            self.refresh_bindings()
        if event.results.query.strip():
            self._show_months(event.results)
        else:
            self.call_after_refresh(self.questions.months)
        if self.narrowing:
            self.call_after_refresh(self._count)

    @on(answers.MonthsFound)
    def _months_found(self, event: answers.MonthsFound) -> None:
        if event.generation == self.questions.generation:
            self._show_months(event.results)

    def _show_months(self, results: Results) -> None:
        months = results.facets.get("month", ())
        self.query_one(Timeline).show(months, results.total)
        if months:
            # Once for a collection: the timeline then keeps its place, whatever is found.
            self.add_class("-dated")

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _say_how_to_take(self) -> None:
        if self.answer is not None and self.answer.suggestion:
            self.say_found()

    # The panel

    async def action_narrow(self) -> None:
        """Opens the panel to narrow by, or goes to it."""
        from tui.widgets.facets_panel import FacetsPanel

        if not self.query(FacetsPanel):
            await self.query_one("#main").mount(FacetsPanel())
        panel = self.query_one(FacetsPanel)
        if not self.narrowing:
            self.narrowing = panel.display = True
            panel.wait()
            self.lay_out()
            self._count()
        panel.focus_list()

    def _count(self) -> None:
        if self.answer is not None:
            self.questions.facets(self.query_text)

    @on(answers.FacetsFound)
    def _facets_found(self, event: answers.FacetsFound) -> None:
        from tui.widgets.facets_panel import FacetsPanel

        if event.generation == self.questions.generation:
            for panel in self.query(FacetsPanel):
                panel.show(event.facets)

    def on_facets_panel_chosen(self, event: FacetsPanel.Chosen) -> None:
        """Keeps only the articles that have what was chosen; the panel stays."""
        self.look_for(index.narrowed(self.query_text, event.facet, event.value))

    def on_facets_panel_closed(self) -> None:
        """Closes the panel, and puts the keyboard on the list."""
        from tui.widgets.facets_panel import FacetsPanel

        self.narrowing = self.query_one(FacetsPanel).display = False
        self.action_to_results()
        self.lay_out()

    # The timeline

    def action_timeline(self) -> None:
        """Puts the keyboard on the timeline."""
        if self.query_one(Timeline).is_empty:
            self.notify("No article found here states its date", markup=False)
            return
        self.add_class("-timeline")
        self.set_focus(self.query_one(Timeline))

    @on(Timeline.Chosen)
    def _narrow_to(self, event: Timeline.Chosen) -> None:
        self.action_to_results()
        self.look_for(index.narrowed(self.query_text, "month", event.value))

    @on(Timeline.Left)
    def _leave_timeline(self, event: Timeline.Left) -> None:
        self.remove_class("-timeline")
        if event.back:
            self.action_to_results()
