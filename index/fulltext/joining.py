"""Names that one writer writes in one word and another in two: Hamid Reza and Hamidreza,
Abd al-Karim and Abdulkarim, Badr al-Din and Badreddine, Al-Otaibi and Alotaibi.

Such a name is looked for in the other writing only where the typed one is not that of the
collection, or has the Arabic article in it; words that are no names are never joined or parted.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.fulltext.expansion import SPELLING_WEIGHT, is_name, other_spellings
from index.fulltext.phrases import Family
from index.fulltext.reading import Collection

ARTICLES = frozenset({"al", "el", "ul", "ad", "an", "ar", "as", "ash", "at", "az"})
"""Forms of the Arabic article."""
SHORTEST_PART = 3
"""Letters that a part of a parted name must have."""
MOST_WORDS = 16
"""Words of a query that are tried as parts of names."""


def joined(collection: Collection, words: Sequence[str]) -> list[dict[str, float]]:
    """Gives for each word of a query the names, with weights, that it is written in as a part."""
    names: list[dict[str, float]] = [{} for _ in words]
    for start in range(min(len(words), MOST_WORDS) - 1):
        for end in (start + 2, start + 3):
            parts = words[start:end]
            if end > len(words) or not _may_join(collection, parts):
                continue
            whole = {name for form in _together(parts) for name in _names_like(collection, form)}
            for found in names[start:end]:
                found.update(dict.fromkeys(whole - set(parts), SPELLING_WEIGHT))
    return names


def parted(collection: Collection, word: str) -> list[list[Family]]:
    """Gives the phrases, each word of them a family, that a name of one word may be written as."""
    phrases: list[list[Family]] = []
    for at in range(2, len(word) - SHORTEST_PART + 1):
        first, last = word[:at], word[at:]
        lasts = _family(collection, last)
        if not lasts:
            continue
        if first in ARTICLES:
            phrases.append([Family(lasts)])
            continue
        if len(first) >= SHORTEST_PART and (firsts := _family(collection, first)):
            phrases.append([Family(firsts), Family(lasts)])
        if first[-2:] in ARTICLES and (firsts := _family(collection, first[:-2])):
            article = dict.fromkeys(ARTICLES, 1.0)
            phrases.append([Family(firsts), Family(article), Family(lasts)])
    return phrases


def _may_join(collection: Collection, parts: Sequence[str]) -> bool:
    if len(parts) == 3:
        return parts[1] in ARTICLES
    return parts[0] in ARTICLES or not all(collection.occurs(part) for part in parts)


def _together(parts: Sequence[str]) -> list[str]:
    """Gives the ways to write parts as one word; the article may take on the next letter."""
    forms = ["".join(parts)]
    if len(parts) == 3:
        first, _, last = parts
        forms += [f"{first}a{last[0]}{last}", f"{first}{last}"]
    return forms


def _names_like(collection: Collection, word: str) -> list[str]:
    same = [word] if is_name(collection, [word]) else []
    return same + other_spellings(collection, word, [word])


def _family(collection: Collection, word: str) -> dict[str, float]:
    return dict.fromkeys(_names_like(collection, word), SPELLING_WEIGHT)
