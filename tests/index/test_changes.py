"""What changed in the files: nothing is read twice, moved files are known again, copies are one."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index import Library, Progress, Report
from index.scan import Changes, scan

TEXT = "The {0} story\n\nA convoy passed town {0} on Monday, officials said.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "collection"
    made.mkdir()
    for name in ("one", "two", "three"):
        (made / f"{name}.txt").write_text(TEXT.format(name))
    return made


@pytest.fixture
def library(folder: Path, tmp_path: Path) -> Iterator[Library]:
    with Library.open([folder], tmp_path / "cache", tmp_path / "data") as opened:
        opened.update()
        yield opened


def numbers(report: Report) -> tuple[int, int, int, int, int]:
    return (report.added, report.changed, report.removed, report.moved, report.unchanged)


def phases(library: Library) -> set[str]:
    """The phases of one more update."""
    steps: list[Progress] = []
    library.update(steps.append)
    return {step.phase for step in steps}


def names(library: Library) -> list[str]:
    return sorted(Path(article.locator).name for article in library.articles())


def test_a_file_with_other_times_and_the_same_bytes_is_not_read(
    library: Library, folder: Path
) -> None:
    os.utime(folder / "one.txt", (1, 1))
    (folder / "two.txt").write_text((folder / "two.txt").read_text())
    assert phases(library) == {"scanning", "ready"}
    assert phases(library) == {"scanning", "ready"}


def test_nothing_is_written_when_nothing_changed(library: Library) -> None:
    before = {path: path.stat().st_mtime_ns for path in library.folder.glob("*/store.sqlite*")}
    library.update()
    for path, time in before.items():
        assert not path.exists() or path.suffix != ".sqlite" or path.stat().st_mtime_ns == time


def test_a_file_that_could_not_be_opened_for_a_while_is_read_again(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "one.txt"
    text = path.read_text()

    def scanned(*of: Any) -> Changes:
        changes = scan(*of)
        path.unlink()
        return changes

    path.write_text(text + "More.")
    with monkeypatch.context() as patched:
        patched.setattr("index.steps.scan", scanned)
        assert [Path(each.locator) for each in library.update().skipped] == [path]
    path.write_text(text)
    assert not library.update().skipped
    assert names(library) == ["one.txt", "three.txt", "two.txt"]


def test_a_renamed_file_keeps_its_rows(library: Library, folder: Path) -> None:
    mentions = library.mentions(library.find("one.txt").id)
    (folder / "one.txt").rename(folder / "renamed.txt")
    report = library.update()
    assert numbers(report) == (0, 0, 0, 1, 2)
    assert names(library) == ["renamed.txt", "three.txt", "two.txt"]
    article = library.find("renamed.txt")
    assert article.locator == str(folder / "renamed.txt")
    assert [m.text for m in library.mentions(article.id)] == [m.text for m in mentions]
    assert [h.article.id for h in library.search("town one").hits][:1] == [article.id]
    assert library.search("convoy").total == 3
    assert library.status().ready


def test_a_moved_folder_keeps_its_rows(library: Library, folder: Path) -> None:
    (folder / "deep").mkdir()
    for name in ("four", "five"):
        (folder / "deep" / f"{name}.txt").write_text(TEXT.format(name))
    rows = [{"id": name, "title": name, "text": f"Text {name}."} for name in ("six", "seven")]
    (folder / "deep" / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    library.update()
    (folder / "deep").rename(folder / "other")
    assert numbers(library.update()) == (0, 0, 0, 4, 3)
    assert library.find("other/rows.jsonl#six".rpartition("/")[2]).title == "six"
    assert library.find(str(folder / "other" / "five.txt")).title == "The five story"
    assert library.search("five").total == 1


def test_a_file_of_the_same_name_is_the_one_that_was_moved(library: Library, folder: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(TEXT.format("same"))
    library.update()
    (folder / "other").mkdir()
    for name in ("c.txt", "a.txt", "b.txt"):
        (folder / name).rename(folder / "other" / name)
    article = library.find("a.txt")
    assert numbers(library.update()) == (0, 0, 0, 1, 3)
    moved = library.find("a.txt")
    assert [Path(each).name for each in moved.copies] == [Path(c).name for c in article.copies]
    assert Path(moved.locator) == folder / "other" / "a.txt"


def test_an_outlet_that_a_folder_names_is_that_of_the_folder_it_is_moved_to(
    library: Library, folder: Path
) -> None:
    (folder / "Reuters").mkdir()
    (folder / "one.txt").rename(folder / "Reuters" / "one.txt")
    library.update()
    path = folder / "Reuters" / "two.txt"
    path.write_text(TEXT.format("fourth"))
    library.update()
    assert library.find(str(path)).source == "Reuters"
    (folder / "Reuters").rename(folder / "Rudaw")
    library.update()
    assert library.find(str(folder / "Rudaw" / "two.txt")).source == "Rudaw"


def test_a_file_moved_over_another_takes_its_place(library: Library, folder: Path) -> None:
    (folder / "one.txt").replace(folder / "two.txt")
    report = library.update()
    assert (report.removed, report.moved) == (1, 1)
    assert sorted(a.title for a in library.articles()) == ["The one story", "The three story"]
    assert library.find("two.txt").title == "The one story"
    assert library.search("convoy").total == 2


def test_two_files_that_change_places_are_both_right(library: Library, folder: Path) -> None:
    (folder / "one.txt").rename(folder / "away.tmp")
    (folder / "two.txt").rename(folder / "one.txt")
    (folder / "away.tmp").rename(folder / "two.txt")
    library.update()
    assert library.find("one.txt").title == "The two story"
    assert library.find("two.txt").title == "The one story"
    assert library.status().articles == 3
    assert library.search("convoy").total == 3


def test_a_file_moved_under_another_kind_of_name_is_read_again(
    library: Library, folder: Path
) -> None:
    (folder / "one.txt").write_text("# The first story\n\nA convoy passed on Monday.\n")
    library.update()
    (folder / "one.txt").rename(folder / "one.md")
    report = library.update()
    assert (report.added, report.removed, report.moved) == (1, 1, 0)
    assert library.find("one.md").title == "The first story"


def test_what_could_not_be_read_moves_with_its_file(library: Library, folder: Path) -> None:
    rows = [json.dumps({"id": 1, "title": "T", "text": "A text."}), "{broken"]
    (folder / "rows.jsonl").write_text("\n".join(rows))
    library.update()
    (folder / "rows.jsonl").rename(folder / "other.jsonl")
    (skipped,) = library.update().skipped
    assert skipped.locator == f"{folder / 'other.jsonl'}#2"


# Copies


def test_exact_copies_are_listed_once_with_their_places(library: Library, folder: Path) -> None:
    shown = library.find("one.txt")
    shutil.copy(folder / "one.txt", folder / "again.txt")
    (folder / "below").mkdir()
    shutil.copy(folder / "one.txt", folder / "below" / "third.txt")
    report = library.update()
    assert numbers(report) == (0, 0, 0, 0, 3)
    assert report.copies == library.status().copies == 2
    article = library.find("one.txt")
    assert article.id == shown.id  # what is being read stays what it is
    assert article.copies == (str(folder / "again.txt"), str(folder / "below" / "third.txt"))
    listed = next(a for a in library.articles() if a.id == article.id)
    assert listed.copies == article.copies
    assert library.find("again.txt").id == library.find("third.txt").id == article.id
    assert library.search("one").total == 1


def test_a_copy_takes_the_place_of_the_one_that_was_shown(library: Library, folder: Path) -> None:
    shutil.copy(folder / "one.txt", folder / "again.txt")
    library.update()
    mentions = [m.text for m in library.mentions(library.find("one.txt").id)]
    (folder / "one.txt").unlink()
    report = library.update()
    assert (report.removed, report.copies) == (0, 0)
    article = library.find("again.txt")
    assert (article.title, article.copies) == ("The one story", ())
    assert [m.text for m in library.mentions(article.id)] == mentions
    assert [h.article.id for h in library.search("town one").hits][:1] == [article.id]
    assert library.status().articles == library.status().searchable == 3


def test_a_copy_that_changes_is_an_article_of_its_own(library: Library, folder: Path) -> None:
    shutil.copy(folder / "one.txt", folder / "again.txt")
    library.update()
    (folder / "again.txt").write_text(TEXT.format("fourth"))
    assert numbers(library.update()) == (1, 0, 0, 0, 3)
    assert library.find("again.txt").title == "The fourth story"
    assert library.find("one.txt").copies == ()


def test_a_shown_article_that_changes_leaves_its_copy_in_its_place(
    library: Library, folder: Path
) -> None:
    shutil.copy(folder / "one.txt", folder / "again.txt")
    library.update()
    (folder / "one.txt").write_text(TEXT.format("fourth"))
    library.update()
    assert library.find("again.txt").title == "The one story"
    assert library.find("one.txt").title == "The fourth story"
    assert library.search("convoy").total == library.status().articles == 4


def test_an_article_that_becomes_a_copy_is_not_listed_any_more(
    library: Library, folder: Path
) -> None:
    shutil.copy(folder / "one.txt", folder / "two.txt")
    report = library.update()
    assert (report.added, report.removed, report.copies) == (0, 1, 1)
    assert library.search("two").total == 0
    assert library.search("convoy").total == library.status().articles == 2


def test_which_copy_is_shown_first_does_not_hang_on_what_was_read_first(tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    page = "<html><body><article><h1>A convoy passed</h1>{}</article></body></html>"
    body = "<p>A convoy of lorries passed the bridge at dawn, officials said on Monday.</p>" * 3
    for name in "dbca":
        (folder / f"{name}.html").write_text(page.format(body))
    with Library.open([folder], tmp_path / "cache", tmp_path / "data") as library:
        library.update()
        (article,) = library.articles()
        assert Path(article.locator).name == "a.html"
        assert [Path(place).name for place in article.copies] == ["b.html", "c.html", "d.html"]
        assert library.search("convoy").total == 1


# Only some places


def test_only_what_is_named_is_looked_at(library: Library, folder: Path) -> None:
    (folder / "one.txt").write_text(TEXT.format("first"))
    (folder / "two.txt").unlink()
    (folder / "four.txt").write_text(TEXT.format("fourth"))
    report = library.update(only=[folder / "one.txt"])
    assert (report.added, report.changed, report.removed) == (0, 1, 0)
    assert names(library) == ["one.txt", "three.txt", "two.txt"]
    assert library.search("first").total == 1
    report = library.update(only=[folder / "two.txt", folder / "four.txt"])
    assert (report.added, report.changed, report.removed) == (1, 0, 1)
    assert names(library) == ["four.txt", "one.txt", "three.txt"]
    assert library.status().ready


def test_a_folder_may_be_named_whether_it_is_there_or_not(library: Library, folder: Path) -> None:
    (folder / "below").mkdir()
    (folder / "below" / "four.txt").write_text(TEXT.format("fourth"))
    (folder / "belowground.txt").write_text(TEXT.format("fifth"))
    assert library.update(only=[folder / "below"]).added == 1
    library.update()
    shutil.rmtree(folder / "below")
    assert library.update(only=[folder / "below"]).removed == 1
    assert names(library) == ["belowground.txt", "one.txt", "three.txt", "two.txt"]


def test_a_move_is_known_when_both_places_are_named(library: Library, folder: Path) -> None:
    (folder / "one.txt").rename(folder / "new.txt")
    report = library.update(only=[folder / "one.txt", folder / "new.txt"])
    assert (report.added, report.removed, report.moved) == (0, 0, 1)


def test_what_is_hidden_or_elsewhere_is_not_read_though_it_is_named(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    (folder / ".hidden").mkdir()
    for path in (folder / ".hidden" / "a.txt", folder / "README.txt", tmp_path / "b.txt"):
        path.write_text(TEXT.format("other"))
        assert library.update(only=[path]).added == 0
    assert library.status().articles == 3


def test_a_library_that_is_installed_later_makes_its_files_be_read(
    library: Library, folder: Path
) -> None:
    (folder / "one.txt").write_text(TEXT.format("first"))
    library.update()
    [generation] = [p for p in library.folder.iterdir() if p.is_dir()]
    import sqlite3

    with sqlite3.connect(generation / "store.sqlite") as db:
        # As it is left where something was missing for one file.
        db.execute("UPDATE meta SET value = 'PDF' WHERE key = 'lacking'")
        db.execute("UPDATE file SET lacking = 1 WHERE path LIKE '%two.txt'")
    db.close()
    steps: list[Progress] = []
    library.update(steps.append)
    reading = [step for step in steps if step.phase == "reading"]
    assert {step.total - step.done for step in reading} <= {0, 1}
    assert reading


# Damage


def test_a_page_that_the_disk_spoilt_is_one_clear_line_until_it_is_built_again(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    from index import ParallaxError

    for number in range(200):
        (folder / f"{number}.txt").write_text(TEXT.format(number))
    library.update()
    library.close()
    [store] = library.folder.glob("*/store.sqlite")
    with store.open("r+b") as file:
        for page in range(2, store.stat().st_size // 4096):
            file.seek(page * 4096)
            file.write(b"\xff" * 512)
    with Library.open([folder], tmp_path / "cache", tmp_path / "data") as opened:
        with pytest.raises(ParallaxError, match="damaged"):
            list(opened.articles())
        opened.update()
        assert opened.status().articles == 203
        assert opened.search("convoy").total == 203


def test_folders_in_the_place_of_the_caches_files_are_taken_away(
    folder: Path, tmp_path: Path
) -> None:
    with Library.open([folder], tmp_path / "cache", tmp_path / "data") as library:
        (library.folder / "update.lock").mkdir(parents=True)
        (library.folder / "current").mkdir()
        assert library.update().added == 3
        assert library.update().unchanged == 3


def test_a_list_can_be_read_to_its_end_though_another_cache_is_swapped_in(
    library: Library, folder: Path
) -> None:
    from index import generations

    listed = library.articles()
    first = next(listed)
    now = generations.current(library.folder)
    assert now is not None
    generations.mark_damaged(now)
    library.update()
    assert library.status().articles == 3
    assert len({first.id, *(article.id for article in listed)}) == 3


def test_an_update_that_was_broken_off_is_finished_though_only_some_is_asked_for(
    library: Library, folder: Path
) -> None:
    (folder / "four.txt").write_text(TEXT.format("fourth"))

    class BrokenOffError(Exception):
        pass

    def stop(progress: Progress) -> None:
        if progress.phase == "reading":
            raise BrokenOffError

    with pytest.raises(BrokenOffError):
        library.update(stop)
    assert not library.status().ready
    (folder / "five.txt").write_text(TEXT.format("fifth"))
    library.update(only=[])
    assert library.status().ready
    assert library.search("convoy").total == 5
