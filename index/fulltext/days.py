"""Days as one types them: `2024-02`, `9 February 2024`, `last week`, `2024-01..2024-03`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

# fmt: off
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# fmt: on
_MONTH_OF = {name[:size]: n for n, name in enumerate(_MONTHS, 1) for size in (3, 4, len(name))}
_WEEKDAY_OF = {name[:size]: n for n, name in enumerate(_WEEKDAYS) for size in (3, len(name))}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTH_OF, key=len, reverse=True))})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"

_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")
_FIGURES = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_SPELT = tuple(
    re.compile(pattern)
    for pattern in (rf"{_DAY} {_MONTH} {_YEAR}", rf"{_MONTH} {_DAY},? {_YEAR}", f"{_MONTH} {_YEAR}")
)
_CALENDAR = re.compile(r"(this|last) (week|month|year)")
_LATEST = re.compile(r"(?:last|past) (\d{1,5}) (day|week|month|year)s?")
_AGO = re.compile(r"(\d{1,5}|an?|one) (day|week|month|year)s? ago")
_WEEKDAY = re.compile(rf"(last )?({'|'.join(_WEEKDAY_OF)})")


def stretch(text: str, today: date) -> tuple[int | None, int | None] | None:
    """Gives the days that a text stands for, from the first up to, and not including, the last.

    Day numbers; an end of a range that is left open is None. What was not a date, or could be
    two, gives None. A week begins on Monday; `3 months ago` is one day, `last month` a whole
    month, and `last 7 days` ends today. A weekday is the latest, today included.
    """
    text = " ".join(text.casefold().split())
    if ".." not in text:
        return _days(text, today)
    before, after = (end.strip(" .") for end in text.split("..", 1))
    ends = [_days(end, today) for end in (before, after) if end]
    known = [end for end in ends if end is not None]
    if not known or len(known) < len(ends):
        return None
    # Whoever types a range backwards means the days between all the same.
    first, last = min(start for start, _ in known), max(end for _, end in known)
    return first if before else None, last if after else None


def _days(text: str, today: date) -> tuple[int, int] | None:
    try:
        return _stated(text) or _told(re.sub(r"[\s_-]+", " ", text), today)
    except (ValueError, OverflowError):
        return None


def _stated(text: str) -> tuple[int, int] | None:
    """A date that says its year. Raises ValueError for a day that no calendar has."""
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
        return _whole(int(year), _number(month), _number(day))
    if found := _FIGURES.fullmatch(text):
        one, other, year = int(found[1]), int(found[3]), int(found[4])
        if one <= 12 and other <= 12 and one != other:
            return None
        return _whole(year, min(one, other), max(one, other))
    spelt = re.sub(r"[\s_-]+", " ", text)
    for form in _SPELT:
        if found := form.fullmatch(spelt):
            day = found.groupdict().get("day")
            return _whole(int(found["year"]), _MONTH_OF[found["month"]], _number(day))
    return None


def _told(text: str, today: date) -> tuple[int, int] | None:
    """A date that is told from today. Raises ValueError or OverflowError before the year 1."""
    now = today.toordinal()
    if text == "today":
        return now, now + 1
    if text == "yesterday":
        return now - 1, now
    if found := _WEEKDAY.fullmatch(text):
        back = (today.weekday() - _WEEKDAY_OF[found[2]]) % 7
        day = now - (back or 7 if found[1] else back)
        return day, day + 1
    if found := _CALENDAR.fullmatch(text):
        some = today if found[1] == "this" else _back(today, 1, found[2])
        if found[2] == "week":
            monday = some.toordinal() - some.weekday()
            return monday, monday + 7
        return _whole(some.year, some.month if found[2] == "month" else None, None)
    if found := _LATEST.fullmatch(text):
        return _back(today, int(found[1]), found[2]).toordinal() + 1, now + 1
    if found := _AGO.fullmatch(text):
        day = _back(today, int(found[1]) if found[1].isdecimal() else 1, found[2]).toordinal()
        return day, day + 1
    return None


def _number(figures: str | None) -> int | None:
    return None if figures is None else int(figures)


def _whole(year: int, month: int | None, day: int | None) -> tuple[int, int]:
    if month is None:
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1
    if day is None:
        first = date(year, month, 1).toordinal()
        return first, first + monthrange(year, month)[1]
    day_number = date(year, month, day).toordinal()
    return day_number, day_number + 1


def _back(day: date, count: int, unit: str) -> date:
    """The day that is some time before another; the last of a month that has no such day."""
    if unit in ("day", "week"):
        return day - timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 - count * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(max(year, 1), month)[1]))
