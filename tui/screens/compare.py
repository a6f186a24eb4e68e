"""The side-by-side screen: two to four articles, scrolling together by what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from index import Article, Comparison, Entity, Library, Mention
from tui.commands import MOVE, READ, SHOW
from tui.screens.reading import OPENING, Reading
from tui.screens.shown import Shown
from tui.widgets.article_view import ArticleView
from tui.widgets.columns import Columns
from tui.widgets.differences import Difference, Differences
from tui.widgets.entities_panel import EntitiesPanel
from tui.widgets.find_bar import FindBar
from tui.widgets.keys_bar import KeysBar
from tui.widgets.legend import Legend
from tui.widgets.rows import Rows
from tui.widgets.status_line import StatusLine
from tui.wording import no_related

MOST_COMPARED = 4
"""Articles that can stand side by side."""
RELATED_ASKED = 20
"""Related articles looked through for one that is not on the screen yet."""


@dataclass
class Compared(Message):
    """The articles, set against each other."""

    generation: int
    comparison: Comparison
    entities: Sequence[Entity]
    mentions: Mapping[str, Sequence[Mention]]


@dataclass
class RelatedFound(Message):
    """The best related article that is not on the screen, if there is one."""

    generation: int
    article_id: str | None
    ready: bool
    """Whether all articles have been read."""


class CompareScreen(Reading, inherit_bindings=False):
    """Reads two to four articles side by side; the words of `query` are marked in them."""

    CSS_PATH = "compare.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("full_stop", "passage(1)", "Next passage", id="compare.next-passage", group=READ,
                key_display=".", tooltip="Light up the next passage that several articles have"),
        Binding("comma", "passage(-1)", "Previous passage", show=False, key_display=",",
                id="compare.previous-passage", group=READ,
                tooltip="Light up the previous passage that several articles have"),
        Binding("d", "differences", "Differences", id="compare.differences", group=SHOW,
                tooltip="Show or hide the figures, quotations and names that differ"),
        Binding("s", "lock(False)", "Unlock", id="compare.lock", group=MOVE,
                tooltip="Let each column scroll alone"),
        Binding("s", "lock(True)", "Lock", id="compare.lock", group=MOVE,
                tooltip="Hold the columns together from where each stands"),
        Binding("l,right,tab", "column(1)", "Next column", show=False, id="compare.next-column",
                group=MOVE, tooltip="Go to the next column or tab"),
        Binding("h,left,shift+tab", "column(-1)", "Previous column", show=False,
                id="compare.previous-column", group=MOVE,
                tooltip="Go to the previous column or tab"),
        Binding("r", "add", "Add related", id="compare.add", group=READ, show=False,
                tooltip="Add the best related article that is not on the screen"),
        Binding("x", "close", "Close column", id="compare.close", group=READ, show=False,
                tooltip="Close this column"),
        # After its own, so that the footer shows those first.
        *Shown.BINDINGS,
        *Reading.BINDINGS,
    ]  # fmt: skip

    def __init__(
        self, library: Library, article_ids: Sequence[str], query: str = "", *, exact: bool = False
    ) -> None:
        super().__init__(library, query, exact=exact)
        self.article_ids = list(article_ids)[:MOST_COMPARED]
        self.comparison: Comparison | None = None
        """What the articles are when they are set against each other."""
        self._nothing = ArticleView()

    def compose(self) -> ComposeResult:
        """The columns, the panels below them, and the lines at the bottom."""
        yield Columns()
        yield Differences()
        yield EntitiesPanel()
        yield FindBar()
        yield StatusLine()
        yield Legend()
        yield KeysBar()

    @property
    def columns(self) -> Columns:
        """The articles."""
        return self.query_one(Columns)

    @property
    def view(self) -> ArticleView:
        """The view of the active column; an empty one until the articles are there."""
        pane = self.columns.pane
        return pane.view if pane else self._nothing

    @property
    def views(self) -> Sequence[ArticleView]:
        """The views of all columns."""
        return [pane.view for pane in self.columns.panes]

    # What is compared

    def on_mount(self) -> None:
        """Asks for the articles."""
        self.query_one(Legend).sharing = True
        self.query_one(StatusLine).show(OPENING)
        self._compare()

    def _compare(self) -> None:
        self.generation += 1
        self.ask("compare", partial(self._compared, self.generation, tuple(self.article_ids)))

    def _compared(self, generation: int, ids: Sequence[str]) -> Message:
        comparison = self.library.compare(ids)
        return Compared(
            generation,
            comparison,
            self.library.entities(ids),
            {i: self.library.mentions(i) for i in ids},
        )

    @on(Compared)
    async def _show(self, event: Compared) -> None:
        if event.generation != self.generation:
            return
        comparison = self.comparison = event.comparison
        await self.columns.show(comparison.articles, comparison.passages)
        shared = {entity.id for entity in comparison.entities.shared}
        for pane in self.columns.panes:
            pane.view.mark_mentions(event.mentions[pane.article.id], shared)
            pane.view.hide_types(self.hidden_types)
        self.ask_matches(comparison.articles)
        self.query_one(Differences).compare(comparison)
        self.entities_panel.show(event.entities)
        self.say_position()

    def show_anew(self, view: ArticleView, article: Article) -> None:
        """Shows an article as it is known now; where its text is another, compares again."""
        same = view.article is not None and view.article.paragraphs == article.paragraphs
        super().show_anew(view, article)
        self.columns.rename({article.id: article})
        if not same:
            self._compare()
        elif self.comparison is not None:
            self.comparison = replace(
                self.comparison, articles=tuple(pane.article for pane in self.columns.panes)
            )
            self.differences.compare(self.comparison)

    def action_add(self) -> None:
        """Adds the best related article that is not on the screen."""
        if len(self.article_ids) >= MOST_COMPARED:
            self.notify(f"{MOST_COMPARED} articles fit side by side: x closes one", markup=False)
            return
        self.ask("related", partial(self._related, self.generation, tuple(self.article_ids)))

    def _related(self, generation: int, ids: Sequence[str]) -> Message:
        found = [r.article.id for r in self.library.related(ids[0], RELATED_ASKED)]
        best = next((i for i in found if i not in ids), None)
        return RelatedFound(generation, best, self.library.status().ready)

    @on(RelatedFound)
    def _add(self, event: RelatedFound) -> None:
        if event.generation != self.generation:
            return
        if event.article_id is None:
            article = self.columns.panes[0].article
            self.notify(no_related(article, ready=event.ready), markup=False)
            return
        self.article_ids.append(event.article_id)
        self._compare()

    def action_close(self) -> None:
        """Closes the active column; the last one that is left has the screen to itself."""
        pane = self.columns.pane
        if pane is None or pane.article.id not in self.article_ids:
            return
        self.article_ids.remove(pane.article.id)
        if len(self.article_ids) > 1:
            self._compare()
            return
        from tui.screens.article import ArticleScreen

        left = self.article_ids[0]
        self.app.switch_screen(
            ArticleScreen(self.library, left, query=self.search_query, exact=self.exact)
        )

    # Moving

    def action_passage(self, by: int) -> None:
        """Lights up the next or previous passage that several articles have."""
        if not self.columns.passages:
            self.notify("These articles have no passage in common.", markup=False)
        self.columns.step_passage(by)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offers to lock only what is unlocked, and the other way round."""
        if action == "lock":
            return parameters != (self.columns.locked,)
        return super().check_action(action, parameters)

    def action_lock(self, locked: bool) -> None:
        """Holds the columns together from where each stands, or lets them go."""
        self.columns.hold(locked)
        self.refresh_bindings()

    def action_column(self, by: int) -> None:
        """Goes to the next or previous column; from a panel back to the text."""
        if self.focused is not None and self.focused not in self.views:
            self.view.focus()
        else:
            self.columns.step(by)

    @on(Columns.Changed)
    def _columns_changed(self) -> None:
        self.say_position()

    def status(self) -> str:
        """Whether columns scroll together, and what is lit up."""
        columns = self.columns
        if not columns.locked:
            parts = ["columns scroll alone"]
        else:
            parts = ["held as you placed them" if columns.held else "scrolling together"]
        if columns.passage is not None:
            spans = len(columns.passages[columns.passage].spans)
            number = f"passage {columns.passage + 1}/{len(columns.passages)}"
            parts.append(f"{number} in {spans} of {len(columns.panes)}")
        return " · ".join(parts)

    # Panels

    @property
    def differences(self) -> Differences:
        """The list of what differs."""
        return self.query_one(Differences)

    def action_differences(self) -> None:
        """Shows or hides what differs."""
        self.entities_panel.display = False
        self.differences.display = not self.differences.display
        (self.differences if self.differences.display else self.view).focus()

    def action_entities(self) -> None:
        """Shows or hides the list of entities."""
        self.differences.display = False
        super().action_entities()

    def take_back(self) -> bool:
        """Closes a panel, or puts out what is lit up. Gives False when there is nothing."""
        if self.differences.display:
            self.action_differences()
            return True
        if any(len(view.marking.lit) for view in self.views):
            self.columns.darken()
            return True
        return super().take_back()

    @on(Rows.Moved, "Differences")
    def _go_to_difference(self, event: Rows.Moved) -> None:
        found: Difference = event.value
        if found.entity is not None:
            self.show_entity(found.entity)
        else:
            self.columns.light(found.places, found.article)

    def action_mention(self, by: int) -> None:
        """Goes to the next or previous mention of the selected entity in every column."""
        if not any(view.marking.entity for view in self.views):
            self.view.action_mention(by)
            return
        for pane in self.columns.panes:
            if pane.display and pane.view.position.mentions:
                pane.view.action_mention(by)
        self.columns.stay()
