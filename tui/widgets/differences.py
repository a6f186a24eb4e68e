"""Differences: figures, quotations and names of several articles, set against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from index.model import Comparison, Entity, Figure, Quote, Verdict
from tui.entity_styles import LOOK
from tui.text import clean
from tui.widgets.article_view import Stretch
from tui.widgets.pane import outlets
from tui.widgets.rows import Row, Rows

SIGNS = {
    Verdict.DIFFER: "≠ they differ",
    Verdict.REVISION: "→ a later figure",
    Verdict.SCOPE: "≈ counted differently",
    Verdict.UNSURE: "? perhaps not the same",
    Verdict.AGREE: "= they agree",
}
"""Each verdict as a sign and in words, the most telling first."""


@dataclass(frozen=True, eq=False)
class Difference:
    """A place in each of some articles, by article id, or an entity; what a row leads to."""

    places: Mapping[str, Stretch]
    entity: Entity | None = None
    article: str | None = None
    """The one that the row quotes."""


class Differences(Rows):
    """Lists what a comparison found; a row's value is a `Difference`."""

    def compare(self, comparison: Comparison) -> None:
        """Lists figures, quotations, shared names and those of one article alone."""
        names = outlets(comparison.articles)
        rows = [
            *_figures(comparison.figures, names),
            *_quotes(comparison.quotes, names),
            *_entities(comparison, names),
        ]
        self.show(rows or [Row(Content("Nothing to set against each other was found."))])


def _figures(figures: Sequence[Figure], names: Mapping[str, str]) -> Iterator[Row]:
    if figures:
        yield Row(Content("Figures"), right=str(len(figures)))
    for figure in sorted(figures, key=lambda figure: list(SIGNS).index(figure.verdict)):
        places: dict[str, Stretch] = {}
        for value in figure.values:
            places.setdefault(value.article, (value.paragraph, value.start, value.end))
        what = Content.styled(clean(figure.what), "bold")
        yield Row(what, Difference(places), SIGNS[figure.verdict])
        for value in figure.values:
            place = (value.paragraph, value.start, value.end)
            line = Content(f"    {clean(value.text)}")
            difference = Difference({**places, value.article: place}, article=value.article)
            yield Row(line, difference, names[value.article])


def _quotes(quotes: Sequence[Quote], names: Mapping[str, str]) -> Iterator[Row]:
    if quotes:
        yield Row(Content("Quotations"), right=str(len(quotes)))
    for quote in quotes:
        places: dict[str, Stretch] = {
            span.article: (span.paragraph, span.start, span.end) for span in quote.spans
        }
        speaker = Content.styled(clean(quote.speaker or "Who said it is not stated"), "bold")
        yield Row(speaker, Difference(places), f"in {len(places)}")
        for span in quote.spans:
            line = Content(f"    {clean(span.text)}")
            yield Row(line, Difference(places, article=span.article), names[span.article])


def _entities(comparison: Comparison, names: Mapping[str, str]) -> Iterator[Row]:
    groups = [
        ("Named in several", comparison.entities.shared),
        *(
            (f"Only in {names[article]}", entities)
            for article, entities in comparison.entities.only.items()
        ),
    ]
    for title, entities in groups:
        if entities:
            yield Row(Content(title), right=str(len(entities)))
        for entity in entities:
            name = Content(f"    {clean(entity.name)}")
            yield Row(name, Difference({}, entity), LOOK[entity.type].label.lower())
