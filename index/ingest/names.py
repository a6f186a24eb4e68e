"""Names of files in folders and of members in archives: which are passed over, which lead out."""

from __future__ import annotations

import re
from pathlib import PurePath

_NO_ARTICLE = re.compile(r"\.|__MACOSX$|(?:README|LICEN[CS]E)|(?i:readme|licen[cs]e)(?:\.\w+)?$")
"""Names of hidden files and of those that speak about their folder: passed over inside folders.
In capitals with anything after it; otherwise alone, for `license-plates.txt` may be news."""
_SLASHES = re.compile(r"[/\\]")
_DRIVE = re.compile(r"[A-Za-z]:\S")


def ending(name: str) -> str:
    """Gives the ending of a name in small letters, with its dot; empty where it has none."""
    return PurePath(name).suffix.lower()


def is_passed_over(name: str) -> bool:
    """Whether a name inside a folder or an archive is that of no article: hidden, or a README."""
    return _NO_ARTICLE.match(name) is not None


def parts_of(name: str) -> list[str]:
    """Gives the folders and the file name in a member's path, with either kind of slash."""
    return [part for part in _SLASHES.split(name) if part not in ("", ".")]


def leads_out(name: str) -> bool:
    """Whether a member's path would stand outside the folder that the archive is unpacked in."""
    return name[:1] in ("/", "\\") or ".." in parts_of(name) or _DRIVE.match(name) is not None


def is_aside(name: str) -> bool:
    """Whether a member is passed over as in folders: hidden, a README, what a system left there."""
    return any(part != ".." and is_passed_over(part) for part in parts_of(name))
