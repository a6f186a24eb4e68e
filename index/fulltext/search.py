"""Answering a query: which articles, in what order, and what they have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.fulltext import query as language
from index.fulltext.evaluation import Evaluation, Namers
from index.fulltext.explaining import explained
from index.fulltext.matcher import Matcher
from index.fulltext.opening import Abandoned, damage_reported
from index.fulltext.query import Query
from index.fulltext.ranking import Found, everything
from index.fulltext.reading import Collection, Keys, generation
from index.model import Factor, Order

FacetCounts = Mapping[str, tuple[tuple[str, int], ...]]

Result = TypeVar("Result")


@dataclass(frozen=True)
class Answer:
    """What a query found."""

    total: int
    """The number of articles that match, however many `ids` were asked for."""
    ids: tuple[tuple[str, float], ...] = ()
    """The ids of articles with their scores, in the order that was asked for."""
    note: str = ""
    """One line on what was taken in place of what was typed; empty when nothing was."""
    corrected: str | None = None
    """The query as it was understood, when that is not what was typed."""
    suggestion: str | None = None
    """A query that was probably meant in place of this one, and finds more."""
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For each name typed, the other spellings that were searched with it."""
    facets: FacetCounts = field(default_factory=dict)
    """For `source`, the outlets of all matching articles with counts, most frequent first; for
    `month`, their months, as 2024-02, in order of time."""
    matcher: Matcher = field(default_factory=Matcher)
    """Finds in any text what the query looks for."""
    factors: Mapping[str, tuple[Factor, ...]] = field(default_factory=dict)
    """By the id of an article, why it ranks where it does; where that was asked for."""


class Matching(NamedTuple):
    """All articles that answer a query."""

    keys: Keys
    """What stands for their ids (see `index.keys`)."""
    facets: FacetCounts
    """As in `Answer`."""


class Searcher:
    """Answers queries on the index in a folder. Belongs to one thread.

    Raises DamagedIndex when the index can't be opened, or a part of it can't be read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._collection = Collection(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def refresh(self) -> None:
        """Sees what was committed since it was opened or last refreshed."""
        if generation(self._folder) != self._collection.generation:
            self._collection = Collection(self._folder, self._collection)

    def close(self) -> None:
        """Closes the index's files."""
        self._collection.close()

    @property
    def keys(self) -> Keys:
        """The key of every document, deleted ones included (see `index.keys`)."""
        return self._collection.keys

    def search(
        self,
        query: str,
        limit: int,
        offset: int = 0,
        *,
        order: Order = Order.RELEVANCE,
        exact: bool = False,
        explain: bool = False,
        namers: Namers | None = None,
        wanted: Callable[[], bool] | None = None,
    ) -> Answer:
        """Gives the articles that answer a query, from the `offset`th on, at most `limit`.

        Never raises for what was typed; an empty query is answered by all articles. Articles with
        all words of the query come before those with some. Equal ones are newest first. With
        `exact`, words stand for nothing but themselves. `namers` finds the articles that name an
        entity. Raises Abandoned when `wanted` says that the answer is not wanted any more.
        """

        def answer(understood: Query) -> Answer:
            evaluation = Evaluation(
                self._collection, exact=exact, explain=explain, namers=namers, wanted=wanted
            )
            found = self._found(evaluation, understood)
            held = np.flatnonzero(found.held)
            best = held[self._first(found.scores[held], held, offset + max(0, limit), order)]
            best = best[offset:]
            ids = [self._collection.id_of(document) for document in best.tolist()]
            why = explained(self._collection, evaluation.parts, best) if explain else ()
            return Answer(
                total=len(held),
                ids=tuple(zip(ids, found.scores[best].tolist(), strict=True)),
                note=" ".join(dict.fromkeys([*understood.notes, *evaluation.notes])),
                corrected=_corrected(query, understood, evaluation.taken),
                suggestion=_replaced(query, evaluation.meant),
                spellings=evaluation.spellings,
                facets=self._facets(held),
                matcher=Matcher(tuple(evaluation.targets)),
                factors=dict(zip(ids, why, strict=False)),
            )

        return self._reading(query, answer)

    def matching(
        self, query: str, *, exact: bool = False, namers: Namers | None = None
    ) -> Matching:
        """Gives all articles that answer a query, in no order, and what they have in common."""

        def whole(understood: Query) -> Matching:
            evaluation = Evaluation(self._collection, exact=exact, namers=namers)
            held = np.flatnonzero(self._found(evaluation, understood).held)
            return Matching(self._collection.keys[held], self._facets(held))

        return self._reading(query, whole)

    def _facets(self, held: NDArray[Any]) -> FacetCounts:
        return {"source": self._outlets(held), "month": self._months(held)}

    def _reading(self, query: str, result: Callable[[Query], Result]) -> Result:
        """Gives what a query comes to; where it fails, what its plain words come to."""
        try:
            return result(language.parse(query))
        except Abandoned:
            raise
        except Exception:
            note = "This could not be searched as typed; its words were looked for instead."
            with damage_reported(self._folder):
                return result(replace(language.plain(query), notes=(note,)))

    def _found(self, evaluation: Evaluation, understood: Query) -> Found:
        if understood.node is not None:
            return evaluation.run(understood.node)
        # What could not be understood was left out, and a note says so.
        return everything(self._collection, np.ones(self._collection.size, np.bool_))

    def _first(
        self, scores: NDArray[Any], held: NDArray[Any], most: int, order: Order
    ) -> NDArray[Any]:
        """Gives where in `held` the first `most` documents stand, in order."""
        days = self._collection.days
        if order is Order.RELEVANCE:
            rank = -scores
        elif order is Order.NEWEST:
            rank = -days[held]
        elif order is Order.OLDEST:
            rank = np.where(days[held] > 0, days[held], np.iinfo(np.int32).max)
        else:
            rank = self._collection.title_ranks[held]
        chosen = np.arange(len(held))
        if 0 < most < len(held):
            chosen = np.flatnonzero(rank <= np.partition(rank, most - 1)[most - 1])
        documents = held[chosen]
        best = np.lexsort((documents, -days[documents], -scores[chosen], rank[chosen]))
        return chosen[best[:most]]

    def _outlets(self, held: NDArray[Any]) -> tuple[tuple[str, int], ...]:
        names, numbers = self._collection.outlets
        counts = np.bincount(numbers[held] + 1, minlength=len(names) + 1)[1:].tolist()
        present = [(name, n) for name, n in zip(names, counts, strict=True) if n]
        return tuple(sorted(present, key=lambda pair: (-pair[1], pair[0])))

    def _months(self, held: NDArray[Any]) -> tuple[tuple[str, int], ...]:
        months = self._collection.months[held]
        dated = months[months > np.iinfo(np.int32).min]
        if not len(dated):
            return ()
        first = int(dated.min())
        counts = np.bincount(dated - first)
        return tuple(
            (str(np.datetime64(first + month, "M")), int(counts[month]))
            for month in np.flatnonzero(counts).tolist()
        )


def _corrected(query: str, understood: Query, taken: Mapping[str, str]) -> str | None:
    """Gives the query as it was understood, where that is not what was typed."""
    written = language.written(understood.node) if understood.notes else query
    corrected = _replaced(written, taken) or written
    return corrected if corrected and corrected != query else None


def _replaced(query: str, words: Mapping[str, str]) -> str | None:
    """Gives a query with other words in place of some; None where it is the same."""
    replaced = query
    for word, other in words.items():
        pattern = rf"(?<![\w:]){re.escape(word)}(?!\w)"
        replaced = re.sub(pattern, other, replaced, count=1, flags=re.IGNORECASE)
    return replaced if replaced != query else None
