"""ZIP archives: what is read of them, what is not, and what hostile ones can cost."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from struct import Struct

import pytest

from index.ingest import read_file
from index.model import Article
from index.settings import Limits, Settings
from tests.index.ingest.samples import PAGE, TEXT, bomb, found_in, zip_of


def raw_zip(*members: tuple[bytes, bytes, int], method: int = 8, flags: int = 0) -> bytes:
    """A ZIP archive put together by hand: name, compressed bytes and checksum of each member."""
    body = directory = b""
    for name, data, checksum in members:
        fields = (20, flags, method, 0, 0, checksum, len(data), 1, len(name), 0)
        place = len(body)
        body += Struct("<4s5H3L2H").pack(b"PK\3\4", *fields) + name + data
        entry = (20, *fields, 0, 0, 0, 0, place)
        directory += Struct("<4s6H3L5H2L").pack(b"PK\1\2", *entry) + name
    count = min(len(members), 0xFFFF)
    end = (0, 0, count, count, len(directory), len(body), 0)
    return body + directory + Struct("<4s4H2LH").pack(b"PK\5\6", *end)


def packed(text: bytes) -> bytes:
    machine = zlib.compressobj(wbits=-15)
    return machine.compress(text) + machine.flush()


@pytest.mark.parametrize("method", [0, 8, 12, 14])
def test_every_file_of_a_known_kind_is_read(tmp_path: Path, method: int) -> None:
    path = tmp_path / "a.zip"
    rows = '{"id": "one", "text": "Something happened."}\n'
    path.write_bytes(
        zip_of(("folder/a.txt", TEXT), ("b.html", PAGE), ("c.jsonl", rows), method=method)
    )
    found = found_in(path)
    assert found == {"folder/a.txt": None, "b.html": None, "c.jsonl#one": None}
    assert next(iter(read_file(path))).locator == f"{path}#folder/a.txt"


def test_the_same_is_passed_over_as_in_folders(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    names = (
        ".hidden.txt",
        "__MACOSX/._a.txt",
        "README.md",
        "news/LICENSE",
        ".git/a.txt",
        "folder/",
    )
    path.write_bytes(zip_of(*((name, TEXT) for name in names), ("news/a.txt", TEXT), ("b.png", "")))
    assert found_in(path) == {
        "news/a.txt": None,
        "b.png": "not a kind of file Parallax reads: .png",
    }


def test_an_archive_without_articles_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of(("README", TEXT)))
    assert found_in(path) == {"": "no article in it"}


@pytest.mark.parametrize(
    "name", ["../a.txt", "x/../../a.txt", "/etc/a.txt", "C:\\a.txt", "c:a.txt", "..\\a.txt"]
)
def test_a_path_out_of_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "in" / "a.zip"
    path.parent.mkdir()
    path.write_bytes(raw_zip((name.encode(), packed(TEXT.encode()), zlib.crc32(TEXT.encode()))))
    assert found_in(path) == {name: "its path leads out of the archive"}
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == [path]


def test_links_are_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert found_in(path) == {"a.txt": "a link inside an archive"}


def test_names_are_unique_and_sanitised(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    member = (packed(TEXT.encode()), zlib.crc32(TEXT.encode()))
    names = (
        b"a.txt",
        b"a.txt",
        b"a\x1b[31m\n.txt",
        "Ü\u202e.txt".encode(),
        "é.txt".encode("cp437"),
    )
    path.write_bytes(raw_zip(*((name, *member) for name in names)))
    assert list(found_in(path)) == ["a.txt", "a.txt-2", "a .txt", "Ü.txt", "é.txt"]


def test_archives_in_archives_are_read_to_a_depth(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    data = zip_of(("0.txt", TEXT))
    for depth in range(1, 5):
        data = zip_of((f"{depth}.txt", TEXT), ("n.zip", data))
    path.write_bytes(data)
    reason = "nested more than 4 deep (nesting in the settings)"
    assert found_in(path) == {
        "4.txt": None,
        "n.zip#3.txt": None,
        "n.zip#n.zip#2.txt": None,
        "n.zip#n.zip#n.zip#1.txt": None,
        "n.zip#n.zip#n.zip#n.zip#0.txt": reason,
    }


def test_protected_and_unknown_members_cost_no_other(tmp_path: Path) -> None:
    text = (packed(TEXT.encode()), zlib.crc32(TEXT.encode()))
    locked, strange = tmp_path / "locked.zip", tmp_path / "strange.zip"
    locked.write_bytes(raw_zip((b"a.txt", *text), flags=1))
    strange.write_bytes(raw_zip((b"a.txt", *text), method=98))
    assert found_in(locked) == {"a.txt": "protected by a password"}
    assert found_in(strange) == {"a.txt": "compressed in a way that Parallax does not know"}


def test_a_broken_member_costs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    data = packed(TEXT.encode())
    checksum = zlib.crc32(TEXT.encode())
    path.write_bytes(
        raw_zip((b"a.txt", data[:-9], checksum), (b"b.txt", data, 1), (b"c.txt", data, checksum))
    )
    assert found_in(path) == {
        "a.txt": "broken: it ends too early",
        "b.txt": "broken: it is not what was packed (its checksum is another)",
        "c.txt": None,
    }


@pytest.mark.parametrize("method", [0, 8])
def test_an_archive_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path: Path, method: int) -> None:
    path = tmp_path / "a.zip"
    whole = zip_of(("a.txt", TEXT), ("b.txt", TEXT), ("c.txt", TEXT), method=method)
    path.write_bytes(whole[: whole.rindex(b"PK\3\4") + 60])
    assert found_in(path) == {
        "a.txt": None,
        "b.txt": None,
        "c.txt": "broken: it ends too early",
        "": "broken: it ends too early",
    }


def test_what_stands_before_an_archive_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"#!/bin/sh\nexec unzip $0\n" * 50 + zip_of(("a.txt", TEXT), ("b.txt", TEXT)))
    assert found_in(path) == {"a.txt": None, "b.txt": None}


def test_an_archive_written_as_a_stream_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"

    class Pipe:
        """A file that cannot be sought in, so that sizes are written after what they are of."""

        def __init__(self) -> None:
            self.data = b""

        def write(self, data: bytes) -> int:
            self.data += data
            return len(data)

        def flush(self) -> None:
            pass

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        archive.writestr("a.txt", TEXT)
        archive.writestr("b.txt", TEXT)
    path.write_bytes(pipe.data)
    assert found_in(path) == {"a.txt": None, "b.txt": None}
    path.write_bytes(pipe.data[: pipe.data.index(b"PK\1\2")])
    assert found_in(path) == {"a.txt": None, "b.txt": None, "": "broken: it ends too early"}


def test_a_large_archive_is_one_of_zip64(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.txt", "w", force_zip64=True) as file,
    ):
        file.write(TEXT.encode())
    assert found_in(path) == {"a.txt": None}


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"PK\5\6" + bytes(18), b"junk" * 99])
def test_what_is_no_archive_says_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    (reason,) = found_in(path).values()
    assert reason in (
        *("no text in it", "no article in it", "broken: not a ZIP archive"),
        "broken: it ends too early",
    )


def test_a_bomb_costs_what_stands_beside_it_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    huge = bomb(1_000_000_000)
    text = (b"a.txt", packed(TEXT.encode()), zlib.crc32(TEXT.encode()))
    path.write_bytes(raw_zip((b"huge.txt", huge, 0), (b"huge.jsonl", huge, 0), text))
    reason = "unpacks to more than 200 times its size (unpacked_ratio in the settings)"
    assert found_in(path) == {"huge.txt": reason, "huge.jsonl": reason, "a.txt": None}


def test_many_bombs_in_bombs_end_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    data = zip_of(*((f"{n}.txt", bytes(1_000_000)) for n in range(16)))
    for _ in range(2):
        data = zip_of(("a.txt", TEXT), *((f"{n}.zip", data) for n in range(16)))
    path.write_bytes(data)
    found = found_in(path)
    assert found["a.txt"] is None  # what was read before stays
    assert found[""] == "unpacks to more than 200 times its size (unpacked_ratio in the settings)"
    assert len(found) < 60


def test_members_that_overlap_are_refused(tmp_path: Path) -> None:
    """One compressed text that many entries of the directory show: Fifield, "A better zip bomb"."""
    path = tmp_path / "a.zip"
    data = packed(TEXT.encode())
    once = raw_zip((b"a.txt", data, zlib.crc32(TEXT.encode())))
    start = once.index(b"PK\1\2")
    entry = once[start : once.index(b"PK\5\6")]
    end = (0, 0, 0xFFFF, 0xFFFF, len(entry) * 70_000, start, 0)
    path.write_bytes(once[:start] + entry * 70_000 + Struct("<4s4H2LH").pack(b"PK\5\6", *end))
    assert found_in(path) == {"a.txt": None, "": "broken: its files overlap"}


def test_a_directory_of_any_length_is_read_entry_by_entry(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(raw_zip(*((b"%d.png" % number, b"", 0) for number in range(5_000))))
    settings = Settings(limits=Limits(members=1_000))
    *skipped, last = read_file(path, settings)
    assert len(skipped) == 1_000
    assert not isinstance(last, Article)
    assert last.locator == str(path)
    assert "holds more than 1,000 files" in last.reason
