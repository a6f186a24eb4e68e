"""Opening an index that may be damaged, or be written to at the same moment; and giving up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.model import ParallaxError

INDEX_NAME = "articles"


class DamagedIndex(ParallaxError):  # noqa: N818, what it says of the index
    """The full-text index can't be opened; it can be built again from the store."""


class Abandoned(ParallaxError):  # noqa: N818, what became of the search
    """A search was given up, as its answer is not wanted any more."""


@contextmanager
def damage_reported(folder: Path, but: type[Exception] = ParallaxError) -> Iterator[None]:
    """Turns whatever opening or reading an index raises into DamagedIndex, `but` what is given.

    A damaged index is bytes that no longer mean what they should, so anything may be raised.
    """
    try:
        yield
    except (ParallaxError, but):
        raise
    except Exception as error:
        raise DamagedIndex(f"The search index in {folder} can't be opened: {error}") from error
