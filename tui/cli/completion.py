"""Completion in the shell: the script to install, and the articles of the collection."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

SHELLS = ("bash", "zsh", "fish")
MOST = 100
"""Articles offered at once; more are of no use on a command line."""


def script(command: click.Command, shell: str) -> str:
    """Gives the script that completes `parallax` in one of `SHELLS`."""
    from click.shell_completion import get_completion_class

    completer = get_completion_class(shell)
    if completer is None:
        raise click.ClickException(f"no completion for {shell}")
    return completer(command, {}, "parallax", "_PARALLAX_COMPLETE").source()


def complete_article(
    ctx: click.Context, _: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offers the file names of the collection, each with its title, and paths when none fits.

    Only what an earlier command stored is offered: completing must not read files.
    """
    from click.shell_completion import CompletionItem

    from index import Library, ParallaxError
    from index.places import bundled_seeds
    from tui.text import one_line

    items: list[CompletionItem] = []
    try:
        with Library.open(ctx.params.get("paths") or [bundled_seeds()]) as library:
            for article in library.articles():
                name = Path(article.locator).name
                if name.startswith(incomplete) and len(items) < MOST:
                    items.append(CompletionItem(one_line(name), help=one_line(article.title)))
    except (ParallaxError, OSError):
        items.clear()
    return items or [CompletionItem(incomplete, type="file")]


def complete_saved(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offers the names of the saved searches of the collection, each with its query."""
    from click.shell_completion import CompletionItem

    from index import Library, ParallaxError
    from index.places import bundled_seeds
    from tui.text import one_line

    try:
        with Library.open(ctx.params.get("paths") or [bundled_seeds()]) as library:
            return [
                CompletionItem(one_line(each.name), help=one_line(each.query))
                for each in library.saved_searches(counted=False)
                if each.name.startswith(incomplete)
            ]
    except (ParallaxError, OSError):
        return []
