"""Parallax: the store and the full-text index, as an update makes them; no names recognised.

What was typed is all it is given: it finds the other forms of words, the other spellings of names
and the right spelling of a misspelt word by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from queries import FILTERED, Query

from engines import LIMIT, Answer, Engine
from index import generations


def index(paths: Sequence[Path], folder: Path) -> int:
    """Does what an update does until every article can be found."""
    from index.settings import Settings
    from index.steps import Update
    from index.store import Store
    from index.userdata import UserData

    generation = generations.prepare(folder)
    generations.swap_in(folder, generation)
    with (
        closing(Store(generation / generations.STORE, write=True)) as store,
        closing(UserData(folder / "data")) as user,
    ):
        Update(paths, generation, store, None, Settings(), user).make_searchable()
        return store.count_indexed()


def fulltext(folder: Path) -> Path:
    """The folder of its full-text index."""
    generation = generations.current(folder)
    assert generation is not None
    return generation / generations.FULLTEXT


def opened(folder: Path) -> Engine:
    """The full-text index answers; the library would read the articles that are shown."""
    from index.fulltext import Searcher

    searcher = Searcher(fulltext(folder))

    def answer(query: Query) -> Answer:
        typed = query.typed
        if query.kind == FILTERED:
            typed += f' source:"{query.source}" after:{query.first} before:{query.before}'
        found = searcher.search(typed, LIMIT)
        return [article for article, _ in found.ids], found.total

    return answer
