"""How a segment keeps its words and postings: as arrays, field by field (see `tables`).

Whoosh pickles tuples in blocks of 128 and reads them one posting at a time. Here the postings of
a field are a few arrays that are read where they lie and scored whole by NumPy. Segments, columns,
deletions, locking and commits stay Whoosh's, and so does its way to ask for a term.

When a segment is written, two tables are derived from its words:

* `lexicon`: every word of the text;
* `spellings`: a consonant skeleton → the names that have it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from mmap import ACCESS_READ, mmap
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import TermsReader
from whoosh.codec.whoosh3 import W3Codec, W3PerDocWriter, W3TermInfo
from whoosh.columns import FixedBytesColumn
from whoosh.matching.mcore import ListMatcher
from whoosh.reading import TermNotFound

from index.fulltext import spelling
from index.fulltext.postings import FieldPostings, from_arrays
from index.fulltext.schema import COLUMN_TYPES, NAMED_FIELD, TEXT_FIELDS
from index.fulltext.tables import Numbers, Words, read_arrays, write_arrays

TABLES_EXT = ".tab"
"""The file of a segment that holds all its tables."""


class SegmentTables:
    """The tables of one segment, as views of its file."""

    def __init__(self, buffer: Any) -> None:
        arrays: dict[str, dict[str, Numbers]] = defaultdict(dict)
        for name, array in read_arrays(buffer).items():
            table, _, part = name.partition("/")
            arrays[table][part] = array
        self.spellings = _listed_from(arrays.pop("spellings"))
        self.lexicon = Words(**arrays.pop("lexicon"))
        """Every word of the text."""
        self.titles = Words(**arrays.pop("titles"))
        """What the documents are sorted by when they are sorted by title."""
        self.fields = {field: from_arrays(parts) for field, parts in arrays.items()}


class Listed:
    """Keys in order, and the words that are listed under each."""

    def __init__(self, keys: Words, values: Words) -> None:
        self._keys = keys
        self._values = values

    def words(self, key: str) -> tuple[str, ...]:
        """Gives the words under a key; none where it is not there."""
        number = self._keys.find(key)
        return tuple(self._values.word(number).split("\n")) if number >= 0 else ()


def encoded(fields: Mapping[str, FieldPostings], titles: list[str]) -> dict[str, Numbers]:
    """Gives the tables of a segment as arrays to be written, by name."""
    arrays: dict[str, Numbers] = {}
    for field, postings in fields.items():
        arrays |= {f"{field}/{part}": array for part, array in postings.arrays().items()}
    held = [fields[field] for field in TEXT_FIELDS if field in fields]
    words = sorted({word for postings in held for word in postings.words.all()})
    arrays |= _named_words("lexicon", words, "/")
    named: list[str] = []
    if (body := fields.get(NAMED_FIELD)) is not None:
        known = body.words.all()
        named = [known[number] for number in np.flatnonzero(body.named).tolist()]
    families = _spellings(named)
    keys = sorted(families)
    arrays |= _named_words("spellings/keys", keys)
    arrays |= _named_words("spellings/values", ["\n".join(families[key]) for key in keys])
    return arrays | _named_words("titles", titles, "/")


def _named_words(name: str, words: list[str], between: str = "_") -> dict[str, Numbers]:
    letters, ends = Words.of(words)
    return {f"{name}{between}letters": letters, f"{name}{between}ends": ends}


def _listed_from(parts: dict[str, Numbers]) -> Listed:
    return Listed(
        Words(parts["keys_letters"], parts["keys_ends"]),
        Words(parts["values_letters"], parts["values_ends"]),
    )


def _spellings(named: Iterable[str]) -> dict[str, list[str]]:
    families: dict[str, list[str]] = defaultdict(list)
    for word in named:
        for key in spelling.skeletons(word):
            families[key].append(word)
    return families


class ArrayCodec(W3Codec):
    """Whoosh's codec with words and postings kept as arrays."""

    length_stats = False

    def per_document_writer(self, storage: Any, segment: Any) -> ColumnsWriter:
        """Gives what writes the columns of a segment."""
        return ColumnsWriter(self, storage, segment)

    def field_writer(self, storage: Any, segment: Any) -> TablesWriter:
        """Gives what writes the words of a segment and their postings."""
        return TablesWriter(segment.create_file(storage, TABLES_EXT))

    def terms_reader(self, storage: Any, segment: Any) -> TablesReader:
        """Gives what Whoosh asks for the words of a segment and their postings."""
        return TablesReader(tables_of(storage, segment))


def tables_of(storage: Any, segment: Any) -> SegmentTables:
    """Gives the tables of a segment. Raises whatever reading a damaged file raises."""
    with segment.open_file(storage, TABLES_EXT) as file:
        return SegmentTables(mmap(file.fileno(), 0, access=ACCESS_READ))


def column_of(storage: Any, segment: Any, field: str) -> Numbers:
    """Gives a column of numbers, one for each document of a segment."""
    stored = np.dtype(COLUMN_TYPES[field])
    name = W3Codec.column_filename(segment, field)
    with storage.open_file(name) as file:
        values = np.frombuffer(file.read(), stored)
    if len(values) != segment.doc_count_all():
        raise ValueError(f"{name} has {len(values)} values")
    return values.astype(stored.newbyteorder("="))


def live_of(segment: Any) -> NDArray[np.bool_]:
    """Tells which documents of a segment are not deleted."""
    live = np.ones(segment.doc_count_all(), np.bool_)
    live[list(segment.deleted_docs())] = False
    return live


class ColumnsWriter(W3PerDocWriter):
    """Writes whole columns at once."""

    def add_columns(self, count: int, columns: Mapping[str, Numbers]) -> None:
        """Writes the columns of all documents, `count` of them."""
        for field, values in columns.items():
            self._create_column(field, FixedBytesColumn(values.itemsize))
            data = self._get_column(field)._dbfile
            data.write(values.astype(COLUMN_TYPES[field]).tobytes())
        self._doccount = count


class TablesWriter:
    """Writes all tables of a segment at once."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.is_closed = False

    def add_postings(self, schema: Any, lengths: Any, items: Any) -> None:
        """Writes the arrays that `encoded` gives."""
        write_arrays(self._file, items)

    def close(self) -> None:
        """Closes the file."""
        self._file.close()
        self.is_closed = True


class TablesReader(TermsReader):
    """The words of a segment and their postings, as Whoosh asks for them."""

    def __init__(self, tables: SegmentTables) -> None:
        self._fields = tables.fields

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._number(*term) >= 0

    def _number(self, field: str, text: bytes) -> int:
        postings = self._fields.get(field)
        return -1 if postings is None else postings.words.find(text.decode())

    def indexed_field_names(self) -> Iterable[str]:
        """Gives the fields that have words."""
        return self._fields.keys()

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Gives every field and word, in order."""
        for field in sorted(self._fields):
            yield from self.terms_from(field, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Gives the words of a field from one on, in order."""
        words = self._fields[fieldname].words
        first, _ = words.beginning_with(prefix.decode())
        return ((fieldname, words.word(n).encode()) for n in range(first, words.size))

    def items(self) -> Iterator[tuple[tuple[str, bytes], W3TermInfo]]:
        """Gives every word with what is known of it."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], W3TermInfo]]:
        """Gives the words of a field from one on with what is known of them."""
        terms = self.terms_from(fieldname, prefix)
        return ((term, self.term_info(*term)) for term in terms)

    def term_info(self, fieldname: str, text: bytes) -> W3TermInfo:
        """Gives how often a word occurs. Raises TermNotFound where it does not."""
        number = self._number(fieldname, text)
        if number < 0:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        postings = self._fields[fieldname].of(number, number + 1)
        return W3TermInfo(weight=int(postings.frequencies.sum()), df=len(postings.documents))

    def frequency(self, fieldname: str, text: bytes) -> int:
        """Gives how often a word occurs. Raises TermNotFound where it does not."""
        return int(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Gives the number of documents of a word. Raises TermNotFound where there are none."""
        return int(self.term_info(fieldname, text).doc_frequency())

    def cursor(self, fieldname: str, fieldobj: Any) -> Any:
        """Never called: words near to another are looked for by `nearness`."""
        raise NotImplementedError

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        """Gives Whoosh's own matcher over the documents of a word."""
        info = self.term_info(fieldname, text)
        number = self._number(fieldname, text)
        documents, frequencies, _ = self._fields[fieldname].of(number, number + 1)
        return ListMatcher(
            documents.tolist(),
            frequencies.astype(float).tolist(),
            [b""] * len(documents),
            format_,
            scorer,
            term=(fieldname, text),
            terminfo=info,
        )
