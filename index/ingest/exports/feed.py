"""The reader of saved feeds: RSS of every version and Atom, an article an entry.

Whatever the prefixes, elements are known by their local names: feeds declare namespaces wrongly.
RSS 2.0, RSS 1.0 (RDF), Atom (RFC 4287), and content, Dublin Core and Media RSS as modules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from index.ingest.blocks import blocks, paragraphs_of
from index.ingest.draft import Draft, Fact, Found, Source
from index.ingest.exports.cells import line_of, stated
from index.ingest.exports.xml_text import CleanedXml, local_name, qualified_name, text_of
from index.ingest.pieces import Locators
from index.ingest.sanitise import sanitise_line
from index.ingest.unpack import UnreadableError
from index.model import Evidence, EvidenceKind, Skipped

_ROOTS = {"rss", "feed", "rdf"}
_ENTRIES = {"item", "entry"}
_TEXTS = ("encoded", "content", "body", "fulltext", "description", "summary")
"""The elements that may hold the text, the whole before a summary."""
_DATES = ("pubdate", "published", "date", "issued", "created", "updated", "modified")
_MEDIA = "http://search.yahoo.com/mrss"
"""The namespace of what stands beside the text: pictures, with titles and texts of their own."""
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_WITH_MAIL = re.compile(r"\S+@\S+(?:\s*\((.*)\))?")
"""An author in RSS: the address, and the name after it."""
_LONGEST_NAME = 300


def read(source: Source) -> Found:
    """Gives an article for every entry of a feed. Raises UnreadableError for other XML.

    No entity is expanded and nothing is fetched. Broken XML is read as far as it goes, and said.
    """
    from lxml import etree

    file = CleanedXml(source)
    walk = etree.iterparse(
        file,
        events=("start", "end"),
        recover=True,
        huge_tree=True,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    feed = _Feed(source)
    depth = 0
    try:
        for event, element in walk:
            name = local_name(element)
            if event == "start":
                depth += 1
                if depth == 1:
                    feed.begin(element, name)
                continue
            depth -= 1
            if name in _ENTRIES and depth and _is_entry(element):
                yield feed.entry(element)
                file.restart()
                _forget(element)
            elif 0 < depth < 3:
                feed.learn(element, name)
    except etree.XMLSyntaxError:
        if not feed.number:
            raise UnreadableError("XML, but no feed") from None
        yield Skipped(source.locator, "broken XML: what comes after its entries is lost")
        return
    if not feed.begun:
        raise UnreadableError("XML, but no feed")
    if reason := _fault({fault.type_name for fault in walk.error_log}):
        yield Skipped(source.locator, reason)
    elif not feed.number:
        yield Skipped(source.locator, "no entries in the feed")


def _fault(faults: set[str]) -> str | None:
    """What was lost, by the faults of libxml2; None where nothing was."""
    if faults & {"ERR_RESOURCE_LIMIT", "ERR_ENTITY_LOOP"}:
        return "broken XML: its entities grow without measure"
    if faults >= {"ERR_TAG_NAME_MISMATCH", "ERR_TAG_NOT_FINISHED"}:
        return "broken XML: its tags do not match, and texts may be lost"
    if "ERR_TAG_NOT_FINISHED" in faults:
        return "broken: it ends too early, and its last entry may be cut"
    if "ERR_DOCUMENT_END" in faults:
        return "broken XML: what comes after its end is not read"
    return None


class _Feed:
    """What is known of a feed while its entries are read."""

    def __init__(self, source: Source) -> None:
        self.begun = False
        self.number = 0
        """Of the last entry."""
        self._locators = Locators(source, limited=False)
        self._facts: dict[str, Fact] = {}
        """What it states of all its entries."""

    def begin(self, root: Any, name: str) -> None:
        """Looks at the outermost element. Raises UnreadableError where it is no feed's."""
        if name not in _ROOTS:
            raise UnreadableError("XML, but no feed")
        self.begun = True
        self._note("language", root.get(_LANG), "xml:lang")

    def learn(self, element: Any, name: str) -> None:
        """Takes what an element beside the entries says of the feed."""
        if local_name(element.getparent()) not in ("channel", "feed", "rss"):
            return
        if name == "title":
            self._note("source", text_of(element), "the title of the feed")
        elif name == "language":
            self._note("language", text_of(element), "the language of the feed")

    def _note(self, field: str, text: str | None, detail: str) -> None:
        if field not in self._facts and (line := stated(field, text)):
            self._facts[field] = Fact(line, Evidence(EvidenceKind.FIELD, detail))

    def entry(self, entry: Any) -> Draft | Skipped:
        """Gives the article of one entry, or says that it has no text."""
        self.number += 1
        parts: dict[str, list[Any]] = {}
        for child in entry:
            if _namespace(child) != _MEDIA and (name := local_name(child)):
                parts.setdefault(name, []).append(child)
        url = _address(parts)
        about = next((value for key, value in entry.attrib.items() if key.endswith("about")), None)
        named = next(
            (text_of(each) for each in _of(parts, "guid", "id")), about or (url[0] if url else "")
        )
        name = line_of(named)
        if not 0 < len(name) <= _LONGEST_NAME:
            name = str(self.number)
        locator = self._locators.of(name)
        paragraphs = next(filter(None, map(_paragraphs, _of(parts, *_TEXTS))), [])
        if not paragraphs:
            return Skipped(locator, f"entry {self.number}: no text in it")
        draft = Draft(locator, paragraphs, **self._facts)  # type: ignore[arg-type]
        for field, names in (
            ("title", ("title",)),
            ("author", ("creator", "author")),
            ("date", _DATES),
            ("source", ("source",)),
            ("language", ("language",)),
        ):
            if found := _stated(field, _of(parts, *names)):
                setattr(draft, field, found)
        if lang := entry.get(_LANG):
            draft.language = Fact(sanitise_line(lang), Evidence(EvidenceKind.FIELD, "xml:lang"))
        if url:
            draft.url = Fact(sanitise_line(url[0]), Evidence(EvidenceKind.FIELD, url[1]))
        return draft


def _stated(field: str, elements: Iterator[Any]) -> Fact | None:
    """What elements state of a field: the first that states anything, or all authors."""
    lines: list[str] = []
    detail = ""
    for element in elements:
        inner = next((each for each in element if local_name(each) in ("name", "title")), element)
        line = stated(field, text_of(inner))
        if field == "author" and (found := _WITH_MAIL.fullmatch(line)):
            line = (found[1] or "").strip()
        if line and (not detail or qualified_name(element) == detail) and line not in lines:
            lines.append(line)
            detail = qualified_name(element)
            if field != "author":
                break
    if not lines:
        return None
    return Fact(", ".join(lines), Evidence(EvidenceKind.FIELD, detail))


def _address(parts: dict[str, list[Any]]) -> tuple[str, str] | None:
    """Where the article was published, and the element that says so."""
    for element in _of(parts, "origlink", "link", "guid"):
        if element.get("rel", "alternate") != "alternate" or element.get("isPermaLink") == "false":
            continue
        text = (element.get("href") or text_of(element)).strip()
        if text.lower().startswith(("http://", "https://")):
            return text, qualified_name(element)
    return None


def _paragraphs(element: Any) -> list[str]:
    """The text of an entry, be it XHTML, HTML or plain."""
    if any(isinstance(child.tag, str) for child in element):
        return blocks(element)
    return paragraphs_of(text_of(element))


def _of(parts: dict[str, list[Any]], *names: str) -> Iterator[Any]:
    """The elements of some names, in the order of the names."""
    for name in names:
        yield from parts.get(name, ())


def _is_entry(element: Any) -> bool:
    """Whether an item is one of the feed's, and not one of a list inside an entry."""
    inside = any(local_name(each) in _ENTRIES for each in element.iterancestors())
    return not inside or any(local_name(child) in ("title", "link", *_TEXTS) for child in element)


def _namespace(element: Any) -> str:
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    if tag.startswith("media:"):  # nobody declared it
        return _MEDIA
    return tag[1:].partition("}")[0].rstrip("/") if tag.startswith("{") else ""


def _forget(element: Any) -> None:
    """Frees an entry that was read, and what stands before it."""
    element.clear()
    parent = element.getparent()
    while element.getprevious() is not None:
        del parent[0]
