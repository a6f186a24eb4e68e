"""A reader whose library knows some queries, and what is offered below its search box."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from index import Library
from index.model import Completion
from index.userdata import KeptSearch, KeptSearches, UserData
from tests.tui.conftest import Reader
from tui.searches import Searches
from tui.widgets.completions import CompletionList

Complete = Callable[[str, int], Iterable[Completion]]
WORDS = {
    "source:": ("field", 0),
    'source:"Atlas News"': ("source", 1),
    'source:"Rudaw English"': ("source", 1),
    'entity:"Kataib Hezbollah"': ("organisation", 5),
    "iraq": ("place", 1204),
    "iraqi": ("group", 5),
}


def from_words(query: str, cursor: int):
    start = query.rfind(" ", 0, cursor) + 1
    word = query[start:cursor].casefold()
    return [
        Completion(start, cursor, text, kind, count)
        for text, (kind, count) in WORDS.items()
        if word in text.casefold()
    ]


class Offering(Library):
    """The real library but for its completions, which a test decides."""

    def __init__(self, real: Library, complete: Complete) -> None:
        super().__init__(real.paths, real.folder, real.data_dir)
        self.asked: list[str] = []
        self._offers = complete

    def complete(self, query: str, cursor: int | None = None) -> tuple[Completion, ...]:
        self.asked.append(query)
        return tuple(self._offers(query, len(query) if cursor is None else cursor))


async def offering(reader: Reader, complete: Complete = from_words) -> Offering:
    """Has the reader ask a library that offers these completions."""
    await at_rest(reader)
    library = Offering(reader.library.library, complete)
    reader.library.searches = Searches(reader.library, library, reader.app.read_threads)
    return library


async def known(
    reader: Reader, history: Sequence[str] = (), saved: Sequence[tuple[str, str, bool]] = ()
) -> Library:
    """Gives a collection a history, the latest first, and saved searches: name, query, all new.

    Gives its library, once the reader knows of them.
    """
    await at_rest(reader)
    library = reader.library.library
    kept = KeptSearches(UserData(library.data_dir), library.paths)
    for query in reversed(history):
        kept.remember(query)
    for name, query, new in saved:
        library.save_search(name, query)
        if new:
            kept.save(KeptSearch(name, query, exact=False, seen=b""))
    reader.library.searches.read_history()
    reader.library.searches.read_saved()
    await reader.until(lambda: tuple(reader.box.recall.entries) == library.history())
    await reader.until(lambda: reader.library.saved == library.saved_searches())
    return library


async def at_rest(reader: Reader) -> None:
    """Waits until the collection is up to date, and all that follows from it is there."""
    await reader.until(lambda: reader.library.updater and reader.library.updater.ended)
    await reader.until(lambda: not reader.working)


def offered(reader) -> list[str]:
    """The rows of the list that are on the screen."""
    rows = reader.library.query_one(CompletionList)
    return [line.rstrip() for line in rows.render().plain.split("\n")] if rows.display else []


async def type_(reader, text: str) -> None:
    """Types into the search box, and waits until all that follows from it is there."""
    if not reader.box.has_focus:
        await reader.press("slash")
    await reader.press(*text)
    await reader.until(lambda: reader.answered == reader.box.value)
    await reader.until(lambda: not (reader.library.pause or reader.working))
