"""What feeds and the like need of XML, whoever wrote it: clean bytes, names, text."""

from __future__ import annotations

import codecs
from html import unescape
from typing import Any

from index.ingest.decode import encoding_of
from index.ingest.draft import Source
from index.ingest.sanitise import sanitise_line
from index.ingest.unpack import UnreadableError

_INVALID = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
)
"""Characters that XML may not hold (XML 1.0, 2.2), and feeds hold all the same."""


def local_name(element: Any) -> str:
    """Gives the local name in small letters; empty for what is no element."""
    tag = element.tag if element is not None else None
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def text_of(element: Any) -> str:
    """Gives all text in an element. Entities of HTML are read, those that the file declares not."""
    from lxml import etree

    parts: list[str] = []
    for each in element.iter():
        if each.tag is etree.Entity:
            read = unescape(each.text)
            parts.append(read if read != each.text else "")
        elif isinstance(each.tag, str):
            parts.append(each.text or "")
        if each is not element:
            parts.append(each.tail or "")
    return "".join(parts)


def qualified_name(element: Any) -> str:
    """Gives the name as the file writes it: `dc:creator`."""
    local = element.tag.rpartition("}")[2]
    return sanitise_line(f"{element.prefix}:{local}" if element.prefix else local)


class CleanedXml:
    """A file as a parser wants it: UTF-8, without characters that XML may not hold."""

    def __init__(self, source: Source) -> None:
        encoding = encoding_of(source.file, page=True)
        self._file = source.file
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._longest = source.settings.limits.file_bytes
        self._size = 0
        self._started = False

    def restart(self) -> None:
        """Counts from here: an entry has ended."""
        self._size = 0

    def read(self, size: int) -> bytes:
        """Gives more of the file. Raises UnreadableError where an entry is too large."""
        while data := self._file.read(size):
            self._size += len(data)
            if self._size > self._longest:
                raise UnreadableError("an entry is too large (file_megabytes in the settings)")
            text = self._decoder.decode(data).translate(_INVALID)
            if not self._started:
                text = text.lstrip("\ufeff \t\r\n")
                self._started = bool(text)
            if text:
                return text.encode()
        return b""
