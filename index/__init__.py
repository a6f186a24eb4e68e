"""Everything known about a collection of articles; nothing of how it is shown.

`Library` is the one door. The records it gives are in `index.model`. Importing this package
loads neither Whoosh nor Textual, so that `parallax --version` stays instant.
"""

from index.library import Library
from index.model import (
    Article,
    Comparison,
    Entity,
    EntityType,
    Hit,
    Mention,
    Paragraph,
    ParagraphKind,
    ParallaxError,
    Passage,
    Progress,
    Related,
    Report,
    Results,
    Skipped,
    Snippet,
    Status,
    Story,
    to_json,
)

__all__ = [
    "Article",
    "Comparison",
    "Entity",
    "EntityType",
    "Hit",
    "Library",
    "Mention",
    "Paragraph",
    "ParagraphKind",
    "ParallaxError",
    "Passage",
    "Progress",
    "Related",
    "Report",
    "Results",
    "Skipped",
    "Snippet",
    "Status",
    "Story",
    "to_json",
]
