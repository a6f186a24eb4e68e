"""The reader of web archives: WARC, record after record (ISO 28500), and WACZ, a ZIP of them.

Every page, text and document that a site answered with is a file of its own, with its address.
Redirects, pictures, styles, scripts and what a crawler notes for itself hold no articles.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast
from urllib.parse import unquote, urlsplit

from index.ingest.containers.compressed import unpacked
from index.ingest.containers.http_body import body
from index.ingest.containers.zip_archive import member
from index.ingest.containers.zip_directory import entries
from index.ingest.content import ENDINGS_OF_TYPES
from index.ingest.draft import Found, Member, Source, fact
from index.ingest.names import ending
from index.ingest.pieces import Locators
from index.ingest.streams import Forward, Unpacked
from index.ingest.unpack import ENDS_EARLY, MEGABYTE, SpentError, UnreadableError
from index.model import EvidenceKind, Skipped

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_CHUNK = 64 * 1024
_HEADERS = MEGABYTE
"""The most bytes that the headers of one record may have."""
_REPAIRS = 1_000
"""How often reading goes on after a place where an archive is broken."""
_NO_RECORD = "broken: it is no record"
_BEGINNINGS = (b"WARC/1.", b"WARC/0.1")
_WITH_CONTENT = frozenset({"response", "resource", "conversion"})
_ANSWERED = ("200", "203")
_ANY_TYPE = frozenset({
    "", "application/octet-stream", "binary/octet-stream", "application/force-download",
    "application/x-download", "application/download", "unknown/unknown",
})  # fmt: skip
"""Types that say nothing: then the address tells the kind."""
_FAILURES = (ValueError, EOFError, LookupError, AttributeError, TypeError, AssertionError)
"""What warcio raises for headers that make no sense."""
_FOR_MACHINES = frozenset({"robots.txt", "ads.txt", "app-ads.txt", "security.txt", "humans.txt"})


def read(source: Source) -> Found:
    """Gives every page, text and document that was captured, with its address.

    A broken record is Skipped, and reading goes on with the next one that can be found.
    """
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.recordloader import ArcWarcRecordLoader

    logging.getLogger("warcio").setLevel(logging.CRITICAL)  # it would print what is in the file
    tape = _Tape(source)
    loader = ArcWarcRecordLoader(verify_http=False)
    locators = Locators(source, limited=False)
    number, reported = 0, False
    while True:
        line = tape.next_record()
        if tape.astray and not reported and (number or line):
            yield Skipped(locators.of(f"after record {number}"), tape.astray)
        if not line:
            break
        number, reported = number + 1, False
        try:
            record = loader.parse_record_stream(tape, line, "warc")
            if record.length is None:
                raise UnreadableError("broken: it does not say how long it is")
            yield from _captured(record, locators, source)
            while record.raw_stream.read(_CHUNK):
                pass
        except SpentError:
            raise
        except UnreadableError as error:
            failure = str(error)
        except (ArchiveLoadFailed, *_FAILURES):
            failure = "broken: its headers make no sense"
        else:
            continue
        yield Skipped(locators.of(f"record {number}"), failure)
        reported = True
    if not number:
        failed = tape.astray not in ("", _NO_RECORD)
        raise UnreadableError(tape.astray if failed else "broken: not a web archive")


def read_collection(source: Source) -> Found:
    """Gives every WARC in a WACZ; its lists of pages say nothing that is not there."""
    locators = Locators(source)
    for entry in entries(source.file):
        if entry.name.lower().endswith((".warc", ".warc.gz")):
            yield from member(entry, locators.of(entry.name), source)


def _captured(
    record: ArcWarcRecord, locators: Locators, source: Source
) -> Iterator[Member | Skipped]:
    """The file that a record holds, if it may hold an article."""
    if record.rec_type not in _WITH_CONTENT:
        return
    headers = record.rec_headers
    if record.rec_type == "response":
        headers = record.http_headers
        if headers is None or headers.get_statuscode() not in _ANSWERED:
            return
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    kind = (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    name = _name(address, kind)
    if name is None:
        return
    locator = locators.of(address.partition("://")[2] or address)
    stream = cast(IO[bytes], io.BufferedReader(_Block(record), _CHUNK))
    if record.rec_type == "response":
        try:
            stream = body(stream, headers.get_header, source.budget)
        except UnreadableError as error:
            yield Skipped(locator, str(error))
            return
    url = fact(address, EvidenceKind.ADDRESS, "WARC-Target-URI")
    with Forward(stream) as file:
        yield Member(locator, name, file, {"url": url} if url else {})


def _name(address: str, kind: str) -> str | None:
    """What the file at an address is called, with the ending of its type; None for no article."""
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        path = ""
    name = path.rpartition("/")[2]
    if name.lower() in _FOR_MACHINES:
        return None
    if kind in _ANY_TYPE:
        return name
    wanted = ENDINGS_OF_TYPES.get(kind)
    if wanted is None:
        return None
    return name if ending(name) == wanted else f"{name or 'page'}{wanted}"


class _Block(io.RawIOBase):
    """What is in a record after its headers. Raises UnreadableError where it was cut off."""

    def __init__(self, record: ArcWarcRecord) -> None:
        self._stream = record.raw_stream

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer with what comes next, perhaps not to its end."""
        data = self._stream.read(len(buffer))
        if not data and self._stream.limit > 0:
            raise UnreadableError(ENDS_EARLY)
        buffer[: len(data)] = data
        return len(data)


class _Tape:
    """A web archive as warcio reads it, from beginning to end, with headers of bounded length."""

    def __init__(self, source: Source) -> None:
        self._packed = unpacked(source)
        self._file = self._buffered() if self._packed else source.file
        self._place = self._headers = self._repairs = 0
        self.astray = ""
        """What is wrong with what stood before the record that was found last."""

    def next_record(self) -> bytes:
        """Goes to the next record, past whatever is broken, and gives its first line; b"" at the
        end.
        """
        self.astray, self._headers = "", 0
        while True:
            try:
                line = self._file.readline(_CHUNK)
            except SpentError:
                raise
            except UnreadableError as error:
                self.astray = str(error)
                self._repairs += 1
                if self._packed is None or self._repairs > _REPAIRS or not self._packed.go_on():
                    return b""
                cast(io.BufferedReader, self._file).detach()  # or it would close what it read from
                self._file = self._buffered()
                continue
            if not line or line.startswith(_BEGINNINGS):
                return line
            if line not in (b"\r\n", b"\n"):
                self.astray = self.astray or _NO_RECORD

    def _buffered(self) -> BinaryIO:
        return cast(BinaryIO, io.BufferedReader(cast(Unpacked, self._packed), _CHUNK))

    def read(self, size: int = -1) -> bytes:
        """Gives so many bytes, or fewer at the end."""
        data = self._file.read(size)
        self._place += len(data)
        return data

    def readline(self, size: int = -1) -> bytes:
        """Gives the rest of a line of headers."""
        line = self._file.readline(_CHUNK if size < 0 else min(size, _CHUNK))
        self._headers += len(line)
        if self._headers > _HEADERS:
            raise UnreadableError("broken: its headers have no end")
        self._place += len(line)
        return line

    def tell(self) -> int:
        """Gives the number of bytes that were read."""
        return self._place
