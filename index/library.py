"""Library: the one door to a collection of articles.

It joins the rooms (ingest, store, fulltext, entities, compare) and holds no knowledge of its
own. Reading methods may be called from any thread: each has its own connection and its own
searcher.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from index import places
from index.model import (
    Article,
    Comparison,
    Completion,
    Entity,
    Hit,
    Mention,
    Order,
    ParallaxError,
    ProgressCallback,
    Related,
    Report,
    Results,
    SavedSearch,
    Skipped,
    Snippet,
    Status,
    Story,
)
from index.opened import Opened
from index.searches import Searches
from index.store import Links, Store, corrected
from index.userdata import Correction, Corrections, KeptSearches, UserData

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.fulltext import Matcher, Matching, Searcher

RECOGNISED_AT_ONCE = 30_000
"""Words up to which an article's entities are recognised when asked for, a matter of tenths of
a second; a longer one waits for the update."""
COMPLETED_NAMES = 8
"""Entities that a name which is being typed may become."""
FACET_NAMES = 50
"""Entities of each type that are counted for the articles that answer a query."""
PLACED = 1000
"""Articles of an answer among which one is looked for."""
MATCHERS_KEPT = 32
"""Queries whose matcher is kept, for marking the articles opened from their results."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a store holds that can be typed, as completion asks for it."""

    store: Store

    def sources(self) -> Sequence[tuple[str, int]]:
        return self.store.sources()

    def authors(self) -> Sequence[tuple[str, int]]:
        return self.store.authors()

    def entities(self, typed: str, kind: str) -> Sequence[tuple[str, str, int]]:
        from index.naming import entities_like

        return entities_like(self.store, typed, kind, COMPLETED_NAMES)


class Library:
    """A collection of articles: what its files say, searchable and comparable.

    Open it with `Library.open` and close it, or use it in a `with` statement.
    """

    def __init__(self, paths: tuple[Path, ...], folder: Path, data_dir: Path) -> None:
        self.paths = paths
        """The folders and files it was opened on."""
        self.folder = folder
        """Its own folder in the cache."""
        self.data_dir = data_dir
        """Where what the user made is kept, for all collections."""
        self.name = _name(paths)
        """What the collection is called on the screen: the name of its folder."""
        self._user = UserData(data_dir)
        self._made = Corrections(self._user)
        self._searches = Searches(KeptSearches(self._user, paths), self._matching)
        self._opened = Opened(folder)
        self._lock = threading.Lock()
        self._matchers: dict[tuple[str, bool], Matcher] = {}

    @classmethod
    def open(
        cls,
        paths: Sequence[str | PathLike[str]],
        cache_dir: str | PathLike[str] | None = None,
        data_dir: str | PathLike[str] | None = None,
    ) -> Library:
        """Gives the library of the articles under `paths` (folders or files).

        Nothing is read yet: call `update`, or use what an earlier one stored. `cache_dir` and
        `data_dir` default to the user's own. Raises ParallaxError for a path that is not there.
        """
        found = places.resolved(paths)
        if not found:
            raise ParallaxError("no collection to open: give a folder or a file")
        cache = Path(cache_dir) if cache_dir is not None else places.cache_dir()
        data = Path(data_dir) if data_dir is not None else places.data_dir()
        return cls(found, places.collection_dir(found, cache.absolute()), data.absolute())

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes every connection and searcher. Safe to call twice."""
        self._opened.close()
        self._user.close()

    def update(
        self,
        progress: ProgressCallback | None = None,
        only: Iterable[str | PathLike[str]] | None = None,
    ) -> Report:
        """Reads what is new or changed, forgets what is gone, and says what it did.

        With `only`, a list of files and folders of the collection, nothing else is looked at; with
        an empty one the corrections alone are taken up. Waits for another process that is updating
        the same collection. Raises ParallaxError when the cache or the settings are in the way.
        """
        from index.update import update

        some = None if only is None else [Path(path) for path in only]
        return update(self.paths, self.folder, progress, only=some, data_dir=self.data_dir)

    def status(self) -> Status:
        """Counts what the collection holds now."""
        store = self._opened.store()
        if store is None:
            return Status(0, 0, 0, 0, ready=False)
        return Status(
            store.count(),
            store.count_indexed(),
            store.count_sources(),
            store.count_skipped(),
            ready=bool(store.get("ready")),
            copies=store.count_copies(),
        )

    def skipped(self) -> tuple[Skipped, ...]:
        """Every file or row that the last update could not read, with its reason."""
        store = self._opened.store()
        return store.skipped() if store else ()

    def articles(self) -> Iterator[Article]:
        """Every article without its paragraphs, newest first, undated ones last, then by title."""
        store = self._opened.store()
        return store.articles() if store else iter(())

    def article(self, article_id: str) -> Article:
        """The whole article. Raises ParallaxError when there is none of this id."""
        return self._whole([article_id])[0]

    def find(self, reference: str) -> Article:
        """The whole article of a path, an id, or a unique beginning of either.

        A path may be absolute, relative to the working directory, or a bare file name; a row of a
        file may be named by its own id alone. Raises ParallaxError when none or several fit,
        naming them.
        """
        store = self._opened.store()
        if store is None:
            raise ParallaxError("nothing has been read into this collection yet")
        found = store.ids_like(reference) or store.ids_like(str(Path(reference).absolute()))
        if not found:
            raise ParallaxError(
                f"no article {reference!r} in {self.name}; give a path, an id, or the beginning"
                " of either"
            )
        if len(found) > 1:
            names = ", ".join(Path(locator).name for _, locator in found[:3])
            raise ParallaxError(f"{reference!r} is the beginning of several articles: {names}, …")
        return self.article(found[0][0])

    def correct(self, article_id: str, field: str, value: str | None) -> Article:
        """Corrects one field of an article, and gives the whole article as it is then.

        `field` is `title`, `source`, `author`, `date`, `url` or `language`. An empty value says
        that it is unstated, None undoes the correction. It is kept in the user's data at once
        and for good; lists and search show it after the next update. Raises ParallaxError for a
        value that the field cannot have, and when it cannot be kept.
        """
        from index.corrections import checked

        store = self._opened.store()
        place = store.place_of(article_id) if store else None
        if store is None or place is None:
            raise ParallaxError(f"there is no article {article_id!r} in {self.name} any more")
        listed_id, path, locator = place
        stored = "" if value is None else checked(field, value)
        if value is None:
            article = self.article(listed_id)
            self._made.remove((article.locator, *article.copies), field)
        else:
            file_hash, fragment = store.hash_of(path), locator.removeprefix(path)
            self._made.put(Correction(locator, field, stored, fragment, file_hash))
        return self.article(listed_id)

    def search(
        self,
        query: str,
        limit: int = 20,
        offset: int = 0,
        *,
        order: Order = Order.RELEVANCE,
        exact: bool = False,
        explain: bool = False,
        wanted: Callable[[], bool] | None = None,
    ) -> Results:
        """The articles that answer `query`, best first; with an empty query, all of them.

        With `exact` only what was typed is looked for: no other forms, no other spellings. With
        `explain` every hit says why it ranks where it does. The search is given up when `wanted`
        is given and says no more; that raises `index.fulltext.Abandoned`.

        Never raises for what was typed: a broken query is read as plain words, and
        `Results.note` says so. Raises `index.fulltext.DamagedIndex`, a ParallaxError, when the
        full-text index is damaged; `update` builds it again.
        """
        began = time.perf_counter()
        # One generation from beginning to end: another may be swapped in at any moment.
        reading = self._opened.reading()
        if reading is None:
            return Results(query, 0, order=order, exact=exact)
        store = reading.store
        if not query.strip() and order in (Order.RELEVANCE, Order.NEWEST):
            return self._everything(store, query, limit, offset, began)
        from index.fulltext import as_written, found_in

        reading, answer = self._opened.asked(
            reading,
            lambda searcher: searcher.search(
                query,
                limit,
                offset,
                order=order,
                exact=exact,
                explain=explain,
                namers=self._opened.naming(searcher),
                wanted=wanted,
            ),
        )
        if answer is None:
            note = "The index is being built; nothing can be found yet."
            return Results(query, 0, note=note, order=order, exact=exact)
        self._keep(query, exact, answer.matcher)
        whole = reading.store.whole([article_id for article_id, _ in answer.ids])
        hits = []
        for article_id, score in answer.ids:
            if (article := whole.get(article_id)) is not None:
                snippet, matches = found_in(article, answer.matcher)
                listed = replace(article, paragraphs=())
                factors = answer.factors.get(article_id, ())
                hits.append(Hit(listed, score, snippet, matches, factors))
        return Results(
            query,
            answer.total,
            tuple(hits),
            answer.note,
            answer.corrected,
            as_written(answer.spellings, (hit.snippet for hit in hits)),
            time.perf_counter() - began,
            answer.facets,
            answer.suggestion,
            order,
            exact,
        )

    def place(
        self,
        article_id: str,
        query: str,
        *,
        order: Order = Order.RELEVANCE,
        exact: bool = False,
    ) -> int | None:
        """How many articles stand before one in the answer to a query, as `search` lists it.

        None where it does not answer, or stands below the first 1,000.
        """
        reading = self._opened.reading()
        if reading is None:
            return None
        if not query.strip() and order in (Order.RELEVANCE, Order.NEWEST):
            return reading.store.place_in_list(article_id)
        _, answer = self._opened.asked(
            reading,
            lambda searcher: searcher.search(
                query, PLACED, order=order, exact=exact, namers=self._opened.naming(searcher)
            ),
        )
        ids = [found for found, _ in answer.ids] if answer is not None else []
        return ids.index(article_id) if article_id in ids else None

    def facets(
        self, query: str, *, exact: bool = False
    ) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """What the articles that answer a query have in common, with the number of those that do.

        By `source`, by `month` (as 2024-02, in order of time), and by entities of the types
        `person`, `organisation`, `place`, `group` and `weapon`, the FACET_NAMES most frequent. An
        empty query is answered by all articles. Any of them narrows the query: see
        `index.narrowed`.
        """
        reading = self._opened.reading()
        if reading is None:
            return {}
        reading, found = self._opened.asked(reading, lambda s: self._all(s, query, exact))
        if found is None:
            return {}
        return {**found.facets, **self._opened.names(reading).counts(found.keys, FACET_NAMES)}

    def complete(self, query: str, cursor: int | None = None) -> tuple[Completion, ...]:
        """What may stand where the cursor is, at the end without one; most likely first."""
        from index.fulltext.completion import complete

        store = self._opened.store()
        if store is None:
            return ()
        return complete(query, len(query) if cursor is None else cursor, _Known(store))

    def saved_searches(self, *, counted: bool = True) -> tuple[SavedSearch, ...]:
        """The searches of this collection that were given a name, in the order of their names.

        Each is searched for its counts, unless they are not wanted. Raises ParallaxError when the
        user's data cannot be read.
        """
        return self._searches.saved(counted=counted)

    def saved_search(self, name: str) -> SavedSearch:
        """The saved search of a name, without its counts. Raises ParallaxError for none of it."""
        return self._searches.named(name)

    def save_search(self, name: str, query: str, *, exact: bool = False) -> None:
        """Gives a query a name, in place of one that had it; what it finds now is not new.

        Raises ParallaxError for a name that is empty, too long or not one line, for an empty query,
        and when it cannot be kept.
        """
        self._searches.save(name, query, exact)

    def see_search(self, name: str) -> frozenset[str]:
        """Notes that somebody looked at what a saved search finds, and gives what was new of it.

        Those are the ids of articles; none of them is new any more. Raises ParallaxError when there
        is no search of this name, and when it cannot be kept.
        """
        return self._searches.see(name)

    def forget_search(self, name: str) -> None:
        """Deletes a saved search. Raises ParallaxError when there is none of this name."""
        self._searches.forget(name)

    def history(self) -> tuple[str, ...]:
        """The queries that were used in this collection, the latest first, each once.

        There are none when the user's data cannot be read: saving a search says what is wrong.
        """
        return self._searches.history()

    def remember_query(self, query: str) -> None:
        """Puts a query that was really used, not only typed, on top of the history.

        Of two that were typed in one go, `dro` and `drone`, the longer is kept. Nothing happens
        when it cannot be kept.
        """
        self._searches.remember(query)

    def matches(
        self, article: Article, query: str, *, exact: bool = False
    ) -> Mapping[int | None, tuple[tuple[int, int], ...]]:
        """Where the words of `query` stand in an article, by paragraph (None is the title)."""
        if not query.strip():
            return {}
        matcher = self._matchers.get((query, exact))
        if matcher is None:
            self.search(query, limit=0, exact=exact)
            matcher = self._matchers.get((query, exact))
        if matcher is None:
            return {}
        from index.fulltext import field_of

        stretches: dict[int | None, tuple[tuple[int, int], ...]] = {}
        if found := matcher.find(article.title, "title"):
            stretches[None] = found
        for number, paragraph in enumerate(article.paragraphs):
            if found := matcher.find(paragraph.text, field_of(paragraph)):
                stretches[number] = found
        return stretches

    def related(self, article_id: str, limit: int = 5) -> list[Related]:
        """Other articles on the same event, best first."""
        coverage = self._opened.coverage()
        found = coverage.related(article_id, limit) if coverage else []
        store = self._opened.store()
        listed = store.listed([other for other, _ in found]) if store else {}
        return [Related(listed[other], score) for other, score in found if other in listed]

    def stories(self) -> list[Story]:
        """All articles, grouped by the event they report, largest group first."""
        coverage = self._opened.coverage()
        groups = coverage.stories() if coverage else []
        listed = {article.id: article for article in self.articles()}
        told = [tuple(listed[i] for i in group if i in listed) for group in groups]
        return [Story(articles) for articles in told if articles]

    def entities(self, article_id: str | Sequence[str] | None = None) -> list[Entity]:
        """The entities of one article, of several, or of all, with their spellings merged.

        Most mentions first. `Entity.mentions` holds those of the articles asked for.
        """
        from index.entities import entities_of

        return entities_of(*self._linked(_ids(article_id)))

    def mentions(self, article_id: str) -> list[Mention]:
        """Every mention in an article, title included, in reading order, `entity` filled in."""
        found = _with_entities(*self._linked([article_id]))
        # A title that was corrected a moment ago is recognised by the next update.
        title = self.article(article_id).title if any(m.paragraph is None for m in found) else ""
        return [m for m in found if m.paragraph is not None or title[m.start : m.end] == m.text]

    def compare(self, article_ids: Sequence[str]) -> Comparison:
        """Sets two or more articles against each other, in the order given."""
        from index.compare import compare
        from index.entities import entities_of

        if len(set(article_ids)) < 2:
            raise ParallaxError("give two or more different articles to compare")
        ids = list(dict.fromkeys(article_ids))
        found, links = self._linked(ids)
        mentions: dict[str, list[Mention]] = {i: [] for i in ids}
        for mention in _with_entities(found, links):
            if mention.article is not None:
                mentions[mention.article].append(mention)
        return compare(self._whole(ids), entities_of(found, links), mentions)

    def _everything(
        self, store: Store, query: str, limit: int, offset: int, began: float
    ) -> Results:
        articles = list(store.articles(limit, offset))
        leads = store.leads([a.id for a in articles])
        hits = tuple(Hit(a, 0.0, Snippet(leads.get(a.id, ""))) for a in articles)
        return Results(query, store.count(), hits, seconds=time.perf_counter() - began)

    def _matching(self, query: str, exact: bool) -> NDArray[np.uint64]:
        """The keys of all articles that answer a query: their ids as numbers."""
        import numpy as np

        reading = self._opened.reading()
        if reading is not None:
            _, found = self._opened.asked(reading, lambda s: self._all(s, query, exact))
            if found is not None:
                return found.keys
        return np.empty(0, np.uint64)

    def _all(self, searcher: Searcher, query: str, exact: bool) -> Matching:
        return searcher.matching(query, exact=exact, namers=self._opened.naming(searcher))

    def _keep(self, query: str, exact: bool, matcher: Matcher) -> None:
        with self._lock:
            self._matchers.pop((query, exact), None)
            self._matchers[query, exact] = matcher
            while len(self._matchers) > MATCHERS_KEPT:
                del self._matchers[next(iter(self._matchers))]

    def _whole(self, ids: Sequence[str]) -> list[Article]:
        store = self._opened.store()
        found = store.whole(ids, as_read=True) if store else {}
        for article_id in ids:
            if article_id not in found:
                raise ParallaxError(f"there is no article {article_id!r} in {self.name} any more")
        return self._corrected([found[article_id] for article_id in ids])

    def _corrected(self, articles: list[Article]) -> list[Article]:
        """The articles with the user's corrections, whether the store knows them already or not."""
        try:
            given = self._made.given([p for a in articles for p in (a.locator, *a.copies)])
        except ParallaxError:
            # What is wrong with them is said when one is made, and by every update.
            return articles
        if not given:
            return articles
        return [
            corrected(a, {c.field: c.value for c in given if c.locator in (a.locator, *a.copies)})
            for a in articles
        ]

    def _linked(self, ids: Sequence[str] | None) -> tuple[list[Mention], Links]:
        """The mentions of some articles, or of all, and the entity of each of their names."""
        from index.entities import link

        store = self._opened.store()
        if store is None:
            return [], {}
        mentions = list(store.mentions(ids))
        for article_id in ids or ():
            if not store.is_recognised(article_id):
                mentions += _recognised_at_once(store, article_id)
        links = store.links(ids)
        counts = Counter((m.type, m.name or m.text) for m in mentions)
        if counts.keys() - links.keys():
            # Not all is linked yet: link what these articles have among themselves.
            links = {**link(counts), **links}
        return mentions, links


def _with_entities(mentions: Sequence[Mention], links: Links) -> list[Mention]:
    return [replace(m, entity=links[m.type, m.name or m.text][0]) for m in mentions]


def _recognised_at_once(store: Store, article_id: str) -> list[Mention]:
    from index.entities import recognise_article

    article = store.whole([article_id]).get(article_id)
    if article is None:
        raise ParallaxError(f"there is no article {article_id!r} any more")
    return recognise_article(article) if article.words <= RECOGNISED_AT_ONCE else []


def _ids(given: str | Sequence[str] | None) -> list[str] | None:
    if given is None:
        return None
    return [given] if isinstance(given, str) else list(dict.fromkeys(given))


def _name(paths: Sequence[Path]) -> str:
    first = paths[0].name or str(paths[0])
    return first if len(paths) == 1 else f"{first} and {len(paths) - 1} more"
