"""Which paragraphs are site furniture, judged by what they look like and what stands around them.

In doubt a paragraph is body: a line of furniture in the text costs a glance, a folded sentence of
the article may never be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from index.ingest.paragraphs import count_words

_HEADLINE_WORDS = 22
_SUMMARY_WORDS = 35
_LONGEST_LIST = 300
"""Entries of a list at the end of a page. It bounds the work on a page of nothing but lists."""
_BAR = 3
"""Names of networks, buttons and the like in a row that make a bar of them."""
_END = (".", "!", ":", ",", ";", ".”", '."', ".'", ".’", "!”", ",”", ")",
        "。", "！", "？", "。」", "。”")  # fmt: skip
_CUT = ("...", "…", "[…]", "[...]")
_SENTENCES = re.compile(r"[a-z0-9%][.!?][\"”’)]* [\"“‘]?[A-Z]")


def is_headline(paragraph: str) -> bool:
    """Whether a paragraph could be a headline or a subheading: short, and no whole sentence."""
    return (
        len(paragraph) <= 180
        and 1 < count_words(paragraph) <= _HEADLINE_WORDS
        and not paragraph.endswith(_END)
        and not paragraph[0].islower()
        and not _SENTENCES.search(paragraph)
    )


def furniture(paragraphs: Sequence[str], roles: list[str]) -> set[int]:
    """Gives the indices of the paragraphs that are furniture, by what `furniture.roles` gave."""
    return _Page(paragraphs, roles).furniture() if any(roles) else set()


class _Page:
    """The paragraphs of one article while it is decided which of them are furniture."""

    def __init__(self, paragraphs: Sequence[str], roles: list[str]) -> None:
        self.paragraphs = paragraphs
        self.roles = roles
        self.marked = {i for i, role in enumerate(roles) if role in ("line", "caption", "related")}
        self.words_before = list(accumulate(map(count_words, paragraphs), initial=0))

    def furniture(self) -> set[int]:
        """All indices of furniture."""
        for index, role in enumerate(self.roles):
            if role == "related":
                self.marked |= self._listed(index)
        self.marked |= self._after_the_end()
        self._spread()
        return self.marked

    def _words(self, start: int, stop: int) -> int:
        return self.words_before[stop] - self.words_before[start]

    def _is_cut(self, index: int) -> bool:
        """Whether it is a teaser: a beginning that ends in dots."""
        return (
            self.paragraphs[index].endswith(_CUT)
            and self._words(index, index + 1) <= _SUMMARY_WORDS
        )

    def _listed(self, heading: int) -> set[int]:
        """The entries of the list that a heading such as "Related articles" opens."""
        if self._is_list_to_the_end(heading):
            return set(range(heading + 1, len(self.paragraphs)))
        entries: list[int] = []
        stop = heading + 1
        while stop < len(self.paragraphs) and self.roles[stop] != "related":
            if self._is_cut(stop) or is_headline(self.paragraphs[stop]):
                entries.append(stop)
            elif stop not in self.marked:
                break
            stop += 1
        if self._is_subheading(entries, heading, stop):
            entries.pop()
        return set(entries)

    def _is_subheading(self, entries: list[int], heading: int, stop: int) -> bool:
        """Whether the last entry heads the body that goes on at `stop`, as other lines do."""
        return (
            stop < len(self.paragraphs)
            and self.roles[stop] != "related"
            and entries[-1:] == [stop - 1]
            and not self._is_cut(stop - 1)
            and any(not heading <= other < stop for other in self._subheadings)
        )

    def _is_list_to_the_end(self, heading: int) -> bool:
        """Whether only headlines, teasers and furniture follow, and less than went before.

        A summary in whole sentences counts only under a headline, and where there are several.
        """
        end = len(self.paragraphs)
        if end - heading > _LONGEST_LIST or self._words(heading, end) > self._words(0, heading):
            return False
        summaries = 0
        after_headline = False
        for index in range(heading + 1, end):
            if self.roles[index] or self._is_cut(index):
                after_headline = False
            elif is_headline(self.paragraphs[index]):
                after_headline = True
            elif after_headline and self._words(index, index + 1) <= _SUMMARY_WORDS:
                summaries += 1
                after_headline = False
            else:
                return False
        return summaries != 1

    @cached_property
    def _subheadings(self) -> list[int]:
        """Lines that stand before a longer paragraph and look like headlines."""
        return [
            index
            for index in range(len(self.paragraphs) - 1)
            if not self.roles[index]
            and not self.roles[index + 1]
            and is_headline(self.paragraphs[index])
            and len(self.paragraphs[index + 1]) > 2 * len(self.paragraphs[index])
            and not is_headline(self.paragraphs[index + 1])
        ]

    def _after_the_end(self) -> set[int]:
        """The furniture after the article's last sentence: author box, credits, comments."""
        start = index = len(self.paragraphs)
        last = max(self.marked, default=-1)
        while index:
            index -= 1
            role = self.roles[index]
            if role == "beside":
                continue
            if (
                index in self.marked
                or role in ("credit", "author", "comments")
                or (role == "bio" and (last > index or index - 1 in self.marked))
                or self._is_box(index)
            ):
                start = index
            elif (opening := self._comments(index)) >= 0:
                start = index = opening
            else:
                break
        tail = set(range(start, len(self.paragraphs)))
        if all(self.roles[i] in ("comments", "author", "beside") for i in tail):
            return {i for i in tail if self.roles[i] == "comments"}
        return tail if self._words(start, len(self.paragraphs)) <= self._words(0, start) else set()

    def _is_box(self, index: int) -> bool:
        """Whether it is the text under a word such as "administrator" beside other furniture."""
        return (
            index > 0
            and self.roles[index - 1] == "author"
            and (index - 2 in self.marked or index + 1 in self.marked)
        )

    def _comments(self, index: int) -> int:
        """Where the readers' comments that hold this paragraph begin; -1 where it is in none.

        The heading alone is no proof: a rule or a form must follow, and the article be longer.
        """
        end = len(self.paragraphs)
        for opening in range(index - 1, -1, -1):
            if self.roles[opening] == "comments":
                proof = any(
                    self.roles[i] in ("rule", "comments") or i in self.marked
                    for i in range(opening + 1, end)
                )
                longer = self._words(0, opening) > self._words(opening, end)
                return opening if proof and longer else -1
        return -1

    def _spread(self) -> None:
        """Adds the names of networks, buttons and the like next to furniture, or in a row."""
        weak = [index for index, role in enumerate(self.roles) if role in ("beside", "author")]
        for index in weak:
            if self.roles[index : index + _BAR] == ["beside"] * _BAR:
                self.marked.update(range(index, index + _BAR))
        for order in (weak, weak[::-1]):
            for index in order:
                if index - 1 in self.marked or index + 1 in self.marked:
                    self.marked.add(index)
