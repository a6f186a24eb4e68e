"""The fields of a query, `name:value`, by what their values are."""

from __future__ import annotations

from index.fulltext.tree import Field

PLACES = {
    "title": Field.TITLE,
    "body": Field.BODY,
    "boilerplate": Field.FURNITURE,
    "furniture": Field.FURNITURE,
}
"""Parts of an article, as `in:` and the fields of the same names know them."""
FIELDS = PLACES | {"source": Field.SOURCE, "author": Field.AUTHOR}
"""Fields whose values are words."""
KINDS = {
    "entity": "",
    "person": "person",
    "organisation": "organisation",
    "organization": "organisation",
    "org": "organisation",
    "place": "place",
    "group": "group",
    "weapon": "weapon",
}
"""Fields whose value is a name, and which type of entity that is."""
DATES = ("date", "after", "before")
"""Fields whose value is a day, or several."""
NARROWING = frozenset({"source", "author", "in", *KINDS, *DATES})
"""Fields that are filters: what they name is no word of the text."""
