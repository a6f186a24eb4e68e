"""Corrections: shown at once, kept for good, and found again wherever the article goes."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from index import Library, ParallaxError
from index.model import EvidenceKind
from index.store import database
from index.userdata import NAME
from tests.index.collection import TEXT, opened


def titles(library: Library) -> list[str]:
    return [article.title for article in library.articles()]


def test_a_correction_is_shown_at_once_with_what_stood_there_before(library: Library) -> None:
    article = library.find("one.txt")
    assert article.source is None
    shown = library.correct(article.id, "title", "  A better \n title ")
    assert shown == library.article(article.id)
    assert shown.title == "A better title"
    assert shown.evidence["title"].kind is EvidenceKind.CORRECTION
    assert "The one story" in shown.evidence["title"].detail
    shown = library.correct(article.id, "source", "The Daily Planet")
    assert (shown.title, shown.source) == ("A better title", "The Daily Planet")
    assert "unstated" in shown.evidence["source"].detail
    assert shown.paragraphs == article.paragraphs


def test_the_next_update_takes_it_up_without_reading_anything(
    library: Library, folder: Path
) -> None:
    article = library.find("one.txt")
    library.correct(article.id, "title", "Aardvark of Baghdad")
    library.correct(article.id, "source", "The Daily Planet")
    library.correct(article.id, "author", "Rania Haddad")
    library.correct(article.id, "date", "5 May 2024")
    (folder / "new.txt").write_text(TEXT.format("new"))
    assert library.update(only=[]).added == 0
    listed = next(library.articles())
    assert (listed.id, listed.title) == (article.id, "Aardvark of Baghdad")  # dated ones first
    assert (listed.source, listed.date) == ("The Daily Planet", datetime(2024, 5, 5))
    for query in ("aardvark", "source:planet", "author:haddad", "date:2024-05"):
        assert [hit.article.id for hit in library.search(query).hits] == [article.id]
    assert library.search("aardvark").facets["source"] == (("The Daily Planet", 1),)
    assert library.status().sources == 1
    in_title = [m.text for m in library.mentions(article.id) if m.paragraph is None]
    assert "Baghdad" in in_title
    shown = library.article(article.id)
    assert shown.evidence["title"].kind is EvidenceKind.CORRECTION
    assert "The one story" in shown.evidence["title"].detail


def test_no_name_is_marked_in_a_title_where_it_does_not_stand(library: Library) -> None:
    article = library.find("one.txt")
    library.correct(article.id, "title", "Fighting in Baghdad and Basra")
    library.update(only=[])
    assert any(m.paragraph is None for m in library.mentions(article.id))
    library.correct(article.id, "title", "Quiet")
    assert not any(m.paragraph is None for m in library.mentions(article.id))


def test_none_restores_what_was_read(library: Library) -> None:
    article = library.find("one.txt")
    assert article.author == "Jane Doe"
    library.correct(article.id, "title", "Another title")
    assert library.correct(article.id, "author", "").author is None
    library.update(only=[])
    assert library.article(article.id).author is None
    library.correct(article.id, "title", None)
    assert library.correct(article.id, "author", None) == article
    assert library.update(only=[]).note == ""
    assert library.article(article.id) == article
    assert "The one story" in titles(library)
    assert library.search("another").total == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "),
        ("date", "soon"),
        ("url", "javascript:alert(1)"),
        ("url", "ftp://a.b"),
        ("language", "English"),
        ("words", "3"),
    ],
)
def test_what_a_field_cannot_be_is_one_clear_line(library: Library, field: str, value: str) -> None:
    article = library.find("one.txt")
    with pytest.raises(ParallaxError) as told:
        library.correct(article.id, field, value)
    assert "\n" not in str(told.value)
    assert library.article(article.id) == article


def test_every_field_can_be_corrected(library: Library) -> None:
    article = library.find("one.txt")
    values = {
        "title": "A title",
        "source": "An outlet",
        "author": "A writer",
        "date": "2024-05-05T10:00:00+03:00",
        "url": "https://example.org/a",
        "language": "ar",
    }
    for field, value in values.items():
        library.correct(article.id, field, value)
    for _ in range(2):
        shown = library.article(article.id)
        assert shown.date is not None
        given = {field: getattr(shown, field) for field in values}
        assert {**given, "date": shown.date.isoformat()} == values
        library.update(only=[])


def test_terminal_controls_in_a_correction_come_to_nothing(library: Library) -> None:
    shown = library.correct(library.find("one.txt").id, "title", "A\x1b[2J \u202etitle\x00")
    assert not {"\x1b", "\u202e", "\x00"} & set(shown.title)


# What it survives


def test_a_changed_file(library: Library, folder: Path) -> None:
    library.correct(library.find("one.txt").id, "title", "Corrected")
    (folder / "one.txt").write_text(TEXT.format("first") + "\nMore was said.\n")
    library.update()
    shown = library.find("one.txt")
    assert shown.title == "Corrected"
    assert "The first story" in shown.evidence["title"].detail
    assert "Corrected" in titles(library)
    (folder / "one.txt").rename(folder / "later.txt")
    library.update()
    assert library.find("later.txt").title == "Corrected"


def test_a_moved_file_and_one_moved_back(library: Library, folder: Path) -> None:
    library.correct(library.find("one.txt").id, "title", "Corrected")
    for old, new in (("one.txt", "deep.txt"), ("deep.txt", "one.txt")):
        (folder / old).rename(folder / new)
        library.update()
        assert library.find(new).title == "Corrected"
        assert "Corrected" in titles(library)
    library.correct(library.find("one.txt").id, "title", None)
    assert library.find("one.txt").title == "The one story"


def test_a_deleted_cache(library: Library, folder: Path, tmp_path: Path) -> None:
    library.correct(library.find("one.txt").id, "title", "Corrected")
    library.update()
    library.close()
    shutil.rmtree(tmp_path / "cache")
    with opened(folder, tmp_path) as again:
        again.update()
        assert again.find("one.txt").title == "Corrected"
        assert "Corrected" in titles(again)


def test_a_moved_collection_with_rows(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    rows = [{"id": name, "title": f"The {name}", "text": f"Text {name}."} for name in "abc"]
    (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    with opened(folder, tmp_path) as library:
        library.update()
        library.correct(library.find("rows.jsonl#b").id, "title", "Corrected")
    folder.rename(tmp_path / "there")
    with opened(tmp_path / "there", tmp_path) as library:
        library.update()
        assert sorted(titles(library)) == ["Corrected", "The a", "The c"]
        assert library.find("rows.jsonl#b").title == "Corrected"


def test_another_version_of_the_store(
    library: Library, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.correct(library.find("one.txt").id, "title", "Corrected")
    library.update()
    library.close()
    [store] = library.folder.glob("*/store.sqlite")
    with sqlite3.connect(store) as db:
        db.execute(f"PRAGMA user_version = {database.FORMAT - 1}")
    db.close()
    with opened(folder, tmp_path) as again:
        again.update()
        assert "Corrected" in titles(again)


def test_a_crash_right_after_it_was_made(library: Library, folder: Path, tmp_path: Path) -> None:
    article = library.find("one.txt")
    code = (
        "import os, signal, sys; from index import Library\n"
        "library = Library.open([sys.argv[1]], sys.argv[2], sys.argv[3])\n"
        "library.correct(sys.argv[4], 'title', 'Corrected')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    places = [str(folder), str(tmp_path / "cache"), str(tmp_path / "data")]
    ran = subprocess.run([sys.executable, "-c", code, *places, article.id], check=False)
    assert ran.returncode == -signal.SIGKILL
    assert library.article(article.id).title == "Corrected"


def test_a_shown_article_that_goes_leaves_its_correction_to_its_copy(
    library: Library, folder: Path
) -> None:
    shutil.copy(folder / "one.txt", folder / "one-again.txt")
    library.update()
    library.correct(library.find("one.txt").id, "title", "Corrected")
    library.update()
    assert library.status().copies == 1  # it is still the same article
    (folder / "one.txt").unlink()
    library.update()
    assert library.find("one-again.txt").title == "Corrected"
    assert "Corrected" in titles(library)


def test_a_copy_in_another_collection_is_not_corrected_with_it(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    library.correct(library.find("one.txt").id, "title", "Corrected")
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(folder / "one.txt", other / "one.txt")
    with opened(other, tmp_path) as elsewhere:
        elsewhere.update()
        assert titles(elsewhere) == ["The one story"]
    library.update()
    assert library.find("one.txt").title == "Corrected"


# What is wrong with the user's data


def test_a_damaged_file_is_kept_and_said_and_its_corrections_stay(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    library.correct(library.find("one.txt").id, "title", "Corrected")
    library.update()
    library.close()
    path = tmp_path / "data" / NAME
    for beside in path.parent.glob(f"{NAME}-*"):
        beside.unlink()
    path.write_bytes(b"nothing of the kind" * 1000)
    with opened(folder, tmp_path) as again:
        assert again.find("one.txt").paragraphs
        with pytest.raises(ParallaxError, match="damaged"):
            again.correct(again.find("two.txt").id, "title", "Other")
        report = again.update()
        aside = next(p for p in path.parent.iterdir() if "damaged" in p.name)
        assert aside.name in report.note
        assert aside.read_bytes() == b"nothing of the kind" * 1000
        assert again.find("one.txt").title == "Corrected"
        assert again.update().note == ""
        assert again.find("one.txt").title == "Corrected"


def test_a_newer_file_is_left_alone_and_said(library: Library, tmp_path: Path) -> None:
    article = library.find("one.txt")
    library.correct(article.id, "title", "Corrected")
    library.update()
    library.close()
    path = tmp_path / "data" / NAME
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with Library.open(library.paths, tmp_path / "cache", tmp_path / "data") as again:
        with pytest.raises(ParallaxError, match="newer"):
            again.correct(article.id, "title", "Other")
        assert "newer" in again.update().note
        assert "Corrected" in titles(again)
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT value FROM correction").fetchall() == [("Corrected",)]
    db.close()


def test_the_data_is_the_users_alone(library: Library, tmp_path: Path) -> None:
    assert not (tmp_path / "data").exists()
    library.correct(library.find("one.txt").id, "title", "Corrected")
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "data" / NAME).stat().st_mode & 0o777 == 0o600


def test_a_fault_of_recognition_is_told_once_however_often_it_comes_back(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = next(library.articles())

    def fail(_article: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("index.entities.recognise_article", fail)
    for title in ("One title", "Another title"):
        library.correct(article.id, "title", title)
        library.update()
    assert [each.locator for each in library.skipped()] == [article.locator]
