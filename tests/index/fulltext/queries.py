"""Queries that nobody would type, made of everything that means something in one."""

from __future__ import annotations

from hypothesis import strategies as st

# fmt: off
_PIECES = st.sampled_from([
    *'()"“”«*-+:~ ,&|!\'', " OR ", " AND ", " NOT ", "OR", "NOT", " -(", "title:", "body:", "in:",
    "in:title ", "in:body ", "-in:body ", "source:", " source:bbc ", ' source:"A B" ', "author:",
    "person:", " person:x ", "entity:", "ORG:", "after:", "after:2020", "before:2020-99", "date:",
    "2024..", "last week", "last-week", "x:", "//", "iraq", "al-Saadi", "كتائب", "東京", "ﾔﾔ",
    "U.S.", "k10", "5", "~5", "~1", "\u2003",
])
# fmt: on


def queries(most: int = 30) -> st.SearchStrategy[str]:
    """Gives queries of so many pieces at most."""
    return st.lists(_PIECES, max_size=most).map("".join)
