"""Hears of files of a collection that are saved, moved or removed while the reader is open."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from textual.message import Message

from index import Library, ParallaxError
from tui.watching import changes


@dataclass
class FollowingBegun(Message):
    """From now on every change is heard of."""


@dataclass
class FilesChanged(Message):
    """Files or folders are not what they were."""

    paths: frozenset[Path]


@dataclass
class FollowingFailed(Message):
    """Changes are not heard of any more; `line` says why."""

    line: str


async def follow(library: Library, post: Callable[[Message], object]) -> None:
    """Posts what changes under the paths of a collection, until it is cancelled."""
    try:
        # Loaded in a thread, so that no key waits for it.
        loop = asyncio.get_running_loop()
        for module in ("index.watch", "watchfiles"):
            await loop.run_in_executor(None, import_module, module)
        async for changed in changes(library):
            post(FilesChanged(changed) if changed else FollowingBegun())
    except ParallaxError as error:
        post(FollowingFailed(str(error)))
    except ImportError:
        # watchfiles is compiled, and not for every system.
        post(FollowingFailed("changes on the disk are not followed: watchfiles does not run here"))
