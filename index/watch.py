"""Following the files of a collection while they change."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from pathlib import Path

from index.errors import reason
from index.ingest.files import is_never_read
from index.ingest.names import is_passed_over
from index.model import ParallaxError

SETTLED_MS = 200
"""How long nothing may change before a batch is given: a file is seldom written in one go."""
_LONGEST_MS = 1_000
"""How long a batch waits while changes go on."""
_TICK_MS = 1_000
"""How often folders that vanished, and files that were named themselves, are looked for."""
_POLL_MS = 2_000
"""How often a folder is looked through whose file system tells of no changes."""
_MOST = 200
"""Paths in a batch; for more, the whole collection is given, which is looked through as fast."""
_REMOTE = re.compile(
    r"nfs\d?|cifs|smb\w*|9p|vboxsf|drvfs|afs|ceph|davfs|vmhgfs|prl_fs"
    r"|fuse\.(?:sshfs|rclone|s3fs|gvfsd-fuse|davfs|vmhgfs-fuse)"
)
"""Kinds of file systems whose changes are made elsewhere, so that the system is not told."""


async def follow(
    paths: Sequence[Path], ignored: Sequence[Path] = ()
) -> AsyncIterator[frozenset[Path]]:
    """Gives the files and folders that changed under `paths`, in batches, for ever.

    Each is what `Library.update` takes as `only`: new, changed, or gone. What is under `ignored`,
    or passed over when a folder is read, is left out. A folder that vanishes is waited for. Where
    the system cannot tell of changes the folders are looked through now and then; raises
    ParallaxError, in one line, when even that fails. What changes before it is first asked is not
    seen: begin to follow, then update.
    """
    roots = [Path(path) for path in paths]
    wanted = _filter(roots, ignored)
    polling = any(map(_is_remote, roots))
    seen = {root: _state(root) for root in roots}
    missed: set[Path] = set()
    while True:
        folders = [root for root in roots if root.is_dir()]
        try:
            async with aclosing(_changes(folders, wanted, polling)) as batches:
                async for changed in batches:
                    now = {root: _state(root) for root in roots}
                    other = {root for root in roots if now[root] != seen[root]}
                    seen = now
                    if batch := changed | other | missed:
                        yield frozenset(batch if len(batch) <= _MOST else roots)
                    if folders != [root for root in roots if root.is_dir()] or other & set(folders):
                        # One vanished, came back or is another: what changes in it before it is
                        # followed again is found by looking through it once more.
                        missed = set(roots)
                        break
                    missed = set()
        except (OSError, RuntimeError) as error:
            if folders != [root for root in roots if root.is_dir()]:
                continue  # it vanished as it was to be followed
            if polling:
                why = reason(error) if isinstance(error, OSError) else "the system refuses"
                raise ParallaxError(
                    f"changes in {folders[0] if folders else roots[0]} cannot be followed: {why};"
                    " what is new is read at the next start"
                ) from error
            polling = True


async def _changes(
    folders: Sequence[Path], wanted: Callable[[object, str], bool], polling: bool
) -> AsyncGenerator[set[Path], None]:
    """What changed in folders that are there, once a tick at least."""
    if not folders:
        while True:
            await asyncio.sleep(_TICK_MS / 1000)
            yield set()
    from watchfiles import awatch

    watched = awatch(
        *folders,
        watch_filter=wanted,
        debounce=_LONGEST_MS,
        step=SETTLED_MS,
        rust_timeout=_TICK_MS,
        yield_on_timeout=True,
        force_polling=polling or None,
        poll_delay_ms=_POLL_MS,
        ignore_permission_denied=True,
    )
    async with aclosing(watched):
        async for changes in watched:
            yield {Path(path) for _, path in changes}


def _filter(roots: Sequence[Path], ignored: Sequence[Path]) -> Callable[[object, str], bool]:
    """Whether a path that changed may matter to the collection."""
    beginnings = [_below(root) for root in roots]
    others = tuple(_below(path) for path in ignored)

    def wanted(_change: object, path: str) -> bool:
        if (path + os.sep).startswith(others):
            return False
        inside = [path[len(start) :] for start in beginnings if path.startswith(start)]
        return any(
            not any(map(is_passed_over, Path(rest).parts)) and not is_never_read(rest)
            for rest in inside
        )

    return wanted


def _below(folder: Path) -> str:
    return str(folder).rstrip(os.sep) + os.sep


def _state(path: Path) -> tuple[int, ...] | None:
    """What is another when a folder is another, or a file changed; None when it is gone."""
    try:
        found = path.stat()
    except OSError:
        return None
    if path.is_dir():
        return (found.st_dev, found.st_ino)
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def _is_remote(path: Path) -> bool:
    """Whether a path is on a file system that the system mounts from elsewhere (Linux)."""
    try:
        mounts = Path("/proc/self/mounts").read_text("utf8", "replace").splitlines()
    except OSError:
        return False
    kinds = {}
    for line in mounts:
        parts = line.split(" ")
        if len(parts) > 2:
            kinds[parts[1].replace("\\040", " ").rstrip("/") or "/"] = parts[2]
    return next(
        (
            bool(_REMOTE.fullmatch(kinds[at]))
            for at in map(str, (path, *path.parents))
            if at in kinds
        ),
        False,
    )
