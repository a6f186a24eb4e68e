"""The reader of PDF documents, by PDFium through pypdfium2.

PDFium gives the signs of a page in reading order, with a mark at the end of each line; what is a
paragraph is concluded from where the lines stand. Pages are opened one at a time.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from index.ingest.documents.printed import printed
from index.ingest.documents.properties import author_property, title_property
from index.ingest.documents.running_heads import Line
from index.ingest.draft import Draft, Found, Source, fact
from index.ingest.paragraphs import lines_of
from index.ingest.sanitise import sanitise
from index.ingest.unpack import ENDS_EARLY, PROTECTED, UnreadableError
from index.model import EvidenceKind, Skipped

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_BEGINNING = 1024
"""Bytes in which a PDF says that it is one (ISO 32000-1, 7.5.2 and annex H)."""
_END = 4096
"""Bytes in which it says that it ends."""
_HYPHEN = 2
"""What PDFium writes for a hyphen at the end of a line, in place of the end."""
_LINE_ENDS = frozenset((10, 13, _HYPHEN))
_SPACES = frozenset((9, 32, 160))
_SAMPLES = 6
"""Signs of a line that are looked at for its height."""
_NAMED = 20
"""Pages that are named one by one in a message."""


def read(source: Source) -> Found:
    """Gives a document as one article, and as Skipped the pages of it that were not read.

    Raises UnreadableError for a protected or broken one, and SpentError where its text alone is
    more than may be unpacked.
    """
    data = source.file.read()
    if b"%PDF-" not in data[:_BEGINNING]:
        raise UnreadableError("not a PDF, whatever its name says")
    whole = b"%%EOF" in data[-_END:]
    lines: list[Line] = []
    broken: list[int] = []
    pictures: list[int] = []
    with closing(_opened(data, whole)) as document:
        count, most = len(document), source.settings.limits.pages
        for number in range(1, min(count, most) + 1):
            try:
                found, pictured = _page(document, number)
            except Exception:
                # A damaged page breaks the library in ways of its own, and costs no other page.
                broken.append(number)
                continue
            source.budget.spend(sum(len(line.text) for line in found))
            lines += found
            if pictured and not found:
                pictures.append(number)
        stated = _stated(document)
    if not lines and not broken and count <= most:
        raise UnreadableError(
            "no text in it: its pages are pictures" if pictures else "no text in it"
        )
    whole_text = printed(lines)
    if lines:
        yield Draft(
            source.locator,
            whole_text.paragraphs,
            title=title_property(stated.get("Title"), source.name)
            or fact(whole_text.headline, EvidenceKind.TEXT, "the largest type on the first page"),
            author=author_property(stated.get("Author")),
            url=fact(whole_text.address, EvidenceKind.TEXT, "the head or foot of its pages"),
            places=[f"page {page}" for page in whole_text.pages],
        )
    yield from _left_out(source.locator, broken, pictures if lines else [], count, most, whole)


def _opened(data: bytes, whole: bool) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError, raw

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise UnreadableError(PROTECTED) from None
        raise UnreadableError("broken: it can’t be put right" if whole else ENDS_EARLY) from None
    if len(document) < 1:
        document.close()
        raise UnreadableError("broken: it has no pages" if whole else ENDS_EARLY)
    return document


def _stated(document: PdfDocument) -> dict[str, str]:
    """The document's properties. Its dates are when the file was made, not the article."""
    try:
        found: dict[str, str] = document.get_metadata_dict()
    except Exception:
        # Properties in an encoding that is none; the text is worth having without them.
        return {}
    return found


def _left_out(
    locator: str,
    broken: Sequence[int],
    pictures: Sequence[int],
    count: int,
    most: int,
    whole: bool,
) -> Iterator[Skipped]:
    """What of the document is not in the article, and why."""
    if broken:
        yield Skipped(f"{locator}#page {broken[0]}", f"broken: {_pages(broken)} can’t be read")
    if pictures:
        verb = "is a picture" if len(pictures) == 1 else "are pictures"
        yield Skipped(f"{locator}#page {pictures[0]}", f"no text in it: {_pages(pictures)} {verb}")
    if count > most:
        yield Skipped(
            f"{locator}#page {most + 1}",
            f"too long: {count:,} pages, of which {most:,} were read (pages in the settings)",
        )
    if not whole:
        yield Skipped(f"{locator}#end", f"{ENDS_EARLY}; what is there was read")


def _pages(numbers: Sequence[int]) -> str:
    """Pages in words: `page 3`, `pages 3, 4`."""
    named = ", ".join(map(str, numbers[:_NAMED]))
    if len(numbers) > _NAMED:
        named += f" and {len(numbers) - _NAMED} more"
    return f"page{'s' if len(numbers) > 1 else ''} {named}"


def _page(document: PdfDocument, number: int) -> tuple[list[Line], bool]:
    """The lines of a page, and whether there are pictures on one without lines."""
    from pypdfium2 import raw

    with closing(document[number - 1]) as page, closing(page.get_textpage()) as text:
        lines = list(_Geometry(page, text).lines(number))
        pictured = not lines and any(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4))
    return lines, pictured


class _Geometry:
    """Where the signs of a page stand, for a reader who holds it upright."""

    def __init__(self, page: Any, text: Any) -> None:
        from pypdfium2 import raw

        self._raw, self._text = raw, text.raw
        self._box = page.get_bbox()
        self._turn = page.get_rotation()
        turned = self._turn in (90, 270)
        left, bottom, right, top = self._box
        self._tall = max((right - left) if turned else (top - bottom), 1.0)

    def lines(self, number: int) -> Iterator[Line]:
        """The lines in the order in which PDFium gives them; none is empty."""
        get, text = self._raw.FPDFText_GetUnicode, self._text
        codes = [get(text, index) for index in range(self._raw.FPDFText_CountChars(text))]
        codes.append(10)
        start = 0
        for index, code in enumerate(codes):
            if code not in _LINE_ENDS:
                continue
            line = self._line(codes, start, index, number)
            start = index + 1
            if line is not None:
                line.broken = code == _HYPHEN
                yield line

    def _line(self, codes: Sequence[int], start: int, end: int, number: int) -> Line | None:
        while start < end and codes[start] in _SPACES:
            start += 1
        while start < end and codes[end - 1] in _SPACES:
            end -= 1
        signs = "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes[start:end])
        # A character beyond U+FFFF may come as its two surrogates.
        signs = signs.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        text = " ".join(lines_of(sanitise(signs)))
        if not text:
            return None
        # Bullets, marks of notes and words in another font are not of the height of their line.
        step = max((end - start) // _SAMPLES, 1)
        signs_at = [self._sign(index) for index in (*range(start, end, step), end - 1)]
        by_height = sorted(signs_at, key=lambda sign: sign[3] - sign[1])
        _, bottom, _, top = by_height[len(by_height) // 2]
        return Line(
            text=text,
            page=number,
            left=min(sign[0] for sign in signs_at),
            right=max(sign[2] for sign in signs_at),
            base=bottom,
            height=max(top - bottom, 0.1),
            depth=1 - (bottom + top) / 2 / self._tall,
        )

    def _sign(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of a sign, from the lower left corner of the page."""
        box = self._raw.FS_RECTF()
        self._raw.FPDFText_GetLooseCharBox(self._text, index, ctypes.byref(box))
        x0, y0, x1, y1 = self._box
        left, bottom, right, top = box.left - x0, box.bottom - y0, box.right - x0, box.top - y0
        wide, tall = x1 - x0, y1 - y0
        match self._turn:
            case 90:
                return bottom, wide - right, top, wide - left
            case 180:
                return wide - right, tall - top, wide - left, tall - bottom
            case 270:
                return tall - top, left, tall - bottom, right
        return left, bottom, right, top
