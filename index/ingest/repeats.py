"""What an article says twice: scraped pages often hold their text two times over.

Near repeats are found by shared shingles of words (Broder, "On the resemblance and containment of
documents", 1997), so that a changed word or a comma does not hide them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

_LONG = 8
"""Words. A shorter paragraph alone may come back on purpose: an answer, a subheading."""
_OVERLAP = 0.9
_REFRAIN = 4
"""Times. What comes as often is no copying slip but a refrain: a question put to everybody."""
_SKETCH = 8
"""Shingles by which an earlier paragraph is found again: those that begin with its longest words.
Near repeats share most of theirs."""
_LONGEST = 20_000
"""Characters. Longer paragraphs are compared whole only, as text without any breaks may have
millions of words."""

_SENTENCE_ENDS = (".", "!", "?", "…", '"', "”", "’", "'", "»", ")", "]", "。", "؟", "۔", "।")
_WORD = re.compile(r"\w+")
_DECISIVE = re.compile(
    r"\d|^(?:not?|never|none|neither|nor|without|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|dozens?|hundreds?|thousands?|millions?|billions?)$"
)
"""Words that make another statement of an otherwise equal sentence."""


def repeats(paragraphs: Sequence[str], passed_over: Collection[int] = ()) -> set[int]:
    """Gives the indices of the paragraphs that say only what an earlier one said.

    Those in `passed_over` are neither compared nor counted as said. A short paragraph is a repeat
    only beside another one, in the same order as before. Paragraphs that differ in a number or a
    negation are never repeats of each other.
    """
    live = [index for index in range(len(paragraphs)) if index not in passed_over]
    if len(live) < 2:
        return set()
    first: dict[str, int] = {}
    same: dict[int, int] = {}
    for index in live:
        earlier = first.setdefault(paragraphs[index].casefold(), index)
        if earlier != index:
            same[index] = earlier
    times = Counter(same.values())
    refrains = {index for index in live if times[same.get(index, index)] + 1 >= _REFRAIN}
    same = {index: earlier for index, earlier in same.items() if index not in refrains}
    found = {index for index in same if _is_statement(paragraphs[index])}
    found |= _near(paragraphs, [i for i in live if i not in same and i not in refrains])
    if found and not same.keys() <= found:
        _join_short(live, same, found)
    return found


def _is_statement(paragraph: str) -> bool:
    """Whether a paragraph is long and ends as a sentence does, unlike the lines of a table."""
    return paragraph.count(" ") >= _LONG and paragraph.endswith(_SENTENCE_ENDS)


def _join_short(live: Sequence[int], same: dict[int, int], found: set[int]) -> None:
    """Adds the short repeats beside others, going both ways along the article."""
    for order in (live, live[::-1]):
        before: int | None = None
        for index in order:
            if index in same and before in found:
                found.add(index)
            before = index


def _near(paragraphs: Sequence[str], candidates: Sequence[int]) -> set[int]:
    """The long paragraphs of which nearly all shingles are in one earlier paragraph."""
    found: set[int] = set()
    holders: dict[tuple[str, ...], int] = {}
    for index in candidates:
        paragraph = paragraphs[index]
        if not _is_statement(paragraph) or len(paragraph) > _LONGEST:
            continue
        words = paragraph.lower().split()
        lengths = list(map(len, words))
        longest = sorted(range(len(words) - 2), key=lengths.__getitem__)[-_SKETCH:]
        sketch = [(words[i], words[i + 1], words[i + 2]) for i in longest]
        earlier = {holders[shingle] for shingle in sketch if shingle in holders}
        if any(_says_no_more(paragraph, paragraphs[other]) for other in earlier):
            found.add(index)
            continue
        for shingle in sketch:
            holders.setdefault(shingle, index)
    return found


def _says_no_more(paragraph: str, earlier: str) -> bool:
    words, known = _WORD.findall(paragraph.lower()), _WORD.findall(earlier.lower())
    shingles = set(zip(words, words[1:], words[2:], strict=False))
    shared = shingles & set(zip(known, known[1:], known[2:], strict=False))
    if not shingles or len(shared) < _OVERLAP * len(shingles):
        return False
    return set(filter(_DECISIVE.search, words)) <= set(filter(_DECISIVE.search, known))
