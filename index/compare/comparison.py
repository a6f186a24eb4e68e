"""Articles set against each other, in one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.compare.figures import figures
from index.compare.passages import passages
from index.compare.quotes import quotes
from index.compare.weights import Weights
from index.model import Article, Comparison, Entity, EntityComparison, Mention


def compare(
    articles: Sequence[Article],
    entities: Sequence[Entity],
    mentions: Mapping[str, Sequence[Mention]],
) -> Comparison:
    """Sets two or more articles against each other, in the order given.

    `entities` are those of the articles, most mentions first, and `mentions` the mentions of each
    article by its id; an entity belongs to the articles it names or is mentioned in. An article
    given twice counts once.
    """
    weights = Weights(articles)
    return Comparison(
        articles=tuple(weights.articles),
        passages=passages(weights),
        figures=figures(weights),
        quotes=quotes(weights),
        entities=compare_entities([article.id for article in weights.articles], entities, mentions),
    )


def compare_entities(
    ids: Sequence[str], entities: Sequence[Entity], mentions: Mapping[str, Sequence[Mention]]
) -> EntityComparison:
    """Tells the entities that two or more of the articles name from those of one alone."""
    named = {i: {m.entity for m in mentions.get(i, ())} for i in ids}
    shared: list[Entity] = []
    only: dict[str, list[Entity]] = {i: [] for i in ids}
    for entity in entities:
        where = [i for i in ids if i in entity.articles or entity.id in named[i]]
        if len(where) > 1:
            shared.append(entity)
        elif where:
            only[where[0]].append(entity)
    return EntityComparison(tuple(shared), {i: tuple(alone) for i, alone in only.items()})
