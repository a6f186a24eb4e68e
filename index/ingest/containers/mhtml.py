"""The reader of web pages saved as one file with their pictures, MHTML (RFC 2557)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from email.message import Message

from index.ingest.containers.mime import header, parameter, parse, payload, text_in
from index.ingest.content import ENDINGS_OF_TYPES
from index.ingest.decode import NotTextError
from index.ingest.draft import Found, Member, Source, fact
from index.ingest.unpack import UnreadableError
from index.model import EvidenceKind

_BOM = "\ufeff"


def read(source: Source) -> Found:
    """Gives the page, with the address it was saved from; no frame or picture in it is an article.

    Raises UnreadableError where there is no page.
    """
    message = parse(source.file)
    page = _page(message)
    if page is None:
        raise UnreadableError("no page in it")
    kind = page.get_content_type()
    if page.get_content_maintype() == "text":
        try:
            data = (_BOM + text_in(page)).encode("utf-8", "replace")
        except NotTextError:
            data = payload(page)  # its reader says what it is
    else:
        data = payload(page)
    address = next((found for found in _addresses(message, page) if "://" in found), None)
    url = fact(address, EvidenceKind.ADDRESS, "Content-Location")
    title = fact(header(message, "Subject"), EvidenceKind.FIELD, "Subject")
    yield Member(
        source.locator,
        f"page{ENDINGS_OF_TYPES.get(kind, '.html')}",
        io.BytesIO(data),
        {name: stated for name, stated in (("url", url), ("title", title)) if stated},
    )


def _page(message: Message) -> Message | None:
    """The part that the others belong to: the one named as the start, else the first page."""
    wanted = parameter(message, "start")
    first: Message | None = None
    for part in _leaves(message):
        if wanted and header(part, "Content-ID") == wanted:
            return part
        if first is None and part.get_content_type() in ENDINGS_OF_TYPES:
            first = part
    return first


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold no others, in order."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        inside = part.get_payload()
        if isinstance(inside, list):
            waiting.extend(each for each in reversed(inside) if isinstance(each, Message))
        else:
            yield part


def _addresses(message: Message, page: Message) -> Iterator[str]:
    yield header(message, "Snapshot-Content-Location")
    yield header(page, "Content-Location")
    yield header(message, "Content-Location")
