"""A draft becomes an article: described, and every paragraph given its kind."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from index.ingest.describe import describe
from index.ingest.draft import Draft, Source
from index.ingest.furniture import roles
from index.ingest.paragraphs import count_words
from index.ingest.repeats import repeats
from index.ingest.sources import stated_source
from index.ingest.structure import furniture
from index.model import Article, Evidence, EvidenceKind, Paragraph, ParagraphKind


def article_id(locator: str) -> str:
    """Gives the id of the article at a locator: twelve hexadecimal digits, always the same."""
    return blake2b(locator.encode(), digest_size=6).hexdigest()


def article_of(draft: Draft, source: Source) -> Article:
    """Gives the whole article of a draft, which must have at least one paragraph.

    `source` is the file that it was read from.
    """
    described = describe(draft, source)
    kinds = _kinds(described.paragraphs, described.above)
    outlet, evidence = described.source, described.evidence
    if outlet is None and (outlet := _source(described.paragraphs, kinds)):
        evidence = {**evidence, "source": Evidence(EvidenceKind.TEXT, outlet)}
    return Article(
        id=article_id(draft.locator),
        locator=draft.locator,
        title=described.title,
        source=outlet,
        author=described.author,
        date=described.date,
        url=described.url,
        words=sum(
            count_words(text)
            for text, kind in zip(described.paragraphs, kinds, strict=True)
            if kind is ParagraphKind.BODY
        ),
        paragraphs=tuple(map(Paragraph, described.paragraphs, kinds, described.places)),
        language=described.language,
        evidence=evidence,
    )


def _source(paragraphs: Sequence[str], kinds: Sequence[ParagraphKind]) -> str | None:
    """The outlet that the text itself names."""
    pairs = list(zip(paragraphs, kinds, strict=True))
    return stated_source(
        [text for text, kind in pairs if kind is not ParagraphKind.BOILERPLATE],
        [text for text, kind in pairs if kind is ParagraphKind.BOILERPLATE],
    )


def _kinds(paragraphs: Sequence[str], above: frozenset[int]) -> list[ParagraphKind]:
    """What each paragraph is. An article of nothing but furniture is all body: somebody kept it."""
    rest = [index for index in range(len(paragraphs)) if index not in above]
    text = [paragraphs[index] for index in rest]
    marked = {rest[index] for index in furniture(text, roles(text))} | above
    if len(marked) == len(paragraphs):
        marked = set()
    repeated = repeats(paragraphs, marked)
    kinds = [ParagraphKind.BODY] * len(paragraphs)
    for indices, kind in (
        (marked, ParagraphKind.BOILERPLATE),
        (repeated, ParagraphKind.REPEAT),
    ):
        for index in indices:
            kinds[index] = kind
    return kinds
