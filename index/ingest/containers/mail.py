"""The reader of mails: what is written in one is an article, what is attached a file of its own.

Nothing is taken away from the text: quoted mails and signatures may be what was kept it for.
"""

from __future__ import annotations

import io
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from index.ingest.blocks import blocks_of
from index.ingest.containers.mime import header, name_of, parameter, parse, payload, sender, text_in
from index.ingest.decode import NotTextError
from index.ingest.draft import Draft, Found, Member, Source, fact
from index.ingest.paragraphs import count_words, split
from index.ingest.pieces import Locators
from index.ingest.sanitise import sanitise
from index.ingest.unpack import UnreadableError
from index.model import EvidenceKind, Skipped

_NO_ARTICLES = ("image", "audio", "video", "font", "model")
_ASIDE = frozenset({
    "application/pgp-signature", "application/pgp-keys", "application/pkcs7-signature",
    "application/x-pkcs7-signature", "application/pgp-encrypted", "application/ics", "text/css",
    "text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/x-amp-html",
    "text/watch-html", "text/rfc822-headers", "message/delivery-status",
    "message/disposition-notification",
})  # fmt: skip
"""Types of parts that hold no article: pictures and sound, signatures, appointments, receipts."""
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_ENCRYPTED = "encrypted"
_INLINE_PGP = re.compile(r"\s*-----BEGIN PGP MESSAGE-----")
_STUB = 3
"""A plain part with so many times fewer words than the HTML beside it only says where to read."""
_DEEPEST = 50
"""Parts in parts; no program makes as many."""


@dataclass(slots=True)
class _Parts:
    """What a mail consists of."""

    texts: list[Message | tuple[Message, Message]] = field(default_factory=list)
    """In order; a pair where the same is there as plain text and as HTML."""
    attached: list[Message] = field(default_factory=list)
    encrypted: bool = False


def read(source: Source) -> Found:
    """Gives the article that is written in a mail, then what is attached to it.

    Parts that cannot be read are Skipped, but for pictures and the like. Raises UnreadableError
    where nothing of the mail can be read.
    """
    mail = parse(source.file)
    parts = _Parts()
    _sort(mail, parts, 0)
    locators = Locators(source)
    paragraphs: list[str] = []
    for text in parts.texts:
        try:
            paragraphs += _paragraphs(text)
        except NotTextError as error:
            yield Skipped(locators.of("text"), str(error))
    if _INLINE_PGP.match("\n".join(paragraphs[:1])):
        paragraphs, parts.encrypted = [], True
    if paragraphs:
        yield Draft(
            source.locator,
            paragraphs,
            title=fact(header(mail, "Subject"), EvidenceKind.FIELD, "Subject"),
            author=fact(sender(mail), EvidenceKind.FIELD, "From"),
            date=fact(header(mail, "Date"), EvidenceKind.FIELD, "Date"),
        )
    elif parts.encrypted:
        raise UnreadableError(_ENCRYPTED)
    elif not parts.attached:
        raise UnreadableError("no text in it")
    for part in parts.attached:
        yield from _attachment(part, locators)


def _sort(part: Message, parts: _Parts, depth: int) -> None:
    """Sorts a part and all that are in it into texts and attachments."""
    kind, inside = part.get_content_type(), part.get_payload()
    if depth > _DEEPEST:
        raise UnreadableError("broken: its parts are nested too deeply")
    if kind == "multipart/encrypted" or (kind in _SEALED and not name_of(part).endswith(".p7s")):
        parts.encrypted = True
    elif kind == "message/rfc822":
        parts.attached.append(part)
    elif isinstance(inside, list):
        each = [found for found in inside if isinstance(found, Message)]
        if kind == "multipart/alternative":
            _choose(each, parts, depth)
        else:
            for found in each:
                _sort(found, parts, depth + 1)
    elif _is_text(part) or part.get_content_maintype() == "multipart":
        # A part that should hold others and has none was cut off, or its boundary is wrong.
        parts.texts.append(part)
    elif part.get_content_maintype() not in _NO_ARTICLES and kind not in _ASIDE:
        parts.attached.append(part)


def _choose(versions: list[Message], parts: _Parts, depth: int) -> None:
    """Sorts what is the same in several forms: its texts become one, plain and HTML."""
    plain: list[Message] = []
    pages: list[Message] = []
    for version in versions:
        found = _Parts()
        _sort(version, found, depth + 1)
        for text in found.texts:
            for each in text if isinstance(text, tuple) else (text,):
                (pages if each.get_content_subtype() == "html" else plain).append(each)
        parts.attached += found.attached
        parts.encrypted = parts.encrypted or found.encrypted
    if len(plain) == len(pages) == 1:
        parts.texts.append((plain[0], pages[0]))
    else:
        parts.texts += plain or pages


def _is_text(part: Message) -> bool:
    """Whether a part is what was written, and no file that was attached."""
    if part.get_content_type() not in ("text/plain", "text/html", "text/enriched"):
        return False
    return part.get_content_disposition() != "attachment" and not part.get_filename()


def _paragraphs(text: Message | tuple[Message, Message]) -> list[str]:
    if not isinstance(text, tuple):
        return _html(text) if text.get_content_subtype() == "html" else _plain(text)
    plain, page = map(_paragraphs, text)
    return page if _STUB * sum(map(count_words, plain)) < sum(map(count_words, page)) else plain


def _html(part: Message) -> list[str]:
    # All that is to be seen: newsletters are laid out in tables, and there is no menu around them.
    return blocks_of(text_in(part))


def _plain(part: Message) -> list[str]:
    text = text_in(part)
    if parameter(part, "format").lower() == "flowed":
        text = _unflowed(text)
    return split(sanitise(text))


def _unflowed(text: str) -> str:
    """The text with the lines together that were broken only to be shown (RFC 3676)."""
    lines: list[str] = []
    open_ended = False
    for line in text.splitlines():
        line = line.removeprefix(" ")
        if open_ended and line.strip() and not line.startswith(">"):
            lines[-1] += line
        else:
            lines.append(line)
        open_ended = line.endswith(" ") and line != "-- " and not line.startswith(">")
    return "\n".join(lines)


def _attachment(part: Message, locators: Locators) -> Iterator[Member | Skipped]:
    """A part as a file of its own."""
    name = name_of(part)
    if _shows_or_sounds(name):
        return
    inside = part.get_payload()
    try:
        if part.get_content_type() == "message/rfc822" and isinstance(inside, list) and inside:
            data = inside[0].as_bytes()  # type: ignore[union-attr]
        else:
            data = payload(part)
    except Exception:
        # `email` fails in ways of its own where it writes what it could not read.
        yield Skipped(locators.of(name), "broken: it cannot be taken out of the mail")
        return
    yield Member(locators.of(name), name, io.BytesIO(data))


def _shows_or_sounds(name: str) -> bool:
    kind = mimetypes.guess_type(name, strict=False)[0] or ""
    return kind.partition("/")[0] in _NO_ARTICLES or kind in _ASIDE
