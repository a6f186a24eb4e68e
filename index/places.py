"""Where things are kept: the cache of each collection, and the bundled example."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from index.errors import reason
from index.model import ParallaxError


def bundled_seeds() -> Path:
    """The folder of the example collection, installed or in a checkout."""
    here = Path(__file__).resolve().parent
    installed = here / "seeds"
    return installed if installed.is_dir() else here.parent / "seeds"


def cache_dir() -> Path:
    """The user's cache directory for Parallax. Everything in it can be built again."""
    import platformdirs

    return platformdirs.user_cache_path("parallax", appauthor=False)


def data_dir() -> Path:
    """The user's data directory for Parallax. What stands in it nobody else can make again."""
    import platformdirs

    return platformdirs.user_data_path("parallax", appauthor=False)


def resolved(paths: Sequence[str | PathLike[str]]) -> tuple[Path, ...]:
    """Absolute paths of what a collection is opened on, each once, in a fixed order.

    Raises ParallaxError for a path that is not there.
    """
    found = set()
    for given in paths:
        path = Path(given).expanduser()
        try:
            found.add(path.resolve(strict=True))
        except (OSError, RuntimeError, ValueError) as error:
            raise ParallaxError(
                f"cannot open {str(path)!r}: {reason(error)}; give a folder or a file that exists"
            ) from None
    return tuple(sorted(found))


def collection_dir(paths: Sequence[Path], cache: Path) -> Path:
    """The folder of one collection in the cache; `paths` as `resolved` gives them."""
    digest = hashlib.blake2b("\0".join(map(str, paths)).encode("utf8", "surrogateescape"))
    slug = re.sub(r"[^A-Za-z0-9]+", "-", paths[0].name if paths else "")[:40].strip("-").lower()
    return cache / "collections" / f"{slug or 'collection'}-{digest.hexdigest()[:16]}"


def private_dir(folder: Path) -> Path:
    """Makes a folder that only its owner can enter, parents included, and gives it back.

    Whoosh keeps pickles: an index that somebody else can write to must never be opened.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    return folder
