"""What the commands print of searches: hits and why they rank, facets, saved searches."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from index import Factor, Hit, ParagraphKind, Results, SavedSearch, Snippet
from tui.cli.output import INDENT, console, heading, narrate, say, table
from tui.cli.printing import head
from tui.text import count, one_line
from tui.wording import facet_size

VALUES_SHOWN = 10
"""Values of one facet that are listed on a terminal; the rest are counted."""
BAR = 30
"""Columns of the bar of the month with the most articles."""
EIGHTHS = " ▏▎▍▌▋▊▉"
NOT_BODY = {ParagraphKind.BOILERPLATE: "[site furniture] ", ParagraphKind.REPEAT: "[repeated] "}
"""What is said before a snippet that is not from the article itself."""


def results(found: Results, new: Collection[str] = ()) -> None:
    """Prints the hits of a search, each with its factors where it has any.

    Those among the ids `new` are said to be. The number of hits, the time, and what was looked for
    in place of what was typed go to stderr.
    """
    out = console()
    for hit in found.hits:
        _hit(out, hit, hit.article.id in new)
    shown = f", the first {len(found.hits)} shown" if len(found.hits) < found.total else ""
    about(found, shown)


def about(found: Results, shown: str = "") -> None:
    """Says on stderr how many articles answer, how quickly, and what was made of the query."""
    narrate(f"{count(found.total, 'article')} in {found.seconds * 1000:.0f} ms{shown}")
    if found.note:
        narrate(found.note)
    for name, spellings in found.spellings.items():
        narrate(f"{name}: also {', '.join(spellings)}")
    if found.suggestion:
        narrate(f"did you mean: {found.suggestion}")


def facets(found: Mapping[str, Sequence[tuple[str, int]]]) -> None:
    """Prints what articles have in common, with counts, and the months as a timeline.

    Down a pipe every value is a row of its own, with its facet first.
    """
    out = console()
    if not out.is_terminal:
        rows = [(name, value, n) for name, values in found.items() for value, n in values]
        table([(name, value, str(number)) for name, value, number in rows])
        return
    for name, values in found.items():
        if not values:
            continue
        heading(out, name.capitalize(), facet_size(name, len(values)))
        if name == "month":
            table(_timeline(values), numbers=(1,), indent=INDENT)
            continue
        shown = [(value, f"{number:,}") for value, number in values[:VALUES_SHOWN]]
        table(shown, numbers=(1,), indent=INDENT)
        if left := len(values) - len(shown):
            say(out, Text(f"and {left:,} more", style="dim"), INDENT)


def saved(found: Sequence[SavedSearch]) -> None:
    """Prints saved searches with the number of articles that answer, and of those that are new."""
    rows = [
        (each.name, each.query, str(each.total), str(each.new), "exact" if each.exact else "")
        for each in found
    ]
    table(rows, ("name", "query", "articles", "new", ""), numbers=(2, 3))


def _hit(out: Console, hit: Hit, new: bool) -> None:
    more = ["new"] if new else []
    if hit.matches:
        more.append(count(hit.matches, "match", "matches"))
    if hit.factors:
        more.append(f"score {hit.score:.2f}")
    head(out, hit.article, more)
    if snippet := _marked(hit.snippet):
        say(out, snippet, INDENT)
    if hit.factors:
        _factors(hit.factors)
    say(out, Text())


def _factors(found: Sequence[Factor]) -> None:
    rows = [
        (
            each.what,
            f"{each.score:.2f}",
            ", ".join(f"{part} {number:g}" for part, number in each.counts.items() if number),
            f"{each.idf:.2f}" if each.idf else "",
            ", ".join(word for word in each.words if word.lower() != each.what.lower()),
        )
        for each in found
    ]
    table(rows, ("factor", "score", "stands in", "idf", "also counted"), (1, 3), INDENT)


def _marked(snippet: Snippet) -> Text:
    """A snippet with its matched words in bold, after what it is when it is not of the body."""
    text = Text(one_line(snippet.text))
    if text.plain == snippet.text:
        for start, end in snippet.matches:
            text.stylize("bold", start, end)
    kind = NOT_BODY.get(snippet.kind)
    return Text.assemble((kind, "dim"), text) if kind and text else text


def _timeline(months: Sequence[tuple[str, int]]) -> list[tuple[str, str, str]]:
    """Rows of a month, its number and its bar; an ellipsis where months without articles are."""
    most = max(number for _, number in months)
    rows: list[tuple[str, str, str]] = []
    following = None
    for month, number in months:
        if following is not None and month != following:
            rows.append(("…", "", ""))
        rows.append((month, f"{number:,}", bar(number / most)))
        year, in_year = map(int, month.split("-"))
        following = f"{year + in_year // 12:04}-{in_year % 12 + 1:02}"
    return rows


def bar(share: float) -> str:
    """A bar of block characters for a share of the longest, in eighths of a column."""
    whole, eighths = divmod(max(1, round(share * BAR * 8)), 8)
    return "█" * whole + EIGHTHS[eighths].strip()
