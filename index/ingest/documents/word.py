"""The reader of Word documents (DOCX), by python-docx.

ISO/IEC 29500-1, "Office Open XML File Formats": a ZIP archive of parts that name each other in
relationships. The library follows them all, so it is handed a copy that has only the parts which
hold text, after every part of the document was unpacked within the budget.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zipfile import ZipFile

from index.ingest.documents.flow import Flow
from index.ingest.documents.package import Package, attribute, local, parse_xml, resolve
from index.ingest.documents.properties import author_property, title_property
from index.ingest.draft import Draft, Fact, Found, Source, fact
from index.ingest.unpack import UnreadableError
from index.model import EvidenceKind

_TYPES = "[Content_Types].xml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_KINDS = {
    "officeDocument": f"{_OFFICE}officeDocument",
    "core-properties": f"{_RELATIONSHIPS}/metadata/core-properties",
    "styles": f"{_OFFICE}styles",
    "numbering": f"{_OFFICE}numbering",
    "footnotes": f"{_OFFICE}footnotes",
    "endnotes": f"{_OFFICE}endnotes",
}
"""The relationships that lead to text. Documents of the strict kind give them other addresses."""

_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHER_MAIN = re.compile(
    rb"application/vnd\.(?:ms-word\.(?:document|template)\.macroEnabled(?:Template)?"
    rb"|openxmlformats-officedocument\.wordprocessingml\.template)\.main\+xml"
)
"""Documents with macros and templates, which the library refuses, have their text in the same."""

_UNSEEN = frozenset(("del", "moveFrom", "Fallback", "rt"))
"""What is no text of the document: what was struck out or moved away, a drawing's second form."""
_CHARACTERS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_HEADLINES = ("title", "heading 1")
_TOP = 4
"""Paragraphs among which the headline stands."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """What the library found in a document: the roots of its XML, and its properties."""

    body: Any
    styles: Any
    numbering: Any
    notes: Sequence[Any]
    title: str
    author: str
    language: str


def read(source: Source) -> Found:
    """Gives the article of a DOCX file. Raises UnreadableError for a broken or protected one."""
    opened = _opened(_safe_copy(Package(source)))
    text = _Text(opened)
    draft = Draft(source.locator, text.flow.result())
    draft.title = title_property(opened.title, source.name) or text.headline
    draft.author = author_property(opened.author)
    draft.language = fact(opened.language, EvidenceKind.FIELD, "document property language")
    yield draft


def _safe_copy(package: Package) -> io.BytesIO:
    """The document without anything but the parts that are read and what names them."""
    copy = io.BytesIO()
    with ZipFile(copy, "w") as made:
        types = package.read(_TYPES)
        parse_xml(types)
        made.writestr(_TYPES, _OTHER_MAIN.sub(_MAIN, types))
        found = _related(package, "", ("officeDocument", "core-properties"))
        main = found.get("officeDocument")
        if main is None:
            raise UnreadableError("broken: there is no Word document in it")
        package.xml(main)
        inner = _related(package, main, ("styles", "numbering", "footnotes", "endnotes"))
        folder, name = posixpath.split(main)
        made.writestr("_rels/.rels", _relationships(found))
        made.writestr(posixpath.join(folder, "_rels", f"{name}.rels"), _relationships(inner))
        for part in {*found.values(), *inner.values()}:
            made.writestr(part, package.read(part))
    copy.seek(0)
    return copy


def _related(package: Package, part: str, kinds: Sequence[str]) -> dict[str, str]:
    """The parts of the wanted kinds that a part names, where they are there and whole."""
    folder, name = posixpath.split(part)
    found: dict[str, str] = {}
    try:
        root = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    except UnreadableError:
        if not part:
            raise
        return found
    for each in root.iter("{*}Relationship"):
        kind = each.get("Type", "").rpartition("/")[2]
        target = resolve(part, each.get("Target", ""))
        if kind not in kinds or kind in found or each.get("TargetMode") == "External":
            continue
        try:
            package.xml(target)
        except UnreadableError:
            if kind == "officeDocument":
                raise
            # The text is worth having without its notes and styles.
            continue
        found[kind] = target
    return found


def _relationships(parts: dict[str, str]) -> bytes:
    from lxml import etree

    root = etree.Element(f"{{{_RELATIONSHIPS}}}Relationships", nsmap={None: _RELATIONSHIPS})
    for number, (kind, part) in enumerate(parts.items(), 1):
        each = etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship")
        each.set("Id", f"r{number}")
        each.set("Type", _KINDS[kind])
        each.set("Target", f"/{part}")
    return bytes(etree.tostring(root))


def _opened(file: io.BytesIO) -> _Opened:
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE

    try:
        document = Document(file)
        related = [
            _root(document.part, kind)
            for kind in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES)
        ]
        properties = document.core_properties
        return _Opened(
            body=document.element,
            styles=_root(document.part, RELATIONSHIP_TYPE.STYLES),
            numbering=_root(document.part, RELATIONSHIP_TYPE.NUMBERING),
            notes=[root for root in related if root is not None],
            title=properties.title,
            author=properties.author,
            language=properties.language,
        )
    except Exception:
        # The library trusts its files and fails on odd ones in whatever way comes first.
        raise UnreadableError("broken: there is no Word document in it") from None


def _root(part: Any, kind: str) -> Any:
    """The XML that a part names with a relationship; None where it names none."""
    try:
        related = part.part_related_by(kind)
    except KeyError:
        return None
    return related.element if hasattr(related, "element") else parse_xml(related.blob)


class _Text:
    """The paragraphs of a document, gathered from its XML."""

    def __init__(self, opened: _Opened) -> None:
        self.flow = Flow()
        self.headline: Fact | None = None
        """The first of the paragraphs at the top that has the style of one."""
        self._styles = _style_names(opened.styles)
        self._bullets = _bulleted(opened.numbering)
        self._paragraphs = 0
        self._walk(opened.body, note=False)
        for notes in opened.notes:
            for each in notes:
                if attribute(each, "type") in (None, "normal"):
                    self._walk(each, note=True)

    def _walk(self, root: Any, *, note: bool) -> None:
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            name = local(element)
            if event == "start":
                match name:
                    case "p":
                        self.flow.begin_paragraph()
                    case "tr":
                        self.flow.begin_row()
                    case "tc":
                        self.flow.begin_cell()
                    case "t":
                        self.flow.text(element.text)
                    case _ if name in _UNSEEN:
                        walk.skip_subtree()
                    case _ if name in _CHARACTERS:
                        self.flow.text(_CHARACTERS[name])
            elif name == "p":
                self._end_paragraph(element, note)
            elif name == "tr":
                self.flow.end_row()
            elif name == "tc":
                self.flow.end_cell()

    def _end_paragraph(self, element: Any, note: bool) -> None:
        found = element.find("{*}pPr/{*}pStyle")
        style = "" if found is None else self._styles.get(attribute(found, "val"), "")
        number = element.find("{*}pPr/{*}numPr/{*}numId")
        listed = number is not None and attribute(number, "val") in self._bullets
        bullet = listed or style.startswith("list bullet")
        if style.startswith("toc "):
            # A table of contents only says the headings again.
            self.flow.drop_paragraph()
            return
        lines = self.flow.end_paragraph("• " if bullet else "", note=note)
        self._paragraphs += bool(lines)
        if lines and self.headline is None and self._paragraphs <= _TOP and style in _HEADLINES:
            self.headline = fact(" ".join(lines), EvidenceKind.FIELD, "the first heading")


def _style_names(styles: Any) -> dict[str | None, str]:
    """The names of the styles by their ids, in small letters. Only ids depend on the language."""
    if styles is None:
        return {}
    names = ((each, each.find("{*}name")) for each in styles.iter("{*}style"))
    return {
        attribute(each, "styleId"): (attribute(name, "val") or "").lower()
        for each, name in names
        if name is not None
    }


def _bulleted(numbering: Any) -> set[str | None]:
    """The ids of the lists whose first level has bullets."""
    if numbering is None:
        return set()
    formats = {}
    for each in numbering.iter("{*}abstractNum"):
        form = each.find("{*}lvl/{*}numFmt")
        if form is not None and attribute(form, "val") == "bullet":
            formats[attribute(each, "abstractNumId")] = True
    found = ((each, each.find("{*}abstractNumId")) for each in numbering.iter("{*}num"))
    return {
        attribute(each, "numId")
        for each, kind in found
        if kind is not None and attribute(kind, "val") in formats
    }
