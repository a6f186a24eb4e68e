"""The commands that print what the reader shows, each with --in and --json.

Nothing but click is imported until a command runs, so that `--version`, `--help` and
completion are instant. A command gives its exit code.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tui.cli.common import FOUND, NOTHING, collection_options, library_of, opened, plain_errors
from tui.cli.completion import complete_article
from tui.cli.searching import facets, saved, search

FIELDS = ("title", "source", "author", "date", "url", "language")
"""What can be corrected."""
FIELD_HELP = {
    "date": "When it was published: 2024-02-09, or with a time.",
    "url": "The address it was published at.",
    "language": "Its language: a code such as en.",
}


def article_argument(
    name: str, metavar: str = "ARTICLE", **settings: Any
) -> Callable[[Callable[..., int]], Any]:
    """An argument that names an article: its path, its id, or a unique beginning of either."""
    return click.argument(name, metavar=metavar, shell_complete=complete_article, **settings)


@click.command()
@article_argument("article")
@click.option("--all", "everything", is_flag=True, help="Unfold site furniture and repeats.")
@click.option("--evidence", is_flag=True, help="Say what title, outlet, date and so on rest on.")
@collection_options
def show(
    article: str, everything: bool, evidence: bool, paths: tuple[Path, ...], as_json: bool
) -> int:
    """Print an ARTICLE for reading.

    ARTICLE is its path, its id, or a unique beginning of either. What is not the article itself
    (share bars, other headlines, a second telling) is folded into one line. The JSON holds every
    paragraph, with its kind, and the evidence.

    \b
    Examples:
      parallax show 003
      parallax show ~/articles/attacks.html --all
      parallax show 003 --evidence
    """
    from tui.cli import output, printing

    with opened(paths, [article]) as library:
        found = library.find(article)
        if as_json:
            output.as_json(found)
        else:
            printing.article(found, everything, evidence)
    return FOUND


def field_options(command: Callable[..., int]) -> Callable[..., int]:
    """Gives a command an option for each field that can be corrected."""
    for field in reversed(FIELDS):
        help_ = FIELD_HELP.get(field, f"Its {'outlet' if field == 'source' else field}.")
        command = click.option(f"--{field}", metavar="VALUE", help=help_)(command)
    return command


@click.command()
@article_argument("article")
@field_options
@click.option(
    "--undo",
    multiple=True,
    metavar="FIELD",
    type=click.Choice(FIELDS),
    help="Take the correction of a field back; may be repeated.",
)
@collection_options
def correct(
    article: str, undo: tuple[str, ...], paths: tuple[Path, ...], as_json: bool, **given: str | None
) -> int:
    """Correct what is known of an ARTICLE.

    A correction is kept apart from the article and its file, which are never changed, and survives
    whatever happens to the cache. An empty VALUE says that the article does not state it.

    \b
    Examples:
      parallax correct 003 --source 'Al Arabiya' --date 2024-02-09
      parallax correct 003 --author ''
      parallax correct 003 --undo source --undo date
    """
    from tui.cli import output, printing
    from tui.cli.updating import update

    values = {field: value for field, value in given.items() if value is not None}
    if not values and not undo:
        raise click.UsageError("nothing to correct: give a field, such as --title", _context())
    if both := sorted(values.keys() & set(undo)):
        raise click.UsageError(f"--{both[0]} and --undo {both[0]} exclude each other", _context())
    with opened(paths, [article]) as library:
        found = library.find(article)
        for field, value in {**dict.fromkeys(undo), **values}.items():
            library.correct(found.id, field, value)
        update(library, narrate=False, only=())
        found = library.article(found.id)
        if as_json:
            output.as_json(found)
        else:
            printing.known(found)
    return FOUND


def _context() -> click.Context:
    return click.get_current_context()


@click.command()
@article_argument("article", "[ARTICLE]", required=False)
@collection_options
def entities(article: str | None, paths: tuple[Path, ...], as_json: bool) -> int:
    """Print the entities of an ARTICLE, or of all.

    Persons, organisations, places, groups, dates, figures and weapons, spellings merged.

    \b
    Examples:
      parallax entities 003
      parallax entities --in ~/articles --json
    """
    from tui.cli import output, printing

    with opened(paths, [article] if article else []) as library:
        ids = [library.find(article).id] if article else [each.id for each in library.articles()]
        found = library.entities(ids[0] if article else None)
        if as_json:
            mentions = [mention for each in ids for mention in library.mentions(each)]
            output.as_json({"entities": found, "mentions": mentions})
        else:
            printing.entities(found)
    return FOUND if found else NOTHING


@click.command()
@article_argument("article")
@click.option(
    "--limit", default=5, show_default=True, type=click.IntRange(1), help="How many to print."
)
@collection_options
def related(article: str, limit: int, paths: tuple[Path, ...], as_json: bool) -> int:
    """Print other coverage of the same event.

    Articles on the event that ARTICLE reports, best first.

    \b
    Examples:
      parallax related 003
      parallax related attacks.html --in ~/articles --limit 10
    """
    from tui.cli import output, printing

    with opened(paths) as library:
        found = library.related(library.find(article).id, limit=limit)
        if as_json:
            output.as_json(found)
        else:
            printing.related(found)
    return FOUND if found else NOTHING


@click.command()
@article_argument("articles", "ARTICLE ARTICLE...", nargs=-1, required=True)
@collection_options
def compare(articles: tuple[str, ...], paths: tuple[Path, ...], as_json: bool) -> int:
    """Print what two or more articles share, and where they differ.

    The passages that say the same, figures, quotes, and the names that only one of them has.

    \b
    Examples:
      parallax compare 002 003
      parallax compare one.html two.html --json
    """
    from tui.cli import output, printing

    with opened(paths, articles) as library:
        ids = list(dict.fromkeys(library.find(article).id for article in articles))
        if len(ids) < 2:
            raise click.ClickException("compare takes two or more different articles")
        found = library.compare(ids)
        if as_json:
            output.as_json(found)
        else:
            printing.comparison(found)
    return FOUND if found.passages or found.figures or found.entities.shared else NOTHING


@click.command("index")
@click.option("--watch", is_flag=True, help="Go on: read whatever changes, until Ctrl+C.")
@collection_options
def index_command(watch: bool, paths: tuple[Path, ...], as_json: bool) -> int:
    """Bring a collection up to date.

    Print what was read and what was skipped. Every other command does this first by itself. With
    --watch, print a line for each change, or with --json a report a line.

    \b
    Examples:
      parallax index --in ~/articles
      parallax index --in ~/articles --watch
    """
    from tui.cli import output, printing
    from tui.cli.updating import update

    with plain_errors(), library_of(paths) as library:
        if watch:
            from tui.cli.watching import watch as go_on

            return go_on(library, as_json)
        report = update(library, narrate=False)
        articles = library.status().articles
        if as_json:
            output.as_json(report)
        else:
            printing.report(report, articles)
    return FOUND if articles else NOTHING


@click.command("paths")
@collection_options
def paths_command(paths: tuple[Path, ...], as_json: bool) -> int:
    """Print where things are kept.

    The cache, the collection in it, what you made (data), the state, the settings and the
    examples.

    \b
    Example:
      parallax paths --in ~/articles
    """
    from index.places import bundled_seeds, cache_dir, data_dir
    from index.settings import settings_file
    from tui.cli import output
    from tui.state import state_file

    with plain_errors(), library_of(paths) as library:
        places = {
            "cache": str(cache_dir()),
            "collection": str(library.folder),
            "data": str(data_dir()),
            "state": str(state_file()),
            "settings": str(settings_file()),
            "seeds": str(bundled_seeds()),
        }
    if as_json:
        output.as_json(places)
    else:
        output.pairs(places)
    return FOUND


COMMANDS = (
    search,
    facets,
    saved,
    show,
    correct,
    entities,
    related,
    compare,
    index_command,
    paths_command,
)
