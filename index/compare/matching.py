"""Stretches of several articles that say the same, however they put it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
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
"""Terms in more blocks than this propose no candidates."""
LONG = 400
CANDIDATES_LONG = 2
COMMON_IN_LONG = 8
"""The same where an article has more than LONG blocks, so that work grows with its length and
not with the square of it."""

Block = Sequence[Sentence]
"""Sentences of one paragraph, in order."""
Place = tuple[int, int, int]
"""A sentence by its article, paragraph and start."""


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


@dataclass(frozen=True, slots=True)
class Match:
    """Two stretches of two articles that say the same, and how surely."""

    first: Stretch
    second: Stretch
    strength: float
    left: Vector = field(compare=False)
    right: Vector = field(compare=False)


@dataclass(frozen=True, slots=True)
class Run:
    """Some consecutive sentences of a block, ready to be compared."""

    stretch: Stretch
    vector: Vector
    places: frozenset[Place]


def match_blocks(
    weights: Weights, a: int, ours: Sequence[Block], b: int, theirs: Sequence[Block], least: float
) -> list[Match]:
    """Gives the matches of at least some strength between the blocks of two articles.

    The strongest is taken first. What is left of its two blocks may match again, so no two
    matches overlap in either article.
    """
    pairs = list(candidates(weights, ours, theirs))
    left = {i: list(runs(weights, a, ours[i])) for i in {i for i, _ in pairs}}
    right = {j: list(runs(weights, b, theirs[j])) for j in {j for _, j in pairs}}
    used: set[Place] = set()
    queue: list[tuple[float, int, Run, Run]] = []

    def propose(n: int) -> None:
        i, j = pairs[n]
        best = best_match(
            weights,
            [run for run in left[i] if used.isdisjoint(run.places)],
            [run for run in right[j] if used.isdisjoint(run.places)],
        )
        if best is not None and best[0] >= least:
            heappush(queue, (-best[0], n, best[1], best[2]))

    for n in range(len(pairs)):
        propose(n)
    taken: list[Match] = []
    while queue:
        strength, n, first, second = heappop(queue)
        places = first.places | second.places
        if used.isdisjoint(places):
            used |= places
            taken.append(
                Match(first.stretch, second.stretch, -strength, first.vector, second.vector)
            )
        propose(n)
    return taken


def candidates(
    weights: Weights, ours: Sequence[Block], theirs: Sequence[Block]
) -> Iterator[tuple[int, int]]:
    """Gives the pairs of blocks of two articles that share the most rare terms."""
    long = max(len(ours), len(theirs)) > LONG
    common, most = (COMMON_IN_LONG, CANDIDATES_LONG) if long else (COMMON_IN, CANDIDATES)
    holders: dict[str, list[int]] = defaultdict(list)
    for j, block in enumerate(theirs):
        for term in {t for s in block for t in s.terms}:
            holders[term].append(j)
    for i, block in enumerate(ours):
        shared: dict[int, float] = defaultdict(float)
        for term in sorted({t for s in block for t in s.terms}):
            if len(holders.get(term, ())) <= common:
                for j in holders.get(term, ()):
                    shared[j] += weights.weight(term)
        for j in sorted(shared, key=lambda j: (-shared[j], j))[:most]:
            yield i, j


def best_match(
    weights: Weights, ours: Sequence[Run], theirs: Sequence[Run]
) -> tuple[float, Run, Run] | None:
    """Gives the two runs that are most surely the same, and how surely.

    That is their cosine, less when the terms they share are few: those prove little.
    """
    best: tuple[float, Run, Run] | None = None
    for first in ours:
        for second in theirs:
            shared = first.vector.keys() & second.vector.keys()
            if shared:
                cosine = sum(first.vector[t] * second.vector[t] for t in shared)
                proof = 1 - math.exp(-sum(map(weights.weight, shared)) / EVIDENCE)
                if best is None or cosine * proof > best[0]:
                    best = cosine * proof, first, second
    return best


def runs(weights: Weights, article: int, block: Block) -> Iterator[Run]:
    """Gives the runs of sentences of a block, and the whole of it."""
    for i in range(len(block)):
        for j in range(i, len(block)):
            if j - i < RUN or (i == 0 and j == len(block) - 1):
                inside = block[i : j + 1]
                yield Run(
                    Stretch(article, block[i].paragraph, block[i].start, block[j].end),
                    weights.vector(t for s in inside for t in s.terms),
                    frozenset((article, s.paragraph, s.start) for s in inside),
                )


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
