"""The reader of CSV (RFC 4180) and its kin: one article a record, however long the file is.

A cell may hold lines of its own, so a quote that is never closed would swallow the rest of the
file. Records are read strictly; where that fails, as people and programs do write them, once more
with only those quotes closing a cell that stand at its end; and where that fails too, the record
is given up with its first line and reading goes on with the next.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from itertools import chain, islice

from index.ingest.decode import encoding_of
from index.ingest.draft import Found, Source
from index.ingest.exports.columns import columns_of
from index.ingest.exports.csv_dialect import Dialect, dialect_of, has_header
from index.ingest.exports.rows import Rows, read_rows
from index.ingest.unpack import MEGABYTE

_SAMPLE = 64 * 1024
"""Characters by which the dialect is judged."""
_LARGE = MEGABYTE
_MOST_LINES = 20_000
"""Lines of one record; a longer one has a quote that is not closed."""
_SPACES = re.compile(" *")
_LENIENT_LINES = 2_000
"""Lines of one record that is written badly."""

Record = tuple[int, list[str] | str]
"""The number of its first line and its cells; where it is broken, the reason."""


def read(source: Source) -> Found:
    """Gives the article of every record, or why it has none.

    Columns without a header are called `column 1` and so on. Raises NotTextError for binary data.
    """
    # The library's own limit, 131,072 characters, is one for the whole process; ours is kept below.
    csv.field_size_limit(2**31 - 1)
    text = io.TextIOWrapper(source.file, encoding_of(source.file), "replace", newline="")
    try:
        yield from read_rows(source, _rows(text, source), "line")
    finally:
        text.detach()


def _rows(text: io.TextIOWrapper, source: Source) -> Rows:
    """The records as rows, by the names of their columns."""
    longest = source.settings.limits.file_bytes
    sample = text.read(_SAMPLE)
    text.seek(0)
    dialect = dialect_of(sample.removeprefix("\ufeff"), source.name)
    records = _Records(text, dialect, longest).records()
    first = list(islice(records, 2))
    cells = [record for _, record in first if isinstance(record, list)]
    if not cells or not isinstance(first[0][1], list):
        yield from _broken(chain(first, records))
        return
    if has_header(cells[0], cells[1] if len(cells) > 1 else None):
        names = _unique_names(cells[0])
        first = first[1:]
    else:
        names = _unique_names([""] * max(map(len, cells)))
    yield from _named(chain(first, records), names, dialect.delimiter)


def _broken(records: Iterator[Record]) -> Rows:
    """What is left of a file whose first record is broken already."""
    for number, record in records:
        yield number, record if isinstance(record, str) else "its columns are not known"


def _named(records: Iterator[Record], names: list[str], delimiter: str) -> Rows:
    text_is_last = columns_of(names).get("text", ("",))[0] == names[-1]
    after_broken = False
    for number, record in records:
        if isinstance(record, str):
            after_broken = True
            yield number, record
            continue
        while len(record) > len(names) and not record[-1].strip():
            record.pop()
        if len(record) > len(names) and text_is_last and not after_broken:
            # The delimiter is a comma, the text has some too, and nobody quoted it.
            record[len(names) - 1 :] = [delimiter.join(record[len(names) - 1 :])]
        short = len(record) < len(names) and (after_broken or len(record) == 1)
        if short or len(record) > len(names):
            cells = "1 cell" if len(record) == 1 else f"{len(record)} cells"
            yield number, f"{cells} where there are {len(names)} columns"
            continue
        after_broken = False
        yield number, dict(zip(names, record, strict=False))


def _unique_names(cells: list[str]) -> list[str]:
    """The names of the columns, each once; those without one by their number."""
    names: dict[str, None] = {}
    for number, cell in enumerate(cells, 1):
        name = cell.strip() or f"column {number}"
        names[name if name not in names else f"{name} ({number})"] = None
    return list(names)


class _Records:
    """The records of a file, line by line."""

    def __init__(self, text: io.TextIOWrapper, dialect: Dialect, longest: int) -> None:
        self._text, self._dialect, self._longest = text, dialect, longest
        self._number = 0
        """Of the line that was given last."""
        self._again: deque[str] = deque()
        """Lines that a broken record had taken."""
        self._record: list[str] = []
        """The lines of the record that is being read."""
        self._size = 0

    def records(self) -> Iterator[Record]:
        """Gives the records that are not blank."""
        for _ in range(self._dialect.first_line):
            self._text.readline(self._longest)
            self._number += 1
        reader = self._dialect.reader(self._lines())
        while True:
            self._record, self._size = [], 0
            start = self._number + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (csv.Error, _TooLongError) as error:
                yield start, self._recovered(error)
                # The library's reader has ended with the lines that it was given.
                reader = self._dialect.reader(self._lines())
                continue
            if self._size > _LARGE:
                # The library's reader keeps four bytes for every character of its widest cell.
                self._record = []
                reader = self._dialect.reader(self._lines())
            if any(map(str.strip, cells)):
                yield start, cells

    def _lines(self) -> Iterator[str]:
        """The lines for the reader, as long as one record may be."""
        while line := self._line():
            self._size += len(line)
            self._record.append(line)
            if self._size > self._longest or len(self._record) > _MOST_LINES:
                raise _TooLongError
            yield line

    def _line(self) -> str:
        line = self._again.popleft() if self._again else self._text.readline(self._longest + 1)
        self._number += bool(line)
        return line

    def _recovered(self, error: Exception) -> list[str] | str:
        """The cells of a record that is written badly, or what is wrong with it."""
        lines = self._record
        if len(lines) == 1 and isinstance(error, _TooLongError):
            line = lines[0]
            while line and not line.endswith(("\n", "\r")):
                line = self._text.readline(self._longest)
            return "too long (file_megabytes in the settings)"
        self._give_back(lines[1:])
        return self._leniently(lines[0]) or "a quote in it is not closed"

    def _give_back(self, lines: list[str]) -> None:
        """Has lines read again."""
        self._again.extendleft(reversed(lines))
        self._number -= len(lines)

    def _leniently(self, text: str) -> list[str] | None:
        """The cells of the record that begins with the line `text`; None where a quote stays open.

        A quote closes a cell only at its end. One that opens another cell shows that the cell
        before was never closed.
        """
        quote, delimiter = self._dialect.quote or '"', self._dialect.delimiter
        end_of_cell = re.compile(rf" *(?=[{re.escape(delimiter)}\r\n]|\Z)")
        plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
        taken: list[str] = []
        cells: list[str] = []
        place = 0
        while True:
            if text.startswith(quote, place):
                begin = look = place + 1
                while True:
                    at = text.find(quote, look)
                    if at < 0:
                        room = len(taken) < _LENIENT_LINES and len(text) < self._longest
                        if not (room and (line := self._line())):
                            self._give_back(taken)
                            return None
                        taken.append(line)
                        look = len(text)
                        text += line
                    elif text.startswith(quote, at + 1):
                        look = at + 2
                    elif closed := end_of_cell.match(text, at + 1):
                        break
                    elif text[at - 1] in (delimiter, "\n"):
                        self._give_back(taken)
                        return None
                    else:
                        look = at + 1
                cells.append(text[begin:at].replace(quote * 2, quote))
                place = closed.end()
            else:
                cell = plain.match(text, place)
                cells.append(cell[0] if cell else "")
                place += len(cells[-1])
            if not text.startswith(delimiter, place):
                return cells
            place += 1
            if self._dialect.spaced and (spaces := _SPACES.match(text, place)):
                place = spaces.end()


class _TooLongError(Exception):
    """A record is longer than may be."""
