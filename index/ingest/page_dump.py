"""Text that is a whole web page written out: menus, the article, lists of others, the imprint.

The article is the stretch of lines in which prose most outweighs what is none. Lines are judged by
shallow features of their text, as in Kohlschütter, Fankhauser and Nejdl, "Boilerplate detection
using shallow text features" (WSDM 2010), and the stretch is the one of the greatest sum, as in
Pasternack and Roth, "Extracting article text from the web with maximum subsequence segmentation"
(WWW 2009). The weights are set by hand, in words: what a line costs is how much prose must stand
beyond it before it is taken to be inside the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.ingest.bylines import byline
from index.ingest.dates import date_in
from index.ingest.furniture import is_section, key, lexicon, roles
from index.ingest.paragraphs import count_words
from index.ingest.structure import furniture, is_headline

_LEAST = 12
"""Lines. A shorter text is no page with its menus."""
_SHORT_MENU = 4
_MENU = 10
"""Labels in a row that make a menu, a short one or one that leaves no doubt."""
_CHROME = 3
"""Different words of menus and imprints that a page shows; one less is enough with a menu."""

_LABEL = 4
"""Words of a line that is no more than a label."""
_PROSE = 9
"""Words of a line that is prose where a sentence ends in it."""
_LONG = 24
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
_ENOUGH = 80.0
"""What a stretch adds up to that is an article whatever comes after it."""

_ABOVE = 12
"""Lines above the text among which headline, byline and date stand."""
_OPENING = 100
"""Words of a summary and captions that may stand above the byline or the date."""

_WORD = re.compile(r"\w")
_SENTENCE = re.compile(r"(?:(?<!\b\w)\.|[!?…؟۔।])[\"'”’»)\]]*(?:$| (?![a-z\d]))|[。！？]")
_ENDED = re.compile(r"[.!?…:؟۔।。！？][\"'”’»)\]]*$")
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
_GOES_ON = re.compile(r"[,;:.!?)\]’”»%…、，。]|['’]s\b")
_OPENS = ("、", "，", "(", "[", "“", "‘", "«", "$", "£", "€")
_MID_SENTENCE = re.compile(
    r"a|an|the|of|to|in|on|at|by|for|from|with|and|or|but|that|which|who|as|is|are|was|were|be|been"
    r"|has|have|had|will|would|not|his|her|its|their|our|said|says|told|than|into|about|after"
    r"|before|between|over|under|per|via|le|la|les|de|du|des|et|un|une|à|au|aux|der|die|das|den"
    r"|und|von|zu|mit|im|el|los|las|y|en|con|para|que|del|al|il|di|e|и|в|на|с|по|что|от|до|و|في"
    r"|من|على|إلى|أن",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"the|an?|of|les?|la|des|du|der|die|das|des|el|los|las|del", re.IGNORECASE)
"""Words that no line ends with unless the next goes on with it."""


@dataclass(frozen=True, slots=True)
class Page:
    """What was found in a text that is a whole page."""

    paragraphs: list[str]
    """Its lines, with those together that only links and emphasis had broken."""
    furniture: frozenset[int]
    """The indices of those outside the article."""
    headline: str | None
    byline: str | None
    """The names in it."""
    date: str | None
    """The line that states it."""


def page_of(lines: Sequence[str]) -> Page | None:
    """Gives what is found in the lines of a text; None where it doesn't look like a whole page."""
    if not _is_page(lines):
        return None
    paragraphs = _joined(lines)
    found = roles(paragraphs)
    values = _values(paragraphs, found)
    start, stop = _stretch(values)
    if start == stop:
        return None
    while stop < len(paragraphs) and _ends(paragraphs[stop], values[stop]):
        stop += 1
    while start and _ends(paragraphs[start - 1], values[start - 1]):
        start -= 1
    above = range(max(0, start - _ABOVE), start)
    start, opening = _text_start(paragraphs, start, stop), start
    near = [*range(start - 1, opening - 1, -1), *above[::-1]]
    return Page(
        paragraphs,
        frozenset({*range(start), *_inside(paragraphs, found, start, stop)})
        | frozenset(range(stop, len(paragraphs))),
        next((line for i in near if _could_be_title(line := paragraphs[i], found[i])), None),
        next((names for i in near if (names := byline(paragraphs[i]))), None),
        next((line for i in near if len(line := paragraphs[i]) < 90 and date_in(line)), None),
    )


def _is_page(lines: Sequence[str]) -> bool:
    """Whether there is a menu, most lines are labels, and words of menus and imprints are there."""
    if len(lines) < _LEAST:
        return False
    labels = [_is_label(line) for line in lines]
    if 3 * sum(labels) < len(lines):
        return False
    run = longest = 0
    for is_label in labels:
        run = run + 1 if is_label else 0
        longest = max(longest, run)
    if longest < _SHORT_MENU:
        return False
    seen = len({key(line) for line in lines if len(line) < 60} & lexicon().chrome)
    return seen >= _CHROME or (seen == _CHROME - 1 and longest >= _MENU)


def _is_label(line: str) -> bool:
    return len(line) < 60 and count_words(line) <= _LABEL and not _ENDED.search(line)


def _joined(lines: Sequence[str]) -> list[str]:
    """The lines, with those together that a link or emphasis broke in the middle of a sentence."""
    joined: list[str] = []
    for line in lines:
        if joined and _belongs(joined[-1], line):
            tight = joined[-1].endswith(_OPENS) or _GOES_ON.match(line)
            joined[-1] += line if tight else f" {line}"
        else:
            joined.append(line)
    return joined


def _belongs(before: str, line: str) -> bool:
    """Whether a line goes on with the sentence of the one before it."""
    if _GOES_ON.match(line) or before.endswith((",", *_OPENS)):
        return True
    if line[0].islower() and len(line) > 1 and not line.startswith(("http", "www.")):
        return not _ENDED.search(before)
    start, _, last = before.rpartition(" ")
    return bool(start and (_ARTICLE if start.count(" ") < 2 else _MID_SENTENCE).fullmatch(last))


def _values(paragraphs: Sequence[str], found: list[str]) -> list[float]:
    """What each line adds to a stretch that it stands in: words of prose, or a cost below zero.

    Readers' comments can be far longer than the article, so nothing after them counts.
    """
    listed = furniture(paragraphs, found)
    values = [_value(line, role) for line, role in zip(paragraphs, found, strict=True)]
    for index in listed:
        if not found[index]:
            values[index] = -_COST_LINE
    solid = [i for i in range(len(values)) if i not in listed and values[i]]
    prose = [values[i] >= _PROSE for i in solid]
    for at, index in enumerate(solid):
        if prose[at] and not any(prose[max(0, at - 1) : at] + prose[at + 1 : at + 2]):
            near = prose[max(0, at - 2) : at] + prose[at + 1 : at + 3]
            values[index] *= _BETWEEN_LABELS if any(near) else _BESIDE_NONE
    for index, value in enumerate(values):
        if value == -_COST_COMMENTS and _are_dated(paragraphs[index + 1 : index + 15]):
            start, stop = _stretch(values[:index])
            if sum(values[start:stop]) >= _ENOUGH:
                return values[:index] + [-_COST_COMMENTS] * (len(values) - index)
    return values


def _value(line: str, role: str) -> float:
    if not _WORD.search(line):
        return 0
    if role == "comments" or (len(line) < 40 and _COMMENTED.fullmatch(line)):
        return -_COST_COMMENTS
    if role == "related":
        return -_COST_LIST
    if role in ("line", "caption"):
        return -_COST_PASSED_OVER
    words = count_words(line)
    if _is_dated(line, words):
        return -_COST_DATE
    if role or (words <= _LABEL and key(line) in lexicon().chrome):
        return -_COST_CHROME
    ends = bool(_SENTENCE.search(line))
    if words >= _LONG or (ends and words >= _PROSE):
        return min(words, _MOST)
    if ends or line.endswith(":"):
        return 0
    if not _is_titled(line):
        return -_COST_LINE
    return -_COST_LABEL if words <= _LABEL else -_COST_HEADLINE


def _is_dated(line: str, words: int) -> bool:
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
    return sum(_is_dated(line, count_words(line)) for line in lines) > 1


def _stretch(values: Sequence[float]) -> tuple[int, int]:
    """Where the stretch of the greatest sum begins and ends; empty where nothing is above zero."""
    best, best_start, best_stop = 0.0, 0, 0
    total, start = 0.0, 0
    for index, value in enumerate(values):
        if total <= 0:
            total, start = 0.0, index
        total += value
        if total > best:
            best, best_start, best_stop = total, start, index + 1
    return best_start, best_stop


def _ends(line: str, value: float) -> bool:
    """Whether it is a short sentence, which belongs to the prose beside it."""
    return value == 0 and count_words(line) > 2 and bool(_SENTENCE.search(line))


def _text_start(paragraphs: Sequence[str], start: int, stop: int) -> int:
    """Where the text begins: below the byline or the date, where little stands above them."""
    words, text = 0, start
    for index in range(start, min(start + _ABOVE, stop)):
        line = paragraphs[index]
        if len(line) < 90 and (byline(line) or date_in(line)) and _value(line, "") < 0:
            text = index + 1
        words += count_words(line)
        if words > _OPENING:
            break
    return text


def _inside(paragraphs: Sequence[str], found: list[str], start: int, stop: int) -> set[int]:
    """The furniture inside the article: judged by itself, and links that stand elsewhere too."""
    inside = {start + i for i in furniture(paragraphs[start:stop], found[start:stop])}
    outside = {*paragraphs[:start], *paragraphs[stop:]}
    for index in range(start, stop):
        line = paragraphs[index]
        if line.count(" ") > 2 and is_headline(line) and (line in outside or line.isupper()):
            inside.add(index)
        elif found[index] == "caption" and line.count(" ") < _LABEL and index > start:
            above = paragraphs[index - 1]
            if count_words(above) < _LONG and not _ENDED.search(above):
                inside.add(index - 1)
    return inside


def _could_be_title(line: str, role: str) -> bool:
    return not role and is_headline(line) and line.count(" ") > 2 and not is_section(line)
