"""The full-text index follows the store, whoever writes it and whatever becomes of them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index import fulltext
from index.indexing import Batches, Beside
from index.model import Article, Paragraph
from index.store import Store, row_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty full-text index."""
    fulltext.create(tmp_path / "fulltext")
    return tmp_path / "fulltext"


def put(store: Store, number: int, text: str) -> None:
    path = f"/f/{number}"
    article = Article(f"{number:012x}", path, text, paragraphs=(Paragraph(text),))
    store.put_row(path, row_of(article))


def found(folder: Path, query: str = "") -> set[str]:
    with fulltext.Searcher(folder) as searcher:
        answer = searcher.search(query, 100)
    assert len(answer.ids) == answer.total
    return {article_id for article_id, _ in answer.ids}


def index_rest(store: Store, folder: Path) -> None:
    removed = store.removed_ids()
    store.set_indexed(Batches(store).index(folder, removed=removed), removed)
    assert store.count_indexed() == store.count()


NUMBERS = st.integers(0, 2)
CHANGE = st.one_of(
    st.tuples(st.just("put"), NUMBERS, st.sampled_from(["War", "Peace"])),
    st.tuples(st.sampled_from(["remove", "move"]), NUMBERS, st.just("")),
    st.tuples(st.sampled_from(["commit", "note", "lose"]), st.just(0), st.just("")),
)


REMOVED_AND_BACK = [("put", 0, "War"), ("remove", 0, ""), ("put", 0, "War")]


@settings(max_examples=100, deadline=None)
@given(st.lists(CHANGE, max_size=20))
@example([*REMOVED_AND_BACK, ("commit", 0, ""), ("note", 0, "")])
def test_what_changes_before_it_is_noted_as_indexed_is_indexed_in_the_end(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, int, str]]
) -> None:
    path = tmp_path_factory.mktemp("store")
    fulltext.create(path / "fulltext")
    with closing(Store(path / "store.sqlite", write=True)) as store:
        said, last = [], 0
        for what, number, text in changes:
            if what == "put":
                put(store, number, text)
            elif what == "remove":
                store.remove_articles([f"{number:012x}"])
            elif what == "move" and not store.place_of(f"{number + 3:012x}"):
                store.move_article(f"{number:012x}", f"{number + 3:012x}", "/g", f"/g/{number}")
            elif what == "commit":
                said += Batches(store).index(path / "fulltext", last)
                last = said[-1][0] if said else last
            elif what == "note":
                store.set_indexed(said)
                said = []
            elif what == "lose":
                said, last = [], 0
        store.set_indexed(said)
        index_rest(store, path / "fulltext")
        assert found(path / "fulltext") == {article.id for article in store.articles()}
        for word in ("war", "peace"):
            titles = {a.id for a in store.articles() if a.title.lower() == word}
            assert found(path / "fulltext", word) == titles


def test_a_process_beside_that_is_gone_is_not_waited_for(tmp_path: Path, folder: Path) -> None:
    with closing(Store(tmp_path / "store.sqlite", write=True)) as store:
        put(store, 1, "War")
        with closing(Beside(tmp_path / "no store", folder)) as beside:
            beside._thread.join()
            assert beside.more() == beside.more() == []
            assert list(beside.end()) == []
        index_rest(store, folder)
    assert found(folder, "war") == {f"{1:012x}"}


def test_a_process_beside_indexes_what_is_stored_while_it_runs(
    tmp_path: Path, folder: Path
) -> None:
    with closing(Store(tmp_path / "store.sqlite", write=True)) as store:
        put(store, 1, "War")
        with closing(Beside(store.path, folder)) as beside:
            store.set_indexed(beside.more())
            put(store, 2, "Peace")
            for indexed in beside.end():
                store.set_indexed(indexed)
        assert store.count_indexed() == 2
    assert found(folder) == {f"{1:012x}", f"{2:012x}"}
