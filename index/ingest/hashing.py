"""The hash of a file's bytes, by which it is known again under another name or another time."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

_CHUNK = 1 << 20


def file_hash(path: Path) -> str:
    """Gives the BLAKE2b hash of a regular file, 128 bits in hexadecimal.

    Raises OSError when it can't be read. A pipe that took the file's name is not waited for.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    found = hashlib.blake2b(digest_size=16)
    with os.fdopen(os.open(path, flags), "rb", buffering=0) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError("not a regular file")
        left = os.fstat(file.fileno()).st_size
        while left > 0 and (chunk := file.read(min(_CHUNK, left))):
            found.update(chunk)
            left -= len(chunk)
    return found.hexdigest()
