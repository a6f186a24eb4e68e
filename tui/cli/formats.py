"""The command that prints which kinds of file can be read here."""

from __future__ import annotations

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def formats(as_json: bool) -> int:
    """Print the kinds of file that can be read.

    Each with the endings of its files' names, and what to install where a library is missing.

    \b
    Examples:
      parallax formats
      parallax formats --json
    """
    from index.ingest.formats import FORMATS
    from tui.cli import output

    found = [
        {
            "name": each.name,
            "endings": each.endings,
            "note": each.note,
            "missing": each.missing(),
        }
        for each in FORMATS
    ]
    if as_json:
        output.as_json(found)
    else:
        output.table(
            [(each.name, " ".join(each.endings), each.missing() or each.note) for each in FORMATS]
        )
    return 0
