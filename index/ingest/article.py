"""A draft becomes an article: described, and every paragraph given its kind."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from index.ingest.cleaning.furniture import roles
from index.ingest.cleaning.repeats import repeats
from index.ingest.cleaning.structure import furniture
from index.ingest.describing.describe import describe
from index.ingest.describing.languages import language_of
from index.ingest.describing.outlets import outlet_at, outlet_in_file_name
from index.ingest.describing.sources import stated_source
from index.ingest.draft import Draft, Source
from index.ingest.paragraphs import count_words
from index.model import Article, Evidence, EvidenceKind, Paragraph, ParagraphKind

_BODY = ParagraphKind.BODY
NAMES = 3
"""How many names at the end of a path may state an outlet: the file's and two folders'."""


def article_id(locator: str) -> str:
    """Gives the id of the article at a locator: twelve hexadecimal digits, always the same."""
    return blake2b(locator.encode(), digest_size=6).hexdigest()


def article_of(draft: Draft, source: Source) -> Article:
    """Gives the whole article of a draft, which must have at least one paragraph.

    `source` is the file that it was read from.
    """
    described = describe(draft, source)
    paragraphs = described.paragraphs
    kinds = _kinds(paragraphs, described.above)
    evidence = dict(described.evidence)
    outlet = described.source
    if outlet is None and (found := _outlet(draft.locator, described.url, paragraphs, kinds)):
        outlet, evidence["source"] = found
    language = None
    body = [text for text, kind in zip(paragraphs, kinds, strict=True) if kind is _BODY]
    if spoken := language_of(draft.language, body):
        language, evidence["language"] = spoken
    return Article(
        id=article_id(draft.locator),
        locator=draft.locator,
        title=described.title,
        source=outlet,
        author=described.author,
        date=described.date,
        url=described.url,
        words=sum(map(count_words, body)),
        paragraphs=tuple(map(Paragraph, paragraphs, kinds, described.places)),
        language=language,
        evidence=evidence,
    )


def _outlet(
    locator: str, url: str | None, paragraphs: Sequence[str], kinds: Sequence[ParagraphKind]
) -> tuple[str, Evidence] | None:
    """The outlet of an article that states none: by its address, its text, the name of its file."""
    if url and (there := outlet_at(url)):
        return there[0], Evidence(EvidenceKind.ADDRESS, there[1])
    pairs = list(zip(paragraphs, kinds, strict=True))
    said = stated_source(
        [text for text, kind in pairs if kind is not ParagraphKind.BOILERPLATE],
        [text for text, kind in pairs if kind is ParagraphKind.BOILERPLATE],
    )
    if said:
        return said[0], Evidence(EvidenceKind.TEXT, said[1])
    for name in reversed(locator.replace("#", "/").rsplit("/", NAMES)[-NAMES:]):
        if found := outlet_in_file_name(name):
            return found, Evidence(EvidenceKind.FILE_NAME, name)
    return None


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
