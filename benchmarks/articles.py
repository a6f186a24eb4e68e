"""Articles for measuring: read from JSON Lines, and made from the sentences of those.

A row is `{"id", "title", "date", "source", "text"}`.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

SEED = 5
WORDS = 300
"""Words from which on a made article is long enough."""
SENTENCES = 3
"""Sentences of a made paragraph."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


class Row(NamedTuple):
    """One article."""

    id: str
    title: str
    date: str
    """As ISO 8601 has it; empty when unstated."""
    source: str
    text: str


def files(paths: Iterable[Path]) -> list[Path]:
    """The JSON Lines files among some files and folders."""
    return [
        file
        for path in paths
        for file in (sorted(path.rglob("*.jsonl")) if path.is_dir() else [path])
    ]


def rows(paths: Iterable[Path]) -> Iterator[Row]:
    """Every article of some files and folders. Ids are made unique by the name of the file."""
    for file in files(paths):
        with file.open(encoding="utf8") as lines:
            for number, line in enumerate(lines):
                row = json.loads(line)
                said = (row.get(name) or "" for name in Row._fields[1:])
                yield Row(f"{file.name}#{row.get('id', number)}", *said)


def text_bytes(paths: Iterable[Path]) -> int:
    """The size of all titles and texts in UTF-8."""
    return sum(len(f"{row.title}\n{row.text}".encode()) for row in rows(paths))


def make(paths: Iterable[Path], count: int, file: Path, first: int = 0) -> None:
    """Writes articles whose sentences are drawn from all of `paths`; the same ones every time.

    Title, outlet and date are those of one article, which is drawn for each. They are numbered
    from `first` on; with another number they are others.
    """
    draw = random.Random(SEED + first)
    sentences: list[str] = []
    heads: list[tuple[str, str, str]] = []
    for row in rows(paths):
        heads.append((row.title, row.date, row.source))
        found = _SENTENCE_END.split(" ".join(row.text.split()))
        sentences += (s for s in found if 4 <= len(s.split()) <= 60)
    with file.open("w", encoding="utf8") as out:
        for number in range(first, first + count):
            title, date, source = draw.choice(heads)
            row = Row(str(number), title, date, source, _text(draw, sentences))
            out.write(json.dumps(row._asdict(), ensure_ascii=False) + "\n")


def _text(draw: random.Random, sentences: list[str]) -> str:
    paragraphs: list[str] = []
    words = 0
    while words < WORDS:
        paragraph = " ".join(draw.choice(sentences) for _ in range(SENTENCES))
        words += len(paragraph.split())
        paragraphs.append(paragraph)
    return "\n".join(paragraphs)
