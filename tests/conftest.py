"""What many tests share: a cache of their own, and collections of real files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import Library
from index.places import bundled_seeds

WriteArticles = Callable[..., Path]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the caches, settings or state of whoever runs it."""
    for name in ("CACHE", "CONFIG", "STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "home" / name.lower()))


@pytest.fixture
def write_articles(tmp_path: Path) -> WriteArticles:
    """Writes a JSON Lines file of articles from their texts, and gives its path."""

    def write(*texts: str, name: str = "articles.jsonl", **fields: object) -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf8") as out:
            for number, text in enumerate(texts):
                row = {"id": f"a{number}", "title": f"Title {number}", "text": text, **fields}
                out.write(json.dumps(row) + "\n")
        return path

    return write


@pytest.fixture(scope="session")
def seeds_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache in which the seeds have been read once, for tests that only read."""
    cache = tmp_path_factory.mktemp("seeds-cache")
    with Library.open([bundled_seeds()], cache_dir=cache) as library:
        library.update()
    return cache


@pytest.fixture
def seeds(seeds_cache: Path) -> Iterator[Library]:
    """The library of the seeds, up to date."""
    with Library.open([bundled_seeds()], cache_dir=seeds_cache) as library:
        yield library
