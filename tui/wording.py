"""The sentences of the library screen: what was found, and what to do where nothing was."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import index
from index.library import FACET_NAMES
from index.model import Article, Order, Progress, Report, Results, SavedSearch, Status
from tui.text import count, one_line

SPELLINGS = 4
"""Other spellings of a name that are listed; the rest are counted."""
SECONDS_COUNTED = 90
"""From here on a time is told in minutes."""


ORDERS = {
    Order.NEWEST: "newest first",
    Order.OLDEST: "oldest first",
    Order.TITLE: "by title",
}
"""Orders that are told; best first is what a search is for."""
AS_TYPED = "exactly as typed"


def found_line(results: Results, offset: int = 0) -> str:
    """Says how many articles were found, how quickly, in what order and under what spellings.

    `offset` is the row of the first of its hits.
    """
    order = ORDERS.get(results.order)
    if not results.query.strip():
        # Dated articles stand before the others; a stretch further down may have none of them.
        dated = any(hit.article.date for hit in results.hits) or offset > 0
        order = (order or ORDERS[Order.NEWEST]) if dated else ORDERS[Order.TITLE]
        line = count(results.total, "article") + (f", {order}" if results.total > 1 else "")
        return f"{line} · {AS_TYPED}" if results.exact else line
    milliseconds = max(1, round(results.seconds * 1000))
    parts = [f"{count(results.total, 'article')} in {milliseconds} ms"]
    if order is None and unranked(results) and any(hit.article.date for hit in results.hits):
        order = ORDERS[Order.NEWEST]
    if order is not None:
        parts.append(order)
    if results.exact:
        parts.append(AS_TYPED)
    others = [s for found in results.spellings.values() for s in found]
    if others:
        more = f" and {len(others) - SPELLINGS} more" if len(others) > SPELLINGS else ""
        parts.append(f"also: {', '.join(map(one_line, others[:SPELLINGS]))}{more}")
    return " · ".join(parts)


def unranked(results: Results) -> bool:
    """Whether no article of an answer is better than another, as where dates alone are asked for.

    The newest are first then as it is.
    """
    return not any(hit.score for hit in results.hits)


def instead_line(results: Results, *, typing: bool) -> str:
    """Says what was probably meant, and what was taken in place of what was typed.

    While somebody is `typing`, the key that takes what was meant is text: enter leaves the box.
    """
    parts = [one_line(results.note)]
    if results.suggestion:
        keys = "⏎ y" if typing else "y"
        parts.insert(0, f"Did you mean “{one_line(results.suggestion)}”? {keys}")
    return " · ".join(filter(None, parts))


def part(progress: Progress) -> tuple[int, int]:
    """Gives what is done and what there is to do in the step of an update that is under way."""
    if progress.done < progress.total or not progress.articles:
        return progress.done, progress.total
    if progress.searchable < progress.articles:
        return progress.searchable, progress.articles
    return progress.recognised, progress.articles


def doing(progress: Progress) -> tuple[str, str, str]:
    """Says what an update is doing in three ways, the longest first.

    `reading 312 of 2,225 files · 2,100 articles/s · 12 s left` is the longest; the second has no
    rate, and the last no time.
    """
    if progress.phase == "waiting":
        return ("waiting for another reader",) * 3
    if progress.phase == "scanning":
        return ("looking for files",) * 3
    done, total = (f"{number:,}" for number in part(progress))
    if progress.done < progress.total:
        what = f"reading {done} of {count(progress.total, 'file')}"
    elif progress.searchable < progress.articles:
        what = f"indexing {done} of {total}"
    else:
        what = f"finding names {done} of {total}"
    rate = f" · {progress.rate:,.0f} articles/s" if progress.rate >= 1 else ""
    left = f" · {duration(progress.seconds_left)} left" if progress.seconds_left is not None else ""
    return what + rate + left, what + left, what


def duration(seconds: float) -> str:
    """Gives a time as somebody who waits counts it: `12 s`, `3 min`, `1 h 20 min`."""
    whole = max(1, round(seconds))
    if whole < SECONDS_COUNTED:
        return f"{whole} s"
    minutes = round(whole / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def changes(report: Report) -> str:
    """Says what an update changed: `3 new articles, 1 changed`; empty when nothing was."""
    told = [
        (report.added, "new"),
        (report.changed, "changed"),
        (report.moved, "moved"),
        (report.removed, "gone"),
    ]
    parts = [f"{number:,} {what}" for number, what in told if number]
    if parts:
        number, what = next(each for each in told if each[0])
        articles = count(number, "article")
        parts[0] = f"{articles} {what}" if what != "new" else articles.replace(" ", " new ")
    return ", ".join(parts)


def saved_news(saved: Sequence[SavedSearch]) -> str:
    """Gives `2 saved searches have new articles · b`; empty when none has."""
    number = sum(search.new > 0 for search in saved)
    has = "has" if number == 1 else "have"
    searches = count(number, "saved search", "saved searches")
    return f"{searches} {has} new articles · b" if number else ""


def facet_size(facet: str, values: int) -> str:
    """Gives how many values a facet has; `50+` where more names than that are not counted."""
    more = "+" * (facet not in ("source", "month") and values >= FACET_NAMES)
    return f"{values:,}{more}"


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
        + " In the list, ⌫ takes back the last filter." * bool(index.filters(results.query))
        + " Pressing escape twice brings all articles back."
    )
    return "\n".join(lines)


def _no_articles(paths: Sequence[Path], status: Status | None) -> str:
    where = ", ".join(one_line(str(path)) for path in paths)
    lines = [f"No articles in {where}", ""]
    if status is not None and status.skipped:
        lines.append(f"{count(status.skipped, 'file')} could not be read: press s to see why.")
    lines.append(
        "Put articles there (web pages, PDFs, documents, mails, exports or plain text, in folders"
        " as you like) and press u to read them, or open another folder: parallax FOLDER"
    )
    return "\n".join(lines)


def no_related(article: Article, *, ready: bool) -> str:
    """Says that an article stands alone, as far as is known before all is read."""
    line = f"No other article here is about the same event as “{one_line(article.title)}”."
    return line if ready else f"{line} That may change: not all is read yet."
