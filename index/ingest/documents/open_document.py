"""The reader of OpenDocument texts (ODT), as LibreOffice writes them.

OASIS, "Open Document Format for Office Applications", 1.3, part 3: a ZIP archive with the text in
`content.xml` and the document's properties in `meta.xml`.
"""

from __future__ import annotations

from typing import Any

from index.ingest.documents.flow import Flow
from index.ingest.documents.package import Package, attribute, local, text_in
from index.ingest.documents.properties import author_property, title_property
from index.ingest.draft import Draft, Found, Source, fact
from index.ingest.unpack import PROTECTED, UnreadableError
from index.model import EvidenceKind

_MANIFEST = "META-INF/manifest.xml"
_REMARKS = ("annotation", "tracked-changes", "ruby-text", "note-citation", "desc", "title")
_MADE = ("table-of-content", "forms", "sequence-decls", "event-listeners", "binary-data")
_UNSEEN = frozenset((*_REMARKS, *_MADE))
"""What is no text of the document: remarks, what was struck out, lists made from its headings."""
_CHARACTERS = {"s": " ", "tab": " ", "line-break": "\n"}


def read(source: Source) -> Found:
    """Gives the article of an ODT file. Raises UnreadableError for a broken or protected one."""
    package = Package(source)
    if _MANIFEST in package and b"encryption-data" in package.read(_MANIFEST):
        raise UnreadableError(PROTECTED)
    draft = Draft(source.locator, _paragraphs(package.xml("content.xml")))
    meta = _meta(package)
    if meta is not None:
        authors = [*text_in(meta, "initial-creator"), *text_in(meta, "creator"), ""]
        draft.title = title_property(next(iter(text_in(meta, "title")), None), source.name)
        draft.author = author_property(authors[0])
        language = next(iter(text_in(meta, "language")), None)
        draft.language = fact(language, EvidenceKind.FIELD, "document property language")
    yield draft


def _meta(package: Package) -> Any:
    """The document's properties; None where they are missing or broken: the text is there still."""
    try:
        return package.xml("meta.xml")
    except UnreadableError:
        return None


def _paragraphs(content: Any) -> list[str]:
    from lxml import etree

    flow = Flow()
    bullets = _bulleted(content)
    lists: list[bool] = []
    notes = 0
    walk = etree.iterwalk(content, events=("start", "end"))
    for event, element in walk:
        name = local(element)
        if event == "start":
            match name:
                case "p" | "h":
                    flow.begin_paragraph()
                    flow.text(element.text)
                case "table-row":
                    flow.begin_row()
                case "table-cell" | "covered-table-cell":
                    flow.begin_cell()
                case "list":
                    style = attribute(element, "style-name")
                    lists.append(style in bullets if style else lists[-1:] == [True])
                case "note":
                    notes += 1
                case _ if name in _UNSEEN:
                    walk.skip_subtree()
                case _:
                    flow.text(_CHARACTERS.get(name) or element.text)
            continue
        match name:
            case "p" | "h":
                flow.end_paragraph("• " if lists and lists[-1] else "", note=notes > 0)
            case "table-row":
                flow.end_row()
            case "table-cell" | "covered-table-cell":
                flow.end_cell()
            case "list":
                lists.pop()
            case "note":
                notes -= 1
        flow.text(element.tail)
    return flow.result()


def _bulleted(content: Any) -> set[str | None]:
    """The names of the list styles that begin with a bullet."""
    return {
        attribute(style, "name")
        for style in content.iter("{*}list-style")
        if len(style) and local(style[0]) == "list-level-style-bullet"
    }
