"""The lines of one article in a list: its title, where and when it appeared, its snippet."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from index.model import Hit, Snippet
from tui.text import clean, facts, one_line
from tui.wrap import wrap

BEFORE_MATCH = 0.4
"""The part of a snippet's room that the words before its first match may take."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line, where the words looked for stand in it, and what it is."""

    text: str = ""
    matches: tuple[tuple[int, int], ...] = ()
    part: str = "snippet"


def lines_of(hit: Hit | None, room: int, height: int) -> list[Line]:
    """The lines of one article: its title, where and when it appeared, its snippet.

    Where there are lines to spare, a long title takes two.
    """
    if hit is None:
        return [Line("…", part="facts"), *[Line()] * (height - 1)]
    title = one_line(hit.article.title)
    spans = list(islice(wrap(title, room), 2))[: height - 2]
    spans[-1] = (spans[-1][0], len(title))
    lines = [Line(title[first:last], part="title") for first, last in spans]
    lines.append(Line(facts(hit.article), part="facts"))
    return lines + snippet_lines(hit.snippet, room, height - len(lines))


def snippet_lines(snippet: Snippet, room: int, height: int) -> list[Line]:
    """Gives the `height` lines of a snippet that hold its first match, `room` cells each."""
    text, matches = clean(snippet.text), snippet.matches
    start = 0
    if matches and matches[0][1] > room * height * (1 - BEFORE_MATCH):
        wanted = max(0, matches[0][0] - int(room * height * BEFORE_MATCH))
        start = min(text.find(" ", wanted) + 1 or wanted, matches[0][0])
    shown = "… " * (start > 0) + text[start:]
    shift = len(shown) - len(text)
    spans = list(wrap(shown, room))
    if len(spans) > height:
        spans = spans[:height]
        spans[-1] = (spans[-1][0], len(shown))
    lines = [
        Line(
            shown[first:last],
            tuple(
                (max(a + shift, first) - first, min(b + shift, last) - first)
                for a, b in matches
                if a >= start and a + shift < last and b + shift > first
            ),
        )
        for first, last in spans
    ]
    return (lines + [Line()] * height)[:height]
