"""Passages said in two or more articles."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import combinations

from index.compare.matching import Match, join, match_blocks, position, span_of
from index.compare.weights import Sentence, Weights
from index.model import Passage

IN_ORDER = 0.14
"""The strength from which two stretches are one passage where the articles run side by side."""
OUT_OF_ORDER = 0.18
"""The strength from which they are one wherever they stand."""
BLOCK = 8
"""A paragraph of more sentences than this is taken in blocks."""


def passages(weights: Weights) -> tuple[Passage, ...]:
    """Gives the passages that two or more of the articles say, by position in the first.

    A passage has at most one span in each article, spans in the order of the articles, and no
    two spans of an article overlap; a span is a whole paragraph or some of its sentences.
    Sentences are compared by TF-IDF cosine. Passages that keep the order of both articles (the
    heaviest increasing chain, after Gale & Church, Computational Linguistics 19(1), 1993) need
    less likeness than those that do not.
    """
    articles = weights.articles
    matches: list[Match] = []
    pieces = [blocks(article) for article in weights.sentences]
    for a, b in combinations(range(len(articles)), 2):
        found = match_blocks(weights, a, pieces[a], b, pieces[b], IN_ORDER)
        chain = heaviest_chain(found)
        matches += [m for m in found if m.strength >= OUT_OF_ORDER or m in chain]
    return tuple(
        Passage(tuple(span_of(articles, s) for s in stretches), score)
        for stretches, score in sorted(join(matches))
    )


def blocks(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    """Gives the sentences of an article by paragraph, the longest paragraphs in pieces."""
    found: list[list[Sentence]] = []
    for sentence in sentences:
        full = found and len(found[-1]) >= BLOCK
        if not found or full or found[-1][-1].paragraph != sentence.paragraph:
            found.append([])
        found[-1].append(sentence)
    return found


def heaviest_chain(matches: Sequence[Match]) -> set[Match]:
    """Gives the matches of the heaviest chain that moves forward in both articles."""
    ordered = sorted(matches, key=lambda m: (position(m.first), position(m.second)))
    places = sorted({position(m.second) for m in ordered})
    # The best chain that ends before each place: a Fenwick tree of prefix maxima.
    tree: list[tuple[float, int]] = [(0.0, -1)] * (len(places) + 1)
    previous: list[int] = []
    best = (0.0, -1)
    for n, match in enumerate(ordered):
        place = bisect_left(places, position(match.second))
        total, before, i = 0.0, -1, place
        while i > 0:
            if tree[i][0] > total:
                total, before = tree[i]
            i -= i & -i
        previous.append(before)
        total += match.strength
        best = max(best, (total, n))
        i = place + 1
        while i < len(tree):
            tree[i] = max(tree[i], (total, n))
            i += i & -i
    chain: set[Match] = set()
    at = best[1]
    while at >= 0:
        chain.add(ordered[at])
        at = previous[at]
    return chain
