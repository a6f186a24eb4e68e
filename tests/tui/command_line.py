"""What the tests of the command line share."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

HOSTILE = "\x1b]0;owned\x07 \x1b[31mred \u202eright to left \x00 [/] [bold]markup"
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ALIKE = (
    "Three soldiers were killed on Sunday when a drone struck their outpost in Jordan, officials "
    "said. The militia Kataib Hezbollah said it would suspend attacks on American forces."
)


class Ran(NamedTuple):
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


def process(*arguments: str | Path, **settings: Any) -> subprocess.CompletedProcess[str]:
    """Runs a command line in a process of its own, with no terminal."""
    return subprocess.run(
        [sys.executable, "-m", "tui.cli", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        **settings,
    )
