"""What is known of an article, field by field, and what each rests on, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from index.model import Article, Evidence, EvidenceKind
from tui.text import count, one_line

NAMES = {
    "title": "Title",
    "source": "Outlet",
    "author": "Author",
    "date": "Date",
    "url": "Address",
    "language": "Language",
}
"""The fields that a user can correct, and what they are called on the screen."""
HINTS = {
    "title": "It cannot be empty. In the list, x takes your correction back.",
    "date": "A date, such as 2024-02-09. An empty line says that it is unstated.",
    "url": "It begins with http:// or https://. An empty line says that it is unstated.",
    "language": "Its code, such as en. An empty line says that it is unstated.",
}
HINT = "An empty line says that it is unstated."
"""What is said while a field is corrected that needs no form of its own."""
UNSTATED = "unstated"

_LEADS = {
    EvidenceKind.TAG: "the page itself",
    EvidenceKind.FIELD: "the file itself",
    EvidenceKind.TEXT: "its text",
    EvidenceKind.ADDRESS: "its address",
    EvidenceKind.FILE_NAME: "the name of its file or folder",
    EvidenceKind.FILE_TIME: "when the file was last changed",
    EvidenceKind.CORRECTION: "your correction",
}
_PLACES = ("the first ", "the headline ", "the largest ", "the head ", "a line ", "its ")
"""How evidence from a text begins that says where it stands, and does not quote it."""


@dataclass(frozen=True, slots=True)
class Described:
    """One thing that is known of an article, or could be."""

    name: str
    """As it is called on the screen."""
    value: str
    """One line, or several where there are several; empty where it is unstated."""
    rests_on: str = ""
    """In plain words; empty where it is unstated, or speaks for itself."""
    field: str | None = None
    """The name of the field that a correction would change; None for what has no correction."""
    corrected: bool = False
    """Whether it is the user's own word."""


def described(article: Article) -> list[Described]:
    """Gives all that is known of an article, in the order in which it is shown."""
    fields = [
        Described(
            name,
            one_line(_shown(getattr(article, field))),
            rests_on(article.evidence.get(field)),
            field,
            is_corrected(article, field),
        )
        for field, name in NAMES.items()
    ]
    copies = "\n".join(map(one_line, article.copies))
    return [
        *fields,
        Described("Length", count(article.words, "word"), "counted in its text"),
        Described("File", one_line(article.locator)),
        Described("Copies", copies or "none", "the same text, listed once" if copies else ""),
    ]


def is_corrected(article: Article, field: str) -> bool:
    """Whether a field has been corrected by the user."""
    found = article.evidence.get(field)
    return found is not None and found.kind is EvidenceKind.CORRECTION


def editable(article: Article, field: str) -> str:
    """Gives the value of a field as it can be typed; empty where it is unstated."""
    value = getattr(article, field)
    if isinstance(value, datetime):
        return value.date().isoformat() if _is_day(value) else value.isoformat()
    return one_line(value) if value else ""


def rests_on(evidence: Evidence | None) -> str:
    """Says in plain words what a fact rests on: `its address: rudaw.net`."""
    if evidence is None:
        return ""
    detail = "" if evidence.kind is EvidenceKind.FILE_TIME else one_line(evidence.detail)
    if evidence.kind is EvidenceKind.TEXT and not detail.startswith(_PLACES):
        detail = f"“{detail}”"
    lead = _LEADS[evidence.kind]
    parting = ", " if evidence.kind is EvidenceKind.CORRECTION else ": "
    return f"{lead}{parting}{detail}" if detail else lead


def _is_day(value: datetime) -> bool:
    return value.tzinfo is None and not (value.hour or value.minute or value.second)


def _shown(value: str | datetime | None) -> str:
    if isinstance(value, datetime):
        day = f"{value.day} {value:%B %Y}"
        return day if _is_day(value) else f"{day}, {value:%H:%M} {value:%Z}"
    return value or ""
