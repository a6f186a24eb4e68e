"""Tantivy: its English stemmer, as many threads as it likes, nothing stored but the id.

Of a misspelt word it looks for all words one edit away.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from articles import rows
from queries import MISSPELT, PREFIX, Query

from engines import LIMIT, Answer, Engine

FIELDS = ["title", "body"]


def index(paths: Sequence[Path], folder: Path) -> int:
    """Indexes everything in one commit, and waits until its segments are merged."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name="en_stem")
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("source", tokenizer_name="raw", index_option="basic")
    builder.add_date_field("day", indexed=True, fast=True)
    writer = tantivy.Index(builder.build(), path=str(folder)).writer()
    count = 0
    for row in rows(paths):
        given = {"id": row.id, "title": row.title, "body": row.text, "source": row.source}
        document = tantivy.Document(**given)
        if row.date:
            document.add_date("day", _moment(row.date[:10]))
        writer.add_document(document)
        count += 1
    writer.commit()
    writer.wait_merging_threads()
    return count


def opened(folder: Path) -> Engine:
    """Outlet and days are conditions that have no part in the score."""
    import tantivy

    kept = tantivy.Index.open(str(folder))
    searcher = kept.searcher()
    one_edit = dict.fromkeys(FIELDS, (False, 1, True))

    def parsed(query: Query) -> tantivy.Query:
        if query.kind == PREFIX:
            # The parser stops at 50 words for a prefix.
            begin = query.typed.removesuffix("*")
            either = [
                (tantivy.Occur.Should, tantivy.Query.regex_query(kept.schema, field, f"{begin}.*"))
                for field in FIELDS
            ]
            return tantivy.Query.boolean_query(either)
        return kept.parse_query(
            query.typed, FIELDS, fuzzy_fields=one_edit if query.kind == MISSPELT else None
        )

    def filtered(query: Query) -> tantivy.Query:
        first, before = (_moment(day) for day in (query.first, query.before))
        conditions = (
            tantivy.Query.term_query(kept.schema, "source", query.source),
            tantivy.Query.range_query(
                kept.schema, "day", tantivy.FieldType.Date, first, before, include_upper=False
            ),
        )
        silent = [
            (tantivy.Occur.Must, tantivy.Query.const_score_query(condition, 0.0))
            for condition in conditions
        ]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, parsed(query)), *silent])

    def answer(query: Query) -> Answer:
        wanted = filtered(query) if query.source else parsed(query)
        results = searcher.search(wanted, LIMIT)
        return [searcher.doc(at)["id"][0] for _, at in results.hits], int(results.count)  # type: ignore[attr-defined]

    return answer


def _moment(day: str) -> datetime:
    """The beginning of a day."""
    return datetime.fromisoformat(day).replace(tzinfo=UTC)
