"""What the index holds of an article: no text, only words, where they stand, and a few facts.

| field     | what                                                | kept as                       |
| --------- | --------------------------------------------------- | ----------------------------- |
| id, key   | the article's id                                    | a term, and a column          |
| title     | its words, unstemmed                                | terms with positions          |
| body      | the words of its body paragraphs                    | terms with positions          |
| furniture | the words of all its other paragraphs               | terms with positions          |
| names     | words of the body written as names are              | terms                         |
| outlet    | the name of its outlet, as stated                   | one term                      |
| day       | when it was published, as a proleptic day number    | a column; 0 when unstated     |
| length    | the words of its body, and the title's by weight    | a column                      |

Three more fields are derived from the terms whenever a segment is written (see `codec`): `forms`
(the words of one stem), `spellings` (the names of one consonant skeleton) and `lexicon`.
"""

from __future__ import annotations

from array import array
from collections.abc import Generator
from typing import Any

from whoosh import columns, formats
from whoosh.fields import COLUMN, FieldType, Schema

from index.fulltext import analysis
from index.model import Article, ParagraphKind

TEXT_FIELDS = ("title", "body", "furniture")
DERIVED_FIELDS = ("forms", "lexicon", "spellings")
TITLE_WEIGHT = 4
"""How often a word of the title counts for each time it counts in the body (see `ranking`)."""


class TermsField(FieldType):
    """A field whose words were found already: it takes term → positions and writes them as is.

    Skips the chain of generators that Whoosh runs for every word of a text.
    """

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None)  # type: ignore[arg-type]

    def index(
        self, value: Any, **kwargs: Any
    ) -> Generator[tuple[bytes, int, float | int, bytes], Any, None]:
        """Gives (term, frequency, frequency, positions as unsigned 32-bit integers)."""
        for term, positions in value.items():
            count = len(positions) or 1
            yield term.encode("utf-8", "replace"), count, count, positions.tobytes()


def schema() -> Schema:
    """Gives the schema of every index."""
    return Schema(
        id=TermsField(),
        key=COLUMN(columns.VarBytesColumn()),
        title=TermsField(),
        body=TermsField(),
        furniture=TermsField(),
        names=TermsField(),
        outlet=TermsField(),
        day=COLUMN(columns.NumericColumn("i")),
        length=COLUMN(columns.NumericColumn("I")),
        forms=TermsField(),
        lexicon=TermsField(),
        spellings=TermsField(),
    )


def fields(article: Article) -> dict[str, Any]:
    """Gives what is written for an article, by field."""
    title: dict[str, array[int]] = {}
    body: dict[str, array[int]] = {}
    furniture: dict[str, array[int]] = {}
    names: dict[str, array[int]] = {}
    title_words = _place(analysis.terms(article.title), title, 0)
    at = beyond = 0
    for paragraph in article.paragraphs:
        if paragraph.kind is ParagraphKind.BODY:
            at += _place(analysis.terms(paragraph.text), body, at) + 1
            for term in analysis.names(paragraph.text):
                names[term] = _NOWHERE
        else:
            beyond += _place(analysis.terms(paragraph.text), furniture, beyond) + 1
    written: dict[str, Any] = {
        "id": {article.id: _NOWHERE},
        "key": article.id.encode(),
        "title": title,
        "body": body,
        "furniture": furniture,
        "names": names,
        "day": article.date.toordinal() if article.date else 0,
        "length": at + TITLE_WEIGHT * title_words,
    }
    if article.source and article.source.strip():
        written["outlet"] = {" ".join(article.source.split()): _NOWHERE}
    return written


_NOWHERE = array("I")


def _place(terms: list[str], places: dict[str, array[int]], start: int) -> int:
    """Adds the position of every term to `places`, counted from `start`; gives their number."""
    for position, term in enumerate(terms, start):
        if term in places:
            places[term].append(position)
        else:
            places[term] = array("I", (position,))
    return len(terms)
