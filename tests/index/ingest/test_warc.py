"""Web archives: what is an article in them, and what broken records cost."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zlib
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path

import pytest

from index.ingest import formats, read_file
from index.model import Article, EvidenceKind
from tests.index.ingest.samples import (
    PAGE,
    TEXT,
    Answer,
    chunked,
    found_in,
    gzip_bomb,
    warc_of,
    zip_of,
)

HTML = {"Content-Type": "text/html; charset=utf-8"}
SITE = "https://news.example"


def pages(count: int) -> list[Answer]:
    return [(f"{SITE}/{number}.html", PAGE, HTML) for number in range(count)]


@pytest.mark.parametrize(("name", "packed"), [("a.warc", False), ("a.warc.gz", True)])
def test_every_page_and_document_is_read_with_its_address(
    tmp_path: Path, name: str, packed: bool
) -> None:
    path = tmp_path / name
    path.write_bytes(
        warc_of(
            (f"{SITE}/2024/bridge?id=5", PAGE, HTML),
            (f"{SITE}/", PAGE, HTML),
            (f"{SITE}/notes.txt", TEXT.encode(), {"Content-Type": "text/plain"}),
            (f"{SITE}/saved", PAGE, {"Content-Type": "application/octet-stream"}),
            (f"{SITE}/a.css", b"p {}", {"Content-Type": "text/css"}),
            (f"{SITE}/a.js", b"x()", {"Content-Type": "application/javascript"}),
            (f"{SITE}/a.png", b"\x89PNG", {"Content-Type": "image/png"}),
            (f"{SITE}/robots.txt", b"User-agent: *", {"Content-Type": "text/plain"}),
            packed=packed,
        )
    )
    assert found_in(path) == dict.fromkeys(
        f"news.example/{each}" for each in ("2024/bridge?id=5", "", "notes.txt", "saved")
    )
    article = next(iter(read_file(path)))
    assert isinstance(article, Article)
    assert article.url == f"{SITE}/2024/bridge?id=5"
    assert article.evidence["url"].kind is EvidenceKind.ADDRESS


def test_what_was_not_found_or_moved_is_no_article(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    for status in ("404 Not Found", "301 Moved Permanently", "500 Error"):
        path.write_bytes(warc_of(*pages(2), packed=False, status=status))
        assert found_in(path) == {"": "no article in it"}


def test_a_page_captured_twice_is_there_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc_of(*pages(1), *pages(1)))
    assert found_in(path) == dict.fromkeys(("news.example/0.html", "news.example/0.html-2"))


def test_resources_and_extracted_text_are_read(tmp_path: Path) -> None:
    from warcio.warcwriter import WARCWriter

    path, out = tmp_path / "a.warc.gz", io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for kind, data, media in (
        ("resource", PAGE, "text/html"),
        ("conversion", TEXT.encode(), "text/plain"),
        ("metadata", b"outlink: x", "application/warc-fields"),
    ):
        record = writer.create_warc_record(
            f"{SITE}/{kind}", kind, payload=io.BytesIO(data), warc_content_type=media
        )
        writer.write_record(record)
    path.write_bytes(out.getvalue())
    assert found_in(path) == dict.fromkeys(("news.example/resource", "news.example/conversion"))


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE, mtime=0), {"Content-Encoding": "gzip"}),
        (chunked(PAGE), {"Transfer-Encoding": "chunked"}),
        (
            chunked(gzip.compress(PAGE, mtime=0)),
            {"Content-Encoding": "gzip", "Transfer-Encoding": "chunked"},
        ),
        (zlib.compress(PAGE), {"Content-Encoding": "deflate"}),
        (zlib.compress(PAGE)[2:-4], {"Content-Encoding": "deflate"}),
        # Many programs undo the encodings and leave the headers.
        (PAGE, {"Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}),
        (PAGE, {"Content-Encoding": "br"}),
    ],
)
def test_encodings_are_undone(tmp_path: Path, body: bytes, headers: dict[str, str]) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(warc_of((f"{SITE}/a", body, {**HTML, **headers}), packed=False))
    (article,) = read_file(path)
    assert isinstance(article, Article)
    assert any(TEXT.split("\n\n")[0] == paragraph.text for paragraph in article.paragraphs)


def test_an_encoding_that_is_not_known_costs_no_other_record(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    brotli = (f"{SITE}/br", b"\x8b\x01\x80abc\x03", {**HTML, "Content-Encoding": "br"})
    path.write_bytes(warc_of(brotli, *pages(1)))
    assert found_in(path) == {
        "news.example/br": "compressed in a way that Parallax does not know",
        "news.example/0.html": None,
    }


@pytest.mark.parametrize("packed", [True, False])
def test_a_broken_record_costs_no_other(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    data = bytearray(warc_of(*pages(4), packed=packed))
    if packed:
        broken = data.index(b"\x1f\x8b", data.index(b"\x1f\x8b", 20) + 20) + 40
        data[broken : broken + 30] = bytes(30)
    else:
        broken = data.index(b"Content-Length", data.index(b"/1.html"))
        data[broken : broken + 14] = b"Content-Nothin"
    path.write_bytes(data)
    found = found_in(path)
    assert [name for name, reason in found.items() if reason is None] == [
        f"news.example/{number}.html" for number in (0, 2, 3)
    ]
    assert any(reason and reason.startswith("broken: ") for reason in found.values())


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_that_was_cut_off_is_read_as_far_as_it_goes(
    tmp_path: Path, packed: bool
) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    whole = warc_of(*pages(3), packed=packed)
    path.write_bytes(whole[: -len(whole) // 6])
    found = found_in(path)
    assert found["news.example/0.html"] is found["news.example/1.html"] is None
    assert "broken: it ends too early" in found.values()


@pytest.mark.parametrize(
    "data", [b"junk" * 100, b"WARC/1.0\r\n", b"WARC/1.0\r\nContent-Length: x\r\n\r\n", b"\r\n"]
)
def test_what_is_no_web_archive_says_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(data)
    assert all(found_in(path).values())


def test_headers_and_bodies_without_end_take_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    bomb = gzip_bomb(10_000_000_000, b"a")
    start = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 60000000\r\nX: "
    whole = warc_of((f"{SITE}/bomb.html", bomb, {**HTML, "Content-Encoding": "gzip"}), packed=False)
    path.write_bytes(whole + start + b"x" * 20_000_000 + b"\r\n\r\n")
    found_in(tmp_path / "none.warc")
    tracemalloc.start()
    try:
        found = found_in(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == {
        "news.example/bomb.html": "unpacks to more than 200 times its size"
        " (unpacked_ratio in the settings)",
        "record 3": "broken: its headers have no end",
    }
    assert peak < 40_000_000


def test_a_wacz_is_read_through_its_web_archives(tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    path.write_bytes(
        zip_of(
            ("datapackage.json", "{}"),
            ("pages/pages.jsonl", '{"text": "What the page says."}\n'),
            ("archive/data.warc.gz", warc_of(*pages(2))),
            method=0,
        )
    )
    assert found_in(path) == dict.fromkeys(
        f"archive/data.warc.gz#news.example/{number}.html" for number in range(2)
    )


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.wacz"])
def test_the_extra_is_named_where_its_library_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def without_warcio(module: str) -> ModuleSpec | None:
        return None if module == "warcio" else find_spec(module)

    monkeypatch.setattr(formats, "find_spec", without_warcio)
    path = tmp_path / name
    path.write_bytes(warc_of(*pages(1), packed=name.endswith(".gz")))
    (reason,) = found_in(path).values()
    assert reason is not None
    assert "pip install 'parallax-reader[warc]'" in reason
