"""Turning articles into postings in memory, a whole batch at a time.

Every text becomes an array of numbers, one for each word as it is written; the rest is done to
the arrays of all articles at once. Indexing one posting after the other takes ten times as long.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping

import numpy as np

from index.fulltext.analysis import TOKEN, fold
from index.fulltext.postings import FieldPostings, gather
from index.fulltext.tables import Numbers

GAP = 0
"""Stands for the end of a line: a place that no word has, so that no phrase goes over it."""
STOP = 1
"""Stands for a sign that ends a sentence or begins a quotation; it has no place."""


class Vocabulary(dict[str, int]):
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


class Inversion:
    """Gathers the texts of articles, by field, until their postings are asked for."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()
        self._tokens: dict[str, array[int]] = {}
        self._counts: dict[str, array[int]] = {}
        self._documents: dict[str, array[int]] = {}
        self._shouted = array("I")
        self.size = 0
        """How many tokens are held."""

    def add(self, document: int, texts: Mapping[str, str]) -> None:
        """Adds what a document has in each field; documents come in order."""
        number_of = self._vocabulary.__getitem__
        for field, text in texts.items():
            if field not in self._tokens:
                for held in (self._tokens, self._counts, self._documents):
                    held[field] = array("I")
            tokens = array("I", map(number_of, TOKEN.findall(text)))
            self._tokens[field].extend(tokens)
            self._counts[field].append(len(tokens))
            self._documents[field].append(document)
            self.size += len(tokens)
            if text.isupper():
                self._shouted.append(document)

    def postings(self) -> dict[str, FieldPostings]:
        """Gives the postings of every field in which anything was added."""
        return {field: self._field(field) for field in self._tokens}

    def lengths(self, field: str, size: int) -> Numbers:
        """Gives for the documents 0 to `size` how many words they have in a field."""
        lengths = np.zeros(size, np.int64)
        if field in self._tokens:
            tokens = np.frombuffer(self._tokens[field], np.uint32)
            documents = self._document_of_token(field)
            lengths += np.bincount(documents[tokens > STOP], minlength=size)
        return lengths

    def _document_of_token(self, field: str) -> Numbers:
        documents = np.frombuffer(self._documents[field], np.uint32)
        return np.repeat(documents, np.frombuffer(self._counts[field], np.uint32))

    def _field(self, field: str) -> FieldPostings:
        vocabulary = self._vocabulary
        tokens = np.frombuffer(self._tokens[field], np.uint32)
        documents = self._document_of_token(field)
        capital = np.frombuffer(vocabulary.capital, np.bool_)[tokens]
        # A name is a word with a capital after another word, or before another such.
        word = tokens > STOP
        named = np.zeros(len(tokens), np.bool_)
        named[1:] = capital[1:] & word[:-1]
        named[:-1] |= capital[:-1] & capital[1:]
        if len(self._shouted):
            named &= ~np.isin(documents, np.frombuffer(self._shouted, np.uint32))
        placed = tokens != STOP
        tokens, documents, named = tokens[placed], documents[placed], named[placed]
        new = np.flatnonzero(np.diff(documents, prepend=np.uint32(0xFFFFFFFF)))
        positions = np.arange(len(tokens)) - np.repeat(new, np.diff(new, append=len(tokens)))
        word = tokens != GAP
        terms = np.frombuffer(vocabulary.term_of, np.uint32)[tokens[word]]
        used = np.unique(terms).tolist()
        known = vocabulary.terms
        used.sort(key=known.__getitem__)
        rank = np.zeros(len(known), np.uint32)
        rank[used] = np.arange(len(used))
        return gather(
            [known[n] for n in used], rank[terms], documents[word], positions[word], named[word]
        )
