"""What the commands have in common: the collection, its options, the exit codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from index import Library

FOUND, NOTHING = 0, 1
"""Exit codes of a command that was used correctly."""


def exists(path: str | Path) -> bool:
    """Whether a path is there; one that the system cannot even look up is not."""
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turns what the user can put right into an error of the command line."""
    from index import ParallaxError

    try:
        yield
    except ParallaxError as error:
        raise click.ClickException(str(error)) from error


def library_of(paths: Sequence[Path], articles: Sequence[str] = ()) -> Library:
    """Opens the collection of `paths`, or the one that `articles` are in.

    Without `paths` that is the example collection, unless an article is named by the path of
    a file elsewhere: then the files that are named are the collection.
    """
    from index import Library
    from index.places import bundled_seeds

    seeds = bundled_seeds()
    if not paths:
        # A row of a JSON Lines file is named by its file's path, # and its id.
        files = [Path(name if exists(name) else name.partition("#")[0]) for name in articles]
        files = [file for file in files if exists(file) and file.is_file()]
        if any(seeds not in file.resolve().parents for file in files):
            paths = files
    return Library.open(paths or [seeds])


@contextmanager
def opened(paths: Sequence[Path], articles: Sequence[str] = ()) -> Iterator[Library]:
    """The collection of `paths`, or the one that `articles` are in, brought up to date."""
    from tui.cli.updating import update

    with plain_errors(), library_of(paths, articles) as library:
        update(library)
        yield library


def collection_options(command: Callable[..., int]) -> Callable[..., int]:
    """Gives a command its two common options, --in and --json."""
    command = click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)
    return click.option(
        "--in",
        "paths",
        metavar="PATH",
        multiple=True,
        type=click.Path(path_type=Path),
        help="A folder or file of the collection; may be repeated.  [default: the examples]",
    )(command)
