"""Spellings of one name made one entity, over a whole collection.

Names are gathered in blocks by what cannot differ between spellings (an entry of a lexicon, or
the consonants of all their words); within a block two names are one when every word of one may
be a spelling of the same word of the other (`spelling.same_word`). So no two names of different
blocks are ever compared, and the time grows with their number alone.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping

from rapidfuzz.distance import Levenshtein

from index.entities.lexicon import Kind, lexicon
from index.entities.spelling import ARTICLES, same_word, skeleton
from index.entities.tokens import fold_words, word_set
from index.letters import UNDECOMPOSED
from index.model import EntityType

Name = tuple[EntityType, str]

_KINDS = {
    EntityType.ORGANISATION: Kind.ORGANISATION,
    EntityType.PLACE: Kind.PLACE | Kind.COUNTRY,
    EntityType.GROUP: Kind.GROUP,
}
_SMALL = word_set("the of and for in on de la el al")
_MOST_COMPARED = 200
"""Clusters of one block that a name is compared with; a block of more holds noise."""
_ALIKE = 0.72
"""How like names of organisations, places or weapons with the same consonants must be to be one."""
_SERVANT = re.compile(r"abd[aeou][lrszdn](?!ah$)(\w{3,})?$")
"""Abdul, Abdel, Abdur and the like, alone or written together with what follows."""
_LONGEST_SLUG = 60


class _Clusters:
    """Names joined to clusters (union by the more frequent root)."""

    def __init__(self, names: Mapping[Name, int]) -> None:
        self.counts = names
        self._root: dict[Name, Name] = {name: name for name in names}

    def root(self, name: Name) -> Name:
        while self._root[name] != name:
            self._root[name] = self._root[self._root[name]]
            name = self._root[name]
        return name

    def join(self, one: Name, other: Name) -> None:
        one, other = self.root(one), self.root(other)
        if one != other:
            self._root[other] = one

    def members(self) -> dict[Name, list[Name]]:
        table: dict[Name, list[Name]] = defaultdict(list)
        for name in self._root:
            table[self.root(name)].append(name)
        return table


def link(names: Mapping[Name, int]) -> dict[Name, tuple[str, str]]:
    """Gives each name, with its type and count, the id and display name of its entity.

    The display name is the most frequent full form, the longest of several; ids are readable,
    unique, and the same for the same names.
    """
    ordered = sorted(names, key=lambda name: (-names[name], name[0].value, name[1]))
    clusters = _Clusters({name: names[name] for name in ordered})
    by_type: dict[EntityType, list[Name]] = defaultdict(list)
    for name in ordered:
        by_type[name[0]].append(name)
    for kind, some in by_type.items():
        if kind == EntityType.PERSON:
            _persons(some, clusters)
        elif kind in (EntityType.DATE, EntityType.FIGURE):
            _literally(some, clusters)
        else:
            _things(kind, some, clusters)
    return _named(clusters, names)


def _named(clusters: _Clusters, names: Mapping[Name, int]) -> dict[Name, tuple[str, str]]:
    shown = [(_display(members, names), members) for members in clusters.members().values()]
    shown.sort(key=lambda pair: (-names[pair[0]], pair[0][0].value, pair[0][1]))
    ids: set[str] = set()
    result: dict[Name, tuple[str, str]] = {}
    for (kind, text), members in shown:
        entity = f"{kind.value}/{_slug(text)}"
        if entity in ids:
            entity = f"{entity}-{_digest(text)}"
        ids.add(entity)
        for member in members:
            result[member] = (entity, text)
    return result


def _display(members: list[Name], names: Mapping[Name, int]) -> Name:
    """The most frequent full form: one of several words before one of a single word, and no
    acronym while there is a long form.
    """

    def rank(name: Name) -> tuple[bool, int, int, str]:
        full = name[0] in (EntityType.PERSON, EntityType.ORGANISATION) and " " in name[1]
        return (full, names[name], len(name[1]), name[1])

    if members[0][0] == EntityType.PLACE:
        long = [name for name in members if not name[1].replace(".", "").isupper()]
        members = long or members
    return max(members, key=rank)


def _slug(text: str) -> str:
    """A name in lower-case ASCII words joined by hyphens, or a digest where it has none."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(UNDECOMPOSED))
    letters = plain.encode("ascii", "ignore").decode().replace("'", "")
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:_LONGEST_SLUG].strip("-")
    readable = len(slug) * 2 >= sum(c.isalnum() for c in text)
    return slug if slug and (readable or len(slug) == _LONGEST_SLUG) else _digest(text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def _literally(some: list[Name], clusters: _Clusters) -> None:
    """Dates and figures are one when they are written alike, whatever the case and space."""
    first: dict[str, Name] = {}
    for name in some:
        clusters.join(first.setdefault(" ".join(name[1].casefold().split()), name), name)


def _things(kind: EntityType, some: list[Name], clusters: _Clusters) -> None:
    entries: dict[str, Name] = {}
    blocks: dict[tuple[str, ...], list[tuple[list[str], Name]]] = defaultdict(list)
    long_forms: dict[str, set[Name]] = defaultdict(set)
    short: list[Name] = []
    for name in some:
        known = lexicon().canonical(name[1], _KINDS[kind]) if kind in _KINDS else None
        words = [word for word in fold_words(name[1]) if word not in _SMALL]
        if known is not None:
            clusters.join(entries.setdefault(known, name), name)
        if not words:
            continue
        if kind == EntityType.ORGANISATION:
            if len(words) > 2:
                long_forms["".join(word[0] for word in words)].add(name)
            elif known is None and name[1].isupper() and len(words) == 1 and len(name[1]) > 2:
                short.append(name)
        if kind in (EntityType.GROUP, EntityType.WEAPON):
            words = [_singular(word) for word in words]
        block = blocks[_key(words)]
        for other_words, other in block[:_MOST_COMPARED]:
            if clusters.root(other) == clusters.root(name) or _alike(words, other_words):
                clusters.join(other, name)
                break
        block.append((words, name))
    for name in short:
        roots = {clusters.root(long) for long in long_forms.get(name[1].lower(), ())}
        if len(roots) == 1:
            clusters.join(roots.pop(), name)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _key(words: list[str]) -> tuple[str, ...]:
    return tuple(skeleton(word) for word in words)


def _alike(words: list[str], other: list[str]) -> bool:
    """Whether the words of two names of the same consonants are near enough in letters too."""
    if any(word.isdigit() and word != twin for word, twin in zip(words, other, strict=True)):
        return False
    one, two = " ".join(words), " ".join(other)
    return one == two or (len(one) > 4 and Levenshtein.normalized_similarity(one, two) >= _ALIKE)


def _person_words(text: str) -> list[str]:
    """The words of a person's name that are compared: no articles, and Abdul Aziz, Abdulaziz
    and Abd al-Aziz written alike.
    """
    words: list[str] = []
    for word in fold_words(text):
        servant = _SERVANT.match(word)
        if servant:
            words += ["abd", servant.group(1)] if servant.group(1) else ["abd"]
        elif word not in ARTICLES:
            words.append(word)
    return words or fold_words(text)


def _persons(some: list[Name], clusters: _Clusters) -> None:
    """Full names first, by the consonants of all words; then names that leave out middle names;
    then surnames alone, where only one full name has them.
    """
    blocks: dict[tuple[str, ...], list[tuple[list[str], Name]]] = defaultdict(list)
    outer: dict[tuple[str, str], list[tuple[list[str], Name]]] = defaultdict(list)
    single: list[tuple[str, Name]] = []
    for name in some:
        words = _person_words(name[1])
        if len(words) < 2:
            single.append((words[0] if words else name[1].casefold(), name))
            continue
        block = blocks[_key(words)]
        for other_words, other in block[:_MOST_COMPARED]:
            if all(same_word(a, b) for a, b in zip(words, other_words, strict=True)):
                clusters.join(other, name)
                break
        block.append((words, name))
        outer[skeleton(words[0]), skeleton(words[-1])].append((words, name))
    for family in outer.values():
        _shorter(family[: _MOST_COMPARED * 5], clusters)
    _surnames(single, outer, clusters)


def _shorter(family: list[tuple[list[str], Name]], clusters: _Clusters) -> None:
    """Joins `Mustafa al-Kadhimi` to `Mustafa Abdullatif al-Kadhimi` when no other longer name
    fits: George Bush is neither George H. W. nor George W. while both are about.
    """
    by_length = sorted(family, key=lambda pair: -len(pair[0]))
    shortest = [pair for pair in by_length if len(pair[0]) == 2]
    longer = [pair for pair in by_length if len(pair[0]) > 2][:_MOST_COMPARED]
    if not longer:
        return
    for words, name in shortest[:_MOST_COMPARED]:
        if words[0] in ("abu", "umm", "abd"):
            continue
        fits = {
            clusters.root(other)
            for others, other in longer
            if same_word(words[0], others[0]) and same_word(words[-1], others[-1])
        }
        if len(fits) == 1:
            clusters.join(fits.pop(), name)


def _surnames(
    single: list[tuple[str, Name]],
    outer: dict[tuple[str, str], list[tuple[list[str], Name]]],
    clusters: _Clusters,
) -> None:
    last: dict[str, list[tuple[str, Name]]] = defaultdict(list)
    for (_, end), family in outer.items():
        last[end].extend((words[-1], name) for words, name in family)
    alone: dict[str, list[tuple[str, Name]]] = defaultdict(list)
    for word, name in single:
        key = skeleton(word)
        twins = alone[key]
        for twin, other in twins[:_MOST_COMPARED]:
            if same_word(word, twin):
                clusters.join(other, name)
                break
        twins.append((word, name))
        full = last.get(key, [])
        if len(full) > _MOST_COMPARED:
            continue
        roots = {clusters.root(other) for end, other in full if same_word(word, end)}
        if len(roots) == 1 and clusters.root(name) == name:
            clusters.join(roots.pop(), name)
