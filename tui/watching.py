"""What changes in the files of a collection, for the reader and for `parallax index --watch`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from index import Library


async def changes(library: Library) -> AsyncIterator[frozenset[Path]]:
    """Gives an empty set as soon as every change is heard of, then what changes, for ever.

    Loads what watches the files. Raises ParallaxError, in one line, when they cannot be watched.
    """
    from index.watch import follow

    heard = follow(library.paths, (library.folder.parent.parent, library.data_dir))
    first = asyncio.ensure_future(anext(heard))
    try:
        # It listens from the moment it waits for something to hear.
        await asyncio.sleep(0)
        yield frozenset()
        yield await first
        async for changed in heard:
            yield changed
    finally:
        first.cancel()
