"""What unpacks compressed data piece by piece, no more at once than is asked for."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable
from typing import Protocol

from index.ingest.unpack import MEGABYTE

_DICTIONARY = 256 * MEGABYTE
"""The most memory that unpacking LZMA may take; its strongest setting takes 65 MB."""


class Decompressor(Protocol):
    """What unpacks one compressed stream piece by piece, as the standard library's do."""

    @property
    def eof(self) -> bool:
        """Whether the stream's end was reached."""

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes out before something goes in."""

    @property
    def unused_data(self) -> bytes:
        """What stood after the stream's end."""

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Takes compressed bytes and gives at most `max_length` unpacked ones."""


class Deflate:
    """A Decompressor for deflated data, in the window and wrapping that `wbits` says (zlib)."""

    def __init__(self, wbits: int) -> None:
        self._machine = zlib.decompressobj(wbits)

    @property
    def eof(self) -> bool:
        """Whether the stream's end was reached."""
        return self._machine.eof

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes out before something goes in."""
        return not self._machine.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        """What stood after the stream's end."""
        return self._machine.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Takes compressed bytes and gives at most `max_length` unpacked ones."""
        return self._machine.decompress(self._machine.unconsumed_tail + data, max(max_length, 0))


def new_xz() -> Decompressor:
    """Gives what unpacks one XZ stream, in no more than a set memory."""
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_DICTIONARY)


COMPRESSIONS: dict[str, tuple[bytes, Callable[[], Decompressor]]] = {
    ".gz": (b"\x1f\x8b", lambda: Deflate(31)),
    ".bz2": (b"BZh", bz2.BZ2Decompressor),
    ".xz": (b"\xfd7zXZ", new_xz),
}
"""For the endings of files that are one compressed stream: how it begins, and what unpacks it."""
