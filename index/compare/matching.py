"""Stretches of several articles that say the same, however they put it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import combinations

from index.compare.weights import Sentence, Vector, Weights, cosine
from index.model import Article, Span

JOINED = 0.17
"""The least cosine between any two stretches of a passage of three or four articles."""
EVIDENCE = 10.0
"""The shared weight at which a cosine counts by two thirds: a few shared words prove little."""
RUN = 3
"""The most sentences of a stretch, unless it is a whole paragraph."""
CANDIDATES = 6
"""The number of blocks of another article that are looked at closely for each block."""
COMMON_IN = 60
LONG = 400
COMMON_IN_LONG = 8
"""Terms in more blocks than COMMON_IN do not propose candidates, so that work grows with the
length of the articles and not with its square; beyond LONG blocks, COMMON_IN_LONG."""

Block = Sequence[Sentence]
"""Sentences of one paragraph, in order."""


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Consecutive sentences of one paragraph of one article."""

    article: int
    paragraph: int
    start: int
    end: int

    def overlaps(self, other: Stretch) -> bool:
        """Tells whether two stretches share a character."""
        same = self.article == other.article and self.paragraph == other.paragraph
        return same and self.start < other.end and other.start < self.end

    def holds(self, sentence: Sentence) -> bool:
        """Tells whether a sentence of the same block lies within."""
        return self.start <= sentence.start < self.end


@dataclass(frozen=True, slots=True)
class Match:
    """Two stretches of two articles that say the same, and how surely."""

    first: Stretch
    second: Stretch
    strength: float
    left: Vector = field(compare=False)
    right: Vector = field(compare=False)


def match_blocks(
    weights: Weights, a: int, ours: Sequence[Block], b: int, theirs: Sequence[Block], least: float
) -> list[Match]:
    """Gives the matches of at least some strength between the blocks of two articles.

    The strongest is taken first. What is left of its two blocks may match again, so no two
    matches overlap in either article.
    """
    pairs = list(candidates(weights, ours, theirs))
    used: set[tuple[int, int, int]] = set()
    queue: list[tuple[float, int, Match]] = []

    def propose(n: int) -> None:
        match = best_match(weights, a, pairs[n][0], b, pairs[n][1], used)
        if match is not None and match.strength >= least:
            heappush(queue, (-match.strength, n, match))

    for n in range(len(pairs)):
        propose(n)
    taken: list[Match] = []
    while queue:
        _, n, match = heappop(queue)
        places = {(a, s.paragraph, s.start) for s in pairs[n][0] if match.first.holds(s)}
        places |= {(b, s.paragraph, s.start) for s in pairs[n][1] if match.second.holds(s)}
        if not places & used:
            used |= places
            taken.append(match)
        propose(n)
    return taken


def candidates(
    weights: Weights, ours: Sequence[Block], theirs: Sequence[Block]
) -> Iterator[tuple[Block, Block]]:
    """Gives the pairs of blocks of two articles that share the most rare terms."""
    limit = COMMON_IN if max(len(ours), len(theirs)) <= LONG else COMMON_IN_LONG
    holders: dict[str, list[int]] = defaultdict(list)
    for j, block in enumerate(theirs):
        for term in {t for s in block for t in s.terms}:
            holders[term].append(j)
    for block in ours:
        shared: dict[int, float] = defaultdict(float)
        for term in sorted({t for s in block for t in s.terms}):
            if len(holders.get(term, ())) <= limit:
                for j in holders.get(term, ()):
                    shared[j] += weights.weight(term)
        for j in sorted(shared, key=lambda j: (-shared[j], j))[:CANDIDATES]:
            yield block, theirs[j]


def best_match(
    weights: Weights,
    a: int,
    ours: Block,
    b: int,
    theirs: Block,
    used: Set[tuple[int, int, int]],
) -> Match | None:
    """Gives the two stretches of two blocks, of sentences not used, most surely the same."""
    best: Match | None = None
    right = list(runs(weights, b, theirs, used))
    for first, left in runs(weights, a, ours, used):
        for second, vector in right:
            likeness = cosine(left, vector)
            if not likeness:
                continue
            strength = likeness * evidence(weights, left, vector)
            if best is None or strength > best.strength:
                best = Match(first, second, strength, left, vector)
    return best


def runs(
    weights: Weights, article: int, block: Block, used: Set[tuple[int, int, int]]
) -> Iterator[tuple[Stretch, Vector]]:
    """Gives the runs of sentences of a block that are not used, and the whole of it."""
    for i in range(len(block)):
        for j in range(i, len(block)):
            if (article, block[j].paragraph, block[j].start) in used:
                break
            if j - i < RUN or (i == 0 and j == len(block) - 1):
                stretch = Stretch(article, block[i].paragraph, block[i].start, block[j].end)
                yield stretch, weights.vector(t for s in block[i : j + 1] for t in s.terms)


def evidence(weights: Weights, a: Vector, b: Vector) -> float:
    """Gives how far the terms that two vectors share prove anything, from 0 to 1."""
    return 1 - math.exp(-sum(weights.weight(t) for t in a if t in b) / EVIDENCE)


def join(matches: Sequence[Match]) -> list[tuple[list[Stretch], float]]:
    """Joins matches, the strongest first, into passages with one stretch for each article.

    A stretch joins a passage when it overlaps none of another and is like all that it holds.
    The score of a passage is the mean cosine between its stretches.
    """
    passages: list[dict[int, tuple[Stretch, Vector]]] = []
    holders: dict[tuple[int, int], list[int]] = defaultdict(list)

    def holder(stretch: Stretch) -> int | None:
        for n in holders[stretch.article, stretch.paragraph]:
            if stretch.overlaps(passages[n][stretch.article][0]):
                return n
        return None

    for match in sorted(matches, key=lambda m: (-m.strength, m.first, m.second)):
        first, second = holder(match.first), holder(match.second)
        if first is None and second is None:
            n = len(passages)
            passages.append({})
            new = [(match.first, match.left), (match.second, match.right)]
        elif first is None and second is not None:
            n, new = second, [(match.first, match.left)]
        elif first is not None and second is None:
            n, new = first, [(match.second, match.right)]
        else:
            continue
        held = [vector for _, vector in passages[n].values()]
        for stretch, vector in new:
            alike = min((cosine(vector, other) for other in held), default=1.0)
            if stretch.article not in passages[n] and alike >= JOINED:
                passages[n][stretch.article] = stretch, vector
                holders[stretch.article, stretch.paragraph].append(n)
    return [([p[i][0] for i in sorted(p)], score_of([v for _, v in p.values()])) for p in passages]


def score_of(vectors: Sequence[Vector]) -> float:
    """Gives the mean cosine between some vectors."""
    cosines = [cosine(a, b) for a, b in combinations(vectors, 2)]
    return min(1.0, sum(cosines) / len(cosines))


def position(stretch: Stretch) -> tuple[int, int]:
    """Gives where a stretch stands in its article."""
    return stretch.paragraph, stretch.start


def span_of(articles: Sequence[Article], stretch: Stretch) -> Span:
    """Gives a stretch as the record that leaves this room."""
    article = articles[stretch.article]
    text = article.paragraphs[stretch.paragraph].text[stretch.start : stretch.end]
    return Span(article.id, stretch.paragraph, stretch.start, stretch.end, text)
