"""Hears of files of a collection that are saved, moved or removed while the reader is open."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from textual.message import Message

from index import Library, ParallaxError


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
        from index import watch

        ignored = (library.folder.parent.parent, library.data_dir)
        changes = watch.follow(library.paths, ignored)
        first = asyncio.ensure_future(anext(changes))
        # It listens as soon as it waits for something to hear.
        await asyncio.sleep(0)
        post(FollowingBegun())
        post(FilesChanged(await first))
        async for changed in changes:
            post(FilesChanged(changed))
    except ParallaxError as error:
        post(FollowingFailed(str(error)))
    except ImportError:
        # watchfiles is compiled, and not for every system.
        post(FollowingFailed("changes on the disk are not followed: watchfiles does not run here"))
