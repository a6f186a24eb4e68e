"""Streams inside files: a stretch of one, what a compressed one holds, what can be read once.

Nothing here holds more than a megabyte in memory, whatever the sizes that a file states.
"""

from __future__ import annotations

import errno
import io
import lzma
import os
import zlib
from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import IO, Any, BinaryIO, Protocol, cast

from index.ingest.decompress import Decompressor
from index.ingest.unpack import ENDS_EARLY, MEGABYTE, Budget, UnreadableError, check_size
from index.settings import Limits

_CHUNK = 16 * 1024
"""Compressed bytes read at a time."""
_BUFFER = 64 * 1024
_AGAIN = MEGABYTE
"""Bytes at the beginning of a stream that can be read again, to look what is in it."""
_IN_MEMORY = 4 * MEGABYTE
"""Bytes of a member that are held in memory; a larger one waits on the disk."""

_SPOILT = "broken: it cannot be unpacked"


class Seekable(Protocol):
    """A file that others read from as well."""

    def seek(self, offset: int, /) -> int:
        """Goes to a place."""

    def read(self, size: int, /) -> bytes | None:
        """Gives at most so many bytes."""


class Piece(io.RawIOBase):
    """A stretch of a file that others may read as well, from `start` for `size` bytes.

    Reading raises UnreadableError where the file ends before the stretch does.
    """

    def __init__(self, file: Seekable, start: int, size: int) -> None:
        self._file, self._start, self._size, self._place = file, start, size, 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Gives the place where reading goes on."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Goes to a place in the stretch, as files do."""
        from_where = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        if offset + from_where < 0:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        self._place = offset + from_where
        return self._place

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer as far as the stretch goes."""
        wanted = min(len(buffer), self._size - self._place)
        if wanted <= 0:
            return 0
        self._file.seek(self._start + self._place)
        data = self._file.read(wanted)
        if not data:
            raise UnreadableError(ENDS_EARLY)
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)


class Unpacked(io.RawIOBase):
    """What a compressed stream holds, unpacked while it is read and noted in the budget.

    Where `again` is given, further compressed streams that begin with it may follow. Reading raises
    UnreadableError for what is broken, SpentError for what is too much.
    """

    def __init__(
        self,
        packed: IO[bytes],
        start: Callable[[], Decompressor],
        budget: Budget,
        again: bytes | None = None,
    ) -> None:
        self._packed, self._start, self._budget, self._again = packed, start, budget, again
        self._machine: Decompressor | None = start()
        self._data = self._fed = b""
        self._taken = self._given = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer with what comes next, perhaps not to its end; 0 at the stream's end."""
        while self._machine is not None:
            if self._machine.eof:
                self._next()
                continue
            data, self._data = self._data, b""
            self._fed = data or self._fed
            ended = False
            if not data and self._machine.needs_input:
                data = self._packed.read(_CHUNK)
                self._fed = data
                self._taken += len(data)
                ended = not data
            try:
                found = self._machine.decompress(data, len(buffer))
            except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError):
                raise UnreadableError(_SPOILT) from None
            if found:
                self._given += len(found)
                self._budget.spend(len(found))
                self._budget.check(self._taken, self._given)
                buffer[: len(found)] = found
                return len(found)
            if ended and not self._machine.eof:
                raise UnreadableError(ENDS_EARLY)
        return 0

    def go_on(self) -> bool:
        """Goes on with the next compressed stream after what is broken; False where none is left.

        Does nothing for a stream that others may not follow.
        """
        data, self._fed = self._fed[1:], b""
        while self._again is not None:
            place = data.find(self._again)
            if place >= 0:
                self._machine, self._data = self._start(), data[place:]
                return True
            data = data[1 - len(self._again) :]
            more = self._packed.read(_CHUNK)
            if not more:
                break
            data += more
        self._machine = None
        return False

    def _next(self) -> None:
        """Goes on with a compressed stream that stands after the one that ended."""
        data = self._machine.unused_data if self._machine else b""
        self._machine = None
        if self._again is None:
            return
        if len(data) < len(self._again):
            data += self._packed.read(_CHUNK)
        if data.startswith(self._again):
            self._machine, self._data = self._start(), data


class _Once(io.RawIOBase):
    """A stream that is read once, but for its first megabyte."""

    def __init__(self, stream: IO[bytes], budget: Budget | None) -> None:
        self._stream, self._budget = stream, budget
        self._first: bytearray | None = bytearray()
        self._place = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Gives the place where reading goes on."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Goes to a place in the first megabyte, as long as no more was read."""
        target = offset + (self._place if whence == io.SEEK_CUR else 0)
        if whence == io.SEEK_END or self._first is None or not 0 <= target <= len(self._first):
            raise io.UnsupportedOperation("can be read once only")
        self._place = target
        return target

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer with what comes next, perhaps not to its end."""
        if self._first is not None and self._place < len(self._first):
            data = bytes(self._first[self._place : self._place + len(buffer)])
        else:
            data = self._stream.read(len(buffer)) or b""
            if self._budget is not None:
                self._budget.spend(len(data))
            if self._first is not None:
                self._first += data
                if len(self._first) > _AGAIN:
                    self._first = None
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)


class Forward(io.BufferedReader):
    """A file inside a file, read from its beginning to its end as it is unpacked.

    As long as no more than its first megabyte was read, it can be read again from anywhere in it.
    With a budget, what is read is noted there; without, `stream` must do so itself.
    """

    def __init__(self, stream: IO[bytes], budget: Budget | None = None) -> None:
        super().__init__(_Once(stream, budget), _BUFFER)


def settled(file: BinaryIO, limits: Limits, *, whole: bool) -> BinaryIO:
    """Gives what is in a Forward as a file that can be read here and there; any other as it is.

    With `whole`, it raises UnreadableError when it is too large for one file.
    """
    if not isinstance(file, Forward):
        return file
    copied = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by the taker
    size = 0
    try:
        while chunk := file.read(_BUFFER):
            size += len(chunk)
            if whole:
                check_size(size, limits)
            copied.write(chunk)
    except BaseException:
        copied.close()
        raise
    copied.seek(0)
    return cast(BinaryIO, copied)
