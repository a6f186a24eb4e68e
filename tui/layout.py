"""An article as lines for a column of some width: what the article view draws.

An article is a row of blocks: its title, the line of facts, and its paragraphs. Every place in
it is a block and an offset in that block's text, whatever the width. Runs of site furniture, and
of what the article has already said, stand behind one line each until they are opened.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import NamedTuple

from index.model import Article, ParagraphKind
from tui.text import UNDATED, clean, count
from tui.wrap import wrap

TITLE = 0
FACTS = 1
FIRST_PARAGRAPH = 2
"""The block of paragraph 0."""

_BLANK = -1
_FOLD = -2
_LABEL_PARTS = 4
"""Beginnings of furniture named on its line; the line is cut to the column anyway."""


class LineKind(Enum):
    """What a line shows."""

    TEXT = "text"
    BLANK = "blank"
    FOLD = "fold"


class Line(NamedTuple):
    """One line: `start` to `end` of its block's text; a fold's number in `fold`.

    On a blank line, `place` names the page or chapter that begins below it.
    """

    kind: LineKind
    block: int
    start: int = 0
    end: int = 0
    fold: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that is wrapped by itself. `kind` is None for the title and the facts."""

    text: str
    kind: ParagraphKind | None = None
    place: str = ""
    """Where it stands in a document with pages or chapters."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks `first` up to `last`, not included, that stand behind one line."""

    first: int
    last: int
    label: str


def block_of(paragraph: int | None) -> int:
    """The block of a paragraph; of the title for None."""
    return TITLE if paragraph is None else paragraph + FIRST_PARAGRAPH


def full_facts(article: Article) -> str:
    """The line under a title: outlet, author, date and length, as far as they are known."""
    parts = [clean(part) for part in (article.source, article.author) if part]
    if article.date is not None:
        parts.append(f"{article.date.day} {article.date:%B %Y}")
    else:
        parts.append(UNDATED)
    parts.append(count(article.words, "word"))
    return " · ".join(parts)


def _blocks(article: Article) -> tuple[Block, ...]:
    return (
        Block(clean(article.title)),
        Block(full_facts(article)),
        *(Block(clean(p.text), p.kind, clean(p.place or "")) for p in article.paragraphs),
    )


def _folds(blocks: tuple[Block, ...]) -> tuple[Fold, ...]:
    folds = []
    first = FIRST_PARAGRAPH
    while first < len(blocks):
        kind = blocks[first].kind
        last = first + 1
        while last < len(blocks) and blocks[last].kind == kind:
            last += 1
        if kind is not ParagraphKind.BODY:
            folds.append(Fold(first, last, _label(blocks[first:last], kind)))
        first = last
    return tuple(folds)


def _label(blocks: tuple[Block, ...], kind: ParagraphKind | None) -> str:
    if kind is ParagraphKind.REPEAT:
        return f"{count(len(blocks), 'paragraph')} already said above"
    named = ", ".join(block.text[:40].strip() for block in blocks[:_LABEL_PARTS])
    return f"{count(len(blocks), 'line')} of site furniture: {named}"


class Layout:
    """The lines of one article at one width.

    Lines are found as they are asked for, in order, so that the first screenful of a book is
    there at once: call `extend` until `complete`. Their number so far is `len(layout)`.
    """

    def __init__(
        self,
        article: Article,
        width: int,
        *,
        header: bool = True,
        opened: Collection[int] = (),
        like: Layout | None = None,
    ) -> None:
        """Lays out `article` for a column of `width` cells.

        `header` says whether the title and the facts have lines too, `opened` which folds are
        open. `like`, a layout of the same article, saves reading its text again.
        """
        self.width = max(1, width)
        self.blocks: tuple[Block, ...] = like.blocks if like else _blocks(article)
        self.folds: tuple[Fold, ...] = like.folds if like else _folds(self.blocks)
        self.divided = len({block.place for block in self.blocks if block.place}) > 1
        """Whether it has several pages or chapters, and so says where each begins."""
        self.opened = frozenset(opened)
        self.complete = False
        self._fold_of = {fold.first: n for n, fold in enumerate(self.folds)}
        # One entry a line, in three flat arrays: a million lines are 24 MB and no objects.
        self._block = array("q")
        self._start = array("q")
        self._end = array("q")
        self._source = self._lines(header)

    def __len__(self) -> int:
        return len(self._block)

    def extend(self, lines: int) -> None:
        """Finds up to so many further lines."""
        if self.complete or lines <= 0:
            return
        before = len(self)
        block, start, end = self._block.append, self._start.append, self._end.append
        for a, b, c in islice(self._source, lines):
            block(a)
            start(b)
            end(c)
        self.complete = len(self) - before < lines

    def finish(self) -> None:
        """Finds all lines that are left."""
        while not self.complete:
            self.extend(100_000)

    def line(self, y: int) -> Line:
        """The line at `y`, counted from 0. Raises IndexError beyond those found so far."""
        block, start, end = self._block[y], self._start[y], self._end[y]
        if start == _BLANK:
            # It follows that block; -1 stands above the title.
            return Line(LineKind.BLANK, block, place=self.blocks[block + 1].place if end else "")
        if start == _FOLD:
            return Line(LineKind.FOLD, block, fold=end)
        return Line(LineKind.TEXT, block, start, end)

    def find(self, block: int, offset: int = 0) -> int:
        """The line of a place; the line of its fold where that is closed.

        Finds further lines as far as it takes. A place that has no line gives the nearest before.
        """
        while not self.complete and (
            not self._block
            or self._block[-1] < block
            or (self._block[-1] == block and self._start[-1] <= offset)
        ):
            self.extend(2_000)
        first = bisect_right(self._block, block - 1)
        last = y = bisect_right(self._block, block) - 1
        if y > 0 and self._start[y] == _BLANK:
            y -= 1
        if first < y:
            y = max(first, bisect_right(self._start, offset, first, y + 1) - 1)
            # Spaces that a block begins with stand on no line.
            y = next((at for at in range(y, last + 1) if self._start[at] >= 0), y)
        return max(0, y)

    def fold_at(self, block: int) -> int | None:
        """The number of the fold that holds a block, if one does."""
        n = bisect_right(self.folds, block, key=lambda fold: fold.first) - 1
        return n if n >= 0 and block < self.folds[n].last else None

    def is_hidden(self, block: int) -> bool:
        """Whether a block stands behind a closed fold."""
        fold = self.fold_at(block)
        return fold is not None and fold not in self.opened

    def _lines(self, header: bool) -> Iterator[tuple[int, int, int]]:
        # A blank line holds 1 as its end where another page or chapter begins below it.
        here = ""

        def blank(above: int) -> tuple[int, int, int]:
            nonlocal here
            place = self.blocks[above + 1].place if above + 1 < len(self.blocks) else here
            begins = self.divided and place not in ("", here)
            here = place or here
            return above, _BLANK, int(begins)

        if header:
            yield TITLE - 1, _BLANK, 0
            for block in (TITLE, FACTS):
                for start, end in wrap(self.blocks[block].text, self.width):
                    yield block, start, end
            yield blank(FACTS)
        else:
            blank(FACTS)  # Where the text begins goes without saying.
        block = FIRST_PARAGRAPH
        while block < len(self.blocks):
            fold = self._fold_of.get(block)
            if fold is not None:
                yield block, _FOLD, fold
                if fold not in self.opened:
                    block = self.folds[fold].last
                    if block < len(self.blocks) and block not in self._fold_of:
                        yield blank(block - 1)
                    continue
                yield block, _BLANK, 0
            for start, end in wrap(self.blocks[block].text, self.width):
                yield block, start, end
            block += 1
            if block < len(self.blocks):
                yield blank(block - 1)
