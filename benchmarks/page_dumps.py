"""How well the article is found in pages that were dumped to text with all their furniture.

    python benchmarks/page_dumps.py PAGES.jsonl

Rows: {"html", "gold_text"}. Every page is dumped naively into a .txt file, in two ways: a line for
each block of the page, and a line for each piece of text, where links and emphasis break the lines
of a paragraph. The body that is read from these files is compared with the gold text by shingles of
four words: precision, recall and F1, each the mean over the pages. Beside it stands what keeping
everything scores, and what the gold texts lose when they are read from .txt files themselves.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import lxml.html

from index import Library
from index.model import Article, ParagraphKind

DROPPED = {"script", "style", "noscript", "template", "head"}
BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "br", "button", "caption", "dd", "div"),
    *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4"),
    *("h5", "h6", "header", "hr", "html", "label", "legend", "li", "main", "nav", "ol", "option"),
    *("p", "pre", "section", "select", "table", "td", "textarea", "th", "tr", "ul"),
}
Scores = tuple[float, float, float]


def pieces(element: lxml.html.HtmlElement) -> list[str]:
    """The text of an element piece by piece; a bare line break where a block begins or ends."""
    if not isinstance(element.tag, str) or element.tag in DROPPED:
        return []
    found = [" ".join(element.text.split("\n"))] if element.text else []
    for child in element:
        found += pieces(child)
        if child.tail:
            found.append(" ".join(child.tail.split("\n")))
    return ["\n", *found, "\n"] if element.tag in BLOCKS else found


def by_block(page: str) -> str:
    """The text of a page with a line for each block."""
    lines = "".join(pieces(lxml.html.document_fromstring(page))).split("\n")
    return "\n".join(tidy for line in lines if (tidy := " ".join(line.split())))


def by_piece(page: str) -> str:
    """The text of a page with a line for each piece of text, links and emphasis too."""
    found = pieces(lxml.html.document_fromstring(page))
    return "\n".join(tidy for piece in found if (tidy := " ".join(piece.split())))


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Every four words in a row."""
    words = re.findall(r"\w+", text.lower())
    return Counter(zip(*(words[i:] for i in range(4)), strict=False)) or Counter([tuple(words)])


def score(found: str, gold: str) -> Scores:
    """Precision, recall and F1."""
    got, want = shingles(found), shingles(gold)
    both = (got & want).total()
    precision, recall = both / max(1, got.total()), both / max(1, want.total())
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def read(texts: list[str], folder: Path) -> list[Article]:
    """What each text is read as, from a .txt file."""
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
    with Library.open([folder], cache_dir=folder.with_name(f"{folder.name}-cache")) as library:
        library.update()
        found = {each.locator: each.id for each in library.articles()}
        paths = sorted(folder.iterdir())
        return [
            library.article(found[str(path)]) if str(path) in found else Article("", "", "")
            for path in paths
        ]


def body(article: Article) -> str:
    """Its paragraphs of the kind body."""
    return "\n".join(each.text for each in article.paragraphs if each.kind is ParagraphKind.BODY)


def folded(articles: list[Article]) -> float:
    """The share of the words that are in paragraphs of another kind."""
    words: Counter[bool] = Counter()
    for article in articles:
        for each in article.paragraphs:
            words[each.kind is ParagraphKind.BODY] += len(each.text.split())
    return words[False] / words.total()


def say(what: str, found: list[str], golds: list[str]) -> None:
    """Prints one line of figures."""
    scores = [score(text, gold) for text, gold in zip(found, golds, strict=True)]
    precision, recall, f1 = (sum(column) / len(scores) for column in zip(*scores, strict=True))
    print(f"{what:34} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")


def main(path: str) -> None:
    """Measures and prints."""
    with Path(path).open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    golds = [row["gold_text"] for row in rows]
    ways: dict[str, Callable[[str], str]] = {"blocks": by_block, "pieces": by_piece}
    print(f"{path}  {len(rows)} pages")
    with tempfile.TemporaryDirectory() as folder:
        for name, dump in ways.items():
            texts = [dump(row["html"]) for row in rows]
            say(f"a line a {name[:-1]}, read", [*map(body, read(texts, Path(folder, name)))], golds)
            say(f"a line a {name[:-1]}, everything kept", texts, golds)
        found = read(golds, Path(folder, "gold"))
        say("the gold texts, read", [*map(body, found)], golds)
        print(f"of the gold texts' words {folded(found):.4f} are folded")


if __name__ == "__main__":
    main(sys.argv[1])
