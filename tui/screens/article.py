"""The article screen: one article over the whole terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message

from index import Article, Entity, Library, Mention
from tui.commands import READ
from tui.screens.reading import OPENING, Reading
from tui.widgets.article_view import ArticleView
from tui.widgets.entities_panel import EntitiesPanel
from tui.widgets.find_bar import FindBar
from tui.widgets.keys_bar import KeysBar
from tui.widgets.legend import Legend
from tui.widgets.status_line import StatusLine
from tui.wording import no_related


@dataclass
class ArticleRead(Message):
    """The article."""

    article: Article


@dataclass
class EntitiesFound(Message):
    """Everything named in the article."""

    mentions: Sequence[Mention]
    entities: Sequence[Entity]


@dataclass
class BestRelated(Message):
    """The article on the same event that is most like this one, if there is any."""

    article_id: str | None
    ready: bool
    """Whether all articles have been read."""


class ArticleScreen(Reading):
    """Reads one article; the words of `query` are marked in it."""

    CSS_PATH = "article.tcss"
    AUTO_FOCUS = "ArticleView"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "compare", "Compare", id="article.compare", group=READ,
                tooltip="Set the best related article beside this one"),
    ]  # fmt: skip

    def __init__(
        self, library: Library, article_id: str, query: str = "", *, exact: bool = False
    ) -> None:
        super().__init__(library, query, exact=exact)
        self.article_id = article_id

    def compose(self) -> ComposeResult:
        """The text, the entities beside it, and the lines below."""
        with Horizontal(id="reading"):
            yield ArticleView()
            yield EntitiesPanel()
        yield FindBar()
        yield StatusLine()
        yield Legend()
        yield KeysBar()

    @property
    def view(self) -> ArticleView:
        """The view that is being read."""
        return self.query_one(ArticleView)

    def on_mount(self) -> None:
        """Asks for the article."""
        self.query_one(StatusLine).show(OPENING)
        self.ask("article", self._read)

    def _read(self) -> Message:
        return ArticleRead(self.library.article(self.article_id))

    @on(ArticleRead)
    def _show(self, event: ArticleRead) -> None:
        self.view.show(event.article)
        # The text is drawn first; it is marked as soon as it is known what.
        self.call_after_refresh(self._ask_marks, event.article)

    def _ask_marks(self, article: Article) -> None:
        self.ask_matches([article])
        self.ask("entities", self._find_entities)

    def show_anew(self, view: ArticleView, article: Article) -> None:
        """Shows the article as it is known now, and has it marked."""
        super().show_anew(view, article)
        self._ask_marks(article)

    def _find_entities(self) -> Message:
        mentions = self.library.mentions(self.article_id)
        return EntitiesFound(mentions, self.library.entities(self.article_id))

    @on(EntitiesFound)
    def _mark(self, event: EntitiesFound) -> None:
        self.view.mark_mentions(event.mentions)
        self.entities_panel.show(event.entities)

    def action_compare(self) -> None:
        """Opens the best related article beside this one."""
        self.ask("related", self._best_related)

    def _best_related(self) -> Message:
        related = self.library.related(self.article_id, limit=1)
        best = related[0].article.id if related else None
        return BestRelated(best, self.library.status().ready)

    @on(BestRelated)
    def _compare(self, event: BestRelated) -> None:
        if event.article_id is None:
            if self.view.article is not None:
                line = no_related(self.view.article, ready=event.ready)
                self.notify(line, markup=False)
            return
        from tui.screens.compare import CompareScreen

        ids = [self.article_id, event.article_id]
        self.app.push_screen(
            CompareScreen(self.library, ids, query=self.search_query, exact=self.exact)
        )
