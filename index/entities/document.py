"""Names made consistent over one document: one type for one name, and the fullest form of each.

The evidence for a name is added up over all its mentions. Then short forms find their full
form (`Askari` → `Abu Ali al-Askari`, `PMF` → `Popular Mobilization Forces`), and words whose
capital says nothing (at the start of a sentence, in a headline) count if the name is known
from elsewhere in the document.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from index.entities.candidates import GROUP, LINKS, ORGANISATION, PERSON, PLACE, Candidate
from index.entities.context import vote
from index.entities.full_names import FullNames, bare
from index.entities.lexicon import Kind, is_common, lexicon

LEAST = 1.0
"""Votes that a name needs, over the whole document, to be one."""
_SURE = 3.2
"""Votes of one mention for a place that no surname of the same spelling outweighs."""
_AT_START = 0.7
"""What evidence counts at the start of a sentence, where any word has a capital."""
_IN_HEADLINE = 0.3

_SEAT = re.compile(r"[DRI]-[A-Z][\w.]*")
"""A politician's party and state, as American papers give them: D-Calif."""

Words = tuple[str, ...]


class Document:
    """What one document says of its names."""

    def __init__(self) -> None:
        self.candidates: list[Candidate] = []
        self._votes: dict[Words, list[float]] = {}
        self._types: dict[Words, int] = {}
        self._acronyms: dict[Words, Candidate] = {}
        self.persons = FullNames()

    def add(self, candidates: list[Candidate]) -> None:
        """Takes the candidates of one line, in order, and what their surroundings say of them."""
        candidates = [c for c in candidates if not _SEAT.fullmatch(c.text)]
        for candidate in candidates:
            vote(candidate)
        for left, right in itertools.pairwise(candidates):
            self._relate(left, right)
        for candidate in candidates:
            words = candidate.words
            votes = self._votes.get(words)
            if votes is None:
                votes = self._votes[words] = [0.0] * 4
            strength = _strength(candidate)
            for k in range(4):
                votes[k] += candidate.votes[k] * strength
        self.candidates.extend(candidates)

    def _relate(self, left: Candidate, right: Candidate) -> None:
        """Reads `Long Form (LF)` and `X, known as Y`."""
        line = left.line
        between = line.words[left.end : right.start]
        if between == ["("] and line.word(right.end) == ")" and right.end - right.start == 1:
            short = line.words[right.start]
            best = max(range(4), key=left.votes.__getitem__)
            fits = best == ORGANISATION or (best == PERSON and _initials(left, short))
            if fits and short.isupper() and 1 < len(short) < 9 and left.end - left.start > 1:
                left.votes[ORGANISATION] += 3.0
                right.votes[ORGANISATION] += 6.0
                self._acronyms[right.words] = left
        elif 1 < len(between) < 10 and between[-1] == "as" and "known" in between:
            best = max(range(4), key=left.votes.__getitem__)
            if left.votes[best] > 1:
                right.votes[best] += 2.0

    def decide(self) -> list[Candidate]:
        """Gives the candidates that are names, with type and fullest form, in the order added."""
        for words, votes in self._votes.items():
            best = max(range(4), key=votes.__getitem__)
            if votes[best] >= LEAST:
                self._types[words] = best
        self._leave_overlong()
        for candidate in self.candidates:
            if self._types.get(candidate.words) == PERSON:
                self.persons.add(candidate.words, candidate.text)
        found = [candidate for candidate in self.candidates if self._decide(candidate)]
        self._name_organisations(found)
        return found

    def _leave_overlong(self) -> None:
        """Drops names that a capital of no meaning made longer than a full name known from
        elsewhere: `Joe Arpaio Endorses Rick Perry` in a headline, `Astronomer Anthony Boccaletti`
        at the start of a sentence.
        """
        firm = {candidate.words for candidate in self.candidates if not candidate.weak}
        known = {words for words in firm if len(words) > 1 and self._types.get(words) == PERSON}
        overlong = {
            candidate.words
            for candidate in self.candidates
            if self._types.get(candidate.words) == PERSON
            and candidate.words not in firm
            and _has_within(candidate.words, known)
        }
        for words in overlong:
            del self._types[words]
        self.candidates = [c for c in self.candidates if c.words not in overlong]

    def _decide(self, candidate: Candidate) -> bool:
        words = candidate.words
        kind = self._types.get(words)
        core = bare(words)
        if len(core) == 1 and self._is_short_form(candidate, core[0], kind):
            candidate.type = PERSON
            candidate.name = self.persons.fullest(words) or candidate.text
            return True
        if kind is None:
            return False
        if candidate.weak and not candidate.known and len(words) == 1 and is_common(words[0]):
            return False
        candidate.type = kind
        candidate.name = candidate.text
        if kind == PERSON:
            candidate.name = self.persons.fullest(words) or candidate.text
        return True

    def _is_short_form(self, candidate: Candidate, word: str, kind: int | None) -> bool:
        """Whether a single word is a part of a person's full name in this document."""
        if kind == GROUP or (candidate.weak and is_common(word)):
            return False
        starts, ends = self.persons.stands(word)
        if candidate.known and kind != PERSON:
            return (
                ends
                and kind == PLACE
                and candidate.votes[PLACE] < _SURE
                and not _is_country(candidate)
            )
        return ends or starts

    def _name_organisations(self, found: list[Candidate]) -> None:
        """Gives acronyms and short forms of organisations their long form in the same document."""
        long: dict[str, Counter[str]] = defaultdict(Counter)
        firsts: dict[str, set[Words]] = defaultdict(set)
        texts: dict[Words, Counter[str]] = defaultdict(Counter)
        for candidate in found:
            words = candidate.words
            if candidate.type == ORGANISATION and len(words) > 1:
                letters = "".join(w[0] for w in words if w not in ("of", "the", "and", "for"))
                long[letters][candidate.text] += 1
                texts[words][candidate.text] += 1
                firsts[words[0]].add(words)
        begun = _beginnings(texts)
        for candidate in found:
            words = candidate.words
            if candidate.type != ORGANISATION:
                continue
            if len(begun.get(words, ())) == 1:
                candidate.name = _most(texts[begun[words][0]])
            if len(words) != 1:
                continue
            full = self._acronyms.get(words)
            if full is not None:
                candidate.name = full.text
            elif candidate.text.isupper() and words[0] in long:
                candidate.name = _most(long[words[0]])
            elif len(firsts[words[0]]) == 1:
                longer = next(iter(firsts[words[0]]))
                name = _most(texts[longer])
                if _same_entry(candidate.text, name):
                    candidate.name = name

    def known_names(self) -> dict[str, list[tuple[Words, int]]]:
        """Gives the names found, by first word, longest first, to find again where a capital
        says nothing.
        """
        table: dict[str, list[tuple[Words, int]]] = defaultdict(list)
        for words, kind in self._types.items():
            if words and (len(words) > 1 or not is_common(words[0])):
                table[words[0]].append((words, kind))
        for entries in table.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        return table


def _beginnings(names: Iterable[Words]) -> dict[Words, list[Words]]:
    """The names that go on after each of their beginnings with `of`, `in` or `for`."""
    table: dict[Words, list[Words]] = defaultdict(list)
    for words in names:
        for k in range(2, len(words)):
            if words[k] in LINKS:
                table[words[:k]].append(words)
    return table


def _has_within(words: Words, names: set[Words]) -> bool:
    """Whether one of some names, each shorter, stands within these words."""
    return any(
        words[start:end] in names
        for start in range(len(words) - 1)
        for end in range(start + 2, len(words) + 1)
        if end - start < len(words)
    )


def _most(forms: Counter[str]) -> str:
    return max(forms, key=lambda form: (forms[form], len(form)))


def _initials(candidate: Candidate, short: str) -> bool:
    letters = "".join(word[0] for word in candidate.words)
    return letters.upper() == short or short[0].lower() == letters[0]


def _is_country(candidate: Candidate) -> bool:
    return lexicon().canonical(candidate.text, Kind.COUNTRY) is not None


def _same_entry(short: str, long: str) -> bool:
    """Whether two names of organisations are one entry of the lexicon, or neither is any."""
    first = lexicon().canonical(short, Kind.ORGANISATION)
    second = lexicon().canonical(long, Kind.ORGANISATION)
    return first == second


def _strength(candidate: Candidate) -> float:
    """How much the evidence of one mention counts."""
    if candidate.known or not candidate.weak:
        return 1.0
    return _IN_HEADLINE if candidate.line.headline else _AT_START
