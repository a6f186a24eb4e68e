"""An article's id as a number, by which the full-text index and the store know it in arrays."""

from __future__ import annotations


def key_of(article_id: str) -> int:
    """Gives the number of an id, which is twelve hexadecimal digits."""
    return int(article_id, 16)


def id_of(key: int) -> str:
    """Gives the id of a number."""
    return f"{key:012x}"
