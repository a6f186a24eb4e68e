"""Sorted words and arrays of numbers in one file, read where they lie: nothing is copied.

A file begins with the length of its header, then the header, which is JSON and says of each array
its name, its type and where it is; then the arrays themselves, each at a multiple of eight bytes.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

_ALIGNED = 8
_LENGTH_BYTES = 8

Numbers = NDArray[Any]


class _Writable(Protocol):
    def write(self, data: bytes, /) -> object: ...


class Words(NamedTuple):
    """Words in order of their characters, each found by bisection where it lies."""

    letters: NDArray[np.uint8]
    """All of them as UTF-8, one after the other."""
    ends: NDArray[np.uint32]
    """Where each ends, with a 0 before the first."""

    @classmethod
    def of(cls, words: Sequence[str]) -> Words:
        """Gives words as a table; they must be in order already to be looked up."""
        encoded = [word.encode("utf-8", "replace") for word in words]
        ends = np.zeros(len(encoded) + 1, np.uint32)
        np.cumsum(np.fromiter(map(len, encoded), np.uint32, len(encoded)), out=ends[1:])
        return cls(np.frombuffer(b"".join(encoded), np.uint8), ends)

    @property
    def size(self) -> int:
        """The number of words."""
        return len(self.ends) - 1

    def word(self, number: int) -> str:
        """Gives the word of a number."""
        return self._bytes(number).decode()

    def find(self, word: str) -> int:
        """Gives the number of a word, or -1 where it is not among them."""
        wanted = word.encode("utf-8", "replace")
        number = self._first(wanted)
        return number if number < self.size and self._bytes(number) == wanted else -1

    def beginning_with(self, prefix: str) -> tuple[int, int]:
        """Gives the numbers of the words that begin with a prefix: from, and up to, not with."""
        wanted = prefix.encode("utf-8", "replace")
        # No UTF-8 has a byte of FF: it stands behind every word that begins so.
        return self._first(wanted), self._first(wanted + b"\xff")

    def all(self) -> list[str]:
        """Gives all words, in order."""
        text, ends = self.letters.tobytes(), self.ends.tolist()
        return [text[a:b].decode() for a, b in pairwise(ends)]

    def _bytes(self, number: int) -> bytes:
        return self.letters[self.ends[number] : self.ends[number + 1]].tobytes()

    def _first(self, wanted: bytes) -> int:
        return bisect_left(range(self.size), wanted, key=self._bytes)


def write_arrays(file: _Writable, arrays: Mapping[str, Numbers]) -> None:
    """Writes arrays with their names."""
    places: dict[str, tuple[str, int, int]] = {}
    at = 0
    for name, array in arrays.items():
        places[name] = (array.dtype.newbyteorder("<").str, at, len(array))
        at += _aligned(array.nbytes)
    header = json.dumps(places).encode()
    header += b" " * (_aligned(_LENGTH_BYTES + len(header)) - _LENGTH_BYTES - len(header))
    file.write(len(header).to_bytes(_LENGTH_BYTES, "little"))
    file.write(header)
    for name, array in arrays.items():
        data = np.ascontiguousarray(array, places[name][0]).tobytes()
        file.write(data)
        file.write(b"\0" * (_aligned(len(data)) - len(data)))


def read_arrays(buffer: Any) -> dict[str, Numbers]:
    """Gives the arrays of a file that lies in a buffer, as views of it.

    Raises ValueError, or what JSON and NumPy raise, when it is not such a file.
    """
    start = _LENGTH_BYTES + int.from_bytes(bytes(buffer[:_LENGTH_BYTES]), "little")
    places = json.loads(bytes(buffer[_LENGTH_BYTES:start]))
    arrays: dict[str, Numbers] = {}
    for name, (kind, at, count) in places.items():
        # NumPy refuses to look at nothing at the end of a buffer.
        arrays[name] = np.frombuffer(buffer, kind, count, start + at if count else 0)
    return arrays


def narrowest(array: Numbers) -> Numbers:
    """Gives numbers that are not negative in the narrowest type that holds them."""
    largest = int(array.max()) if len(array) else 0
    return array.astype(np.min_scalar_type(largest), copy=False)


def steps(firsts: Numbers) -> NDArray[np.int64]:
    """Gives how far each number is from the one before it."""
    wide = firsts.astype(np.int64)
    return wide[1:] - wide[:-1]


def _aligned(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
