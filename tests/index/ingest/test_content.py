"""Files whose names say nothing, or not the truth, are known by how they begin."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from index.ingest import find_files, read_file
from index.model import Article, Skipped
from tests.index.ingest.samples import (
    PAGE,
    TEXT,
    found_in,
    mail,
    mbox_of,
    mhtml_of,
    tar_of,
    warc_of,
    zip_of,
)

MBOX = mbox_of(mail(), mail("Second"))
WEB_PAGE = {"Content-Type": "text/html"}
KINDS = {
    "page": PAGE,
    "saved page": b"\xef\xbb\xbf \n<!-- saved from url=(0014)about:internet -->\n" + PAGE,
    "wide page": "\ufeff".encode("utf-16-le") + PAGE.decode().encode("utf-16-le"),
    "XHTML": b'<?xml version="1.0"?>\n' + PAGE,
    "commented page": b"<!-- a > b -- c -->\n<!---->\n" * 3 + PAGE,
    "packed page": gzip.compress(PAGE),
    "RTF": rb"{\rtf1\ansi " + TEXT.encode() + b"}",
    "mailbox": MBOX,
    "mail": bytes(mail(Message_ID="<a@b>")),
    "mail of a mailbox": MBOX[: len(MBOX) // 2],
    "MHTML": mhtml_of(),
    "WARC": warc_of(("https://a.example/a", PAGE, WEB_PAGE), packed=False),
    "ZIP": zip_of(("a.txt", TEXT)),
    "TAR": tar_of(("a.txt", TEXT)),
    "spreadsheet": zip_of(("xl/a.xml", "<a/>")),
    "binary": b"\0\1",
}


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        *((kind, [""]) for kind in ("page", "saved page", "wide page", "XHTML", "RTF", "mail")),
        *(("mailbox", ["1", "2"]), ("MHTML", [""]), ("WARC", ["a.example/a"])),
        *(("ZIP", ["a.txt"]), ("TAR", ["a.txt"]), ("packed page", ["Inbox"])),
    ],
)
def test_a_name_without_an_ending(tmp_path: Path, kind: str, names: list[str]) -> None:
    path = tmp_path / "Inbox"
    path.write_bytes(KINDS[kind])
    assert [found.path for found in find_files([path]) if not isinstance(found, Skipped)] == [path]
    assert found_in(path) == dict.fromkeys(names)


@pytest.mark.parametrize(
    ("name", "kind", "names"),
    [
        ("page.txt", "page", [""]),
        ("page.html", "MHTML", [""]),
        ("page.html", "packed page", ["page.html"]),
        ("page.html.gz", "page", [""]),
        ("page.mht", "page", [""]),
        ("page.php", "page", [""]),
        ("story.html?id=5", "page", [""]),
        ("page.php", "commented page", [""]),
        ("word.doc", "page", [""]),
        ("word.doc", "RTF", [""]),
        ("2004-May.txt", "mailbox", ["1", "2"]),
        ("mail.1", "mailbox", ["1", "2"]),
        ("archive.zip", "TAR", ["a.txt"]),
        ("archive.txt", "ZIP", ["a.txt"]),
        ("mail.eml", "mail of a mailbox", [""]),
    ],
)
def test_a_name_that_says_otherwise(tmp_path: Path, name: str, kind: str, names: list[str]) -> None:
    path = tmp_path / name
    path.write_bytes(KINDS[kind])
    assert found_in(path) == dict.fromkeys(names)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", TEXT),
        ("a.txt", f"Subject: Bridge closed\nFrom: Anna\n\n{TEXT}"),
        ("a.txt", f"From Basra, where the bridge was closed at 10:00\nyesterday: {TEXT}"),
        ("a.md", f"# <html> explained\n\n{TEXT}"),
        ("a.txt", f"Such a file begins with %PDF-1.7 and a comment.\n\n{TEXT}"),
        ("a.txt", "<!---->" * 60 + f"x\n\n{TEXT}"),
        ("a.txt", "<!-- > -- -->\n" * 60 + f"x\n\n{TEXT}"),
    ],
)
def test_text_that_only_resembles_another_kind_is_text(
    tmp_path: Path, name: str, data: str
) -> None:
    path = tmp_path / name
    path.write_text(data)
    (article,) = read_file(path)
    assert isinstance(article, Article)
    assert article.locator == str(path)
    assert any("Drivers were told" in each.text for each in article.paragraphs)


def test_a_mail_with_a_document_as_it_is_in_it_is_a_mail(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(
        b"From: a@example.org\nSubject: Bridge closed\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain\n\n"
        + TEXT.encode()
        + b"\n--B\nContent-Type: application/pdf; name=b.pdf\n\n%PDF-1.7\n--B--\n"
    )
    assert found_in(path) == {"": None, "b.pdf": "broken: it ends too early"}


@pytest.mark.parametrize(
    ("name", "kind"), [("a.xlsx", "spreadsheet"), ("a.jar", "ZIP"), ("a", "binary")]
)
def test_what_nobody_reads_is_reported(tmp_path: Path, name: str, kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(KINDS[kind])
    (reason,) = found_in(path).values()
    assert reason is not None
    assert reason.startswith("not a kind of file Parallax reads: ")
