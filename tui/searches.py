"""What the reader asks the library about queries: completions, the history, saved searches.

All of it is asked in one thread, apart from the searches themselves, and answered by a message.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TypeVar

from textual.dom import DOMNode
from textual.message import Message
from textual.worker import WorkType

from index import Library, ParallaxError
from index.model import Completion, SavedSearch
from tui.questions import ask

Answer = TypeVar("Answer")


@dataclass
class Completed(Message):
    """What a query may go on with at its cursor."""

    query: str
    cursor: int
    completions: tuple[Completion, ...]


@dataclass
class HistoryRead(Message):
    """The queries that were used, the latest first."""

    queries: tuple[str, ...]


@dataclass
class SavedListed(Message):
    """The saved searches, with what they find now."""

    saved: tuple[SavedSearch, ...]
    counted: bool = True
    """Whether it is known what they find; only names and queries are, otherwise."""
    seen: frozenset[str] | None = None
    """The ids of what was new in one that was just looked at; None where none was."""


@dataclass
class Refused(Message):
    """Something about queries could not be read or kept; `line` says why."""

    line: str


class Searches:
    """The questions of one screen about one library; the answers are posted to the screen."""

    def __init__(self, screen: DOMNode, library: Library, threads: Executor) -> None:
        self._screen = screen
        self._library = library
        self._threads = threads
        self._left = False

    def leave(self) -> None:
        """Answers nothing any more: the screen has gone on to another collection."""
        self._left = True

    def complete(self, query: str, cursor: int) -> None:
        """Asks what a query may go on with; answered by Completed."""
        self._ask(
            "complete",
            lambda library: library.complete(query, cursor),
            lambda found: Completed(query, cursor, found),
        )

    def read_history(self) -> None:
        """Asks for the queries that were used; answered by HistoryRead."""
        self._ask("history", lambda library: library.history(), HistoryRead)

    def remember(self, query: str) -> None:
        """Adds a query to the history; answered by HistoryRead."""

        def remembered(library: Library) -> tuple[str, ...]:
            library.remember_query(query)
            return library.history()

        self._ask(f"remember {query}", remembered, HistoryRead)

    def read_saved(self) -> None:
        """Asks for the saved searches, each of which is searched for; answered by SavedListed."""
        self._ask("saved searches", lambda library: library.saved_searches(), SavedListed)

    def read_names(self) -> None:
        """Asks for the saved searches without what they find; answered by SavedListed."""
        self._ask(
            "saved names",
            lambda library: library.saved_searches(counted=False),
            lambda saved: SavedListed(saved, counted=False),
        )

    def save(self, search: SavedSearch) -> None:
        """Saves a query under a name; answered by SavedListed."""
        self._keep(
            search.name,
            lambda library: library.save_search(search.name, search.query, exact=search.exact),
        )

    def see(self, name: str) -> None:
        """Notes that what a saved search finds has been looked at; answered by SavedListed."""

        def seen(library: Library) -> SavedListed:
            new = library.see_search(name)
            return SavedListed(library.saved_searches(), seen=new)

        self._ask(f"saved search {name}", seen, lambda told: told)

    def forget(self, name: str) -> None:
        """Deletes a saved search; answered by SavedListed."""
        self._keep(name, lambda library: library.forget_search(name))

    def _keep(self, name: str, change: Callable[[Library], object]) -> None:
        def kept(library: Library) -> tuple[SavedSearch, ...]:
            change(library)
            return library.saved_searches()

        self._ask(f"saved search {name}", kept, SavedListed)

    def _ask(
        self,
        group: str,
        question: Callable[[Library], Answer],
        message: Callable[[Answer], Message],
    ) -> None:
        """Has a question answered; it makes an unanswered one of its group void.

        What changes something has a group of its own, so that no change is ever made void.
        """

        async def answer() -> None:
            try:
                told = message(await ask(self._threads, question, self._library))
            except ParallaxError as error:
                told = Refused(str(error))
            if not self._left:
                self._screen.post_message(told)

        work: WorkType[None] = answer
        self._screen.run_worker(work, group=group, exclusive=True)
