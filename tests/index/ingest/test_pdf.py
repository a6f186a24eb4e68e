"""PDF documents: paragraphs over lines, columns and pages, running heads, and unreadable ones."""

from __future__ import annotations

import io
import textwrap
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from index.ingest import read_file, sanitise_line
from index.model import Article, Evidence, EvidenceKind, Skipped
from index.settings import Limits, Settings
from tests.index.ingest.documents import (
    BODY,
    MORE,
    THIRD,
    by_reason,
    found,
    only,
    pdf,
    places,
    texts,
    why_not,
)

TITLE = "Bridge Closed After Two Barges Collide With One of Its Pillars in the Night"
PARAGRAPHS = [
    BODY,
    f"{MORE} {THIRD}",
    f"{THIRD} {BODY}",
    "“Nobody has told us how long we will have to wait,” said Fatima al-Sudani, who sells tea.",
    f"{BODY} {MORE}",
    MORE,
    f"{THIRD} {MORE} {BODY}",
    f"{BODY} {THIRD}",
    "That was all.",
] * 6


def laid_out(columns: int, *, justified: bool, indented: bool, heads: bool = True) -> bytes:
    """The same news on pages as a newspaper or an office would lay it out."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

    def head(canvas: Any, document: Any) -> None:
        if heads:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(60, A4[1] - 30, "The Basra Courier")
            canvas.drawRightString(A4[0] - 60, A4[1] - 30, "Sunday edition")
            canvas.drawCentredString(A4[0] / 2, 25, str(document.page))

    file = io.BytesIO()
    document = BaseDocTemplate(file, pagesize=A4)
    width = (A4[0] - 120) / columns
    frames = [Frame(60 + n * width, 60, width - 10, A4[1] - 120) for n in range(columns)]
    document.addPageTemplates(PageTemplate("news", frames, onPage=head))
    body = ParagraphStyle(
        "body",
        fontName="Times-Roman",
        fontSize=11,
        leading=14,
        alignment=4 if justified else 0,
        spaceAfter=0 if indented else 6,
        firstLineIndent=14 if indented else 0,
    )
    large = ParagraphStyle("large", fontName="Times-Bold", fontSize=20, leading=24, alignment=1)
    document.build([Paragraph(TITLE, large), *(Paragraph(text, body) for text in PARAGRAPHS)])
    return file.getvalue()


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("justified", [False, True])
@pytest.mark.parametrize("indented", [False, True])
def test_paragraphs_are_put_together_in_any_layout(
    tmp_path: Path, columns: int, justified: bool, indented: bool
) -> None:
    article = only(tmp_path, "a.pdf", laid_out(columns, justified=justified, indented=indented))
    assert article.title == TITLE
    assert texts(article) == PARAGRAPHS
    pages = [int((place or "").removeprefix("page ")) for place in places(article)]
    assert pages == sorted(pages)
    assert len(set(pages)) > 1


def test_a_paragraph_goes_on_over_a_page_and_stands_where_it_begins(tmp_path: Path) -> None:
    lines = [BODY[:81].strip(), BODY[81:]]
    first = [lines[0] for _ in range(8)]
    article = only(tmp_path, "a.pdf", pdf([*first, "", MORE, "", lines[0]], [lines[1], "", THIRD]))
    assert texts(article)[-3:] == [MORE, BODY, THIRD]
    assert places(article)[-3:] == ["page 1", "page 1", "page 2"]


def on_a_page(turned: int) -> bytes:
    """Paragraphs wrapped by the number of their letters, with gaps, on a page that is turned."""
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    canvas.setPageRotation(turned)
    canvas.translate(*{0: (0, 0), 90: (595, 0), 180: (595, 842), 270: (0, 842)}[turned])
    canvas.rotate(turned)
    canvas.scale(11, 11)
    canvas.setFont("Times-Roman", 1)
    height = 535 if turned in (90, 270) else 780
    for paragraph in PARAGRAPHS[:5]:
        for line in textwrap.wrap(paragraph, 70):
            canvas.drawString(60 / 11, height / 11, line)
            height -= 14
        height -= 8
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_may_be_turned(tmp_path: Path, turned: int) -> None:
    assert texts(only(tmp_path, "a.pdf", on_a_page(turned))) == PARAGRAPHS[:5]


def test_words_parted_at_line_ends_are_whole_again(tmp_path: Path) -> None:
    lines = [
        "The council’s repre-",
        "sentatives met al-",
        "Sudani and the well-known man, a well-",
        "known friend of the com-",
        "pany that no one - nobody - paid.",
    ]
    assert texts(only(tmp_path, "a.pdf", pdf(lines))) == [
        "The council’s representatives met al-Sudani and the well-known man, a well-known friend of"
        " the company that no one - nobody - paid."
    ]


def test_what_browsers_print_around_a_page_is_no_text(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    canvas.setTitle("Bridge Closed After Collision")
    canvas.drawString(30, 820, "5/12/24, 10:33 AM")
    canvas.drawString(240, 820, "Bridge Closed After Collision")
    canvas.drawString(72, 700, BODY[:80])
    canvas.drawString(72, 686, BODY[81:])
    canvas.drawString(30, 15, "https://www.example.org/news/bridge")
    canvas.drawString(540, 15, "1/1")
    canvas.save()
    article = only(tmp_path, "a.pdf", file.getvalue())
    assert " ".join(texts(article)) == BODY[:80] + " " + BODY[81:]
    assert article.url == "https://www.example.org/news/bridge"
    assert article.evidence["url"] == Evidence(EvidenceKind.TEXT, "the head or foot of its pages")
    assert article.date is None


def test_heads_that_change_with_the_chapter_are_known_by_their_numbers(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    chapters = ("The river", "The bridge", "The barges", "The council")
    for page, name in enumerate(chapters, 7):
        canvas.drawString(72, 800, f"{name} {page}")
        canvas.drawString(72, 740, BODY[:80])
        canvas.drawString(72, 726, BODY[80:])
        canvas.showPage()
    canvas.save()
    article = only(tmp_path, "a.pdf", file.getvalue())
    assert texts(article) == [BODY[:80] + " " + BODY[80:].strip()] * 4


def test_the_headline_below_the_name_of_a_paper_is_the_title(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    for size, height, text in (
        (40, 760, "The Basra Courier"),
        (9, 735, "Sunday 5 May 2024"),
        (24, 700, "Bridge Closed for a Month"),
        (24, 674, "After Two Barges Collide"),
        *((11, 640 - 14 * row, BODY[:80]) for row in range(6)),
    ):
        canvas.setFont("Times-Roman", size)
        canvas.drawString(72, height, text)
    canvas.save()
    article = only(tmp_path, "a.pdf", file.getvalue())
    assert article.title == "Bridge Closed for a Month After Two Barges Collide"
    assert article.evidence["title"].kind is EvidenceKind.TEXT
    assert article.date == datetime(2024, 5, 5)


def test_a_number_in_the_text_stays(tmp_path: Path) -> None:
    article = only(tmp_path, "a.pdf", pdf(["Dead on Monday:", "", "14"], ["Hurt:", "", "77"]))
    assert texts(article) == ["Dead on Monday:", "14", "Hurt:", "77"]


def test_what_the_document_states(tmp_path: Path) -> None:
    article = only(tmp_path, "a.pdf", pdf([BODY[:80]], title="Bridge Closed", author="Ann Smith"))
    assert (article.title, article.author, article.date) == ("Bridge Closed", "Ann Smith", None)
    assert article.evidence["title"] == Evidence(EvidenceKind.FIELD, "document property title")
    article = only(tmp_path, "a.pdf", pdf([MORE], title="Microsoft Word - b.doc", author="admin"))
    assert (article.title, article.author) == (MORE, None)


def test_nothing_reaches_the_terminal(tmp_path: Path) -> None:
    hostile = "Red\x1b]0;owned\x07\x1b[31m alert\u202e\u2066 in Basra\0"
    article = only(tmp_path, "a.pdf", pdf([BODY[:80], "\x1b[31m\x07\x00"], title=hostile))
    for text in (article.title, *texts(article)):
        assert text.isprintable()
        assert text == sanitise_line(text)


def picture_pages(count: int, text_on: int = 0) -> bytes:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    pixels = io.BytesIO(b"P6 2 2 255 " + bytes(range(12)))
    file = io.BytesIO()
    canvas = Canvas(file)
    for page in range(1, count + 1):
        if page == text_on:
            canvas.drawString(72, 700, BODY[:80])
        else:
            canvas.drawImage(ImageReader(pixels), 72, 72, 400, 600)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_pages_that_are_pictures_are_named(tmp_path: Path) -> None:
    assert why_not(tmp_path, "a.pdf", picture_pages(2)) == "no text in it: its pages are pictures"
    article, skipped = found(tmp_path, "b.pdf", picture_pages(3, text_on=2))
    assert isinstance(article, Article)
    assert places(article) == ["page 2"]
    reason = "no text in it: pages 1, 3 are pictures"
    assert skipped == Skipped(f"{tmp_path / 'b.pdf'}#page 1", reason)


def test_pages_over_the_limit_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([MORE], [THIRD], [BODY[:80]]))
    article, skipped = read_file(path, Settings(limits=Limits(pages=2)))
    assert isinstance(article, Article)
    assert texts(article) == [MORE, THIRD]
    reason = "too long: 3 pages, of which 2 were read (pages in the settings)"
    assert skipped == Skipped(f"{path}#page 3", reason)


def protected(user: str, owner: str) -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, encrypt=StandardEncryption(user, owner, canCopy=0))
    canvas.drawString(72, 700, MORE)
    canvas.save()
    return file.getvalue()


def test_passwords(tmp_path: Path) -> None:
    assert why_not(tmp_path, "a.pdf", protected("secret", "more")) == "protected by a password"
    # Anyone may open this one.
    assert texts(only(tmp_path, "b.pdf", protected("", "more"))) == [MORE]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\0\1\2 no PDF", "not a PDF, whatever its name says"),
        (b"%PDF-1.7\n", "broken: it ends too early"),
        (b"%PDF-1.7\n%%EOF", "broken: it can’t be put right"),
        (pdf([]), "no text in it"),
    ],
    ids=by_reason,
)
def test_what_cannot_be_read_says_why(tmp_path: Path, data: bytes, reason: str) -> None:
    assert why_not(tmp_path, "a.pdf", data) == reason


def test_a_truncated_document_says_so_at_every_length(tmp_path: Path) -> None:
    data = pdf([BODY[:80], BODY[80:]], [MORE])
    for length in range(10, len(data) - 8, len(data) // 60):
        last = found(tmp_path, "a.pdf", data[:length])[-1]
        assert isinstance(last, Skipped)
        assert last.reason.startswith("broken: it ends too early")
