"""The command that prints what can be typed into a search."""

from __future__ import annotations

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def syntax(as_json: bool) -> int:
    """Print what can be searched for.

    Every kind of thing that a query may hold, with what it finds.

    \b
    Examples:
      parallax syntax
      parallax syntax --json
    """
    from index.fulltext.examples import EXAMPLES
    from tui.cli import output

    if as_json:
        output.as_json(EXAMPLES)
    else:
        output.table([(each.group, each.typed, each.means) for each in EXAMPLES])
    return 0
