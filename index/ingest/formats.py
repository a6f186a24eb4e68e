"""The kinds of file that can be read: one table, from which the help and the README are made.

A reader takes a Source and gives drafts of articles, files inside the file, and what it had to
leave out. It may raise UnreadableError. It is imported when the first file of its kind is read: a
collection seldom holds many kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from index.ingest.content import LOOKED_AT, ending_by_content
from index.ingest.draft import Found, Source
from index.ingest.opening import open_regular


@dataclass(frozen=True, slots=True)
class Format:
    """How one kind of file is read."""

    name: str
    """What it is called: `PDF`."""
    endings: tuple[str, ...]
    """The endings of its files' names, in small letters."""
    reader: str
    """Its function in `index.ingest`: `documents.pdf.read`."""
    note: str = ""
    """What a user should know of how it is read, in a few words."""
    piecewise: bool = False
    """Whether it is read row by row or member by member: then its own size is not limited."""
    seeks: bool = False
    """Whether it is read here and there, not from its beginning to its end: what stands inside
    another file is then unpacked to the disk first."""
    simple: bool = False
    """Whether a small file of it may be read outside a worker process: its reader takes linear time
    and no foreign code parses it."""
    module: str | None = None
    """The library that reads it, where that is not always installed."""
    extra: str | None = None
    """The extra of `parallax-reader` that brings the library."""

    def read(self, source: Source) -> Found:
        """Gives what a file of this format holds. May raise UnreadableError."""
        module, _, name = self.reader.rpartition(".")
        function = getattr(import_module(f"index.ingest.{module}"), name)
        return cast("Callable[[Source], Found]", function)(source)

    def missing(self) -> str | None:
        """Says what to install before this kind of file can be read; None where nothing lacks."""
        if self.module is None or find_spec(self.module) is not None:
            return None
        return (
            f"{self.name} needs a library that is not installed:"
            f" pip install 'parallax-reader[{self.extra}]'"
        )


FORMATS = (
    Format("plain text", (".txt", ".text"), "documents.plain_text.read", simple=True),
    Format("Markdown", (".md", ".markdown"), "documents.markdown.read", simple=True),
    Format("web page", (".html", ".htm", ".xhtml"), "pages.web_page.read"),
    Format("PDF", (".pdf",), "documents.pdf.read", "with its pages; not pictures of text",
           module="pypdfium2", extra="pdf"),
    Format("Word", (".docx", ".docm"), "documents.word.read", "not the old .doc", seeks=True,
           module="docx", extra="docx"),
    Format("OpenDocument", (".odt",), "documents.open_document.read", seeks=True),
    Format("RTF", (".rtf",), "documents.rtf.read"),
    Format("EPUB", (".epub",), "documents.epub.read",
           "a book is one article, with its chapters", seeks=True),
    Format("JSON Lines", (".jsonl", ".ndjson"), "exports.json_lines.read", "an article a line",
           piecewise=True, simple=True),
    Format("JSON", (".json",), "exports.json_file.read",
           "one article, a list of them, or what a news API answers", piecewise=True, seeks=True),
    Format("CSV", (".csv", ".tsv"), "exports.csv_file.read", "an article a row",
           piecewise=True, seeks=True),
    Format("feed", (".rss", ".atom", ".xml", ".rdf"), "exports.feed.read",
           "RSS or Atom, an article an entry",
           piecewise=True, seeks=True),
    Format("ZIP archive", (".zip",), "containers.zip_archive.read", "every file in it",
           piecewise=True, seeks=True),
    Format("TAR archive", (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"),
           "containers.tar_archive.read", "every file in it", piecewise=True),
    Format("compressed file", (".gz", ".bz2", ".xz"), "containers.compressed.read",
           "as article.html.gz", piecewise=True),
    Format("mail", (".eml",), "containers.mail.read", "with what is attached to it"),
    Format("mailbox", (".mbox", ".mbx"), "containers.mailbox.read",
           "every mail in it", piecewise=True),
    Format("web page with its pictures", (".mhtml", ".mht"), "containers.mhtml.read", "MHTML"),
    Format("web archive", (".warc", ".warc.gz"), "containers.warc.read", "WARC: every page in it",
           piecewise=True, module="warcio", extra="warc"),
    Format("web archive collection", (".wacz",), "containers.warc.read_collection",
           "WACZ: every page in it",
           piecewise=True, seeks=True, module="warcio", extra="warc"),
)  # fmt: skip
"""Every format, in the order in which help lists them."""

BY_ENDING: Mapping[str, Format] = {ending: each for each in FORMATS for ending in each.endings}


def format_of(name: str) -> Format | None:
    """Gives the format of a file by its name; None where no reader knows it."""
    stem, dot, last = name.lower().rpartition(".")
    if not dot:
        return None
    _, dot, before = stem.rpartition(".")
    double = BY_ENDING.get(f".{before}.{last}") if dot else None
    return double or BY_ENDING.get(f".{last}")


_ARCHIVES = frozenset({".zip", ".tar", ".gz", ".bz2", ".xz"})
_ALSO = {
    ".zip": {".docx", ".odt", ".epub", ".wacz"},
    ".gz": {".tar.gz", ".tgz", ".warc.gz"},
    ".bz2": {".tar.bz2", ".tbz2"},
    ".xz": {".tar.xz", ".txz"},
    ".mbox": {".eml"},
    ".eml": {".mbox", ".mhtml"},
    ".mhtml": {".eml"},
}
"""For what content shows, the endings that do not contradict it."""


def format_in(name: str, head: bytes) -> Format | None:
    """Gives the format of a file by its name and by how it begins; None where no reader knows it.

    The content is believed where it is plain. Of names with endings that no reader knows, archives
    are not opened: programs and spreadsheets are archives too.
    """
    named = format_of(name)
    seen = ending_by_content(head)
    if seen is None or seen not in BY_ENDING:
        return named
    if named is None:
        return BY_ENDING[seen] if seen not in _ARCHIVES or "." not in name.strip(".") else None
    agrees = _ALSO.get(seen, set()).intersection(named.endings)
    return named if agrees else BY_ENDING[seen]


def is_simple(path: Path) -> bool:
    """Whether a file of a simple format is one by its content too, as its beginning shows it.

    One that can't be read counts as one: whoever reads it says why.
    """
    try:
        with open_regular(path) as file:
            head = file.read(LOOKED_AT)
    except OSError:
        return True
    form = format_in(path.name, head)
    return form is not None and form.simple
