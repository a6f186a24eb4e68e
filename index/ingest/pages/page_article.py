"""Which blocks of a page are the article, once it is known where most of its text stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from index.ingest.pages.page_blocks import HEADINGS, Block, Blocks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONG_KEY = 40
"""Letters of a text that stands in another only where it is that text."""
LINK = 0.8
"""The share of links from which a block is nothing but a link."""
_LABEL = 0.3
"""The same for a short line, such as `Source: ` with a link."""
FEW_WORDS = 8
"""Fewer are as likely a label or a button as a paragraph."""
SUMMARY_WORDS = 35
"""What is said of another story under its headline has no more."""
_MOST = 0.75
"""The share of the article that its own element must hold."""
_SMALL = 0.3
"""The share of the article that a box in it may hold; what holds more is no box."""
_PARAGRAPH_WORDS = 20
_BOX = 4
"""Paragraphs from which a box is no box, whatever it calls itself."""
_CAPTION_WORDS = 30
_SENTENCE_END = (".", "!", "?", "…", '"', "”", "’", "»", ":", ";", "。", "？", "！", "؟", "۔", "।")
_NO_CAPTIONS = HEADINGS | {"li", "tr", "dt", "dd"}
"""What holds a picture and a line beside other things than pictures with their captions."""
_PICTURES = ("img", "picture", "video", "figure")


def letters_of(text: str) -> str:
    """A text without its spaces: the same however it is taken from the page."""
    return "".join(text.split())


def _is_under_picture(element: HtmlElement) -> bool:
    """Whether an element follows straight on a picture, and all its text is set apart in type."""
    before = element.getprevious()
    return (
        before is not None
        and len(element) == 1
        and element[0].tag in ("em", "i", "small", "center")
        and not f"{element.text or ''}{element[0].tail or ''}{before.tail or ''}".strip()
        and next(before.iter(_PICTURES), None) is not None
        and not before.text_content().strip()
    )


class PageArticle:
    """The blocks of a page while it is decided which of them are the article."""

    def __init__(self, page: Blocks, keys: Sequence[str], matched: set[int], whole: str) -> None:
        self.blocks = page.blocks
        self.spans = page.spans
        self.keys = keys
        self.matched = matched
        self.long: dict[HtmlElement, bool] = {}
        self.times = Counter(keys)
        self.lengths: dict[HtmlElement, int] = {}
        self.doubles = self._doubles(whole)
        self.matched -= self.doubles
        self._weigh()
        self.region = self._region()
        self.inside = set(self.spans[self.region]) if self.region is not None else set(matched)
        self._add_twins()
        text = sorted(index for index in self.matched if self._is_text(index))
        self.first = text[0] if text else min(self.matched)
        self.last = max(self.matched)
        self.stems = self._stems(text)

    def paragraphs(self) -> list[tuple[str, bool]]:
        """The paragraphs in the page's order, and of each whether it is furniture."""
        kinds = {i: kind for i in range(len(self.blocks)) if (kind := self._kind(i)) is not None}
        self._fold_last_links(kinds)
        body = sum(len(self.keys[i]) for i, folded in kinds.items() if not folded)
        if 2 * body < self.weights[-1]:
            kinds = dict.fromkeys(sorted(self.matched), False)
        return [
            (f"• {self.blocks[i].text}" if self.blocks[i].item else self.blocks[i].text, folded)
            for i, folded in kinds.items()
        ]

    def _kind(self, index: int) -> bool | None:
        """Whether a block is furniture; None for one that is no part of the article."""
        block = self.blocks[index]
        if index in self.matched:
            if index not in self.inside and block.linked >= LINK:
                return None
            above = index < self.first and block.owner.tag in HEADINGS
            if above and (index not in self.inside or block.owner.tag == "h1"):
                return True
            return self._is_in_small(block.asides) or self._is_caption(block)
        if index not in self.inside or index in self.doubles:
            return None
        if self._is_caption(block):
            return True
        if self._is_in_small(block.asides):
            return None
        return False if block.linked < 0.5 and self._is_in_line(index) else None

    def _is_text(self, index: int) -> bool:
        """Whether a block is a paragraph of the body beyond doubt."""
        block = self.blocks[index]
        return (
            index in self.inside
            and block.owner.tag not in HEADINGS
            and block.words >= FEW_WORDS
            and not self._is_in_small(block.asides)
            and not self._is_caption(block)
        )

    def _is_in_line(self, index: int) -> bool:
        """Whether a block that was not found stands among those of the body, as one of them."""
        block = self.blocks[index]
        if block.words >= FEW_WORDS and block.owner in self.stems:
            return index < self.last
        if not self.first < index < self.last:
            return False
        if block.owner.tag in HEADINGS:
            # A time or a name may stand between it and its text.
            return not block.linked and not self.matched.isdisjoint((index + 1, index + 2))
        if block.around not in self.stems:
            return False
        if block.words >= FEW_WORDS:
            return True
        # A subheading that is marked up as anything else: between two paragraphs, and only once.
        between = index - 1 in self.matched and index + 1 in self.matched
        return between and not block.linked and self.times[self.keys[index]] == 1

    def _is_in_small(self, elements: Iterable[HtmlElement]) -> bool:
        """Whether one of the elements holds but little of the article, as a box in it does."""
        return any(
            self._weight(each) < _SMALL * self.weights[-1] and not self._is_long(each)
            for each in elements
        )

    def _is_long(self, element: HtmlElement) -> bool:
        """Whether an element holds more paragraphs of the article than a box does."""
        if element not in self.long:
            self.long[element] = (
                sum(
                    self.blocks[index].words >= _PARAGRAPH_WORDS and self.blocks[index].linked < 0.5
                    for index in self.spans.get(element, ())
                    if index in self.matched
                )
                >= _BOX
            )
        return self.long[element]

    def _is_caption(self, block: Block) -> bool:
        """Whether a block calls itself a caption, or shares its element with a picture alone."""
        if self._is_in_small(block.captions):
            return True
        if (
            block.words > _CAPTION_WORDS
            or block.text.endswith(_SENTENCE_END)
            or block.owner.tag in _NO_CAPTIONS
        ):
            return False
        if _is_under_picture(block.owner):
            return True
        element: HtmlElement | None = block.owner
        for _ in range(3):
            if element is None or self._holds_more(element, block):
                return False
            if next(element.iter(_PICTURES), None) is not None:
                return True
            element = element.getparent()
        return False

    def _holds_more(self, element: HtmlElement, block: Block) -> bool:
        """Whether an element has more text in it than one block."""
        span = self.spans.get(element)
        if span is not None:
            return len(span) > 1
        if element not in self.lengths:
            self.lengths[element] = len(letters_of(element.text_content()))
        return self.lengths[element] > len(letters_of(block.text))

    def _weigh(self) -> None:
        """Sums up the letters of the article, without headings where there is more than those."""
        plain = {i for i in self.matched if self.blocks[i].owner.tag not in HEADINGS}
        counted = plain or self.matched
        letters = (len(key) if i in counted else 0 for i, key in enumerate(self.keys))
        self.weights = list(accumulate(letters, initial=0))

    def _weight(self, element: HtmlElement) -> int:
        """The letters of the article that stand in an element."""
        span = self.spans.get(element)
        return self.weights[span.stop] - self.weights[span.start] if span is not None else 0

    def _doubles(self, whole: str) -> set[int]:
        """The blocks that say what another one says oftener than trafilatura found it.

        Those beside the most of the article are kept.
        """
        self._weigh()
        places: dict[str, list[int]] = defaultdict(list)
        for index in sorted(self.matched):
            if len(self.keys[index]) >= LONG_KEY:
                places[self.keys[index]].append(index)
        doubles: set[int] = set()
        for key, indices in places.items():
            if len(indices) > 1:
                indices.sort(key=lambda i: -self._weight(self.blocks[i].around))
                doubles.update(indices[max(1, whole.count(key)) :])
        return doubles

    def _region(self) -> HtmlElement | None:
        """The innermost element that holds most of the article, and is no single paragraph."""
        region = None
        for element in self.spans:
            if (
                self._weight(element) >= _MOST * self.weights[-1]
                and element.tag not in HEADINGS
                and element.tag not in ("p", "li")
            ):
                region = element
        return region

    def _add_twins(self) -> None:
        """Adds the other parts of a body that is cut up, by advertisements, into like elements.

        A headline between them says that another article begins.
        """
        region = self.region
        name = region.get("class") if region is not None else None
        if region is None or not name:
            return
        usual = Counter(self.blocks[i].owner.tag for i in self.matched).most_common(1)[0][0]
        start, stop = min(self.inside), max(self.inside) + 1
        for twin, span in self.spans.items():
            if twin.get("class") != name or twin.tag != region.tag or twin is region:
                continue
            if not span or (span.start < stop and start < span.stop):
                continue
            text = [i for i in span if self._is_like_text(self.blocks[i], usual)]
            if sum(self.blocks[i].words >= _PARAGRAPH_WORDS for i in text) < 2:
                continue
            way = range(stop, span.stop) if span.start >= stop else range(span.start, start)
            if not any(self._is_headline(self.blocks[i]) for i in way):
                self.matched.update(text)
                self.inside.update(span)

    def _is_like_text(self, block: Block, usual: str) -> bool:
        return (
            block.owner.tag == usual
            and block.words >= FEW_WORDS
            and block.linked < 0.5
            and not self._is_in_small(block.asides)
        )

    @staticmethod
    def _is_headline(block: Block) -> bool:
        tag = block.owner.tag
        return tag == "h1" or (tag in HEADINGS and block.linked >= LINK)

    def _stems(self, text: Sequence[int]) -> set[HtmlElement]:
        """The elements in which paragraphs of the body stand side by side."""
        counts: Counter[HtmlElement] = Counter()
        for index in text:
            block = self.blocks[index]
            counts.update({block.owner, block.around} - {None})
        return {each for each, n in counts.items() if n > 1 or n >= _SMALL * len(self.matched)}

    def _fold_last_links(self, kinds: dict[int, bool]) -> None:
        """Folds a list of other stories at the end: links, and what is said of each in brief."""
        links: list[int] = []
        rest: list[int] = []
        for index in reversed(kinds):
            block = self.blocks[index]
            label = block.words <= FEW_WORDS and not block.text.endswith(_SENTENCE_END)
            if block.linked >= (_LABEL if label else LINK):
                links.append(index)
            elif not kinds[index]:
                before = self.blocks[index - 1] if index else block
                if block.words > SUMMARY_WORDS or before.linked < LINK:
                    break
                rest.append(index)
        if len(links) > 1:
            kinds.update(dict.fromkeys([*links, *(i for i in rest if i > min(links))], True))
