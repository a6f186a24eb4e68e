"""Rows of exports become drafts of articles, be they objects of JSON or records of CSV."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import chain
from typing import Any

from index.ingest.blocks import paragraphs_of
from index.ingest.draft import Draft, Fact, Found, Later, Member, Source
from index.ingest.exports.cells import line_of, stated, text_in
from index.ingest.exports.columns import (
    Columns,
    chosen_columns,
    columns_by_content,
    columns_of,
    is_container,
    same_column,
)
from index.ingest.pieces import Locators
from index.ingest.sanitise import sanitise_line
from index.model import Evidence, EvidenceKind, Skipped

Row = dict[str, Any]
Rows = Iterator[tuple[int, Row | str]]
"""Each with its number in the file; where it is broken, the reason."""

_SAMPLE = 20
"""Rows that are looked at where no column is named like a text."""
_SAMPLE_CHARACTERS = 4_000_000
_PLANS = 200
"""Sets of column names whose meaning is remembered; rows of one export have few."""
_REMEMBERED = 1_000
"""Columns of the widest row whose meaning is remembered."""
_LISTED = 8
"""Columns that a message names."""
_LONGEST_NAME = 300
_DEEPEST = 8
"""Objects in each other that are opened for their columns."""

_PAGE = re.compile(r"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)

_STATED = ("title", "source", "author", "date", "url", "language")


def read_rows(source: Source, rows: Rows, word: str) -> Found:
    """Gives a draft for every row, or why there is none; `word` is what a row is called: `line`.

    A row without an id is named by its number, and an id that was there before gets a number after
    it. A broken row costs no other. Where no row has a column of text, that is said once for the
    file.
    """
    reader = _Reader(source)
    lacking, found, broken = array("Q"), False, False
    for number, row in reader.sampled(rows):
        if isinstance(row, str):
            broken = True
            yield Skipped(f"{source.locator}#{number}", f"{word} {number}: {row}")
            continue
        row, plan = reader.planned(row)
        if not plan.text and not found:
            lacking.append(number)
            continue
        found = True
        for earlier in lacking:
            yield _without_text(source, earlier, word)
        del lacking[:]
        draft = reader.draft(row, plan, number) if plan.text else None
        yield draft or _without_text(source, number, word)
    if lacking or not (found or broken):
        yield Skipped(source.locator, reader.no_text())
    yield from reader.missing()


def _without_text(source: Source, number: int, word: str) -> Skipped:
    return Skipped(f"{source.locator}#{number}", f"{word} {number}: no text in it")


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the columns of a row mean."""

    containers: tuple[str, ...]
    """The columns that may hold an object with columns of its own."""
    text: tuple[str, ...]
    id: tuple[str, ...]
    stated: tuple[tuple[str, tuple[tuple[str, Evidence], ...]], ...]
    """For each field that has any, its columns."""


class _Reader:
    """What is known of the columns of one file while its rows are read."""

    def __init__(self, source: Source) -> None:
        self._locator = source.locator
        self._chosen = chosen_columns(source)
        self._paths = [column for column in self._chosen.values() if "." in column]
        self._absent = dict(self._chosen)
        """Columns that the settings name and no row had so far."""
        self._plans: dict[tuple[str, ...], _Plan] = {}
        self._by_content: Columns = {}
        self._names: tuple[str, ...] = ()
        """The columns of the first row."""
        self._locators = Locators(source, limited=False)

    def sampled(self, rows: Rows) -> Rows:
        """Gives the rows, the first of them looked at where no column is named like a text."""
        ahead: list[tuple[int, Row | str]] = []
        sample: list[Row] = []
        size = 0
        for numbered in rows:
            ahead.append(numbered)
            if isinstance(numbered[1], str):
                size += 1_000
            else:
                row, plan = self.planned(numbered[1])
                self._names = self._names or tuple(row)
                if plan.text or "text" in self._chosen:
                    break
                sample.append(row)
                size += sum(len(value) for value in row.values() if isinstance(value, str))
            if len(sample) == _SAMPLE or size > _SAMPLE_CHARACTERS:
                break
        if sample:
            self._by_content = columns_by_content(sample)
            self._plans.clear()
        return chain(ahead, rows)

    def planned(self, row: Row) -> tuple[Row, _Plan]:
        """Gives a row with the columns of its containers, and what its columns mean."""
        for path in self._paths:
            if path not in row and (value := _at(row, path)) is not None:
                row = {**row, path: value}
        plan = self._plan_of(tuple(row))
        for _ in range(_DEEPEST):
            held = [name for name in plan.containers if isinstance(row[name], dict)]
            if not held:
                break
            opened: Row = {}
            for name, value in row.items():
                if name in held:
                    opened |= {f"{name}.{inner}": each for inner, each in value.items()}
                else:
                    opened[name] = value
            row = opened
            plan = self._plan_of(tuple(row))
        return row, plan

    def _plan_of(self, names: tuple[str, ...]) -> _Plan:
        plan = self._plans.get(names)
        if plan is None:
            plan = self._plan(names)
            if len(self._plans) >= _PLANS:
                self._plans.clear()
            if len(names) <= _REMEMBERED:
                self._plans[names] = plan
        return plan

    def draft(self, row: Row, plan: _Plan, number: int) -> Later | None:
        """Gives the article of a row; None where it has no text."""
        for column in plan.text:
            text = "" if isinstance(row[column], int | float) else text_in(row[column], "\n") or ""
            page = "<" in text and _PAGE.match(text) is not None
            paragraphs = None if page or _is_plain(text) else paragraphs_of(text)
            if paragraphs is None or paragraphs:
                break
        else:
            return None
        lines = (line_of(text_in(row[column])) for column in plan.id)
        name = next(filter(None, lines), "")
        named = 0 < len(name) <= _LONGEST_NAME
        locator = self._locators.of(name if named else str(number))
        if page:
            return Later(partial(_page, row, plan, locator, text, f"{number}.html"))
        return Later(partial(_draft, row, plan, locator, text, paragraphs))

    def no_text(self) -> str:
        """Says that no column holds a text."""
        listed = [f'"{sanitise_line(name)[:40]}"' for name in self._names[:_LISTED]]
        more = len(self._names) - len(listed)
        columns = ", ".join(listed) + (f" and {more} more" if more > 0 else "")
        if wanted := self._chosen.get("text"):
            return f"no column {_quoted(wanted)}, which the settings name, among {columns}"
        if not listed:
            return "no text in it"
        return f"no column of text among {columns}; name it in the settings under [fields]"

    def missing(self) -> Iterator[Skipped]:
        """Says which columns that the settings name were never there."""
        for field, column in self._absent.items():
            if field != "text" and self._names:
                reason = f"no column {_quoted(column)}, which the settings name as {field}"
                yield Skipped(self._locator, reason)

    def _plan(self, names: tuple[str, ...]) -> _Plan:
        found = columns_of(names)
        for field, columns in self._by_content.items():
            if columns[0] in names:
                found.setdefault(field, columns)
        for field, wanted in self._chosen.items():
            column = same_column(wanted, names) if wanted else None
            found[field] = (column,) if column else ()
            if column or not wanted:
                self._absent.pop(field, None)
        return _Plan(
            containers=tuple(filter(is_container, names)),
            text=found.get("text", ()),
            id=found.get("id", ()),
            stated=tuple(
                (field, tuple((column, _evidence(column)) for column in found[field]))
                for field in _STATED
                if found.get(field)
            ),
        )


def _is_plain(text: str) -> bool:
    """Whether a text surely has paragraphs, and without markup: most need no closer look."""
    return text[:1].isascii() and text[:1].isalnum() and "<" not in text and "&" not in text


def _draft(row: Row, plan: _Plan, locator: str, text: str, paragraphs: list[str] | None) -> Draft:
    draft = Draft(locator, paragraphs_of(text) if paragraphs is None else paragraphs)
    for field, found in _facts(row, plan).items():
        setattr(draft, field, found)
    return draft


def _page(row: Row, plan: _Plan, locator: str, text: str, name: str) -> Member:
    """A row that holds a whole page, for the reader of those."""
    file = BytesIO(text.encode("utf-8", "replace"))
    return Member(locator, name, file, _facts(row, plan))


def _facts(row: Row, plan: _Plan) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for field, columns in plan.stated:
        for column, evidence in columns:
            if line := stated(field, row[column]):
                facts[field] = Fact(line, evidence)
                break
    return facts


def _at(row: Row, path: str) -> Any:
    """What stands at a path into nested objects; None where nothing does."""
    value: Any = row
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _evidence(column: str) -> Evidence:
    return Evidence(EvidenceKind.FIELD, sanitise_line(column)[:_LONGEST_NAME])


def _quoted(column: str) -> str:
    return f'"{sanitise_line(column)[:40]}"'
