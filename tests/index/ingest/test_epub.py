"""Books: chapters in their order, what the book states, and books that are protected or broken."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from index.model import Article, Skipped
from tests.index.ingest.documents import (
    BODY,
    MORE,
    THIRD,
    by_reason,
    chapter,
    epub,
    found,
    only,
    places,
    texts,
    why_not,
    zipped,
)

ONE, TWO = chapter(f"<h1>High Water</h1><p>{BODY}</p>"), chapter(f"<p>{MORE}</p><p>{THIRD}</p>")


def test_chapters_come_in_the_order_of_reading_with_their_places(tmp_path: Path) -> None:
    book = epub(
        {"z.xhtml": ONE, "cover.xhtml": chapter("<img/>"), "a%20b.xhtml": TWO},
        more={"OEBPS/a b.xhtml": TWO, "OEBPS/nav.xhtml": chapter("<p>Contents</p>")},
        items='<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml"'
        ' properties="nav"/>',
        spine='<itemref idref="nav"/><itemref idref="c1"/><itemref idref="c0"/>'
        '<itemref idref="c2"/><itemref idref="c0"/>',
    )
    article = only(tmp_path, "a.epub", book)
    assert texts(article) == ["High Water", BODY, MORE, THIRD]
    assert places(article) == ["chapter 1", "chapter 1", "chapter 2", "chapter 2"]


def test_what_the_book_states(tmp_path: Path) -> None:
    metadata = (
        "<dc:title>A Year on the River</dc:title><dc:creator>Ann Smith</dc:creator>"
        "<dc:creator>Bob Jones</dc:creator><dc:publisher>Basra Press</dc:publisher>"
        '<dc:date opf:event="modification">2024-09-09</dc:date>'
        '<dc:date opf:event="publication">2021-03-04</dc:date><dc:language>en</dc:language>'
        "<dc:identifier>urn:isbn:1</dc:identifier>"
        "<dc:identifier>https://example.org/river</dc:identifier>"
    )
    article = only(tmp_path, "a.epub", epub({"a.xhtml": ONE, "b.xhtml": TWO}, metadata))
    assert article.title == "A Year on the River"
    assert article.author == "Ann Smith, Bob Jones"
    assert article.source == "Basra Press"
    assert article.date == datetime(2021, 3, 4)
    assert article.language == "en"
    assert article.url == "https://example.org/river"
    assert article.evidence["author"].detail == "book property creator"


def test_named_characters_and_faulty_markup_are_read(tmp_path: Path) -> None:
    doctype = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "xhtml11.dtd">'
    book = epub(
        {
            "a.xhtml": chapter(f"<p>Caf&eacute;&nbsp;&amp; {BODY}</p>", doctype),
            "b.xhtml": f"<html><body><p>{MORE}<br><p>Unclosed &eacute;t&eacute; & <b>more",
        }
    )
    assert texts(only(tmp_path, "a.epub", book)) == [f"Café & {BODY}", MORE, "Unclosed été & more"]


def test_a_lost_chapter_is_named_and_costs_no_other(tmp_path: Path) -> None:
    book = epub({"a.xhtml": ONE, "b.xhtml": TWO})
    members = epub({"a.xhtml": ONE, "../../../etc/passwd": b"root", "gone.xhtml": TWO})
    assert len(found(tmp_path, "a.epub", book)) == 1
    lost = members.replace(b"OEBPS/gone.xhtml", b"OEBPS/away.xhtml")
    article, climbing, missing = found(tmp_path, "b.epub", lost)
    assert isinstance(article, Article)
    assert texts(article) == ["High Water", BODY]
    path = tmp_path / "b.epub"
    reason = "broken: the chapter is missing"
    assert climbing == Skipped(f"{path}#etc/passwd", reason)
    assert missing == Skipped(f"{path}#OEBPS/gone.xhtml", reason)


def test_encrypted_chapters_are_protected_and_encrypted_fonts_are_not(tmp_path: Path) -> None:
    def encryption(name: str) -> dict[str, str]:
        inside = f'<EncryptedData><CipherReference URI="{name}"/></EncryptedData>'
        return {"META-INF/encryption.xml": f"<encryption>{inside}</encryption>"}

    protected = epub({"a.xhtml": bytes(range(256))}, more=encryption("OEBPS/a.xhtml"))
    reason = "protected by a password or rights management"
    assert why_not(tmp_path, "a.epub", protected) == reason
    fonts = epub({"a.xhtml": ONE}, more=encryption("OEBPS/font.otf"))
    assert texts(only(tmp_path, "a.epub", fonts)) == ["High Water", BODY]


def test_nothing_reaches_the_terminal(tmp_path: Path) -> None:
    hostile = "\x1b]0;owned\x07\u202e\u2066\x9b31m"
    metadata = "<dc:title>Red\u202e\u2066 alert</dc:title><dc:publisher>\u202eBasra</dc:publisher>"
    book = epub({"a.xhtml": chapter(f"<p>{hostile}{BODY}</p><p>{MORE}\0</p>")}, metadata)
    article = only(tmp_path, "a.epub", book)
    assert (article.title, article.source) == ("Red alert", "Basra")
    assert texts(article) == [BODY, MORE]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (epub({}), "no text in it"),
        (zipped({"mimetype": "application/epub+zip"}), "broken: there is no book in it"),
        (epub({"a.xhtml": ONE})[:400], "broken: it is damaged or ends too early"),
        (
            zipped({"mimetype": "application/epub+zip", "a.opf": "<package"}),
            "broken: its XML is faulty",
        ),
    ],
    ids=by_reason,
)
def test_what_cannot_be_read_says_why(tmp_path: Path, data: bytes, reason: str) -> None:
    assert why_not(tmp_path, "a.epub", data) == reason
