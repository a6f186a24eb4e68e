"""Whatever happened to an archive, a mail or a web archive, reading it raises nothing."""

from __future__ import annotations

import bz2
import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.ingest import read_file
from index.model import Article, Skipped
from tests.index.ingest.samples import (
    TEXT,
    chunked,
    mail,
    mbox_of,
    mhtml_of,
    tar_of,
    warc_of,
    zip_of,
)


def _mail() -> bytes:
    message = mail()
    message.add_alternative(f"<p>{TEXT}</p>", subtype="html")
    message.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename="für.txt")
    message.add_attachment(mail("Inner"))
    return bytes(message)


PLAIN = {"Content-Type": "text/plain"}
WARC = (
    ("https://a.example/a.txt", TEXT.encode(), PLAIN),
    ("https://a.example/b", gzip.compress(TEXT.encode()), {**PLAIN, "Content-Encoding": "gzip"}),
    ("https://a.example/c", chunked(TEXT.encode()), {**PLAIN, "Transfer-Encoding": "chunked"}),
)
ROWS = '{"text": "Something happened."}\n' * 3
INSIDE = (("a/a.txt", TEXT), ("b.zip", zip_of(("c.txt", TEXT))), ("d.jsonl", ROWS))
FILES = {
    "a.zip": zip_of(*INSIDE),
    "stored.zip": zip_of(*INSIDE, method=0),
    "lzma.zip": zip_of(*INSIDE, method=14),
    "a.tar": tar_of(*INSIDE),
    "a.tar.gz": tar_of(*INSIDE, mode="w:gz"),
    "a.tar.xz": tar_of(*INSIDE, mode="w:xz"),
    "a.txt.gz": gzip.compress(TEXT.encode()),
    "a.jsonl.bz2": bz2.compress(ROWS.encode()),
    "a.eml": _mail(),
    "a.mbox": mbox_of(mail(), mail()) + _mail(),
    "a.mhtml": mhtml_of(TEXT.encode()).replace(b"text/html", b"text/plain"),
    "a.warc": warc_of(*WARC, packed=False),
    "a.warc.gz": warc_of(*WARC),
    "a.wacz": zip_of(("archive/a.warc.gz", warc_of(*WARC)), method=0),
    "Inbox": mbox_of(mail(), mail()),
}


@st.composite
def damages(draw: st.DrawFn, data: bytes) -> bytes:
    """The data with some bytes flipped, cut out, or put in from elsewhere."""
    damaged = bytearray(data)
    for _ in range(draw(st.integers(1, 5))):
        place = draw(st.integers(0, max(len(damaged) - 1, 0)))
        what = draw(st.sampled_from(("flip", "set", "cut", "end", "again", "insert")))
        if what == "flip" and damaged:
            damaged[place] ^= 1 << draw(st.integers(0, 7))
        elif what == "set" and damaged:
            damaged[place] = draw(st.sampled_from((0, 10, 32, 45, 255)))
        elif what == "cut":
            del damaged[place : place + draw(st.integers(1, 60))]
        elif what == "end":
            del damaged[place:]
        elif what == "again":
            start = draw(st.integers(0, max(len(damaged) - 1, 0)))
            damaged[place:place] = damaged[start : start + draw(st.integers(1, 200))]
        else:
            damaged[place:place] = draw(st.binary(max_size=20))
    return bytes(damaged)


def check(path: Path) -> None:
    found = list(read_file(path))
    assert found
    assert all(isinstance(each, Article | Skipped) for each in found)
    locators = [each.locator for each in found if isinstance(each, Article)]
    assert len(set(locators)) == len(locators)
    for each in found:
        if isinstance(each, Skipped):
            # What `reading.py` says of what no reader expected.
            assert not each.reason.startswith("broken: it could not be read"), each.reason


@pytest.mark.parametrize("name", FILES)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_damaged_files_raise_nothing(tmp_path: Path, name: str, data: st.DataObject) -> None:
    path = tmp_path / name
    path.write_bytes(data.draw(damages(FILES[name])))
    check(path)


@pytest.mark.parametrize("name", FILES)
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.binary(max_size=500), st.booleans())
def test_other_bytes_raise_nothing(tmp_path: Path, name: str, data: bytes, start: bool) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name][:30] + data if start else data)
    check(path)
