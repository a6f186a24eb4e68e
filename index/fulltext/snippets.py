"""The passage of an article that best answers a query."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from index.fulltext.analysis import fold
from index.fulltext.matcher import Matcher
from index.model import Article, Paragraph, ParagraphKind, Snippet

LONGEST_LOOK = 300_000
"""Characters of an article that are looked through; what answers a query mostly stands early."""
CHUNK = 20_000
"""Characters of a paragraph that are looked through at a time."""

_SPACE = re.compile(r"\s")


def found_in(article: Article, matcher: Matcher, width: int = 240) -> tuple[Snippet, int]:
    """Gives the passage with most of the query, and how often the query is matched in all.

    The passage is about `width` long, of whole words, with an ellipsis where text was cut; body
    comes before furniture, and the first before others with the same words. Without any match it
    is the beginning of the body. Matches are counted in title, body and furniture, as far as an
    article is looked through.
    """
    best: tuple[float, int, int, int] | None = None
    matches, looked = len(matcher.hits(article.title, "title")), 0
    for furniture in (False, True):
        beginning_furniture = best
        for number, paragraph in enumerate(article.paragraphs):
            if (paragraph.kind is not ParagraphKind.BODY) is not furniture:
                continue
            for start in range(0, len(paragraph.text), CHUNK):
                if looked > LONGEST_LOOK:
                    break
                part = paragraph.text[start : start + CHUNK]
                looked += len(part)
                hits = matcher.hits(part, field_of(paragraph))
                matches += len(hits)
                value, first, last = _densest(hits, matcher, width)
                if value and beginning_furniture is None and (best is None or value > best[0]):
                    best = (value, number, start + first, start + last)
    if best is not None:
        return _cut(article, *best[1:], matcher, width), matches
    for number, paragraph in enumerate(article.paragraphs):
        if paragraph.kind is ParagraphKind.BODY:
            return _cut(article, number, 0, 0, matcher, width), matches
    return Snippet(""), matches


def snippet(article: Article, matcher: Matcher, width: int = 240) -> Snippet:
    """Gives the passage of an article with most of the query (see `found_in`)."""
    return found_in(article, matcher, width)[0]


def field_of(paragraph: Paragraph) -> str:
    """Gives the part of an article that a paragraph belongs to, as a query names it."""
    return "body" if paragraph.kind is ParagraphKind.BODY else "furniture"


def as_written(
    spellings: Mapping[str, tuple[str, ...]], snippets: Iterable[Snippet]
) -> dict[str, tuple[str, ...]]:
    """Gives the spellings that a search used as the articles write them: Katai’ib for kataiib.

    One that stands in none of the snippets stays as it is indexed.
    """
    written: dict[str, str] = {}
    for shown in snippets if spellings else ():
        for start, end in shown.matches:
            written.setdefault(fold(shown.text[start:end]), shown.text[start:end])
    return {
        typed: tuple(written.get(word, word) for word in others)
        for typed, others in spellings.items()
    }


def _densest(
    hits: Sequence[tuple[int, int, int]], matcher: Matcher, width: int
) -> tuple[float, int, int]:
    """Gives the weight, start and end of the stretch of `width` with most different targets."""
    best = (0.0, 0, 0)
    counts: dict[int, int] = {}
    weight = 0.0
    left = 0
    for start, end, target in hits:
        counts[target] = counts.get(target, 0) + 1
        if counts[target] == 1:
            weight += matcher.targets[target].weight
        while end - hits[left][0] > width and hits[left][0] != start:
            gone = hits[left][2]
            counts[gone] -= 1
            if not counts[gone]:
                weight -= matcher.targets[gone].weight
            left += 1
        if weight > best[0] + 1e-9:
            best = (weight, hits[left][0], end)
    return best


def _cut(
    article: Article, number: int, first: int, last: int, matcher: Matcher, width: int
) -> Snippet:
    """Gives the stretch of a paragraph around `first` to `last`, widened to `width`."""
    paragraph = article.paragraphs[number]
    text = paragraph.text
    room = max(0, width - (last - first))
    start = max(0, min(first - room // 3, len(text) - width))
    end = min(len(text), max(start + width, last))
    if start and not _SPACE.match(text, start - 1):
        space = _SPACE.search(text, start, first + 1)
        start = space.end() if space else first
    if end < len(text) and not _SPACE.match(text, end):
        space_before = max(text.rfind(" ", last, end), text.rfind("\u00a0", last, end))
        end = space_before if space_before > 0 else max(last, min(end, start + width))
    body = text[start:end].strip()
    shown = ("… " if start else "") + body + (" …" if end < len(text) else "")
    return Snippet(shown, matcher.find(shown, field_of(paragraph)), number, paragraph.kind)
