"""Everything known about a collection of articles; nothing of how it is shown.

`Library` is the one door. The records it gives are in `index.model`, and what is done to a typed
query without a collection in `index.fulltext.filters`. Importing this package loads neither Whoosh
nor Textual, so that `parallax --version` stays instant.
"""

from typing import TYPE_CHECKING, Any

from index.library import Library
from index.model import (
    Article,
    Comparison,
    Completion,
    Entity,
    EntityType,
    Factor,
    Hit,
    Mention,
    Order,
    Paragraph,
    ParagraphKind,
    ParallaxError,
    Passage,
    Progress,
    Related,
    Report,
    Results,
    SavedSearch,
    Skipped,
    Snippet,
    Status,
    Story,
    to_json,
)

if TYPE_CHECKING:
    from index.fulltext.filters import filters, narrowed, without_last_filter

__all__ = [
    "Article",
    "Comparison",
    "Completion",
    "Entity",
    "EntityType",
    "Factor",
    "Hit",
    "Library",
    "Mention",
    "Order",
    "Paragraph",
    "ParagraphKind",
    "ParallaxError",
    "Passage",
    "Progress",
    "Related",
    "Report",
    "Results",
    "SavedSearch",
    "Skipped",
    "Snippet",
    "Status",
    "Story",
    "filters",
    "narrowed",
    "to_json",
    "without_last_filter",
]

_FILTERS = ("filters", "narrowed", "without_last_filter")


def __getattr__(name: str) -> Any:
    if name in _FILTERS:
        from index.fulltext import filters

        return getattr(filters, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
