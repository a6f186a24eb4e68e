"""Queries on the screen of a collection: completed, remembered, saved, and shown by example."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual import on
from textual.binding import Binding
from textual.timer import Timer

from index import Library
from index.model import SavedSearch
from tui import answers
from tui.commands import SEARCH
from tui.screens.narrowed import NarrowedScreen
from tui.searches import Completed, HistoryRead, Refused, SavedListed, Searches
from tui.text import one_line
from tui.widgets.completions import CompletionList
from tui.widgets.results import ResultsList
from tui.widgets.search_box import SearchBox
from tui.wording import saved_news

QUERIES = (
    Binding("b", "saved", "Saved searches", id="library.saved", group=SEARCH, show=False,
            tooltip="Searches that you gave a name, and how much they find that is new"),
    Binding("ctrl+s", "save_search", "Save search", id="library.save-search", group=SEARCH,
            show=False, tooltip="Give the query in the search box a name, to run it again"),
    Binding("f1", "examples", "Examples", id="library.examples", group=SEARCH, show=False,
            tooltip="Everything that can be typed into the search box, by example"),
)  # fmt: skip
"""The keys of such a screen; it has them among its own, in the order of the help."""
PAUSE_SECONDS = 0.15
"""How long nobody types before what is typed is completed."""


class SearchingScreen(NarrowedScreen):
    """Gives its `SearchBox` what the library knows, and keeps the queries that are used.

    A subclass yields the box and its list of completions.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__(paths)
        self.searches: Searches | None = None
        """What is asked about queries; None until a collection is open."""
        self.saved: tuple[SavedSearch, ...] | None = None
        """The saved searches, as they were found last; None while they are not known."""
        self._used: str | None = None
        """A query that was left for its results, which may be still to come."""
        self._refused = ""
        self.pause: Timer | None = None
        """Runs from a key until what is typed is completed."""
        self._named: str | None = None
        """The name that a query is being saved under."""
        self._run_again: str | None = None
        """The query of the saved search that was run last."""

    @property
    def box(self) -> SearchBox:
        """Where queries are typed."""
        return self.query_one(SearchBox)

    def opened(self, library: Library) -> None:
        """Gets ready to ask about queries."""
        self.searches = Searches(self, library, self.reader.read_threads)

    def forget(self) -> None:
        """Forgets the queries of the collection."""
        if self.searches is not None:
            self.searches.leave()
        self.searches = self.saved = self._used = self._named = self._run_again = None
        self.box.recall.entries = ()
        self.bar.news = ""

    def start_first_update(self) -> None:
        """Reads the history too, once the known articles have been shown."""
        if self.updater is None and self.searches is not None:
            self.searches.read_history()
        super().start_first_update()

    def updated(self, changed: str) -> None:
        """Has saved searches look whether there is anything new for them."""
        super().updated(changed)
        if self.searches is not None:
            self.searches.read_saved()

    @on(Refused)
    def _refuse(self, event: Refused) -> None:
        # What cannot be kept for one query cannot for the next either: it is said once.
        if event.line != self._refused:
            self._refused = event.line
            self.notify(one_line(event.line), severity="warning", markup=False, timeout=10)

    # Completions

    @on(answers.Found)
    def _complete(self, event: answers.Found) -> None:
        if event.generation != self.questions.generation:
            return
        self._remember_used()
        if event.results.query != self._run_again:
            self.query_one(ResultsList).new = frozenset()
        # The articles come first, and a list that opens lays the screen out anew: who types on
        # does not read it.
        if not event.stay:
            if self.pause is not None:
                self.pause.stop()
            self.pause = self.set_timer(PAUSE_SECONDS, self._complete_typed)

    def _complete_typed(self) -> None:
        self.pause = None
        # Where more was typed meanwhile, its articles are still to come, and another pause.
        answered = self.answer is not None and self.answer.query == self.box.value
        if answered and self.searches is not None and self.box.wants_completions:
            self.searches.complete(self.box.value, self.box.cursor_position)

    @on(SearchBox.CompletionWanted)
    def _complete_now(self, event: SearchBox.CompletionWanted) -> None:
        if self.searches is not None:
            self.searches.complete(event.query, event.cursor)

    @on(Completed)
    def _offer(self, event: Completed) -> None:
        self.box.offer(event.query, event.cursor, event.completions)

    @on(CompletionList.Clicked)
    def _take(self, event: CompletionList.Clicked) -> None:
        self.box.take(event.completion)

    # The history

    @on(HistoryRead)
    def _recall(self, event: HistoryRead) -> None:
        self.box.recall.entries = event.queries

    def action_use_query(self) -> None:
        """Leaves the search box for what its query found, and remembers the query for that."""
        self._used = self.query_text
        self._remember_used()
        self.action_to_results()

    @on(ResultsList.Opened)
    def _use_opened(self) -> None:
        self._used = self.query_text
        self._remember_used()

    def _remember_used(self) -> None:
        """Remembers the query that was used, if it has an answer that found something."""
        found = self.answer
        if self.searches is None or found is None or found.query != self._used:
            return
        self._used = None
        if found.total and found.query.strip():
            self.searches.remember(found.query)

    # Saved searches

    def action_save_search(self) -> None:
        """Has the query saved under a name."""
        from tui.screens.naming import NamingScreen

        query = self.query_text.strip()
        if not query:
            self.notify("Type a query first: it is what is saved", markup=False)
        elif self.searches is not None:
            search = SavedSearch("", query, exact=self.questions.exact)
            self.app.push_screen(NamingScreen(search, self.saved or ()), self._save)

    def _save(self, named: SavedSearch | None) -> None:
        if named is not None and self.searches is not None:
            self._named, self._refused = named.name, ""
            self.searches.save(named)

    def action_saved(self) -> None:
        """Lists the saved searches."""
        from tui.screens.saved import SavedScreen

        if self.searches is not None:
            self._refused = ""
            self.app.push_screen(SavedScreen(self.searches, self.saved), self._run)
            if self.saved is None:
                self.searches.read_names()
            self.searches.read_saved()

    @on(SavedListed)
    def _list_saved(self, event: SavedListed) -> None:
        if event.counted:
            self.saved = event.saved
            self.bar.news = saved_news(event.saved)
        if event.seen is not None and self.query_text == self._run_again:
            self.query_one(ResultsList).new = event.seen
        if self._named in [search.name for search in event.saved]:
            self.notify(f"Saved as “{self._named}” · b lists saved searches", markup=False)
            self._named = None
        if len(self.app.screen_stack) > 1:
            from tui.screens.saved import SavedScreen

            for screen in self.app.screen_stack:
                if isinstance(screen, SavedScreen):
                    screen.show(event.saved, counted=event.counted)

    def _run(self, search: SavedSearch | None) -> None:
        if search is None or self.searches is None:
            return
        self.action_to_results()
        self._run_again = search.query
        self.questions.exact = search.exact
        if search.query == self.query_text:
            self.look()
        else:
            self.look_for(search.query)
        self.searches.see(search.name)

    # Examples

    def action_examples(self) -> None:
        """Shows all that can be typed, by example."""
        from tui.screens.examples import ExamplesScreen

        self.app.push_screen(ExamplesScreen(), self._try)

    def _try(self, typed: str | None) -> None:
        if typed is not None:
            self.look_for(typed)
            self.set_focus(self.box)
