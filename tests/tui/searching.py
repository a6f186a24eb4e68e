"""A library whose completions, history and saved searches a test decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from index import Library
from index.model import Completion, ParallaxError, SavedSearch
from tests.tui.conftest import Reader
from tui.searches import Searches
from tui.widgets.completions import CompletionList

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
    await reader.until(lambda: not reader.working)


Complete = Callable[[str, int], Iterable[Completion]]


class Known(Library):
    """The real library but for what is known of queries, which lives and ends with the test."""

    completing: Complete = staticmethod(lambda query, cursor: ())
    refuses = False

    def give(self, queries: Iterable[str], saved: Iterable[SavedSearch]) -> None:
        self.asked: list[str] = []
        self.used = list(queries)
        self.named = {search.name: search for search in saved}

    def complete(self, query, cursor=None):
        self.asked.append(query)
        return tuple(self.completing(query, len(query) if cursor is None else cursor))

    def history(self):
        return tuple(self.used)

    def remember_query(self, query):
        self.used = [query, *(used for used in self.used if used != query)]

    def saved_searches(self, **_):
        return tuple(self.named[name] for name in sorted(self.named))

    def save_search(self, name, query, **_):
        if self.refuses:
            raise ParallaxError("it cannot be kept: there is no room")
        self.named[name] = SavedSearch(name, query, self.search(query, 0).total)

    def see_search(self, name):
        self.named[name] = SavedSearch(name, self.named[name].query, self.named[name].total)

    def forget_search(self, name):
        del self.named[name]


async def known(
    reader: Reader,
    complete: Complete | None = None,
    history: Iterable[str] = (),
    saved: Iterable[SavedSearch] = (),
) -> Known:
    """Has the reader ask a library that knows this, and waits until it has."""
    await reader.until(lambda: reader.library.updater and reader.library.updater.ended)
    await reader.until(lambda: not reader.working)
    real = reader.library.library
    library = Known(real.paths, real.folder, real.data_dir)
    library.give(history, saved)
    if complete is not None:
        library.completing = complete
    searches = Searches(reader.library, library, reader.app.read_threads)
    reader.library.searches = searches
    searches.read_history()
    searches.read_saved()
    await reader.until(lambda: tuple(reader.box.recall.entries) == library.history())
    await reader.until(lambda: reader.library.saved == library.saved_searches())
    return library
