"""The names that articles mention: their words, the entities they are linked to, looking them up.

An entity has the number of the first of its names. Before names are linked each stands for itself.
Names of dates and figures, of which there are many and which nobody looks up, have numbers below
zero, so that the others are numbered closely.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from index.model import EntityType
from index.store.database import marks
from index.store.named import NAMED, TYPE_BITS, TYPE_NUMBER, TYPES, Named, packed_name

Name = tuple[EntityType, str]
Links = Mapping[Name, tuple[str, str]]
"""The entity of each name: its id, and what it is called."""
WordsOf = Callable[[str], Sequence[str]]
"""Gives the words by which a name is looked up, each once."""

_FEW = 1500
"""Names that are all looked at; of more, entities are gone through from the most named one down."""
_LOOKED_THROUGH = 5000
"""Entities that are gone through so: a matter of milliseconds. Who types on gets all there are."""
_AFTER_ALL = "\U0010ffff"

_ENTITIES_WITH_WORDS = (
    "SELECT entity.* FROM (SELECT DISTINCT COALESCE(entity, number) AS number FROM name_word"
    " CROSS JOIN name ON number = name_word.name WHERE word BETWEEN :first AND :last)"
    " CROSS JOIN entity USING (number)"
)
_MOST_NAMED = "SELECT * FROM entity WHERE {} ORDER BY articles DESC LIMIT :through"


class NameWords(NamedTuple):
    """A name as it is looked up."""

    number: int
    type: EntityType
    words: frozenset[str]


class StoredNames(Named):
    """Storing and reading names and entities."""

    def _name_number(self, kind: EntityType, name: str, words_of: WordsOf) -> int:
        """The number of a name, which is stored when it is new."""
        key = (TYPE_NUMBER[kind], name)
        row = self._db.execute("SELECT number FROM name WHERE type=? AND name=?", key).fetchone()
        if row is not None:
            return int(row[0])
        if kind not in NAMED:
            return self._add_name("MIN(COALESCE(MIN(number), 0), 0) - 1", key, ())
        words = words_of(name)
        number = self._add_name("MAX(COALESCE(MAX(number), 0), 0) + 1", key, words)
        self._db.executemany("INSERT INTO name_word VALUES (?, ?)", ((w, number) for w in words))
        self._db.execute(
            "INSERT INTO entity VALUES (?, '', ?, ?, 0, ?)",
            (number, name, key[0], _spaced(words)),
        )
        return number

    def _add_name(self, number: str, key: tuple[int, str], words: Sequence[str]) -> int:
        sql = (
            "INSERT INTO name (number, type, name, words)"  # noqa: S608
            f" VALUES ((SELECT {number} FROM name), ?, ?, ?) RETURNING number"
        )
        return int(self._db.execute(sql, (*key, " ".join(words))).fetchone()[0])

    def last_name(self) -> int:
        """The highest number of a name; 0 when there is none."""
        return self._number("SELECT MAX(COALESCE(MAX(number), 0), 0) FROM name")

    def name_counts(self) -> dict[Name, int]:
        """How often each name is mentioned."""
        rows = self._rows(
            "SELECT n.type, n.name, COUNT(*) FROM mention m JOIN name n ON n.number = m.name"
            " GROUP BY n.number"
        )
        return {(TYPES[kind], name): count for kind, name, count in rows}

    # Linking

    def links(self, article_ids: Sequence[str] | None = None) -> dict[Name, tuple[str, str]]:
        """The entity of every name that has been linked, in some articles or in all."""
        chosen = "" if article_ids is None else f"WHERE a.id IN ({marks(article_ids)})"
        rows = self._rows(
            "SELECT DISTINCT n.type, n.name, e.id, e.name FROM name n"  # noqa: S608
            " JOIN mention m ON n.number = m.name JOIN article a ON a.number = m.article"
            f" JOIN entity e ON e.number = n.entity {chosen}",
            tuple(article_ids or ()),
        )
        return {(TYPES[kind], name): (entity, display) for kind, name, entity, display in rows}

    def put_links(self, links: Links) -> None:
        """Stores the entity of every name, and how many articles name each entity.

        Names that nothing mentions are dropped.
        """
        self._drop_unmentioned()
        rows = self._rows("SELECT number, type, name, words FROM name ORDER BY number")
        numbers: dict[str, int] = {}
        entity_of: dict[int, int] = {}
        described: dict[int, tuple[str, str, int]] = {}
        words: dict[int, dict[str, None]] = {}
        for number, kind, name, of_name in rows:
            link = links[TYPES[kind], name]
            entity = numbers.setdefault(link[0], number)
            entity_of[packed_name(number, kind)] = entity
            described.setdefault(entity, (*link, kind))
            words.setdefault(entity, {}).update(dict.fromkeys(of_name.split()))
        self._db.executemany(
            "UPDATE name SET entity = :entity WHERE number = :number AND entity IS NOT :entity",
            (
                {"number": packed >> TYPE_BITS, "entity": entity}
                for packed, entity in entity_of.items()
            ),
        )
        articles = self._count_articles(entity_of)
        self._db.executemany(
            "INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET"
            " id = excluded.id, name = excluded.name, type = excluded.type,"
            " articles = excluded.articles, words = excluded.words"
            " WHERE (entity.id, entity.name, entity.type, entity.articles, entity.words) IS NOT"
            " (excluded.id, excluded.name, excluded.type, excluded.articles, excluded.words)",
            (
                (number, *about, articles[number] if number > 0 else None, _spaced(words[number]))
                for number, about in described.items()
            ),
        )
        self._db.execute("DELETE FROM entity WHERE number NOT IN (SELECT entity FROM name)")
        self.names_changed()

    def _drop_unmentioned(self) -> None:
        dropped = self._rows(
            "SELECT number, words FROM name WHERE number NOT IN (SELECT m.name FROM mention m)"
        )
        self._db.executemany(
            "DELETE FROM name_word WHERE word = ? AND name = ?",
            ((word, number) for number, words in dropped for word in words.split()),
        )
        self._db.executemany("DELETE FROM name WHERE number = ?", ((n,) for n, _ in dropped))

    # Looking up

    def names_with(self, kind: str, words: Sequence[Collection[str]]) -> list[NameWords]:
        """The names of a type, or of any when it is empty, that have a word of each of `words`."""
        rarest, *others = sorted(map(list, words), key=self._spread)
        sql = (
            "SELECT DISTINCT n.number, n.type, n.words FROM name_word w"  # noqa: S608
            " CROSS JOIN name n ON n.number = w.name"
            f" WHERE w.word IN ({marks(rarest)})"
        )
        values = list(rarest)
        for family in others:
            sql += (
                " AND EXISTS (SELECT 1 FROM name_word o"  # noqa: S608
                f" WHERE o.word IN ({marks(family)}) AND o.name = w.name)"
            )
            values += family
        if kind:
            sql += f" AND n.type = {_number_of(kind)}"
        rows = self._rows(sql, values)
        return [NameWords(n, TYPES[of_type], frozenset(w.split())) for n, of_type, w in rows]

    def _spread(self, words: Sequence[str]) -> int:
        """How many names have one of some words, counted no further than it matters."""
        return self._count_words(f"word IN ({marks(words)})", words)

    def _count_words(self, which: str, values: Sequence[str]) -> int:
        sql = f"SELECT COUNT(*) FROM (SELECT 1 FROM name_word WHERE {which} LIMIT ?)"  # noqa: S608
        row = self._row(sql, (*values, 2 * _FEW))
        return int(row[0]) if row else 0

    def entity_names(self, numbers: Sequence[int]) -> dict[int, str]:
        """What entities are called, by number."""
        sql = f"SELECT number, name FROM entity WHERE number IN ({marks(numbers)})"  # noqa: S608
        return dict(self._rows(sql, tuple(numbers)))

    def entities_like(
        self, words: Sequence[str], kind: str, limit: int
    ) -> list[tuple[str, EntityType, int]]:
        """(name, type, articles) of entities that have all `words`, of which the last is begun.

        Under any spelling; of a type, or of any when `kind` is empty. Most articles first; 0 where
        names are not linked yet. Without words, those that most articles name.
        """
        ranges = [(word, word) for word in words[:-1]]
        ranges += [(word, word + _AFTER_ALL) for word in words[-1:]]
        counts = [self._count_words("word BETWEEN ? AND ?", some) for some in ranges]
        conditions = ["articles IS NOT NULL", "type = :type"] if kind else ["articles IS NOT NULL"]
        values: dict[str, Any] = {
            "type": _number_of(kind) if kind else None,
            "limit": limit,
            "through": _LOOKED_THROUGH,
        }
        if counts and min(counts) <= _FEW:
            entities, order = _ENTITIES_WITH_WORDS, "ORDER BY articles DESC"
            values["first"], values["last"] = ranges[counts.index(min(counts))]
        else:
            # They come in order, and no more are looked at than it takes.
            entities, order = _MOST_NAMED.format(" AND ".join(conditions)), ""
        for place, word in enumerate(words):
            begun = place == len(words) - 1
            values[f"word{place}"] = f" {word}" if begun else f" {word} "
            conditions.append(f"instr(words, :word{place})")
        sql = f"SELECT name, type, articles FROM ({entities}) WHERE {' AND '.join(conditions)}"  # noqa: S608
        rows = self._rows(f"{sql} {order} LIMIT :limit", values)
        return [(name, TYPES[of_type], articles) for name, of_type, articles in rows]


def _number_of(kind: str) -> int:
    return TYPE_NUMBER[EntityType(kind)]


def _spaced(words: Collection[str]) -> str:
    """Words as they are searched in, each between spaces; nothing for none."""
    return f" {' '.join(words)} " if words else ""
