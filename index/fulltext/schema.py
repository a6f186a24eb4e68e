"""What the index holds of an article: no text, only words, where they stand, and a few facts.

| field     | what                                                | kept as                       |
| --------- | --------------------------------------------------- | ----------------------------- |
| title     | its words, unstemmed                                | words with positions          |
| body      | the words of its body paragraphs                    | words with positions          |
| furniture | the words of all its other paragraphs               | words with positions          |
| author    | the words of its author's name                      | words with positions          |
| outlet    | the name of its outlet, as stated                   | one word                      |
| key       | the article's id, as the number that it is          | a column                      |
| day       | when it was published, as a proleptic day number    | a column; 0 when unstated     |
| length    | the words of its body, and the title's by weight    | a column                      |

Beside them stand what titles are sorted by, and two tables that are derived from the words
whenever a segment is written (see `codec`).
"""

from __future__ import annotations

from whoosh import columns, formats
from whoosh.fields import COLUMN, FieldType, Schema

from index.model import Article, ParagraphKind

TEXT_FIELDS = ("title", "body", "furniture")
COLUMN_TYPES = {"key": ">u8", "day": ">i4", "length": ">u4"}
"""The columns, and how their numbers are kept, as Whoosh keeps them."""
NAMED_FIELD = "body"
"""The field whose words tell which are written as names."""
TITLE_WEIGHT = 3
"""How often a word of the title counts for each time it counts in the body (see `ranking`)."""
SATURATION = 1.2
"""BM25's k1 (see `ranking`)."""
LENGTH = 0.75
"""BM25's b: how far a long article must say a word more often."""


class WordsField(FieldType):
    """A field whose words the codec keeps, found by `inversion` in place of an analyser."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None)  # type: ignore[arg-type]


def schema() -> Schema:
    """Gives the schema of every index."""
    return Schema(
        title=WordsField(),
        body=WordsField(),
        furniture=WordsField(),
        author=WordsField(),
        outlet=WordsField(),
        key=COLUMN(columns.NumericColumn("Q")),
        day=COLUMN(columns.NumericColumn("i")),
        length=COLUMN(columns.NumericColumn("I")),
    )


def texts(article: Article) -> dict[str, str]:
    """Gives what is indexed of an article, by field; paragraphs are parted by line breaks."""
    parts = {"title": [article.title], "body": [], "furniture": []}
    for paragraph in article.paragraphs:
        body = paragraph.kind is ParagraphKind.BODY
        parts["body" if body else "furniture"].append(paragraph.text)
    found = {field: "\n".join(lines) for field, lines in parts.items() if lines}
    if article.author:
        found["author"] = article.author
    return found


def outlet_of(article: Article) -> str:
    """Gives the name of an article's outlet; empty where none is stated."""
    return " ".join((article.source or "").split())


def day_of(article: Article) -> int:
    """Gives the day number of an article; 0 where no date is stated."""
    return article.date.toordinal() if article.date else 0
