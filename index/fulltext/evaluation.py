"""Evaluating the tree of a query over a whole collection.

Every part of a query becomes a mask and an array of scores over all documents, and parts are
joined by plain set operations. So nothing depends on the order of evaluation, exclusions are
exact, and the time is bounded by the number of words, not by the number of matches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.fulltext.analysis import STOP_WORDS, terms
from index.fulltext.expansion import Expansion, Instead, expand, meant
from index.fulltext.explaining import Part, part_of
from index.fulltext.joining import ARTICLES, joined, parted
from index.fulltext.matcher import Target, Word
from index.fulltext.opening import Abandoned
from index.fulltext.phrases import Family
from index.fulltext.ranking import Found, Tally, everything, nothing, weighed
from index.fulltext.reading import Collection
from index.fulltext.schema import TEXT_FIELDS
from index.fulltext.tree import (
    Best,
    Dates,
    Either,
    Every,
    Field,
    Named,
    Node,
    Text,
    Without,
)

BARE_NAME_WEIGHT = 0.5
"""What a name without the article counts for that was typed with it (al-Saadi)."""
PART_WEIGHT = 0.6
"""What the parts of a compound count for in its place."""
SEARCHED: Mapping[Field, tuple[str, ...]] = {
    Field.TEXT: TEXT_FIELDS,
    Field.TITLE: ("title",),
    Field.BODY: ("body",),
    Field.FURNITURE: ("furniture",),
    Field.AUTHOR: ("author",),
}
"""The fields of the index in which a word is looked for."""

Namers = Callable[[str, Sequence[Mapping[str, float]]], NDArray[np.float32]]
"""Gives, for a kind of entity and the words of its name, each with its other spellings, how often
each document names it."""


class Evaluation:
    """One query on one collection, and what is learnt from it."""

    def __init__(
        self,
        collection: Collection,
        *,
        exact: bool = False,
        explain: bool = False,
        namers: Namers | None = None,
        wanted: Callable[[], bool] | None = None,
    ) -> None:
        self._collection = collection
        self._explain = explain
        self._exact = exact
        self._namers = namers
        self._wanted = wanted
        self.notes: list[str] = []
        """What was taken in place of what was typed."""
        self.targets: list[Target] = []
        """What is shown as a match."""
        self.spellings: dict[str, tuple[str, ...]] = {}
        """For each name typed, the other spellings that were looked for with it."""
        self.taken: dict[str, str] = {}
        """For each word that no article has, the one that was looked for in its place."""
        self.meant: dict[str, str] = {}
        """For each word that hardly any article has, the one that was probably meant."""
        self.parts: list[Part] = []
        """What the scores are made of, where that is to be explained."""

    def run(self, node: Node) -> Found:
        """Gives the documents that answer. Raises Abandoned when that is not wanted any more."""
        # A single word is a best match too: those that only have it in furniture come last.
        return self._best_match(node if isinstance(node, Best) else Best((node,)), marked=True)

    def _node(self, node: Node, marked: bool) -> Found:
        """Evaluates a part of the query; what is `marked` is shown as a match."""
        if self._wanted is not None and not self._wanted():
            raise Abandoned
        match node:
            case Text(field=Field.SOURCE):
                return self._source(node)
            case Text(exact=False, field=Field.TEXT):
                return self._texts([node], marked)[0]
            case Text():
                return self._text(node, marked)
            case Named():
                return self._named(node, marked)
            case Dates():
                return self._dates(node)
            case Without():
                return everything(self._collection, ~self._node(node.part, marked=False).held)
            case Every():
                return _every([self._node(part, marked) for part in node.parts])
            case Either():
                return _either([self._node(part, marked) for part in node.parts])
            case Best():
                return self._best_match(node, marked)

    def _best_match(self, node: Best, marked: bool) -> Found:
        """Words are wished for; phrases, fields, dates and exclusions are required.

        An article with all words gets more for that than any without can have, so it comes first;
        and as much again when it has all names as they were typed, not under another spelling.
        """
        required = [part for part in node.parts if is_required(part)]
        wished = [part for part in node.parts if not is_required(part)]
        telling = [part for part in wished if not is_stop_word(part)]
        if telling or any(isinstance(part, Text) for part in required):
            wished = telling
        parts = [self._node(part, marked) for part in required]
        if wished:
            texts = [part for part in wished if isinstance(part, Text)]
            some = self._texts(texts, marked)
            some += [self._node(part, marked) for part in wished if not isinstance(part, Text)]
            preferred, bonuses = _preferring_whole(some)
            parts.append(preferred)
            if self._explain and marked:
                self.parts += [Part(what, scores) for what, scores in bonuses.items()]
        return _every(parts) if parts else nothing(self._collection)

    def _texts(self, nodes: list[Text], marked: bool) -> list[Found]:
        """Evaluates words typed one after the other, which may be parts of one name."""
        if self._exact:
            return [self._text(node, marked) for node in nodes]
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
        if self._wanted is not None and not self._wanted():
            raise Abandoned
        expansions = [self._expansion(node, place, marked) for place in range(len(node.words))]
        families = [expansion.family() for expansion in expansions]
        phrases: list[Sequence[Family]] = [families]
        words = [tuple(expansion.as_word() for expansion in expansions)]
        exact = node.exact or self._exact
        if len(families) == 2 and not exact and node.words[0] in ARTICLES:
            bare = families[1].words
            also = {word: BARE_NAME_WEIGHT * bare[word] for word in bare} | dict(also or {})
        if also:
            words.append((Word(frozenset(also)),))
        if len(families) == 1 and not exact and not self._occurs(families[0]):
            parts = parted(self._collection, node.words[0])
            phrases += parts
            words += [tuple(Word(frozenset(family.words)) for family in p) for p in parts]
        if also:
            phrases.append([Family(also)])
        fields = SEARCHED[node.field]
        tally = Tally(self._collection, fields)
        for phrase in phrases:
            tally.add(phrase, node.near)
        found = tally.found()
        if len(families) > 1 and not exact:
            found = self._or_parts(found, node, families, fields)
        if any(expansion.spellings for expansion in expansions):
            found = found._replace(typed=found.whole & self._typed(node, expansions, fields))
        if marked:
            self.targets += [Target(target, found.most, fields, node.near) for target in words]
            self._learn(node, expansions)
            if self._explain:
                self.parts.append(part_of(node.typed, found, phrases, node.near, fields))
        return found

    def _typed(
        self, node: Text, expansions: Sequence[Expansion], fields: Sequence[str]
    ) -> NDArray[np.bool_]:
        """Tells which documents have the words as typed, with no name under another spelling."""
        tally = Tally(self._collection, fields)
        tally.add([Family(each.as_typed(), each.prefix) for each in expansions], node.near)
        return tally.counts > 0

    def _or_parts(
        self, found: Found, node: Text, families: Sequence[Family], fields: Sequence[str]
    ) -> Found:
        """Weighs a compound (peace-keeping) by its parts where these are worth more.

        Which articles answer stays as it is. The better of two readings of one thing is CombMAX
        (E. Fox and J. Shaw, "Combination of multiple searches", TREC-2, 1994).
        """
        parts = []
        for word, family in zip(node.words, families, strict=True):
            if len(word) > 1 and not word.isdigit() and word not in STOP_WORDS | ARTICLES:
                tally = Tally(self._collection, fields)
                tally.add([family])
                parts.append(tally.found())
        if not parts:
            return found
        scores, most = _sum(parts)
        return found._replace(
            scores=np.maximum(found.scores, np.float32(PART_WEIGHT) * scores),
            most=max(found.most, PART_WEIGHT * most),
        )

    def _occurs(self, family: Family) -> bool:
        return bool(family.prefix) or any(map(self._collection.occurs, family.words))

    def _expansion(self, node: Text, place: int, marked: bool) -> Expansion:
        last = place == len(node.words) - 1
        return expand(
            self._collection,
            node.words[place],
            exact=node.exact or self._exact,
            prefix=node.prefix and last,
            edits=node.edits,
            begin=marked and last and node.field not in (Field.AUTHOR, Field.FURNITURE),
        )

    def _learn(self, node: Text, expansions: Sequence[Expansion]) -> None:
        """Notes what was looked for beside, or in place of, what was typed."""
        for expansion in expansions:
            typed = expansion.typed
            if expansion.spellings:
                self.spellings[typed] = expansion.spellings
            if expansion.instead is Instead.BEGUN:
                self.notes.append(
                    f"No article has “{node.typed}”; showing words that begin with it."
                )
            elif expansion.instead is Instead.NEAR:
                first, *others = expansion.words
                self.taken[typed] = first
                shown = " or ".join(f"“{word}”" for word in (first, *others))
                self.notes.append(f"No article has “{typed}”; showing {shown}.")
            elif self._is_plain(node) and not expansion.spellings:
                better = meant(self._collection, typed)
                if better is not None:
                    self.meant[typed] = better

    def _is_plain(self, node: Text) -> bool:
        return not (node.exact or self._exact or node.prefix or node.edits or node.field)

    def _named(self, node: Named, marked: bool) -> Found:
        """Evaluates an entity, by how often each article names it."""
        families = [
            expand(self._collection, word, exact=self._exact, begin=False) for word in node.words
        ]
        if self._namers is None:
            return nothing(self._collection)
        counts = self._namers(node.kind, [family.words for family in families])
        found = weighed(self._collection, counts, counts > 0)
        if not found.held.any():
            what = node.kind or "person, organisation, place, group or weapon"
            self.notes.append(f"No article names a {what} “{node.typed}”.")
        if marked:
            target = tuple(family.as_word() for family in families)
            self.targets.append(Target(target, found.most))
            if self._explain:
                self.parts.append(part_of(node.typed, found))
        return found

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
            self.notes.append(f"No article names “{node.typed}” as its source.")
        return everything(self._collection, chosen[numbers])

    def _dates(self, node: Dates) -> Found:
        days = self._collection.days
        held = days > 0
        if node.first is not None:
            held &= days >= node.first
        if node.last is not None:
            held &= days < node.last
        return everything(self._collection, held)


def is_required(node: Node) -> bool:
    """Tells whether only articles that answer a part of a query are wanted."""
    match node:
        case Text():
            return node.exact or node.field is not Field.TEXT
        case Named() | Dates() | Without():
            return True
        case Every() | Either():
            return all(is_required(part) for part in node.parts)
        case Best():
            return False


def is_stop_word(node: Node) -> bool:
    """Tells whether a part of a query is a word that carries no subject."""
    return isinstance(node, Text) and STOP_WORDS.issuperset(node.words)


def _contains(parts: list[str], words: list[str], begun: bool) -> bool:
    """Tells whether words follow one another in a name; with `begun`, the last may be longer."""
    size = len(words)
    for at in range(len(parts) - size + 1):
        here = parts[at : at + size]
        if here == words or (begun and here[:-1] == words[:-1] and here[-1].startswith(words[-1])):
            return True
    return False


def _preferring_whole(parts: list[Found]) -> tuple[Found, dict[str, NDArray[np.float32]]]:
    """Gives what has any of the parts, and what is added for having all of them.

    What has all gets more than any other can have, and as much again for having all as typed.
    """
    some = _either(parts)
    whole = _all([part.whole for part in parts])
    bonuses = {"all words": whole.astype(np.float32) * np.float32(some.most)}
    if any(part.typed is not None for part in parts):
        typed = _all([part.whole if part.typed is None else part.typed for part in parts])
        bonuses["as typed"] = typed.astype(np.float32) * np.float32(some.most)
    scores = some.scores
    for bonus in bonuses.values():
        scores = scores + bonus
    return Found(some.held, whole, scores, some.most * (1 + len(bonuses))), bonuses


def _every(parts: list[Found]) -> Found:
    return Found(
        _all([part.held for part in parts]), _all([part.whole for part in parts]), *_sum(parts)
    )


def _either(parts: list[Found]) -> Found:
    return Found(
        _any([part.held for part in parts]), _any([part.whole for part in parts]), *_sum(parts)
    )


def _all(masks: Sequence[NDArray[Any]]) -> NDArray[np.bool_]:
    return np.logical_and.reduce(masks) if len(masks) > 1 else masks[0]


def _any(masks: Sequence[NDArray[Any]]) -> NDArray[np.bool_]:
    return np.logical_or.reduce(masks) if len(masks) > 1 else masks[0]


def _sum(parts: list[Found]) -> tuple[NDArray[np.float32], float]:
    scores = parts[0].scores
    for part in parts[1:]:
        scores = scores + part.scores
    return scores, sum(part.most for part in parts)
