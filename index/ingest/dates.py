"""Dates of publication as texts state them. A day without its year is no date."""

from __future__ import annotations

import re
from datetime import datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONTH = rf"(?P<month>{_MONTH_NAME})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_CLOCK = r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::\d\d)?\s?(?P<half>[ap]\.?m\.?)?"

_FORMS = (
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    re.compile(rf"\b{_MONTH}\s{_DAY},?\s{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_DAY}\s(?:of\s)?{_MONTH},?\s{_YEAR}\b", re.IGNORECASE),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)[/.](?P<month>\d\d)[/.](?P<day>\d\d)\b"),
    re.compile(rf"\b(?P<day>\d\d?)[/.](?P<month>\d\d?)[/.]{_YEAR}\b"),
)
_TIME = re.compile(rf"\b{_CLOCK}(?=\W|$)", re.IGNORECASE)

# What a line of date may hold beside the date and the time.
_LINE_WORDS = re.compile(
    r"(?:first|last|originally|published|posted|updated|modified|date|created|released|issued|on|at|of"
    r"|time|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|[a-z]{0,2}[smewg][tm]t|utc|z|edt|[ap]m"
    rf"|hours|hrs|local|st|nd|rd|th|{_MONTH_NAME})",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]+")
_LONGEST_LINE = 90


def stated_date(text: str) -> datetime | None:
    """Gives the date that a field states: ISO 8601, RFC 2822 or written out; None for none."""
    text = text.strip()
    if not text or len(text) > 200:
        return None
    try:
        return _plausible(datetime.fromisoformat(text))
    except ValueError:
        pass
    if found := date_in(text):
        from email.utils import parsedate_to_datetime

        try:
            return _plausible(parsedate_to_datetime(text))
        except (ValueError, TypeError, IndexError, OverflowError):
            return found
    return None


def date_line(paragraph: str) -> datetime | None:
    """Gives the date of a line that states one and nothing else: "Published: 5 May 2024"."""
    if len(paragraph) > _LONGEST_LINE or not ("19" in paragraph or "20" in paragraph):
        return None
    found = date_in(paragraph)
    if found is None:
        return None
    return found if all(map(_LINE_WORDS.fullmatch, _WORDS.findall(paragraph))) else None


def date_in(text: str) -> datetime | None:
    """Gives the first whole date in a short text, with the time beside it where one is stated.

    Numbers alone count only where day and month can't be confused.
    """
    for form in _FORMS:
        if found := form.search(text):
            parts = found.groupdict()
            month = parts["month"]
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
            day = int(parts["day"])
            if form is _FORMS[-1]:
                if number > 12 >= day:
                    day, number = number, day
                elif day <= 12 and day != number:
                    return None
            try:
                moment = datetime(int(parts["year"]), number, day)
            except ValueError:
                return None
            return _with_time(moment, text[: found.start()] + " " + text[found.end() :])
    return None


def _with_time(day: datetime, rest: str) -> datetime:
    found = _TIME.search(rest)
    if not found:
        return day
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    try:
        return day.replace(hour=hour, minute=int(found["minute"]))
    except ValueError:
        return day


def _plausible(moment: datetime) -> datetime | None:
    return moment if 1600 <= moment.year <= 2200 else None
