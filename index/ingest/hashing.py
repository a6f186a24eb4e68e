"""The hash of a file's bytes, by which it is known again under another name or another time."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from index.ingest.opening import open_regular

_CHUNK = 1 << 20


def file_hash(path: Path) -> str:
    """Gives the BLAKE2b hash of a regular file, 128 bits in hexadecimal.

    Raises OSError when it can't be read.
    """
    found = hashlib.blake2b(digest_size=16)
    with open_regular(path) as file:
        # No further than its size: it may be growing, perhaps for ever.
        left = os.fstat(file.fileno()).st_size
        while left > 0 and (chunk := file.read(min(_CHUNK, left))):
            found.update(chunk)
            left -= len(chunk)
    return found.hexdigest()
