"""The sentences of the library screen: what was found, and what to do where nothing was."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.model import Article, Progress, Results, Status
from tui.text import count, one_line

SPELLINGS = 4
"""Other spellings of a name that are listed; the rest are counted."""


def found_line(results: Results, offset: int = 0) -> str:
    """Says how many articles were found, how quickly, and under what other spellings.

    `offset` is the row of the first of its hits.
    """
    if not results.query.strip():
        # Dated articles stand before the others; a stretch further down may have none of them.
        dated = any(hit.article.date for hit in results.hits) or offset > 0
        order = ", newest first" if dated else ", by title"
        return count(results.total, "article") + (order if results.total > 1 else "")
    milliseconds = max(1, round(results.seconds * 1000))
    parts = [f"{count(results.total, 'article')} in {milliseconds} ms"]
    others = [s for found in results.spellings.values() for s in found]
    if others:
        more = f" and {len(others) - SPELLINGS} more" if len(others) > SPELLINGS else ""
        parts.append(f"also: {', '.join(map(one_line, others[:SPELLINGS]))}{more}")
    return " · ".join(parts)


def related_line(article: Article, number: int) -> str:
    """Says what the related articles are related to, and how to leave them."""
    title = one_line(article.title)
    return f"{count(number, 'article')} on the same event · esc goes back · “{title}”"


def why_empty(
    results: Results, paths: Sequence[Path], status: Status | None, progress: Progress | None
) -> str:
    """Says why a list is empty, and what to do."""
    if not results.query.strip():
        if progress is not None:
            return "Reading the files…\nArticles appear here as they are read."
        return _no_articles(paths, status)
    lines = [f"Nothing found for “{one_line(results.query)}”."]
    if progress is not None and progress.searchable < progress.articles:
        lines.append(
            f"Still reading: {progress.searchable:,} of {count(progress.articles, 'article')}"
            " can be searched so far."
        )
    lines.append(
        "Try fewer words, or the beginning of one with a star (milit*)."
        " Pressing escape twice brings all articles back."
    )
    return "\n".join(lines)


def _no_articles(paths: Sequence[Path], status: Status | None) -> str:
    where = ", ".join(one_line(str(path)) for path in paths)
    lines = [f"No articles in {where}", ""]
    if status is not None and status.skipped:
        lines.append(f"{count(status.skipped, 'file')} could not be read: press s to see why.")
    lines.append(
        "Put articles there (plain text, Markdown, HTML or JSON Lines, in folders as you like)"
        " and press u to read them, or open another folder: parallax FOLDER"
    )
    return "\n".join(lines)


def no_related(article: Article, *, ready: bool) -> str:
    """Says that an article stands alone, as far as is known before all is read."""
    line = f"No other article here is about the same event as “{one_line(article.title)}”."
    return line if ready else f"{line} That may change: not all is read yet."
