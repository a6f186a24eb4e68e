"""A collection of three files, for tests that change it."""

from __future__ import annotations

from pathlib import Path

from index import Library

TEXT = "The {0} story\n\nBy Jane Doe\n\nA convoy passed town {0} on Monday, officials said.\n"


def opened(folder: Path, tmp_path: Path) -> Library:
    """The library of a folder, with a cache and data of its own in `tmp_path`."""
    return Library.open([folder], tmp_path / "cache", tmp_path / "data")
