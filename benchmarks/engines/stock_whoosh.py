"""Whoosh as it comes: its stemming analyser, two processes, a segment from each.

Of a misspelt word it looks for all words one edit away, by its own plugin.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from articles import rows
from queries import MISSPELT, Query

from engines import LIMIT, Answer, Engine


def index(paths: Sequence[Path], folder: Path) -> int:
    """Indexes everything in one commit."""
    from whoosh.analysis.analyzers import StemmingAnalyzer
    from whoosh.fields import DATETIME, ID, TEXT, Schema
    from whoosh.index import create_in

    stemming = StemmingAnalyzer()
    schema = Schema(
        id=ID(stored=True),
        title=TEXT(analyzer=stemming),
        body=TEXT(analyzer=stemming),
        source=ID,
        date=DATETIME,
    )
    writer = create_in(str(folder), schema).writer(procs=2, multisegment=True)
    count = 0
    for row in rows(paths):
        given: dict[str, str | datetime] = {
            "id": row.id,
            "title": row.title,
            "body": row.text,
            "source": row.source,
        }
        if row.date:
            given["date"] = datetime.fromisoformat(row.date[:10])
        writer.add_document(**given)
        count += 1
    writer.commit()
    return count


def opened(folder: Path) -> Engine:
    """Outlet and days are a filter, which has no part in the score."""
    from whoosh.index import open_dir
    from whoosh.qparser.default import MultifieldParser
    from whoosh.qparser.plugins import FuzzyTermPlugin
    from whoosh.query.compound import And
    from whoosh.query.ranges import DateRange
    from whoosh.query.terms import Term

    searcher = open_dir(str(folder)).searcher()
    parser = MultifieldParser(["title", "body"], searcher.schema)
    parser.add_plugin(FuzzyTermPlugin())  # type: ignore[no-untyped-call]

    def answer(query: Query) -> Answer:
        wanted = parser.parse(query.typed + "~" * (query.kind == MISSPELT))
        among = None
        if query.source:
            first, before = map(datetime.fromisoformat, (query.first, query.before))
            days = DateRange("date", first, before, endexcl=True)
            among = And([Term("source", query.source), days])
        results = searcher.search(wanted, limit=LIMIT, filter=among)
        return [hit["id"] for hit in results], len(results)

    return answer
