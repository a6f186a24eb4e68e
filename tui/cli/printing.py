"""What the commands print of articles, names and updates; `output` has the ways to print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from index import Article, Comparison, Entity, ParagraphKind, Related, Report, Skipped
from tui.cli.output import INDENT, console, heading, narrate, pairs, say, table
from tui.described import UNSTATED, described
from tui.skipped import by_reason
from tui.text import count, facts, one_line
from tui.wording import changes

MEASURE = 80
"""Columns of running text: longer lines are hard to read."""
COLUMN = 45
"""Columns that a passage needs; with less for each article they stand one below the other."""
LISTED = 20
"""Skipped files of one reason that are listed on a terminal; the rest are counted."""


def article(found: Article, everything: bool, evidence: bool = False) -> None:
    """Prints an article to be read, with everything but its body folded unless asked for.

    With `evidence`, what is known of it stands first, with what it rests on.
    """
    out = console(MEASURE)
    say(out, Text(one_line(found.title), style="bold"))
    say(out, Text(f"{facts(found, undated=True)} · {found.id}", style="dim"))
    if evidence:
        say(out, Text())
        known(found)
    else:
        for copy in found.copies:
            say(out, Text(f"also at {one_line(copy)}", style="dim"))
    divided = len({paragraph.place for paragraph in found.paragraphs if paragraph.place}) > 1
    place = None
    for kind, group in groupby(found.paragraphs, key=lambda paragraph: paragraph.kind):
        paragraphs = list(group)
        if kind is not ParagraphKind.BODY and not everything:
            what = "repeated" if kind is ParagraphKind.REPEAT else "of site furniture"
            folded = f"[{count(len(paragraphs), 'paragraph')} {what}: --all prints them]"
            say(out, Text("\n" + folded, style="dim"))
            continue
        for paragraph in paragraphs:
            if divided and paragraph.place and paragraph.place != place:
                place = paragraph.place
                say(out, Text(f"\n[{one_line(place)}]", style="dim"))
            style = "" if kind is ParagraphKind.BODY else "dim"
            say(out, Text("\n" + one_line(paragraph.text), style=style))


def known(found: Article) -> None:
    """Prints what is known of an article, field by field, with what each rests on."""
    rows = [
        (each.name if number == 0 else "", line, each.rests_on if number == 0 else "")
        for each in described(found)
        for number, line in enumerate((each.value or UNSTATED).split("\n"))
    ]
    table(rows, ("field", "value", "rests on"))


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
    table(rows, ("entity", "type", "mentions", "articles", "also"), numbers=(2, 3))


def related(found: Sequence[Related]) -> None:
    """Prints related articles, each with its similarity from 0 to 1."""
    out = console()
    for each in found:
        head(out, each.article)
        say(out, Text(f"similarity {each.score:.2f}"), INDENT)
        say(out, Text())


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
        narrate(found.note)
    if found.skipped:
        _skipped(console(), by_reason(found.skipped), len(found.skipped))


def _skipped(out: Console, groups: Mapping[str, Sequence[Skipped]], total: int) -> None:
    if total > LISTED and len(groups) < total:
        out.print()
        counts = [(f"{len(files):,}", reason) for reason, files in groups.items()]
        table(counts, ("files", "reason"), numbers=(0,))
    shown = LISTED if out.is_terminal else total
    out.print()
    rows = [(each.locator, reason) for reason, files in groups.items() for each in files[:shown]]
    table(rows, ("skipped", "reason"))
    if left := sum(max(0, len(files) - shown) for files in groups.values()):
        narrate(f"and {left:,} more: parallax index --json prints all")


def change(found: Report, moment: datetime) -> None:
    """Prints in one line what changed in a collection, and when; nothing where nothing did."""
    if what := changes(found):
        click.echo(f"{moment:%H:%M:%S}  {what}")


def comparison(found: Comparison) -> None:
    """Prints articles against each other: passages, figures, quotes, entities."""
    out = console()
    letters = {each.id: chr(ord("A") + number) for number, each in enumerate(found.articles)}
    for each in found.articles:
        say(out, Text.assemble((f"{letters[each.id]}  {one_line(each.title)}", "bold")))
        say(out, Text(f"{facts(each)} · {each.id}", style="dim"), indent=3)

    heading(out, "Passages that say the same", len(found.passages))
    if out.is_terminal and out.width >= COLUMN * len(letters):
        columns = Table(*letters.values(), expand=True, show_lines=True)
        for passage in found.passages:
            said = {span.article: one_line(span.text) for span in passage.spans}
            columns.add_row(*(Text(said.get(id_, "")) for id_ in letters))
        if found.passages:
            out.print(columns)
    else:
        for passage in found.passages:
            _said(out, ((letters[span.article], span.text) for span in passage.spans))
            say(out, Text())

    heading(out, "Figures", len(found.figures))
    for figure in found.figures:
        say(out, Text(f"{one_line(figure.what)}: {figure.verdict}"))
        _said(out, ((letters[value.article], value.text) for value in figure.values))

    heading(out, "Quotes", len(found.quotes))
    for quote in found.quotes:
        say(out, Text(one_line(quote.speaker or "speaker not named")))
        _said(out, ((letters[span.article], span.text) for span in quote.spans))

    heading(out, "In two or more", len(found.entities.shared))
    _names(out, found.entities.shared)
    for id_, only in found.entities.only.items():
        heading(out, f"Only in {letters[id_]}", len(only))
        _names(out, only)


def head(out: Console, found: Article, more: Sequence[str] = ()) -> None:
    """Prints the title of an article, and below it where it appeared, `more` and its id."""
    say(out, Text(one_line(found.title), style="bold"))
    say(out, Text(" · ".join((facts(found), *more, found.id)), style="dim"), INDENT)


def _said(out: Console, lines: Iterable[tuple[str, str]]) -> None:
    for letter, text in lines:
        say(out, Text(f"{letter}  {one_line(text)}"), INDENT)


def _names(out: Console, found: Sequence[Entity]) -> None:
    if found:
        say(out, Text(", ".join(one_line(each.name) for each in found)))
