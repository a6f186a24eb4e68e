"""The lines of printed pages, and which of them are running heads and feet and page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_MARGIN = 0.12
"""The part of a page, at its top and at its bottom, in which running heads and feet stand."""
_OUTER = 3
"""The lines nearest to an edge among which they are."""
_SAME_DEPTH = 0.006
_FEW_PAGES = 5
_CLOSE = 1.9
"""Heights of the type; what stands as close to a line of the same size goes with it."""
SAME_SIZE = 0.12
"""The part by which the heights of lines in one size may differ: other fonts reach higher."""

_NUMBERED = re.compile(
    r"(?:page|p\.|seite|página|pág\.|pagina|стр\.|страница|صفحة)\s*\d{1,4}"
    r"(?:\s*(?:of|/|de|von|di|из|من)\s*\d{1,4})?"
    r"|\d{1,4}\s*(?:of|/|de|von|di|из)\s*\d{1,4}|[-–—|•]\s*\d{1,4}\s*[-–—|•]",
    re.IGNORECASE,
)
_AT_AN_END = re.compile(r"^\d{1,4}(?= )|(?<= )\d{1,4}$")
_LONGEST = 120
"""Characters of a running head with a page number."""
_BARE_NUMBER = re.compile(r"\d{1,4}")
# Browsers print the time and the title above a page, and its address and number below it.
_PRINTED_AT = re.compile(r"\d{1,4}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}[:.]\d\d(?:\s?[AP]M)?\b.*", re.I)
_PRINTED_FROM = re.compile(r"(?:https?|file)://\S+(?:\s+\d{1,4}/\d{1,4})?")


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


def running_heads(lines: Sequence[Line]) -> set[int]:
    """Gives the indices of running heads and feet and of page numbers."""
    outer = list(_outer(lines))
    found = _apart(lines, _recurring(lines, outer) | _counting(lines, outer))
    bare = {index for index in outer if _BARE_NUMBER.fullmatch(lines[index].text)}
    steps = Counter(int(lines[index].text) - lines[index].page for index in bare)
    for index in outer:
        line = lines[index]
        step = int(line.text) - line.page if index in bare else None
        if (
            _NUMBERED.fullmatch(line.text)
            or (step is not None and (step == 0 or steps[step] > 1))
            or (line.depth < _MARGIN and _PRINTED_AT.fullmatch(line.text))
            or (line.depth > 1 - _MARGIN and _PRINTED_FROM.fullmatch(line.text))
        ):
            found.add(index)
    return found


def _outer(lines: Sequence[Line]) -> Iterator[int]:
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


def _recurring(lines: Sequence[Line], outer: Sequence[int]) -> set[int]:
    """Those that say the same, numbers aside, in the same place of several pages."""
    pages: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for index in outer:
        line = lines[index]
        pages[_letters(line.text), round(line.depth / _SAME_DEPTH)].add(line.page)
    often = 2 if lines and lines[-1].page <= _FEW_PAGES else 3
    found = set()
    for index in outer:
        letters, depth = _letters(lines[index].text), round(lines[index].depth / _SAME_DEPTH)
        near = (pages.get((letters, each), ()) for each in (depth - 1, depth, depth + 1))
        if len(letters) > 2 and sum(map(len, near)) >= often:
            found.add(index)
    return found


def _counting(lines: Sequence[Line], outer: Sequence[int]) -> set[int]:
    """Those that begin or end with a number which grows with the pages, whatever else they say."""
    steps: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for index in outer:
        line = lines[index]
        if len(line.text) < _LONGEST and (number := _AT_AN_END.search(line.text)):
            depth = round(line.depth / _SAME_DEPTH)
            steps[int(number[0]) - line.page, depth].append(index)
    return {index for each in steps.values() if len(each) >= 3 for index in each}


def _apart(lines: Sequence[Line], found: set[int]) -> set[int]:
    """Those of the lines that do not belong to the text beside them."""
    waiting = list(found)
    while waiting:
        index = waiting.pop()
        for beside in (index - 1, index + 1):
            if (
                index in found
                and 0 <= beside < len(lines)
                and beside not in found
                and _is_close(lines[index], lines[beside])
            ):
                found.discard(index)
                waiting += found.intersection((index - 1, index + 1))
    return found


def _is_close(line: Line, other: Line) -> bool:
    """Whether two lines may be lines of one paragraph."""
    same_size = abs(line.height - other.height) <= SAME_SIZE * line.height
    near = 0.6 * line.height < abs(line.base - other.base) < _CLOSE * line.height
    return line.page == other.page and same_size and near


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text)).casefold()
