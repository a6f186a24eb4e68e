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


def as_id(name: str) -> str:
    """Gives an article's id that stands for a name of up to six letters."""
    return name.encode().hex().rjust(12, "0")


def as_name(article_id: str) -> str:
    """Gives the name that an article's id stands for."""
    return bytes.fromhex(article_id).lstrip(b"\0").decode()


def article(
    name: str,
    *body: str,
    title: str = "Untitled",
    source: str | None = None,
    author: str | None = None,
    date: str | None = None,
    furniture: tuple[str, ...] = (),
) -> Article:
    paragraphs = [Paragraph(text) for text in body]
    paragraphs += [Paragraph(text, ParagraphKind.BOILERPLATE) for text in furniture]
    return Article(
        id=as_id(name),
        locator=f"/news/{name}.txt",
        title=title,
        source=source,
        author=author,
        date=datetime.fromisoformat(date) if date else None,
        paragraphs=tuple(paragraphs),
    )


def seeds() -> list[Article]:
    """The five seeds, each line a paragraph of the body."""
    read = []
    for path in sorted(SEEDS.glob("*.txt")):
        title, *lines = path.read_text(encoding="utf-8").splitlines()
        read.append(article(path.stem[:3], *filter(str.strip, lines), title=title))
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
    return [as_name(article_id) for article_id, _ in searcher.search(query, limit).ids]
