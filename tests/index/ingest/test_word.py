"""Word documents: paragraphs, lists, tables and notes; what they state; what can't be read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from index.model import Evidence, EvidenceKind
from tests.index.ingest.documents import (
    BODY,
    HOSTILE,
    MORE,
    THIRD,
    by_reason,
    docx,
    found,
    members_of,
    only,
    texts,
    why_not,
    zipped,
)

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LOGO = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcff9f"
    "a11e000782027f3dc848ef0000000049454e44ae426082"
)


def with_body(inside: str) -> bytes:
    """A document with this XML in its body."""
    members = members_of(docx())
    members["word/document.xml"] = (
        f"<w:document {W}><w:body>{inside}</w:body></w:document>".encode()
    )
    return zipped(members)


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_paragraphs_and_what_the_document_states(tmp_path: Path) -> None:
    data = docx(BODY, "", MORE, title="Bridge Closed After Collision", author="Ann Smith")
    article = only(tmp_path, "a.docx", data)
    assert texts(article) == [BODY, MORE]
    assert article.title == "Bridge Closed After Collision"
    assert article.author == "Ann Smith"
    assert article.date is None
    assert article.evidence["title"] == Evidence(EvidenceKind.FIELD, "document property title")
    assert article.evidence["author"] == Evidence(EvidenceKind.FIELD, "document property author")


@pytest.mark.parametrize("title", ["Document1", "Microsoft Word - b.doc", "untitled", "b_final2"])
def test_what_programs_fill_in_is_not_believed(tmp_path: Path, title: str) -> None:
    article = only(tmp_path, "a.docx", docx(BODY, MORE, title=title, author="python-docx"))
    assert article.title == BODY
    assert article.author is None


def test_headings_lists_tables_links_and_pictures(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_heading("Bridge Closed After Collision", 0)
    document.add_paragraph(BODY)
    document.add_picture(io.BytesIO(LOGO))
    document.add_heading("What is known", 2)
    document.add_paragraph("Two barges", style="List Bullet")
    document.add_paragraph("First call", style="List Number")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("Crossing", "Cars", "North", "9,000"), strict=True):
        cell.text = text
    document.add_paragraph("One line\nand another")
    file = io.BytesIO()
    document.save(file)
    article = only(tmp_path, "a.docx", file.getvalue())
    assert article.title == "Bridge Closed After Collision"
    assert article.evidence["title"] == Evidence(EvidenceKind.FIELD, "the first heading")
    assert texts(article) == [
        *(BODY, "What is known", "• Two barges", "First call", "Crossing – Cars", "North – 9,000"),
        *("One line", "and another"),
    ]


def test_text_in_links_controls_changes_and_frames(tmp_path: Path) -> None:
    frame = f"<w:txbxContent><w:p>{run('In a frame.')}</w:p></w:txbxContent>"
    inside = (
        f"<w:p>{run(BODY[:90])}<w:hyperlink>{run(BODY[90:])}</w:hyperlink></w:p>"
        f"<w:sdt><w:sdtContent><w:p><w:ins>{run(MORE)}</w:ins>"
        f"<w:del><w:r><w:delText>gone</w:delText></w:r>{run('gone')}</w:del></w:p></w:sdtContent>"
        f"</w:sdt><w:p>{run('Around ')}<w:r><AlternateContent><Choice>{frame}</Choice>"
        f"<Fallback>{frame}</Fallback></AlternateContent></w:r>{run('it.')}</w:p>"
    )
    assert texts(only(tmp_path, "a.docx", with_body(inside))) == [
        *(BODY, MORE, "Around it.", "In a frame."),
    ]


def test_footnotes_come_at_the_end(tmp_path: Path) -> None:
    members = members_of(docx(BODY, MORE))
    name = "word/_rels/document.xml.rels"
    members[name] = members[name].replace(
        b"</Relationships>",
        b'<Relationship Id="r99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/footnotes" Target="footnotes.xml"/></Relationships>',
    )
    members["word/footnotes.xml"] = (
        f'<w:footnotes {W}><w:footnote w:type="separator"><w:p>{run("no")}</w:p></w:footnote>'
        f"<w:footnote><w:p>{run(THIRD)}</w:p></w:footnote></w:footnotes>"
    ).encode()
    assert texts(only(tmp_path, "a.docx", zipped(members))) == [BODY, MORE, THIRD]


def test_a_table_that_only_lays_out_the_page_keeps_its_paragraphs(tmp_path: Path) -> None:
    cell = f"<w:tc><w:p>{run(BODY)}</w:p><w:p>{run(MORE)}</w:p></w:tc>"
    other = f"<w:tc><w:p>{run(THIRD)}</w:p></w:tc>"
    inside = f"<w:tbl><w:tr>{cell}{other}</w:tr></w:tbl>"
    assert texts(only(tmp_path, "a.docx", with_body(inside))) == [BODY, MORE, THIRD]


def test_a_missing_picture_does_not_cost_the_text(tmp_path: Path) -> None:
    members = members_of(docx(BODY, MORE))
    name = "word/_rels/document.xml.rels"
    members[name] = members[name].replace(
        b"</Relationships>",
        b'<Relationship Id="r99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/image" Target="NULL"/></Relationships>',
    )
    members["word/styles.xml"] = b"<broken"
    assert texts(only(tmp_path, "a.docx", zipped(members))) == [BODY, MORE]


def test_a_document_with_macros_is_read(tmp_path: Path) -> None:
    members = members_of(docx(BODY, MORE))
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert texts(only(tmp_path, "a.docm", zipped(members))) == [BODY, MORE]


def test_a_document_of_the_strict_kind_is_read(tmp_path: Path) -> None:
    strict = {
        name: data.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships/",
        ).replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        for name, data in members_of(docx(BODY, MORE)).items()
    }
    assert texts(only(tmp_path, "a.docx", zipped(strict))) == [BODY, MORE]


def test_nothing_reaches_the_terminal(tmp_path: Path) -> None:
    # XML itself has no escape character; the rest of what is hostile it does have.
    title = HOSTILE.replace("\x1b]0;owned\x07", "").replace("\x1b[31m", "")
    article = only(tmp_path, "a.docx", docx(f"{title} {BODY}", MORE, title=title * 2))
    assert article.title == "Red alertRed alert"
    assert texts(article) == [f"Red alert {BODY}", MORE]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no text in it"),
        (b"Not a document at all, but a note.", "broken: it is damaged or ends too early"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(600)
            + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"),
            "an old office document; save it as DOCX",
        ),
        (zipped({"[Content_Types].xml": "<Types/>"}), "broken: it is damaged or ends too early"),
        (with_body("<w:p></w:q>"), "broken: its XML is faulty"),
        (with_body(""), "no text in it"),
    ],
    ids=by_reason,
)
def test_what_cannot_be_read_says_why(tmp_path: Path, data: bytes, reason: str) -> None:
    assert why_not(tmp_path, "a.docx", data) == reason


def test_kinds_of_documents_that_are_not_read_have_advice(tmp_path: Path) -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    reason = "not a kind of file Parallax reads: .doc; save it as DOCX"
    assert why_not(tmp_path, "a.doc", old) == reason


def test_a_truncated_document_says_so_at_every_length(tmp_path: Path) -> None:
    data = docx(BODY, MORE)
    for length in range(10, len(data) - 1, len(data) // 40):
        assert "broken" in why_not(tmp_path, "a.docx", data[:length])
    assert found(tmp_path, "a.docx", data)
