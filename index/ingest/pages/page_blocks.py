"""The blocks of text of a parsed web page, in reading order, each with what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from index.ingest.paragraphs import count_words, split

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_UNSEEN = frozenset((
    "script", "style", "head", "template", "noscript", "svg", "math", "iframe", "object", "embed",
    "audio", "video", "canvas", "select", "datalist", "textarea", "button", "input", "map", "nav",
    "menu", "dialog", "rp", "rt", "amp-ad", "amp-embed", "amp-sidebar", "amp-consent",
))  # fmt: skip
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "picture", "q", "ruby", "rb", "s",
    "samp", "small", "source", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr", "td", "th",
))  # fmt: skip
"""What stands in a line. Any other element begins and ends a block, whatever its name."""
_NAMED = frozenset(("span", "a", "td", "th"))
"""Those whose class names are looked at: the others only set words apart."""
_WHOLE = frozenset(("html", "body", "main"))

# Words of class names and ids, by which sites everywhere call the parts of a page.
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:newsletter|sign-?up|subscri(?:be|ption)|cta|promo|related|recirc(?:ulation)?"
    r"|recommend(?:ed|ations)?|outbrain|taboola|trending|read-?(?:more|next|also)|latest-?news"
    r"|more-?(?:stories|news|from|on)|most-?(?:read|popular)|also-?(?:read|like)|you-?may|share"
    r"|sharing|social|comments?|disqus|breadcrumbs?|pagination|pager|cookies?|consent|gdpr"
    r"|advert(?:isement)?s?|sponsor(?:ed)?|author-?(?:box|bio|info|card)|about-?(?:the-)?author"
    r"|print-?(?:header|footer|only)|screen-reader(?:-text)?|site-?footer|donat(?:e|ion)|tags?-?list"
    r"|post-?tags)(?=$|[\s_-]|[A-Z])"
    r"|(?:^|\s)(?:hidden|hide|d-none|sr-only|visually-hidden|modal)(?=$|\s)"
    r"|(?:^|[\s_-])(?:Newsletter|Related|Promo|Recirc|Share|Social|Comments?|Subscribe|MoreOn)"
)
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:wp-)?(?:(?:photo|image|img|picture|media|video)-?(?:caption|credit|desc\w*)"
    r"|caption|credits?|cutline)(?=$|[\s_-])|Caption"
)


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list item or row of a table as it stands in the page."""

    text: str
    """On one line, with dashes between the cells of a row."""
    item: bool
    """Whether it opens the item of a list."""
    owner: HtmlElement
    """The innermost element that begins a block and holds the text."""
    around: HtmlElement | None
    """The element of that kind around the owner."""
    linked: float
    """The share of its letters that are links."""
    asides: tuple[HtmlElement, ...]
    """The elements around it that call themselves furniture or hidden, asides and footers."""
    captions: tuple[HtmlElement, ...]
    """The elements around it that call themselves captions of pictures."""
    words: int
    """Its length in words, more or less, in whatever script."""


@dataclass(slots=True)
class Blocks:
    """All the blocks of a page."""

    blocks: list[Block]
    spans: dict[HtmlElement, range]
    """For each element that begins a block, or calls itself something, in the page's order, the
    indices of the blocks in it."""


def blocks_of(root: HtmlElement) -> Blocks:
    """Gives the blocks under an element, in linear time and without recursion.

    What no reader sees as text is passed over: scripts, menus, the fields of forms. A line break
    ends a block.
    """
    from lxml.etree import iterwalk

    state = _Walk(root)
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in _UNSEEN:
                walk.skip_subtree()
                continue
            state.open(tag, element)
            if element.text:
                state.text(element.text)
        else:
            if tag not in _UNSEEN:
                state.close(tag, element)
            if element.tail:
                state.text(element.tail)
    state.end()
    return Blocks(state.blocks, {each: range(*span) for each, span in state.spans.items()})


class _Walk:
    """What is open, and the text of the block that is being read, while a tree is walked."""

    def __init__(self, root: HtmlElement) -> None:
        self.blocks: list[Block] = []
        self.spans: dict[HtmlElement, list[int]] = {}
        self._owners: list[HtmlElement] = [root]
        self._asides: list[HtmlElement] = []
        self._captions: list[HtmlElement] = []
        self._parts: list[str] = []
        self._links = 0
        """How many links are open."""
        self._linked = 0
        self._item = False
        self._verbatim = 0

    def open(self, tag: str, element: HtmlElement) -> None:
        """Takes note of an element's beginning."""
        if tag in _INLINE:
            if tag == "a":
                self._links += 1
            elif tag in ("td", "th") and any(not part.isspace() for part in self._parts):
                self._parts.append(" – ")
            if tag not in _NAMED:
                return
        else:
            self.end()
            if tag == "br":
                return
            self._owners.append(element)
            self.spans[element] = [len(self.blocks), 0]
            if tag == "li":
                self._item = True
            elif tag == "pre":
                self._verbatim += 1
        if tag not in _WHOLE:
            aside, caption = _called(element.get("class"), element.get("id"))
            if aside or tag in ("aside", "footer"):
                self._asides.append(element)
                self.spans.setdefault(element, [len(self.blocks), 0])
            if caption or tag == "figcaption":
                self.end()
                self._captions.append(element)
                self.spans.setdefault(element, [len(self.blocks), 0])

    def close(self, tag: str, element: HtmlElement) -> None:
        """Takes note of an element's end."""
        if self._captions and self._captions[-1] is element:
            self.end()
            self._captions.pop()
            self.spans[element][1] = len(self.blocks)
        if tag in _INLINE:
            if tag == "a":
                self._links -= 1
        elif tag != "br":
            self.end()
            self._owners.pop()
            self.spans[element][1] = len(self.blocks)
            if tag == "li":
                self._item = False
            elif tag == "pre":
                self._verbatim -= 1
        if self._asides and self._asides[-1] is element:
            self._asides.pop()
            self.spans[element][1] = len(self.blocks)

    def text(self, text: str) -> None:
        """Adds text to the block."""
        self._parts.append(text)
        if self._links:
            self._linked += len(text)

    def end(self) -> None:
        """Ends the block, and notes it if anything is in it."""
        if not self._parts:
            return
        raw = "".join(self._parts)
        for text in split(raw) if self._verbatim else (" ".join(raw.split()),):
            if text:
                block = Block(
                    text,
                    self._item,
                    self._owners[-1],
                    self._owners[-2] if len(self._owners) > 1 else None,
                    min(1.0, self._linked / len(raw)),
                    tuple(self._asides),
                    tuple(self._captions),
                    max(count_words(text), len(text) // 8),
                )
                self.blocks.append(block)
                self._item = False
        self._parts.clear()
        self._linked = 0


@lru_cache(4096)
def _called(names: str | None, name: str | None) -> tuple[bool, bool]:
    """Whether an element's class or id calls it furniture, and whether a caption."""
    if not names and not name:
        return False, False
    whole = f"{names or ''} {name or ''}"[:1000]
    return bool(_FURNITURE.search(whole)), bool(_CAPTION.search(whole))
