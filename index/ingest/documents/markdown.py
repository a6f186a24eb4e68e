"""The reader of Markdown: its blocks become paragraphs of readable text without any markup."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from index.ingest.decode import decode
from index.ingest.draft import Draft, Fact, Found, Source, fact
from index.ingest.paragraphs import split
from index.ingest.sanitise import sanitise, sanitise_line
from index.model import EvidenceKind

if TYPE_CHECKING:
    from markdown_it.token import Token

_LONGEST = 400_000
"""Characters. A longer file is read as plain text: the parser takes seconds on it."""

_FRONT_MATTER = re.compile(r"\A---[ ]*\n(.*?)\n(?:---|\.\.\.)[ ]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"(\w[\w-]*)\s*:[ ]+(.+)")
_KEYS = {
    "title": ("title", "headline"),
    "source": ("source", "outlet", "publisher", "publication", "site", "site_name"),
    "author": ("author", "authors", "by", "byline"),
    "date": ("date", "published", "pubdate", "date_published", "publish_date"),
    "url": ("url", "link", "canonical", "canonical_url", "source_url"),
    "language": ("language", "lang", "locale"),
}
_TAG = re.compile(r"<[^<>]*>")
_UNSEEN = ("<!--", "<script", "<style", "<?", "<!")


def read(source: Source) -> Found:
    """Gives the one article of a Markdown file. Raises NotTextError for binary data.

    Front matter gives title, source, author, date, url and language; without a title there, the
    first heading of the first level is the title.
    """
    text = sanitise(decode(source.file.read()))
    stated, text = _front_matter(text)
    title, paragraphs = (None, split(text)) if len(text) > _LONGEST else _blocks(text)
    draft = Draft(source.locator, paragraphs)
    draft.title = fact(title, EvidenceKind.FIELD, "the first heading")
    for name, keys in _KEYS.items():
        if found := _first(stated, keys):
            setattr(draft, name, found)
    yield draft


def _first(stated: dict[str, str], keys: tuple[str, ...]) -> Fact | None:
    """The first of the fields that says something."""
    found = (
        fact(stated.get(key), EvidenceKind.FIELD, f"{key} in the front matter") for key in keys
    )
    return next(filter(None, found), None)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields before the article, as `key: value` lines, and the article without them."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return {}, text
    fields = {}
    for line in found[1].split("\n"):
        if field := _FIELD.match(line):
            fields[field[1].lower().replace("-", "_")] = field[2].strip().strip("\"'[]").strip()
    return (fields, text[found.end() :]) if fields else ({}, text)


def _blocks(text: str) -> tuple[str | None, list[str]]:
    """The title, where a first-level heading gives it, and all paragraphs without it."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    title: str | None = None
    paragraphs: list[str] = []
    row: list[str] | None = None
    prefix = ""
    numbers: list[int | None] = []
    heading = ""
    for token in tokens:
        match token.type:
            case "ordered_list_open":
                numbers.append(int(token.attrGet("start") or 1))
            case "bullet_list_open":
                numbers.append(None)
            case "ordered_list_close" | "bullet_list_close":
                numbers.pop()
            case "list_item_open":
                number = numbers[-1]
                prefix = "• " if number is None else f"{number}. "
                numbers[-1] = None if number is None else number + 1
            case "heading_open":
                heading = token.tag
            case "heading_close":
                heading = ""
            case "tr_open":
                row = []
            case "tr_close":
                paragraphs.append(" – ".join(cell for cell in row or () if cell))
                row = None
            case "code_block" | "fence":
                paragraphs.extend(sanitise_line(line) for line in token.content.split("\n"))
            case "html_block" if not token.content.lstrip().lower().startswith(_UNSEEN):
                paragraphs.extend(split(sanitise(unescape(_TAG.sub("", token.content)))))
            case "inline":
                line = sanitise_line(_readable(token.children or []))
                if heading == "h1" and title is None and line:
                    title = line
                elif row is not None:
                    row.append(line)
                elif line:
                    paragraphs.append(prefix + line)
                    prefix = ""
    return title, [paragraph for paragraph in paragraphs if paragraph]


def _readable(children: list[Token]) -> str:
    """The text of a run of inline tokens: links by their words, pictures by their descriptions."""
    parts: list[str] = []
    for token in children:
        if token.type in ("text", "code_inline", "text_special", "image"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts)
