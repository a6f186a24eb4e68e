"""Real documents for the tests of their readers, made anew each time."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from index.ingest import read_file
from index.model import Article, Skipped

BODY = (
    "Officials in Basra said on Monday that the bridge over the river had been closed after two"
    " barges struck a pillar during the night, and that repairs would take a month."
)
MORE = "Drivers were told to use the northern crossing, which carries twice its usual traffic."
THIRD = "The provincial council will meet on Thursday to decide who pays for the work."
HOSTILE = "\x1b]0;owned\x07Red\x1b[31m alert\u202e\u2066"
"""What is in it for a terminal, and `Red alert` for a reader."""


def found(folder: Path, name: str, data: bytes) -> list[Article | Skipped]:
    """Everything that is read from a file of that name with that in it."""
    path = folder / name
    path.write_bytes(data)
    return list(read_file(path))


def only(folder: Path, name: str, data: bytes) -> Article:
    """The one article in it."""
    (article,) = found(folder, name, data)
    assert isinstance(article, Article), article
    return article


def why_not(folder: Path, name: str, data: bytes) -> str:
    """Why there is no article in it."""
    (skipped,) = found(folder, name, data)
    assert isinstance(skipped, Skipped), skipped
    return skipped.reason


def by_reason(value: object) -> str:
    """What a parametrised case is called: documents hold the time, which would be in the name."""
    return value if isinstance(value, str) else "document"


def texts(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


def places(article: Article) -> list[str | None]:
    return [paragraph.place for paragraph in article.paragraphs]


def zipped(members: Mapping[str, str | bytes], stored: Sequence[str] = ("mimetype",)) -> bytes:
    """A ZIP archive of these members."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data, ZIP_STORED if name in stored else ZIP_DEFLATED)
    return file.getvalue()


def members_of(data: bytes) -> dict[str, bytes]:
    """The members of a ZIP archive."""
    with ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def docx(*paragraphs: str, title: str = "", author: str = "") -> bytes:
    """A Word document of plain paragraphs."""
    from docx import Document

    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.core_properties.title = title
    document.core_properties.author = author
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


_ODT_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def odt(inside: str, meta: str = "", before: str = "", styles: str = "") -> bytes:
    """An OpenDocument text with this XML for its text, as LibreOffice lays it out."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<?xml version="1.0" encoding="UTF-8"?>{before}'
            f"<office:document-content {_ODT_SPACES}>"
            f"<office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{inside}</office:text></office:body>"
            "</office:document-content>",
            "meta.xml": f"<office:document-meta {_ODT_SPACES}><office:meta>{meta}</office:meta>"
            "</office:document-meta>",
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def chapter(inside: str, before: str = "<!DOCTYPE html>") -> str:
    """A chapter of a book."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{before}<html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>Not text</title></head><body>{inside}</body></html>"
    )


def epub(
    chapters: Mapping[str, str | bytes],
    metadata: str = "<dc:title>A Year on the River</dc:title>",
    more: Mapping[str, str | bytes] | None = None,
    items: str = "",
    spine: str = "",
) -> bytes:
    """A book of these chapters, in their order."""
    listed = "".join(
        f'<item id="c{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(chapters)
    )
    order = spine or "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": "<container><rootfiles>"
            '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
            "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf"'
            ' xmlns:opf="http://www.idpf.org/2007/opf"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<metadata>{metadata}</metadata><manifest>{listed}{items}</manifest>"
            f"<spine>{order}</spine></package>",
            **{f"OEBPS/{name}": data for name, data in chapters.items()},
            **(more or {}),
        }
    )


def rtf(inside: str, head: str = r"\ansi\ansicpg1252") -> bytes:
    """An RTF document."""
    return ("{\\rtf1" + head + " " + inside + "}").encode("latin-1")


def pdf(*pages: Sequence[str], size: float = 11, **properties: str) -> bytes:
    """A PDF with these lines on its pages, set 14 points apart; an empty one is a gap."""
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    for name, value in properties.items():
        getattr(canvas, f"set{name.capitalize()}")(value)
    for page in pages:
        canvas.setFont("Times-Roman", size)
        height = 700
        for line in page:
            canvas.drawString(72, height, line)
            height -= 14
        canvas.showPage()
    canvas.save()
    return file.getvalue()
