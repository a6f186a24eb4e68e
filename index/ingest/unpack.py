"""Unpacking within limits: what a compressed file holds is never trusted, only what comes out."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast

from index.settings import Limits

MEGABYTE = 1_000_000
_HARMLESS = 10 * MEGABYTE
"""Bytes that any file may unpack to, whatever its own size."""
_CHUNK = 256 * 1024
_IN_MEMORY = 4 * MEGABYTE
"""Bytes of a member that are held in memory; a larger one waits on the disk."""


class UnreadableError(ValueError):
    """A file cannot be read. Its message says why, in words for the file's owner."""


class SpentError(UnreadableError):
    """A file unpacks to more than is allowed; nothing more of it may be read."""


class Budget:
    """What one file on the disk may still unpack to, with everything that is nested in it."""

    def __init__(self, limits: Limits, packed: int) -> None:
        self._limits = limits
        self._packed = max(packed, 1)
        self._spent = 0

    def spend(self, size: int) -> None:
        """Notes that `size` bytes were unpacked. Raises SpentError when that is too much."""
        self._spent += size
        if self._spent > self._limits.unpacked_megabytes * MEGABYTE:
            raise SpentError(
                f"unpacks to more than {self._limits.unpacked_megabytes:,} MB"
                " (unpacked_megabytes in the settings)"
            )
        if self._is_bomb(self._packed, self._spent):
            raise SpentError(self._too_much())

    def check(self, packed: int, unpacked: int) -> None:
        """Raises UnreadableError for one stream that gave too much for what was read of it.

        So a bomb is known by its beginning, and costs the files beside it nothing.
        """
        if self._is_bomb(packed, unpacked):
            raise UnreadableError(self._too_much())

    def _is_bomb(self, packed: int, unpacked: int) -> bool:
        return unpacked > max(_HARMLESS, self._limits.unpacked_ratio * packed)

    def _too_much(self) -> str:
        times = self._limits.unpacked_ratio
        return f"unpacks to more than {times} times its size (unpacked_ratio in the settings)"

    def read(self, stream: IO[bytes]) -> bytes:
        """Gives all that a compressed stream holds, unpacked.

        Raises SpentError when it is too much, and UnreadableError when it is too large for one
        file.
        """
        parts, size = [], 0
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            self.spend(len(chunk))
            check_size(size, self._limits)
            parts.append(chunk)
        return b"".join(parts)

    def copy(self, stream: IO[bytes]) -> BinaryIO:
        """Gives what a compressed stream holds as a file of its own, open at its beginning.

        Raises SpentError when it is too much. Its size alone is not limited: its reader is.
        """
        copied = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by the taker
        while chunk := stream.read(_CHUNK):
            self.spend(len(chunk))
            copied.write(chunk)
        copied.seek(0)
        return cast(BinaryIO, copied)


def check_size(size: int, limits: Limits) -> None:
    """Raises UnreadableError for a file, or a piece of one, that is too large."""
    if size > limits.file_megabytes * MEGABYTE:
        raise UnreadableError(
            f"too large: {size // MEGABYTE:,} MB or more, where {limits.file_megabytes:,} MB is the"
            " most (file_megabytes in the settings)"
        )
