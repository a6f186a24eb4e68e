"""Three files in a folder, and the library that has read them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Library
from tests.index.collection import TEXT, opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of three articles."""
    made = tmp_path / "collection"
    made.mkdir()
    for name in ("one", "two", "three"):
        (made / f"{name}.txt").write_text(TEXT.format(name))
    return made


@pytest.fixture
def library(folder: Path, tmp_path: Path) -> Iterator[Library]:
    """The library of the folder, up to date."""
    with opened(folder, tmp_path) as library:
        library.update()
        yield library
