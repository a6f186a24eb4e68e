"""The reader of books in EPUB: a book is one article, and its chapters are the places in it.

W3C, "EPUB 3.3": a ZIP archive in which a package document lists the chapters, which are XHTML, and
gives the order of reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from index.ingest.blocks import blocks, blocks_of
from index.ingest.decode import decode
from index.ingest.documents.package import Package, attribute, local, parse_xml, resolve, text_in
from index.ingest.draft import Draft, Fact, Found, Source, fact
from index.ingest.sanitise import sanitise_line
from index.ingest.unpack import UnreadableError
from index.model import EvidenceKind, Skipped

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PROTECTED = "protected by a password or rights management"
_CHAPTERS = frozenset(("application/xhtml+xml", "text/html", "application/x-dtbook+xml", ""))
_NO_TITLES = frozenset(("unknown", "untitled", "no title", "[no title]"))
_REFERENCE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z]{2,8}\d{0,2});")
"""A character that HTML has a name for and XML has not: `&nbsp;`."""


def read(source: Source) -> Found:
    """Gives a book as one article. A chapter that can't be read is Skipped and costs no other.

    Raises UnreadableError for what is no book, and for one whose chapters are encrypted.
    """
    package = Package(source)
    index = _package_document(package)
    root = package.xml(index)
    encrypted = _encrypted(package)
    places: list[str] = []
    draft = Draft(source.locator, [], places=places)
    skipped = []
    number = 0
    for name in _spine(root, index):
        if name in encrypted:
            raise UnreadableError(_PROTECTED)
        try:
            paragraphs = _chapter(package, name)
        except UnreadableError as error:
            skipped.append(Skipped(f"{source.locator}#{sanitise_line(name)}", str(error)))
            continue
        number += bool(paragraphs)
        draft.paragraphs += paragraphs
        places += [f"chapter {number}"] * len(paragraphs)
    _describe(draft, root)
    if draft.paragraphs or not skipped:
        yield draft
    yield from skipped


def _package_document(package: Package) -> str:
    """The name of the package document: as the container says, or the only one there is."""
    try:
        for each in package.xml(_CONTAINER).iter("{*}rootfile"):
            if (name := resolve("", each.get("full-path", ""))) in package:
                return name
    except UnreadableError:
        pass
    for name in package.names():
        if name.lower().endswith(".opf"):
            return name
    raise UnreadableError("broken: there is no book in it")


def _encrypted(package: Package) -> set[str]:
    """The names of the parts that are encrypted. Fonts mostly are, and are not read anyway."""
    if _ENCRYPTION not in package:
        return set()
    references = package.xml(_ENCRYPTION).iter("{*}CipherReference")
    return {resolve("", each.get("URI", "")) for each in references}


def _spine(root: Any, index: str) -> Iterator[str]:
    """The names of the chapters in the order of reading, each once. Navigation is none."""
    items: dict[str | None, Any] = {each.get("id"): each for each in root.iter("{*}item")}
    seen: set[str] = set()
    for each in root.iter("{*}itemref"):
        item = items.get(each.get("idref"))
        if item is None or item.get("media-type", "").lower() not in _CHAPTERS:
            continue
        name = resolve(index, item.get("href", ""))
        if name not in seen and "nav" not in item.get("properties", "").split():
            seen.add(name)
            yield name


def _chapter(package: Package, name: str) -> list[str]:
    """The paragraphs of a chapter. Faulty XHTML is read as HTML, as reading programs do."""
    if name not in package:
        raise UnreadableError("broken: the chapter is missing")
    data = package.read(name)
    try:
        return blocks(parse_xml(_REFERENCE.sub(_character, data)))
    except UnreadableError:
        if b"<!ENTITY" in data:
            raise
        return blocks_of(decode(data, page=True))


def _character(found: re.Match[bytes]) -> bytes:
    """The character by its number, which XML of any encoding understands; else as it was."""
    name = found[0].decode("ascii")
    characters = unescape(name)
    if characters == name:
        return found[0]
    return "".join(f"&#{ord(each)};" for each in characters).encode("ascii")


def _describe(draft: Draft, root: Any) -> None:
    """Takes what the package document says of the book: Dublin Core elements."""
    stated: Mapping[str, list[str]] = {
        name: text_in(root, name)
        for name in ("title", "creator", "publisher", "language", "identifier", "source")
    }
    title = next(iter(stated["title"]), "")
    draft.title = _fact(title, "title") if title.lower() not in _NO_TITLES else None
    draft.author = _fact(", ".join(stated["creator"][:20]), "creator")
    draft.source = _fact(next(iter(stated["publisher"]), None), "publisher")
    draft.language = _fact(next(iter(stated["language"]), None), "language")
    draft.date = _fact(_published(root), "date")
    for name in ("source", "identifier"):
        for value in stated[name]:
            if draft.url is None and value.lower().startswith(("http://", "https://")):
                draft.url = _fact(value, name)


def _fact(value: str | None, name: str) -> Fact | None:
    return fact(value, EvidenceKind.FIELD, f"book property {name}")


def _published(root: Any) -> str | None:
    """The date that is of the publication; EPUB 2 gives others too, and says which is which."""
    dates = {
        (attribute(each, "event") or "").lower(): "".join(each.itertext())
        for each in reversed(list(root.iter("{*}date")))
        if local(each) == "date"
    }
    return dates.get("publication") or dates.get("original-publication") or dates.get("")
