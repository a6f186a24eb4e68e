"""A collection on the screen: opened, kept up to date with its files, and left."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import WorkType

from index import Library, Progress
from tui import answers
from tui.commands import READER
from tui.questions import Failed, Questions
from tui.text import count, one_line
from tui.updating import UpdateFailed, UpdateFinished, UpdateProgressed, Updater
from tui.widgets.collection_bar import CollectionBar
from tui.wording import changes

if TYPE_CHECKING:
    from tui.app import Parallax


class CollectionScreen(Screen[None]):
    """Opens a collection and reads its files in a process of its own; a bar says how far.

    A subclass yields a `CollectionBar`, and says in `opened`, `renew`, `counted` and
    `forget` what it shows of the collection.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u,f5", "update", "Read again", id="library.update", group=READER, show=False,
                tooltip="Read new and changed files of the collection"),
        Binding("s", "skipped", "Skipped files", id="library.skipped", group=READER, show=False,
                tooltip="Files that could not be read, and why"),
    ]  # fmt: skip

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__()
        self.paths = tuple(paths)
        """What was asked to be opened."""
        self.library: Library | None = None
        self.updater: Updater | None = None
        """The update that is under way or was the last."""
        self.questions = Questions(self, self.reader.search_threads, self.reader.read_threads)
        self._read_so_far: tuple[int, int] | None = None
        self._reports = False
        self._unanswered = False
        self.updating = False
        """Whether an update is under way."""
        self.scanned = False
        """Whether an update has begun to look for files."""
        self.waiting: frozenset[Path] = frozenset()
        """What has changed on the disk and is not being read yet."""

    @property
    def reader(self) -> Parallax:
        """The application, which keeps the threads and what is remembered."""
        return cast("Parallax", self.app)

    @property
    def bar(self) -> CollectionBar:
        """What says what is open and how far it has been read."""
        return self.query_one(CollectionBar)

    def opened(self, library: Library) -> None:
        """Shows what is known of a collection that has just been opened."""
        raise NotImplementedError

    def forget(self) -> None:
        """Shows nothing of the collection any more."""
        raise NotImplementedError

    def renew(self) -> None:
        """Takes in what has been read since."""
        raise NotImplementedError

    def counted(self) -> None:
        """Says what the new counts of the collection change."""
        raise NotImplementedError

    def updated(self, changed: str) -> None:
        """An update is over; `changed` says what it changed, where nobody has been told yet."""

    # Opening and leaving

    def on_mount(self) -> None:
        """Has the collection opened while the screen is drawn."""
        self.questions.open(self.paths, self.reader.cache_dir)

    async def on_unmount(self) -> None:
        """Leaves the collection."""
        await self.leave()

    async def open(self, paths: Sequence[Path]) -> None:
        """Leaves this collection for another."""
        await self.leave()
        self.library = self.updater = self._read_so_far = None
        self.updating = self.scanned = False
        self.waiting = frozenset()
        self.bar.status = self.bar.progress = None
        self.forget()
        self.paths = tuple(paths)
        self.questions.open(self.paths, self.reader.cache_dir)

    async def leave(self) -> None:
        """Ends the update, and closes the collection once nobody asks it anything."""
        if self.updater is not None:
            self.workers.cancel_group(self, "update")
            await self.updater.end()
        if self.library is not None:
            self.reader.search_threads.submit(self.library.close)

    @on(answers.Opened)
    def _opened(self, event: answers.Opened) -> None:
        self.library = event.library
        self.bar.name_shown = event.library.name
        self.opened(event.library)
        self.questions.count()

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        self.notify(one_line(event.line), severity="error", markup=False)
        # What is damaged is put right by an update, and then asked for again.
        self._unanswered = True
        if self.updater is None or self.updater.ended:
            self.start_update()

    # Reading the files

    def action_update(self) -> None:
        """Reads new and changed files."""
        self._reports = True
        self.start_update()

    def start_first_update(self) -> None:
        """Reads what is new, once the articles that are known have been shown."""
        if self.updater is None:
            self.questions.prepare()
            self.start_update()

    @on(answers.Prepared)
    def _prepared(self) -> None:
        if not self.app.is_headless:
            # What is loaded by now stays. Looking through all of it for garbage, again and again,
            # takes a tenth of a second each time, in which nothing is painted.
            gc.freeze()

    def take_up_corrections(self) -> None:
        """Has what the user corrected found and listed, before all that is still to be read."""
        if self.updating and self.updater is not None:
            # It goes on from where it was ended.
            only = self.updater.only
            self.start_update(None if only is None else only | self.waiting)
        else:
            self.start_update(frozenset())

    def start_update(self, only: frozenset[Path] | None = None) -> None:
        """Reads what is new and changed: in all of the collection, or only in these places."""
        if self.library is None:
            return
        if self.updater is not None:
            self.updater.kill()
        if self.bar.failed:
            only = None
        self.waiting, self.updating = frozenset(), True
        self.bar.failed = False
        if only is None:
            self.bar.progress = Progress("scanning")
        self.updater = Updater(self.library.paths, self.reader.cache_dir, self.post_message, only)
        work: WorkType[None] = self.updater.run
        self.run_worker(work, group="update", exclusive=True)

    @property
    def live(self) -> bool:
        """Whether what is read now has changed under the eyes of a reader."""
        return self.updater is not None and self.updater.only is not None

    @on(UpdateProgressed)
    def _progressed(self, event: UpdateProgressed) -> None:
        if event.by is not self.updater:
            return
        self.scanned = True
        self.bar.progress = event.progress
        now = (event.progress.articles, event.progress.searchable)
        if now != self._read_so_far:
            self._read_so_far = now
            self.renew()
            self.questions.count()

    @on(UpdateFinished)
    def _finished(self, event: UpdateFinished) -> None:
        if event.by is not self.updater:
            return
        report = event.report
        self.updating = False
        self.bar.progress = None
        changed = changes(report)
        if changed or self.live or self._unanswered:
            self._unanswered = False
            self.renew()
            self._renew_others()
        self.questions.count()
        if report.note:
            self.notify(one_line(report.note), severity="warning", markup=False, timeout=10)
        if self._reports:
            self._reports = False
            skipped = f"{count(len(report.skipped), 'file')} skipped"
            self.notify(f"{changed or 'nothing new'} · {skipped}", markup=False)
            changed = ""
        self.updated(changed)

    @on(UpdateFailed)
    def _update_failed(self, event: UpdateFailed) -> None:
        if event.by is not self.updater:
            return
        self.updating = False
        self.bar.progress = None
        self.bar.failed = True
        self.questions.count()
        self.notify(f"{one_line(event.line)} · u tries again", severity="error", markup=False)

    def _renew_others(self) -> None:
        """Tells the screens above this one that something may be known anew."""
        if len(self.app.screen_stack) > 1:
            from tui.screens.facts import FactsScreen
            from tui.screens.shown import Shown

            for screen in self.app.screen_stack:
                if isinstance(screen, FactsScreen | Shown):
                    screen.look_again()

    @on(answers.Counted)
    def _counted(self, event: answers.Counted) -> None:
        self.bar.status = event.status
        self.counted()

    # Skipped files

    def action_skipped(self) -> None:
        """Lists the files that could not be read."""
        self.questions.skipped()

    @on(answers.SkippedListed)
    def _skipped_listed(self, event: answers.SkippedListed) -> None:
        from tui.screens.skipped import SkippedScreen

        if event.skipped and self.library is not None:
            self.app.push_screen(SkippedScreen(event.skipped, self.library.paths))
        else:
            self.notify("Every file was read", markup=False)
