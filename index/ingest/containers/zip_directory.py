"""The directory of a ZIP archive: which members it has, and where each of them stands.

Where there is none, as in half a download, the members are looked for one after the other. The
layout is that of PKWARE's APPNOTE 6.3.10, whose sections the comments name. Nothing is held in
memory but one entry at a time, and no size or place is believed before it is read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct
from typing import BinaryIO

from index.ingest.streams import Piece
from index.ingest.unpack import ENDS_EARLY, UnreadableError

_LOCAL = Struct("<4s5H3L2H")  # 4.3.7
_ENTRY = Struct("<4s6H3L5H2L")  # 4.3.12
_END = Struct("<4s4H2LH")  # 4.3.16
_END_64 = Struct("<4sQ2H2L4Q")  # 4.3.14
_LOCAL_MARK, _ENTRY_MARK = b"PK\x03\x04", b"PK\x01\x02"
_END_MARK, _END_64_MARK = b"PK\x05\x06", b"PK\x06\x06"
_LOCATOR_64 = 20  # 4.3.15
_COMMENT = 0xFFFF
"""Bytes of the longest comment, which stands after the end of the directory."""
_CHUNK = 64 * 1024
_LOCKED, _SIZES_FOLLOW, _UTF8 = 0x1, 0x8, 0x800  # 4.4.4
_AES = 99


@dataclass(frozen=True, slots=True)
class Entry:
    """One member as the directory or its own header describes it; nothing of it can be trusted."""

    name: str
    flags: int
    method: int
    packed: int | None
    """Its compressed size; None where only its end will tell."""
    checksum: int | None
    start: int
    """Where its header stands in the file."""
    mode: int = 0
    """Its Unix file mode, where it was packed on such a system."""

    @property
    def locked(self) -> bool:
        """Whether it is encrypted."""
        return bool(self.flags & _LOCKED) or self.method == _AES


def entries(file: BinaryIO) -> Iterator[Entry]:
    """Gives the members of a ZIP archive, without holding its directory in memory.

    Raises UnreadableError after the last where some could not be found, and at once where there are
    none because it is no archive.
    """
    found = _directory(file)
    if found is None:
        yield from _without_directory(file)
        return
    start, size, offset = found
    directory = io.BufferedReader(Piece(file, start, size), _CHUNK)
    room = start
    while head := directory.read(_ENTRY.size):
        if len(head) < _ENTRY.size or not head.startswith(_ENTRY_MARK):
            raise UnreadableError("broken: its list of files is damaged")
        (_, _, _, flags, method, _, _, checksum, packed, unpacked, *lengths) = _ENTRY.unpack(head)
        name_length, extra_length, comment_length, _, _, mode, place = lengths
        name = directory.read(name_length)
        extra = directory.read(extra_length)
        directory.read(comment_length)
        packed, place = _large(extra, (unpacked, packed, place))[1:]
        room -= packed
        if room < 0:
            raise UnreadableError("broken: its files overlap")
        yield Entry(_name(name, flags), flags, method, packed, checksum, offset + place, mode >> 16)


def data_of(entry: Entry, file: BinaryIO) -> tuple[int, int] | None:
    """Gives where the packed data of a member begins, and its size, at most to the file's end.

    None where no member stands there.
    """
    head = _at(file, entry.start, _LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(_LOCAL_MARK):
        return None
    *_, name, extra = _LOCAL.unpack(head)
    start = entry.start + _LOCAL.size + name + extra
    return start, _size(file) - start if entry.packed is None else entry.packed


def _directory(file: BinaryIO) -> tuple[int, int, int] | None:
    """Where the directory begins, its size, and by how much places in the file are greater than
    stated, because something stands before the archive; None where there is no directory.
    """
    size = _size(file)
    tail_at = max(0, size - _COMMENT - _END.size - _LOCATOR_64 - _END_64.size)
    tail = _at(file, tail_at, size - tail_at)
    found = tail.rfind(_END_MARK)
    if found < 0 or len(tail) - found < _END.size:
        return None
    end = tail_at + found
    *_, length, place, _ = _END.unpack_from(tail, found)
    large = tail.rfind(_END_64_MARK, 0, found)
    if large >= 0 and found - large >= _END_64.size:
        end = tail_at + large
        *_, length, place = _END_64.unpack_from(tail, large)
    start = end - length
    if start < 0 or place > start or (length and _at(file, start, 4) != _ENTRY_MARK):
        return None
    return start, length, start - place


def _without_directory(file: BinaryIO) -> Iterator[Entry]:
    """The members that can be found by their own headers, in an archive that was cut off."""
    size = _size(file)
    place: int | None = _next_header(file, 0, size)
    if place is None:
        raise UnreadableError("broken: not a ZIP archive")
    while place is not None:
        head = _at(file, place, _LOCAL.size)
        if len(head) < _LOCAL.size:
            break
        _, _, flags, method, _, _, checksum, packed, unpacked, *lengths = _LOCAL.unpack(head)
        name_length, extra_length = lengths
        rest = _at(file, place + _LOCAL.size, name_length + extra_length)
        follows = bool(flags & _SIZES_FOLLOW)
        packed = None if follows else _large(rest[name_length:], (unpacked, packed))[1]
        yield Entry(
            _name(rest[:name_length], flags),
            flags,
            method,
            packed,
            None if follows else checksum,
            place,
        )
        after = place + _LOCAL.size + name_length + extra_length + (packed or 0)
        place = _next_header(file, after, size)
    raise UnreadableError(ENDS_EARLY)


def _next_header(file: BinaryIO, place: int, size: int) -> int | None:
    """Where the next local header stands; None where there is none."""
    while place < size:
        chunk = _at(file, place, _CHUNK)
        found = chunk.find(_LOCAL_MARK)
        if found >= 0:
            return place + found
        if len(chunk) < _CHUNK:
            return None
        place += len(chunk) - len(_LOCAL_MARK) + 1
    return None


def _large(extra: bytes, values: tuple[int, ...]) -> list[int]:
    """The values, those from the ZIP64 field that were too large for their own place (4.5.3)."""
    given = list(values)
    place = 0
    while place + 4 <= len(extra):
        kind = int.from_bytes(extra[place : place + 2], "little")
        length = int.from_bytes(extra[place + 2 : place + 4], "little")
        if kind == 1:
            field = extra[place + 4 : place + 4 + length]
            for index, value in enumerate(given):
                if value == 0xFFFFFFFF and len(field) >= 8:
                    given[index], field = int.from_bytes(field[:8], "little"), field[8:]
            break
        place += 4 + length
    return given


def _name(name: bytes, flags: int) -> str:
    """A member's path: UTF-8 where that is plain, else the code page of DOS (appendix D)."""
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("utf-8" if flags & _UTF8 else "cp437", "replace")


def _at(file: BinaryIO, place: int, size: int) -> bytes:
    """So many bytes from a place; fewer at the end of the file."""
    file.seek(place)
    return file.read(size)


def _size(file: BinaryIO) -> int:
    return file.seek(0, io.SEEK_END)
