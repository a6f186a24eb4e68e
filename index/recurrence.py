"""Folds what recurs in the articles of one source, and unfolds what does no longer.

In three steps, each of which can be interrupted and goes on where it was: the lines of new articles
are counted, the lines whose articles changed are judged again, and the articles that have a line of
which the verdict changed are marked anew. No other article is looked at.
"""

from __future__ import annotations

from pathlib import PurePath

from index.ingest.cleaning.recurring import ENOUGH, count_stories, lines, recurring, sketch
from index.ingest.paragraphs import count_words
from index.store import Store
from index.store.recurrences import Text
from index.store.rows import kinds_of, lead_of

BATCH = 256
"""Articles, or lines, between two commits."""
_REVISIONS = 400
"""Articles with the same line of which so many may be revisions of the same few stories."""


def count_lines(store: Store) -> None:
    """Counts the lines of the articles that are new."""
    while texts := store.to_count(BATCH):
        with store.transaction():
            for text in texts:
                kinds = kinds_of(text.kinds)
                found = lines(text.paragraphs, kinds, _source(text))
                keys = sorted({line.key for line in found})
                store.put_lines(text.number, keys, sketch(text.paragraphs, kinds) if keys else ())


def fold_recurring(store: Store) -> None:
    """Judges the lines that are in doubt, and marks the articles that this concerns."""
    count_lines(store)
    store.settle_rare_lines(ENOUGH)
    while keys := store.doubtful_lines(BATCH):
        with store.transaction():
            for key in keys:
                store.judge(key, count_stories(store.sketches(key, _REVISIONS)) >= ENOUGH)
    while texts := store.to_mark(BATCH):
        with store.transaction():
            for text in texts:
                _mark(store, text)


def _mark(store: Store, text: Text) -> None:
    kinds = kinds_of(text.kinds)
    found = lines(text.paragraphs, kinds, _source(text))
    folded = recurring(text.paragraphs, kinds, found, store.recurs)
    now = {index for index, letter in enumerate(text.now) if letter != text.kinds[index]}
    if folded != now:
        body = [
            paragraph
            for index, paragraph in enumerate(text.paragraphs)
            if text.kinds[index] == "b" and index not in folded
        ]
        store.put_kinds(text.number, folded, sum(map(count_words, body)), lead_of(body))
    store.mark(text.number)


def _source(text: Text) -> str:
    """The outlet of an article, or its folder where the outlet is not known."""
    return f"outlet {text.source.casefold()}" if text.source else str(PurePath(text.path).parent)
