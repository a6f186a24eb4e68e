"""Candidate names: what runs of capitalised words are cut into, each with votes for its type."""

from __future__ import annotations

from dataclasses import dataclass, field

from index.entities.capitalised_runs import Item, is_initial
from index.entities.lexicon import Kind, is_common
from index.entities.tokens import Line, fold, word_set

PERSON, ORGANISATION, PLACE, GROUP = range(4)
"""Positions in a list of votes."""

NAMED = Kind.PLACE | Kind.COUNTRY | Kind.GROUP | Kind.ORGANISATION
HEADS = Kind.ORGANISATION_HEAD | Kind.PLACE_HEAD
LINKS = word_set("of for on and in")
"""Small words that join the parts of an organisation's name, never those of a person's."""
_FIRST_JOINTS = word_set("al el ad ar as ash an at az ez ed ul bin ibn abu van von de")


@dataclass(slots=True)
class Candidate:
    """A candidate name: tokens `start:end` of a line, with votes by type."""

    line: Line
    start: int
    end: int
    votes: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0, 0.0])
    weak: bool = False
    """Whether its capital says nothing: it begins a sentence, or stands in a headline."""
    known: bool = False
    """Whether it is an entry of a lexicon."""
    type: int | None = None
    name: str = ""

    @property
    def text(self) -> str:
        """The name as it stands in the text."""
        return self.line.text[self.line.starts[self.start] : self.line.ends[self.end - 1]]

    @property
    def words(self) -> tuple[str, ...]:
        """Its folded words."""
        folded = (fold(word) for word in self.line.words[self.start : self.end])
        return tuple(word for word in folded if word and word[0].isalnum())


def is_common_item(line: Line, item: Item) -> bool:
    """Whether an item is a single ordinary English word."""
    return item.end - item.start == 1 and is_common(line.words[item.start])


def links(line: Line, item: Item) -> bool:
    """Whether an item is a small word that joins the parts of an organisation's name."""
    return item.joint and line.words[item.start] in LINKS


def bare(line: Line, items: list[Item]) -> list[Item]:
    """Drops what joins at both ends, but for the particles that a name may begin with."""
    a, b = 0, len(items)
    while a < b and items[a].joint and line.words[items[a].start].lower() not in _FIRST_JOINTS:
        a += 1
    while b > a and items[b - 1].joint:
        b -= 1
    return items[a:b]


def add(
    line: Line,
    items: list[Item],
    out: list[Candidate],
    which: int,
    weight: float,
    known: bool = False,
) -> Candidate | None:
    """Adds to `out` the candidate that some items make, with one vote; gives it, if any."""
    items = bare(line, items)
    if not items:
        return None
    start, end = items[0].start, items[-1].end
    if line.words[start] in ("The", "the") and end - start > 1:
        start += 1
    candidate = Candidate(
        line, start, end, weak=line.headline or is_initial(line, start), known=known
    )
    candidate.votes[which] += weight
    out.append(candidate)
    return candidate


def add_entry(line: Line, item: Item, out: list[Candidate]) -> None:
    """Adds a candidate that is one entry of a lexicon, with votes for all that it may be."""
    kind = item.kind
    if kind & Kind.GROUP:
        which, weight = GROUP, 3.0
    elif kind & Kind.COUNTRY:
        which, weight = PLACE, 3.5
    elif kind & Kind.ORGANISATION:
        which, weight = ORGANISATION, 3.0 if not kind & Kind.PLACE else 2.0
    else:
        which, weight = PLACE, 3.0
    candidate = add(line, [item], out, which, weight, known=True)
    if candidate is None:
        return
    if kind & Kind.GROUP and kind & Kind.ORGANISATION:
        candidate.votes[ORGANISATION] += 2.6
    if kind & Kind.ORGANISATION and kind & Kind.PLACE:
        candidate.votes[PLACE] += 2.2
    if kind & (Kind.GIVEN | Kind.SURNAME) and not kind & Kind.COUNTRY:
        candidate.votes[PERSON] += 1.5
        candidate.votes[which] -= 1.0
    if candidate.weak and is_common_item(line, item) and not candidate.text.isupper():
        candidate.votes[which] -= 2.5
