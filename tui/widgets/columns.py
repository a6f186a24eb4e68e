"""Columns: articles side by side, scrolling together by what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from textual import events, on
from textual.containers import Horizontal
from textual.message import Message
from textual.reactive import reactive

from index.model import Article, Passage
from tui.scroll_sync import anchors, interpolate, reading_line, same_row, scroll_for
from tui.widgets.article_text import ArticleText
from tui.widgets.article_view import ArticleView, Stretch
from tui.widgets.pane import Pane, outlets

NARROWEST = 39
"""Cells of the narrowest column that is still good to read; with less, columns become tabs."""


def _reading(view: ArticleView) -> float:
    """The line of an article that is being read."""
    return reading_line(view.scroll_offset.y, view.extent)


class Columns(Horizontal):
    """Two to four articles. One of them is active: it has the keyboard, or had it last."""

    DEFAULT_CSS = """
    Columns {
        height: 1fr;
        & > Pane.-beside { border-left: vkey $border-blurred; }
        &.-tabbed > Pane { display: none; }
        &.-tabbed > Pane.-active { display: block; }
    }
    """

    active: reactive[int] = reactive(0, init=False)
    """The number of the active pane, from 0."""
    locked: reactive[bool] = reactive(True, init=False)
    """Whether the other panes follow the one that is scrolled."""

    class Changed(Message):
        """Another pane is active, or the lit passage or the lock have changed."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self.passages: Sequence[Passage] = ()
        self.passage: int | None = None
        """The number of the passage that is lit up."""
        self._stand: dict[ArticleView, int] = {}
        # Where panes were put to be held together by the reader; None to go by the passages alone.
        self._held: dict[ArticleView, float] | None = None
        # A tab that has no lines before it is drawn, and how to scroll it then.
        self._opening: tuple[ArticleView, Callable[[], None]] | None = None

    @property
    def panes(self) -> list[Pane]:
        """The columns, from left to right."""
        return list(self.query_children(Pane))

    @property
    def pane(self) -> Pane | None:
        """The active column."""
        panes = self.panes
        return panes[min(self.active, len(panes) - 1)] if panes else None

    @property
    def tabbed(self) -> bool:
        """Whether only the active column is shown, for want of room."""
        return self.has_class("-tabbed")

    async def show(self, articles: Sequence[Article], passages: Sequence[Passage]) -> None:
        """Shows these articles, in this order. Those that are there stay as they are."""
        ids = [article.id for article in articles]
        there = {pane.article.id: pane for pane in self.panes}
        active, focused = self.active, self.has_focus_within or not there
        await self.remove_children([p for i, p in there.items() if i not in ids])
        await self.mount_all([Pane(a) for a in articles if a.id not in there])
        self.sort_children(key=lambda pane: ids.index(pane.article.id))  # type: ignore[attr-defined]
        self.passages, self.passage, self._held = passages, None, None
        for pane in self.panes:
            pane.view.mark_passages(self._stretches(pane.article.id, passages))
            pane.view.light(())
        self.set_reactive(Columns.active, min(active, len(ids) - 1))
        self._arrange()
        if focused:
            self.panes[self.active].view.focus()
        self.call_after_refresh(self._settle)

    def rename(self, articles: Mapping[str, Article]) -> None:
        """Heads the columns of these articles, by id, with what is known of them now."""
        for pane in self.panes:
            pane.article = articles.get(pane.article.id, pane.article)
        self._arrange()

    @staticmethod
    def _stretches(article: str, passages: Iterable[Passage]) -> Iterable[Stretch]:
        for passage in passages:
            for span in passage.spans:
                if span.article == article:
                    yield span.paragraph, span.start, span.end

    # Columns or tabs

    def _arrange(self) -> None:
        panes = self.panes
        count = max(1, len(panes))
        narrow = (self.size.width - (count - 1)) // count < NARROWEST
        self.set_class(narrow and count > 1, "-tabbed")
        names = outlets([pane.article for pane in panes])
        for number, pane in enumerate(panes):
            pane.set_class(number == self.active, "-active")
            pane.set_class(number > 0 and not self.tabbed, "-beside")
            pane.say(names, tabbed=self.tabbed)

    def on_resize(self, event: events.Resize) -> None:
        """Makes columns of tabs, or tabs of columns."""
        self._arrange()
        self.call_after_refresh(self._settle)

    def watch_active(self, before: int, now: int) -> None:
        """Shows which column is active; as a tab, it opens where the last one stood."""
        panes = self.panes
        self._arrange()
        if now < len(panes):
            # A list that leads here keeps the keyboard.
            if self.has_focus_within or self.screen.focused is None:
                panes[now].view.focus()
            if self.tabbed and self.locked and before < len(panes):
                last, view = panes[before].view, panes[now].view
                self._opening = (view, partial(self._follow, last, [view], _reading(last)))
                self.call_after_refresh(self._open)
        self.post_message(self.Changed())

    def _open(self) -> None:
        """Scrolls a tab that was opened, once it has its lines."""
        if self._opening is not None:
            view, scroll = self._opening
            if min(view.extent) > 0:
                self._opening = None
                scroll()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The column that is given the keyboard is the active one."""
        for number, pane in enumerate(self.panes):
            if event.widget is pane.view and pane.view.has_focus:
                self.active = number

    @on(Pane.TabClicked)
    def _open_tab(self, event: Pane.TabClicked) -> None:
        self.active = event.number
        self.panes[event.number].view.focus()

    def step(self, by: int) -> None:
        """Goes to the next or previous column; round at the end."""
        if self.panes:
            self.active = (self.active + by) % len(self.panes)

    # Scrolling together

    @on(ArticleText.Moved)
    def _moved(self, event: ArticleText.Moved) -> None:
        view = event.view
        self._open()
        # A pane that stands where it was put has not been scrolled by the reader: without this
        # two panes would push each other for ever.
        if not isinstance(view, ArticleView) or self._stand.get(view) == view.scroll_offset.y:
            return
        self._stand[view] = view.scroll_offset.y
        if self.locked and not self.tabbed:
            self._follow(view, [pane.view for pane in self.panes if pane.view is not view])

    def stay(self) -> None:
        """Takes the panes as they stand now: none follows another until one is scrolled."""
        self._stand = {pane.view: pane.view.scroll_offset.y for pane in self.panes}

    def _settle(self) -> None:
        """Brings the panes together again after their lines have changed."""
        self.stay()
        if self._held is not None:
            self._hold()
        elif self.locked and self.pane is not None and not self.tabbed:
            self._follow(self.pane.view, [p.view for p in self.panes if p is not self.pane])

    def _follow(
        self, leader: ArticleView, others: Iterable[ArticleView], here: float | None = None
    ) -> None:
        """Scrolls others to what says the same as what is being read in `leader`.

        That is line `here`, for a leader that has been hidden since.
        """
        if here is None:
            here = _reading(leader)
        for view in others:
            points = self._anchors(leader, view)
            line = interpolate(points, here)
            if self._held is not None and leader in self._held and view in self._held:
                line += self._held[view] - interpolate(points, self._held[leader])
            self._put(view, scroll_for(line, view.extent))

    def _anchors(self, a: ArticleView, b: ArticleView) -> list[tuple[float, float]]:
        pairs = []
        for passage in self.passages:
            spans = {span.article: span for span in passage.spans}
            if a.article and b.article and a.article.id in spans and b.article.id in spans:
                one, two = spans[a.article.id], spans[b.article.id]
                pairs.append(
                    (a.line_of(one.paragraph, one.start), b.line_of(two.paragraph, two.start))
                )
        return anchors(pairs, (a.extent.lines, b.extent.lines))

    def _put(self, view: ArticleView, line: float) -> None:
        view.scroll_to_line(line)
        self._stand[view] = view.scroll_offset.y

    def _hold(self) -> None:
        self._held = {pane.view: _reading(pane.view) for pane in self.panes}

    def hold(self, locked: bool) -> None:
        """Holds the panes together from where each stands now, or lets them go."""
        if locked:
            self._hold()
        self.locked = locked
        self.post_message(self.Changed())

    @property
    def held(self) -> bool:
        """Whether panes are held together from where the reader put them."""
        return self._held is not None

    # Lighting up what articles share

    def step_passage(self, by: int) -> None:
        """Lights up the next or previous passage and sets its places side by side."""
        if not self.passages:
            return
        if self.passage is None:
            self.passage = self._passage_from_here(by)
        else:
            self.passage = (self.passage + by) % len(self.passages)
        spans = self.passages[self.passage].spans
        self._light({s.article: (s.paragraph, s.start, s.end) for s in spans})

    def _passage_from_here(self, by: int) -> int:
        pane = self.pane
        if pane is None:
            return 0
        top = pane.view.scroll_offset.y
        numbers = [
            number
            for number, passage in enumerate(self.passages)
            for span in passage.spans
            if span.article == pane.article.id
            and (pane.view.line_of(span.paragraph, span.start) >= top) == (by > 0)
        ]
        if not numbers:
            return 0 if by > 0 else len(self.passages) - 1
        return numbers[0] if by > 0 else numbers[-1]

    def light(self, places: Mapping[str, Stretch], article: str | None = None) -> None:
        """Lights up one place in each of some articles and sets them side by side.

        `places` is by article id. Panes without a place follow the others. Of tabs, that of
        `article` is opened.
        """
        self.passage = None
        self._light(places, article)

    def _light(self, places: Mapping[str, Stretch], article: str | None = None) -> None:
        self._held = None
        for pane in self.panes:
            place = places.get(pane.article.id)
            pane.view.light([place] if place else [])
            if place:
                pane.view.open_at(place[0])
        lit = [pane for pane in self.panes if pane.article.id in places]
        if self.tabbed and lit:
            first = self.pane if self.pane in lit else lit[0]
            lit = [next((pane for pane in lit if pane.article.id == article), first)]
            if lit != [self.pane]:
                self.active = self.panes.index(lit[0])
                view, place = lit[0].view, places[lit[0].article.id]
                self._opening = (view, partial(view.reveal, *place[:2]))
                self.call_after_refresh(self._open)
                lit = []
        if lit:
            lines = [pane.view.line_of(*places[pane.article.id][:2]) for pane in lit]
            row = same_row(lines, [pane.view.extent for pane in lit])
            for pane, line in zip(lit, lines, strict=True):
                self._put(pane.view, line - row)
            if self.locked and not self.tabbed:
                rest = [pane.view for pane in self.panes if pane not in lit]
                self._follow(lit[0].view, rest)
        self.post_message(self.Changed())

    def darken(self) -> None:
        """Puts out what is lit up."""
        self.passage = None
        for pane in self.panes:
            pane.view.light(())
        self.post_message(self.Changed())
