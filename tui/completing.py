"""What is offered while a query is typed: what is worth offering, and the query with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from index.model import Completion
from tui.text import one_line

HISTORY = "earlier query"
"""The kind of a completion that is a query of the history, in place of all that is typed."""


def helpful(query: str, completions: Iterable[Completion]) -> Iterator[Completion]:
    """Those of the completions of a query that would change it, each text once."""
    texts: set[str] = set()
    for each in completions:
        if each.text not in texts and query[each.start : each.end] != each.text:
            texts.add(each.text)
            yield each


def completed(query: str, completion: Completion) -> tuple[str, int]:
    """The query with what was chosen, as one harmless line, and where typing goes on."""
    text = one_line(completion.text)
    before, after = query[: completion.start], query[completion.end :]
    return before + text + after, len(before + text)


def from_history(query: str, wanted: str, entries: Sequence[str]) -> Iterator[Completion]:
    """The queries of the history that hold what is `wanted`, each in place of the whole query."""
    held = wanted.strip().casefold()
    return (
        Completion(0, len(query), entry, HISTORY)
        for entry in entries
        if held in entry.casefold() and entry != query
    )
