"""The visible text of markup, every block a paragraph.

For markup that is all article, as in feeds, mails, books and columns of exports; it does not tell
an article from the page around it.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from index.ingest.paragraphs import split
from index.ingest.sanitise import sanitise

_UNSEEN = {
    "script", "style", "head", "title", "template", "noscript", "svg", "math", "iframe",
    "object", "audio", "video", "canvas", "select", "option", "textarea", "button", "input",
    "map",
}  # fmt: skip
_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "ruby", "rt", "rp", "rb",
    "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr", "td", "th",
}  # fmt: skip
"""What stands in a line. Any other element begins and ends a paragraph, whatever its name."""
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_LISTS = {"ul", "ol", "menu"}
_DASH = " – "
"""Parts the cells of a table's row."""

_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|h[1-6]|ul|ol|li|blockquote|figure|img|script|style|table"
    r"|t[rdh]|section|article|html|body|font|hr|pre|su[bp]|small|center)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});")
"""A character reference of HTML, as exports of web pages leave them behind: `&#163;`, `&amp;`."""
_BLOCK_TAG = re.compile(r"<(?:p|br|div|tr|html|body)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLANK_LINE = re.compile(r"\n[ \t\r\f]*\n")


def is_html(text: str) -> bool:
    """Whether a text has tags of HTML in it, and not only signs such as `<3`."""
    return "<" in text and _TAG.search(text) is not None


def paragraphs_of(text: str) -> list[str]:
    """Gives the sanitised paragraphs of a text that may be HTML, or hold references of it."""
    if is_html(text):
        return _html(text)
    plain = resolved(text)
    if plain is not text and "<" in plain and _BLOCK_TAG.search(plain):
        return _html(plain)
    return split(sanitise(plain))


def _html(text: str) -> list[str]:
    if not _BLOCK_TAG.search(text):
        text = text.replace("\n", "\n\n")  # only the ends of lines part its paragraphs
    return blocks_of(text)


def resolved(text: str) -> str:
    """Gives the text with the characters that references stand for; before it is sanitised."""
    return _REFERENCE.sub(lambda found: unescape(found[0]), text) if "&" in text else text


def blocks_of(markup: str) -> list[str]:
    """Gives the sanitised paragraphs of HTML, a page or a piece of one; none where it has none."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    data = markup.replace("\0", "").encode("utf-8", "ignore")
    try:
        root = etree.fromstring(data, parser) if data.strip() else None
    except (etree.XMLSyntaxError, AssertionError):  # lxml asserts that there is a root
        root = None
    return [] if root is None else blocks(root)


def blocks(root: Any) -> list[str]:
    """Gives the sanitised paragraphs of an lxml element of HTML or XHTML.

    Blank lines part them too, as in what blogs store. Linear in the size of the tree, and without
    recursion however deep it is.
    """
    from lxml import etree

    out = _Lines()
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if element.tag is etree.Entity:
            if event == "start":
                out.text(unescape(element.text))
        elif isinstance(element.tag, str):
            name = element.tag.rpartition("}")[2].lower()
            if event == "start" and name in _UNSEEN:
                walk.skip_subtree()
            elif event == "start":
                out.open(name)
                out.text(element.text)
            elif name not in _UNSEEN:
                out.close(name)
        if event != "start" and element is not root:
            out.text(element.tail)
    return split(sanitise("".join(out.parts)))


class _Lines:
    """Lines of text while a tree is walked; a blank line between paragraphs."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._verbatim = 0
        """How many `pre` are open."""
        self._heading = 0
        self._numbers: list[int] = []
        """For each list that is open the number last given; -1 where they are not numbered."""
        self._lead = ""
        """What stands before the next text of the line, if any comes: a bullet, a dash."""
        self._empty = True
        """Whether nothing is in the line yet."""

    def open(self, name: str) -> None:
        """Begins an element."""
        if name in ("td", "th"):
            self._lead = "" if self._empty else _DASH
        elif name == "br":
            self.parts.append(" " if self._heading else "\n")
            self._empty = self._empty or not self._heading
        elif name not in _INLINE:
            if self._lead != _DASH:  # the first paragraph of a cell stays in the row
                self._end()
            self._verbatim += name == "pre"
            self._heading += name in _HEADINGS
            if name in _LISTS:
                self._numbers.append(0 if name == "ol" else -1)
            elif name == "li":
                self._lead = self._bullet()

    def close(self, name: str) -> None:
        """Ends an element."""
        if name in _INLINE or name == "br":
            return
        self._end()
        self._verbatim -= name == "pre"
        self._heading -= name in _HEADINGS
        if name in _LISTS:
            self._numbers.pop()
        elif name == "li":
            self._lead = ""

    def text(self, text: str | None) -> None:
        """Adds text, its spaces as they are shown."""
        if not text:
            return
        if self._verbatim:
            pass
        elif "\n" in text and not text.isspace() and _BLANK_LINE.search(text):
            text = "\n\n".join(_SPACE.sub(" ", part) for part in _BLANK_LINE.split(text))
        else:
            text = _SPACE.sub(" ", text)
        if text.isspace():
            if not self._empty:
                self.parts.append(text)
            return
        if self._lead:
            self.parts.append(self._lead)
            text = text.lstrip()
            self._lead = ""
        self.parts.append(text)
        self._empty = text.endswith("\n")

    def _end(self) -> None:
        self.parts.append("\n\n")
        self._empty = True
        if self._lead == _DASH:
            self._lead = ""

    def _bullet(self) -> str:
        if not self._numbers:
            return ""
        if self._numbers[-1] < 0:
            return "• "
        self._numbers[-1] += 1
        return f"{self._numbers[-1]}. "
