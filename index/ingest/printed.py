"""Printed lines become paragraphs again: running heads go, lines join, also over columns and pages.

A page description knows only where signs stand. What makes a paragraph there is what makes it for
a reader: a gap, an indent, a line that ends early, another size of type.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_MARGIN = 0.12
"""The part of a page, at its top and at its bottom, in which running heads and feet stand."""
_OUTER = 3
"""The lines nearest to an edge among which they are."""
_FEW_PAGES = 5
_AROUND = 12
"""Lines before and after one that show where its column begins and ends."""
_GAP = 1.25
"""Times the usual distance between lines; a wider one parts paragraphs."""
_WIDEST_GAP = 2.6
"""The same in heights of the type, wherever no usual distance is known."""
_INDENT = 0.6
"""Heights of the type; what is set in by more begins a paragraph."""
_LARGE = 1.15
"""Times the size of the body; larger type is a headline, whose lines end where they like."""
_SAME_SIZE = 0.08

_LIST_ITEM = re.compile(r"(?:[-*•·▪◦‣–—\uf0b7]|\(?\d{1,2}[.)]|[a-z][.)])\s")
_SENTENCE_END = re.compile(r"[.!?:…。؟۔।][\"'”’»)\]]*$")
_NUMBERED = re.compile(
    r"(?:page|p\.|seite|página|pág\.|pagina|стр\.|страница|صفحة)\s*\d{1,4}"
    r"(?:\s*(?:of|/|de|von|di|из|من)\s*\d{1,4})?"
    r"|\d{1,4}\s*(?:of|/|de|von|di|из)\s*\d{1,4}|[-–—|•]\s*\d{1,4}\s*[-–—|•]",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\d{1,4}")
# Browsers print the time and the title above a page, and its address and number below it.
_PRINTED_AT = re.compile(r"\d{1,4}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}[:.]\d\d(?:\s?[AP]M)?\b.*", re.I)
_PRINTED_FROM = re.compile(r"(?:https?|file)://\S+(?:\s+\d{1,4}/\d{1,4})?")
_ADDRESS = re.compile(r"https?://[^\s…]+(?=\s|$)")


@dataclass(slots=True)
class Line:
    """A line as it stands on a page. Lengths are in points, from the left and from the bottom."""

    text: str
    page: int
    """From 1."""
    left: float
    right: float
    base: float
    height: float
    """From the lowest to the highest that the type reaches: its size, more or less."""
    depth: float
    """How far down the page it stands: 0 at the top, 1 at the bottom."""
    broken: bool = False
    """Whether it ends in the middle of a word, at a hyphen that is not in its text."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The paragraphs of a printed document."""

    paragraphs: list[str]
    pages: list[int]
    """The page on which each begins."""
    address: str | None
    """The web address that its running heads state."""


def printed(lines: Sequence[Line]) -> Printed:
    """Gives the paragraphs that lines in reading order make up, without heads and page numbers."""
    marginal = _marginal(lines)
    if len(marginal) == len(lines):
        marginal = set()
    kept = [line for index, line in enumerate(lines) if index not in marginal]
    addresses = {found[0] for index in marginal for found in _ADDRESS.finditer(lines[index].text)}
    paragraphs, pages = _joined(kept)
    return Printed(paragraphs, pages, addresses.pop() if len(addresses) == 1 else None)


def _marginal(lines: Sequence[Line]) -> set[int]:
    """The indices of running heads and feet and of page numbers."""
    outer = list(_outer(lines))
    total = lines[-1].page if lines else 0
    heads: defaultdict[str, set[int]] = defaultdict(set)
    steps: Counter[int] = Counter()
    for index in outer:
        line = lines[index]
        heads[_letters(line.text)].add(line.page)
        if _BARE_NUMBER.fullmatch(line.text):
            steps[int(line.text) - line.page] += 1
    often = 2 if total <= _FEW_PAGES else 3
    found = set()
    for index in outer:
        line = lines[index]
        letters = _letters(line.text)
        if (
            (len(letters) > 2 and len(heads[letters]) >= often)
            or _NUMBERED.fullmatch(line.text)
            or (line.depth < _MARGIN and _PRINTED_AT.fullmatch(line.text))
            or (line.depth > 1 - _MARGIN and _PRINTED_FROM.fullmatch(line.text))
        ):
            found.add(index)
        elif _BARE_NUMBER.fullmatch(line.text):
            step = int(line.text) - line.page
            if step == 0 or steps[step] > 1:
                found.add(index)
    return found


def _outer(lines: Sequence[Line]) -> Iterable[int]:
    """The indices of the lines nearest to the upper and lower edges of their pages."""
    pages: defaultdict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if not _MARGIN <= line.depth <= 1 - _MARGIN:
            pages[line.page].append(index)
    for indices in pages.values():
        indices.sort(key=lambda index: lines[index].depth)
        top = [index for index in indices if lines[index].depth < 0.5][:_OUTER]
        bottom = [index for index in indices if lines[index].depth > 0.5][-_OUTER:]
        yield from top
        yield from bottom


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text)).casefold()


def _joined(lines: Sequence[Line]) -> tuple[list[str], list[int]]:
    """The paragraphs of the lines, and the pages on which they begin."""
    body, pitches = _measures(lines)
    paragraphs: list[list[Line]] = []
    for index, line in enumerate(lines):
        if index and _goes_on(lines, index, paragraphs[-1], body, pitches):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    compounds = {word for line in lines if "-" in line.text for word in line.text.split()}
    return (
        [_text(paragraph, compounds) for paragraph in paragraphs],
        [paragraph[0].page for paragraph in paragraphs],
    )


def _measures(lines: Sequence[Line]) -> tuple[float, dict[int, float]]:
    """The size of the body, and the usual distance between lines for each size of type."""
    sizes: Counter[int] = Counter()
    distances: defaultdict[int, list[float]] = defaultdict(list)
    for index, line in enumerate(lines):
        sizes[round(line.height)] += len(line.text)
        if index and lines[index - 1].page == line.page:
            distance = lines[index - 1].base - line.base
            if 0.6 * line.height < distance < _WIDEST_GAP * line.height:
                distances[round(line.height)].append(distance)
    body = sizes.most_common(1)[0][0] if sizes else 0
    # The lower quartile: in lists and short paragraphs most distances are those between them.
    return body, {size: sorted(each)[len(each) // 4] for size, each in distances.items()}


def _goes_on(
    lines: Sequence[Line],
    index: int,
    paragraph: Sequence[Line],
    body: float,
    pitches: dict[int, float],
) -> bool:
    """Whether a line goes on with the paragraph before it."""
    before, line = lines[index - 1], lines[index]
    if abs(before.height - line.height) > _SAME_SIZE * max(before.height, line.height):
        return before.broken and before.page == line.page
    if before.broken:
        return True
    if _LIST_ITEM.match(line.text):
        return False
    left, right = _column(lines, index - 1)
    ended = bool(_SENTENCE_END.search(before.text))
    full = _is_full(before, line, right)
    if line.page != before.page or line.base > before.base + 0.5 * line.height:
        return not ended and (line.text[:1].islower() or full or len(paragraph) > 1)
    distance = before.base - line.base
    usual = pitches.get(round(line.height), line.height)
    if distance > min(_GAP * usual, _WIDEST_GAP * line.height):
        return False
    large = line.height > _LARGE * body
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
    return full or not (ended or not line.text[:1].islower())


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
            if abs(other.height - line.height) <= _SAME_SIZE * line.height:
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
        start, end = text.rpartition(" ")[2], line.text.partition(" ")[0]
        parted = start[-1:].islower() and end[:1].islower() and f"{start}-{end}" not in compounds
        text += line.text if parted else "-" + line.text
    return text
