"""Answering a query: the tree of what is looked for, evaluated over the whole collection.

Every part of a query becomes a mask and an array of scores over all documents, and parts are
joined by plain set operations. So nothing depends on the order of evaluation, exclusions are
exact, and the time is bounded by the number of words, not by the number of matches.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.fulltext import query as language
from index.fulltext.analysis import STOP_WORDS, terms
from index.fulltext.expansion import Expansion, expand
from index.fulltext.joining import ARTICLES, joined, parted
from index.fulltext.matcher import Matcher, Target, Word
from index.fulltext.opening import damage_reported
from index.fulltext.query import Best, Dates, Either, Every, Field, Node, Query, Text, Without
from index.fulltext.ranking import Found, Tally, everything, nothing
from index.fulltext.reading import Collection, generation

BARE_NAME_WEIGHT = 0.5
"""What a name without the article counts for that was typed with it (al-Saadi)."""


@dataclass(frozen=True)
class Answer:
    """What a query found."""

    total: int
    """The number of articles that match, however many `ids` were asked for."""
    ids: tuple[tuple[str, float], ...] = ()
    """The ids of articles with their scores, best first."""
    note: str = ""
    """One line on what was taken in place of what was typed; empty when nothing was."""
    corrected: str | None = None
    """The query as it was understood, when that is not what was typed."""
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For each name typed, the other spellings that were searched with it."""
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    """For `source`, the outlets of all matching articles with counts, most frequent first."""
    matcher: Matcher = field(default_factory=Matcher)
    """Finds in any text what the query looks for."""


class Searcher:
    """Answers queries on the index in a folder. Belongs to one thread.

    Raises DamagedIndex when the index can't be opened, or a part of it can't be read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._collection = Collection(folder)

    def refresh(self) -> None:
        """Sees what was committed since it was opened or last refreshed."""
        if generation(self._folder) != self._collection.generation:
            self._collection = Collection(self._folder, self._collection)

    def close(self) -> None:
        """Closes the index's files."""
        self._collection.close()

    def search(self, query: str, limit: int, offset: int = 0) -> Answer:
        """Gives the articles that answer a query, from the `offset`th best, at most `limit`.

        Never raises for what was typed; an empty query has an empty answer. Articles with all
        words of the query come before those with some. Equal ones are newest first.
        """
        understood = language.parse(query)
        try:
            return self._answer(understood, limit, offset)
        except Exception:
            simpler = language.plain(query)
            note = "This could not be searched as typed; its words were looked for instead."
            with damage_reported(self._folder):
                return self._answer(Query(simpler.node, (note,)), limit, offset)

    def _answer(self, query: Query, limit: int, offset: int) -> Answer:
        if query.node is None:
            return Answer(0, note=" ".join(query.notes))
        corrected = language.written(query.node) if query.notes else None
        evaluation = _Evaluation(self._collection, list(query.notes))
        return evaluation.answer(query.node, corrected, limit, offset)


class _Evaluation:
    """One query on one collection."""

    def __init__(self, collection: Collection, notes: list[str]) -> None:
        self._collection = collection
        self._notes = notes
        self._targets: list[Target] = []
        self._spellings: dict[str, tuple[str, ...]] = {}

    def answer(self, node: Node, corrected: str | None, limit: int, offset: int) -> Answer:
        found = self._node(node, marked=True)
        held = np.flatnonzero(found.held)
        scores = found.scores[held]
        if len(held):
            scores = scores + found.whole[held] * (scores.max() + 1)
        best = self._best(held, scores, offset + max(0, limit))[offset:]
        ids = tuple(
            (self._collection.id_of(int(held[at])), float(scores[at])) for at in best.tolist()
        )
        return Answer(
            total=len(held),
            ids=ids,
            note=" ".join(dict.fromkeys(self._notes)),
            corrected=corrected,
            spellings=self._spellings,
            facets={"source": self._outlets(held)},
            matcher=Matcher(tuple(self._targets)),
        )

    def _best(self, held: NDArray[Any], scores: NDArray[Any], most: int) -> NDArray[Any]:
        """Gives where in `held` the best `most` documents stand, best first."""
        chosen = np.arange(len(held))
        if 0 < most < len(held):
            least = np.partition(scores, len(held) - most)[len(held) - most]
            chosen = np.flatnonzero(scores >= least)
        days = self._collection.days[held[chosen]]
        order = np.lexsort((held[chosen], -days, -scores[chosen]))
        return chosen[order[:most]]

    def _outlets(self, held: NDArray[Any]) -> tuple[tuple[str, int], ...]:
        names, numbers = self._collection.outlets
        counts = np.bincount(numbers[held] + 1, minlength=len(names) + 1)[1:].tolist()
        present = [(name, n) for name, n in zip(names, counts, strict=True) if n]
        return tuple(sorted(present, key=lambda pair: (-pair[1], pair[0])))

    def _node(self, node: Node, marked: bool) -> Found:
        """Evaluates a part of the query; what is `marked` is shown as a match."""
        match node:
            case Text(field=Field.SOURCE):
                return self._source(node)
            case Text(exact=False, field=Field.TEXT):
                return self._texts([node], marked)[0]
            case Text():
                return self._text(node, marked)
            case Dates():
                return self._dates(node)
            case Without():
                inner = self._node(node.part, marked=False)
                return everything(self._collection, ~inner.held)
            case Every():
                return _every([self._node(part, marked) for part in node.parts])
            case Either():
                return _either([self._node(part, marked) for part in node.parts])
            case Best():
                return self._best_match(node, marked)

    def _best_match(self, node: Best, marked: bool) -> Found:
        """Words are wished for; phrases, fields, dates and exclusions are required."""
        required = [part for part in node.parts if _required(part)]
        wished = [part for part in node.parts if not _required(part)]
        telling = [part for part in wished if not _is_stop_word(part)]
        if telling or any(isinstance(part, Text) for part in required):
            wished = telling
        parts = [self._node(part, marked) for part in required]
        if wished:
            texts = [part for part in wished if isinstance(part, Text)]
            some = self._texts(texts, marked)
            some += [self._node(part, marked) for part in wished if not isinstance(part, Text)]
            whole = np.logical_and.reduce([part.whole for part in some])
            parts.append(_either(some)._replace(whole=whole))
        return _every(parts) if parts else nothing(self._collection)

    def _texts(self, nodes: list[Text], marked: bool) -> list[Found]:
        """Evaluates words typed one after the other, which may be parts of one name."""
        words = [word for node in nodes for word in node.words]
        names = iter(joined(self._collection, words))
        found = []
        for node in nodes:
            also: dict[str, float] = {}
            for _ in node.words:
                also |= next(names)
            found.append(self._text(node, marked, also))
        return found

    def _text(self, node: Text, marked: bool, also: Mapping[str, float] | None = None) -> Found:
        """Evaluates words that follow one another; any of `also` counts as well as they do."""
        families = [self._family(node, place, begin=marked) for place in range(len(node.words))]
        if any(family.begun for family in families):
            self._notes.append(f"No article has “{node.typed}”; showing words that begin with it.")
        phrases = [[family.words for family in families]]
        words = [tuple(family.as_word() for family in families)]
        if len(families) == 2 and not node.exact and node.words[0] in ARTICLES:
            bare = families[1].words
            also = {word: BARE_NAME_WEIGHT * bare[word] for word in bare} | dict(also or {})
        if also:
            words.append((Word(frozenset(also)),))
        tally = Tally(self._collection, title_only=node.field is Field.TITLE)
        if (
            len(families) == 1
            and not node.exact
            and not any(self._collection.occurs(word) for word in families[0].words)
        ):
            phrases += parted(self._collection, node.words[0])
            words += [tuple(Word(frozenset(family)) for family in p) for p in phrases[1:]]
        for phrase in phrases:
            if len(phrase) == 1:
                tally.add_words(phrase[0])
            else:
                tally.add_phrase(phrase)
        tally.add_words(also or {})
        found, idf = tally.found()
        if marked:
            self._targets += [Target(target, idf) for target in words]
            for family in families:
                if family.spellings:
                    self._spellings[family.typed] = family.spellings
        return found

    def _family(self, node: Text, place: int, begin: bool) -> Expansion:
        last = place == len(node.words) - 1
        return expand(
            self._collection,
            node.words[place],
            exact=node.exact,
            prefix=node.prefix and last,
            begin=begin and last,
        )

    def _source(self, node: Text) -> Found:
        """Outlets whose name has the words, in order; the last may be begun, as one types."""
        names, numbers = self._collection.outlets
        words = list(node.words)
        split = [terms(name) for name in names]
        fits = [_contains(parts, words, begun=node.prefix) for parts in split]
        if not any(fits) and not node.exact:
            fits = [_contains(parts, words, begun=True) for parts in split]
        chosen = np.array([*fits, False], np.bool_)
        if not chosen.any():
            self._notes.append(f"No article names “{node.typed}” as its source.")
        return everything(self._collection, chosen[numbers])

    def _dates(self, node: Dates) -> Found:
        days = self._collection.days
        held = days > 0
        if node.first is not None:
            held &= days >= node.first
        if node.last is not None:
            held &= days < node.last
        return everything(self._collection, held)


def _contains(parts: list[str], words: list[str], begun: bool) -> bool:
    """Tells whether words follow one another in a name; with `begun`, the last may be longer."""
    size = len(words)
    for at in range(len(parts) - size + 1):
        here = parts[at : at + size]
        if here == words or (begun and here[:-1] == words[:-1] and here[-1].startswith(words[-1])):
            return True
    return False


def _required(node: Node) -> bool:
    match node:
        case Text():
            return node.exact or node.field is not Field.TEXT
        case Dates() | Without():
            return True
        case Every() | Either():
            return all(_required(part) for part in node.parts)
        case Best():
            return False


def _is_stop_word(node: Node) -> bool:
    return isinstance(node, Text) and STOP_WORDS.issuperset(node.words)


def _every(parts: list[Found]) -> Found:
    return Found(
        np.logical_and.reduce([part.held for part in parts]),
        np.logical_and.reduce([part.whole for part in parts]),
        _sum(parts),
    )


def _either(parts: list[Found]) -> Found:
    return Found(
        np.logical_or.reduce([part.held for part in parts]),
        np.logical_or.reduce([part.whole for part in parts]),
        _sum(parts),
    )


def _sum(parts: list[Found]) -> NDArray[Any]:
    scores = parts[0].scores
    for part in parts[1:]:
        scores = scores + part.scores
    return scores
