"""What an article says twice: scraped pages often hold their text two times over.

A paragraph that may be a repeat is one that shares shingles of words with what went before (Broder,
"On the resemblance and containment of documents", 1997). It is one where each of its sentences
stands in an earlier paragraph, whichever: a second telling may put paragraphs together or break
them up, and change a word here and there. What changes the statement is never a repeat: another
figure, name or negation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

_LONG = 8
"""Words. A shorter paragraph alone may come back on purpose: an answer, a subheading."""
_LONG_CAPTION = 11
"""The same for one that ends as no sentence does: a caption, or the heading of a table's row."""
_SUSPECT = 0.4
"""The share of its shingles that must have been there before a paragraph is looked at closely."""
_SAME = 0.92
_CHANGED = 0.7
"""The share of a sentence's words that its earlier telling has, in the same order: anywhere, and
beside other repeats."""
_FIGURES = 1 / 7
"""The share of its words that are figures in an entry of a list, which may come back on purpose."""
_REFRAIN = 4
"""Times. What comes as often is no copying slip but a refrain: a question put to everybody."""
_LONGEST = 4_000
"""Characters. Longer paragraphs are compared whole only: looking closely takes quadratic time."""
_CLOSE_LOOKS = 200
"""Paragraphs of one article that are looked at closely, at most."""
_EARLIER = 400
"""Paragraphs of one article in which others are looked for: its first ones."""
_SOURCES = 3
"""Earlier paragraphs that a sentence is compared with: those that share most shingles with it."""

_SENTENCE_ENDS = (".", "!", "?", "…", '"', "”", "’", "'", "»", ")", "]", "。", "؟", "۔", "।")
_SENTENCE = re.compile(r"(?<=[^.\s][.!?…؟۔])[\"”’»)\]]*\s+(?=[^a-z])")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_DECISIVE = re.compile(
    r".*\d.*|.*n['’]t|cannot|not?|never|none|neither|nor|nobody|nothing|without|yes|half|quarter"
    r"|first|second|third|fourth|(?:fif|six|seven|eigh|nin|ten)th|zero|one|two|three|four|five|six"
    r"|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety|dozens?|hundreds?|thousands?|millions?|billions?"
    r"|all|most|some|many|few|fewer|more|less|least|only|up|down|rose|fell|rise|fall|higher|lower"
    r"|above|below|before|after|over|under|north\w*|south\w*|east\w*|west\w*|left|right|won|lost"
    r"|killed|wounded|injured|arrested|released|dead|alive|guilty|innocent|accepted|approved"
    r"|rejected|denied|confirmed|he|she|his|her|"
    # negations in other languages
    r"nicht|kein\w*|nie|pas|jamais|aucune?|nunca|sin|ning[uú]n\w*|не|нет|ни|без|değil|yok"
    r"|لا|لم|لن|ليس|ليست|نه|نیست|לא|אין"
)
"""Words that make another statement of an otherwise equal sentence."""


def repeats(paragraphs: Sequence[str], passed_over: Collection[int] = ()) -> set[int]:
    """Gives the indices of the paragraphs that say only what earlier ones said.

    Those in `passed_over` are neither compared nor counted as said. A short paragraph is a repeat
    only beside another one, in the same order as before. Sentences that differ in a number, a name
    or a negation are never repeats of each other. The first telling is never a repeat.
    """
    live = [index for index in range(len(paragraphs)) if index not in passed_over]
    if len(live) < 2:
        return set()
    first: dict[str, int] = {}
    same: dict[int, int] = {}
    for index in live:
        earlier = first.setdefault(paragraphs[index].casefold(), index)
        if earlier != index:
            same[index] = earlier
    refrains: set[int] = set()
    if same:
        times = Counter(same.values())
        refrains = {index for index in live if times[same.get(index, index)] + 1 >= _REFRAIN}
        same = {index: earlier for index, earlier in same.items() if index not in refrains}
    found = {index for index in same if _is_statement(paragraphs[index])}
    again, changed = _told_before(
        paragraphs, [index for index in live if index not in same and index not in refrains]
    )
    found |= again
    if found and not same.keys() | changed <= found:
        _join(live, same.keys() | changed, found)
    return found


def _is_statement(paragraph: str) -> bool:
    """Whether a paragraph is long and reads as prose does, unlike the lines of a table or list."""
    spaces = paragraph.count(" ")
    if spaces < _LONG:
        return False
    words = paragraph.split(" ")
    if not paragraph.endswith(_SENTENCE_ENDS):
        small = sum(map(str.islower, words))
        if spaces < _LONG_CAPTION or not paragraph[-1].isalnum() or 2 * small <= spaces:
            return False
    return sum(word[:2].strip("(['\"“$£€½¼¾").isnumeric() for word in words) < _FIGURES * spaces


def _join(live: Sequence[int], doubtful: Collection[int], found: set[int]) -> None:
    """Adds the repeats that are none alone beside others, going both ways along the article."""
    for order in (live, live[::-1]):
        before: int | None = None
        for index in order:
            if index in doubtful and before in found:
                found.add(index)
            before = index


def _told_before(paragraphs: Sequence[str], candidates: Sequence[int]) -> tuple[set[int], set[int]]:
    """The paragraphs whose sentences were all said before, and those told with changed words."""
    found: set[int] = set()
    changed: set[int] = set()
    said: set[tuple[str, ...]] = set()
    close: list[int] = []
    for index in candidates:
        words = paragraphs[index].lower().split(" ")
        before = len(said)
        said.update(zip(words, words[1:], words[2:], strict=False))
        new = len(said) - before
        # Few paragraphs come near it, so only for those it is counted which shingles they repeat.
        if len(words) - 2 - new > _SUSPECT * (len(words) - 2) and len(close) < _CLOSE_LOOKS:
            shingles = set(zip(words, words[1:], words[2:], strict=False))
            if len(shingles) - new > _SUSPECT * len(shingles):
                close.append(index)
    tellings = _Tellings(paragraphs) if close else None
    for index in close:
        if tellings is None or len(paragraphs[index]) > _LONGEST:
            continue
        if not _is_statement(paragraphs[index]):
            continue
        kept = tellings.kept(
            index, [i for i in candidates[:_EARLIER] if i < index and i not in found]
        )
        if kept >= _SAME:
            found.add(index)
        elif kept >= _CHANGED:
            changed.add(index)
    return found, changed


class _Tellings:
    """The words of an article's paragraphs, while one is looked for in the others."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self.paragraphs = paragraphs
        self.words: dict[int, list[str]] = {}
        self.shingles: dict[int, set[tuple[str, ...]]] = {}

    def _read(self, index: int) -> None:
        if index not in self.words:
            words = _WORD.findall(self.paragraphs[index][:_LONGEST].lower())
            self.words[index] = words
            self.shingles[index] = set(pairwise(words))

    def kept(self, index: int, earlier: Sequence[int]) -> float:
        """The least share of a sentence that was told before; 0 where one states something new."""
        for other in earlier:
            self._read(other)
        least = 1.0
        for sentence in _SENTENCE.split(self.paragraphs[index]):
            words = _WORD.findall(sentence)
            low = [word.lower() for word in words]
            pairs = set(pairwise(low))
            if not pairs:
                continue
            sources = sorted(earlier, key=lambda other: -len(pairs & self.shingles[other]))
            best = max((_kept(words, self.words[i]) for i in sources[:_SOURCES]), default=0.0)
            least = min(least, best)
            if least < _CHANGED:
                return 0.0
        return least


def _kept(sentence: list[str], earlier: list[str]) -> float:
    """The share of a sentence that an earlier text has; 0 where the two state different things."""
    words = [word.lower() for word in sentence]
    steps = SequenceMatcher(None, earlier, words, autojunk=False).get_opcodes()
    if steps and steps[0][0] in ("delete", "replace"):
        steps[0] = ("insert", steps[0][2], *steps[0][2:])
    if steps and steps[-1][0] in ("delete", "replace"):
        steps[-1] = ("insert", steps[-1][1], steps[-1][1], *steps[-1][3:])
    kept = dropped = 0
    for what, start, stop, begin, end in steps:
        if what == "equal":
            kept += end - begin
            continue
        dropped += stop - start
        if any(map(_DECISIVE.fullmatch, earlier[start:stop])):
            return 0.0
        if any(map(_DECISIVE.fullmatch, words[begin:end])):
            return 0.0
        if any(sentence[i][0].isupper() for i in range(max(begin, 1), end)):
            return 0.0
    return kept / max(len(words), kept + dropped)
