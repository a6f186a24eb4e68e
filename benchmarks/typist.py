"""Somebody who types at a steady pace, and how long each key waits for its answer to be painted."""

from __future__ import annotations

import codecs
import re
import time
from collections import defaultdict
from collections.abc import Iterator

from terminal import Terminal

ANSWER = re.compile(r" in \d+ ms")
"""What the reader writes above the articles it has found."""
EVERY = 0.1
"""Seconds from one key to the next."""
PATIENCE = 20.0
"""Seconds after which an answer is not waited for any more."""
CLEAR = "\x15"
SENTINEL = "zqzq"
_TOKEN = re.compile(r"\x1b\[([0-?]*)[ -/]*([@-~])|\x1b[^\[]|([^\x1b]+)")


class Screen:
    """The text of the rows of a terminal, as far as it has been written since this was made."""

    def __init__(self) -> None:
        self._rows: defaultdict[int, dict[int, str]] = defaultdict(dict)
        self._row = self._column = 1
        self._decode = codecs.getincrementaldecoder("utf8")().decode
        self._rest = ""

    def row(self, number: int) -> str:
        """What stands in a row; what was never written is left out."""
        cells = self._rows[number]
        return "".join(cells[column] for column in sorted(cells))

    def write(self, data: bytes) -> Iterator[int]:
        """Takes what a program wrote; gives the row of each stretch of it, once it stands there."""
        text, end = self._rest + self._decode(data), 0
        for token in _TOKEN.finditer(text):
            end = token.end()
            given, command, written = token.groups()
            if command == "H":
                place = [int(number or 1) for number in given.split(";")]
                self._row, self._column = (*place, 1)[:2]
            elif written:
                for character in written:
                    self._rows[self._row][self._column] = character
                    self._column += 1
                yield self._row
        self._rest = text[end:]


def find_box(reader: Terminal) -> int:
    """Goes to the search box, and gives its row."""
    screen = Screen()
    reader.press("/" + SENTINEL)
    until = time.perf_counter() + PATIENCE
    while time.perf_counter() < until:
        for row in screen.write(reader.written(1)):
            if SENTINEL in screen.row(row):
                reader.press(CLEAR)
                reader.rest(1)
                return row
    raise SystemExit("the search box was never seen")


def waits(reader: Terminal, box: int, text: str) -> list[float]:
    """Types a text into the empty search box, in row `box`, and clears it again.

    Gives, for each key, the seconds until results were painted that are of what was typed up to
    it, or further: from the moment that the box shows it, the next line above the list and some
    of the list below it.
    """
    screen = Screen()
    pressed: list[float] = []
    found: list[float] = []
    shown, line, listed = 0, 0, False
    began = now = time.perf_counter()
    while len(found) < len(text):
        due = began + len(pressed) * EVERY
        if len(pressed) < len(text) and now >= due:
            reader.press(text[len(pressed)])
            pressed.append(now)
            continue
        if len(pressed) == len(text):
            due = pressed[-1] + PATIENCE
            if now > due:
                raise SystemExit(f"{text!r} was never answered")
        data = reader.written(max(0.0, due - now))
        now = time.perf_counter()
        for row in screen.write(data):
            if row == box:
                longer = (n for n in range(len(pressed), shown, -1) if text[:n] in screen.row(row))
                if more := next(longer, 0):
                    shown, line, listed = more, 0, False
            elif ANSWER.search(screen.row(row)):
                line = row
            elif line and row > line:
                listed = True
            if line and listed:
                found += [now - moment for moment in pressed[len(found) : shown]]
    reader.press(CLEAR)
    reader.rest(1)
    return found
