"""Library: the one door to a collection of articles.

It joins the rooms (ingest, store, fulltext, entities, compare) and holds no knowledge of its
own. Reading methods may be called from any thread: each thread has its own connection and its
own searcher, since a Whoosh searcher shared by threads gives silently wrong results.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from types import TracebackType

from index.model import (
    Article,
    Comparison,
    Entity,
    Mention,
    ProgressCallback,
    Related,
    Report,
    Results,
    Skipped,
    Status,
    Story,
)


class Library:
    """A collection of articles: what its files say, searchable and comparable.

    Open it with `Library.open` and close it, or use it in a `with` statement.
    """

    name: str
    """What the collection is called on the screen: the name of its folder."""
    paths: tuple[Path, ...]
    """The folders and files it was opened on."""

    @classmethod
    def open(
        cls, paths: Sequence[str | PathLike[str]], cache_dir: str | PathLike[str] | None = None
    ) -> Library:
        """Gives the library of the articles under `paths` (folders or files).

        Nothing is read yet: call `update`, or use what an earlier one stored. `cache_dir`
        defaults to the user's cache directory. Raises ParallaxError for a path that is not there.
        """
        raise NotImplementedError

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
        raise NotImplementedError

    def update(self, progress: ProgressCallback | None = None) -> Report:
        """Reads what is new or changed, forgets what is gone, and says what it did.

        Waits for another process that is updating the same collection.
        """
        raise NotImplementedError

    def status(self) -> Status:
        """Counts what the collection holds now."""
        raise NotImplementedError

    def skipped(self) -> tuple[Skipped, ...]:
        """Every file or row that the last update could not read, with its reason."""
        raise NotImplementedError

    def articles(self) -> Iterator[Article]:
        """Every article without its paragraphs, newest first, undated ones last, then by title."""
        raise NotImplementedError

    def article(self, article_id: str) -> Article:
        """The whole article. Raises ParallaxError when there is none of this id."""
        raise NotImplementedError

    def find(self, reference: str) -> Article:
        """The whole article of a path, an id, or a unique beginning of either.

        A path may be absolute, relative to the working directory, or a bare file name. Raises
        ParallaxError when none or several fit, naming them.
        """
        raise NotImplementedError

    def search(self, query: str, limit: int = 20, offset: int = 0) -> Results:
        """The articles that answer `query`, best first; with an empty query, all of them.

        Never raises for what was typed: a broken query is read as plain words, and
        `Results.note` says so.
        """
        raise NotImplementedError

    def matches(
        self, article: Article, query: str
    ) -> Mapping[int | None, tuple[tuple[int, int], ...]]:
        """Where the words of `query` stand in an article, by paragraph (None is the title)."""
        raise NotImplementedError

    def related(self, article_id: str, limit: int = 5) -> list[Related]:
        """Other articles on the same event, best first."""
        raise NotImplementedError

    def stories(self) -> list[Story]:
        """All articles, grouped by the event they report, largest group first."""
        raise NotImplementedError

    def entities(self, article_id: str | Sequence[str] | None = None) -> list[Entity]:
        """The entities of one article, of several, or of all, with their spellings merged.

        Most mentions first. `Entity.mentions` holds those of the articles asked for.
        """
        raise NotImplementedError

    def mentions(self, article_id: str) -> list[Mention]:
        """Every mention in an article, title included, in reading order, `entity` filled in."""
        raise NotImplementedError

    def compare(self, article_ids: Sequence[str]) -> Comparison:
        """Sets two or more articles against each other, in the order given."""
        raise NotImplementedError
