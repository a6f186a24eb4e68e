"""What of the articles is corrected: the user's values stand beside what was read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from index.model import Article, Evidence, EvidenceKind, to_json
from index.store.copies import Copies
from index.store.rows import LISTED, moment, original_in

FIELDS = ("title", "source", "author", "date", "url", "language")
"""What of an article may be corrected."""
_IN_FULLTEXT = {"title", "source", "author", "date"}
"""Fields that the full-text index knows."""


class Corrected(Copies):
    """Storing corrections, and telling what is corrected."""

    def corrected_ids(self) -> set[str]:
        """The ids of the articles of which something is corrected."""
        rows = self._rows("SELECT id FROM article WHERE original IS NOT NULL")
        return {article_id for (article_id,) in rows}

    def corrections(self) -> list[tuple[str, str, dict[str, str | None]]]:
        """The locator, path and corrected fields of every article of which something is."""
        rows = self._rows(f"SELECT {LISTED}, path FROM article WHERE original IS NOT NULL")  # noqa: S608
        return [(row[2], row[11], values_of(row)) for row in rows]

    def place_of(self, article_id: str) -> tuple[str, str, str] | None:
        """The listed id, path and locator of an article, or of what this is a copy of."""
        return self._row(
            "SELECT article.id, article.path, article.locator FROM article WHERE id = :id"
            " UNION ALL SELECT article.id, copy.path, copy.locator FROM copy"
            " JOIN article ON article.number = copy.article WHERE copy.id = :id",
            {"id": article_id},
        )

    def correct(self, article_id: str, values: Mapping[str, str | None]) -> bool:
        """Makes `values` all that is corrected of an article; whether that changed anything.

        What was read is kept beside them, and shown again for fields that are not among them.
        """
        columns = ", ".join(FIELDS)
        row = self._row(
            f"SELECT number, original, {columns} FROM article WHERE id = ?",  # noqa: S608
            (article_id,),
        )
        if row is None:
            return False
        now = dict(zip(FIELDS, row[2:], strict=True))
        before = original_in(row[1])
        as_read = {**now, **before}
        then = {**as_read, **values}
        original = {name: as_read[name] for name in values}
        if now == then and original == before:
            return False
        changed = {name for name in FIELDS if now[name] != then[name]}
        self._db.execute(
            "UPDATE article SET title = ?, source = ?, author = ?, date = ?, url = ?,"
            " language = ?, original = ?, indexed = indexed AND ? WHERE number = ?",
            (
                *(then[name] for name in FIELDS),
                json.dumps(original) if original else None,
                not changed & _IN_FULLTEXT,
                row[0],
            ),
        )
        if "title" in changed:
            self.forget_mentions(row[0])
            self._db.execute("UPDATE article SET recognised = 0 WHERE number = ?", (row[0],))
        if "source" in changed:
            self.uncount(row[0])
        if "date" in changed:
            self.vectors_changed()
        return True


def values_of(row: tuple[Any, ...]) -> dict[str, str | None]:
    """Gives the corrected fields of an article from its `LISTED` columns."""
    now = dict(zip(("title", "source", "author", "date", "url"), row[3:8], strict=True))
    now["language"] = row[9]
    return {name: now[name] for name in original_in(row[10])}


def corrected(article: Article, values: Mapping[str, str | None]) -> Article:
    """Gives an article as it was read with some fields corrected, and the evidence for that."""
    changes: dict[str, Any] = dict(values)
    evidence = dict(article.evidence)
    for name in values:
        before = getattr(article, name)
        said = f"instead of “{_shown(before)}”" if before else "it was unstated"
        evidence[name] = Evidence(EvidenceKind.CORRECTION, said)
    if "date" in changes:
        changes["date"] = moment(changes["date"])
    return replace(article, **changes, evidence=evidence)


def _shown(value: object) -> str:
    return str(to_json(value))
