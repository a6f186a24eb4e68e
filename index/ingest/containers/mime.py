"""What mails and pages saved as mails share: MIME messages whose parts may be broken (RFC 2045)."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesFeedParser
from email.utils import parseaddr
from typing import BinaryIO

from index.ingest.content import ENDINGS_OF_TYPES
from index.ingest.decode import NotTextError, decode
from index.ingest.names import parts_of
from index.ingest.sanitise import sanitise_line
from index.ingest.unpack import UnreadableError

_FAILURES = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What `email` raises for headers and bodies that make no sense."""
_CHUNK = 64 * 1024
_LONGEST = 10_000
"""Characters of a header that are looked at."""
_BETWEEN_WORDS = re.compile(r"(\?=)[ \t\r\n]+(=\?)")


def parse(file: BinaryIO) -> Message:
    """Gives the message in a file. Raises UnreadableError where its parts are nested too deeply."""
    parser = BytesFeedParser()  # fed in pieces it takes a third of the memory
    try:
        while chunk := file.read(_CHUNK):
            parser.feed(chunk)
        return parser.close()
    except UnreadableError:
        raise
    except _FAILURES:
        raise UnreadableError("broken: its parts cannot be told apart") from None


def header(part: Message, name: str) -> str:
    """Gives a header as one sanitised line, its encoded words decoded (RFC 2047); "" for none."""
    return decoded(raw_header(part, name))


def raw_header(part: Message, name: str) -> str:
    """Gives the beginning of a header as it stands there; "" for none."""
    name = name.lower()
    found = (value for key, value in part.raw_items() if key.lower() == name)
    return str(next(found, ""))[:_LONGEST]


def decoded(value: str) -> str:
    """Gives the text of a header, whatever it is encoded in."""
    if not value.isascii():
        value = text_of(value.encode("utf-8", "surrogateescape"), None)
    if "=?" in value:
        try:
            words = decode_header(_BETWEEN_WORDS.sub(r"\1 \2", value))
            value = "".join(
                word if isinstance(word, str) else text_of(word, charset) for word, charset in words
            )
        except (HeaderParseError, *_FAILURES):
            pass
    return sanitise_line(value)


def sender(part: Message) -> str:
    """Gives the name of whoever sent a mail, else the address; "" for neither."""
    line = raw_header(part, "From")
    try:
        name, address = parseaddr(line)
    except _FAILURES:
        name, address = "", ""
    return decoded(name) or sanitise_line(address) or decoded(line)


def payload(part: Message) -> bytes:
    """Gives what is in a part that holds no others, its transfer encoding undone."""
    try:
        found = part.get_payload(decode=True)
    except _FAILURES:
        found = None
    if isinstance(found, bytes):
        return found
    raw = part.get_payload()
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def text_in(part: Message) -> str:
    """Gives the text in a part. Raises NotTextError where it holds none."""
    try:
        charset = part.get_content_charset()
    except _FAILURES:
        charset = None
    return text_of(payload(part), charset, page=part.get_content_subtype() == "html")


def text_of(data: bytes, charset: str | None, *, page: bool = False) -> str:
    """Gives the text in `data`: in the stated encoding where that fits, else in the likeliest."""
    # Latin-1 is Windows-1252 to everything that shows mail (WHATWG), and nothing refutes either.
    charset = {"iso-8859-1": "cp1252", "latin-1": "cp1252"}.get((charset or "").lower(), charset)
    if charset:
        try:
            return data.decode(charset)
        except (LookupError, ValueError, TypeError, AssertionError):
            pass
    try:
        return decode(data, page=page)
    except NotTextError:
        if charset is None and not page and len(data) < _LONGEST:
            return data.decode("utf-8", "replace")
        raise


def name_of(part: Message) -> str:
    """Gives the file name of a part (RFC 2231), with the ending of its type where it has none."""
    try:
        name = decoded(part.get_filename() or "")
    except _FAILURES:
        name = ""
    name = (parts_of(name) or [""])[-1]
    ending = ENDINGS_OF_TYPES.get(part.get_content_type())
    if ending and ("." not in name or (ending == ".eml" and not name.lower().endswith(ending))):
        return (name or "attachment") + ending
    return name


def parameter(part: Message, name: str) -> str:
    """Gives a parameter of a part's content type; "" where it has none."""
    try:
        return str(part.get_param(name) or "").strip()
    except _FAILURES:
        return ""
