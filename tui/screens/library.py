"""The library: the search box, the articles found, and the one under the cursor beside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.timer import Timer
from textual.widgets import Static

from index import Article, Library
from tui import answers, wording
from tui.commands import READ, SEARCH, SHOW
from tui.questions import Failed
from tui.screens.narrowed import NARROWING, PANEL
from tui.screens.searching import QUERIES, SearchingScreen
from tui.state import Place
from tui.text import one_line
from tui.widgets.collection_bar import CollectionBar
from tui.widgets.keys_bar import KeysBar
from tui.widgets.results import ResultsList
from tui.widgets.search_box import SearchBox
from tui.widgets.timeline import Timeline

WIDE = 100
"""Columns from which the article under the cursor is shown beside the list unasked."""
TALL = 30
"""Lines from which there is room for margins."""
SETTLE_SECONDS = 0.05
"""How long the cursor stands still before its article is read: typing and moving come first."""


class LibraryScreen(SearchingScreen):
    """Lists the articles of a collection that answer a query, and opens them."""

    AUTO_FOCUS = "ResultsList"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (TALL, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before all others, so that keys typed ahead of the drawing reach the box.
        Binding("slash", "to_search", "Search", id="library.search", group=SEARCH, key_display="/",
                tooltip="Type what to look for; the list follows", priority=True),
        Binding("escape", "back", "All articles", id="library.back", group=SEARCH, show=False,
                tooltip="Back from related articles, or from a search, to all articles; then unmark"
                " all"),
        *NARROWING,
        *QUERIES,
        Binding("c", "compare", "Compare", id="library.compare", group=READ,
                tooltip="Marked articles side by side; one with this one; without marks, this one"
                " and the article that is most like it"),
        Binding("r", "related", "Related", id="library.related", group=READ,
                tooltip="Other articles on the same event"),
        Binding("i", "about", "About", id="library.about", group=READ, show=False,
                tooltip="What is known of this article and what it rests on; correct it there"),
        Binding("p", "preview", "Preview", id="library.preview", group=SHOW,
                tooltip="Show or hide the article under the cursor"),
        Binding("e", "entities", "Entities", id="library.entities", group=SHOW, show=False,
                tooltip="Mark people, places and the like in the preview, or not"),
    ]  # fmt: skip

    def __init__(self, paths: Sequence[Path], query: str | None = None) -> None:
        super().__init__(paths)
        # What the breakpoints will say: said at once, the first drawing is the right one.
        width, height = self.app.size
        self.set_class(width >= WIDE, "-wide", "-preview").set_class(width < WIDE, "-narrow")
        self.set_class(height >= TALL, "-tall").set_class(height < TALL, "-short")
        self._first_query = query
        self.place: Place | None = None
        """Where the cursor is in the collection that is open."""
        self._first = 0
        self._listed = 0
        """The generation of the list that is there."""
        self._related_to: Article | None = None
        self._preview_wanted: bool | None = None
        self._settling: Timer | None = None
        self._entities_shown = True

    def compose(self) -> ComposeResult:
        """The bar, the search box, what was found, and the keys."""
        yield CollectionBar()
        with Horizontal(id="search"):
            yield Static("›", id="prompt", markup=False)
            yield (box := SearchBox())
        yield Static("", id="found", markup=False)
        yield box.completions
        yield Timeline()
        with Container(id="main"):
            yield ResultsList(id="results")
            yield Container(id="preview")
        yield KeysBar()

    @property
    def _list(self) -> ResultsList:
        return self.query_one(ResultsList)

    # The collection

    def opened(self, library: Library) -> None:
        """Lists its articles from where somebody left it."""
        super().opened(library)
        place = self.reader.state.place([str(path) for path in library.paths])
        box = self.query_one(SearchBox)
        query = box.value or (place.query if self._first_query is None else self._first_query)
        with self.prevent(SearchBox.Changed):
            box.value = one_line(query)
        self.questions.look(query, place.article if query == place.query else None)

    def forget(self) -> None:
        """Lists nothing."""
        super().forget()
        self._first_query = self.answer = self._related_to = self.place = None
        self._list.marked = ()
        self._list.show(0, ())
        with self.prevent(SearchBox.Changed):
            self.query_one(SearchBox).value = ""

    def renew(self) -> None:
        """Lists what has been read since, around the article under the cursor."""
        if self._related_to is None:
            hit = self._list.hit
            # A list that is still being filled is read from its top.
            article = hit.article.id if hit and (self._list.cursor or self.live) else None
            self.questions.look_again(self.query_text, article, self._list.cursor)

    def counted(self) -> None:
        """An empty list may have another reason now."""
        self.say_found()

    @on(Failed)
    def _say_failed(self, event: Failed) -> None:
        if self.library is None:
            self._list.empty = f"{one_line(event.line)}\n\nq leaves the reader."

    # Searching

    @on(SearchBox.Changed)
    def _typed(self, event: SearchBox.Changed) -> None:
        if (plain := one_line(event.value)) != event.value.strip():
            self.query_one(SearchBox).value = plain
            return
        self.look()

    def look(self) -> None:
        """Lists the answer to the query from its beginning."""
        self._related_to = None
        self.questions.look(self.query_text)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leaves the search key to the box while somebody types in it."""
        if action == "to_search":
            return not isinstance(self.focused, SearchBox)
        return super().check_action(action, parameters)

    def action_to_search(self) -> None:
        """Goes to the search box, ready for another query."""
        box = self.query_one(SearchBox)
        # At once, not by `focus()`: keys that are typed ahead belong into the box.
        self.set_focus(box)
        box.action_select_all()

    def action_to_results(self) -> None:
        """Leaves the search box for the list."""
        self.set_focus(self._list)

    def action_back(self) -> None:
        """Leaves related articles; then leaves the search; then unmarks what is marked."""
        if self._related_to is not None:
            article, self._related_to = self._related_to, None
            self.questions.look(self.query_text, article.id)
        elif self.query_text:
            self.query_one(SearchBox).value = ""
        elif self._list.marked:
            self._list.marked = ()
            self.say_found()

    @on(answers.Found)
    def _found(self, event: answers.Found) -> None:
        if event.generation != self.questions.generation or self._related_to is not None:
            return
        self.answer, self._first = event.results, event.offset
        self._listed = event.generation
        self.say_found()
        row = event.row
        if event.stay:
            # Moved by as many rows as somebody has moved it while this was being asked.
            cursor = self._list.cursor
            row = max(0, row + cursor - event.asked) if cursor or not event.asked else 0
        self._list.show(event.results.total, event.results.hits, event.offset, row, stay=event.stay)
        # The article under the cursor may be the one before: for another query, or read anew.
        if not event.stay or self.bar.progress is None:
            self._preview()
        self.start_first_update()

    @on(ResultsList.NeedMore)
    def _need_more(self, event: ResultsList.NeedMore) -> None:
        # A page of a list that another is to take the place of would become one of that.
        if self.answer is not None and self._listed == self.questions.generation:
            self.questions.page(self.answer.query, event.offset)

    @on(answers.PageFound)
    def _page_found(self, event: answers.PageFound) -> None:
        if event.generation == self.questions.generation:
            self._list.add(event.offset, event.results.hits)

    @on(ResultsList.Marked)
    def say_found(self) -> None:
        """Says what was found, and in place of what was typed; and how many are marked."""
        if self.answer is None:
            return
        if self._related_to is not None:
            lines = [wording.related_line(self._related_to, self._list.total)]
        else:
            typing = isinstance(self.focused, SearchBox)
            lines = [
                wording.found_line(self.answer, self._first),
                wording.instead_line(self.answer, typing=typing),
            ]
            self._list.empty = wording.why_empty(
                self.answer, self.paths, self.bar.status, self.bar.progress
            )
        if marked := len(self._list.marked):
            lines[0] = f"● {marked} marked · {lines[0]}"
        # Its height is fixed, so that the list stays in place and nothing is laid out anew.
        self.query_one("#found", Static).update("\n".join(filter(None, lines)), layout=False)

    # Related articles, side by side

    def action_related(self) -> None:
        """Lists other articles on the same event as the one under the cursor."""
        if self._list.hit is not None:
            self.questions.related(self._list.hit.article)

    @on(answers.RelatedFound)
    def _related_found(self, event: answers.RelatedFound) -> None:
        if event.generation != self.questions.generation:
            return
        if not event.hits:
            self._say_alone(event.article)
            return
        self.questions.begin()
        self._related_to = event.article
        self._list.show(len(event.hits), event.hits)
        self.say_found()

    def _say_alone(self, article: Article) -> None:
        ready = self.bar.progress is None
        self.notify(wording.no_related(article, ready=ready), markup=False)

    def action_compare(self) -> None:
        """Sets marked articles side by side; one with this one; this and the most like it."""
        from tui.screens.compare import MOST_COMPARED

        marked, hit = self._list.marked, self._list.hit
        if len(marked) == 1 and hit is not None and hit.article.id not in marked:
            marked = (*marked, hit.article.id)
        if len(marked) > MOST_COMPARED:
            self.notify(f"{MOST_COMPARED} articles fit side by side; unmark some", markup=False)
        elif len(marked) > 1:
            self._compare(list(marked))
        elif hit is not None:
            self.questions.best_related(hit.article)

    @on(answers.BestRelatedFound)
    def _best_related_found(self, event: answers.BestRelatedFound) -> None:
        if event.best is None:
            self._say_alone(event.article)
        else:
            self._compare([event.article.id, event.best])

    def _compare(self, ids: list[str]) -> None:
        from tui.screens.compare import CompareScreen

        if self.library is not None:
            self.reader.save_state()
            self.app.push_screen(
                CompareScreen(self.library, ids, query=self.query_text, exact=self.questions.exact)
            )

    # The article under the cursor

    @on(ResultsList.Opened)
    def _open_article(self, event: ResultsList.Opened) -> None:
        from tui.screens.article import ArticleScreen

        if self.library is not None:
            self.reader.save_state()
            article_id = event.hit.article.id
            self.app.push_screen(
                ArticleScreen(
                    self.library, article_id, query=self.query_text, exact=self.questions.exact
                )
            )

    def action_about(self) -> None:
        """Shows what is known of the article under the cursor, and has it corrected."""
        from tui.screens.facts import FactsScreen

        if self.library is not None and self._list.hit is not None:
            self.app.push_screen(FactsScreen(self.library, self._list.hit.article.id))

    @property
    def preview_shown(self) -> bool:
        """Whether the article under the cursor is shown: as wished, or where there is room."""
        wide = self.app.size.width - PANEL * self.narrowing >= WIDE
        return wide if self._preview_wanted is None else self._preview_wanted

    def action_preview(self) -> None:
        """Shows the article under the cursor, or hides it."""
        self._preview_wanted = not self.preview_shown
        self.lay_out()

    def action_entities(self) -> None:
        """Marks people, places and the like in the preview, or not."""
        self._entities_shown = not self._entities_shown
        self._preview()

    def on_resize(self) -> None:
        """Shows the preview where there is room for it."""
        self.lay_out()

    def on_screen_resume(self) -> None:
        """Draws the preview with the entity types that were last chosen."""
        self._preview()

    def lay_out(self) -> None:
        """Shows the preview, or not, in the room there is now."""
        shown = self.preview_shown
        if shown != self.has_class("-preview"):
            self.set_class(shown, "-preview")
            self._preview()

    @on(ResultsList.Moved)
    def _preview(self) -> None:
        hit = self._list.hit
        self.query_one("#preview").set_class(hit is None, "-nothing")
        if self._settling is not None:
            self._settling.stop()
        if self.preview_shown:
            self._settling = self.set_timer(SETTLE_SECONDS, self._read)
        if hit is not None or not self._list.total:
            self._remember(hit.article.id if hit else None)

    def _read(self) -> None:
        if self._list.hit is not None:
            self.questions.read(self._list.hit.article.id, self.query_text)

    @on(answers.ArticleRead)
    async def _article_read(self, event: answers.ArticleRead) -> None:
        from tui.widgets.article_view import ArticleView

        if not self.query(ArticleView):
            await self.query_one("#preview").mount(ArticleView(id="article"))
        view = self.query_one(ArticleView)
        mentions = event.mentions if self._entities_shown else ()
        if view.article is not None and view.article.id == event.article.id:
            if view.article != event.article:
                view.renew(event.article)
            view.mark_mentions(mentions)
            view.mark_matches(event.matches)
        else:
            view.show(event.article, mentions=mentions, matches=event.matches)
        view.hide_types(self.reader.hidden_types)

    def _remember(self, article_id: str | None) -> None:
        if self.library is not None:
            paths = tuple(str(path) for path in self.library.paths)
            self.place = Place(paths, self.query_text, article_id)
            self.reader.remember(self.place)
