"""Grouping the articles of a collection by the event they report."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.compare.coverage import Coverage

THRESHOLD = 0.22
"""The mean similarity above which two groups are one story: chosen on two sets of articles of
known events, whose adjusted Rand index peaks there."""
FLOOR = 0.12
"""Similarities below this count as none. It is what unrelated news shares by chance."""
DAYS = 14.0
"""Articles with dates further apart than this do not report one event."""
NEIGHBOURS = 100
"""The most similar later articles that are kept for each article, which bounds memory."""

Links = list[dict[int, float]]
"""For each article or group, the similarity to its neighbours, summed over pairs of articles."""


def group(coverage: Coverage) -> list[list[int]]:
    """Gives the positions of all articles grouped by event, largest group first.

    Groups are clusters of average linkage; the most central article of each comes first.
    """
    links = neighbours(coverage)
    groups = average_linkage([dict(near) for near in links], THRESHOLD)
    for members in groups:
        inside = set(members)
        central = {i: sum(score for j, score in links[i].items() if j in inside) for i in members}
        members.sort(key=lambda i: (-central[i], i))
    return sorted(groups, key=lambda members: (-len(members), members[0]))


def neighbours(coverage: Coverage) -> Links:
    """Gives, for each article, its similarity to those that may report the same event."""
    import numpy as np

    size = len(coverage.ids)
    links: Links = [{} for _ in range(size)]
    for i, scores in enumerate(coverage.later_similarities()):
        found = np.flatnonzero(scores >= FLOOR)
        if not len(found):
            continue
        values = scores[found] * coverage.nearness(i, found + i + 1)
        apart = np.abs(coverage.days[found + i + 1] - coverage.days[i])
        keep = np.flatnonzero((values >= FLOOR) & ~(apart > DAYS))
        if len(keep) > NEIGHBOURS:
            keep = keep[np.argpartition(-values[keep], NEIGHBOURS)[:NEIGHBOURS]]
        for j, value in zip((found[keep] + i + 1).tolist(), values[keep].tolist(), strict=True):
            links[i][j] = value
            links[j][i] = value
    return links


def average_linkage(links: Links, threshold: float) -> list[list[int]]:
    """Gives the clusters in which groups more alike than `threshold` have been merged.

    Two groups are as alike as the mean over their pairs, a pair without a link counting as 0.
    It follows chains of nearest neighbours (Murtagh, The Computer Journal 26(4), 1983), which
    gives the same clusters as merging the best pair each time, without a queue. `links` is
    used up.
    """
    members: dict[int, list[int]] = {i: [i] for i in range(len(links))}
    finished: list[list[int]] = []
    chain: list[int] = []
    while members:
        if not chain:
            chain.append(next(iter(members)))
        here = chain[-1]
        before = chain[-2] if len(chain) > 1 else None
        best, score = None, threshold
        for other, total in links[here].items():
            mean = total / (len(members[here]) * len(members[other]))
            # On a tie the chain must turn back, or it could run in a circle.
            if mean > score or (mean == score and (best is None or other == before)):
                best, score = other, mean
        if best is None:
            # Merging others never brings them nearer than they were, so this one stays alone.
            for other in links[here]:
                del links[other][here]
            finished.append(members.pop(here))
            chain.pop()
        elif best == before:
            merge(links, here, best)
            members[best] += members.pop(here)
            del chain[-2:]
        else:
            chain.append(best)
    return finished


def merge(links: Links, gone: int, kept: int) -> None:
    """Moves the links of one group to another."""
    sums: dict[int, float] = defaultdict(float, links[kept])
    for other, total in links[gone].items():
        sums[other] += total
        del links[other][gone]
    sums.pop(gone, None)
    sums.pop(kept, None)
    links[gone] = {}
    links[kept] = dict(sums)
    for other, total in sums.items():
        links[other][kept] = total
