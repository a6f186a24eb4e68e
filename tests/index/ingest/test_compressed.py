"""Single compressed files, and what their unpacking may cost."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from index.ingest import read_file
from index.model import Article
from index.settings import Limits, Settings
from tests.index.ingest.samples import PAGE, TEXT, found_in, gzip_bomb

BOMB = "unpacks to more than 200 times its size (unpacked_ratio in the settings)"


@pytest.mark.parametrize(
    ("ending", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)]
)
def test_the_file_inside_is_read(
    tmp_path: Path, ending: str, pack: Callable[[bytes], bytes]
) -> None:
    for name, data, inside in (
        ("article.html", PAGE, "article.html"),
        ("rows.jsonl", b'{"id": "one", "text": "Something happened."}\n', "rows.jsonl#one"),
        ("a.TXT", TEXT.encode(), "a.TXT"),
    ):
        path = tmp_path / (name + ending)
        path.write_bytes(pack(data))
        assert found_in(path) == {inside: None}


def test_streams_one_after_the_other_are_one_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(b"".join(gzip.compress(part.encode()) for part in TEXT.splitlines(True)))
    (article,) = read_file(path)
    assert isinstance(article, Article)
    assert [each.text for each in article.paragraphs] == TEXT.strip().split("\n\n")


def test_what_is_cut_off_says_so_and_gives_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    rows = b"".join(b'{"id": "%d", "text": "%d"}\n' % (n, n**5) for n in range(20_000))
    path.write_bytes(gzip.compress(rows)[:-50_000])
    found = found_in(path)
    assert sum(reason is None for reason in found.values()) > 5_000
    assert found["rows.jsonl"] == "broken: it ends too early"


def test_what_is_broken_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    for data, reason in (
        (b"no gzip at all", "broken: not a compressed file"),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\0\xff\xff\xff", "broken: it cannot be unpacked"),
        (gzip.compress(TEXT.encode())[:-4], "broken: it ends too early"),
    ):
        path.write_bytes(data)
        assert list(found_in(path).values()) == [reason]


@pytest.mark.parametrize(
    "name",
    ["a.txt.gz", "a.html.gz", "a.jsonl.gz", "a.mbox.gz", "a.warc.gz", "a.zip.gz", "a.csv.gz"],
)
def test_a_bomb_is_refused_with_little_memory(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip_bomb(10_000_000_000, b"a"))
    found_in(tmp_path / name.removesuffix(".gz"))  # what is loaded once does not count
    tracemalloc.start()
    try:
        reasons = list(found_in(path).values())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert reasons == [BOMB]
    assert peak < 40_000_000


def test_what_unpacks_to_more_than_all_may_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    rows = [b'{"id": "%d", "text": "%d"}\n' % (n, n**9) for n in range(30_000)]
    path.write_bytes(gzip.compress(b"".join(rows)))
    found = list(read_file(path, Settings(limits=Limits(unpacked_megabytes=1))))
    assert all(isinstance(each, Article) for each in found[:-1])
    assert len(found) > 5_000
    last = found[-1]
    assert not isinstance(last, Article)
    assert last.reason == "unpacks to more than 1 MB (unpacked_megabytes in the settings)"
    assert last.locator == str(path)
