"""What documents say of themselves in their properties, as far as anyone meant it.

Programs fill these in by themselves: with the name of a file, a template or an account.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from index.ingest.draft import Fact, fact
from index.ingest.sanitise import sanitise_line
from index.model import EvidenceKind

_NO_TITLE = re.compile(
    r"microsoft (?:word|powerpoint|excel)\b.*|powerpoint presentation|word document"
    r"|\(?(?:untitled|anonymous|unspecified|unknown|none|null|title|no title|document title)\)?"
    r"(?:[ -]?\d+)?"
    r"|(?:new |full |blank )?(?:document|page|slide|layout|print|scan(?:ned)?|template|image|pdf"
    r"|doc|normal|report|article)(?: ?(?:\d+|document|template))?"
    r"|about:blank|https?:.*|file:.*|[a-z]:\\.*"
    r"|.*\.(?:docx?|dotx?|odt|rtf|pdf|indd|qxd|pptx?|xlsx?|txt|html?|dvi|tex|e?ps|ai|p65|pmd|epub"
    r"|wpd|pages|cdr|jpe?g|png|tiff?)",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"\(?(?:anonymous|unspecified|unknown|none|null|author|owner|default|guest|root|test)\)?"
    r"|.*\b(?:user|admin\w*|microsoft|windows|office|scan\w*|canon|xerox|ricoh|konica|epson|adobe"
    r"|acrobat|latex|calibre|word|libreoffice|chrome|mozilla)\b.*",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"[a-z\d_.-]+|.*[\d\\@].*|[A-Za-z]{1,2}")
"""A single word in small letters, initials, an address."""


def title_property(value: str | None, file_name: str) -> Fact | None:
    """Gives the title that a document states; None for what a program filled in."""
    title = sanitise_line(value or "")
    letters = sum(map(str.isalpha, title))
    if letters < 3 or 2 * letters < len(title.replace(" ", "")) or _NO_TITLE.fullmatch(title):
        return None
    if " " not in title and (
        title.casefold() == PurePath(file_name).stem.casefold() or re.search(r"[\d_]", title)
    ):
        return None
    return fact(title, EvidenceKind.FIELD, "document property title")


def author_property(value: str | None) -> Fact | None:
    """Gives the author that a document states; None for the name of an account or a program."""
    author = sanitise_line(value or "")
    if _NO_AUTHOR.fullmatch(author) or _ACCOUNT.fullmatch(author):
        return None
    return fact(author, EvidenceKind.FIELD, "document property author")
