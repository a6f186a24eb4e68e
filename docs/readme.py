"""Writes the parts of README.md that the code knows better: searches, formats, limits.

python docs/readme.py
"""

from __future__ import annotations

from pathlib import Path

from index.fulltext.examples import EXAMPLES
from index.ingest.formats import FORMATS
from index.settings import Limits, described

README = Path(__file__).parent.parent / "README.md"


def searches() -> str:
    """The table of what can be typed into a search."""
    rows = ["| Type | to find |", "| --- | --- |"]
    rows += [f"| `{each.typed}` | {each.means} |" for each in EXAMPLES]
    return "\n".join(rows)


def formats() -> str:
    """The table of the kinds of file that can be read."""
    rows = ["| Kind | Names end in | |", "| --- | --- | --- |"]
    for each in FORMATS:
        endings = " ".join(f"`{ending}`" for ending in each.endings)
        needs = f"needs `parallax-reader[{each.extra}]`" if each.extra else ""
        notes = "; ".join(filter(None, (each.note, needs)))
        rows.append(f"| {each.name} | {endings} | {notes} |".replace("|  |", "| |"))
    return "\n".join(rows)


def limits() -> str:
    """The table of the limits with their defaults."""
    rows = ["| Limit | Default | |", "| --- | --- | --- |"]
    rows += [f"| `{each.name}` | {each.default} | {each.text} |" for each in described(Limits)]
    return "\n".join(rows)


def written(page: str) -> str:
    """The page with what stands between its markers made anew."""
    parts = {"searches": searches(), "formats": formats(), "limits": limits()}
    for name, part in parts.items():
        before, opening, rest = page.partition(f"<!-- {name} -->\n")
        _, closing, after = rest.partition(f"<!-- /{name} -->")
        page = f"{before}{opening}{part}\n{closing}{after}"
    return page


if __name__ == "__main__":
    README.write_text(written(README.read_text("utf8")), "utf8")
