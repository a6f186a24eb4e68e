"""Bringing a collection up to date: nothing is read twice, nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index import Library, ParallaxError, Progress, generations
from index.readers import MOST_WORKERS
from index.store import Store, database

WriteArticles = Callable[..., Path]


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "collection"
    made.mkdir()
    for name in ("one", "two", "three"):
        (made / f"{name}.txt").write_text(f"The {name} story\n\nA convoy passed town {name}.\n")
    return made


def titles(library: Library) -> list[str]:
    return sorted(a.title for a in library.articles())


def update_process(path: Path, cache: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "index.update", "--json", "--cache-dir", str(cache), path],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_second_run_reads_nothing_again(folder: Path, cache: Path) -> None:
    with Library.open([folder], cache_dir=cache) as library:
        first = library.update()
        steps: list[Progress] = []
        second = library.update(steps.append)
    assert (first.added, first.unchanged) == (3, 0)
    assert (second.added, second.changed, second.removed, second.unchanged) == (0, 0, 0, 3)
    reading = [s for s in steps if s.phase == "reading"]
    assert all(s.done == s.total == 3 for s in reading)


def test_only_what_changed_is_taken_up(folder: Path, cache: Path) -> None:
    with Library.open([folder], cache_dir=cache) as library:
        library.update()
        (folder / "one.txt").write_text("The one story\n\nA zeppelin passed instead.\n")
        (folder / "two.txt").unlink()
        (folder / "four.txt").write_text("The four story\n\nA fourth convoy passed.\n")
        report = library.update()
        assert (report.added, report.changed, report.removed, report.unchanged) == (1, 1, 1, 1)
        assert titles(library) == ["The four story", "The one story", "The three story"]
        assert [h.article.title for h in library.search("zeppelin").hits] == ["The one story"]
        assert library.search("two").total == 0


def test_rows_added_to_a_file_are_the_only_new_ones(
    write_articles: WriteArticles, cache: Path
) -> None:
    path = write_articles("A convoy.", "A bridge.")
    with Library.open([path], cache_dir=cache) as library:
        library.update()
        path = write_articles("A convoy.", "A bridge.", "A tunnel.")
        report = library.update()
        assert (report.added, report.changed, report.unchanged) == (1, 0, 2)
        write_articles("A convoy.")
        assert library.update().removed == 2
        assert [a.title for a in library.articles()] == ["Title 0"]
        assert library.search("tunnel").total == 0


def test_a_row_without_text_is_reported_and_costs_no_other(tmp_path: Path, cache: Path) -> None:
    path = tmp_path / "rows.jsonl"
    good = [json.dumps({"id": n, "title": f"T{n}", "text": f"Text {n}."}) for n in (1, 2)]
    path.write_text("\n".join([good[0], "{broken", good[1]]) + "\n")
    with Library.open([path], cache_dir=cache) as library:
        report = library.update()
        assert titles(library) == ["T1", "T2"]
        assert len(report.skipped) == 1 and "2" in report.skipped[0].locator
        assert report.skipped == library.skipped()
        assert library.status().skipped == 1


def test_progress_is_real_and_ready_comes_last(folder: Path, cache: Path) -> None:
    steps: list[Progress] = []
    with Library.open([folder], cache_dir=cache) as library:
        library.update(steps.append)
        assert library.status().ready
    assert [s.phase for s in steps if s.phase == "ready"] == ["ready"]
    last = steps[-1]
    assert last.phase == "ready"
    assert (last.done, last.total) == (3, 3)
    assert (last.articles, last.searchable, last.recognised) == (3, 3, 3)


def test_progress_tells_a_rate_and_how_long_it_will_go_on(
    write_articles: WriteArticles, cache: Path
) -> None:
    text = "A convoy of lorries passed the bridge near Baghdad, two officials said on Monday. " * 9
    path = write_articles(*(f"{text}It was number {n}." for n in range(1500)))
    steps: list[Progress] = []
    with Library.open([path], cache_dir=cache) as library:
        library.update(steps.append)
    known = [step for step in steps if step.rate > 0]
    assert {"reading", "recognising"} & {step.phase for step in known}
    assert all(step.seconds_left is not None and step.seconds_left >= 0 for step in known)
    assert all(step.rate == 0.0 for step in steps if step.phase in ("scanning", "ready"))


def test_the_cache_is_the_users_alone(folder: Path, cache: Path) -> None:
    with Library.open([folder], cache_dir=cache) as library:
        library.update()
        own = library.folder
    for path in (own, *(p for p in own.rglob("*") if p.is_dir())):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700, path
    assert len([p for p in own.iterdir() if p.is_dir()]) == 1


def damage_store(generation: Path) -> None:
    for path in generation.glob("store.sqlite-*"):
        path.unlink()
    (generation / "store.sqlite").write_bytes(b"not a database" * 1000)


def damage_index(generation: Path) -> None:
    for path in (generation / "fulltext").iterdir():
        path.write_bytes(b"nothing of the kind")


def remove_index(generation: Path) -> None:
    for path in (generation / "fulltext").iterdir():
        path.unlink()
    (generation / "fulltext").rmdir()


def older_store(generation: Path) -> None:
    with sqlite3.connect(generation / "store.sqlite") as db:
        db.execute("PRAGMA user_version = 4711")
    db.close()


def older_index(generation: Path) -> None:
    with sqlite3.connect(generation / "store.sqlite") as db:
        db.execute("UPDATE meta SET value = '-1' WHERE key = 'fulltext'")
    db.close()


@pytest.mark.parametrize(
    "harm", [damage_store, damage_index, remove_index, older_store, older_index]
)
def test_a_damaged_or_older_cache_is_built_again_by_itself(
    folder: Path, cache: Path, harm: Callable[[Path], None]
) -> None:
    with Library.open([folder], cache_dir=cache) as library:
        library.update()
    [generation] = [p for p in library.folder.iterdir() if p.is_dir()]
    harm(generation)
    with Library.open([folder], cache_dir=cache) as library:
        report = library.update()
        assert report.added + report.unchanged == 3
        assert library.search("convoy").total == 3
        assert library.status().ready
        [new] = [p for p in library.folder.iterdir() if p.is_dir()]
        assert new != generation


def test_an_index_that_fails_when_searched_is_built_again(folder: Path, cache: Path) -> None:
    with Library.open([folder], cache_dir=cache) as library:
        library.update()
    [generation] = [p for p in library.folder.iterdir() if p.is_dir()]
    damage_index(generation)
    with Library.open([folder], cache_dir=cache) as library:
        with pytest.raises(ParallaxError):
            library.search("convoy")
        library.update()
        assert library.search("convoy").total == 3


def test_an_index_that_fails_when_written_to_is_built_again(folder: Path, cache: Path) -> None:
    with Library.open([folder], cache_dir=cache) as library:
        library.update()
        for path in library.folder.glob("*/fulltext/*.tab"):
            # What says where everything is stays; what is there does not.
            data = path.read_bytes()
            start = 8 + int.from_bytes(data[:8], "little")
            path.write_bytes(data[:start] + b"\xff" * (len(data) - start))
        (folder / "one.txt").unlink()
        (folder / "two.txt").unlink()
        library.update()
        assert library.search("convoy").total == 1


def test_an_open_library_follows_when_the_cache_is_swapped(folder: Path, cache: Path) -> None:
    with Library.open([folder], cache_dir=cache) as reader:
        with Library.open([folder], cache_dir=cache) as writer:
            writer.update()
            assert reader.search("convoy").total == 3
            [generation] = [p for p in writer.folder.iterdir() if p.is_dir()]
            older_index(generation)
            (folder / "four.txt").write_text("The four story\n\nOne more convoy.\n")
            writer.update()
        assert reader.search("convoy").total == 4


def test_an_open_library_follows_when_the_cache_is_deleted(folder: Path, cache: Path) -> None:
    with Library.open([folder], cache_dir=cache) as library:
        library.update()
        assert library.search("convoy").total == 3
        shutil.rmtree(cache)
        (folder / "one.txt").unlink()
        library.update()
        assert library.search("convoy").total == library.status().articles == 2


def test_a_search_is_answered_whenever_another_index_is_swapped_in(
    folder: Path, cache: Path
) -> None:
    def rebuild() -> None:
        with Library.open([folder], cache_dir=cache) as writer:
            for _ in range(8):
                now = generations.current(writer.folder)
                assert now is not None
                generations.mark_damaged(now)
                writer.update()

    with Library.open([folder], cache_dir=cache) as reader, ThreadPoolExecutor(1) as pool:
        reader.update()
        rebuilt = pool.submit(rebuild)
        while not rebuilt.done():
            assert reader.search("convoy").total == 3
        rebuilt.result()


def test_a_killed_update_is_gone_on_with(write_articles: WriteArticles, cache: Path) -> None:
    path = write_articles(*(f"A convoy of {n} lorries passed the bridge." for n in range(2000)))
    process = update_process(path, cache)
    assert process.stdout is not None
    for line in process.stdout:
        progress = json.loads(line).get("progress", {})
        if progress.get("searchable", 0) > 0:
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    with Library.open([path], cache_dir=cache) as library:
        stored = library.status()
        assert not stored.ready
        assert stored.searchable > 0
        report = library.update()
        assert report.added + report.unchanged == 2000
        assert library.status().searchable == 2000
        assert library.search("convoy", limit=1).total == 2000


def test_an_update_killed_while_it_reads_pages_loses_one_batch_at_most(
    tmp_path: Path, cache: Path
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    body = "<p>A convoy of lorries passed the bridge at dawn, officials said on Monday.</p>" * 5
    for number in range(150):
        page = f"<html><body><article><h1>Convoy {number} passes</h1>{body}</article></body></html>"
        (folder / f"{number:03}.html").write_text(page)
    process = update_process(folder, cache)
    assert process.stdout is not None
    stored = 0
    for line in process.stdout:
        stored = json.loads(line).get("progress", {}).get("articles", 0)
        if stored:
            break
    process.kill()
    process.wait()
    process.stdout.close()
    with Library.open([folder], cache_dir=cache) as library:
        assert library.status().articles >= stored > 0
        first: list[Progress] = []
        library.update(first.append)
        to_read = [p.total - p.done for p in first if p.phase == "reading"]
        # An article may be stored a moment before its file is at its end.
        assert all(left <= 150 - stored + MOST_WORKERS for left in to_read)
        assert library.status().articles == 150
        assert library.search("convoy", limit=1).total == 150
        assert library.status().ready


def test_two_updates_at_once_take_turns(folder: Path, cache: Path) -> None:
    processes = [update_process(folder, cache) for _ in range(2)]
    reports = []
    for process in processes:
        out, _ = process.communicate()
        reports.append(json.loads(out.splitlines()[-1])["report"])
    assert sorted(r["added"] for r in reports) == [0, 3]


def test_reading_goes_on_while_another_thread_updates(
    write_articles: WriteArticles, cache: Path
) -> None:
    path = write_articles(*(f"A convoy of {n} lorries." for n in range(500)))
    with Library.open([path], cache_dir=cache) as library:
        thread = threading.Thread(target=library.update)
        thread.start()
        seen = []
        while thread.is_alive():
            seen.append(library.search("convoy", limit=1).total)
        thread.join()
        assert seen == sorted(seen)
        assert library.search("convoy", limit=1).total == 500


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_cache_that_cannot_be_written_is_one_clear_line(folder: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    with Library.open([folder], cache_dir=locked) as library, pytest.raises(ParallaxError) as told:
        library.update()
    assert "cannot write the cache" in str(told.value)


def test_a_cache_that_is_a_file_is_one_clear_line(folder: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    with Library.open([folder], cache_dir=blocked) as library, pytest.raises(ParallaxError) as told:
        library.update()
    assert "cannot write the cache" in str(told.value)
    assert "\n" not in str(told.value)


def test_a_full_disk_is_called_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        database, "_OWN_TABLES", f"{database._OWN_TABLES}PRAGMA max_page_count = 60;"
    )
    store = Store(tmp_path / "store.sqlite", write=True)
    with pytest.raises(sqlite3.OperationalError, match="full"), store.transaction():
        for number in range(1_000):
            store.put(str(number), "x" * 5_000)
    assert not store.get("0")
    store.close()


def test_the_update_process_looks_only_at_what_it_is_told(folder: Path, cache: Path) -> None:
    with Library.open([folder], cache_dir=cache) as library:
        library.update()
        (folder / "four.txt").write_text("The four story\n\nA fourth convoy passed.\n")
        (folder / "five.txt").write_text("The five story\n\nA fifth convoy passed.\n")
        (folder / "one.txt").unlink()
        command = [sys.executable, "-P", "-m", "index.update", "--json", "--cache-dir", str(cache)]
        only = ["--only", str(folder / "four.txt"), "--only", str(folder / "one.txt")]
        ran = subprocess.run(
            [*command, *only, "--", str(folder)], capture_output=True, text=True, check=True
        )
        report = json.loads(ran.stdout.splitlines()[-1])["report"]
        assert (report["added"], report["removed"]) == (1, 1)
        assert titles(library) == ["The four story", "The three story", "The two story"]


def test_the_update_process_says_what_is_wrong(tmp_path: Path) -> None:
    process = update_process(tmp_path / "nowhere", tmp_path)
    out, _ = process.communicate()
    assert process.returncode == 2
    assert "nowhere" in json.loads(out)["error"]


def test_a_spoilt_byte_of_a_stored_text_costs_one_character(folder: Path, cache: Path) -> None:
    with Library.open([folder], cache_dir=cache) as library:
        library.update()
    [generation] = [p for p in library.folder.iterdir() if p.is_dir()]
    with sqlite3.connect(generation / "store.sqlite") as db:
        db.execute("UPDATE body SET text = CAST(CAST(text AS BLOB) || x'ff' AS TEXT)")
    db.close()
    with Library.open([folder], cache_dir=cache) as library:
        library.update()
        hits = library.search("convoy").hits
        assert len(hits) == 3
        assert all(library.article(hit.article.id).paragraphs for hit in hits)
