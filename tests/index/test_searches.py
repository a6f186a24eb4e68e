"""Saved searches and history: kept for good, and new is only what is new."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from index import Library, ParallaxError
from index.userdata import NAME, Correction, Corrections, UserData
from index.userdata.searches import HISTORY_KEPT
from tests.index.collection import TEXT, opened


def data(tmp_path: Path) -> sqlite3.Connection:
    return sqlite3.connect(tmp_path / "data" / NAME, isolation_level=None)


def wait_long(tmp_path: Path) -> None:
    """Makes whatever was typed so far an hour old."""
    with closing(data(tmp_path)) as db:
        db.execute("UPDATE history SET time = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-1 hour')")


def counts(library: Library) -> dict[str, tuple[int, int]]:
    return {each.name: (each.total, each.new) for each in library.saved_searches()}


# Saved searches


def test_what_a_search_found_when_it_was_saved_is_not_new(library: Library) -> None:
    assert library.saved_searches() == ()
    library.save_search("Convoys", "convoy")
    [saved] = library.saved_searches()
    assert (saved.name, saved.query, saved.exact) == ("Convoys", "convoy", False)
    assert counts(library) == {"Convoys": (3, 0)}


def test_an_article_that_came_since_is_new_until_it_is_looked_at(
    library: Library, folder: Path
) -> None:
    library.save_search("Convoys", "convoy")
    (folder / "four.txt").write_text(TEXT.format("four"))
    (folder / "other.txt").write_text("Rain in Basra\n\nIt rained all day.\n")
    library.update()
    assert counts(library) == {"Convoys": (4, 1)}
    assert library.see_search("Convoys") == {library.find("four.txt").id}
    assert counts(library) == {"Convoys": (4, 0)}
    assert library.see_search("Convoys") == frozenset()


def test_an_article_that_is_gone_for_a_while_is_no_news(library: Library, folder: Path) -> None:
    library.save_search("Convoys", "convoy")
    (folder / "one.txt").unlink()
    library.update()
    assert counts(library) == {"Convoys": (2, 0)}
    library.see_search("Convoys")
    (folder / "one.txt").write_text(TEXT.format("one"))
    library.update()
    assert counts(library) == {"Convoys": (3, 0)}


def test_a_deleted_cache_brings_no_false_news(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    library.save_search("Convoys", "convoy", exact=True)
    library.remember_query("convoy")
    library.close()
    shutil.rmtree(tmp_path / "cache")
    with opened(folder, tmp_path) as again:
        again.see_search("Convoys")  # while nothing of it can be found
        again.update()
        assert counts(again) == {"Convoys": (3, 0)}
        assert again.saved_searches()[0].exact
        assert again.history() == ("convoy",)


def test_searches_belong_to_their_collection(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    library.save_search("Convoys", "convoy")
    library.remember_query("convoy")
    (tmp_path / "other").mkdir()
    with opened(tmp_path / "other", tmp_path) as other:
        assert (other.saved_searches(), other.history()) == ((), ())
    # However its paths are written.
    with Library.open([folder / ".." / "collection"], tmp_path / "cache", tmp_path / "data") as it:
        assert counts(it) == {"Convoys": (3, 0)}


def test_searches_of_a_folder_whose_name_is_no_unicode(tmp_path: Path) -> None:
    folder = tmp_path / "caf\udce9"
    folder.mkdir()
    with opened(folder, tmp_path) as library:
        library.save_search("All", "convoy")
        assert counts(library) == {"All": (0, 0)}


def test_names_are_in_order_and_name_one_search_each(library: Library) -> None:
    for name, query in (("beta", "convoy"), ("Alpha", "town"), ("beta", "one")):
        library.save_search(name, query)
    saved = library.saved_searches(counted=False)
    assert [(each.name, each.query, each.total) for each in saved] == [
        ("Alpha", "town", 0),
        ("beta", "one", 0),
    ]
    library.forget_search(" beta ")
    assert [each.name for each in library.saved_searches()] == ["Alpha"]


def test_a_name_is_trimmed_and_harmless(library: Library) -> None:
    library.save_search("  Con\x1b[2Jvoys\u202e  of  May ", "convoy")
    assert [each.name for each in library.saved_searches()] == ["Convoys of May"]


@pytest.mark.parametrize(
    ("name", "query", "says"),
    [
        (" ", "convoy", "name"),
        ("\x1b[2J", "convoy", "name"),
        ("two\nlines", "convoy", "one line"),
        ("x" * 61, "convoy", "60 characters"),
        ("Nothing", " \t ", "query"),
    ],
)
def test_what_cannot_be_saved_is_one_clear_line(
    library: Library, name: str, query: str, says: str
) -> None:
    with pytest.raises(ParallaxError, match=says) as told:
        library.save_search(name, query)
    assert "\n" not in str(told.value)
    assert library.saved_searches() == ()


def test_a_name_that_is_not_there_is_answered_with_those_that_are(library: Library) -> None:
    with pytest.raises(ParallaxError, match="none is saved"):
        library.see_search("Convoys")
    library.save_search("Convoys", "convoy")
    for act in (library.see_search, library.forget_search):
        with pytest.raises(ParallaxError, match=r"'Convoy'; there are: Convoys"):
            act("Convoy")


# History


def test_history_lists_each_query_once_the_latest_first(library: Library, tmp_path: Path) -> None:
    for query in ("convoy", "town", "  convoy\n", "", " "):
        library.remember_query(query)
    assert library.history() == ("convoy", "town")


def test_what_was_typed_in_one_go_is_one_query(library: Library, tmp_path: Path) -> None:
    for query in ("con", "convoy", "conv"):
        library.remember_query(query)
    assert library.history() == ("convoy",)
    wait_long(tmp_path)
    library.remember_query("conv")
    assert library.history() == ("conv", "convoy")
    wait_long(tmp_path)
    library.remember_query("convoys")
    assert library.history() == ("convoys", "conv", "convoy")


def test_history_keeps_the_latest_and_no_more(library: Library) -> None:
    for number in range(HISTORY_KEPT + 5):
        library.remember_query(f"{number} convoys")
    found = library.history()
    assert len(found) == HISTORY_KEPT
    assert (found[0], found[-1]) == (f"{HISTORY_KEPT + 4} convoys", "5 convoys")


# The file


def test_looking_makes_no_file(library: Library, tmp_path: Path) -> None:
    assert (library.history(), library.saved_searches()) == ((), ())
    assert not (tmp_path / "data").exists()


def test_a_file_of_the_first_version_keeps_its_corrections(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    with closing(data(tmp_path)) as db:
        db.executescript(
            """
            CREATE TABLE correction (
                locator TEXT NOT NULL, field TEXT NOT NULL, value TEXT, fragment TEXT NOT NULL,
                hash TEXT NOT NULL,
                time TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
                PRIMARY KEY (locator, field)
            );
            PRAGMA user_version = 1;
            """
        )
        db.execute(
            "INSERT INTO correction (locator, field, value, fragment, hash)"
            " VALUES (?, 'title', 'Corrected', '', '')",
            (str(folder / "one.txt"),),
        )
    library.save_search("Convoys", "convoy")
    library.remember_query("convoy")
    assert library.find("one.txt").title == "Corrected"
    assert (counts(library), library.history()) == ({"Convoys": (3, 0)}, ("convoy",))


def test_several_processes_at_once_lose_nothing(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    code = (
        "import sys; from index import Library\n"
        "library = Library.open([sys.argv[1]], sys.argv[2], sys.argv[3])\n"
        "for number in range(20):\n"
        "    library.save_search(f'{sys.argv[4]} {number}', 'convoy')\n"
        "    library.remember_query(f'{number} of {sys.argv[4]}')\n"
    )
    places = [str(folder), str(tmp_path / "cache"), str(tmp_path / "data")]
    running = [subprocess.Popen([sys.executable, "-c", code, *places, name]) for name in "ab"]
    assert [process.wait() for process in running] == [0, 0]
    assert len(library.saved_searches(counted=False)) == 40
    assert len(library.history()) == 40


def test_a_newer_file_is_left_alone_and_said(library: Library, tmp_path: Path) -> None:
    library.save_search("Convoys", "convoy")
    library.close()
    with closing(data(tmp_path)) as db:
        db.execute("PRAGMA user_version = 99")
    with Library.open(library.paths, tmp_path / "cache", tmp_path / "data") as again:
        assert again.history() == ()
        again.remember_query("convoy")
        for act in (again.saved_searches, lambda: again.save_search("Other", "town")):
            with pytest.raises(ParallaxError, match="newer") as told:
                act()
            assert "\n" not in str(told.value)
    with closing(data(tmp_path)) as db:
        assert db.execute("SELECT name FROM saved_search").fetchall() == [("Convoys",)]


def test_a_damaged_file_is_said_and_set_aside_by_the_next_update(
    library: Library, tmp_path: Path
) -> None:
    library.save_search("Convoys", "convoy")
    library.close()
    path = tmp_path / "data" / NAME
    path.write_bytes(b"nothing of the kind" * 1000)
    with Library.open(library.paths, tmp_path / "cache", tmp_path / "data") as again:
        assert again.history() == ()
        again.remember_query("convoy")
        with pytest.raises(ParallaxError, match="damaged"):
            again.save_search("Convoys", "convoy")
        assert "damaged" in again.update().note
        again.save_search("Convoys", "convoy")
        again.remember_query("convoy")
        assert (counts(again), again.history()) == ({"Convoys": (3, 0)}, ("convoy",))
    assert (path.parent / "user.damaged-1.sqlite").read_bytes() == b"nothing of the kind" * 1000


def test_what_can_be_read_of_a_damaged_file_is_kept(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    library.save_search("Convoys", "convoy")
    library.remember_query("convoy")
    elsewhere = Correction("/elsewhere/a.txt", "title", "Corrected", "", "")
    user = UserData(tmp_path / "data")
    Corrections(user).put(elsewhere)
    user.close()
    library.close()
    with closing(data(tmp_path)) as db:
        size = db.execute("PRAGMA page_size").fetchone()[0]
        [page] = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'history'").fetchone()
    with (tmp_path / "data" / NAME).open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    with opened(folder, tmp_path) as again:
        assert "damaged" in again.update().note
        assert again.update().note == ""
        assert (counts(again), again.history()) == ({"Convoys": (3, 0)}, ())
        assert Corrections(user).given() == [elsewhere]
    user.close()


def test_a_file_that_somebody_else_set_aside_is_not_written_to_any_more(
    library: Library, tmp_path: Path
) -> None:
    library.save_search("Convoys", "convoy")
    library.remember_query("convoy")
    with closing(UserData(tmp_path / "data")) as other:
        other.set_aside()
    library.save_search("Towns", "town")
    with Library.open(library.paths, tmp_path / "cache", tmp_path / "data") as again:
        assert counts(again) == counts(library) == {"Convoys": (3, 0), "Towns": (3, 0)}
