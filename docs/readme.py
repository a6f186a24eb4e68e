"""Writes the parts of README.md that the code knows better: the formats and the limits.

python docs/readme.py
"""

from __future__ import annotations

from pathlib import Path

from index.ingest.formats import FORMATS
from index.settings import Limits, described

README = Path(__file__).parent.parent / "README.md"


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
    for name, part in (("formats", formats()), ("limits", limits())):
        before, opening, rest = page.partition(f"<!-- {name} -->\n")
        _, closing, after = rest.partition(f"<!-- /{name} -->")
        page = f"{before}{opening}{part}\n{closing}{after}"
    return page


if __name__ == "__main__":
    README.write_text(written(README.read_text("utf8")), "utf8")
