"""The reader of RTF documents, by striprtf.

Microsoft, "Rich Text Format (RTF) Specification", version 1.9.1. What the library reads slowly,
wrongly or not at all (pictures, raw bytes, numbers out of range, notes, addresses of links) is put
right before it begins, in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from index.ingest.documents.properties import author_property, title_property
from index.ingest.draft import Draft, Found, Source
from index.ingest.paragraphs import lines_of
from index.ingest.sanitise import sanitise
from index.ingest.unpack import UnreadableError

_HEAD = 16 * 1024
"""Characters in which a document says in what code page it is."""
_MOST_FONTS = 32 * 1024
"""Characters of a list of fonts; the library takes quadratic time on it."""
_BINARY = re.compile(rb"\\bin(\d{1,9}) ?")
_DIGITS = re.compile(rb"[\da-fA-F\r\n]{400,}")
"""A picture, two digits a byte. No text has as many letters from a to f in a row."""
_BRACES = re.compile(r"\\[\\{}]|([{}])")
_NOTES = re.compile(r"\{\s*(?:\\\*\s*)?\\footnote(?![a-zA-Z])")
_UNICODE = re.compile(r"\\\\|\\(uc?)(-?\d+)?(?![a-zA-Z\d])")
_CODE_PAGES = ((r"\mac", "mac_roman"), (r"\pca", "cp850"), (r"\pc", "cp437"))
"""Those that stand for themselves; every other document names its own."""
_CELLS = " – "


def read(source: Source) -> Found:
    """Gives the article of an RTF document. Raises UnreadableError for what is none."""
    data = source.file.read().lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if not data.startswith(b"{\\rtf"):
        raise UnreadableError("not an RTF document, whatever its name says")
    text = _UNICODE.sub(_in_range, _ascii(_without_binary(data)))
    # Destinations are never read, the addresses of links among them.
    text = text.replace("\\fldinst", "\\fldtype")
    text, notes = _notes(text)
    fonts = _fonts(text)
    if len(fonts) > _MOST_FONTS:
        text, fonts = text.replace(fonts, "", 1), ""
    head = _head(text, fonts)
    draft = Draft(source.locator, _paragraphs(text))
    if notes:
        draft.paragraphs += _paragraphs(head + "\\par ".join(notes) + "}")
    draft.title = title_property(_property(text, "title", head), source.name)
    draft.author = author_property(_property(text, "author", head))
    yield draft


def _without_binary(data: bytes) -> bytes:
    """The document without its pictures and objects."""
    if b"\\bin" in data:
        parts, end = [], 0
        while found := _BINARY.search(data, end):
            parts.append(data[end : found.start()])
            end = found.end() + int(found[1])
        data = b"".join((*parts, data[end:]))
    return _DIGITS.sub(b"", data)


def _ascii(data: bytes) -> str:
    """The document with every byte beyond ASCII written as RTF writes it.

    The format has none, but some programs write UTF-8 or the code page as it is.
    """
    if data.isascii():
        return data.decode("ascii")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return re.sub(
            r"[\x80-\xff]", lambda found: f"\\'{ord(found[0]):02x}", data.decode("latin-1")
        )
    return re.sub(r"[^\0-\x7f]", lambda found: f"{{\\uc1\\u{ord(found[0])}?}}", text)


def _in_range(found: re.Match[str]) -> str:
    """A control word for a character, if there is such a one."""
    word, number = found[1], found[2]
    if word is None:
        return found[0]
    if word == "uc":
        return f"\\uc{min(max(int((number or '1')[:9]), 0), 8)}"
    return found[0] if number and len(number) < 9 and -65536 < int(number) < 0x110000 else ""


def _group(text: str, start: int) -> str:
    """The group that begins with the brace at `start`, to the end of the text if it has no end."""
    depth = 0
    for brace in _BRACES.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(brace[1], 0)
        if depth == 0 and brace[1]:
            return text[start : brace.end()]
    return text[start:]


def _notes(text: str) -> tuple[str, list[str]]:
    """The document without its footnotes and endnotes, and those."""
    parts, notes, end = [], [], 0
    while found := _NOTES.search(text, end):
        group = _group(text, found.start())
        parts.append(text[end : found.start()])
        notes.append(text[found.end() : found.start() + len(group)].removesuffix("}"))
        end = found.start() + len(group)
    return "".join((*parts, text[end:])), notes


def _fonts(text: str) -> str:
    """The group that lists the fonts; empty where there is none near the beginning."""
    start = text.find("{\\fonttbl", 0, _HEAD)
    return _group(text, start) if start >= 0 else ""


def _head(text: str, fonts: str) -> str:
    """The beginning of the document, with its code page and fonts, to read a piece of it alone."""
    page = re.search(r"\\ansicpg\d+", text[:_HEAD])
    return f"{{\\rtf1\\ansi{page[0] if page else ''}{fonts} "


def _property(text: str, name: str, head: str) -> str | None:
    """What a group of that name states."""
    info = text.find("{\\info")
    if info < 0:
        return None
    stated = _group(text, info)
    found = re.search(rf"\{{\\{name}(?![a-zA-Z])", stated)
    if not found:
        return None
    value = _group(stated, found.start())[len(found[0]) :].removesuffix("}")
    return _plain(f"{head}{value}}}")


def _paragraphs(text: str) -> list[str]:
    plain = _plain(text)
    if "\\cell" in text or "\\nestcell" in text:
        # The library ends every cell with a bar.
        plain = "\n".join(
            _CELLS.join(filter(None, map(str.strip, line.split("|"))))
            if line.endswith("|")
            else line
            for line in plain.split("\n")
        )
    return lines_of(sanitise(plain))


def _plain(text: str) -> str:
    from striprtf import striprtf

    convert: Callable[..., str] = striprtf.rtf_to_text
    encoding = next((page for word, page in _CODE_PAGES if word in text[:40]), "cp1252")
    for form in (text, re.sub(r"\\(?:fcharset|ansicpg)\d+", "", text)):
        try:
            plain = convert(form, encoding, errors="replace")
        except Exception:  # noqa: S112 - odd documents break the library in ways of their own
            continue
        # A character beyond U+FFFF comes as its two surrogates.
        return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    raise UnreadableError("broken: its RTF is faulty")
