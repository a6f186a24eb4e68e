"""How a CSV file is written, judged by its beginning: delimiter, quotes, whether it has a header.

The delimiter is the one that parts most records into the same number of cells, as in van den Burg
et al., "Wrangling Messy CSV Files by Detecting Row and Type Patterns", 2019, without their types.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.ingest.describing.dates import stated_date
from index.ingest.exports.columns import is_known

_DELIMITERS = (",", "\t", ";", "|")
_RECORDS = 50
"""Records of the beginning that are compared."""
_STATED = re.compile(r"sep=(.)\r?\n")
"""The first line by which Excel is told the delimiter."""
_QUOTED_CELL = re.compile(r"(?:^|\t)\"[^\t\"]+\"(?:\t|\r?$)", re.MULTILINE)
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Dialect:
    """How records are written."""

    delimiter: str
    quote: str | None
    """None where quotes stand for themselves."""
    escape: str | None
    """The sign before a quote that stands for itself, where it is not another quote."""
    spaced: bool = False
    """Whether a space stands after each delimiter."""
    first_line: int = 0
    """The lines before the first record."""

    def reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """A strict reader of records: it raises csv.Error where quotes do not match."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote or '"',
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            escapechar=self.escape,
            doublequote=self.escape is None,
            skipinitialspace=self.spaced,
            strict=True,
        )


def dialect_of(sample: str, name: str) -> Dialect:
    """Gives the dialect of a file that begins with `sample`; its name's ending breaks ties."""
    if stated := _STATED.match(sample):
        return _quoted(stated[1], sample[stated.end() :], first_line=1)
    tabs_first = name.lower().endswith((".tsv", ".tab"))
    order = sorted(_DELIMITERS, key=lambda each: each != "\t" if tabs_first else 0)
    best, most = None, (0.0, 0)
    for delimiter in order:
        dialect = _quoted(delimiter, sample)
        score = _evenness(dialect, sample)
        if score > most:
            best, most = dialect, score
    return best or _quoted(order[0], sample)


def _quoted(delimiter: str, sample: str, first_line: int = 0) -> Dialect:
    """The dialect with a delimiter, and the quotes that stand beside it."""
    single = sample.count(f"'{delimiter}'")
    quote = "'" if single > 3 and single > sample.count(f'"{delimiter}"') else '"'
    escaped = sample.count(f"\\{quote}")
    # Two quotes between delimiters are an empty cell.
    inside = rf"[^{re.escape(delimiter)}\s]"
    doubled = len(re.findall(f"{inside}{quote}{quote}|{quote}{quote}{inside}", sample))
    escape = "\\" if escaped and escaped >= doubled else None
    spaced = sample.count(f"{delimiter} {quote}") > sample.count(f"{delimiter}{quote}")
    dialect = Dialect(delimiter, quote, escape, spaced, first_line)
    plain = Dialect(delimiter, None, None, spaced, first_line)
    if delimiter == "\t" and not _QUOTED_CELL.search(sample):
        return max(plain, dialect, key=lambda each: _evenness(each, sample))
    return dialect


def _evenness(dialect: Dialect, sample: str) -> tuple[float, int]:
    """The share of records with the usual number of cells, and that number; none for one cell."""
    counts: list[int] = []
    lines = sample.splitlines(keepends=True)[dialect.first_line :]
    records = dialect.reader(iter(lines))
    while len(counts) < _RECORDS:
        try:
            counts.append(len(next(records)))
        except StopIteration:
            break
        except csv.Error:
            counts.append(0)
    # The sample ends within a record, and blank lines are none.
    counts = [count for count in (counts[:-1] if len(counts) > 2 else counts) if count]
    if not counts:
        return 0.0, 0
    usual, often = Counter(counts).most_common(1)[0]
    return (often / len(counts), usual) if usual > 1 else (0.0, 0)


def has_header(first: Sequence[str], second: Sequence[str] | None) -> bool:
    """Whether the first record names the columns, by what stands in it and in the second."""
    names = [cell.strip() for cell in first]
    if any(len(name) <= _LONGEST_NAME and is_known(name) for name in names):
        return True
    if any(not name or len(name) > _LONGEST_NAME or _is_value(name) for name in names):
        return False
    if len(set(names)) < len(names) or second is None:
        return False
    return any(
        _is_value(cell) or len(cell) > max(_LONGEST_NAME, 2 * len(name))
        for name, cell in zip(names, second, strict=False)
    )


def _is_value(cell: str) -> bool:
    """Whether a cell is a number, an address or a date, as no column is called."""
    return (
        cell.replace(".", "").replace("-", "").isdigit()
        or cell.startswith(("http://", "https://"))
        or stated_date(cell) is not None
    )
