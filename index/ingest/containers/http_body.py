"""What a web server answered, its encodings for transport undone (RFC 9110 and 9112)."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from typing import IO, Any, cast

from index.ingest.decompress import Deflate
from index.ingest.streams import Unpacked
from index.ingest.unpack import ENDS_EARLY, Budget, UnreadableError

_CHUNK = 64 * 1024
_SIZE = re.compile(rb"([\da-fA-F]{1,12})[ \t]*(?:;[^\r\n]*)?\r?\n")


def body(stream: IO[bytes], header: Callable[[str], str | None], budget: Budget) -> IO[bytes]:
    """Gives the content of an answer as a stream; `header` gives each of its headers.

    What is not encoded as its headers say is given as it is: many programs that save answers undo
    the encodings and leave the headers. Raises UnreadableError for an encoding that is not known.
    """
    if "chunked" in (header("Transfer-Encoding") or "").lower():
        stream = _buffered(_Chunks(stream))
    encodings = (header("Content-Encoding") or "").lower().split(",")
    for encoding in reversed(encodings):
        stream = _decoded(stream, encoding.strip(), budget)
    return stream


def _decoded(stream: IO[bytes], encoding: str, budget: Budget) -> IO[bytes]:
    if encoding in ("", "identity", "none"):
        return stream
    head = cast(io.BufferedReader, stream).peek(2)[:2]
    if head.lstrip()[:1] in (b"<", b"{", b""):
        return stream
    if encoding in ("gzip", "x-gzip"):
        wbits = 16 + zlib.MAX_WBITS
        return _unpacked(stream, wbits, budget) if head == b"\x1f\x8b" else stream
    if encoding == "deflate":
        # By the standard in zlib's wrapping (RFC 1950), by many servers without.
        wrapped = head[0] & 0x0F == 8 and int.from_bytes(head, "big") % 31 == 0
        return _unpacked(stream, zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS, budget)
    raise UnreadableError("compressed in a way that Parallax does not know")


def _unpacked(stream: IO[bytes], wbits: int, budget: Budget) -> IO[bytes]:
    return _buffered(Unpacked(stream, lambda: Deflate(wbits), budget))


def _buffered(stream: io.RawIOBase) -> IO[bytes]:
    return cast(IO[bytes], io.BufferedReader(stream, _CHUNK))


class _Chunks(io.RawIOBase):
    """A stream without the sizes that part it into chunks; as it is where none stands first."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._left = 0
        self._first, self._plain, self._ended = True, b"", False

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer with what comes next, perhaps not to its end."""
        if self._left == 0 and not self._ended:
            self._begin()
        if self._plain:
            data, self._plain = self._plain[: len(buffer)], self._plain[len(buffer) :]
        elif self._ended:
            return 0
        else:
            data = self._stream.read(min(len(buffer), self._left))
            if not data and self._left != _ALL:
                raise UnreadableError(ENDS_EARLY)
            if self._left != _ALL:
                self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)

    def _begin(self) -> None:
        """Reads the size of the next chunk."""
        line = self._stream.readline(1_000)
        if not self._first and line in (b"\r\n", b"\n"):
            line = self._stream.readline(1_000)
        found = _SIZE.fullmatch(line)
        if found is None:
            if not self._first:
                raise UnreadableError("broken: its chunks cannot be put together")
            self._plain, self._left = line, _ALL
        else:
            self._left = int(found[1], 16)
            self._ended = self._left == 0
        self._first = False


_ALL = 1 << 62
"""What is left of a stream that has no chunks."""
