"""What the reader remembers between two openings: the last collections, and how it looked."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import platformdirs

PLACES_KEPT = 20
"""Collections whose query and position are remembered."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody was in one collection."""

    paths: tuple[str, ...]
    """What the collection was opened on: absolute paths."""
    query: str = ""
    article: str | None = None
    """The id of the article under the cursor."""


@dataclass(frozen=True, slots=True)
class State:
    """All that is remembered."""

    theme: str | None = None
    hidden_types: tuple[str, ...] = ()
    """Entity types whose marks are switched off."""
    places: tuple[Place, ...] = ()
    """Most recent first."""

    def place(self, paths: Sequence[str]) -> Place:
        """Where somebody was in this collection; its beginning when it is new."""
        wanted = tuple(paths)
        return next((p for p in self.places if p.paths == wanted), Place(wanted))

    def at(self, place: Place) -> State:
        """The same with `place` as the most recent one."""
        others = tuple(p for p in self.places if p.paths != place.paths)
        return replace(self, places=(place, *others)[:PLACES_KEPT])


def state_file() -> Path:
    """Where the state is kept on this system."""
    return platformdirs.user_state_path("parallax", appauthor=False) / "state.json"


def load(path: Path) -> State:
    """Gives what is remembered; nothing when the file is absent, unreadable or damaged."""
    try:
        found = json.loads(path.read_text(encoding="utf8"))
        return State(
            _optional(found.get("theme")),
            _strings(found.get("hidden_types", ())),
            tuple(_place(p) for p in found.get("places", ()))[:PLACES_KEPT],
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return State()


def save(path: Path, state: State) -> None:
    """Replaces the file in one step. Where it cannot be written, nothing is remembered."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "w", encoding="utf8") as file:
                json.dump(asdict(state), file, indent=1)
            Path(aside).replace(path)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise


def _place(found: dict[str, Any]) -> Place:
    query = found.get("query", "")
    if not isinstance(query, str):
        raise TypeError("a query is text")
    return Place(_strings(found["paths"]), query, _optional(found.get("article")))


def _strings(found: Any) -> tuple[str, ...]:
    if not isinstance(found, (list, tuple)) or not all(isinstance(s, str) for s in found):
        raise TypeError("a list of texts was expected")
    return tuple(found)


def _optional(found: Any) -> str | None:
    return found if isinstance(found, str) else None
