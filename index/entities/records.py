"""Entity records from mentions and the links between their names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from index.model import Entity, EntityType, Mention


def entities_of(
    mentions: Iterable[Mention],
    links: Mapping[tuple[EntityType, str], tuple[str, str]],
) -> list[Entity]:
    """Gives the entities of some mentions, most mentions first, as `link` joined their names.

    Mentions in a title (an article, but no paragraph) count for spellings and articles, and are
    left out of `Entity.mentions`. A mention whose name has no link is left out altogether.
    """
    kept: dict[str, list[Mention]] = defaultdict(list)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    articles: dict[str, dict[str, None]] = defaultdict(dict)
    shown: dict[str, tuple[str, EntityType]] = {}
    for mention in mentions:
        linked = links.get((mention.type, mention.name or mention.text))
        if linked is None:
            continue
        entity, name = linked
        shown[entity] = (name, mention.type)
        forms[entity][mention.text] += 1
        if mention.article is not None:
            articles[entity][mention.article] = None
        if mention.article is None or mention.paragraph is not None:
            kept[entity].append(replace(mention, entity=entity))
    found = []
    for entity, (name, kind) in shown.items():
        other = sorted(
            (form for form in forms[entity] if form != name),
            key=lambda form: (-forms[entity][form], form),
        )
        found.append(
            Entity(
                entity,
                name,
                kind,
                tuple(other),
                tuple(kept.get(entity, ())),
                tuple(articles.get(entity, ())),
            )
        )
    found.sort(key=lambda e: (-len(e.mentions), e.name, e.id))
    return found
