"""Names made consistent over one document: one type for one name, and the fullest form of each.

The evidence for a name is added up over all its mentions. Then short forms find their full
form (`Askari` → `Abu Ali al-Askari`, `PMF` → `Popular Mobilization Forces`), and words whose
capital says nothing (at the start of a sentence, in a headline) count if the name is known
from elsewhere in the document.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable

from index.entities.context import vote
from index.entities.lexicon import Kind, is_common, lexicon
from index.entities.pieces import GROUP, LINKS, ORGANISATION, PERSON, PLACE, Piece
from index.entities.spelling import ARTICLES, same_word, skeleton
from index.entities.tokens import fold_words

LEAST = 1.0
"""Votes that a name needs, over the whole document, to be one."""
MOST_NAMES = 50_000
"""Different names whose evidence is kept. Beyond that each mention stands for itself."""

_AT_START = 0.7
"""What evidence counts at the start of a sentence, where any word has a capital."""
_IN_HEADLINE = 0.3

Words = tuple[str, ...]


class Document:
    """What one document says of its names."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._votes: dict[Words, list[float]] = {}
        self._types: dict[Words, int] = {}
        self._acronyms: dict[Words, Piece] = {}
        self._forms: dict[Words, Counter[str]] = defaultdict(Counter)
        self._full: dict[Words, set[Words]] = defaultdict(set)

    def add(self, pieces: list[Piece]) -> None:
        """Takes the pieces of one line, in order, and what their surroundings say of them."""
        for piece in pieces:
            vote(piece)
        for left, right in itertools.pairwise(pieces):
            self._relate(left, right)
        for piece in pieces:
            words = piece.words
            votes = self._votes.get(words)
            if votes is None:
                if len(self._votes) >= MOST_NAMES:
                    continue
                votes = self._votes[words] = [0.0] * 4
            for k in range(4):
                gain = piece.votes[k]
                votes[k] += gain * _strength(piece)
        self.pieces.extend(pieces)

    def _relate(self, left: Piece, right: Piece) -> None:
        """Reads `Long Form (LF)` and `X, known as Y`."""
        line = left.line
        between = line.words[left.end : right.start]
        if between == ["("] and line.word(right.end) == ")" and right.end - right.start == 1:
            short = line.words[right.start]
            if short.isupper() and 1 < len(short) < 9 and left.end - left.start > 1:
                best = max(range(4), key=left.votes.__getitem__)
                if best in (ORGANISATION, PERSON) and (
                    best == ORGANISATION or _initials(left, short)
                ):
                    left.votes[ORGANISATION] += 3.0
                    right.votes[ORGANISATION] += 6.0
                    self._acronyms[right.words] = left
        elif 1 < len(between) < 10 and between[-1] == "as" and "known" in between:
            best = max(range(4), key=left.votes.__getitem__)
            if left.votes[best] > 1:
                right.votes[best] += 2.0

    def decide(self) -> list[Piece]:
        """Gives the pieces that are names, with type and fullest form, in the order added."""
        for words, votes in self._votes.items():
            best = max(range(4), key=votes.__getitem__)
            if votes[best] >= LEAST:
                self._types[words] = best
        self._index_persons()
        found = [piece for piece in self.pieces if self._decide(piece)]
        self._name_organisations(found)
        return found

    def _index_persons(self) -> None:
        """Notes, for every beginning and end of a full name, which full names have it."""
        for piece in self.pieces:
            words = piece.words
            if self._types.get(words) == PERSON and len(_bare(words)) > 1:
                self._forms[_skeletons(words)][piece.text] += 1
        for full in list(self._forms):
            for k in range(1, len(full)):
                self._full[full[k:]].add(full)
                self._full[full[:k]].add(full)

    def _fullest(self, words: Words) -> str | None:
        """The one full name in the document that has these words at its start or end."""
        own = _skeletons(words)
        while True:
            longer = self._full.get(own, set())
            longer = {f for f in longer if not any(_within(f, g) for g in longer if g != f)}
            if len(longer) != 1:
                break
            own = next(iter(longer))
        if own == _skeletons(words) and own not in self._forms:
            return None
        return _most(self._forms[own])

    def _decide(self, piece: Piece) -> bool:
        words = piece.words
        kind = self._types.get(words)
        bare = _bare(words)
        if len(bare) == 1 and self._is_short_form(piece, bare[0], kind):
            piece.type = PERSON
            piece.name = self._fullest(words) or piece.text
            return True
        if kind is None and words not in self._votes:
            kind = max(range(4), key=piece.votes.__getitem__)
            if piece.votes[kind] < LEAST:
                return False
        if kind is None:
            return False
        if piece.weak and not piece.known and len(words) == 1 and is_common(words[0]):
            return False
        piece.type = kind
        piece.name = piece.text
        if kind == PERSON:
            piece.name = self._fullest(words) or piece.text
        return True

    def _is_short_form(self, piece: Piece, word: str, kind: int | None) -> bool:
        """Whether a single word is a part of a person's full name in this document."""
        own = (skeleton(word),)
        if not own[0] or own not in self._full or kind == GROUP:
            return False
        ends = any(
            full[-1:] == own and _has_word(self._forms[full], word) for full in self._full[own]
        )
        starts = any(
            full[:1] == own and _has_word(self._forms[full], word) for full in self._full[own]
        )
        if piece.weak and is_common(word):
            return False
        if kind == PERSON:
            return ends or starts
        if piece.known:
            return ends and kind == PLACE and piece.votes[PLACE] < 3.2 and not _is_country(piece)
        return ends or starts

    def _name_organisations(self, found: list[Piece]) -> None:
        """Gives acronyms and short forms of bodies their long form in the same document."""
        long: dict[str, Counter[str]] = defaultdict(Counter)
        firsts: dict[str, set[Words]] = defaultdict(set)
        texts: dict[Words, Counter[str]] = defaultdict(Counter)
        for piece in found:
            words = piece.words
            if piece.type == ORGANISATION and len(words) > 1:
                letters = "".join(w[0] for w in words if w not in ("of", "the", "and", "for"))
                long[letters][piece.text] += 1
                texts[words][piece.text] += 1
                firsts[words[0]].add(words)
        begun = _beginnings(texts)
        for piece in found:
            words = piece.words
            if piece.type != ORGANISATION:
                continue
            if len(begun.get(words, ())) == 1:
                piece.name = _most(texts[begun[words][0]])
            if len(words) != 1:
                continue
            full = self._acronyms.get(words)
            if full is not None:
                piece.name = full.text
            elif piece.text.isupper() and words[0] in long:
                piece.name = _most(long[words[0]])
            elif len(firsts[words[0]]) == 1:
                longer = next(iter(firsts[words[0]]))
                name = _most(texts[longer])
                if _same_entry(piece.text, name):
                    piece.name = name

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

    def is_surname(self, word: str) -> bool:
        """Whether a folded word ends a full name of a person in this document."""
        own = (skeleton(word),)
        return any(
            full[-1:] == own and _has_word(self._forms[full], word)
            for full in self._full.get(own, ())
        )

    def fullest(self, words: Words) -> str | None:
        """Gives the full name that these words are a part of, if there is just one."""
        return self._fullest(words)


def _strength(piece: Piece) -> float:
    """How much the evidence of one mention counts."""
    if piece.known or not piece.weak:
        return 1.0
    return _IN_HEADLINE if piece.line.headline else _AT_START


def _beginnings(names: Iterable[Words]) -> dict[Words, list[Words]]:
    """The names that go on after each of their beginnings with `of`, `in` or `for`."""
    table: dict[Words, list[Words]] = defaultdict(list)
    for words in names:
        for k in range(2, len(words)):
            if words[k] in LINKS:
                table[words[:k]].append(words)
    return table


def _bare(words: Words) -> Words:
    return tuple(word for word in words if word not in ARTICLES)


def _skeletons(words: Words) -> Words:
    return tuple(skeleton(word) for word in _bare(words))


def _within(short: Words, long: Words) -> bool:
    """Whether all words of one name stand in another, in the same order."""
    rest = iter(long)
    return len(short) < len(long) and all(word in rest for word in short)


def _most(forms: Counter[str]) -> str:
    return max(forms, key=lambda form: (forms[form], len(form)))


def _has_word(forms: Counter[str], word: str) -> bool:
    """Whether a full name has nearly this word, not only one of the same consonants."""
    return any(same_word(word, other) for form in forms for other in fold_words(form))


def _initials(piece: Piece, short: str) -> bool:
    letters = "".join(word[0] for word in piece.words)
    return letters.upper() == short or short[0].lower() == letters[0]


def _is_country(piece: Piece) -> bool:
    return lexicon().canonical(piece.text, Kind.COUNTRY) is not None


def _same_entry(short: str, long: str) -> bool:
    """Whether two names of bodies are one entry of the lexicon, or neither is any."""
    first = lexicon().canonical(short, Kind.ORGANISATION)
    second = lexicon().canonical(long, Kind.ORGANISATION)
    return first == second
