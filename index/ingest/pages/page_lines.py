"""What each line of a page is worth, and the stretch of lines that is worth most.

Lines are judged by shallow features of their text, as in Kohlschütter, Fankhauser and Nejdl,
"Boilerplate detection using shallow text features" (WSDM 2010). The weights are set by hand, in
words: what a line costs is how much prose must stand beyond it before it is taken to be inside the
article. They may be half as large again, or as small, and the article found stays nearly the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.ingest.cleaning.furniture import key, lexicon
from index.ingest.cleaning.structure import furniture
from index.ingest.paragraphs import count_words

LABEL = 4
"""Words of a line that is no more than a label."""
_PROSE = 9
"""Words of a line that is prose where a sentence ends in it."""
LONG = 24
"""Words of a line that is prose however it ends."""
_MOST = 60
"""Words that one paragraph counts for: a long one is no more of an article than two short ones."""
_BESIDE_NONE = 0.15
_BETWEEN_LABELS = 0.4
"""What prose counts for with nothing but labels around it, and with one on either side: teasers
stand in lists between headlines, bylines and dates."""

_COST_LABEL = 4.0
_COST_HEADLINE = 5.0
"""Lines with nearly every word in capitals are labels and headlines; any other may be an entry
of a list in the article."""
_COST_LINE = 2.0
_COST_CHROME = 6.0
_COST_PASSED_OVER = 1.0
"""Furniture that stands in articles too: an advertisement, a caption."""
_COST_DATE = 12.0
"""Dates stand above an article and between others, and hardly ever on a line inside one."""
_COST_LIST = 15.0
_COST_COMMENTS = 50.0
_FIRST_COMMENTS = 15
"""Lines in which readers' comments show themselves by their dates."""
_ENOUGH = 80.0
"""What a stretch adds up to that is an article whatever comes after it."""

_WORD = re.compile(r"\w")
_SENTENCE = re.compile(r"(?:(?<!\b\w)\.|[!?…؟۔।])[\"'”’»)\]]*(?:$| (?![a-z\d]))|[。！？]")
ENDED = re.compile(r"[.!?…:؟۔।。！？][\"'”’»)\]]*$")
_MONTHS = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|févr|avr|mai|juin|juil|août|déc"
    r"|mär|okt|dez|ene|abr|ago|dic|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек)\w*\.?"
)
_DATED = re.compile(
    r"\b(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d\d[./-]\d\d|\d{1,2}:\d\d)\b"
    rf"|\b{_MONTHS} \d{{1,2}}\b|\b\d{{1,2}}\.? (?:de )?{_MONTHS}(?: |$|,)"
    r"|\b\d+\+? ?(?:(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s?|[smhdw]) ago\b"
    r"|\b(?:an?|one) (?:hour|day|week|month|year) ago\b"
    r"|^(?:il y a|vor|hace|fa) \d+|^\d+ \w+ (?:fa|назад|önce)\b",
    re.IGNORECASE,
)
_DATE_WORDS = 11
_STATES_DATE = re.compile(
    r"(?:by|from|written|published|posted|updated|first published|last updated|publi|veröff|aktual"
    r"|stand|опубл|обнов|yayın|güncel|نشر|تحديث|פורסם|עודכן)",
    re.IGNORECASE,
)
_LONG_DATE_WORDS = 25
_COMMENTED = re.compile(r"\[? ?\d+ (?:reader )?comments? ?\]?|comments? ?[\[(]\d+[\])]", re.I)


def values(paragraphs: Sequence[str], found: list[str]) -> list[float]:
    """Gives what each line adds to a stretch that it stands in: words of prose, or a cost below 0.

    `found` are the roles of the lines. Readers' comments can be far longer than the article, so
    nothing after them counts.
    """
    listed = furniture(paragraphs, found)
    worth = [value(line, role) for line, role in zip(paragraphs, found, strict=True)]
    for index in listed:
        if not found[index]:
            worth[index] = -_COST_LINE
    solid = [index for index, each in enumerate(worth) if each and index not in listed]
    prose = [worth[index] >= _PROSE for index in solid]
    for at, index in enumerate(solid):
        if prose[at] and not any(prose[max(0, at - 1) : at] + prose[at + 1 : at + 2]):
            near = prose[max(0, at - 2) : at] + prose[at + 1 : at + 3]
            worth[index] *= _BETWEEN_LABELS if any(near) else _BESIDE_NONE
    for index, each in enumerate(worth):
        if each == -_COST_COMMENTS and _are_dated(paragraphs[index + 1 : index + _FIRST_COMMENTS]):
            start, stop = stretch(worth[:index])
            if sum(worth[start:stop]) >= _ENOUGH:
                return worth[:index] + [-_COST_COMMENTS] * (len(worth) - index)
    return worth


def value(line: str, role: str) -> float:
    """Gives what a line is worth by itself, without what stands around it."""
    if not _WORD.search(line):
        return 0
    if role == "comments" or (len(line) < 40 and _COMMENTED.fullmatch(line)):
        return -_COST_COMMENTS
    if role == "related":
        return -_COST_LIST
    if role in ("line", "caption"):
        return -_COST_PASSED_OVER
    words = count_words(line)
    if is_dated(line):
        return -_COST_DATE
    if role or (words <= LABEL and key(line) in lexicon().chrome):
        return -_COST_CHROME
    ends = bool(_SENTENCE.search(line))
    if words >= LONG or (ends and words >= _PROSE):
        return min(words, _MOST)
    if ends or line.endswith(":"):
        return 0
    if not _is_titled(line):
        return -_COST_LINE
    return -_COST_LABEL if words <= LABEL else -_COST_HEADLINE


def is_dated(line: str) -> bool:
    """Whether a line states a date or an age, and little else."""
    words = count_words(line)
    if words > _LONG_DATE_WORDS or not _DATED.search(line):
        return False
    short = words <= _DATE_WORDS and not line.endswith(".")
    return short or bool(_STATES_DATE.match(line))


def _is_titled(line: str) -> bool:
    """Whether nearly all its longer words begin with a capital, or have none to begin with."""
    words = [word for word in line.split() if len(word) > 3] or [line]
    small = sum(word[0].islower() or word[0].isdigit() for word in words)
    return 4 * small <= len(words)


def _are_dated(lines: Sequence[str]) -> bool:
    return sum(map(is_dated, lines)) > 1


def stretch(worth: Sequence[float]) -> tuple[int, int]:
    """Gives where the stretch of the greatest sum begins and ends; empty where there is none."""
    best, best_start, best_stop = 0.0, 0, 0
    total, start = 0.0, 0
    for index, each in enumerate(worth):
        if total <= 0:
            total, start = 0.0, index
        total += each
        if total > best:
            best, best_start, best_stop = total, start, index + 1
    return best_start, best_stop


def is_short_sentence(line: str) -> bool:
    """Whether a line is a sentence too short to be prose by itself: it belongs to what it is by."""
    return 2 < count_words(line) < _PROSE and bool(_SENTENCE.search(line)) and not is_dated(line)
