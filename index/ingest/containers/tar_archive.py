"""The reader of TAR archives, plain or compressed: its members one after the other."""

from __future__ import annotations

import tarfile
from typing import IO, cast

from index.ingest.containers.compressed import unpacked
from index.ingest.draft import Found, Member, Source
from index.ingest.names import is_aside, leads_out, parts_of
from index.ingest.pieces import LEADS_OUT, LINK, Locators
from index.ingest.streams import Forward, Piece
from index.ingest.unpack import ENDS_EARLY, MEGABYTE, UnreadableError
from index.model import Skipped

_CHUNK = 64 * 1024
_FAILURES = (tarfile.TarError, ValueError, ArithmeticError, LookupError, RecursionError)
"""What `tarfile` raises for headers that make no sense."""


def read(source: Source) -> Found:
    """Gives every file in the archive. Links, devices and pipes are Skipped, never followed.

    Of a broken archive it gives what stands before the break, then raises UnreadableError.
    """
    stream = unpacked(source)
    skips = stream is None and not isinstance(source.file, Forward)
    tape = _Tape(cast(IO[bytes], stream or source.file), skips=skips)
    budget = source.budget if stream is None else None
    locators = Locators(source)
    archive = None
    while True:
        try:
            archive = archive or tarfile.TarFile(fileobj=tape)  # type: ignore[arg-type]
            info = archive.next()
            archive.members = []  # type: ignore[attr-defined] # or it would remember them all
        except UnreadableError:
            raise
        except _FAILURES:
            raise UnreadableError(tape.verdict()) from None
        if info is None:
            if tape.last.strip(b"\0"):
                raise UnreadableError(tape.verdict())
            return
        if info.isdir() or is_aside(info.name):
            continue
        locator = locators.of(info.name)
        if leads_out(info.name):
            yield Skipped(locator, LEADS_OUT)
        elif info.issym() or info.islnk():
            yield Skipped(locator, LINK)
        elif info.issparse():
            yield Skipped(locator, "a file with gaps (sparse) inside an archive")
        elif not info.isreg():
            yield Skipped(locator, "a device or a pipe inside an archive")
        else:
            stretch = Piece(tape, info.offset_data, info.size)
            with Forward(stretch, budget) as file:  # type: ignore[arg-type]
                yield Member(locator, parts_of(info.name)[-1], file)


class _Tape:
    """A stream as `tarfile` reads it, from beginning to end: it cannot be sent back or in circles,
    and it gives no more at once than any header may have.
    """

    def __init__(self, stream: IO[bytes], *, skips: bool) -> None:
        self._stream, self._skips, self._place = stream, skips, 0
        self.last = b""
        """What was read last."""

    def verdict(self) -> str:
        """Says what is wrong where `tarfile` found no header in what was read last."""
        if len(self.last) < tarfile.BLOCKSIZE and self._place > tarfile.BLOCKSIZE:
            return ENDS_EARLY
        if self._place > tarfile.BLOCKSIZE:
            return "broken: what follows cannot be read"
        return "broken: not a TAR archive"

    def tell(self) -> int:
        return self._place

    def seek(self, place: int, /) -> int:
        """Goes forward to a place."""
        if place < self._place:
            raise tarfile.ReadError("goes back")
        if self._skips:
            self._stream.seek(place)
            self._place = place
        while self._place < place and self.read(min(_CHUNK, place - self._place)):
            pass
        return self._place

    def read(self, size: int, /) -> bytes:
        """Gives so many bytes, or fewer at the end."""
        if size > MEGABYTE:
            raise tarfile.ReadError("a header too large")
        parts, left = [], size
        while left > 0 and (chunk := self._stream.read(left)):
            parts.append(chunk)
            left -= len(chunk)
        self.last = data = b"".join(parts)
        self._place += len(data)
        return data
