"""Related coverage: which articles of a collection report the same event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from index.compare.stories import group
from index.compare.terms import unpack

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DATE_SHARE = 0.2
DATE_DAYS = 30.0
"""Two articles with dates keep 1 - DATE_SHARE of their similarity however far apart they are;
the rest decays with the days between them. On dated articles of known events R-precision rises
from .990 to 1.000."""


class Coverage:
    """The articles of a whole collection as TF-IDF vectors, in memory.

    Weights are (1 + log tf) · idf with smoothed idf, log((1 + N) / (1 + df)) + 1, and vectors
    have length 1 (Salton & Buckley, Information Processing & Management 24(5), 1988).
    """

    def __init__(self, rows: Iterable[tuple[str, bytes, datetime | None]]) -> None:
        """Takes the id, the `term_vector` and the date of every article."""
        import numpy as np

        rows = sorted(rows, key=lambda row: row[0])
        self.ids: Sequence[str] = [row[0] for row in rows]
        self.positions = {article_id: i for i, article_id in enumerate(self.ids)}
        self.days = days_of([row[2] for row in rows])
        """The day of each article, as days since 1970; NaN where no date is stated."""
        vectors = [unpack(row[1]) for row in rows]
        sizes = np.array([len(numbers) for numbers, _ in vectors], np.int64)
        self.starts = np.concatenate(([0], np.cumsum(sizes)))
        """The terms of article i stand at starts[i]:starts[i + 1] in `terms` and `weights`."""
        every = np.concatenate([n for n, _ in vectors]) if rows else np.zeros(0, np.uint32)
        counts = np.concatenate([c for _, c in vectors]) if rows else np.zeros(0, np.uint16)
        _, self.terms = np.unique(every, return_inverse=True)
        frequency = np.bincount(self.terms)
        owners = np.repeat(np.arange(len(rows), dtype=np.int32), sizes)
        idf = np.log((1 + len(rows)) / (1 + frequency)) + 1
        weights = (1 + np.log(np.maximum(counts, 1))) * idf[self.terms]
        lengths = np.sqrt(np.bincount(owners, weights * weights, len(rows)))
        self.weights = (weights / np.maximum(lengths, 1e-9)[owners]).astype(np.float32)
        order = np.argsort(self.terms, kind="stable")
        self.posting_starts = np.concatenate(([0], np.cumsum(frequency)))
        """The articles with term t stand at posting_starts[t]:posting_starts[t + 1] in
        `posting_articles`, ascending, and their weights in `posting_weights`."""
        self.posting_articles = owners[order]
        self.posting_weights = self.weights[order]

    def similarities(self, position: int, begins: NDArray[np.int64]) -> NDArray[np.float32]:
        """Gives the cosine of one article with every article: shape (N,).

        For each term of the article, `begins` says where in its postings to start.
        """
        import numpy as np

        scores = np.zeros(len(self.ids), np.float32)
        span = slice(self.starts[position], self.starts[position + 1])
        ends = self.posting_starts[self.terms[span] + 1].tolist()
        for begin, end, weight in zip(begins.tolist(), ends, self.weights[span], strict=True):
            # An article stands once in a term's postings, so a plain indexed sum is exact.
            scores[self.posting_articles[begin:end]] += weight * self.posting_weights[begin:end]
        return scores

    def later_similarities(self) -> Iterator[NDArray[np.float32]]:
        """Gives, for each article in turn, its cosines with the articles after it."""
        cursor = self.posting_starts[:-1].copy()
        for position in range(len(self.ids)):
            terms = self.terms[self.starts[position] : self.starts[position + 1]]
            cursor[terms] += 1
            yield self.similarities(position, cursor[terms])[position + 1 :]

    def nearness(self, position: int, others: NDArray[np.int64]) -> NDArray[np.float32]:
        """Gives the factor for the time between one article and others: shape (len(others),)."""
        import numpy as np

        apart = np.abs(self.days[others] - self.days[position])
        factor = 1 - DATE_SHARE * (1 - np.exp(-apart / DATE_DAYS))
        return np.where(np.isnan(factor), 1, factor).astype(np.float32)

    def related(self, article_id: str, limit: int) -> list[tuple[str, float]]:
        """Gives the articles most like one, best first, with their cosines from 0 to 1.

        Ties are in the order of their ids. An unknown id has no related articles.
        """
        import numpy as np

        position = self.positions.get(article_id)
        if position is None or limit < 1:
            return []
        terms = self.terms[self.starts[position] : self.starts[position + 1]]
        scores = self.similarities(position, self.posting_starts[terms])
        scores[position] = 0
        found = np.flatnonzero(scores > 0)
        values = np.minimum(scores[found] * self.nearness(position, found), 1)
        best = np.argsort(-values, kind="stable")[:limit]
        return [(self.ids[i], float(v)) for i, v in zip(found[best], values[best], strict=True)]

    def stories(self) -> list[list[str]]:
        """Gives all articles grouped by the event they report, largest group first.

        The most central article of a group comes first; articles alone come last. It takes
        about a minute on 24,000 articles.
        """
        return [[self.ids[i] for i in members] for members in group(self)]


def days_of(dates: Sequence[datetime | None]) -> NDArray[np.float64]:
    """Gives dates as days since 1970, with NaN for none: shape (N,)."""
    import numpy as np

    epoch = datetime(1970, 1, 1)
    return np.array(
        [
            np.nan if date is None else (date.replace(tzinfo=None) - epoch).total_seconds() / 86400
            for date in dates
        ],
        np.float64,
    )
