"""Bringing a collection up to date from the command line, with progress for whoever watches."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.text import one_line
from tui.wording import doing, part

if TYPE_CHECKING:
    from index import Library, Progress, Report


def update(library: Library, narrate: bool = True, only: Collection[Path] | None = None) -> Report:
    """Updates `library`, with a progress bar when stderr is a terminal.

    With `narrate`, one line on stderr says what was skipped. With `only`, nothing else is looked
    at than these files and folders.
    """
    watched = sys.stderr is not None and sys.stderr.isatty()
    report = _watched(library, only) if watched else library.update(only=only)
    if narrate and report.note:
        click.echo(f"parallax: {one_line(report.note)}", err=True)
    if narrate and report.skipped:
        first, count = report.skipped[0], len(report.skipped)
        others = f", and {count - 1} more (parallax index lists them)" if count > 1 else ""
        click.echo(
            f"parallax: skipped {one_line(first.locator)}: {one_line(first.reason)}{others}",
            err=True,
        )
    return report


def _watched(library: Library, only: Collection[Path] | None) -> Report:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[told]}", markup=False),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("looking for files", total=None, told="")

        def show(now: Progress) -> None:
            done, total = part(now)
            longest, _, what = doing(now)
            told = longest.removeprefix(what).removeprefix(" · ")
            bar.update(task, description=what, completed=done, total=total or None, told=told)

        return library.update(show, only=only)
