"""The lines of one article in a list: its title, where and when it appeared, its snippet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice

from rich.cells import cell_len

from index.model import Hit, ParagraphKind, Snippet
from tui.text import clean, count, facts, one_line
from tui.wrap import wrap

BEFORE_MATCH = 0.4
"""The part of a snippet's room that the words before its first match may take."""

NEW = "new · "
"""What stands before the facts of an article that a saved search had not found before."""
IN_FURNITURE = "in site furniture: "
"""What stands before words that the site says, and not the article."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line, where the words looked for stand in it, and what it is."""

    text: str = ""
    matches: tuple[tuple[int, int], ...] = ()
    part: str = "snippet"
    remark: int = 0
    """So many characters at its beginning are not of the article."""
    sign: int = 0
    """So many characters at its beginning are a sign to be seen from afar."""


def lines_of(hit: Hit | None, room: int, height: int, *, new: bool = False) -> list[Line]:
    """The lines of one article: its title, its facts with the number of matches, its snippet.

    Where there are lines to spare, a long title takes two. The facts of one that is `new` begin
    with that.
    """
    if hit is None:
        return [Line("…", part="facts"), *[Line()] * (height - 1)]
    title = one_line(hit.article.title)
    spans = list(islice(wrap(title, room), 2))[: height - 2]
    spans[-1] = (spans[-1][0], len(title))
    lines = [Line(title[first:last], part="title") for first, last in spans]
    matches = f" · {count(hit.matches, 'match', 'matches')}" if hit.matches else ""
    sign = NEW if new else ""
    told = sign + facts(hit.article) + matches
    if matches and cell_len(told) > room:  # The matches are worth more than the words.
        told = sign + facts(replace(hit.article, words=0)) + matches
    lines.append(Line(told, part="facts", sign=len(sign)))
    return lines + snippet_lines(hit.snippet, room, height - len(lines))


def snippet_lines(snippet: Snippet, room: int, height: int) -> list[Line]:
    """Gives the `height` lines of a snippet that hold its first match, `room` cells each.

    One of site furniture says so before anything else.
    """
    text, matches = clean(snippet.text), snippet.matches
    remark = IN_FURNITURE if snippet.kind is ParagraphKind.BOILERPLATE else ""
    cells = max(1, room * height - len(remark))
    start = 0
    if matches and matches[0][1] > cells * (1 - BEFORE_MATCH):
        wanted = max(0, matches[0][0] - int(cells * BEFORE_MATCH))
        start = min(text.find(" ", wanted) + 1 or wanted, matches[0][0])
    shown = remark + "… " * (start > 0) + text[start:]
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
            remark=max(0, min(last, len(remark)) - first),
        )
        for first, last in spans
    ]
    return (lines + [Line()] * height)[:height]
