"""TAR archives, plain and compressed: what is read of them, and what hostile ones can cost."""

from __future__ import annotations

import gzip
import tarfile
import tracemalloc
import zlib
from pathlib import Path

import pytest

from index.ingest import read_file
from tests.index.ingest.samples import PAGE, TEXT, bomb, found_in, tar_of, zip_of

PAIR = (("a.txt", TEXT), ("b.txt", TEXT))


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        *(("a.tar", "w"), ("a.tar.gz", "w:gz"), ("a.tgz", "w:gz"), ("a.tar.bz2", "w:bz2")),
        *(("a.tar.xz", "w:xz"), ("A.TAR.GZ", "w:gz"), ("a.tar", "w:gz"), ("a.gz", "w:gz")),
    ],
)
def test_every_file_of_a_known_kind_is_read(tmp_path: Path, name: str, mode: str) -> None:
    path = tmp_path / name
    rows = '{"id": "one", "text": "Something happened."}\n' * 3
    path.write_bytes(
        tar_of(
            ("news/a.txt", TEXT),
            ("b.html", PAGE),
            ("c.jsonl", rows),
            ("d.zip", zip_of(("e.txt", TEXT))),
            ("README.md", TEXT),
            ("f.png", "picture"),
            mode=mode,
        )
    )
    found = {key.removeprefix("a#"): reason for key, reason in found_in(path).items()}
    assert found == {
        **dict.fromkeys(("news/a.txt", "b.html", "c.jsonl#one", "c.jsonl#one-2", "c.jsonl#one-3")),
        **{"d.zip#e.txt": None, "f.png": "not a kind of file Parallax reads: .png"},
    }


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE])
def test_links_are_not_followed(tmp_path: Path, kind: bytes) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        link = tarfile.TarInfo("a.txt")
        link.type, link.linkname = kind, "/etc/passwd"
        archive.addfile(link)
    assert found_in(path) == {"a.txt": "a link inside an archive"}


@pytest.mark.parametrize("kind", [tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE])
def test_devices_and_pipes_are_never_opened(tmp_path: Path, kind: bytes) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        device = tarfile.TarInfo("a.txt")
        device.type, device.devmajor, device.devminor = kind, 1, 5
        archive.addfile(device)
    assert found_in(path) == {"a.txt": "a device or a pipe inside an archive"}


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "x/../../a.txt", "C:\\a.txt"])
def test_a_path_out_of_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "in" / "a.tar.gz"
    path.parent.mkdir()
    path.write_bytes(tar_of((name, TEXT), mode="w:gz"))
    assert found_in(path) == {name: "its path leads out of the archive"}
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == [path]


def test_names_are_unique_whatever_their_length_and_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    long = "folder/" * 40 + "ü.txt"
    path.write_bytes(tar_of(("a.txt", TEXT), ("a.txt", TEXT), (long, TEXT), ("\udcff.txt", TEXT)))
    assert list(found_in(path)) == ["a.txt", "a.txt-2", long, ".txt"]


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_an_archive_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path: Path, mode: str) -> None:
    path = tmp_path / ("a.tar" + mode[1:].replace(":", "."))
    noise = "".join(f"{n * n % 9973} " for n in range(300_000))
    data = tar_of(*PAIR, ("c.txt", noise), mode=mode)
    path.write_bytes(data[: len(data) // 2])
    found = found_in(path)
    assert found[""] == "broken: it ends too early"
    if mode != "w:bz2":  # which unpacks no less than a whole block
        assert found["a.txt"] is found["b.txt"] is None


def test_a_damaged_header_costs_only_what_follows(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    data = bytearray(tar_of(*PAIR))
    data[1024:1034] = b"!" * 10
    path.write_bytes(data)
    assert found_in(path) == {"a.txt": None, "": "broken: what follows cannot be read"}


@pytest.mark.parametrize("data", [b"junk" * 400, bytes(10), b"\x1f\x8b\x08\0junk"])
def test_what_is_no_archive_says_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.tar.gz"
    path.write_bytes(data)
    (reason,) = found_in(path).values()
    assert reason is not None
    assert reason.startswith("broken: ")


def header(name: str, size: int, kind: bytes = tarfile.REGTYPE) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    return info.tobuf(tarfile.GNU_FORMAT)


@pytest.mark.parametrize(
    ("name", "kind"), [("a.bin", tarfile.REGTYPE), ("a.txt", tarfile.XHDTYPE), ("b", b"L")]
)
def test_a_bomb_is_refused_with_little_memory(tmp_path: Path, name: str, kind: bytes) -> None:
    """Eight gigabytes of zeros: in a file that nobody reads, and where a name should stand."""
    path = tmp_path / "a.tar.gz"
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(tar_of(("a.txt", TEXT))[:1024] + header(name, 8_000_000_000, kind))
    start = gzip.compress(b"")[:10] + first + packer.flush(zlib.Z_FULL_FLUSH)
    path.write_bytes(start + bomb(8_000_000_000))
    list(read_file(tmp_path / "none.txt"))  # what is loaded once does not count
    tracemalloc.start()
    try:
        found = found_in(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found.pop("a.txt") is None
    assert all(found.values())
    assert found[""]
    assert peak < 60_000_000


def test_sizes_that_lead_in_circles_end_well(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    data = bytearray(tar_of(*PAIR))
    info = tarfile.TarInfo.frombuf(bytes(data[1024:1536]), "utf-8", "strict")
    block = bytearray(info.tobuf())
    block[124:136] = b"\xff" * 10 + (-1024 & 0xFFFF).to_bytes(2, "big")  # a negative size
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    data[1024:1536] = block
    path.write_bytes(data)
    found = found_in(path)
    assert found["a.txt"] is None
    assert found[""]


def test_files_with_gaps_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    block = bytearray(header("a.txt", 512, tarfile.GNUTYPE_SPARSE))
    block[386:410] = b"00000000000\0" + b"00000001000\0"
    block[483:495] = b"77777777777\0"  # eight gigabytes, of which 512 bytes are there
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    path.write_bytes(bytes(block) + bytes(512) + tar_of(("b.txt", TEXT)))
    assert found_in(path) == {
        "a.txt": "a file with gaps (sparse) inside an archive",
        "b.txt": None,
    }


def test_a_tar_in_a_zip_is_read_as_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of(("b.tar", tar_of(*PAIR)), ("c.tgz", tar_of(*PAIR, mode="w:gz"))))
    names = ("b.tar#a.txt", "b.tar#b.txt", "c.tgz#a.txt", "c.tgz#b.txt")
    assert found_in(path) == dict.fromkeys(names)
