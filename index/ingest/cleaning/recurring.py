"""Furniture that is known by its coming back: the same lines in many articles of one source.

Much comes back and is body: the background of a running story, a subheading, the rows of a table;
and all of an article comes back in its next revision. So only short lines are counted, and an
article that tells mostly what another tells counts as the same. What speaks to the reader is folded
wherever it stands, other lines only at the very edge or in a box around such a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

from index.model import ParagraphKind

ENOUGH = 3
"""Articles of one source that tell different things and have the same line."""

_BOX_WORDS = 25
_LONGEST_LINE = 250
"""Words and characters of a line in a box of furniture."""
_NOTICE_WORDS = 60
_LONGEST = 600
"""Words and characters of a notice to the reader."""
_LABEL_WORDS = 12
"""Words of a line at the edge that is no sentence: the name of a section, a series, an outlet."""
_EDGE = 6
"""Lines that are looked at from either end of an article."""
_NEAR = 3
"""Lines around furniture that may belong to the same box."""
_MOST = 48
"""Lines of one article that are counted."""
_PROSE = 120
"""Characters of a paragraph that tells what no other article tells."""
_SKETCH = 4
"""Paragraphs by which the revisions of an article are known: those with the smallest hashes, a
sample that is the same wherever they stand (Broder, "On the resemblance and containment of
documents", 1997)."""

# Every line that speaks to the reader has one of these: most articles are done with after them.
_MARKS = (
    *("subscri", "newsletter", "sign up", "inbox", "donat", "click", "download", "podcast", "your"),
    *("whatsapp", "telegram", "copyright", "follow us", "our journalis", "www.", "http", "@"),
)
# The same in texts that have other letters than English ones.
_OTHER_MARKS = (
    *("abonn", "suscr", "suivez", "folgen sie", "abone"),
    *("©", "подпи", "читайте", "اشترك", "تابعوا", "הירשמ", "עקבו", "عضو"),
)
_NOTICE = re.compile(
    r"\b(?:subscri\w+|newsletters?|sign up|inbox|donat(?:e|ions?)|click|download|podcasts?|your"
    r"|whatsapp|telegram|copyright|follow us|our journalis[mt]s?|abonn\w+|suscr\w+|suivez"
    r"|folgen sie|abone|подпи\w+|читайте|اشترك\w*|تابعوا\w*|הירשמו|עקבו|عضو)\b"
    r"|©|\w@\w+\.\w|https?:|www\."
)
_WRITERS = ("reporter", "journalist", "writer", "editor", "correspondent", "columnist", "contribut")
_BIO = re.compile(
    r"\b(?:is|are|was|has been) (?:an?|the|\w+’s|\w+'s)? ?(?:[\w’'-]+ ){0,5}(?:reporter|journalist"
    r"|writer|editor|correspondent|columnist|contributor)\b|\bcontributed (?:to|reporting)\b"
)
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।][\"'”’»)\]]*$")
_AT_THE_EDGE = ("notice", "bio", "label")
_QUOTED = ("“", '"', "«", "„", "'", "‘")
_SUBHEADING = re.compile(r"(?:what|why|how|who|when|where|which)\b|.*[:?]$")
_PLAIN = re.compile(r"[\W_]+")


class Line(NamedTuple):
    """A line of an article that may be furniture if other articles have it too."""

    paragraph: int
    """Its index."""
    key: int
    """The same wherever the same source has the line; 63 bits."""
    form: str
    """`notice`, `bio`, `label`, or `sentence`."""


def lines(paragraphs: Sequence[str], kinds: Sequence[ParagraphKind], source: str) -> list[Line]:
    """Gives the lines of an article that are to be counted, in reading order.

    `kinds` is what they were when the article was read. `source` is its outlet, or its folder.
    """
    found: dict[int, str] = {}
    body = ParagraphKind.BODY
    known = _MARKS if all(map(str.isascii, paragraphs)) else _MARKS + _OTHER_MARKS
    short = [
        index
        for index, paragraph in enumerate(paragraphs)
        if len(paragraph) <= _LONGEST and paragraph.count(" ") < _NOTICE_WORDS
    ]
    low = "\n".join([paragraphs[index] for index in short]).lower()
    if marks := [mark for mark in known if mark in low]:
        for index in short:
            if kinds[index] is body and _speaks(paragraphs[index], marks):
                found[index] = "notice"
    furniture = ParagraphKind.BOILERPLATE
    for anchor in [*found, *(i for i, kind in enumerate(kinds) if kind is furniture)]:
        for index in range(max(0, anchor - _NEAR), min(len(paragraphs), anchor + _NEAR + 1)):
            if index not in found and kinds[index] is body and (form := _form(paragraphs[index])):
                found[index] = form
    # An article without any prose is a table, or a list: its lines are what it tells.
    if any(len(paragraph) >= _PROSE for paragraph in paragraphs):
        for order in (range(len(paragraphs)), range(len(paragraphs) - 1, -1, -1)):
            for index in order[:_EDGE]:
                if kinds[index] is body and found.get(index) not in _AT_THE_EDGE:
                    if not (form := _edge_form(paragraphs[index])):
                        break
                    found[index] = form
    chosen = sorted(found)
    if len(chosen) > _MOST:
        chosen = [*chosen[: _MOST // 2], *chosen[-_MOST // 2 :]]
    return [Line(i, _key(f"{source}\n{_plain(paragraphs[i])}"), found[i]) for i in chosen]


def sketch(paragraphs: Sequence[str], kinds: Sequence[ParagraphKind]) -> tuple[int, ...]:
    """Gives a few numbers by which the revisions of an article are known."""
    prose = [
        paragraph
        for paragraph, kind in zip(paragraphs, kinds, strict=True)
        if kind is ParagraphKind.BODY and len(paragraph) >= _PROSE
    ]
    return tuple(sorted(crc32(each.encode()) for each in prose or paragraphs)[:_SKETCH])


def _same_story(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two articles tell mostly the same, by their sketches."""
    return 2 * len(set(one) & set(other)) >= min(len(one), len(other))


def count_stories(sketches: Sequence[Sequence[int]]) -> int:
    """Gives how many articles tell different things, counting no further than to `ENOUGH`."""
    different: list[Sequence[int]] = []
    for each in sketches:
        if not any(_same_story(each, other) for other in different):
            different.append(each)
            if len(different) == ENOUGH:
                break
    return len(different)


def recurring(
    paragraphs: Sequence[str],
    kinds: Sequence[ParagraphKind],
    candidates: Sequence[Line],
    recurs: Callable[[int], bool],
) -> set[int]:
    """Gives the indices of the paragraphs that are furniture because others have them too.

    `kinds` is what they were when the article was read, `candidates` what `lines` gave, `recurs`
    whether enough articles of the source have the line of a key.
    """
    forms = {line.paragraph: line.form for line in candidates if recurs(line.key)}
    if not forms:
        return set()
    furniture = {i for i, kind in enumerate(kinds) if kind is ParagraphKind.BOILERPLATE}
    folded = {index for index, form in forms.items() if form == "notice"}
    last = len(paragraphs) - 1
    for order in (range(last + 1), range(last, -1, -1)):
        for index in order:
            if index not in furniture and index not in folded:
                if forms.get(index) not in ("label", "bio"):
                    break
                folded.add(index)
    folded |= _boxed(forms, folded, furniture)
    left = [i for i, k in enumerate(kinds) if k is ParagraphKind.BODY and i not in folded]
    return folded if left else set()


def _boxed(forms: Mapping[int, str], folded: set[int], furniture: set[int]) -> set[int]:
    """The lines of boxes: labels beside a notice, and sentences between such lines."""
    found: set[int] = set()
    for index in sorted(i for i in folded if forms[i] == "notice"):
        for step in (-1, 1):
            box: list[int] = []
            at = index + step
            while abs(at - index) <= _NEAR and (at in forms or at in furniture):
                box.append(at)
                at += step
            # A sentence at the box's outer side may be the article's last, or its next.
            while box and forms.get(box[-1]) == "sentence":
                box.pop()
            found.update(at for at in box if at in forms)
    return found


def _speaks(paragraph: str, marks: Sequence[str]) -> bool:
    """Whether a short line speaks to the reader; `marks` are those that such lines have."""
    low = paragraph.lower()
    return (
        any(mark in low for mark in marks)
        and not low.startswith(_QUOTED)
        and not _SUBHEADING.match(low)
        and bool(_NOTICE.search(low))
    )


def _edge_form(paragraph: str) -> str:
    """The form of a line that may be furniture at the edge of an article; empty for any other."""
    if len(paragraph) > _LONGEST_LINE:
        return ""
    low = paragraph.lower()
    if any(word in low for word in _WRITERS) and _BIO.search(low):
        return "bio"
    form = _form(paragraph)
    return form if form == "label" else ""


def _form(paragraph: str) -> str:
    """The form of any short line; empty for a longer one, and for what heads something."""
    if len(paragraph) > _LONGEST_LINE:
        return ""
    words = paragraph.split(" ")
    if len(words) > _BOX_WORDS or paragraph.startswith(_QUOTED):
        return ""
    if _SENTENCE_END.search(paragraph[-6:]):
        return "sentence"
    # Rows of tables hold figures, and their words are in small letters.
    if len(words) > _LABEL_WORDS or any(map(str.isdigit, paragraph)):
        return ""
    if 2 * sum(word[0].islower() for word in words) > len(words):
        return ""
    return "" if _SUBHEADING.match(paragraph.lower()) else "label"


def _plain(paragraph: str) -> str:
    """A line without what may differ between articles: case, spaces, punctuation."""
    return _PLAIN.sub(" ", paragraph.lower()).strip()


def _key(text: str) -> int:
    digest = blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
