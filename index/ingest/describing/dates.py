"""Dates of publication as files state them. A day without its year is none, nor is 05/06/2024."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from index.ingest.describing.addresses import original

_EARLIEST = 1600
_WEB = 1991
"""The year of the first page of the web: no address and no file is older."""
_WRITTEN = date(2026, 1, 1)
"""A clock that says it is earlier than this is wrong."""
_UNSET = date(1970, 1, 1)
"""What programs state that were given no date."""

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})"
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-3])(?:[:.]|\s?h\s?)(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?:\.\d+)?"
    r"\s?(?P<half>[ap]\.?m\b\.?)?(?:\s?\(?(?P<zone>[A-Z]{1,4})\b)?(?:\s?(?P<offset>[+−-]\d\d?:?\d{0,2})(?!\d))?"
)
_TIME = re.compile(rf"(?:\b|T){_CLOCK}(?=\W|$)", re.IGNORECASE)
_HOUR = re.compile(r"\b(?P<hour>1[0-2]|[1-9])\s?(?P<half>[ap]\.?m\b)", re.IGNORECASE)
_ZONES = {
    **{"z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3},
    **{"msk": 3, "trt": 3, "jst": 9, "kst": 9, "hkt": 8, "sgt": 8, "aest": 10, "aedt": 11},
    **{"est": -5, "edt": -4, "cdt": -5, "mdt": -6, "pst": -8, "pdt": -7},
}
"""Hours from UTC, of those that mean one thing: CST and IST mean several."""

_WEEK = re.compile(r"\d{4}-?W")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_WORDS = re.compile(r"[^\W\d_]+")
_LONGEST_LINE = 90
_PUBLISHED = re.compile(
    r"\b(?:published|posted|publié|veröffentlicht|publicado|pubblicato|gepubliceerd|yayınlanma"
    r"|опубликовано|опубліковано)\b|تاريخ النشر",
    re.IGNORECASE,
)

_UPDATED = re.compile(
    r"\b(?:updated?|modified|mis à jour|aktualisiert|actualizado|aggiornato|bijgewerkt|güncelleme"
    r"|обновлено|оновлено)\b|تحديث",
    re.IGNORECASE,
)

_ADDRESS = re.compile(
    r"[/_-](?P<year>(?:19|20)\d\d)(?:"
    r"(?P<by>[/-])(?P<month>\d\d?|[a-z]{3})(?P=by)(?P<day>\d\d?)(?=[/_.-]|$)"
    r"|/?(?P<month2>\d\d)(?P<day2>\d\d)(?=[/_.-]|$))",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<by>[-_. ]?)(?P<month>\d\d)(?P=by)(?P<day>\d\d)(?!\d)"
)
_CLOCK_AFTER = re.compile(r"[T _-]{1,2}\d\d[-_.:h ]?\d\d")
_SAVED = re.compile(r"\b(?:screenshot|screen shot|scan|export|download|saved|img|capture)", re.I)
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class _Written:
    """How dates are written out, in the languages of `languages.toml`."""

    months: dict[str, int]
    forms: tuple[re.Pattern[str], ...]
    numbers: re.Pattern[str]
    line_words: frozenset[str]


@cache
def _written() -> _Written:
    data = tomllib.loads(Path(__file__).with_name("languages.toml").read_text("utf8"))
    months = {
        form.replace("-", " "): number
        for names in data["months"].values()
        for number, forms in enumerate(names.split(), start=1)
        for form in forms.split("|")
    }
    month = "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True))
    month = rf"(?P<month>{month})\b\.?"
    words = {word for each in data["date_words"].values() for word in each.split()}
    return _Written(
        months,
        forms=tuple(
            re.compile(form, re.IGNORECASE)
            for form in (
                rf"(?<![\d.]){_YEAR}-(?P<month>\d\d)-{_DAY}(?!\d)",
                rf"\b{month}\s{_DAY}(?:st|nd|rd|th)?,?\s{_YEAR}\b",
                rf"\b{_DAY}(?:st|nd|rd|th|er|º|\.)?[\s-]+(?:(?:of|de|d['’])\s?)?{month}[,-]?\s?"
                rf"(?:del?\s)?{_YEAR}\b",
                rf"\b{_YEAR}[/.](?P<month>\d\d)[/.](?P<day>\d\d)\b",
                rf"{_YEAR}\s?[年년]\s?(?P<month>\d\d?)\s?[月월]\s?{_DAY}\s?[日일]",
            )
        ),
        numbers=re.compile(rf"\b{_DAY}(?P<by>[/.-])(?P<month>\d\d?)(?P=by){_YEAR}\b"),
        line_words=frozenset(words | {word for name in months for word in name.split()}),
    )


def stated_date(text: str) -> datetime | None:
    """Gives the date that a field states: ISO 8601, RFC 2822, seconds since 1970 or written out.

    None for none, for one that can't be that of an article, and for a year or month alone.
    """
    text = text.strip()
    if not 8 <= len(text) <= 200:
        return None
    if text.isascii() and text.isdigit() and len(text) > 8:
        return _of_digits(text)
    try:
        # Not the week or the day of a year, which nobody means.
        return None if _WEEK.match(text) else _published(datetime.fromisoformat(text))
    except ValueError:
        pass
    found = date_in(text)
    return _published(_of_mail(text) or found) if found else None


def _of_digits(text: str) -> datetime | None:
    """The moment in digits alone: seconds or thousandths since 1970, or 20240205103000."""
    if len(text) in (9, 10, 12, 13):
        seconds = int(text) // (1 if len(text) < 12 else 1_000)
        return _published(datetime.fromtimestamp(seconds, UTC))
    try:
        return _published(datetime.strptime(text, "%Y%m%d%H%M%S")) if len(text) == 14 else None
    except ValueError:
        return None


def _of_mail(text: str) -> datetime | None:
    """The moment in RFC 2822, where it has a zone of that form."""
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else None


def date_line(paragraph: str) -> datetime | None:
    """Gives the date of a line that states one and nothing else: "Published: 5 May 2024".

    Where it says when the article was updated too, the date of publication.
    """
    if len(paragraph) > _LONGEST_LINE:
        return None
    line = paragraph if paragraph.isascii() else paragraph.translate(_DIGITS)
    if not ("19" in line or "20" in line):
        return None
    label = _PUBLISHED.search(line)
    found = (date_in(line[label.end() :]) if label else None) or date_in(line)
    if found is None:
        return None
    words = _written().line_words
    return found if all(word.lower() in words for word in _WORDS.findall(line)) else None


def is_update(line: str) -> bool:
    """Whether a line of date says when something was updated, and not when it was published."""
    return bool(_UPDATED.search(line)) and not _PUBLISHED.search(line)


def date_in(text: str) -> datetime | None:
    """Gives the first whole date in a short text, with the time and zone that stand beside it.

    Numbers alone count only where day and month can't be confused.
    """
    if not text.isascii():
        text = text.translate(_DIGITS)
    written = _written()
    for form in written.forms:
        if found := form.search(text):
            month = found["month"]
            number = int(month) if month.isdigit() else written.months[month.lower()]
            return _moment(found, int(found["year"]), number, int(found["day"]), text)
    if found := written.numbers.search(text):
        first, second = int(found["day"]), int(found["month"])
        if first > 12 or first == second:
            return _moment(found, int(found["year"]), second, first, text)
        if second > 12:
            return _moment(found, int(found["year"]), first, second, text)
    return None


def date_in_address(address: str) -> tuple[datetime, str] | None:
    """Gives the day that an address holds, and the part of it that does; None for none."""
    try:
        path = urlsplit(original(address)).path
    except ValueError:
        return None
    for found in _ADDRESS.finditer(path[:500]):
        month = found["month"] or found["month2"]
        number = int(month) if month.isdigit() else _written().months.get(month.lower(), 0)
        day = _day(int(found["year"]), number, int(found["day"] or found["day2"]))
        if day and day.year >= _WEB and _in_time(day):
            end = found.end() + (path[found.end() : found.end() + 1] == "/")
            return day, path[found.start() : end]
    return None


def date_in_file_name(name: str) -> datetime | None:
    """Gives the day that a file's name states; None for none.

    One with a time after it or in brackets says when the file was saved, as programs do.
    """
    stem = _BRACKETS.sub(" ", unquote(name[:300]).rpartition(".")[0] or name[:300])
    if _SAVED.search(stem):
        return None
    found = _FILE.search(stem)
    if found:
        if _CLOCK_AFTER.match(stem, found.end()):
            return None
        day = _day(int(found["year"]), int(found["month"]), int(found["day"]))
    else:
        day = date_in(re.sub(r"[_ ]+", " ", stem)) if re.search("19|20", stem) else None
        day = day.replace(hour=0, minute=0, second=0, tzinfo=None) if day else None
    return day if day and _in_time(day) else None


def _moment(found: re.Match[str], year: int, month: int, day: int, text: str) -> datetime | None:
    """The date that was found, with the time in the rest of the text."""
    moment = _day(year, month, day)
    if moment is None:
        return None
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    clock = _TIME.search(rest)
    if clock is None:
        hour = _HOUR.search(rest)
        return moment.replace(hour=_hour(int(hour["hour"]), hour["half"])) if hour else moment
    moment = moment.replace(
        hour=_hour(int(clock["hour"]), clock["half"]),
        minute=int(clock["minute"]),
        second=int(clock["second"] or 0),
    )
    return moment.replace(tzinfo=_zone(clock["zone"], clock["offset"]))


def _hour(hour: int, half: str | None) -> int:
    if not half or hour > 12:
        return hour
    return hour % 12 + (12 if half[0] in "pP" else 0)


def _zone(name: str | None, offset: str | None) -> timezone | None:
    """The zone that stands after a time; None where it means several or nothing is there."""
    if offset and (not name or name.lower() in ("t", "z", "utc", "gmt")):
        digits = re.sub(r"\D", "", offset)
        hours, minutes = int(digits[:-2] if len(digits) > 2 else digits), 0
        if len(digits) > 2:
            minutes = int(digits[-2:])
        sign = 1 if offset[0] == "+" else -1
        return timezone(sign * timedelta(hours=hours, minutes=minutes)) if hours <= 14 else None
    hours_there = _ZONES.get(name.lower()) if name else None
    return None if hours_there is None else timezone(timedelta(hours=hours_there))


def _day(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day)
    except ValueError:
        return None


def _published(moment: datetime) -> datetime | None:
    return moment if moment.date() != _UNSET and _in_time(moment) else None


def _in_time(moment: datetime) -> bool:
    """Whether an article can be of that time: not of tomorrow, give or take a zone."""
    if moment.year < _WRITTEN.year:
        return moment.year >= _EARLIEST
    return moment.date() <= max(date.today(), _WRITTEN) + timedelta(days=2)
