"""How a segment keeps its postings: a term's documents, frequencies and positions as arrays.

Whoosh pickles tuples in blocks of 128 and reads them one posting at a time. Here the postings of
a term are one record that is read whole, and scored whole by NumPy (see `postings`). Terms,
columns, segments and locking stay Whoosh's.

When a segment is written, three fields are derived from its terms. Each of their terms has one
posting, whose value lists words; so they need no care when segments are merged:

* `forms`: a stem → the words of the text that have it, where there is more than the stem itself;
* `spellings`: a consonant skeleton → the names that have it;
* `lexicon`: one term, empty → every word of the text, in order, with its document frequency.
"""

from __future__ import annotations

import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo
from whoosh.matching.mcore import ListMatcher
from whoosh.system import pack_ushort

from index.fulltext import analysis, spelling
from index.fulltext.schema import DERIVED_FIELDS, TEXT_FIELDS


class Posting(NamedTuple):
    """All postings of one term in one segment, as it is written."""

    field: str
    term: bytes
    documents: array[int]
    frequencies: array[int]
    positions: array[int]
    """The positions in every document, one after the other; empty in fields without."""


def encode(posting: Posting) -> bytes:
    """Gives a term's postings as one record: each array in the narrowest type that holds it."""
    documents = _narrow(posting.documents)
    if not posting.positions:
        return documents.typecode.encode() + documents.tobytes()
    frequencies, positions = _narrow(posting.frequencies), _narrow(posting.positions)
    types = documents.typecode + frequencies.typecode + positions.typecode
    return (
        bytes((len(types) + 1,))
        + types.encode()
        + documents.tobytes()
        + frequencies.tobytes()
        + positions.tobytes()
    )


def decode(record: bytes, count: int) -> tuple[array[int], array[int], array[int]]:
    """Gives the documents, frequencies and positions of a record of `count` documents.

    The frequencies and positions are empty for a field that has no positions.
    """
    if record[0] >= 32:
        return _array(chr(record[0]), record[1:]), array("B"), array("B")
    types = record[1 : record[0]].decode()
    sizes = [array(code).itemsize for code in types]
    ends = list(accumulate((sizes[0] * count, sizes[1] * count), initial=record[0]))
    return (
        _array(types[0], record[ends[0] : ends[1]]),
        _array(types[1], record[ends[1] : ends[2]]),
        _array(types[2], record[ends[2] :]),
    )


def record_of(info: Any, postings: Any) -> bytes:
    """Gives the record of a term from the file of postings."""
    offset, length = info.extent()
    # Whoosh leaves the length in the tuple that it was unpacked as.
    size = length[0] if isinstance(length, tuple) else length
    return bytes(postings.get(offset, size))


def _array(typecode: str, data: bytes) -> array[int]:
    return array(typecode, data)


def _narrow(values: array[int]) -> array[int]:
    largest = max(values, default=0)
    typecode = "B" if largest < 1 << 8 else "H" if largest < 1 << 16 else "I"
    return values if values.typecode == typecode else array(typecode, values)


class ArrayCodec(W3Codec):
    """Whoosh's codec with postings kept as arrays."""

    length_stats = False

    def field_writer(self, storage: Any, segment: Any) -> ArrayFieldWriter:
        """Gives what writes the terms of a segment and their postings."""
        return ArrayFieldWriter(self, storage, segment)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> Any:
        """Gives Whoosh's own matcher over a term, for what Whoosh itself reads."""
        record = record_of(terminfo, dbfile)
        documents, frequencies, _ = decode(record, terminfo.doc_frequency())
        weights = [float(f) for f in frequencies] or [1.0] * len(documents)
        values = [b""] * len(documents)
        return ListMatcher(
            list(documents), weights, values, format_, scorer, term=term, terminfo=terminfo
        )


class ArrayFieldWriter(W3FieldWriter):
    """Writes whole terms, and the fields that are derived from them."""

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[Posting]) -> None:
        """Writes the postings, which come in order of field and term."""
        words: dict[str, int] = defaultdict(int)
        named: list[str] = []
        current = ""
        for posting in items:
            if posting.field in DERIVED_FIELDS:
                continue
            if posting.field != current:
                current = posting.field
                self._start(current)
            self._write(
                posting.term,
                encode(posting),
                len(posting.documents),
                sum(posting.frequencies),
            )
            if current in TEXT_FIELDS:
                words[posting.term.decode()] += len(posting.documents)
            elif current == "names":
                named.append(posting.term.decode())
        for field, derived in (
            ("forms", _forms(words)),
            ("lexicon", _lexicon(words)),
            ("spellings", _spellings(named)),
        ):
            self._start(field)
            for term, record in derived:
                self._write(term, record, 1, 1)

    def _start(self, field: str) -> None:
        self._fieldid = self._fieldmap[field] = len(self._fieldmap)

    def _write(self, term: bytes, record: bytes, documents: int, frequency: int) -> None:
        info = W3TermInfo(weight=frequency, df=documents)
        info.set_extent(self._postfile.tell(), len(record))
        self._postfile.write(record)
        self._tindex.add(pack_ushort(self._fieldid) + term, info.to_bytes())


def _forms(words: Iterable[str]) -> Iterator[tuple[bytes, bytes]]:
    families: dict[str, list[str]] = defaultdict(list)
    for word in words:
        families[analysis.stem(word)].append(word)
    return _listed({stem: family for stem, family in families.items() if family != [stem]})


def _spellings(named: Iterable[str]) -> Iterator[tuple[bytes, bytes]]:
    families: dict[str, list[str]] = defaultdict(list)
    for word in named:
        for key in spelling.skeletons(word):
            families[key].append(word)
    return _listed(families)


def _lexicon(words: dict[str, int]) -> Iterator[tuple[bytes, bytes]]:
    ordered = sorted(words)
    counts = array("I", (words[word] for word in ordered)).tobytes()
    yield b"", len(counts).to_bytes(4) + counts + zlib.compress("\n".join(ordered).encode(), 1)


def _listed(families: dict[str, list[str]]) -> Iterator[tuple[bytes, bytes]]:
    for key in sorted(families, key=str.encode):
        yield key.encode(), "\n".join(families[key]).encode()
