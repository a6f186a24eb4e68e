"""ArticleView: one article to read, to search in, and to follow names through."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from textual import events
from textual.binding import Binding, BindingType

from index.model import Article, EntityType, Mention, ParagraphKind
from tui import find
from tui.commands import MOVE, READ
from tui.layout import FIRST_PARAGRAPH, TITLE, block_of
from tui.marks import Mark, Marks, from_matches
from tui.scroll_sync import reading_line
from tui.widgets.article_paint import Marking
from tui.widgets.article_text import ArticleText, Place

Value = TypeVar("Value")

END = 1 << 62
"""An offset beyond the end of any text."""

Stretch = tuple[int | None, int, int]
"""A paragraph, None for the title, and from where to where in it."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a reader stands. All numbers count from 1; 0 is none."""

    percent: int = 100
    paragraph: int = 0
    """The body paragraph that is being read, of `paragraphs`."""
    paragraphs: int = 0
    match: int = 0
    matches: int = 0
    mention: int = 0
    """The mention of the selected entity that was last gone to, of `mentions`."""
    mentions: int = 0
    place: str = ""
    """The page or chapter that is being read, in a document that has several."""


def _binding(key: str, action: str, name: str, id_: str, help_: str, show: bool = False) -> Binding:
    group = MOVE if action.split("(")[0] in ("scroll", "page", "top", "bottom") else READ
    return Binding(key, action, name, show, tooltip=help_, id=f"article.{id_}", group=group)


def _marks(stretches: Iterable[Stretch]) -> Marks[None]:
    return Marks(Mark(block_of(n), start, end, None) for n, start, end in stretches)


STEPS = (
    _binding("n", "match(1)", "Next match", "next-match",
             "Go to the next match of the search, or of what you look for here", True),
    _binding("N", "match(-1)", "Previous match", "previous-match", "Go to the previous match"),
    _binding("right_square_bracket", "mention(1)", "Next mention", "next-mention",
             "Go to the next mention of the selected entity"),
    _binding("left_square_bracket", "mention(-1)", "Previous mention", "previous-mention",
             "Go to the previous mention of the selected entity"),
)  # fmt: skip
"""Through what is marked; a screen has them too, for while a panel beside has the keyboard."""


class ArticleView(ArticleText, inherit_bindings=False):
    """Shows an article in a measured column.

    `show` gives it an article; marks can come with it or later. It scrolls, folds and steps
    through what is marked by itself, and says so with `Moved`: then read `position`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        _binding("down,j", "scroll(1)", "Down", "down", "Scroll down a line"),
        _binding("up,k", "scroll(-1)", "Up", "up", "Scroll up a line"),
        _binding("space,pagedown", "page(1)", "Next page", "page-down", "Scroll down a page"),
        _binding("b,pageup", "page(-1)", "Previous page", "page-up", "Scroll up a page"),
        _binding("ctrl+d", "page(0.5)", "Half a page down", "half-down", "Scroll half a page down"),
        _binding("ctrl+u", "page(-0.5)", "Half a page up", "half-up", "Scroll half a page up"),
        _binding("g,home", "top", "Beginning", "top", "Go to the beginning of the article"),
        _binding("G,end", "bottom", "End", "bottom", "Go to the end of the article"),
        *STEPS,
        _binding("z,enter", "fold", "Unfold", "fold",
                 "Open or close the folded part in view: site furniture, or what was said before",
                 True),
        _binding("Z", "fold_all", "Unfold all", "fold-all", "Open or close all folded parts"),
    ]  # fmt: skip

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self._search: Marks[None] = Marks()
        self.wanted = ""
        """What is looked for inside the article."""
        self._find_from: Place = (0, 0)
        self._findable: list[str] | None = None
        self._of_entity: Marks[Mention] = Marks()
        self._mention: int | None = None
        self._bodies: list[int] = []

    # What is shown

    def show(
        self,
        article: Article | None,
        *,
        mentions: Iterable[Mention] = (),
        matches: Mapping[int | None, Iterable[tuple[int, int]]] | None = None,
        header: bool = True,
    ) -> None:
        """Shows an article from its beginning, or nothing.

        `header` says whether its title and facts stand above the text.
        """
        self._header = header
        self._take(article)
        self.mark_mentions(mentions)
        self.mark_matches(matches or {})
        self._lay_out(keep=(0, 0))

    def renew(self, article: Article) -> None:
        """Shows the same article as it is known now, at the place that is being read.

        Where only its facts are others, all that is marked in it stays, and what is open.
        """
        top = self.scroll_offset.y
        keep = self._place_of_line(top) if top else (0, 0)
        above = top - self._text.find(*keep) if top and self._text else 0
        if self.article is not None and self.article.paragraphs == article.paragraphs:
            self.article, self._text, self._findable = article, None, None
        else:
            self._take(article)
            self.mark_mentions(())
        self._lay_out(keep=keep)
        if above and self._text is not None:
            self.scroll_to_line(self._text.find(*keep) + above)

    def _take(self, article: Article | None) -> None:
        """Takes another text, with nothing marked in it."""
        self.article = article
        self._opened = frozenset()
        self._text = None
        self.wanted, self._findable = "", None
        self._bodies = [
            block_of(n)
            for n, paragraph in enumerate(article.paragraphs if article else ())
            if paragraph.kind is ParagraphKind.BODY
        ]
        self._search = Marks()
        self.marking = Marking(hidden=self.marking.hidden)

    def mark_mentions(
        self, mentions: Iterable[Mention], shared: Collection[str] = frozenset()
    ) -> None:
        """Marks mentions of entities; those in `shared` (ids) as named in other articles too."""
        self.marking.mentions = Marks(
            Mark(block_of(mention.paragraph), mention.start, mention.end, mention)
            for mention in mentions
        )
        self.marking.shared = frozenset(shared)
        self.select_entity(self.marking.entity)

    def mark_matches(self, matches: Mapping[int | None, Iterable[tuple[int, int]]]) -> None:
        """Marks what a search looked for, by paragraph; None is the title."""
        self._search = from_matches(matches)
        if not self.wanted:
            self.marking.matches, self.marking.current = self._search, None
        self._changed()

    def mark_passages(self, stretches: Iterable[Stretch]) -> None:
        """Marks what other articles say too, in the gutter."""
        self.marking.passages = _marks(stretches)
        self._changed()

    def light(self, stretches: Iterable[Stretch]) -> None:
        """Lights up some of the text, and nothing else."""
        self.marking.lit = _marks(stretches)
        self._changed()

    def hide_types(self, types: frozenset[EntityType]) -> None:
        """Marks no mentions of these types."""
        self.marking.hidden = types
        self._changed()

    def select_entity(self, entity: str | None) -> None:
        """Lets the mentions of one entity stand out, and be stepped through."""
        if entity != self.marking.entity:
            self._mention = None
        self.marking.entity = entity
        mentions = self.marking.mentions if entity is not None else ()
        # The title is not counted, as in `Entity.mentions`.
        self._of_entity = Marks(
            mark for mark in mentions if mark.value.entity == entity and mark.block != TITLE
        )
        self._changed()

    def find(self, wanted: str) -> None:
        """Marks what is looked for inside the article and goes to the first place.

        That is the first from where the reader was when looking began, so that typing on does
        not run ahead. Nothing wanted brings the marks of the search back.
        """
        if not self.wanted:
            self._find_from = self._place_of_line(self.scroll_offset.y)
        self.wanted = wanted
        self.marking.matches, self.marking.current = self._search, None
        if wanted and self._text is not None:
            if self._findable is None:
                self._findable = [find.fold(block.text) for block in self._text.blocks]
            first, key = 0 if self._header else FIRST_PARAGRAPH, find.fold(wanted)
            self.marking.matches = Marks(
                Mark(first + n, start, end, None)
                for n, text in enumerate(self._findable[first:])
                for start, end in find.occurrences(text, key)
            )
            if len(self.marking.matches):
                self.marking.current = self.marking.matches.step(self._find_from, 1)
                self._go_to(self.marking.matches[self.marking.current])
        self._changed()

    @property
    def position(self) -> Position:
        """Where the reader stands now."""
        text = self._text
        if text is None or not len(text):
            return Position()
        furthest, scroll = self.extent.furthest, self.scroll_offset.y
        reading = min(len(text) - 1, int(reading_line(scroll, self.extent)))
        block = text.line(reading).block
        paragraph = bisect_right(self._bodies, block)
        current = self.marking.current
        return Position(
            percent=round(100 * scroll / furthest) if furthest else 100,
            paragraph=min(max(1, paragraph), len(self._bodies)),
            paragraphs=len(self._bodies),
            match=0 if current is None else current + 1,
            matches=len(self.marking.matches),
            mention=0 if self._mention is None else self._mention + 1,
            mentions=len(self._of_entity),
            place=text.blocks[max(FIRST_PARAGRAPH, block)].place if text.divided else "",
        )

    @property
    def paragraph(self) -> str:
        """The text of the paragraph that is being read."""
        number = self.position.paragraph
        return self._text.blocks[self._bodies[number - 1]].text if self._text and number else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offers only what there is: no next match without matches, no unfolding without folds."""
        if action == "match":
            return len(self.marking.matches) > 0
        if action in ("fold", "fold_all"):
            return self._text is not None and len(self._text.folds) > 0
        return True

    def on_click(self, event: events.Click) -> None:
        """Selects the entity whose mention is clicked."""
        if event.chain == 1 and "offset" in event.style.meta:
            _, place = self.screen.get_widget_and_offset_at(event.screen_x, event.screen_y)
            if place is not None:
                for _, mark in self.marking.mentions.within(place.y, place.x, place.x + 1):
                    if mark.value.entity and mark.value.type not in self.marking.hidden:
                        self.select_entity(mark.value.entity)

    # Stepping through

    def action_match(self, by: int) -> None:
        """Goes to the next or previous match; round at the end."""
        matches = self.marking.matches
        if len(matches):
            self.marking.current = self._step(matches, self.marking.current, by)
            self._go_to(matches[self.marking.current])

    def action_mention(self, by: int) -> None:
        """Goes to the next or previous mention of the selected entity; round at the end.

        With none selected, selects the one whose mention comes next.
        """
        if not len(self._of_entity):
            visible = Marks(
                mark
                for mark in self.marking.mentions
                if mark.value.entity
                and mark.value.type not in self.marking.hidden
                and mark.block != TITLE
            )
            if not len(visible):
                return
            self.select_entity(visible[self._step(visible, None, by)].value.entity)
        self._mention = self._step(self._of_entity, self._mention, by)
        self._go_to(self._of_entity[self._mention])

    def _step(self, marks: Marks[Value], current: int | None, by: int) -> int:
        """The number to step to: from the current mark while it is in view, else from the top."""
        if current is not None and self._in_view((marks[current].block, marks[current].start)):
            return (current + by) % len(marks)
        return marks.step(self._place_of_line(self.scroll_offset.y), by)

    def _go_to(self, mark: Mark[Value]) -> None:
        self._reveal((mark.block, mark.start))
        self._changed()

    # Scrolling

    def action_scroll(self, lines: int) -> None:
        """Scrolls by lines."""
        self.scroll_to_line(self.scroll_offset.y + lines)

    def action_page(self, pages: float) -> None:
        """Scrolls by pages; two lines stay in view to hold on to."""
        self.scroll_to_line(self.scroll_offset.y + pages * max(1, self.size.height - 2))

    def action_top(self) -> None:
        """Goes to the beginning."""
        self.scroll_to_line(0)

    def action_bottom(self) -> None:
        """Goes to the end."""
        if self._text is not None:
            self._text.finish()
            self.scroll_to_line(len(self._text))

    # Folding

    def action_fold(self) -> None:
        """Opens the first closed part in view, or closes the open one; else goes to the next."""
        text = self._text
        if text is None or not text.folds:
            return
        top, height = self.scroll_offset.y, self.size.height

        def is_in_view(number: int) -> bool:
            fold = text.folds[number]
            above = 2 if number in self._opened else 0  # its own line and a blank one
            first = text.find(fold.first) - above
            return first < top + height and text.find(fold.last - 1, END) >= top

        in_view = [number for number in range(len(text.folds)) if is_in_view(number)]
        closed = [n for n in in_view if n not in self._opened]
        if closed:
            self._open(self._opened | {closed[0]})
        elif in_view:
            self._open(self._opened - {in_view[0]})
        else:
            here = self._place_of_line(top)[0]
            after = [n for n, fold in enumerate(text.folds) if fold.first > here]
            self._bring_into_view(text.find(text.folds[after[0] if after else -1].first))

    def action_fold_all(self) -> None:
        """Opens all folded parts; closes them if any is open."""
        if self._text is not None:
            self._open(frozenset() if self._opened else range(len(self._text.folds)))
