"""The reader of mailboxes: mail after mail, however many there are (RFC 4155)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from index.ingest.draft import Found, Member, Source
from index.ingest.pieces import Locators
from index.ingest.sanitise import sanitise_line
from index.ingest.unpack import MEGABYTE, UnreadableError, check_size
from index.model import Skipped
from index.settings import Limits

_BEGINS = re.compile(rb"From .{0,300}\d\d?:\d\d.{0,40}\d{4}\s*$")
"""The line before a mail, with its time and year. A sentence may begin with the word too."""
_QUOTED = re.compile(rb">+From ")
_ID = re.compile(rb"^message-id:\s*<([^<>\s]{1,300})>", re.IGNORECASE | re.MULTILINE)
_BLANK = re.compile(rb"\r?\n\r?\n")
_HEADERS = 64 * 1024
"""Bytes among which the headers are looked for."""
_LINE = MEGABYTE
"""Bytes of a line that are read at once."""


def read(source: Source) -> Found:
    """Gives every mail, called by its Message-ID, or by its number where it has none.

    One that is too large is passed by without being held in memory, and Skipped.
    """
    locators = Locators(source, limited=False)
    for number, mail in enumerate(_mails(source), 1):
        name = str(number)
        if found := _ID.search(_BLANK.split(mail[:_HEADERS], maxsplit=1)[0]):
            # Numbers change when a mail is deleted, and with them what was noted of the others.
            named = sanitise_line(found[1].decode("utf-8", "replace"))
            if named and not named.isdigit():
                name = named
        locator = locators.of(name)
        try:
            check_size(len(mail), source.settings.limits)
        except UnreadableError as error:
            yield Skipped(locator, str(error))
        else:
            yield Member(locator, "mail.eml", io.BytesIO(mail))


def _mails(source: Source) -> Iterator[bytes]:
    """Every mail without the line before it; of one that is too large only a little too much."""
    most = _most(source.settings.limits)
    lines: list[bytes] = []
    size = 0
    after_blank = whole = True
    while line := source.file.readline(_LINE):
        if after_blank and whole and _BEGINS.match(line):
            if size:
                yield b"".join(lines)
            lines, size = [], 0
        elif size or line.strip():
            if _QUOTED.match(line):
                line = line[1:]
            if size <= most:
                lines.append(line)
            size += len(line)
        after_blank = whole and not line.strip(b"\r\n")
        whole = line.endswith(b"\n")
    if size:
        yield b"".join(lines)


def _most(limits: Limits) -> int:
    return limits.file_bytes
