"""Turning articles into postings in memory, a whole batch at a time.

Every text becomes an array of numbers, one for each stretch between two spaces; the rest is done
to the arrays of all articles at once. Indexing one posting after the other takes ten times as long.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping

import numpy as np

from index.fulltext.analysis import TOKEN, fold
from index.fulltext.postings import FieldPostings, gather
from index.fulltext.tables import Numbers

MOST_TOKENS = 1_000_000
"""Tokens of stretches that are remembered; more are met only where texts are broken, or are written
without spaces, so that no stretch ever comes again."""
GAP = 0
"""Stands for the end of a line: a place that no word has, so that no phrase goes over it."""
STOP = 1
"""Stands for a sign that ends a sentence or begins a quotation; it has no place."""


class Vocabulary(dict[str, int]):
    """A number for every stretch of text between two spaces, and what is known of it.

    Most stretches are a word, some with a comma or full stop. Words never reach over a space, so
    each stretch is taken apart once, whenever it comes again.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words = Words()
        """What the tokens of the stretches are numbers of."""
        self.firsts = array("I", (0,))
        """For each stretch, and beyond the last, the number of its first token."""
        self.tokens = array("I")
        """The tokens of all stretches, one after the other."""

    def __missing__(self, chunk: str) -> int:
        self.tokens.extend([self.words[word] for word in TOKEN.findall(chunk)])
        self.firsts.append(len(self.tokens))
        number = self[chunk] = len(self.firsts) - 2
        return number


class Words(dict[str, int]):
    """A number for every word as it is written; what it is indexed as, and how it is written."""

    def __init__(self) -> None:
        super().__init__({"\n": GAP})
        self._number_of: dict[str, int] = {}
        self.terms: list[str] = []
        """What is indexed, in the order in which it was met."""
        self.term_of = array("I", (0, 0))
        """For each number, which of `terms`; nothing for GAP and STOP."""
        self.capital = bytearray(2)
        """For each number, whether it is written with a capital, as a name is."""

    def __missing__(self, word: str) -> int:
        term = fold(word) if word[0].isalnum() else ""
        if not term:
            self[word] = STOP
            return STOP
        if term not in self._number_of:
            self._number_of[term] = len(self.terms)
            self.terms.append(term)
        number = self[word] = len(self.term_of)
        self.term_of.append(self._number_of[term])
        self.capital.append(len(word) > 1 and word[0].isupper())
        return number


_known = Vocabulary()


def _vocabulary() -> Vocabulary:
    """Gives what was met before in this process, so that it is taken apart once."""
    global _known
    if len(_known.tokens) > MOST_TOKENS:
        _known = Vocabulary()
    return _known


class Inversion:
    """Gathers the texts of articles, by field, until their postings are asked for."""

    def __init__(self) -> None:
        self._vocabulary = _vocabulary()
        self._chunks: dict[str, list[Numbers]] = {}
        self._documents: dict[str, array[int]] = {}
        self._shouted: dict[str, array[int]] = {}
        self.size = 0
        """How many words are held, about."""

    def add(self, document: int, texts: Mapping[str, str]) -> None:
        """Adds what a document has in each field; documents come in order."""
        number_of, tokens = self._vocabulary.__getitem__, self._vocabulary.tokens
        for field, text in texts.items():
            if field not in self._chunks:
                self._chunks[field] = []
                self._documents[field], self._shouted[field] = array("I"), array("I")
            chunks, known = text.replace("\n", " \n ").split(" "), len(tokens)
            self._chunks[field].append(np.fromiter(map(number_of, chunks), np.uint32, len(chunks)))
            self._documents[field].append(document)
            # A stretch is about a word; one of many words hardly ever comes again.
            self.size += max(len(chunks), len(tokens) - known)
            if text.isupper():
                self._shouted[field].append(document)

    def postings(self) -> dict[str, FieldPostings]:
        """Gives the postings of every field in which anything was added."""
        return {field: self._field(field) for field in self._chunks}

    def _read(self, field: str) -> tuple[Numbers, Numbers]:
        """Gives all tokens of a field, and the document of each."""
        parts = self._chunks[field]
        documents = np.frombuffer(self._documents[field], np.uint32)
        chunks = np.concatenate(parts)
        documents = np.repeat(documents, [len(part) for part in parts])
        # Copied, as an array that is looked at cannot grow.
        firsts = np.array(self._vocabulary.firsts, np.int64)
        counts = (firsts[1:] - firsts[:-1])[chunks]
        begins = np.cumsum(counts) - counts
        places = np.repeat(firsts[chunks] - begins, counts) + np.arange(int(counts.sum()))
        return np.array(self._vocabulary.tokens, np.uint32)[places], np.repeat(documents, counts)

    def _field(self, field: str) -> FieldPostings:
        words = self._vocabulary.words
        tokens, documents = self._read(field)
        capital = np.array(words.capital, np.bool_)[tokens]
        # A name is a word with a capital after another word, or before another such.
        word = tokens > STOP
        named = np.zeros(len(tokens), np.bool_)
        named[1:] = capital[1:] & word[:-1]
        named[:-1] |= capital[:-1] & capital[1:]
        if shouted := self._shouted[field]:
            named &= ~np.isin(documents, np.frombuffer(shouted, np.uint32))
        placed = tokens != STOP
        tokens, documents, named = tokens[placed], documents[placed], named[placed]
        new = np.flatnonzero(np.diff(documents, prepend=np.uint32(0xFFFFFFFF)))
        positions = np.arange(len(tokens)) - np.repeat(new, np.diff(new, append=len(tokens)))
        word = tokens != GAP
        terms = np.array(words.term_of, np.uint32)[tokens[word]]
        known = words.terms
        used = np.flatnonzero(np.bincount(terms, minlength=len(known))).tolist()
        used.sort(key=known.__getitem__)
        rank = np.zeros(len(known), np.uint32)
        rank[used] = np.arange(len(used))
        return gather(
            [known[n] for n in used], rank[terms], documents[word], positions[word], named[word]
        )
