"""What the commands print: for people on a terminal, for other programs down a pipe, as JSON.

On a terminal text is wrapped and tables are aligned; down a pipe a text is one line and a
table's cells are parted by tabs. Nothing that comes from an article is read as markup.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

import click
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from index import (
    Article,
    Comparison,
    Entity,
    ParagraphKind,
    Related,
    Report,
    Results,
    Skipped,
    Snippet,
    to_json,
)
from tui.described import UNSTATED, described
from tui.skipped import by_reason
from tui.text import SURROGATES, UNSAFE, count, facts, one_line
from tui.wording import changes

MEASURE = 80
"""Columns of running text: longer lines are hard to read."""
COLUMN = 45
"""Columns that a passage needs; with less for each article they stand one below the other."""
INDENT = 2
LISTED = 20
"""Skipped files of one reason that are listed on a terminal; the rest are counted."""
_UNSAFE = re.compile(f"[{UNSAFE}{SURROGATES}]")
"""What JSON may hold as it is, and a terminal or UTF-8 may not. It escapes ASCII by itself."""


def as_json(value: Any, indent: int | None = 2) -> None:
    """Prints records as JSON: UTF-8, and readable but for characters that are not safe.

    Without an `indent`, on one line.
    """
    text = json.dumps(to_json(value), ensure_ascii=False, indent=indent)
    click.echo(_UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode())


def results(found: Results) -> None:
    """Prints the hits of a search; their number, the time and any note go to stderr."""
    out = _console()
    for hit in found.hits:
        _entry(out, hit.article, _marked(hit.snippet))
    shown = f", the first {len(found.hits)} shown" if len(found.hits) < found.total else ""
    _narrate(f"{count(found.total, 'article')} in {found.seconds * 1000:.0f} ms{shown}")
    if found.note:
        _narrate(found.note)
    for name, spellings in found.spellings.items():
        _narrate(f"{name}: also {', '.join(spellings)}")


def article(found: Article, everything: bool, evidence: bool = False) -> None:
    """Prints an article to be read, with everything but its body folded unless asked for.

    With `evidence`, what is known of it stands first, with what it rests on.
    """
    out = _console(MEASURE)
    _print(out, Text(one_line(found.title), style="bold"))
    _print(out, Text(f"{facts(found, undated=True)} · {found.id}", style="dim"))
    if evidence:
        _print(out, Text())
        known(found)
    else:
        for copy in found.copies:
            _print(out, Text(f"also at {one_line(copy)}", style="dim"))
    divided = len({paragraph.place for paragraph in found.paragraphs if paragraph.place}) > 1
    place = None
    for kind, group in groupby(found.paragraphs, key=lambda paragraph: paragraph.kind):
        paragraphs = list(group)
        if kind is not ParagraphKind.BODY and not everything:
            what = "repeated" if kind is ParagraphKind.REPEAT else "of site furniture"
            folded = f"[{count(len(paragraphs), 'paragraph')} {what}: --all prints them]"
            _print(out, Text("\n" + folded, style="dim"))
            continue
        for paragraph in paragraphs:
            if divided and paragraph.place and paragraph.place != place:
                place = paragraph.place
                _print(out, Text(f"\n[{one_line(place)}]", style="dim"))
            style = "" if kind is ParagraphKind.BODY else "dim"
            _print(out, Text("\n" + one_line(paragraph.text), style=style))


def known(found: Article) -> None:
    """Prints what is known of an article, field by field, with what each rests on."""
    rows = [
        (each.name if number == 0 else "", line, each.rests_on if number == 0 else "")
        for each in described(found)
        for number, line in enumerate((each.value or UNSTATED).split("\n"))
    ]
    _table(("field", "value", "rests on"), rows)


def entities(found: Sequence[Entity]) -> None:
    """Prints entities with their type, counts and other spellings."""
    rows = [
        (
            each.name,
            each.type,
            str(len(each.mentions)),
            str(len(each.articles)),
            "; ".join(each.aliases),
        )
        for each in found
    ]
    _table(("entity", "type", "mentions", "articles", "also"), rows, numbers=(2, 3))


def related(found: Sequence[Related]) -> None:
    """Prints related articles, each with its similarity from 0 to 1."""
    out = _console()
    for each in found:
        _entry(out, each.article, Text(f"similarity {each.score:.2f}"))


def report(found: Report, articles: int) -> None:
    """Prints what an update did, and every file that it could not read with the reason.

    Where many could not be read, their number is told for each reason first; on a terminal, only
    some of those that share one are listed.
    """
    names = ("added", "changed", "moved", "removed", "unchanged", "copies")
    counts = {"articles": articles} | {name: getattr(found, name) for name in names}
    pairs(
        {name: f"{value:,}" for name, value in (counts | {"skipped": len(found.skipped)}).items()}
    )
    if found.note:
        _narrate(found.note)
    if found.skipped:
        _skipped(_console(), by_reason(found.skipped), len(found.skipped))


def _skipped(out: Console, groups: Mapping[str, Sequence[Skipped]], total: int) -> None:
    if total > LISTED and len(groups) < total:
        out.print()
        counts = [(f"{len(files):,}", reason) for reason, files in groups.items()]
        _table(("files", "reason"), counts, numbers=(0,))
    shown = LISTED if out.is_terminal else total
    out.print()
    rows = [(each.locator, reason) for reason, files in groups.items() for each in files[:shown]]
    _table(("skipped", "reason"), rows)
    if left := sum(max(0, len(files) - shown) for files in groups.values()):
        _narrate(f"and {left:,} more: parallax index --json prints all")


def change(found: Report, moment: datetime) -> None:
    """Prints in one line what changed in a collection, and when; nothing where nothing did."""
    if what := changes(found):
        click.echo(f"{moment:%H:%M:%S}  {what}")


def pairs(found: Mapping[str, str]) -> None:
    """Prints names with their values, a pair a line."""
    _table((), list(found.items()))


def table(rows: Iterable[Sequence[str]]) -> None:
    """Prints rows of cells, without titles."""
    _table((), list(rows))


def comparison(found: Comparison) -> None:
    """Prints articles against each other: passages, figures, quotes, entities."""
    out = _console()
    letters = {each.id: chr(ord("A") + number) for number, each in enumerate(found.articles)}
    for each in found.articles:
        _print(out, Text.assemble((f"{letters[each.id]}  {one_line(each.title)}", "bold")))
        _print(out, Text(f"{facts(each)} · {each.id}", style="dim"), indent=3)

    _heading(out, "Passages that say the same", len(found.passages))
    if out.is_terminal and out.width >= COLUMN * len(letters):
        table = Table(*letters.values(), expand=True, show_lines=True)
        for passage in found.passages:
            said = {span.article: one_line(span.text) for span in passage.spans}
            table.add_row(*(Text(said.get(id_, "")) for id_ in letters))
        if found.passages:
            out.print(table)
    else:
        for passage in found.passages:
            _said(out, ((letters[span.article], span.text) for span in passage.spans))
            _print(out, Text())

    _heading(out, "Figures", len(found.figures))
    for figure in found.figures:
        _print(out, Text(f"{one_line(figure.what)}: {figure.verdict}"))
        _said(out, ((letters[value.article], value.text) for value in figure.values))

    _heading(out, "Quotes", len(found.quotes))
    for quote in found.quotes:
        _print(out, Text(one_line(quote.speaker or "speaker not named")))
        _said(out, ((letters[span.article], span.text) for span in quote.spans))

    _heading(out, "In two or more", len(found.entities.shared))
    _names(out, found.entities.shared)
    for id_, only in found.entities.only.items():
        _heading(out, f"Only in {letters[id_]}", len(only))
        _names(out, only)


def _console(width: int | None = None) -> Console:
    """Gives a console on stdout, at most `width` columns wide, that reads no markup."""
    out = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
    if width is not None:
        out.width = min(out.width, width)
    return out


def _print(out: Console, text: Text, indent: int = 0) -> None:
    """Prints a text, wrapped within its indent on a terminal, in one line down a pipe."""
    if out.is_terminal:
        out.print(Padding(text, (0, 0, 0, indent), expand=False) if indent else text)
    else:
        click.echo(" " * indent + text.plain)


def _entry(out: Console, found: Article, text: Text) -> None:
    _print(out, Text(one_line(found.title), style="bold"))
    _print(out, Text(f"{facts(found)} · {found.id}", style="dim"), INDENT)
    if text:
        _print(out, text, INDENT)
    _print(out, Text())


def _marked(snippet: Snippet) -> Text:
    """A snippet with its matched words in bold."""
    text = Text(one_line(snippet.text))
    if text.plain == snippet.text:
        for start, end in snippet.matches:
            text.stylize("bold", start, end)
    return text


def _heading(out: Console, title: str, number: int) -> None:
    _print(out, Text(f"\n{title}: {number or 'none'}", style="bold"))


def _said(out: Console, lines: Iterable[tuple[str, str]]) -> None:
    for letter, text in lines:
        _print(out, Text(f"{letter}  {one_line(text)}"), INDENT)


def _names(out: Console, found: Sequence[Entity]) -> None:
    if found:
        _print(out, Text(", ".join(one_line(each.name) for each in found)))


def _table(
    titles: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()
) -> None:
    """Prints rows: aligned on a terminal, cells parted by tabs down a pipe."""
    out = _console()
    cells = [[one_line(cell) for cell in row] for row in rows]
    if not out.is_terminal:
        for row in cells:
            click.echo("\t".join(row))
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=bool(titles))
    for column in range(len(cells[0]) if cells else 0):
        table.add_column(
            titles[column] if titles else "",
            justify="right" if column in numbers else "left",
            overflow="fold",
        )
    for row in cells:
        table.add_row(*map(Text, row))
    out.print(table)


def _narrate(line: str) -> None:
    click.echo(one_line(line), err=True)
