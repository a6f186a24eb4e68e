from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from index.fulltext import DamagedIndex, Searcher, count, create, write, writing
from index.fulltext.reading import Collection
from index.model import Article

from .conftest import article, as_id, found


def test_articles_are_added_replaced_and_removed(tmp_path: Path) -> None:
    create(tmp_path)
    assert count(tmp_path) == 0
    write(tmp_path, [article("a", "War."), article("b", "Peace."), article("c", "Trade.")])
    write(tmp_path, [article("a", "Truce.")], remove=[as_id("b"), as_id("none")])
    assert count(tmp_path) == 2
    searcher = Searcher(tmp_path)
    assert found(searcher, "truce") == ["a"]
    assert found(searcher, "war OR peace") == []
    searcher.close()


def test_an_article_added_twice_at_once_is_there_once(tmp_path: Path) -> None:
    create(tmp_path)
    write(tmp_path, [article("a", "War."), article("b", "Trade."), article("a", "Peace.")])
    assert count(tmp_path) == 2
    searcher = Searcher(tmp_path)
    assert found(searcher, "war") == []
    assert found(searcher, "peace") == ["a"]
    searcher.close()


def test_a_searcher_sees_what_was_committed_when_it_is_refreshed(tmp_path: Path) -> None:
    create(tmp_path)
    searcher = Searcher(tmp_path)
    for number in range(20):
        write(tmp_path, [article(f"{number}", "War.")], remove=[as_id(f"{number - 10}")])
        assert searcher.search("war", 99).total == min(number, 10)
        searcher.refresh()
        assert searcher.search("war", 99).total == min(number + 1, 10)
    searcher.close()


def test_words_of_a_small_segment_behind_a_large_one_are_found(tmp_path: Path) -> None:
    create(tmp_path)
    write(tmp_path, [article(f"{n}", "War.") for n in range(300)])
    write(tmp_path, [article("new", "Peace.")], remove=[as_id("7")])
    with Searcher(tmp_path) as searcher:
        assert found(searcher, "peace") == ["new"]
        assert searcher.search("war", 1).total == 299


def test_segments_stay_few(tmp_path: Path) -> None:
    create(tmp_path)
    for number in range(40):
        write(tmp_path, [article(f"{number}-{n}", "War.") for n in range(3)])
    collection = Collection(tmp_path)
    assert collection.count == 120
    assert len(collection.segments) < 10
    collection.close()


def test_a_failed_write_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    create(tmp_path)
    write(tmp_path, [article("a", "War.")])

    def failing() -> list[Article]:
        yield article("b", "Peace.")
        raise OSError("The disk is gone.")

    with pytest.raises(OSError, match="disk"):
        write(tmp_path, failing(), remove=[as_id("a")])
    assert count(tmp_path) == 1
    write(tmp_path, [article("c", "Peace.")])
    assert count(tmp_path) == 2


def test_a_writer_that_is_killed_at_any_moment_has_written_all_or_nothing(tmp_path: Path) -> None:
    for moment in range(1, 1000):
        folder = tmp_path / f"{moment}"
        create(folder)
        for names in ("ab", "c", "d"):
            write(folder, [article(name, "War.") for name in names])
        child = os.fork()
        if not child:
            die_at_file_event(moment, folder)
            # One more segment of about this size: all are merged, and their files are removed.
            write(folder, [article("e", "Peace.")], remove=[as_id("a")])
            os._exit(0)
        _, status = os.waitpid(child, 0)
        with Searcher(folder) as searcher:
            held = set(found(searcher, ""))
        assert held in (set("abcd"), set("bcde"))
        write(folder, [article("f", "Peace.")], remove=[as_id("b")])
        with Searcher(folder) as searcher:
            assert set(found(searcher, "")) == held - {"b"} | {"f"}
        if status == 0:
            assert held == set("bcde")
            return
    raise AssertionError("It never came to an end.")


def die_at_file_event(number: int, folder: Path) -> None:
    """Ends this process when it opens, renames or removes its so many-th file in a folder."""
    left = number

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in ("open", "os.rename", "os.remove") and str(folder) in str(arguments[0]):
            left -= 1
            if not left:
                os._exit(1)

    sys.addaudithook(watch)


def test_postings_are_made_in_parts_when_they_are_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "TOKENS_HELD", 50)
    create(tmp_path)
    write(tmp_path, [article(f"{n}", f"War and peace number{n}.") for n in range(60)])
    write(tmp_path, [article(f"{n}", f"Truce number{n}.") for n in range(60, 200)])
    searcher = Searcher(tmp_path)
    assert searcher.search('"war and peace"', 1).total == 60
    assert searcher.search("number*", 1).total == 200
    assert found(searcher, "number61") == ["61"]
    searcher.close()


def test_a_damaged_index_says_so(tmp_path: Path) -> None:
    with pytest.raises(DamagedIndex):
        count(tmp_path / "nothing")
    create(tmp_path)
    write(tmp_path, [article("a", "War.")])
    for path in list(tmp_path.glob("*.tab")):
        path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(DamagedIndex, match="can't be opened"):
        count(tmp_path)
    for path in list(tmp_path.glob("*.toc")):
        path.write_bytes(b"\xff" * 60)
    for attempt in (count, Searcher, lambda folder: write(folder, [article("a")])):
        with pytest.raises(DamagedIndex):
            attempt(tmp_path)
