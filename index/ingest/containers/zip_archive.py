"""The reader of ZIP archives.

The standard library's reader is not used: it holds the whole directory in memory, unpacks some
kinds without a limit, and reads nothing of an archive that was cut off.
"""

from __future__ import annotations

import bz2
import io
import lzma
import stat
import zlib
from collections.abc import Callable
from typing import IO, Any, BinaryIO, cast

from index.ingest.containers.zip_directory import Entry, data_of, entries
from index.ingest.decompress import Decompressor, Deflate, new_xz
from index.ingest.draft import Found, Member, Source
from index.ingest.names import is_aside, leads_out, parts_of
from index.ingest.pieces import LEADS_OUT, LINK, Locators
from index.ingest.streams import Forward, Piece, Unpacked
from index.ingest.unpack import MEGABYTE, PROTECTED, Budget, UnreadableError
from index.model import Skipped

_CHUNK = 64 * 1024
_DICTIONARY = 64 * MEGABYTE
"""The largest window that LZMA may ask for; it is held in memory."""


def read(source: Source) -> Found:
    """Gives every file in the archive, or why it can't be read. Links are never followed.

    Of a broken archive it gives what can be read, then raises UnreadableError.
    """
    locators = Locators(source)
    for entry in entries(source.file):
        if entry.name.endswith(("/", "\\")) or is_aside(entry.name):
            continue
        locator = locators.of(entry.name)
        if leads_out(entry.name):
            yield Skipped(locator, LEADS_OUT)
        elif stat.S_ISLNK(entry.mode):
            yield Skipped(locator, LINK)
        else:
            yield from member(entry, locator, source)


def member(entry: Entry, locator: str, source: Source) -> Found:
    """Gives one member, or why it can't be read."""
    try:
        file = opened(entry, source.file, source.budget)
    except UnreadableError as error:
        yield Skipped(locator, str(error))
        return
    with file:
        yield Member(locator, (parts_of(entry.name) or [""])[-1], file)


def opened(entry: Entry, file: BinaryIO, budget: Budget) -> Forward:
    """Gives what is in a member, unpacked while it is read.

    Raises UnreadableError where it is protected, or packed in a way that is not known.
    """
    if entry.locked:
        raise UnreadableError(PROTECTED)
    place = data_of(entry, file)
    if place is None or (entry.method == 0 and entry.packed is None):
        raise UnreadableError("broken: it is not where the archive says")
    packed = cast(IO[bytes], io.BufferedReader(Piece(file, *place), _CHUNK))
    if entry.method == 0:
        return Forward(cast(IO[bytes], _Checked(packed, entry.checksum)), budget)
    machine = _machine(entry, packed)
    unpacked = cast(IO[bytes], Unpacked(packed, machine, budget))
    return Forward(cast(IO[bytes], _Checked(unpacked, entry.checksum)))


def _machine(entry: Entry, packed: IO[bytes]) -> Callable[[], Decompressor]:
    """What unpacks a member, by its method (4.4.5). Raises UnreadableError where nothing does."""
    if entry.method == 8:
        return lambda: Deflate(-zlib.MAX_WBITS)
    if entry.method == 12:
        return bz2.BZ2Decompressor
    if entry.method == 95:
        return new_xz
    if entry.method == 14:
        return _lzma(packed)
    raise UnreadableError("compressed in a way that Parallax does not know")


def _lzma(packed: IO[bytes]) -> Callable[[], Decompressor]:
    """What unpacks LZMA with the properties that stand before it (5.8.8)."""
    head = packed.read(9)
    properties, dictionary = head[4:5], int.from_bytes(head[5:9], "little")
    if len(head) < 9 or properties[0] >= 225 or dictionary > _DICTIONARY:
        raise UnreadableError("broken: it cannot be unpacked")
    rest, lc = divmod(properties[0], 9)
    pb, lp = divmod(rest, 5)
    filters = [
        {"id": lzma.FILTER_LZMA1, "dict_size": max(dictionary, 4096), "lc": lc, "lp": lp, "pb": pb}
    ]
    try:
        lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters)
    except (lzma.LZMAError, ValueError):
        raise UnreadableError("broken: it cannot be unpacked") from None
    return lambda: lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters)


class _Checked(io.RawIOBase):
    """A stream that raises UnreadableError at its end where it is not what was packed."""

    def __init__(self, stream: IO[bytes], checksum: int | None) -> None:
        self._stream, self._stated, self._checksum = stream, checksum, 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer with what comes next, perhaps not to its end."""
        data = self._stream.read(len(buffer))
        if not data and self._stated is not None and self._stated != self._checksum:
            raise UnreadableError("broken: it is not what was packed (its checksum is another)")
        self._checksum = zlib.crc32(data, self._checksum)
        buffer[: len(data)] = data
        return len(data)
