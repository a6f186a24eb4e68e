"""The commands that search: what answers a query, what that has in common, saved searches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from shlex import quote

import click

from tui.cli.common import FOUND, NOTHING, collection_options, opened
from tui.cli.completion import complete_saved

ORDERS = ("relevance", "newest", "oldest", "title")
QUERY = {"ignore_unknown_options": True}
"""Options are not all checked by click in a query, so that -word can leave a word out."""


@click.command(context_settings=QUERY)
@click.argument("query", nargs=-1)
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(1), help="How many to print."
)
@click.option(
    "--sort",
    default=ORDERS[0],
    show_default=True,
    type=click.Choice(ORDERS),
    help="What comes first; undated articles come last.",
)
@click.option("--exact", is_flag=True, help="Only what was typed: no other forms or spellings.")
@click.option("--explain", is_flag=True, help="Say why each article ranks where it does.")
@click.option("--save", metavar="NAME", help="Save the search under a name.")
@click.option(
    "--saved",
    metavar="NAME",
    shell_complete=complete_saved,
    help="Run a saved search, and take note that its articles were seen.",
)
@collection_options
def search(
    query: tuple[str, ...],
    limit: int,
    sort: str,
    exact: bool,
    explain: bool,
    save: str | None,
    saved: str | None,
    paths: tuple[Path, ...],
    as_json: bool,
) -> int:
    """Print the articles that answer QUERY, best first.

    Without a QUERY, print them all. Words alone are best match: articles with all of them come
    first. There are "phrases", begin*, fuzzy~, -without, AND, OR, ( ), and fields such as title:
    source: author: person: place: date: after: before:; parallax syntax prints the whole page.

    Articles that answer a saved search, and did not when it was last run, are marked as new; in
    the JSON `new` has their ids.

    \b
    Examples:
      parallax search kataib hezbollah               all spellings of the name
      parallax search '"rules of engagement"'        a phrase, quoted for the shell too
      parallax search 'militia*' -embassy            a beginning, without a word
      parallax search source:rudaw after:2024 --sort newest
      parallax search drone attack --explain --limit 3
      parallax search drone attack --save Drones     and from then on
      parallax search --saved Drones
    """
    from index import Order, to_json
    from tui.cli import output, printing_searches

    typed = _typed(query)
    if saved is not None and (typed or save is not None):
        raise _wrong("--saved runs a search as it was saved, and takes no QUERY and no --save")
    if save is not None and not typed:
        raise _wrong("there is nothing to save: give a QUERY")
    with opened(paths) as library:
        new: frozenset[str] = frozenset()
        if saved is not None:
            kept = library.saved_search(saved)
            typed, exact, new = kept.query, exact or kept.exact, library.see_search(saved)
        if save is not None:
            library.save_search(save, typed, exact=exact)
        results = library.search(
            typed, limit=limit, order=Order(sort), exact=exact, explain=explain
        )
        if as_json:
            results = replace(results, facets=library.facets(typed, exact=exact))
            added = {"new": sorted(new)} if saved is not None else {}
            output.as_json(to_json(results) | added)
        else:
            printing_searches.results(results, new)
            if saved is not None:
                output.narrate(f"{len(new):,} new since it was last run")
        if save is not None:
            output.narrate(f"saved; parallax search --saved {quote(save.strip())} runs it again")
    return FOUND if results.total else NOTHING


@click.command(context_settings=QUERY)
@click.argument("query", nargs=-1)
@click.option("--exact", is_flag=True, help="Only what was typed: no other forms or spellings.")
@collection_options
def facets(query: tuple[str, ...], exact: bool, paths: tuple[Path, ...], as_json: bool) -> int:
    """Print what the articles that answer QUERY have in common.

    Their outlets, months, persons, organisations, places, groups and weapons, each with the number
    of articles; the months as a timeline. Without a QUERY, those of all articles. Each narrows a
    search: source:rudaw, date:2024-02, person:soleimani.

    \b
    Examples:
      parallax facets kataib hezbollah
      parallax facets drone source:rudaw --json
    """
    from tui.cli import output, printing_searches

    typed = _typed(query)
    with opened(paths) as library:
        results = library.search(typed, exact=exact)
        found = library.facets(typed, exact=exact)
        if as_json:
            output.as_json(found)
        else:
            printing_searches.facets(found)
            printing_searches.about(results)
    return FOUND if results.total else NOTHING


@click.command()
@click.option(
    "--delete", metavar="NAME", shell_complete=complete_saved, help="Delete one of them first."
)
@collection_options
def saved(delete: str | None, paths: tuple[Path, ...], as_json: bool) -> int:
    """Print the saved searches of a collection.

    Each with the number of articles that answer it now, and of those that did not when it was
    last run. parallax search saves searches, with --save, and runs them, with --saved.

    \b
    Examples:
      parallax saved
      parallax saved --in ~/articles --json
      parallax saved --delete Drones
    """
    from tui.cli import output, printing_searches

    with opened(paths) as library:
        if delete is not None:
            library.forget_search(delete)
        found = library.saved_searches()
        if as_json:
            output.as_json(found)
        else:
            printing_searches.saved(found)
    return FOUND if found or delete is not None else NOTHING


def _typed(query: Sequence[str]) -> str:
    for word in query:
        if word.startswith("--"):
            raise click.NoSuchOption(word, ctx=click.get_current_context())
    return " ".join(query).strip()


def _wrong(message: str) -> click.UsageError:
    return click.UsageError(message, click.get_current_context())
