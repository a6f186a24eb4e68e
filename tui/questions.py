"""What the library screen asks the library; `tui.answers` has the messages that bring answers.

Every question is answered in a thread, so that the screen never waits: searches in one thread
of their own, all else in another. A question makes an unanswered one of its kind void, and
answers about a list carry the generation of the query they belong to.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from textual.dom import DOMNode
from textual.message import Message
from textual.worker import WorkType

from index import Article, Hit, Library, Order, ParagraphKind, ParallaxError, Results, Snippet
from tui.answers import (
    ArticleRead,
    BestRelatedFound,
    Counted,
    FacetsFound,
    Found,
    MonthsFound,
    Opened,
    PageFound,
    Prepared,
    RelatedFound,
    SkippedListed,
)
from tui.widgets.results import PAGE

AROUND = 9
"""Rows on either side of the cursor that are asked for with it: what most screens show."""
OPENING = 240
"""Characters of an article's opening, shown where there is no query to quote for."""
RELATED = 20
"""Related articles listed."""
MARKED_WORDS = 50_000
"""Words of the longest article whose preview is marked: a tenth of a second's work."""

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


@dataclass
class Failed(Message):
    """A question could not be answered; `line` says why."""

    line: str


@dataclass(frozen=True, slots=True)
class Search:
    """A query, how it is to be answered, and whether anybody still waits for the answer."""

    query: str
    order: Order
    exact: bool
    wanted: Callable[[], bool]

    def ask(self, library: Library, limit: int, offset: int = 0) -> Results:
        """A stretch of the answer. Raises ParallaxError where it is given up."""
        return library.search(
            self.query, limit, offset, order=self.order, exact=self.exact, wanted=self.wanted
        )


async def ask(
    threads: Executor,
    question: Callable[Given, Answer],
    *args: Given.args,
    **kwargs: Given.kwargs,
) -> Answer:
    """Gives the answer of a library call made in a thread.

    Raises ParallaxError, in one line, whatever goes wrong: a cache that was damaged under the
    reader's feet may fail in any way, and must not end the reader.
    """
    loop = asyncio.get_running_loop()
    try:
        return await loop.run_in_executor(threads, lambda: question(*args, **kwargs))
    except ParallaxError:
        raise
    except Exception as error:
        kind = type(error).__name__
        raise ParallaxError(f"the collection could not be read ({kind}: {error})") from error


def answer_in_thread(node: DOMNode, group: str, question: Callable[[], Message]) -> None:
    """Has a question answered in a thread; its answer is a message to `node`.

    A question makes an earlier one of its group void. What goes wrong is answered by Failed.
    """

    def answer() -> None:
        try:
            node.post_message(question())
        except ParallaxError as error:
            node.post_message(Failed(str(error)))
        except (OSError, sqlite3.Error) as error:
            node.post_message(Failed(f"the collection's cache cannot be read: {error}"))

    node.run_worker(answer, group=group, exclusive=True, thread=True)


class Questions:
    """The questions of one screen. Their workers touch no widget: they post to the screen."""

    def __init__(self, screen: DOMNode, searching: Executor, reading: Executor) -> None:
        self._screen = screen
        self._searching = searching
        self._reading = reading
        self._library: Library | None = None
        self.generation = 0
        """Counts the lists begun; an answer of an older one is out of date."""
        self.order = Order.RELEVANCE
        """In what order the lists are that are asked for from now on."""
        self.exact = False
        """Whether only what was typed is looked for from now on."""

    def open(self, paths: Sequence[Path], cache_dir: Path | None) -> None:
        """Opens the collection; answered by Opened."""

        def opened(library: Library) -> Message:
            self._library = library
            return Opened(library)

        self._ask("open", self._searching, opened, Library.open, paths, cache_dir)

    def begin(self) -> None:
        """Makes every answer about the list that is there void."""
        self.generation += 1

    def look(self, query: str, article: str | None = None) -> None:
        """Begins a list: the answer to `query`, around an article if there is one."""
        self.begin()
        self._look("search", self._searching, query, article, 0, stay=False)

    def prepare(self) -> None:
        """Has the search engine loaded before somebody types; answered by Prepared."""
        self._ask("prepare", self._searching, lambda _: Prepared(), prepare, self._library)

    def look_again(self, query: str, article: str | None, row: int) -> None:
        """Renews the list that is there, around the article on its `row`."""
        self._look("renewal", self._reading, query, article, row, stay=True)

    def _look(
        self,
        group: str,
        threads: Executor,
        query: str,
        article: str | None,
        row: int,
        *,
        stay: bool,
    ) -> None:
        number, search = self.generation, self._search(query)
        self._ask(
            group,
            threads,
            lambda found: Found(number, found[0], found[1], found[2], stay, row),
            lambda library: listing(library, search, article, row),
            self._library,
            wanted=search.wanted,
        )

    def page(self, query: str, offset: int) -> None:
        """Asks for more of the list; answered by PageFound."""
        number, search = self.generation, self._search(query)
        self._ask(
            f"page {offset}",
            self._searching,
            lambda found: PageFound(number, offset, found),
            lambda library: search.ask(library, PAGE, offset),
            self._library,
            wanted=search.wanted,
        )

    def facets(self, query: str) -> None:
        """Asks what the articles of the list have in common; answered by FacetsFound."""
        number, search = self.generation, self._search(query)
        self._ask(
            "facets",
            self._searching,
            lambda facets: FacetsFound(number, facets),
            # They are counted for as long as nobody waits for another list.
            lambda library: library.facets(query, exact=search.exact) if search.wanted() else {},
            self._library,
            wanted=search.wanted,
        )

    def months(self) -> None:
        """Asks when all articles were published; answered by MonthsFound."""
        number = self.generation
        # Listed as they are stored they are not counted; in another order they are.
        search = replace(self._search(""), order=Order.OLDEST)
        self._ask(
            "months",
            self._searching,
            lambda found: MonthsFound(number, found),
            lambda library: search.ask(library, 0),
            self._library,
            wanted=search.wanted,
        )

    def _search(self, query: str) -> Search:
        number = self.generation
        return Search(query, self.order, self.exact, lambda: number == self.generation)

    def related(self, article: Article) -> None:
        """Asks for the articles on the same event; answered by RelatedFound."""
        number = self.generation
        self._ask(
            "related",
            self._reading,
            lambda hits: RelatedFound(number, article, hits),
            related,
            self._library,
            article.id,
        )

    def best_related(self, article: Article) -> None:
        """Asks for the article most like this one; answered by BestRelatedFound."""
        self._ask(
            "related",
            self._reading,
            lambda found: BestRelatedFound(article, found[0].article.id if found else None),
            lambda library: library.related(article.id, 1),
            self._library,
        )

    def read(self, article_id: str, query: str) -> None:
        """Asks for an article to show; answered by ArticleRead."""
        self._ask(
            "read",
            self._reading,
            lambda found: found,
            read,
            self._library,
            article_id,
            query,
            self.exact,
        )

    def count(self) -> None:
        """Asks what the collection holds; answered by Counted."""
        self._ask("count", self._reading, Counted, lambda library: library.status(), self._library)

    def skipped(self) -> None:
        """Asks for the files that could not be read; answered by SkippedListed."""
        self._ask(
            "skipped",
            self._reading,
            SkippedListed,
            lambda library: library.skipped(),
            self._library,
        )

    def _ask(
        self,
        group: str,
        threads: Executor,
        message: Callable[[Any], Message],
        question: Callable[..., Any],
        *args: Any,
        wanted: Callable[[], bool] | None = None,
    ) -> None:
        async def answer() -> None:
            try:
                found = await ask(threads, question, *args)
            except ParallaxError as error:
                # What nobody waits for any more may fail, above all by being given up.
                if wanted is None or wanted():
                    self._screen.post_message(Failed(str(error)))
            else:
                self._screen.post_message(message(found))

        if group == "open" or self._library is not None:
            work: WorkType[None] = answer
            self._screen.run_worker(work, group=group, exclusive=True)


def prepare(library: Library) -> None:
    """Loads the search engine and opens the index; the answer itself is not wanted."""
    library.search("parallax", limit=0)


def listing(
    library: Library, search: Search, article_id: str | None = None, near: int = 0
) -> tuple[Results, int, int]:
    """The part of a query's answer around an article, or around row `near` without it.

    Gives the results, the row of the first of them, and the row the cursor belongs on.
    """
    row = near
    if article_id is not None:
        place = library.place(article_id, search.query, order=search.order, exact=search.exact)
        row = near if place is None else place
    offset = max(0, row - AROUND) // PAGE * PAGE
    until = (row + AROUND) // PAGE * PAGE + PAGE
    results = search.ask(library, until - offset, offset)
    if offset and not results.hits:
        return search.ask(library, PAGE), 0, 0
    return results, offset, row


def related(library: Library, article_id: str) -> tuple[Hit, ...]:
    """The articles on the same event, best first, each with its opening words."""
    found = library.related(article_id, RELATED)
    return tuple(
        Hit(other.article, other.score, _opening(library.article(other.article.id)))
        for other in found
    )


def _opening(article: Article) -> Snippet:
    body = (p.text for p in article.paragraphs if p.kind is ParagraphKind.BODY)
    return Snippet(" ".join(islice(body, 3))[:OPENING])


def read(library: Library, article_id: str, query: str, exact: bool) -> ArticleRead:
    """An article, the mentions in it, and where the words of the query stand in it.

    A very long one is not marked: that would take longer than its preview is looked at.
    """
    article = library.article(article_id)
    if article.words > MARKED_WORDS:
        return ArticleRead(article, (), {})
    matches = library.matches(article, query, exact=exact)
    return ArticleRead(article, library.mentions(article_id), matches)
