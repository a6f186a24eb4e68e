"""Whatever is in a file of any format, reading it gives clean articles or reasons, and no error."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ingest import read_file, sanitise, sanitise_line
from index.ingest.formats import BY_ENDING, FORMATS
from index.model import Article, Skipped
from index.settings import Limits, Settings
from tests.index.ingest.documents import chapter, docx, epub, odt, pdf, rtf
from tests.index.ingest.samples import PAGE, TEXT, mail, mbox_of, mhtml_of, tar_of, warc_of, zip_of

ROW = {"id": "a", "title": "Bridge closed", "date": "2024-02-05", "source": "Basra Times"}
ROW |= {"author": "Jane Doe", "url": "https://example.org/1", "language": "en", "text": TEXT}
QUOTED = f'"{TEXT}"'.replace("\n", "\r\n")
ENTRY = f"<title>Bridge</title><link>https://example.org/1</link><description>{TEXT}</description>"
ADDRESS = "https://example.org/bridge"
KINDS = sorted({each.endings[0] for each in FORMATS} | {".tsv", ".tar.gz", ".warc.gz"})
SMALL = Settings(limits=Limits(file_megabytes=2, unpacked_megabytes=20, pages=20))
"""Nothing that a sample needs; so that what is made of it by chance ends soon."""
EXAMPLES = 30
HOSTILE = [
    *(
        b"\x1b]0;owned\x07",
        b"\x1b[31m",
        "\u202e\u2066".encode(),
        b"\x00",
        b"\xff\xfe",
        b"\xed\xa0\x80",
    ),
    *(b'"', b"'", b",", b"\t", b"\r", b"\n\n", b"\\", b"{", b"}", b"[", b"]", b"null", b"1e999"),
    *(b"<", b">", b"</p>", b"<item>", b"<!--", b"]]>", b"&#27;", b"&nbsp;", b"&#x202e;", b"--x"),
    *(
        b"9" * 400,
        b"[" * 400,
        b"(" * 400,
        b"a\xcc\x81" * 50,
        b"../../etc/passwd",
        b"=?utf-8?q?=1b?=",
    ),
]


@cache
def sample(ending: str) -> bytes:
    """A small real file with the ending. Every format of the table has one."""
    text = TEXT.encode()
    packed = zip_of(("a.txt", TEXT), ("b.html", PAGE), ("c/d.json", json.dumps(ROW)))
    tarred = {mode: lambda mode=mode: tar_of(("a.txt", TEXT), ("b.csv", "x"), mode=mode)
              for mode in ("w", "w:gz", "w:bz2", "w:xz")}  # fmt: skip
    archived = {
        packing: lambda packing=packing: warc_of(
            (ADDRESS, PAGE, {"Content-Type": "text/html"}), packed=packing
        )
        for packing in (True, False)
    }
    feed = f"<rss><channel><title>Basra Times</title><item>{ENTRY}</item></channel></rss>"
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{ENTRY}</entry></feed>'
    makers = {
        (".txt", ".text"): lambda: text,
        (".md", ".markdown"): lambda: b"---\ntitle: x\n---\n# Bridge\n\n" + text,
        (".html", ".htm", ".xhtml"): lambda: PAGE,
        (".pdf",): lambda: pdf([TEXT[:80], TEXT[80:160]], title="Bridge"),
        (".docx", ".docm"): lambda: docx(TEXT, title="Bridge"),
        (".odt",): lambda: odt(f"<text:p>{TEXT}</text:p>"),
        (".rtf",): lambda: rtf(TEXT),
        (".epub",): lambda: epub({"a.xhtml": chapter(f"<p>{TEXT}</p>")}),
        (".jsonl", ".ndjson"): lambda: f"{json.dumps(ROW)}\n{json.dumps(ROW)}\n".encode(),
        (".json",): lambda: json.dumps({"articles": [ROW, ROW]}, indent=1).encode(),
        (".csv",): lambda: f"id,title,text,url\n1,Bridge,{QUOTED},x\n2,B,{QUOTED},y\n".encode(),
        (".tsv",): lambda: f"title\ttext\nBridge\t{TEXT[:100]}\nB\t{QUOTED}\n".encode(),
        (".rss", ".xml"): feed.encode,
        (".atom",): atom.encode,
        (".rdf",): lambda: f"<rdf:RDF><channel/><item>{ENTRY}</item></rdf:RDF>".encode(),
        (".zip",): lambda: packed,
        (".tar",): tarred["w"],
        (".tar.gz", ".tgz"): tarred["w:gz"],
        (".tar.bz2", ".tbz2"): tarred["w:bz2"],
        (".tar.xz", ".txz"): tarred["w:xz"],
        (".gz",): lambda: gzip.compress(PAGE),
        (".bz2",): lambda: bz2.compress(PAGE),
        (".xz",): lambda: lzma.compress(PAGE),
        (".eml",): lambda: bytes(mail()),
        (".mbox", ".mbx"): lambda: mbox_of(mail(), mail("Second")),
        (".mhtml", ".mht"): mhtml_of,
        (".warc.gz",): archived[True],
        (".warc",): archived[False],
        (".wacz",): lambda: zip_of(("archive/data.warc.gz", archived[True]())),
    }
    return next(make() for endings, make in makers.items() if ending in endings)


def check(ending: str, data: bytes) -> list[Article | Skipped]:
    """Reads a file with these bytes, and looks at everything that comes of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"any{ending}"
        path.write_bytes(data)
        found = list(read_file(path, SMALL))
    assert found, "passed over in silence"
    for item in found:
        assert isinstance(item, Article | Skipped)
        assert item.locator == sanitise(item.locator)
        assert item.locator.startswith(str(path))
        lines: list[str | None] = []
        if isinstance(item, Skipped):
            lines.append(item.reason)
            assert str(path) not in item.reason
        else:
            assert item.paragraphs
            lines += [item.title, *(paragraph.text for paragraph in item.paragraphs)]
            lines += [paragraph.place or "-" for paragraph in item.paragraphs]
            lines += [evidence.detail for evidence in item.evidence.values()]
            for optional in (item.source, item.author, item.url, item.language):
                lines += [optional] if optional is not None else []
            assert item.url is None or item.url.lower().startswith(("http://", "https://"))
        for line in lines:
            assert line
            assert line == sanitise_line(line)
            line.encode("utf-8")
    return found


@pytest.mark.parametrize("ending", list(BY_ENDING))
def test_the_sample_of_every_format_is_read(ending: str) -> None:
    assert any(isinstance(item, Article) for item in check(ending, sample(ending)))


@pytest.mark.parametrize("ending", KINDS)
@settings(max_examples=EXAMPLES, deadline=None)
@given(data=st.binary(max_size=300), start=st.integers(0, 40))
def test_any_bytes(ending: str, data: bytes, start: int) -> None:
    check(ending, sample(ending)[:start] + data)


_PLACES = st.floats(0, 1, exclude_max=True)
_EDITS = st.lists(
    st.tuples(
        _PLACES,
        st.one_of(
            st.integers(0, 255),  # another byte
            st.sampled_from(HOSTILE),  # put in
            st.tuples(st.sampled_from(["cut", "again"]), st.integers(1, 200)),
            st.none(),  # the end
        ),
    ),
    min_size=1,
    max_size=6,
)


def edited(data: bytes, edits: list[tuple[float, int | bytes | tuple[str, int] | None]]) -> bytes:
    """The bytes with some changed, put in, taken out, said twice, or cut off."""
    for place, what in edits:
        at = int(place * len(data))
        match what:
            case int():
                data = data[:at] + bytes([what]) + data[at + 1 :]
            case bytes():
                data = data[:at] + what + data[at:]
            case ("cut", int(size)):
                data = data[:at] + data[at + size :]
            case ("again", int(size)):
                data = data[: at + size] + data[at:]
            case _:
                data = data[:at]
    return data


@pytest.mark.parametrize("ending", KINDS)
@settings(max_examples=2 * EXAMPLES, deadline=None)
@given(edits=_EDITS)
def test_a_real_file_with_anything_done_to_it(ending: str, edits: list) -> None:  # type: ignore[type-arg]
    check(ending, edited(sample(ending), edits))
