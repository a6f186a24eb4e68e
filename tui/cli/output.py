"""The ways in which commands print: text and tables, for a terminal or down a pipe, and JSON.

On a terminal text is wrapped and tables are aligned; down a pipe a text is one line and a
table's cells are parted by tabs. Nothing that comes from an article is read as markup.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from index import to_json
from tui.text import SURROGATES, UNSAFE, one_line

INDENT = 2
_UNSAFE = re.compile(f"[{UNSAFE}{SURROGATES}]")
"""What JSON may hold as it is, and a terminal or UTF-8 may not. It escapes ASCII by itself."""


def as_json(value: Any, indent: int | None = 2) -> None:
    """Prints records as JSON: UTF-8, and readable but for characters that are not safe.

    Without an `indent`, on one line.
    """
    text = json.dumps(to_json(value), ensure_ascii=False, indent=indent)
    click.echo(_UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode())


def console(width: int | None = None) -> Console:
    """Gives a console on stdout, at most `width` columns wide, that reads no markup."""
    out = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
    if width is not None:
        out.width = min(out.width, width)
    return out


def say(out: Console, text: Text, indent: int = 0) -> None:
    """Prints a text, wrapped within its indent on a terminal, in one line down a pipe."""
    if out.is_terminal:
        out.print(Padding(text, (0, 0, 0, indent), expand=False) if indent else text)
    else:
        click.echo(" " * indent + text.plain)


def heading(out: Console, title: str, number: int | str) -> None:
    """Prints what comes now, and how many there are."""
    say(out, Text(f"\n{title}: {number or 'none'}", style="bold"))


def table(
    rows: Sequence[Sequence[str]],
    titles: Sequence[str] = (),
    numbers: Sequence[int] = (),
    indent: int = 0,
) -> None:
    """Prints rows: aligned on a terminal, cells parted by tabs down a pipe.

    The titles stand over the columns on a terminal; `numbers` are the columns of numbers.
    """
    out = console()
    cells = [[one_line(cell) for cell in row] for row in rows]
    if not out.is_terminal:
        for row in cells:
            click.echo(" " * indent + "\t".join(row))
        return
    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=bool(titles))
    for column in range(len(cells[0]) if cells else 0):
        drawn.add_column(
            titles[column] if titles else "",
            justify="right" if column in numbers else "left",
            overflow="fold",
        )
    for row in cells:
        drawn.add_row(*map(Text, row))
    out.print(Padding(drawn, (0, 0, 0, indent), expand=False) if indent else drawn)


def pairs(found: Mapping[str, str]) -> None:
    """Prints names with their values, a pair a line."""
    table(list(found.items()))


def narrate(line: str) -> None:
    """Says something to whoever watches, on stderr."""
    click.echo(one_line(line), err=True)
