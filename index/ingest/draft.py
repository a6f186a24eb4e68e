"""What a reader takes from a file before anything is concluded from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from index.ingest.sanitise import sanitise_line
from index.ingest.unpack import Budget
from index.model import Evidence, EvidenceKind, Skipped
from index.settings import Settings


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a file states about an article, and where it states it."""

    value: str
    evidence: Evidence


def fact(value: str | None, kind: EvidenceKind, detail: str) -> Fact | None:
    """Gives what is stated as one sanitised line; None where nothing is."""
    line = sanitise_line(value) if value else ""
    return Fact(line, Evidence(kind, sanitise_line(detail))) if line else None


@dataclass(slots=True)
class Draft:
    """One article as its file gives it. What the file does not state is None."""

    locator: str
    paragraphs: list[str]
    """In reading order, sanitised, each on one line and none empty."""
    title: Fact | None = None
    source: Fact | None = None
    author: Fact | None = None
    date: Fact | None = None
    """As it is written in the file."""
    url: Fact | None = None
    language: Fact | None = None
    places: list[str] | None = None
    """Where each paragraph stands, in a document with pages or chapters: `page 3`."""
    furniture: frozenset[int] = frozenset()
    """The indices of the paragraphs that the file's own markup shows to be no body: captions,
    lines above the text, lists of other stories."""


@dataclass(slots=True)
class Member:
    """A file inside a file: of an archive, attached to a mail, captured in a web archive."""

    locator: str
    name: str
    """Its own name, by whose ending its reader is chosen."""
    file: BinaryIO
    """What is in it, unpacked within the budget; can be read until the next member is asked for."""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    """What stands around it, for the fields that it does not state: its address, its outlet."""


@dataclass(frozen=True, slots=True)
class Later:
    """An article that costs little before it is wanted: who shares a file wants few of its rows."""

    make: Callable[[], Draft | Member]


@dataclass(frozen=True, slots=True)
class Source:
    """A file as its reader gets it."""

    file: BinaryIO
    """Open at its beginning, and seekable."""
    locator: str
    name: str
    """Its own name, for messages and for titles."""
    size: int
    """In bytes."""
    settings: Settings
    budget: Budget
    """What it may still unpack."""
    modified: datetime | None = None
    """When the file on the disk was last changed."""


Found = Iterator[Draft | Member | Later | Skipped]
"""What a reader gives: articles, files inside the file, and what it had to leave out."""
