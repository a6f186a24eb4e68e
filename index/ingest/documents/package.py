"""Documents that are ZIP archives of XML parts: DOCX, ODT and EPUB.

Every part is unpacked within the budget before any is parsed, and XML is parsed without entities,
without a network and without the depth that only an attack needs.
"""

from __future__ import annotations

import posixpath
import struct
import zlib
from typing import Any
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from index.ingest.draft import Source
from index.ingest.unpack import PROTECTED, UnreadableError, check_size

_OLD_OFFICE = "an old office document; save it as DOCX"
_NOT_WHOLE = "broken: it is damaged or ends too early"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file of OLE begins: Word's encrypted documents are such files whatever their names."""
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 256 * 1024
_ZIP_FAULTS = (
    BadZipFile, zlib.error, struct.error, EOFError, ValueError, ArithmeticError, LookupError,
    RuntimeError, OSError,
)  # fmt: skip
"""What zipfile raises for archives that are damaged or made to harm."""


class Package:
    """The parts of such a document, by their names.

    Raises UnreadableError for what is none, and SpentError where its parts unpack to too much.
    """

    def __init__(self, source: Source) -> None:
        _refuse_old_office(source)
        try:
            self._zip = ZipFile(source.file)
        except _ZIP_FAULTS:
            raise UnreadableError(_NOT_WHOLE) from None
        self._limits = source.settings.limits
        self._parts = {each.filename: each for each in self._zip.infolist()}
        if not self._parts:
            raise UnreadableError("broken: there is nothing in it")
        self._damaged = {
            each.filename for each in self._zip.infolist() if not self._unpacks(each, source)
        }

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def names(self) -> list[str]:
        """The names of all parts, in the order of the archive."""
        return list(self._parts)

    def read(self, name: str) -> bytes:
        """Gives what a part holds. Raises UnreadableError for one that is missing or damaged."""
        part = self._parts.get(name)
        if part is None or name in self._damaged:
            raise UnreadableError(_NOT_WHOLE)
        if part.flag_bits & 1:
            raise UnreadableError(PROTECTED)
        try:
            with self._zip.open(part) as stream:
                data = stream.read(self._limits.file_bytes + 1)
        except _ZIP_FAULTS:
            raise UnreadableError(_NOT_WHOLE) from None
        check_size(len(data), self._limits)
        return data

    def xml(self, name: str) -> Any:
        """Gives the root element of a part of XML. Raises UnreadableError like `read`."""
        return parse_xml(self.read(name))

    def _unpacks(self, part: ZipInfo, source: Source) -> bool:
        """Whether a part can be unpacked; tried for all of them, for a bomb may be in any."""
        if part.flag_bits & 1:
            return True
        if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            # No such document uses others, and zipfile unpacks those without any bound.
            return False
        try:
            with self._zip.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    source.budget.spend(len(chunk))
        except UnreadableError:
            raise
        except _ZIP_FAULTS:
            return False
        return True


def parse_xml(data: bytes) -> Any:
    """Gives the root element of XML. Raises UnreadableError where it is broken or has entities."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError, LookupError):
        raise UnreadableError(
            "broken: its XML defines entities"
            if b"<!ENTITY" in data[:100_000]
            else "broken: its XML is faulty"
        ) from None
    types = root.getroottree().docinfo.internalDTD
    if types is not None and next(types.iterentities(), None) is not None:
        raise UnreadableError("broken: its XML defines entities")
    return root


def local(element: Any) -> str:
    """Gives the name of an element without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """Gives an attribute by its name without a namespace; None where there is none."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def text_in(root: Any, name: str) -> list[str]:
    """Gives the text of every element of that name below `root`, where there is some."""
    found = ("".join(element.itertext()).strip() for element in root.iter(f"{{*}}{name}"))
    return [text for text in found if text]


def resolve(base: str, reference: str) -> str:
    """Gives the name of the part that a reference in the part `base` means.

    Nothing is ever looked for outside the package: a name that climbs out of it is in no package.
    """
    path = unquote(reference.partition("#")[0])
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), path)).lstrip("/")


def _refuse_old_office(source: Source) -> None:
    head = source.file.read(len(_OLE))
    if head == _OLE:
        source.file.seek(0)
        encrypted = _ENCRYPTED_STREAM in source.file.read()
        raise UnreadableError(PROTECTED if encrypted else _OLD_OFFICE)
    source.file.seek(0)
