"""Bringing a collection up to date from the command line, with progress for whoever watches."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tui.text import one_line

if TYPE_CHECKING:
    from index import Library, Progress, Report


def update(library: Library, narrate: bool = True) -> Report:
    """Updates `library`, with a progress bar when stderr is a terminal.

    With `narrate`, one line on stderr says what was skipped.
    """
    watched = sys.stderr is not None and sys.stderr.isatty()
    report = _watched(library) if watched else library.update()
    if narrate and report.skipped:
        first, count = report.skipped[0], len(report.skipped)
        others = f", and {count - 1} more (parallax index lists them)" if count > 1 else ""
        click.echo(
            f"parallax: skipped {one_line(first.locator)}: {one_line(first.reason)}{others}",
            err=True,
        )
    return report


def _watched(library: Library) -> Report:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[articles]} articles", markup=False),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("scanning", total=None, articles=0)

        def show(now: Progress) -> None:
            bar.update(
                task,
                description=now.phase,
                completed=now.done,
                total=now.total or None,
                articles=now.articles,
            )

        return library.update(show)
