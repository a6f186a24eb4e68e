"""Articles found and counted by whom they name: under any spelling, and while names are found."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Library, Progress, generations
from index.entities import link
from index.fulltext.analysis import terms
from index.keys import id_of, key_of
from index.model import Article, Entity, EntityType, Mention, Paragraph
from index.naming import Names, Naming, entities_like, words_of
from index.store import NAMED, Store, row_of

EVERYTHING = 10**6


@contextmanager
def open_store(library: Library) -> Iterator[Store]:
    generation = generations.readable(library.folder)
    assert generation is not None
    with closing(Store(generation / generations.STORE)) as store:
        yield store


@pytest.fixture
def names(seeds: Library) -> Iterator[Names]:
    with open_store(seeds) as store:
        yield Names(store, Naming.load(store))


@pytest.fixture
def store(seeds: Library) -> Iterator[Store]:
    with open_store(seeds) as opened:
        yield opened


def keys_of(ids: Sequence[str]) -> np.ndarray:
    return np.array([key_of(i) for i in ids], np.uint64)


def naming(names: Names, library: Library, kind: str, typed: str) -> dict[str, float]:
    """How often each article mentions what is typed, by the beginning of its file's name."""
    articles = list(library.articles())
    times = names.mentions(
        kind, [[word] for word in terms(typed)], keys_of([a.id for a in articles])
    )
    return {
        Path(article.locator).name[:3]: float(number)
        for article, number in zip(articles, times, strict=True)
        if number
    }


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("", "Kataib Hezbollah"),
        ("", "Kata'ib Hezbollah"),
        ("", "katai’ib hezbollah"),
        ("", "hezbollah KATA’IB"),
        ("organisation", "kataib hezbollah"),
    ],
)
def test_every_spelling_finds_all_five(names: Names, seeds: Library, kind: str, typed: str) -> None:
    assert naming(names, seeds, kind, typed).keys() == {"000", "001", "002", "003", "004"}


def test_a_person_is_found_by_any_part_and_spelling_of_the_name(
    names: Names, seeds: Library
) -> None:
    (saadi,) = [e for e in seeds.entities() if "aadi" in e.name]
    named = {Path(seeds.article(i).locator).name[:3] for i in saadi.articles}
    assert len(named) == 2
    for typed in ("al-Saadi", "saadi", "Baqer al-Saadi", "baqir saadi", "Al-Saadi Abu Baqir"):
        assert naming(names, seeds, "person", typed).keys() == named
    assert naming(names, seeds, "", "Saadi").keys() == named
    assert naming(names, seeds, "place", "Saadi") == {}
    assert naming(names, seeds, "person", "Saadi Nobody") == {}


def test_any_word_of_a_family_will_do(names: Names, seeds: Library) -> None:
    keys = keys_of([a.id for a in seeds.articles()])
    found = names.mentions("", [{"kitaib", "kataib"}, {"hizbullah", "hezbollah"}], keys)
    assert found.all()
    assert not names.mentions("", [{"kitaib"}, {"hizbullah", "hezbollah"}], keys).any()


def test_mentions_are_counted_in_titles_too(names: Names, seeds: Library) -> None:
    for listed in seeds.articles():
        counts = Counter(m.entity for m in seeds.mentions(listed.id))
        expected = counts["organisation/kataib-hezbollah"]
        assert naming(names, seeds, "", "kataib hezbollah").get(
            Path(listed.locator).name[:3]
        ) == pytest.approx(expected)


def test_articles_that_are_not_recognised_name_nobody(names: Names) -> None:
    assert names.mentions("", [["hezbollah"]], keys_of(["0" * 12, "f" * 12])).tolist() == [0, 0]
    assert names.mentions("", [["hezbollah"]], keys_of([])).tolist() == []
    assert not any(names.counts(keys_of(["0" * 12]), 5).values())


def test_facets_are_the_entities_of_the_articles_found(seeds: Library) -> None:
    for query in ("", "hezbollah", "strike killed", "zzzzz"):
        found = {hit.article.id for hit in seeds.search(query, 100).hits}
        facets = seeds.facets(query)
        for kind in NAMED:
            assert dict(facets[kind]) == counted(seeds.entities(), kind, found)
            assert [count for _, count in facets[kind]] == sorted(
                (count for _, count in facets[kind]), reverse=True
            )


def counted(entities: Sequence[Entity], kind: EntityType, ids: set[str]) -> dict[str, int]:
    of_type = (entity for entity in entities if entity.type is kind)
    return {e.name: count for e in of_type if (count := len(ids.intersection(e.articles)))}


def test_narrowing_by_what_a_facet_says_finds_as_many(names: Names, seeds: Library) -> None:
    for kind in NAMED:
        for name, count in seeds.facets("")[kind]:
            assert len(naming(names, seeds, kind, name)) == count, (kind, name)


def test_what_is_typed_begins_the_names_of_entities(store: Store, seeds: Library) -> None:
    assert entities_like(store, "kat", "", 1) == [("Kataib Hezbollah", EntityType.ORGANISATION, 5)]
    assert entities_like(store, "hezbollah ka", "organisation", 1)[0][0] == "Kataib Hezbollah"
    assert entities_like(store, "al-s", "person", 9)[0] == (
        "Abu Baqir al-Saadi",
        EntityType.PERSON,
        2,
    )
    assert entities_like(store, "kat", "place", 9) == []
    assert entities_like(store, "[/]", "", 9) == entities_like(store, "", "", 9)
    counts = [count for *_, count in entities_like(store, "", "", EVERYTHING)]
    assert counts == sorted(counts, reverse=True)


def test_every_entity_is_completed_from_any_word_of_any_spelling(
    store: Store, seeds: Library
) -> None:
    for entity in seeds.entities():
        if entity.type not in NAMED:
            continue
        told = (entity.name, entity.type, len(entity.articles))
        for word in words_of(entity.name):
            assert told in entities_like(store, word[:2], entity.type, EVERYTHING)
            assert told in entities_like(store, word, "", EVERYTHING)


# While articles come and go


def write(folder: Path, name: str, *texts: str) -> None:
    rows = [{"id": f"{n}", "title": f"Title {n}", "text": text} for n, text in enumerate(texts)]
    (folder / name).write_text("\n".join(map(json.dumps, rows)))


def test_names_are_found_and_counted_while_recognition_is_going_on(tmp_path: Path) -> None:
    people = ("Qasem Soleimani", "Mustafa al-Kadhimi", "Angela Merkel")
    write(
        tmp_path, "a.jsonl", *(f"On day {n}, {people[n % 3]} spoke in Paris." for n in range(200))
    )
    seen: list[int] = []
    held: list[Naming] = []
    with Library.open([tmp_path], tmp_path / "cache", tmp_path / "data") as library:

        def look(progress: Progress) -> None:
            if progress.phase == "recognising":
                with open_store(library) as store:
                    held.append(Naming.load(store, held[-1] if held else None))
                    assert_same(held[-1], Naming.load(store))
                    assert len(held[-1].keys) == progress.recognised
                    assert entities_like(store, "solei", "person", 1)
                seen.append(dict(library.facets("paris")["place"])["Paris"])

        library.update(look)
        assert seen == [64, 128, 192, 200]
        assert dict(library.facets("paris")["person"]) == dict(
            zip(people, (67, 67, 66), strict=True)
        )


def assert_same(one: Naming, other: Naming) -> None:
    for name in ("state", "last", "keys", "sizes", "entities", "times", "entity_of", "types"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name


POOL = [
    (EntityType.PERSON, "Qasem Soleimani"),
    (EntityType.PERSON, "Qassem Soleimani"),
    (EntityType.PERSON, "Soleimani"),
    (EntityType.PERSON, "Angela Merkel"),
    (EntityType.ORGANISATION, "Kataib Hezbollah"),
    (EntityType.ORGANISATION, "Kata'ib Hezbollah"),
    (EntityType.PLACE, "Paris"),
    (EntityType.GROUP, "Iraqi"),
    (EntityType.GROUP, "Iraqis"),
    (EntityType.WEAPON, "drone"),
    (EntityType.DATE, "Monday"),
    (EntityType.FIGURE, "14 fighters"),
]
ARTICLE = st.sampled_from([f"{n:012x}" for n in (1, 2, 3, 2**47, 2**48 - 1)])
NAMED_IN_ONE = st.lists(st.sampled_from(POOL), max_size=12)


@dataclass
class Kept:
    """A store that is written to as an update does, and what a reader has loaded of it."""

    store: Store
    reader: Store
    held: Naming
    version: int = 0

    def put(self, article_id: str, found: list[tuple[EntityType, str]]) -> None:
        self.version += 1
        text = f"Version {self.version}"
        article = Article(article_id, f"/f/{article_id}", text, paragraphs=(Paragraph(text),))
        self.store.put_row(f"/f/{article_id}", row_of(article))
        mentions = [Mention(n, n + 1, *each, paragraph=0) for n, each in enumerate(found)]
        self.store.put_findings(article_id, b"", mentions, words_of)

    def remove(self, article_id: str, _: object) -> None:
        self.store.remove_articles([article_id])

    def move(self, article_id: str, _: object) -> None:
        if self.store.place_of(article_id):
            to = id_of((key_of(article_id) * 7 + self.version + 9) % 2**48)
            if not self.store.place_of(to):
                self.store.move_article(article_id, to, f"/f/{to}", f"/f/{to}")

    def correct(self, article_id: str, _: object) -> None:
        self.store.correct(article_id, {"title": f"Corrected {self.version}"})

    def relink(self, *_: object) -> None:
        self.store.put_links(link(self.store.name_counts()))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["put", "put", "put", "remove", "move", "correct", "relink"]),
            ARTICLE,
            NAMED_IN_ONE,
        ),
        max_size=14,
    )
)
def test_whatever_is_written_what_is_held_is_what_is_stored(
    steps: list[tuple[str, str, list[tuple[EntityType, str]]]],
) -> None:
    with (
        TemporaryDirectory() as folder,
        closing(Store(Path(folder) / "store.sqlite", write=True)) as store,
        closing(Store(Path(folder) / "store.sqlite")) as reader,
    ):
        kept = Kept(store, reader, Naming.load(reader))
        for what, article_id, found in steps:
            with store.transaction():
                getattr(kept, what)(article_id, found)
            kept.held = Naming.load(reader, kept.held)
            assert_same(kept.held, Naming.load(reader))
            assert kept.held is Naming.load(reader, kept.held)
            assert counts_of(kept) == stored_counts(reader)
            assert in_paris(kept) == Counter(
                m.article for m in reader.mentions() if m.name == "Paris"
            )
        kept.relink()
        assert entity_table(reader) == stored_counts(reader)


def counts_of(kept: Kept) -> dict[str, dict[str, int]]:
    names = Names(kept.reader, kept.held)
    return {kind: dict(found) for kind, found in names.counts(kept.held.keys, 99).items() if found}


def in_paris(kept: Kept) -> dict[str, float]:
    keys = kept.held.keys[::-1].copy()
    times = Names(kept.reader, kept.held).mentions("place", [["paris", "pariz"]], keys)
    return {f"{key:012x}": times[n] for n, key in enumerate(keys) if times[n]}


def stored_counts(store: Store) -> dict[str, dict[str, int]]:
    """The number of articles of each entity, from the mentions that are stored one by one."""
    links = store.links()
    articles: dict[tuple[str, str], set[str]] = defaultdict(set)
    for m in store.mentions():
        if m.type in NAMED:
            _, name = links.get((m.type, m.name), ("", m.name))
            articles[m.type, name].add(m.article or "")
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for (kind, name), ids in articles.items():
        counts[kind][name] = len(ids)
    return dict(counts)


def entity_table(store: Store) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for name, kind, articles in store.entities_like((), "", EVERYTHING):
        counts[kind][name] = articles
    return dict(counts)
