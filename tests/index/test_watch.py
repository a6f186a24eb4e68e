"""Following folders: what a reader is told while files come, change and go."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from index.watch import follow

LONG = 20
"""Seconds after which a test fails that waits for a change."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "collection"
    made.mkdir()
    return made


class Follower:
    """Collects what is said of some paths, and waits until certain ones were."""

    def __init__(self, *paths: Path, ignored: tuple[Path, ...] = ()) -> None:
        self.told: set[Path] = set()
        self._batches: AsyncIterator[frozenset[Path]] = follow(paths, ignored)

    async def until(self, path: Path) -> None:
        async def wait() -> None:
            while path not in self.told:
                self.told |= await anext(self._batches)

        await asyncio.wait_for(wait(), LONG)

    async def started(self, beside: Path) -> None:
        """Writes into a folder until that is told: from then on nothing is missed."""
        path = beside / "start.txt"

        async def write() -> None:
            number = 0
            while True:
                path.write_text(str(number := number + 1))
                await asyncio.sleep(0.05)

        writing = asyncio.create_task(write())
        try:
            await self.until(path)
        finally:
            writing.cancel()


async def test_files_that_come_and_go_are_told_and_hidden_ones_are_not(folder: Path) -> None:
    following = Follower(folder)
    await following.started(folder)
    (folder / ".hidden.txt").write_text("no")
    (folder / "picture.jpg").write_bytes(b"no")
    (folder / "new.txt").write_text("A new story.")
    await following.until(folder / "new.txt")
    (folder / "new.txt").rename(folder / "named.txt")
    await following.until(folder / "named.txt")
    (folder / "below").mkdir()
    (folder / "below" / "deep.txt").write_text("A deeper story.")
    await following.until(folder / "below")
    assert not following.told & {folder / ".hidden.txt", folder / "picture.jpg"}


async def test_what_is_ignored_is_not_told(folder: Path) -> None:
    (folder / "cache").mkdir()
    following = Follower(folder, ignored=(folder / "cache",))
    await following.started(folder)
    (folder / "cache" / "store.txt").write_text("not an article")
    (folder / "new.txt").write_text("A new story.")
    await following.until(folder / "new.txt")
    assert folder / "cache" / "store.txt" not in following.told


async def test_a_folder_that_vanishes_is_waited_for(folder: Path) -> None:
    following = Follower(folder)
    await following.started(folder)
    shutil.rmtree(folder)
    following.told.clear()
    await following.until(folder)
    folder.mkdir()
    following.told.clear()
    await following.until(folder)
    following.told.clear()
    await following.started(folder)


async def test_a_single_file_is_followed_though_it_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text("The story.")
    following = Follower(path)
    waiting = asyncio.create_task(following.until(path))
    number = 0
    while not waiting.done():
        other = tmp_path / "other"
        other.write_text(f"The story, revised {number}.")
        other.replace(path)
        number += 1
        await asyncio.sleep(0.1)
    await waiting
