"""The library: the search box, the articles found, and the one under the cursor beside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import WorkType

from index import Article, Library, Progress, Results
from tui import asking, words
from tui.commands import READ, READER, SEARCH, SHOW
from tui.state import Place
from tui.text import count, one_line
from tui.updating import UpdateFailed, UpdateFinished, UpdateProgressed, Updater
from tui.widgets.collection_bar import CollectionBar
from tui.widgets.keys_bar import KeysBar
from tui.widgets.results import ResultsList
from tui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from tui.app import Parallax

WIDE = 100
"""Columns from which the article under the cursor is shown beside the list unasked."""
TALL = 30
"""Lines from which there is room for margins."""
SETTLE_SECONDS = 0.05
"""How long the cursor stands still before its article is read: typing and moving come first."""
MOST_COMPARED = 4
"""Articles that can be set side by side."""


class LibraryScreen(Screen[None]):
    """Shows one collection: handlers here own what is shown, `Asking` asks the library."""

    AUTO_FOCUS = "ResultsList"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (TALL, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "to_search", "Search", id="library.search", group=SEARCH, key_display="/",
                tooltip="Type what to look for; the list follows"),
        Binding("escape", "back", "All articles", id="library.back", group=SEARCH, show=False,
                tooltip="Back from related articles, or from a search, to all articles"),
        Binding("c", "compare", "Compare", id="library.compare", group=READ,
                tooltip="Marked articles side by side; without marks, this one and the article"
                " that is most like it"),
        Binding("r", "related", "Related", id="library.related", group=READ,
                tooltip="Other articles on the same event"),
        Binding("p", "preview", "Preview", id="library.preview", group=SHOW,
                tooltip="Show or hide the article under the cursor"),
        Binding("e", "entities", "Entities", id="library.entities", group=SHOW, show=False,
                tooltip="Mark people, places and the like in the preview, or not"),
        Binding("u,f5", "update", "Read again", id="library.update", group=READER, show=False,
                tooltip="Read new and changed files of the collection"),
        Binding("s", "skipped", "Skipped files", id="library.skipped", group=READER, show=False,
                tooltip="Files that could not be read, and why"),
    ]  # fmt: skip

    def __init__(self, paths: Sequence[Path], query: str | None = None) -> None:
        super().__init__()
        # What the breakpoints will say: said at once, the first drawing is the right one.
        width, height = self.app.size
        self.set_class(width >= WIDE, "-wide", "-preview").set_class(width < WIDE, "-narrow")
        self.set_class(height >= TALL, "-tall").set_class(height < TALL, "-short")
        self._paths = tuple(paths)
        self._first_query = query
        self.library: Library | None = None
        self.place: Place | None = None
        """Where the cursor is in the collection that is open."""
        self._asking = asking.Asking(self, self.reader.search_threads, self.reader.read_threads)
        self.answer: Results | None = None
        """The answer whose articles are listed."""
        self._related_to: Article | None = None
        self._notes = 0
        self._preview_wanted: bool | None = None
        self._settling: Timer | None = None
        self._entities_shown = True
        self._renewed_at: tuple[int, int] | None = None
        self.updater: Updater | None = None
        """The update that is under way or was the last."""
        self._reports = False

    @property
    def reader(self) -> Parallax:
        """The application, which keeps the threads and what is remembered."""
        return cast("Parallax", self.app)

    def compose(self) -> ComposeResult:
        """The bar, the search box, what was found, and the keys."""
        yield CollectionBar()
        with Horizontal(id="search"):
            yield Static("›", id="prompt", markup=False)
            yield SearchBox()
        yield Static("", id="found", markup=False)
        with Container(id="main"):
            yield ResultsList(id="results")
            yield Container(id="preview")
        yield KeysBar()

    @property
    def _list(self) -> ResultsList:
        return self.query_one(ResultsList)

    @property
    def _bar(self) -> CollectionBar:
        return self.query_one(CollectionBar)

    @property
    def query_text(self) -> str:
        """What stands in the search box."""
        return self.query_one(SearchBox).value

    # Opening and leaving

    def on_mount(self) -> None:
        """Has the collection opened while the screen is drawn."""
        self._asking.open(self._paths, self.reader.cache_dir)

    async def on_unmount(self) -> None:
        """Leaves the collection."""
        await self._leave()

    async def open(self, paths: Sequence[Path]) -> None:
        """Leaves this collection for another."""
        await self._leave()
        self._paths, self._first_query = tuple(paths), None
        self.library = self.answer = self._related_to = self.place = None
        self._list.marked = ()
        self._list.show(0, ())
        self._bar.status = None
        self._asking.open(self._paths, self.reader.cache_dir)

    async def _leave(self) -> None:
        """Ends the update, and closes the collection once nobody asks it anything."""
        if self.updater is not None:
            self.workers.cancel_group(self, "update")
            await self.updater.end()
            self.updater = None
        if self.library is not None:
            self.reader.search_threads.submit(self.library.close)

    @on(asking.Opened)
    def _opened(self, event: asking.Opened) -> None:
        self.library = event.library
        self._bar.name_shown = event.library.name
        place = self.reader.state.place([str(path) for path in event.library.paths])
        query = place.query if self._first_query is None else self._first_query
        with self.prevent(SearchBox.Changed):
            self.query_one(SearchBox).value = one_line(query)
        self._asking.look(query, place.article if query == place.query else None)
        self._asking.count()

    @on(asking.Failed)
    def _failed(self, event: asking.Failed) -> None:
        if self.library is None:
            self._list.empty = f"{one_line(event.line)}\n\nq leaves the reader."
            return
        self.notify(one_line(event.line), severity="error", markup=False)
        self._start_first_update()

    # Searching

    @on(SearchBox.Changed)
    def _typed(self, event: SearchBox.Changed) -> None:
        if (plain := one_line(event.value)) != event.value.strip():
            self.query_one(SearchBox).value = plain
            return
        self._related_to = None
        self._asking.look(event.value)

    def action_to_search(self) -> None:
        """Goes to the search box, ready for another query."""
        box = self.query_one(SearchBox)
        box.focus()
        box.action_select_all()

    def action_to_results(self) -> None:
        """Leaves the search box for the list."""
        self._list.focus()

    def action_back(self) -> None:
        """Leaves related articles; then leaves the search."""
        if self._related_to is not None:
            article, self._related_to = self._related_to, None
            self._asking.look(self.query_text, article.id)
        elif self.query_text:
            self.query_one(SearchBox).value = ""

    @on(asking.Found)
    def _found(self, event: asking.Found) -> None:
        if event.generation != self._asking.generation or self._related_to is not None:
            return
        self.answer = event.results
        self._say_found()
        row = 0 if event.stay and self._list.cursor == 0 else event.row
        self._list.show(event.results.total, event.results.hits, event.offset, row, stay=event.stay)
        self._start_first_update()

    @on(ResultsList.NeedMore)
    def _need_more(self, event: ResultsList.NeedMore) -> None:
        if self.answer is not None:
            self._asking.page(self.answer.query, event.offset)

    @on(asking.PageFound)
    def _page_found(self, event: asking.PageFound) -> None:
        if event.generation == self._asking.generation:
            self._list.add(event.offset, event.results.hits)

    @on(ResultsList.Marked)
    def _say_found(self) -> None:
        if self.answer is None:
            return
        if self._related_to is not None:
            lines = [words.related_line(self._related_to, self._list.total)]
        else:
            lines = [words.found_line(self.answer), one_line(self.answer.note)]
            self._list.empty = words.why_empty(
                self.answer, self._paths, self._bar.status, self._bar.progress
            )
        if marked := len(self._list.marked):
            lines[0] = f"● {marked} marked · {lines[0]}"
        shown = "\n".join(filter(None, lines))
        # All is laid out anew only for a line more or less: that would cost each keystroke dear.
        self.query_one("#found", Static).update(shown, layout=shown.count("\n") != self._notes)
        self._notes = shown.count("\n")

    # Related articles, side by side

    def action_related(self) -> None:
        """Lists other articles on the same event as the one under the cursor."""
        if self._list.hit is not None:
            self._asking.related(self._list.hit.article)

    @on(asking.RelatedFound)
    def _related_found(self, event: asking.RelatedFound) -> None:
        if event.generation != self._asking.generation:
            return
        if not event.hits:
            self.notify(words.no_related(event.article), markup=False)
            return
        self._related_to = event.article
        self._list.show(len(event.hits), event.hits)
        self._say_found()

    def action_compare(self) -> None:
        """Sets marked articles side by side, or this one and the most like it."""
        marked, hit = self._list.marked, self._list.hit
        if len(marked) > MOST_COMPARED:
            self.notify(f"{MOST_COMPARED} articles fit side by side; unmark some", markup=False)
        elif len(marked) > 1:
            self._compare(list(marked))
        elif hit is not None:
            self._asking.best_related(hit.article)

    @on(asking.BestRelatedFound)
    def _best_related_found(self, event: asking.BestRelatedFound) -> None:
        if event.best is None:
            self.notify(words.no_related(event.article), markup=False)
        else:
            self._compare([event.article.id, event.best])

    def _compare(self, ids: list[str]) -> None:
        from tui.screens.compare import CompareScreen

        if self.library is not None:
            self.reader.save_state()
            self.app.push_screen(CompareScreen(self.library, ids, query=self.query_text))

    # The article under the cursor

    @on(ResultsList.Opened)
    def _open_article(self, event: ResultsList.Opened) -> None:
        from tui.screens.article import ArticleScreen

        if self.library is not None:
            self.reader.save_state()
            self.app.push_screen(
                ArticleScreen(self.library, event.hit.article.id, query=self.query_text)
            )

    @property
    def preview_shown(self) -> bool:
        """Whether the article under the cursor is shown: as wished, or where there is room."""
        wide = self.app.size.width >= WIDE
        return wide if self._preview_wanted is None else self._preview_wanted

    def action_preview(self) -> None:
        """Shows the article under the cursor, or hides it."""
        self._preview_wanted = not self.preview_shown
        self._lay_out()

    def action_entities(self) -> None:
        """Marks people, places and the like in the preview, or not."""
        self._entities_shown = not self._entities_shown
        self._preview()

    def on_resize(self) -> None:
        """Shows the preview where there is room for it."""
        self._lay_out()

    def on_screen_resume(self) -> None:
        """Draws the preview with the entity types that were last chosen."""
        self._preview()

    def _lay_out(self) -> None:
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
            self._asking.read(self._list.hit.article.id, self.query_text)

    @on(asking.ArticleRead)
    async def _article_read(self, event: asking.ArticleRead) -> None:
        from tui.widgets.article_view import ArticleView

        if not self.query(ArticleView):
            await self.query_one("#preview").mount(ArticleView(id="article"))
        view = self.query_one(ArticleView)
        mentions = event.mentions if self._entities_shown else ()
        view.show(event.article, mentions=mentions, matches=event.matches)
        view.hide_types(self.reader.hidden_types)

    def _remember(self, article_id: str | None) -> None:
        if self.library is not None:
            paths = tuple(str(path) for path in self.library.paths)
            self.place = Place(paths, self.query_text, article_id)
            self.reader.remember(self.place)

    # Reading the files

    def action_update(self) -> None:
        """Reads new and changed files."""
        self._reports = True
        self._start_update()

    def _start_first_update(self) -> None:
        """Reads what is new once the articles that are known have been shown."""
        if self.updater is None:
            self._asking.prepare()
            self._start_update()

    def _start_update(self) -> None:
        if self.library is None:
            return
        if self.updater is not None:
            self.updater.kill()
        self._bar.failed = False
        self._bar.progress = Progress("scanning")
        self.updater = Updater(self.library.paths, self.reader.cache_dir, self.post_message)
        work: WorkType[None] = self.updater.run
        self.run_worker(work, group="update", exclusive=True)

    @on(UpdateProgressed)
    def _progressed(self, event: UpdateProgressed) -> None:
        self._bar.progress = event.progress
        now = (event.progress.articles, event.progress.searchable)
        if now != self._renewed_at:
            self._renewed_at = now
            self._renew()

    @on(UpdateFinished)
    def _finished(self, event: UpdateFinished) -> None:
        report = event.report
        self._bar.progress = None
        if report.added or report.changed or report.removed:
            self._renew()
        self._asking.count()
        if self._reports:
            self._reports = False
            changes = f"{report.added:,} new, {report.changed:,} changed, {report.removed:,} gone"
            self.notify(f"{changes} · {count(len(report.skipped), 'file')} skipped", markup=False)

    @on(UpdateFailed)
    def _update_failed(self, event: UpdateFailed) -> None:
        self._bar.progress = None
        self._bar.failed = True
        self._asking.count()
        self.notify(f"{one_line(event.line)} · u tries again", severity="error", markup=False)

    def _renew(self) -> None:
        """Takes in what has been read since, around the article under the cursor."""
        if self._related_to is None:
            hit = self._list.hit
            article = hit.article.id if hit and self._list.cursor else None
            self._asking.look_again(self.query_text, article, self._list.cursor)
            self._asking.count()

    @on(asking.Counted)
    def _counted(self, event: asking.Counted) -> None:
        self._bar.status = event.status
        self._say_found()

    def action_skipped(self) -> None:
        """Lists the files that could not be read."""
        self._asking.skipped()

    @on(asking.SkippedListed)
    def _skipped_listed(self, event: asking.SkippedListed) -> None:
        from tui.screens.skipped import SkippedScreen

        if event.skipped:
            self.app.push_screen(SkippedScreen(event.skipped))
        else:
            self.notify("Every file was read", markup=False)
