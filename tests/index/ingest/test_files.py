"""Which files are found, in what order, and what is said of the others."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from index.ingest import FoundFile, find_files, locator_of, read_file
from index.ingest.formats import is_simple
from index.ingest.hashing import file_hash
from index.model import Article, Skipped


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "news"
    path.mkdir()
    return path


def write(path: Path, text: str = "Something happened today, officials said.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def paths(found: list[FoundFile | Skipped]) -> list[Path]:
    return [item.path for item in found if isinstance(item, FoundFile)]


def names(found: list[FoundFile | Skipped], folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in paths(found)]


def reasons(found: list[FoundFile | Skipped]) -> dict[str, str]:
    return {Path(s.locator).name: s.reason for s in found if isinstance(s, Skipped)}


def test_folders_are_walked_in_a_stable_order(folder: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/b/c.html", "c.jsonl", "A.TXT", "d.htm"):
        write(folder / name)
    expected = ["A.TXT", "a/b/c.html", "a/z.md", "b.txt", "c.jsonl", "d.htm"]
    assert names(list(find_files([folder])), folder) == expected


def test_files_about_the_folder_and_hidden_ones_are_passed_over(folder: Path) -> None:
    for name in (
        *("README.md", "LICENSE", "LICENCE.txt", ".hidden.txt", ".git/a.txt", "README"),
        *("readme.md", "README_en.txt", "license-plates.txt"),
    ):
        write(folder / name)
    found = list(find_files([folder]))
    assert names(found, folder) == ["license-plates.txt"]
    assert len(found) == 1


def test_what_is_named_is_taken_even_if_hidden(folder: Path) -> None:
    named = [write(folder / "README.md"), write(folder / ".kept" / ".a.txt")]
    assert paths(list(find_files(named))) == named


def test_each_file_comes_once(folder: Path) -> None:
    path = write(folder / "sub" / "a.txt")
    found = list(find_files([folder, path, folder]))
    assert paths(found) == [path]
    assert len(found) == 1
    assert paths(list(find_files([path, folder / "sub"]))) == [path]


def test_unknown_kinds_are_reported(folder: Path) -> None:
    png, bare = write(folder / "a.PNG"), write(folder / "noending")
    for given in ([folder], [png, bare]):
        found = list(find_files(given))
        assert reasons(found) == {"a.PNG": "not a kind of file Parallax reads: .png"}
        assert paths(found) == [bare]
    for path, what in ((png, ".png"), (bare, "its name has no ending")):
        (skipped,) = read_file(path)
        assert skipped == Skipped(str(path), f"not a kind of file Parallax reads: {what}")


def test_a_missing_path_is_reported(folder: Path) -> None:
    assert reasons(list(find_files([folder / "no.txt"]))) == {"no.txt": "no such file or folder"}
    assert [type(item) for item in read_file(folder / "no.txt")] == [Skipped]


def test_links_in_circles_and_pipes_end_well(folder: Path) -> None:
    write(folder / "a.txt")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "self").symlink_to(folder / "self")
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    os.mkfifo(folder / "pipe.txt")
    found = list(find_files([folder]))
    assert names(found, folder) == ["a.txt"]
    assert set(reasons(found)) == {"loop", "self", "gone.txt", "pipe.txt"}
    assert list(read_file(folder / "pipe.txt")) == [
        Skipped(str(folder / "pipe.txt"), "not a regular file")
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_files_and_folders_cost_nothing_else(folder: Path) -> None:
    write(folder / "a.txt")
    closed = write(folder / "closed" / "b.txt").parent
    secret = write(folder / "secret.txt")
    closed.chmod(0)
    secret.chmod(0)
    try:
        found = list(find_files([folder]))
        assert names(found, folder) == ["a.txt", "secret.txt"]
        assert reasons(found) == {"closed": "permission denied"}
        assert list(read_file(secret)) == [Skipped(str(secret), "permission denied")]
    finally:
        closed.chmod(0o700)


def test_names_that_are_no_utf8_have_locators(folder: Path) -> None:
    given = [
        Path(os.fsdecode(os.fsencode(folder / "a") + byte + b".txt")) for byte in (b"\xff", b"\xfe")
    ]
    try:
        for path in given:
            write(path)
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    found = paths(list(find_files([folder])))
    articles = [article for path in found for article in read_file(path)]
    assert all(isinstance(article, Article) for article in articles)
    assert len({article.locator.encode("utf-8") for article in articles}) == 2
    assert {locator_of(path) for path in found} == {article.locator for article in articles}


def test_a_file_too_large_is_reported(folder: Path) -> None:
    path = folder / "huge.html"
    with path.open("wb") as file:
        file.truncate(65_000_000)
    (found,) = read_file(path)
    assert isinstance(found, Skipped)
    assert (
        found.reason
        == "too large: 65 MB or more, where 64 MB is the most (file_megabytes in the settings)"
    )


def test_a_folder_has_its_own_name_where_a_link_leads_to_it_too(folder: Path) -> None:
    write(folder / "real" / "a.txt")
    (folder / "also").symlink_to(folder / "real", target_is_directory=True)
    for given in ([folder], [folder / "also", folder / "real"]):
        found = list(find_files(given))
        assert names(found, folder) == ["real/a.txt"]
        assert reasons(found) == {"also": "the same folder is already read under another name"}
    assert names(list(find_files([folder / "also"])), folder) == ["also/a.txt"]


def test_a_link_out_of_the_collection_is_followed_once(folder: Path, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere" / "a.txt")
    for name in ("one", "two"):
        (folder / name).symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / "elsewhere" / "back").symlink_to(folder, target_is_directory=True)
    found = list(find_files([folder]))
    assert names(found, folder) == ["one/a.txt"]
    assert set(reasons(found)) == {"two", "back"}


def test_devices_and_sockets_are_never_opened(folder: Path) -> None:
    (folder / "zero.txt").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as bound:
        here = Path.cwd()
        os.chdir(folder)  # the path of a socket must be short
        try:
            bound.bind("s.html")
        finally:
            os.chdir(here)
        found = list(find_files([folder]))
        assert reasons(found) == dict.fromkeys(("s.html", "zero.txt"), "not a regular file")
        for name in ("s.html", "zero.txt"):
            assert list(read_file(folder / name)) == [
                Skipped(str(folder / name), "not a regular file")
            ]


def test_very_deep_folders_end_well(folder: Path) -> None:
    write(folder / "z.txt")
    here = Path.cwd()
    os.chdir(folder)
    try:
        for _ in range(1_200):
            Path("deep").mkdir()
            os.chdir("deep")
        found = list(find_files([folder]))
        for _ in range(1_200):  # nothing else removes folders as deep
            os.chdir("..")
            Path("deep").rmdir()
    finally:
        os.chdir(here)
    assert names(found, folder) == ["z.txt"]
    assert [item.reason for item in found if isinstance(item, Skipped)] == ["file name too long"]


def test_a_name_may_hold_anything(folder: Path) -> None:
    name = "a\n\x1b]0;title\x07\u202etxt.html\r.txt"
    write(folder / name)
    (found,) = find_files([folder])
    assert isinstance(found, FoundFile)
    (article,) = read_file(found.path)
    assert isinstance(article, Article)


def test_nothing_of_a_name_reaches_a_reason_as_it_is(folder: Path) -> None:
    path = write(folder / f"a.b\n\x1b]0;title\x07\u202e{'c' * 50}")
    (skipped,) = read_file(path)
    assert isinstance(skipped, Skipped)
    assert skipped.reason == f"not a kind of file Parallax reads: .b {'c' * 17}"


def test_a_file_that_is_gone_when_it_is_read_is_reported(folder: Path) -> None:
    path = write(folder / "a.txt")
    (found,) = find_files([folder])
    path.unlink()
    assert isinstance(found, FoundFile)
    assert list(read_file(found.path)) == [Skipped(str(path), "no such file or folder")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_that_took_the_name_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert list(read_file(pipe)) == [Skipped(str(pipe), "not a regular file")]
    assert is_simple(pipe)
    with pytest.raises(OSError, match="not a regular file"):
        file_hash(pipe)
