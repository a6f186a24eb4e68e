"""Text that is a whole web page written out: menus, the article, lists of others, the imprint.

The article is the stretch of lines in which prose most outweighs what is none, as in Pasternack and
Roth, "Extracting article text from the web with maximum subsequence segmentation" (WWW 2009).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.ingest.cleaning.furniture import key, lexicon, roles
from index.ingest.cleaning.structure import furniture, is_headline
from index.ingest.describing.bylines import byline
from index.ingest.describing.dates import date_in
from index.ingest.describing.titles import first_sentence
from index.ingest.pages.page_lines import (
    ENDED,
    LABEL,
    LONG,
    is_dated,
    is_short_sentence,
    stretch,
    value,
    values,
)
from index.ingest.paragraphs import count_words

_LEAST = 12
_MOST = 5_000
"""Lines of a page: a shorter text has no menus, a longer one is a list of something."""
_LONGEST = 10_000
"""Characters of a paragraph that is put together from lines."""
_LINE = 90
"""Characters of the longest byline or date."""
_SHORT_MENU = 4
_MENU = 10
"""Labels in a row that make a menu, a short one or one that leaves no doubt."""
_CHROME = 3
"""Different words of menus and imprints that a page shows; one less is enough with a menu."""

_LABEL_CHARACTERS = 60

_ABOVE = 12
"""Lines above the text among which headline, byline and date stand."""
_OPENING = 100
"""Words of a summary and captions that may stand above the byline or the date."""

_TITLE_WORDS = 30
_READ = 6_000
"""Characters of the text in which the words of its headline are looked for."""

_WORDS = re.compile(r"\w{4,}|[\u3040-\u30ff\u3400-\u9fff]{2}")
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
"""Words that no line ends with unless the next goes on with it."""
_ARTICLE = re.compile(r"the|an?|of|les?|la|des|du|der|die|das|el|los|las|del", re.IGNORECASE)
"""The same for a line of two or three words, which may be "Log in" or "Sign up for"."""
_BY = ("by", "von", "par", "por", "di", "автор:", "yazan:")


@dataclass(frozen=True, slots=True)
class Page:
    """What was found in a text that is a whole page."""

    paragraphs: list[str]
    """Its lines, with those together that only links and emphasis had broken."""
    furniture: frozenset[int]
    """The indices of those outside the article."""
    headline: str
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
    start, stop = stretch(values(paragraphs, found))
    if start == stop:
        return None
    while stop < len(paragraphs) and not found[stop] and is_short_sentence(paragraphs[stop]):
        stop += 1
    while start and not found[start - 1] and is_short_sentence(paragraphs[start - 1]):
        start -= 1
    top = max(0, start - _ABOVE)
    start = _text_start(paragraphs, start, stop)
    above = paragraphs[top:start][::-1]
    return Page(
        paragraphs,
        frozenset(range(start))
        | frozenset(range(stop, len(paragraphs)))
        | _inside(paragraphs, found, start, stop),
        _headline(paragraphs, found, start, stop) or first_sentence(paragraphs[start]),
        next((names for line in above if (names := byline(line))), None),
        next((line for line in above if len(line) < _LINE and date_in(line)), None),
    )


def _is_page(lines: Sequence[str]) -> bool:
    """Whether there is a menu, most lines are labels, and words of menus and imprints are there."""
    if not _LEAST <= len(lines) <= _MOST:
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
    seen = len({key(line) for line in lines if len(line) < _LABEL_CHARACTERS} & lexicon().chrome)
    return seen >= _CHROME or (seen == _CHROME - 1 and longest >= _MENU)


def _is_label(line: str) -> bool:
    return len(line) < _LABEL_CHARACTERS and count_words(line) <= LABEL and not ENDED.search(line)


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
    if len(before) > _LONGEST or line.lower() in _BY:
        return False
    if _GOES_ON.match(line) or before.endswith((",", *_OPENS)):
        return True
    if before.lower() in _BY:
        return len(line) < _LINE
    if line[0].islower() and len(line) > 1 and not line.startswith(("http", "www.", "by ")):
        return not ENDED.search(before)
    start, _, last = before.rpartition(" ")
    return bool(start and (_ARTICLE if start.count(" ") < 2 else _MID_SENTENCE).fullmatch(last))


def _text_start(paragraphs: Sequence[str], start: int, stop: int) -> int:
    """Where the text begins: below the byline or the date, where little stands above them."""
    words, text = 0, start
    for index in range(start, min(start + _ABOVE, stop)):
        line = paragraphs[index]
        if len(line) < _LINE and (byline(line) or date_in(line)) and value(line, "") < 0:
            text = index + 1
        words += count_words(line)
        if words > _OPENING:
            break
    return text


def _inside(paragraphs: Sequence[str], found: list[str], start: int, stop: int) -> frozenset[int]:
    """The furniture inside the article: judged by itself, and links that stand elsewhere too."""
    inside = {start + i for i in furniture(paragraphs[start:stop], found[start:stop])}
    outside = {*paragraphs[:start], *paragraphs[stop:]}
    for index in range(start, stop):
        line = paragraphs[index]
        if line.count(" ") > 2 and is_headline(line) and (line in outside or line.isupper()):
            inside.add(index)
        elif found[index] == "caption" and line.count(" ") < LABEL and index > start:
            above = paragraphs[index - 1]
            if count_words(above) < LONG and not ENDED.search(above):
                inside.add(index - 1)
    return frozenset(inside)


def _headline(paragraphs: Sequence[str], found: list[str], start: int, stop: int) -> str | None:
    """The line above the text that has most words in common with it; of equals the nearest."""
    text = set(_WORDS.findall(" ".join(paragraphs[start:stop])[:_READ].lower()))
    best, most = None, 1.0
    for index in range(start - 1, max(-1, start - 3 * _ABOVE), -1):
        line = paragraphs[index]
        words = set(_WORDS.findall(line.lower()))
        # A summary says more of the text than its headline does.
        shared = len(words & text) / (1 if is_headline(line) else 2)
        if shared <= most or 3 * shared < len(words) or count_words(line) > _TITLE_WORDS:
            continue
        if not found[index] and not byline(line) and not is_dated(line):
            best, most = line, shared
    return best
