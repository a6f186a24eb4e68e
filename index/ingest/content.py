"""What kind of file its first bytes show, where its name does not say it or says it wrongly."""

from __future__ import annotations

import codecs
import re

LOOKED_AT = 4_096
"""Bytes at the beginning of a file that are looked at."""

ENDINGS_OF_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/rtf": ".rtf",
    "application/rtf": ".rtf",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/x-ndjson": ".jsonl",
    "application/zip": ".zip",
    "multipart/related": ".mhtml",
    "message/rfc822": ".eml",
}
"""For the media types of articles, the endings that their files have."""

_BEGINNINGS = (
    (b"{\\rtf", ".rtf"),
    (b"\x1f\x8b\x08", ".gz"),
    (b"\xfd7zXZ\x00", ".xz"),
    (b"WARC/1.", ".warc"),
    (b"WARC/0.1", ".warc"),
)
_PDF = re.compile(rb"(?<![ -~])%PDF-\d")
"""What PDFs begin with. Others' headers or bytes may stand before it, which readers pass over, but
no words on its line: those would be a text about it."""
# Possessive, so that a run of comments can be divided in one way only: any other takes for ever.
_COMMENTS = rb"(?:<!--(?:[^-]|-(?!->)){0,2000}+-->\s*+)*+"
_PAGE = re.compile(
    rb"\s*+(?:<\?xml[^>]{0,200}>\s*+)?+" + _COMMENTS + rb"(?:<!doctype\s+html|<html[\s>])",
    re.IGNORECASE,
)
_FEED = re.compile(rb"\s*+(?:<\?[^>]{0,400}>\s*+)*+" + _COMMENTS + rb"<(?:rss|feed|rdf:RDF)[\s>]")
_MAILBOX = re.compile(
    rb"From [^\r\n]{1,300}\d\d:\d\d[^\r\n]{0,40}\d{4}[ \t]*\r?\n"
    rb"(?:>?From [^\r\n]*\r?\n)?[!-9;-~]{1,80}:[ \t]"
)
"""The line before a mail in a mailbox, with its time, and the mail's first header (RFC 4155)."""
_HEADER = re.compile(rb"^([A-Za-z][!-9;-~]{0,80}):", re.MULTILINE)
_OF_TRANSPORT = frozenset({b"received", b"message-id", b"mime-version", b"return-path"})
_OF_MAIL = _OF_TRANSPORT | {
    b"from",
    b"to",
    b"date",
    b"subject",
    b"cc",
    b"reply-to",
    b"content-type",
}
_SAVED_PAGE = re.compile(
    rb"^(?:Snapshot-Content-Location:|From: *<?Saved by|X-Saved-By:|X-MAF)"
    rb"|^Content-Type:\s*multipart/related[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*type=\"?text/html",
    re.IGNORECASE | re.MULTILINE,
)
_OF_SITES = frozenset({b"snapshot-content-location", b"content-location"})
_ENVELOPE = frozenset({b"received", b"to", b"message-id", b"return-path"})


def ending_by_content(head: bytes) -> str | None:
    """Gives the ending that names the kind of file that begins with `head`; None where unknown."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode()
    head = head.removeprefix(codecs.BOM_UTF8)
    for beginning, ending in _BEGINNINGS:
        if head.startswith(beginning):
            return ending
    if head.startswith(b"BZh") and head[4:10] == b"1AY&SY":
        return ".bz2"
    if head.startswith(b"PK\x03\x04"):
        return _zip(head)
    if head[257:262] == b"ustar":
        return ".tar"
    if _PAGE.match(head):
        return ".html"
    if _FEED.match(head):
        return ".rss"
    if _MAILBOX.match(head):
        return ".mbox"
    if mail := _mail(head):
        return mail
    # Last, for the others may hold one as it is.
    if _PDF.search(head[:1024]) and not head.lstrip().startswith(b"<"):
        return ".pdf"
    return None


def _zip(head: bytes) -> str | None:
    """What a ZIP holds by its first member: a book, a document, or just files."""
    name = head[30 : 30 + int.from_bytes(head[26:28], "little")]
    if name == b"mimetype":
        if b"application/epub+zip" in head[:120]:
            return ".epub"
        return ".odt" if b"application/vnd.oasis.opendocument.text" in head[:120] else None
    if name.startswith((b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/")):
        return ".docx" if b"word/" in head else None
    return ".zip"


def _mail(head: bytes) -> str | None:
    """Whether it begins with the headers of a mail, or of a web page saved as one."""
    top = head.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if not _HEADER.match(top):
        return None
    names = {name.lower() for name in _HEADER.findall(top)}
    saved = names & _OF_SITES or _SAVED_PAGE.search(top)
    if saved and b"mime-version" in names and not names & _ENVELOPE:
        return ".mhtml"
    if len(names & _OF_MAIL) >= 3 and names & _OF_TRANSPORT:
        return ".eml"
    return None
