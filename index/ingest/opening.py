"""Opening files of a collection: regular ones only, and nothing that could be waited for."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

_BUFFER = 64 * 1024


def open_regular(path: Path) -> BinaryIO:
    """Opens a regular file for reading; raises OSError for any other, and where it can't be opened.

    A device is not touched. A pipe that took the file's name a moment ago is not waited for.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError("not a regular file")
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    file = os.fdopen(os.open(path, flags), "rb", _BUFFER)
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError("not a regular file")
    return file
