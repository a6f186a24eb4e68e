"""One statement as several articles quote it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, groupby, islice

from index.compare.matching import Block, Match, Stretch, join, match_blocks, span_of
from index.compare.quotations import Quotation, quotations
from index.compare.sentences import clauses, sentences
from index.compare.weights import Read, Sentence, Weights, cosine
from index.model import Quote

LEAST_WORDS = 4
"""Fewer quoted words are an expression, not a statement; those of one sentence are put together."""
MOST = 1_500
"""The most quotations that are looked at in one article."""
STRENGTH = 0.15
"""The strength from which two quotations are one statement, if their cosine is high as well."""
LEAST_COSINE = 0.33
COSINE = 0.42
"""A cosine from LEAST_COSINE to COSINE is high enough with three shared words."""
CERTAIN = 0.6
"""The cosine from which one shared word is enough."""
IDENTICAL = 0.8
"""The cosine from which two articles may name different speakers."""


def quotes(weights: Weights) -> tuple[Quote, ...]:
    """Gives the statements of four words and more that two or more of the articles quote.

    Wordings may differ, as translations and cuts do: quotations are compared as passages are, by
    their clauses. A quote has at most one span for each article, the stretch that matches.
    """
    articles = weights.articles
    said = [
        list(islice(quotations([(n, p.text) for n, p in article.items()]), MOST))
        for article in weights.paragraphs
    ]
    pieces = [list(blocks(weights, i, each)) for i, each in enumerate(said)]
    matches: list[Match] = []
    for a, b in combinations(range(len(articles)), 2):
        found = match_blocks(weights, a, pieces[a], b, pieces[b], STRENGTH)
        matches += [m for m in found if one_statement(said, m)]
    groups = sorted(stretches for stretches, _ in join(matches))
    return tuple(
        Quote(speaker(said, stretches), tuple(span_of(articles, s) for s in stretches))
        for stretches in groups
    )


def one_statement(said: Sequence[Sequence[Quotation]], match: Match) -> bool:
    """Tells whether two stretches that are alike quote one statement."""
    likeness = cosine(match.left, match.right)
    shared = len(match.left.keys() & match.right.keys())
    least = CERTAIN if shared == 1 else COSINE if shared == 2 else LEAST_COSINE
    named = [speakers(said, s) for s in (match.first, match.second)]
    names = [{w for name in each for w in name.split() if w[:1].isupper()} for each in named]
    if names[0] and names[1] and not names[0] & names[1]:
        least = IDENTICAL
    return likeness >= least


def blocks(weights: Weights, article: int, said: Sequence[Quotation]) -> Iterator[Block]:
    """Gives the quotations of an article as clauses of terms; short ones of a sentence as one."""
    for number, each in groupby(said, key=lambda q: q.paragraph):
        paragraph = weights.paragraphs[article][number]
        short: list[Quotation] = []
        for quotation in each:
            if len(paragraph.between(quotation.start, quotation.end)) < LEAST_WORDS:
                short.append(quotation)
                continue
            yield [
                piece(weights, paragraph, number, [(quotation.start + a, quotation.start + b)])
                for a, b in clauses(paragraph.text[quotation.start : quotation.end])
            ]
        if len(short) < 2:
            continue
        for start, end in sentences(paragraph.text):
            inside = [(q.start, q.end) for q in short if start <= q.start and q.end <= end]
            if sum(len(paragraph.between(a, b)) for a, b in inside) >= LEAST_WORDS:
                yield [piece(weights, paragraph, number, inside)]


def piece(
    weights: Weights, paragraph: Read, number: int, parts: Sequence[tuple[int, int]]
) -> Sentence:
    """Gives some parts of a paragraph as one sentence, from the first part to the last."""
    terms = [t for a, b in parts for t in weights.terms(paragraph.between(a, b))]
    return Sentence(number, parts[0][0], parts[-1][1], tuple(terms))


def speaker(said: Sequence[Sequence[Quotation]], stretches: Sequence[Stretch]) -> str | None:
    """Gives the fullest name of whoever the articles say spoke; None where none does."""
    names = [name for s in stretches for name in speakers(said, s)]
    return max(names, key=lambda name: (name[:1].isupper(), len(name.split())), default=None)


def speakers(said: Sequence[Sequence[Quotation]], stretch: Stretch) -> list[str]:
    """Gives who is said to be speaking in a stretch."""
    return [
        q.speaker
        for q in said[stretch.article]
        if q.speaker
        and q.paragraph == stretch.paragraph
        and q.start < stretch.end
        and stretch.start < q.end
    ]
