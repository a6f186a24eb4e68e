"""However often articles are committed and merged, the index holds what one commit would."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.fulltext import create, write, writing
from index.fulltext.reading import Collection
from index.fulltext.schema import TEXT_FIELDS
from index.model import Article

from .conftest import article, as_id

NAMES = st.sampled_from("abcdef")
TEXT = st.lists(
    st.sampled_from(["war", "Peace", "Kataib", "éa", "東京", "\U00020000", ".", "\n", "ﬀ", "٣"]),
    max_size=6,
).map(" ".join)
ARTICLES = st.builds(
    article,
    NAMES,
    TEXT,
    title=TEXT,
    source=st.sampled_from([None, "BBC", "É", "\U00020000 news", "ﷺ"]),
    author=st.sampled_from([None, "", "Jane DOE"]),
    date=st.sampled_from([None, "2020-01-02", "0001-01-01"]),
    furniture=st.lists(TEXT, max_size=2).map(tuple),
)
COMMITS = st.lists(st.tuples(st.lists(ARTICLES, max_size=5), st.sets(NAMES)), max_size=7)


def content(folder: Path) -> dict[tuple[str, ...], object]:
    """All that an index holds of its articles: facts by id, positions by id, field and word."""
    collection = Collection(folder)
    outlets, outlet_of = collection.outlets
    found: dict[tuple[str, ...], object] = {}
    for start, segment in collection.parts():
        ids = [collection.id_of(start + n) for n in range(segment.size)]
        live = collection.live[start : start + segment.size].tolist()
        for n, title in enumerate(segment.titles()):
            if live[n]:
                number = int(outlet_of[start + n])
                outlet = outlets[number] if number >= 0 else None
                found[ids[n],] = title, int(segment.days[n]), int(segment.lengths[n]), outlet
        for name in (*TEXT_FIELDS, "author"):
            held = segment.field(name)
            words = held.words.all() if held else []
            assert words == sorted(set(words))
            for word in words:
                documents, frequencies, positions = map(list, segment.postings(name, word))
                assert documents == sorted(set(documents))
                for document, times in zip(documents, frequencies, strict=True):
                    places, positions = positions[:times], positions[times:]
                    if live[document]:
                        found[ids[document], name, word] = places
                assert not positions
    return found


@pytest.mark.parametrize("at_once", [1, writing.MERGED_AT_ONCE])
@settings(max_examples=50, deadline=None)
@given(commits=COMMITS)
def test_merged_segments_hold_what_one_commit_would(
    tmp_path_factory: pytest.TempPathFactory,
    at_once: int,
    commits: list[tuple[list[Article], set[str]]],
) -> None:
    many, one = tmp_path_factory.mktemp("many"), tmp_path_factory.mktemp("one")
    create(many)
    create(one)
    left: dict[str, Article] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "MERGED_AT_ONCE", at_once)
        for add, remove in commits:
            removed = {as_id(name) for name in remove}
            write(many, add, removed)
            left = {i: kept for i, kept in left.items() if i not in removed}
            left |= {new.id: new for new in add}
    write(one, left.values())
    assert content(many) == content(one)
