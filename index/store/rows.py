"""An article as a row of the store, and back. Worker processes make rows; the store keeps them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from index.model import Article, Evidence, EvidenceKind, Paragraph, ParagraphKind
from index.store.recurrences import RECURRING

LEAD_CHARACTERS = 400
"""How much of the body lists show before anything was searched."""
LEAD_AT_LEAST = 60
"""Characters of a paragraph that tells something; shorter ones are subheadings and the like."""

_KINDS = {ParagraphKind.BODY: "b", ParagraphKind.BOILERPLATE: "f", ParagraphKind.REPEAT: "r"}
_KIND_OF = {letter: kind for kind, letter in _KINDS.items()} | {
    RECURRING: ParagraphKind.BOILERPLATE
}
_EVIDENCE_OF = {kind.value: kind for kind in EvidenceKind}


class Row(NamedTuple):
    """An article as the store keeps it. Every value is one that JSON has."""

    id: str
    locator: str
    title: str
    source: str | None
    author: str | None
    date: str | None
    url: str | None
    language: str | None
    words: int
    lead: str
    digest: str
    """Hexadecimal, of all that makes two articles the same: exact copies have the same."""
    kinds: str
    """A letter for each paragraph."""
    text: str
    """The paragraphs, joined by line breaks, which none of them holds."""
    places: str | None
    """Runs of paragraphs that stand on one page or in one chapter: `[["page 3", 12], …]`."""
    evidence: str


LISTED = "article.number, id, locator, title, source, author, date, url, words, language, original"
"""The columns that `listed` takes."""
WHOLE = f"{LISTED}, kinds, text, places, evidence"
"""The columns that `whole` takes, of `article` joined with `body`."""


def row_of(article: Article) -> Row:
    """Gives the row of a whole article."""
    kinds = "".join([_KINDS[p.kind] for p in article.paragraphs])
    text = "\n".join([p.text for p in article.paragraphs])
    date = article.date.isoformat() if article.date else None
    stated = (article.title, article.source, article.author, date, article.url)
    # No sanitised text holds either of the two control characters.
    whole = "\0".join(["\1" if v is None else v for v in stated] + [kinds, text])
    body = [p.text for p in article.paragraphs if p.kind is ParagraphKind.BODY]
    return Row(
        article.id,
        article.locator,
        *stated,
        article.language,
        article.words,
        lead_of(body),
        hashlib.blake2b(whole.encode(), digest_size=16).hexdigest(),
        kinds,
        text,
        _runs(article),
        evidence_text(article.evidence),
    )


def lead_of(body: Sequence[str]) -> str:
    """Gives the beginning of an article that lists show, from the paragraphs of its body."""
    lead = next((text for text in body if len(text) >= LEAD_AT_LEAST), body[0] if body else "")
    return lead[:LEAD_CHARACTERS]


def kinds_of(letters: str) -> list[ParagraphKind]:
    """Gives the kinds that the store keeps as letters."""
    return [_KIND_OF[letter] for letter in letters]


def _runs(article: Article) -> str | None:
    if all(p.place is None for p in article.paragraphs):
        return None
    runs = groupby(p.place for p in article.paragraphs)
    return json.dumps([[place, len(list(run))] for place, run in runs])


def evidence_text(evidence: Mapping[str, Evidence]) -> str:
    """Gives evidence as the store keeps it."""
    return json.dumps({name: [found.kind.value, found.detail] for name, found in evidence.items()})


def evidence_in(text: str) -> dict[str, Evidence]:
    """Gives the evidence that the store keeps as `text`."""
    try:
        return {
            name: Evidence(_EVIDENCE_OF[kind], detail)
            for name, (kind, detail) in json.loads(text).items()
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        # A byte that the disk spoilt costs the evidence, not the article.
        return {}


def moment(text: str | None) -> datetime | None:
    """Gives a date as the store keeps it; None for none."""
    return datetime.fromisoformat(text) if text else None


def listed(row: tuple[Any, ...], copies: tuple[str, ...] = ()) -> Article:
    """Gives an article without paragraphs and evidence from its `LISTED` columns."""
    id_, locator, title, source, author, date, url, words, language = row[1:10]
    return Article(
        id=id_,
        locator=locator,
        title=title,
        source=source,
        author=author,
        date=moment(date),
        url=url,
        words=words,
        language=language,
        copies=copies,
    )


def whole(row: tuple[Any, ...], copies: tuple[str, ...] = ()) -> Article:
    """Gives a whole article as it was read, without corrections, from its `WHOLE` columns."""
    id_, locator, title, source, author, date, url, words, language, original = row[1:11]
    kinds, text, places, evidence = row[11:]
    stated = {
        "title": title,
        "source": source,
        "author": author,
        "date": date,
        "url": url,
        "language": language,
        **original_in(original),
    }
    lines = text.split("\n") if kinds else ()
    stands = _places_in(places, len(kinds))
    return Article(
        id=id_,
        locator=locator,
        title=stated["title"] or "",
        source=stated["source"],
        author=stated["author"],
        date=moment(stated["date"]),
        url=stated["url"],
        words=words,
        paragraphs=tuple(
            [
                Paragraph(line, _KIND_OF[kind], place)
                for line, kind, place in zip(lines, kinds, stands, strict=True)
            ]
        ),
        language=stated["language"],
        evidence=evidence_in(evidence),
        copies=copies,
    )


def original_in(text: str | None) -> dict[str, str | None]:
    """Gives what was read for the fields of an article that are corrected."""
    return dict(json.loads(text)) if text else {}


def _places_in(text: str | None, count: int) -> list[str | None]:
    if text is None:
        return [None] * count
    return [place for place, length in json.loads(text) for _ in range(length)]
