"""Drawing one line of an article: its text and every mark on it, as a strip of cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip

from index.model import EntityType, Mention, ParagraphKind
from tui.entity_styles import LOOK, SHARED
from tui.layout import FACTS, TITLE, Layout, Line, LineKind
from tui.marks import Marks

GUTTER = 2
"""Cells to the left of the text: a sign and a space."""

CURRENT_SIGN = "❯"
LIT_SIGN = "▌"
ALIGNED_SIGN = "│"

MATCH = "article--match"
CURRENT = "article--current"
COMPONENTS = frozenset(
    {"article--title", "article--facts", "article--quiet", "article--fold", "article--sign"}
    | {"article--place"}
    | {"article--aligned", "article--passage", "article--selected-entity", MATCH, CURRENT}
)


@dataclass(slots=True)
class Marking:
    """Everything that is marked on an article."""

    mentions: Marks[Mention] = field(default_factory=Marks)
    matches: Marks[None] = field(default_factory=Marks)
    """What the search looked for, or what is being looked for inside the article."""
    current: int | None = None
    """The number of the match that n and N stand on."""
    passages: Marks[None] = field(default_factory=Marks)
    """What other articles shown say too."""
    lit: Marks[None] = field(default_factory=Marks)
    """What is lit up, here and in the other articles."""
    hidden: frozenset[EntityType] = frozenset()
    shared: frozenset[str] = frozenset()
    """Entities that other articles shown name too."""
    entity: str | None = None
    """The entity that is selected."""


class _Still(int):
    """A number that stays the same whatever is added.

    The compositor adds the cell under the mouse to the offset of a segment. A margin stands for
    one place in the text, however far to the left the mouse is.
    """

    def __add__(self, other: int) -> int:
        return self


def _at(offset: int, block: int) -> Style:
    return Style.from_meta({"offset": (offset, block)})


def paint(
    layout: Layout,
    line: Line,
    width: int,
    margin: int,
    marking: Marking,
    styles: Mapping[str, Style],
    selected: tuple[int, int] | None,
) -> Strip:
    """Draws a line on `width` cells, its gutter beginning at `margin`.

    `styles` holds a style for each component class, one for plain text as "" and one for
    selected text as "selection". `selected` is the stretch of the line's block that is selected
    with the mouse; -1 as its end stands for the end of the block.

    Every segment carries the place it stands for (offset, block) for selecting, and a fold's line
    its number as `fold`.
    """
    plain = styles[""]
    if line.kind is LineKind.BLANK:
        end = len(layout.blocks[line.block].text) if line.block >= 0 else 0
        at = plain + _at(_Still(end), max(0, line.block))
        if not line.place:
            return Strip([Segment(" " * width, at)], width)
        named = Content(line.place).truncate(layout.width, ellipsis=True)
        left = margin + GUTTER + layout.width - named.cell_length
        segments = [
            Segment(" " * left, at),
            Segment(named.plain, at + styles["article--place"]),
        ]
        return Strip(segments).adjust_cell_length(width, plain)
    if line.kind is LineKind.FOLD:
        fold = layout.folds[line.fold]
        text = f"{'▾' if line.fold in layout.opened else '▸'} {fold.label}"
        if cell_len(text) > layout.width:
            text = set_cell_size(text, layout.width - 1).rstrip() + "…"
        place = Style.from_meta({"offset": (_Still(0), line.block), "fold": line.fold})
        segments = [
            Segment(" " * (margin + GUTTER), plain + place),
            Segment(text, plain + styles["article--fold"] + place),
        ]
        return Strip(segments).adjust_cell_length(width, plain)
    sign, pieces = _text(layout, line, marking, styles, selected)
    segments = _left(margin, sign, _at(_Still(line.start), line.block), styles)
    for start, end, style in pieces:
        text = layout.blocks[line.block].text[start:end]
        segments.append(Segment(text, style + _at(start, line.block)))
    used = sum(cell_len(segment.text) for segment in segments)
    after = plain + _at(_Still(line.end), line.block)
    segments.append(Segment(" " * max(0, width - used), after))
    return Strip(segments, max(used, width)).adjust_cell_length(width, plain)


def _left(
    margin: int, sign: tuple[str, Style] | None, place: Style, styles: Mapping[str, Style]
) -> list[Segment]:
    plain = styles[""]
    if sign is None:
        return [Segment(" " * (margin + GUTTER), plain + place)]
    mark, style = sign[0], plain + sign[1]
    return [
        Segment(" " * margin, plain + place),
        Segment(mark, style + place),
        Segment(" " * (GUTTER - 1), plain + place),
    ]


def _base(block: int, kind: ParagraphKind | None, styles: Mapping[str, Style]) -> Style:
    if block == TITLE:
        return styles[""] + styles["article--title"]
    if block == FACTS:
        return styles[""] + styles["article--facts"]
    if kind is ParagraphKind.BODY:
        return styles[""]
    return styles[""] + styles["article--quiet"]


def _text(
    layout: Layout,
    line: Line,
    marking: Marking,
    styles: Mapping[str, Style],
    selected: tuple[int, int] | None,
) -> tuple[tuple[str, Style] | None, Iterator[tuple[int, int, Style]]]:
    """The sign of a line of text, and its pieces: stretches of the block with their styles."""
    block, first, last = line.block, line.start, line.end
    over: list[tuple[int, int, Style]] = []
    sign = None
    if any(marking.passages.within(block, first, last)):
        sign = (ALIGNED_SIGN, styles["article--aligned"])
    for _, passage in marking.lit.within(block, first, last):
        over.append((passage.start, passage.end, styles["article--passage"]))
        sign = (LIT_SIGN, styles["article--sign"])
    for _, mention in marking.mentions.within(block, first, last):
        entity, kind = mention.value.entity, mention.value.type
        if kind in marking.hidden:
            continue
        style = styles[LOOK[kind].component]
        if entity is not None and entity in marking.shared:
            style += styles[SHARED]
        if entity is not None and entity == marking.entity:
            style += styles["article--selected-entity"]
        over.append((mention.start, mention.end, style))
    for number, match in marking.matches.within(block, first, last):
        current = number == marking.current
        over.append((match.start, match.end, styles[CURRENT if current else MATCH]))
        if current:
            sign = (CURRENT_SIGN, styles["article--sign"])
    if selected is not None:
        start, end = selected
        over.append((start, last if end == -1 else end, styles["selection"]))
    base = _base(block, layout.blocks[block].kind, styles)
    return sign, _pieces(first, last, base, over)


def _pieces(
    first: int, last: int, base: Style, over: list[tuple[int, int, Style]]
) -> Iterator[tuple[int, int, Style]]:
    """Cuts a stretch where a style begins or ends; later styles lie over earlier ones."""
    cuts = {first, last}
    for start, end, _ in over:
        cuts |= {min(max(start, first), last), min(max(end, first), last)}
    places = sorted(cuts)
    for start, end in pairwise(places):
        style = base
        for a, b, layer in over:
            if a <= start and end <= b:
                style += layer
        yield start, end, style
