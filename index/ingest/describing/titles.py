"""What an article is called: the headline that its text begins with, else its first sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.ingest.cleaning.structure import is_headline

_LONGEST = 220
"""Characters of a title that was a sentence. A longer one is cut at a word, to"""
_CUT = 200
_READ = 2_000
"""Characters in which the first sentence is looked for."""

# BAGHDAD (Reuters) - | ERBIL, Kurdistan Region – | WASHINGTON, Feb. 5, 2024 (AP) — | London (AFP) -
_CITY = r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}"
_TOWN = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}"
_REST = r"(?:[,/] ?[\w .'’]{2,30}){0,3}"
_DATELINE = re.compile(
    rf"(?:{_CITY}{_REST}(?: ?\([\w /.]{{2,30}}\))?|{_TOWN}{_REST} ?\([A-Z][\w /.]{{1,30}}\))"
    r"\s?(?:[–—]|--?(?=\s))\s?"
)

_AGENCY_ALONE = re.compile(rf"{_TOWN}{_REST} ?\([A-Z][\w /.]{{1,30}}\)(?=\s)")
_NO_TITLE = re.compile(
    r"home ?(?:page)?|index|untitled.{0,12}|welcome|article|news|story|page|blog"
    r"|(?:no |document )?title|page not found|404\b.*|loading.{0,10}|just a moment.{0,4}"
    r"|access denied|null|undefined|none"
    r"|error|nan|n/a|(?:new )?document\W*\d*|microsoft word\b.*|powerpoint presentation|[\W_]*",
    re.IGNORECASE,
)

_SENTENCE_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s)|[。！？]+[」』”’]*")
_NO_END = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Sgt|Capt|Adm|Brig|Cmdr|Rep|Sen|Gov|Rev|Hon|Pres"
    r"|St|Mt|Ft|Nos?|vs|Inc|Corp|Co|Ltd|Jr|Sr|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|al|etc"
    r"|e\.g|i\.e|approx|est)\.$"
)


def has_dateline(paragraph: str) -> bool:
    """Whether a paragraph begins with a place, and an agency perhaps, before a dash."""
    return bool(_DATELINE.match(paragraph[:120]))


def dateline(paragraph: str) -> str | None:
    """Gives the place, day and agency that a paragraph begins with, before a dash; None for none.

    Shorter ones end with the agency alone: "BAGHDAD, Feb. 5, 2024 (Reuters)".
    """
    found = _DATELINE.match(paragraph[:120]) or _AGENCY_ALONE.match(paragraph[:120])
    return found[0].strip(" –—-") if found else None


def without_dateline(paragraph: str) -> str:
    """Gives a paragraph without the place and agency before its first sentence."""
    found = _DATELINE.match(paragraph[:120])
    return paragraph[found.end() :] if found else paragraph


def first_sentence(paragraph: str) -> str:
    """Gives the first sentence of a paragraph without its dateline, cut where it is too long."""
    text = without_dateline(paragraph)[:_READ]
    sentence = text
    for found in _SENTENCE_END.finditer(text):
        after = text[found.end() :].lstrip()[:1]
        if not after.islower() and not _NO_END.search(text[: found.end()][-12:]):
            sentence = text[: found.end()]
            break
    return shortened(sentence.strip())


def shortened(title: str) -> str:
    """Gives a title of moderate length, where it is too long cut at a word."""
    if len(title) <= _LONGEST:
        return title
    cut = title[:_CUT]
    return cut[: cut.rfind(" ")].rstrip(",;:–— ") + "…" if " " in cut else cut + "…"


def is_no_title(stated: str) -> bool:
    """Whether what stands in a title's place is nobody's title: "Home", "Untitled-1"."""
    return bool(_NO_TITLE.fullmatch(stated))


def title_of_file(name: str) -> str | None:
    """Gives a file's name as a title, where it has words: `iraq-militias.txt`, "iraq militias"."""
    stem = name.rpartition(".")[0] or name
    words = re.sub(r"[\s_+-]+", " ", stem).strip()
    return shortened(words) if len(re.findall(r"[^\W\d_]{3,}", words)) > 1 else None


def headline(paragraphs: Sequence[str], start: int) -> int | None:
    """Gives the index of the headline that the text begins with at `start`; None for none.

    Something longer has to come after it, or the same line again. One or two words before another
    headline are the name of a site or a section.
    """
    if start >= len(paragraphs) or not is_headline(paragraphs[start]):
        return None
    title = paragraphs[start]
    after = paragraphs[start + 1 : start + 9]
    if any(same_title(title, line) for line in after[:3]):
        return start
    if title.count(" ") < 2 and [is_headline(line) for line in after[:2]] == [True, False]:
        return start + 1 if after[0].count(" ") > 3 else start
    return start if any(len(line) > len(title) for line in after) else None


def same_title(title: str, line: str) -> bool:
    """Whether a line says the title again; case, quotes and dots at the end aside."""
    return len(line) <= len(title) + 12 and _plain(title) == _plain(line)


def _plain(line: str) -> str:
    return "".join(filter(str.isalnum, line)).casefold()
