"""Which articles name whom: what search asks of entities, in memory for a whole collection.

For each article it holds the entities that it names and how often: a few bytes a name, so that
articles are found by whom they name, and entities counted over any articles, within milliseconds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.fulltext.analysis import terms
from index.model import EntityType
from index.store import NAMED, TYPE_BITS, TYPES, Store

ARTICLES = frozenset({"al", "el", "ul", "the"})
"""Words by which no name is told from another."""

_PAIR = np.dtype([("name", "<u4"), ("times", "<u2")])
"""How the store packs a name and how often it is mentioned."""
_TIMES_BITS = 16
_MOST_TIMES = (1 << _TIMES_BITS) - 1
_NUMBER_BITS = 32 - TYPE_BITS

Keys = NDArray[np.uint64]
"""Articles by the numbers that their ids are, read as hexadecimal."""
Counts = Mapping[str, tuple[tuple[str, int], ...]]
"""By type, entities' names with a number of articles."""

_Columns = tuple[Keys, NDArray[np.int32], NDArray[np.uint32], NDArray[np.uint16]]


def words_of(name: str) -> list[str]:
    """Gives the words by which a name is looked up, each once, as search folds them."""
    words = list(dict.fromkeys(terms(name)))
    return [word for word in words if word not in ARTICLES] or words


def entities_like(
    store: Store, typed: str, kind: str, limit: int
) -> list[tuple[str, EntityType, int]]:
    """Gives (name, type, articles) of the entities whose name `typed` may be the beginning of.

    Its words may stand anywhere in the name, under any spelling; the last may be begun. `kind` is
    a type, or empty for all. Most articles first; 0 where names are not linked yet.
    """
    words = terms(typed)
    told = [word for word in words[:-1] if word not in ARTICLES]
    return store.entities_like(told + words[-1:], kind, limit)


@dataclass(frozen=True, eq=False)
class Naming:
    """The entities that every article names, as they were stored at one moment.

    Articles are in the order in which they were recognised. An entity has the number that the
    store knows it by.
    """

    state: str
    """What the store called its names when they were read: see `Store.names_state`."""
    last: int
    """The turn of the last article."""
    keys: Keys
    sizes: NDArray[np.int32]
    """How many entities each article names."""
    entities: NDArray[np.uint32]
    """Article after article, the entities that it names, each once."""
    times: NDArray[np.uint16]
    """How often it does."""
    entity_of: NDArray[np.uint32]
    """The entity of every name, by number."""
    types: NDArray[np.uint8]
    """The place of the type of every entity among `TYPES`, by number."""

    @classmethod
    def load(cls, store: Store, before: Naming | None = None) -> Naming:
        """Reads what the store has: of what it had `before`, only where that is not the same still.

        While articles are only added that is what they name and nothing else; where nothing
        changed it gives `before` itself.
        """
        with store.snapshot():
            state, last = store.names_state(), store.last_named()
            if before is None or before.state != state:
                before = _nothing(store, state)
            if before.last == last:
                return before
            size = store.last_name() + 1
            entity_of, types = _entities(before.entity_of, size), _types(before.types, size)
            parts: list[_Columns] = [(before.keys, before.sizes, before.entities, before.times)]
            turn = before.last
            while rows := store.named(turn):
                turn = rows[-1][0]
                parts.append(_part(rows, entity_of, types))
        keys, sizes, entities, times = map(np.concatenate, zip(*parts, strict=True))
        return cls(state, turn, keys, sizes, entities, times, entity_of, types)

    def rows_of(self, keys: Keys) -> NDArray[np.intp]:
        """Gives the row of every article; of one that is not recognised yet, the number of rows."""
        order, sorted_keys = self._by_key
        # Looking keys up in order is several times as fast as looking them up as they come.
        asked = np.argsort(keys)
        places = np.searchsorted(sorted_keys[:-1], keys[asked])
        rows = np.empty(len(keys), np.intp)
        rows[asked] = np.where(sorted_keys[places] == keys[asked], order[places], len(self.keys))
        return rows

    @cached_property
    def _by_key(self) -> tuple[NDArray[np.intp], Keys]:
        """The rows in the order of their keys, and these; after the last, one that is no key."""
        order = np.argsort(self.keys)
        no_key = np.uint64(np.iinfo(np.uint64).max)
        return np.append(order, len(order)), np.append(self.keys[order], no_key)

    def mentions(self, entities: Collection[int]) -> NDArray[np.float32]:
        """Gives how often each article mentions any of some entities, by row; then one 0."""
        chosen = np.zeros(len(self.types), np.bool_)
        chosen[list(entities)] = True
        places = np.flatnonzero(chosen.take(self.entities))
        rows = np.searchsorted(self._ends, places, side="right")
        found = np.bincount(rows, self.times[places], len(self.keys) + 1)
        return found.astype(np.float32)

    @cached_property
    def _ends(self) -> NDArray[np.int64]:
        return np.cumsum(self.sizes)

    def articles(self, rows: NDArray[np.intp]) -> NDArray[np.int64]:
        """Gives how many of the articles of some rows, each given once, name each entity."""
        chosen = np.zeros(len(self.keys) + 1, np.bool_)
        chosen[rows] = True
        chosen = chosen[:-1]
        if 2 * len(rows) > len(chosen):
            # Of most of them, all without the others are counted sooner.
            return self._all_articles - self._count(~chosen)
        return self._count(chosen)

    def _count(self, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        named = self.entities[np.repeat(chosen, self.sizes)]
        return np.bincount(named, minlength=len(self.types))

    @cached_property
    def _all_articles(self) -> NDArray[np.int64]:
        return np.bincount(self.entities, minlength=len(self.types))

    @cached_property
    def of_type(self) -> Mapping[EntityType, NDArray[np.intp]]:
        """The numbers of the entities of each type."""
        return {kind: np.flatnonzero(self.types == TYPES.index(kind)) for kind in NAMED}


class Names:
    """Whom articles name, for one thread: its own store, and a `Naming` that all may share."""

    def __init__(self, store: Store, naming: Naming) -> None:
        self.naming = naming
        self._store = store
        self._keys: Keys | None = None
        self._rows: NDArray[np.intp] = np.zeros(0, np.intp)

    def mentions(
        self, kind: str, words: Sequence[Collection[str]], keys: Keys
    ) -> NDArray[np.float32]:
        """Gives how often each article mentions an entity, in the order of `keys`.

        It is any entity of a type, or of any when `kind` is empty, that has a name with one of
        each of `words`, in any order: a word and its other spellings. Where some have a name of
        these words and no others, it is one of those. The same array of keys is cheaper to give
        again than another.
        """
        if self._keys is not keys:
            self._keys, self._rows = keys, self.naming.rows_of(keys)
        return self.naming.mentions(self._named(kind, words))[self._rows]

    def counts(self, keys: Keys, most: int) -> Counts:
        """Gives the entities that most of some articles name, at most `most` of each type.

        By type, their names with the number of the articles, most first.
        """
        counts = self.naming.articles(self.naming.rows_of(keys))
        best = {
            kind: entities[_largest(counts[entities], most)]
            for kind, entities in self.naming.of_type.items()
        }
        called = self._store.entity_names(np.concatenate(list(best.values())).tolist())
        return {
            kind.value: tuple(
                sorted(
                    ((called[e], int(counts[e])) for e in entities.tolist() if e in called),
                    key=lambda pair: (-pair[1], pair[0]),
                )
            )
            for kind, entities in best.items()
        }

    def _named(self, kind: str, words: Sequence[Collection[str]]) -> set[int]:
        """The entities that have a name with a word of each of `words`, or of these alone."""
        told = [word for word in words if ARTICLES.isdisjoint(word)] or list(words)
        if not told:
            return set()
        entity_of = self.naming.entity_of
        names = [n for n in self._store.names_with(kind, told) if n.number < len(entity_of)]
        these = frozenset().union(*told)
        longer = {int(entity_of[n.number]) for n in names if not n.words <= these}
        # A surname alone that is linked to nobody may be anybody's who has it.
        whole = {
            entity
            for n in names
            if n.words <= these
            for entity in (int(entity_of[n.number]),)
            if n.type is not EntityType.PERSON or len(told) > 1 or entity in longer
        }
        return whole or {int(entity_of[n.number]) for n in names}


def _nothing(store: Store, state: str) -> Naming:
    """What is known before any article is: which names are spellings of one entity."""
    spellings = np.array(store.spellings(), np.uint32).reshape(-1, 2)
    entity_of = _entities(np.zeros(0, np.uint32), store.last_name() + 1)
    entity_of[spellings[:, 0]] = spellings[:, 1]
    return Naming(
        state,
        0,
        np.zeros(0, np.uint64),
        np.zeros(0, np.int32),
        np.zeros(0, np.uint32),
        np.zeros(0, np.uint16),
        entity_of,
        _types(np.zeros(0, np.uint8), len(entity_of)),
    )


def _entities(before: NDArray[np.uint32], size: int) -> NDArray[np.uint32]:
    """The entities of names, to which come those that stand for themselves."""
    return np.concatenate((before, np.arange(len(before), size, dtype=np.uint32)))


def _types(before: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    """A copy of types, to which come those that are not known yet."""
    return np.concatenate((before, np.full(max(size - len(before), 0), len(TYPES), np.uint8)))


def _part(
    rows: list[tuple[int, int, bytes]],
    entity_of: NDArray[np.uint32],
    types: NDArray[np.uint8],
) -> _Columns:
    """The keys, sizes, entities and times of some articles; notes the types of the entities."""
    keys = np.array([key for _, key, _ in rows], np.uint64)
    packed = np.frombuffer(b"".join([names for *_, names in rows]), _PAIR)
    entities = entity_of[packed["name"] >> TYPE_BITS]
    types[entities] = packed["name"] & ((1 << TYPE_BITS) - 1)
    owners = np.repeat(
        np.arange(len(rows), dtype=np.uint64),
        [len(names) // _PAIR.itemsize for *_, names in rows],
    )
    # All in one number each, so that sorting brings the spellings of an entity together.
    each = (owners << _NUMBER_BITS | entities) << _TIMES_BITS | packed["times"]
    each.sort()
    owned = each >> _TIMES_BITS
    firsts = np.flatnonzero(np.diff(owned, prepend=~owned[:1]))
    times = np.minimum(np.add.reduceat(each & _MOST_TIMES, firsts), _MOST_TIMES)
    owned = owned[firsts]
    sizes = np.bincount((owned >> _NUMBER_BITS).astype(np.int64), minlength=len(rows))
    entities = (owned & ((1 << _NUMBER_BITS) - 1)).astype(np.uint32)
    return keys, sizes.astype(np.int32), entities, times.astype(np.uint16)


def _largest(counts: NDArray[np.int64], most: int) -> NDArray[np.intp]:
    """The places of the largest counts that are not 0; of equal ones, the first."""
    least = 1
    if len(counts) > most:
        least = max(int(np.partition(counts, -most)[-most]), 1)
    more = np.flatnonzero(counts > least)
    return np.concatenate((more, np.flatnonzero(counts == least)[: most - len(more)]))
