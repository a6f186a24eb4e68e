"""Printed lines become paragraphs again: running heads go, lines join, also over columns and pages.

A page description knows only where signs stand. What makes a paragraph there is what makes it for
a reader: a gap, an indent, a line that ends early, another size of type.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.ingest.documents.running_heads import SAME_SIZE, Line, running_heads

_AROUND = 12
"""Lines before and after one that show where its column begins and ends."""
_GAP = 1.25
"""Times the usual distance between lines; a wider one parts paragraphs."""
_WIDEST = 1.6
"""Heights of the type; the widest distance that is taken for the usual one."""
_INDENT = 0.6
"""Heights of the type; what is set in by more begins a paragraph."""
_LONG = 0.7
"""The part of a column that a line has to fill to go on without the end of a sentence."""
_LARGE = 1.15
"""Times the size of the body; larger type is a headline, whose lines end where they like."""
_WORD = 60
"""Characters of the longest word that is put together."""
_HEADLINE = 1.25
"""Times the size of the body; the title of an article is at least as large, and has at least"""
_WORDS = 5
_BELOW = 4
"""Paragraphs among which a headline stands below the name of a paper."""
_ENOUGH = 200
"""Characters of text on the page of a headline."""
_LONGEST = 250
"""Characters of a title."""

_LIST_ITEM = re.compile(r"(?:[-*•·▪◦‣–—\uf0b7]|\(?\d{1,2}[.)]|[a-z][.)])\s")
_SENTENCE_END = re.compile(r"[.!?:…。؟۔।][\"'”’»)\]]*$")
_ADDRESS = re.compile(r"https?://[^\s…]+(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Printed:
    """The paragraphs of a printed document."""

    paragraphs: list[str]
    pages: list[int]
    """The page on which each begins."""
    address: str | None
    """The web address that its running heads state."""
    headline: str | None
    """What is in the largest type on the first page, if that is large and of several words."""


@dataclass(frozen=True, slots=True)
class _Style:
    """How a document is set."""

    body: float
    """The size of its body."""
    pitches: dict[int, float]
    """The usual distance between lines for each size of type."""
    indented: bool
    """Whether the first lines of its paragraphs are set in."""
    parted: bool
    """Whether they are, or there are gaps between paragraphs."""


def printed(lines: Sequence[Line]) -> Printed:
    """Gives the paragraphs that lines in reading order make up, without heads and page numbers."""
    marginal = running_heads(lines)
    if len(marginal) == len(lines):
        marginal = set()
    kept = [line for index, line in enumerate(lines) if index not in marginal]
    addresses = {found[0] for index in marginal for found in _ADDRESS.finditer(lines[index].text)}
    style = _style(kept)
    joined: list[list[Line]] = []
    for index, line in enumerate(kept):
        if index and _goes_on(kept, index, joined[-1], style):
            joined[-1].append(line)
        else:
            joined.append([line])
    compounds = {word for line in kept if "-" in line.text for word in line.text.split()}
    paragraphs = [_text(each, compounds) for each in joined]
    return Printed(
        paragraphs,
        pages=[each[0].page for each in joined],
        address=addresses.pop() if len(addresses) == 1 else None,
        headline=_headline(paragraphs, joined, style.body),
    )


def _headline(
    paragraphs: Sequence[str], joined: Sequence[Sequence[Line]], body: float
) -> str | None:
    """The text in the largest type of the first page, where the text of the article is there too.

    Fewer words are the name of a paper or a section; then the headline stands below.
    """
    first = [
        (lines[0].height, text)
        for text, lines in zip(paragraphs, joined, strict=True)
        if lines[0].page == joined[0][0].page
    ]
    if sum(len(text) for height, text in first if height <= _LARGE * body) < _ENOUGH:
        return None
    while first:
        largest = max(first, key=lambda each: each[0])
        height, text = largest
        if height <= _HEADLINE * body or len(text) > _LONGEST:
            return None
        if text.count(" ") >= _WORDS - 1:
            return text
        after = first.index(largest) + 1
        first = first[after : after + _BELOW]
    return None


def _style(lines: Sequence[Line]) -> _Style:
    """How the document is set."""
    sizes: Counter[int] = Counter()
    distances: defaultdict[int, list[float]] = defaultdict(list)
    indents = 0
    for index, line in enumerate(lines):
        sizes[round(line.height)] += len(line.text)
        if not index or lines[index - 1].page != line.page:
            continue
        before = lines[index - 1]
        distance = before.base - line.base
        if 0.6 * line.height < distance < 2 * _WIDEST * line.height:
            distances[round(line.height)].append(distance)
            step = (line.left - before.left) / line.height
            indents += _INDENT < step < 4 and bool(_SENTENCE_END.search(before.text))
    body = sizes.most_common(1)[0][0] if sizes else 0
    # The lower quartile: in lists and short paragraphs most distances are those between them.
    pitches = {size: sorted(each)[len(each) // 4] for size, each in distances.items()}
    usual = pitches.get(body, 0.0)
    gaps = sum(distance > _GAP * usual for distance in distances[body])
    often = max(2, len(lines) / 25)
    return _Style(body, pitches, indented=indents > often, parted=max(indents, gaps) > often)


def _goes_on(
    lines: Sequence[Line],
    index: int,
    paragraph: Sequence[Line],
    style: _Style,
) -> bool:
    """Whether a line goes on with the paragraph before it."""
    before, line = lines[index - 1], lines[index]
    if abs(before.height - line.height) > SAME_SIZE * max(before.height, line.height):
        return before.broken and before.page == line.page
    if before.broken:
        return True
    if _LIST_ITEM.match(line.text):
        return False
    left, right = _column(lines, index - 1)
    ended = bool(_SENTENCE_END.search(before.text))
    full = _is_full(before, line, right)
    if line.page != before.page or line.base > before.base + 0.5 * line.height:
        if ended and style.indented and len(paragraph) > 1:
            return full and line.left < _column(lines, index)[0] + 0.5 * line.height
        return not ended and (line.text[:1].islower() or full or len(paragraph) > 1)
    distance = before.base - line.base
    usual = style.pitches.get(round(line.height), line.height)
    if distance > _GAP * min(usual, _WIDEST * line.height):
        return False
    large = line.height > _LARGE * style.body
    centred = all(
        abs(each.left + each.right - left - right) < 0.5 * each.height for each in (before, line)
    )
    # Also an indented line may happen to stand in the middle.
    inset = before.left > left + 1 or line.left > left + 3 * line.height
    if large or (centred and inset):
        return True
    first = len(paragraph) == 1
    step = line.left - before.left
    if step > _INDENT * line.height and not (first and _LIST_ITEM.match(before.text)):
        return not ended and line.text[:1].islower()
    if step < -_INDENT * line.height and not first and ended:
        return False
    if first and ended and min(before.left, line.left) > left + _INDENT * line.height:
        # Each of the two is a first line that is set in.
        return False
    if style.parted and before.right > left + _LONG * (right - left):
        # What begins a paragraph here is a gap or an indent.
        return True
    if full or ended or line.text[:1].islower():
        return full or not ended
    # A name begins the line, or a paragraph does.
    return len(paragraph) > 1 and before.right > left + _LONG * (right - left)


def _column(lines: Sequence[Line], index: int) -> tuple[float, float]:
    """Where the column begins and ends in which a line stands."""
    line = lines[index]
    left, right = line.left, line.right
    for direction in (-1, 1):
        last = line
        for near in range(index + direction, index + direction * (_AROUND + 1), direction):
            if not 0 <= near < len(lines):
                break
            other = lines[near]
            upwards = (last.base - other.base) * direction < -0.5 * line.height
            if other.page != line.page or upwards:
                break
            last = other
            if abs(other.height - line.height) <= SAME_SIZE * line.height:
                left, right = min(left, other.left), max(right, other.right)
    return left, right


def _is_full(line: Line, after: Line, right: float) -> bool:
    """Whether the next line's first word would not have fitted, give or take a letter."""
    letter = (after.right - after.left) / max(len(after.text), 1)
    word = len(after.text.partition(" ")[0])
    return line.right + (word + 2) * letter > right


def _text(paragraph: Sequence[Line], compounds: set[str]) -> str:
    """The text of the lines of a paragraph, words put together that were parted at line ends."""
    text = paragraph[0].text
    for before, line in pairwise(paragraph):
        if not before.broken:
            text += " " + line.text
            continue
        start, end = text[-_WORD:].rpartition(" ")[2], line.text.partition(" ")[0]
        parted = start[-1:].islower() and end[:1].islower() and f"{start}-{end}" not in compounds
        text += line.text if parted else "-" + line.text
    return text
