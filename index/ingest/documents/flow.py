"""The text of an office document as paragraphs, gathered while its XML is walked once."""

from __future__ import annotations

from index.ingest.paragraphs import lines_of
from index.ingest.sanitise import sanitise

_CELLS = " – "
_SHORT_ROW = 300
"""Characters. A shorter row is one paragraph even where a cell of it holds several."""


class Flow:
    """Paragraphs in reading order; notes come after all of them.

    A row of a table is one paragraph, its cells with a dash between them, except where tables only
    lay out a page. A line break begins another paragraph. What stands in a frame inside a paragraph
    comes after it.
    """

    def __init__(self) -> None:
        self._found: list[str] = []
        self._later: list[str] = []
        self._notes: list[str] = []
        self._runs: list[list[str]] = []
        """The text of every paragraph that is open, the innermost last."""
        self._rows: list[list[list[str]]] = []
        """The cells of every row that is open."""
        self._outside: list[list[str]] = []
        """What was found before each cell that is open."""

    def result(self) -> list[str]:
        """Gives everything that was gathered."""
        return [*self._found, *self._later, *self._notes]

    def text(self, text: str | None) -> None:
        """Adds to the paragraph that is open; what stands outside of all is no text."""
        if text and self._runs:
            self._runs[-1].append(text)

    def begin_paragraph(self) -> None:
        """Begins a paragraph, perhaps inside another."""
        self._runs.append([])

    def end_paragraph(self, mark: str = "", *, note: bool = False) -> list[str]:
        """Ends the innermost paragraph, puts a list's mark before it, and gives its lines."""
        lines = lines_of(sanitise("".join(self._runs.pop())))
        if lines:
            lines[0] = mark + lines[0]
        if note:
            self._notes.extend(lines)
        elif self._runs:
            self._later.extend(lines)
        else:
            self._found.extend(lines)
            if self._later:
                self._found.extend(self._later)
                self._later = []
        return lines

    def drop_paragraph(self) -> None:
        """Ends the innermost paragraph and forgets it."""
        self._runs.pop()

    def begin_row(self) -> None:
        """Begins a row of a table."""
        self._rows.append([])

    def end_row(self) -> None:
        """Ends the innermost row."""
        cells = self._rows.pop()
        texts = [text for cell in cells for text in cell]
        single = all(len(cell) < 2 for cell in cells)
        if len(cells) > 1 and texts and (single or sum(map(len, texts)) <= _SHORT_ROW):
            texts = [_CELLS.join(" ".join(cell) for cell in cells if cell)]
        self._found.extend(texts)

    def begin_cell(self) -> None:
        """Begins a cell of the innermost row."""
        self._outside.append(self._found)
        self._found = []

    def end_cell(self) -> None:
        """Ends the innermost cell."""
        cell, self._found = self._found, self._outside.pop()
        if self._rows:
            self._rows[-1].append(cell)
        else:
            self._found.extend(cell)
