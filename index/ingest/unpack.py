"""Unpacking within limits: what a compressed file holds is never trusted, only what comes out."""

from __future__ import annotations

from index.settings import Limits

MEGABYTE = 1_000_000
_HARMLESS = 10 * MEGABYTE
"""Bytes that any file may unpack to, whatever its own size."""

# Reasons that several readers give.
PROTECTED = "protected by a password"
ENDS_EARLY = "broken: it ends too early"


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


def check_size(size: int, limits: Limits) -> None:
    """Raises UnreadableError for a file, or a piece of one, that is too large."""
    if size > limits.file_bytes:
        raise UnreadableError(
            f"too large: {size // MEGABYTE:,} MB or more, where {limits.file_megabytes:,} MB is the"
            " most (file_megabytes in the settings)"
        )
