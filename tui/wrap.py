"""Breaking text into lines that fit a number of cells, fast enough for megabytes.

A line is a half-open range of characters; the spaces it was broken at belong to no line. Nothing
is copied, so a mark's offsets in the text stay good on every line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rich.cells import get_character_cell_size

_ONE_CELL = "\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u203b\u20a0-\u20bf"
"""Characters that take one cell everywhere: Latin, Greek, Cyrillic, quotation marks, dashes."""
_NOT_ONE_CELL = re.compile(f"[^{_ONE_CELL}]")
_SPACES = " \u1680\u2000-\u2006\u2008-\u200a\u3000"
"""Where a line may end; a no-break space is none of them."""
_NOT_FIRST = frozenset("、。，．：；？！）」』】〕》〉…％,.!?:;)]}»”’")
"""Closing punctuation that begins no line where text is written without spaces."""
_GLUE = frozenset("\u200d\ufe0e\ufe0f")
"""Joins what stands on either side into one sign, or says how the sign before it looks."""


def wrap(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Gives the lines of a text, as ranges of characters, none wider than `width` cells.

    Lines end at spaces, after a hyphen or dash inside a long word, and between wide characters; a
    word longer than a line is cut. Only a column of one cell can't hold a wide character: there
    it stands alone and is cropped by whoever draws it. Empty text gives one empty line.
    """
    width = max(1, width)
    lines = _wrap_wide(text, width) if _NOT_ONE_CELL.search(text) else _wrap_narrow(text, width)
    first = next(lines, None)
    yield first if first is not None else (0, 0)
    yield from lines


def _wrap_narrow(text: str, width: int) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _pattern(width).finditer(text))


@lru_cache(maxsize=64)
def _pattern(width: int) -> re.Pattern[str]:
    some = f"[^{_SPACES}]"
    end = rf"(?<={some})(?!{some})|(?<=\w\w\w[-–—])(?=\w\w\w)"
    return re.compile(rf"{some}.{{0,{width - 1}}}(?:{end})|{some}{{1,{width}}}")


class _Widths(dict[str, int]):
    """Cells by character. A selector or joiner counts as one at most: never too few."""

    def __missing__(self, character: str) -> int:
        size = 1 if character == "\ufe0f" else get_character_cell_size(character)
        self[character] = size
        return size


_WIDTHS = _Widths()
_SPACE = re.compile(f"[{_SPACES}]")
_WORD = re.compile(f"[^{_SPACES}]")


def _wrap_wide(text: str, width: int) -> Iterator[tuple[int, int]]:
    at = 0
    while found := _WORD.search(text, at):
        start = found.start()
        end = _fits(text, start, width)
        if end < len(text) and not _SPACE.match(text, end):
            end = _break(text, start, end)
        at = end
        while _SPACE.match(text, end - 1):
            end -= 1
        yield start, end


def _fits(text: str, start: int, width: int) -> int:
    """How far a line from `start` can reach, at least one character."""
    end, cells = start, 0
    limit = min(len(text), start + 8 * width)  # signs of no width must not make endless lines
    while end < limit:
        for size in map(_WIDTHS.__getitem__, text[end : min(end + width, limit)]):
            cells += size
            if cells > width:
                return max(start + 1, end)
            end += 1
    return end


def _break(text: str, start: int, end: int) -> int:
    """The best place to end a line that can reach `end` and has text left after it."""
    for at in range(end, start, -1):
        before, after = text[at - 1], text[at]
        if _SPACE.match(before):
            return at
        if after in _GLUE or before == "\u200d" or _WIDTHS[after] == 0 or after in _NOT_FIRST:
            continue
        if _WIDTHS[after] == 2 or _WIDTHS[before] == 2:
            return at
        if before in "-–—" and text[max(start, at - 4) : at - 1].isalnum() and after.isalnum():
            return at
    for at in range(end, start, -1):
        if text[at] not in _GLUE and text[at - 1] != "\u200d" and _WIDTHS[text[at]] != 0:
            return at
    return end
