"""Everything known about a collection of articles; nothing of how it is shown.

`Library` is the one door. The records it gives are in `index.model`. Importing this package
loads neither Whoosh nor Textual, so that `parallax --version` stays instant.
"""

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
    "to_json",
]
