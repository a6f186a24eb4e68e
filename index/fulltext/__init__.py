"""The full-text index: Whoosh keeps its segments and commits, and this package all that is in them.

An index lives in a folder of its own, which only this program may write: Whoosh keeps parts of
it pickled, and an index that someone else made must never be opened. It holds no text, and can be
built again from the store at any time.

Everything is loaded when it is first used, so that importing this package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.fulltext.matcher import Matcher
    from index.fulltext.opening import Abandoned, DamagedIndex
    from index.fulltext.reading import count
    from index.fulltext.search import Answer, Matching, Searcher
    from index.fulltext.snippets import as_written, field_of, found_in, snippet
    from index.fulltext.writing import create, write

FORMAT = 5
"""Raised whenever schema, analysis or codec change; an index of another format is rebuilt."""

__all__ = [
    "FORMAT",
    "Abandoned",
    "Answer",
    "DamagedIndex",
    "Matcher",
    "Matching",
    "Searcher",
    "as_written",
    "count",
    "create",
    "field_of",
    "found_in",
    "snippet",
    "write",
]

_PLACES = {
    "Abandoned": "opening",
    "Answer": "search",
    "DamagedIndex": "opening",
    "Matcher": "matcher",
    "Matching": "search",
    "Searcher": "search",
    "as_written": "snippets",
    "count": "reading",
    "create": "writing",
    "field_of": "snippets",
    "found_in": "snippets",
    "snippet": "snippets",
    "write": "writing",
}


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
