"""Small collections of articles, indexed for real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest

from index.fulltext import Searcher, create, write
from index.model import Article, Paragraph, ParagraphKind

SEEDS = Path(__file__).parents[3] / "seeds"

Index = Callable[..., Searcher]


def article(
    article_id: str,
    *body: str,
    title: str = "Untitled",
    source: str | None = None,
    date: str | None = None,
    furniture: tuple[str, ...] = (),
) -> Article:
    paragraphs = [Paragraph(text) for text in body]
    paragraphs += [Paragraph(text, ParagraphKind.BOILERPLATE) for text in furniture]
    return Article(
        id=article_id,
        locator=f"/news/{article_id}.txt",
        title=title,
        source=source,
        date=datetime.fromisoformat(date) if date else None,
        paragraphs=tuple(paragraphs),
    )


def seeds() -> list[Article]:
    """The five seeds, each line a paragraph of the body."""
    read = []
    for path in sorted(SEEDS.glob("*.txt")):
        title, *lines = path.read_text(encoding="utf-8").splitlines()
        read.append(article(path.stem, *filter(str.strip, lines), title=title))
    return read


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """Gives a function that indexes articles, a commit for each list, and opens a searcher."""
    with ExitStack() as stack:

        def build(*commits: list[Article]) -> Searcher:
            create(tmp_path / "index")
            for articles in commits:
                write(tmp_path / "index", articles)
            searcher = Searcher(tmp_path / "index")
            stack.callback(searcher.close)
            return searcher

        yield build


def found(searcher: Searcher, query: str, limit: int = 100) -> list[str]:
    return [article_id for article_id, _ in searcher.search(query, limit).ids]
