"""A collection on the screen: opened, kept up to date with its files, and left."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.timer import Timer
from textual.worker import WorkType

from index import Library, Progress
from tui import answers
from tui.commands import READER
from tui.following import FilesChanged, FollowingBegun, FollowingFailed, follow
from tui.questions import Failed, Questions
from tui.text import count, one_line
from tui.updating import UpdateFailed, UpdateFinished, UpdateProgressed, Updater
from tui.widgets.collection_bar import CollectionBar
from tui.wording import changes

if TYPE_CHECKING:
    from tui.app import Parallax


MOST_CHANGED = 500
"""Files that are looked at one by one; for more, all of the collection is."""
TOLD_SECONDS = 10.0
"""How long the bar says what has changed."""


class CollectionScreen(Screen[None]):
    """Opens a collection and reads its files in a process of its own; a bar says how far.

    A subclass yields a `CollectionBar`, and says in `opened`, `renew`, `counted` and
    `forget` what it shows of the collection.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u,f5", "update", "Read again", id="library.update", group=READER, show=False,
                tooltip="Read new and changed files of the collection"),
        Binding("f", "follow", "Follow", id="library.follow", group=READER, show=False,
                tooltip="Read files as they change on the disk, or only when you ask for it (u)"),
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
        self._updating = False
        self._changed: frozenset[Path] = frozenset()
        """What has changed on the disk and is not being read yet."""
        self._scanned = self._behind = False
        """Whether an update has begun to look for files; and whether another must, because that
        was before they were followed."""
        self._telling: Timer | None = None

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

    # Opening and leaving

    def on_mount(self) -> None:
        """Has the collection opened while the screen is drawn."""
        self.questions.open(self.paths, self.reader.cache_dir)

    async def on_unmount(self) -> None:
        """Leaves the collection."""
        await self._leave()

    async def open(self, paths: Sequence[Path]) -> None:
        """Leaves this collection for another."""
        await self._leave()
        self.library = self.updater = self._read_so_far = None
        self._updating = self._scanned = self._behind = False
        self._changed = frozenset()
        self.bar.status = self.bar.progress = self.bar.following = None
        self.bar.notice = ""
        self.forget()
        self.paths = tuple(paths)
        self.questions.open(self.paths, self.reader.cache_dir)

    async def _leave(self) -> None:
        """Ends the update, and closes the collection once nobody asks it anything."""
        self.workers.cancel_group(self, "follow")
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
            self._start_update()

    # Reading the files

    def action_update(self) -> None:
        """Reads new and changed files."""
        self._reports = True
        self._start_update()

    def start_first_update(self) -> None:
        """Reads what is new, and follows the files, once the articles that are known are shown."""
        if self.updater is None:
            self.questions.prepare()
            self._start_update()
            self.call_after_refresh(self._follow)

    def take_up_corrections(self) -> None:
        """Has what the user corrected found and listed, before all that is still to be read."""
        if self._updating and self.updater is not None:
            # It goes on from where it was ended.
            only = self.updater.only
            self._start_update(None if only is None else only | self._changed)
        else:
            self._start_update(frozenset())

    def _start_update(self, only: frozenset[Path] | None = None) -> None:
        """Reads what is new and changed: in all of the collection, or only in these places."""
        if self.library is None:
            return
        if self.updater is not None:
            self.updater.kill()
        if self.bar.failed:
            only = None
        self._changed, self._updating = frozenset(), True
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
        self._scanned = True
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
        self._updating = False
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
        elif changed and self.updater is not None and self.updater.only:
            self._tell(changed)
        self._go_on()

    @on(UpdateFailed)
    def _update_failed(self, event: UpdateFailed) -> None:
        if event.by is not self.updater:
            return
        self._updating = False
        self.bar.progress = None
        self.bar.failed = True
        self.questions.count()
        self.notify(f"{one_line(event.line)} · u tries again", severity="error", markup=False)

    def _go_on(self) -> None:
        """Reads what has changed while something else was read."""
        if self._behind:
            self._behind = False
            self._start_update()
        elif self._changed:
            self._start_update(self._changed)

    def _renew_others(self) -> None:
        """Tells the screens above this one that something may be known anew."""
        if len(self.app.screen_stack) > 1:
            from tui.screens.facts import FactsScreen
            from tui.screens.reading import Reading

            for screen in self.app.screen_stack:
                if isinstance(screen, FactsScreen | Reading):
                    screen.look_again()

    # Following the files

    def action_follow(self) -> None:
        """Reads files as they change on the disk, or only when asked to."""
        if self.bar.following:
            self.workers.cancel_group(self, "follow")
            self.bar.following = False
        elif self.updater is not None:
            self._scanned = True  # What has changed in the meantime is to be looked for.
            self._follow()

    def _follow(self) -> None:
        if self.library is not None:
            work: WorkType[None] = partial(follow, self.library, self.post_message)
            self.run_worker(work, group="follow", exclusive=True)

    @on(FollowingBegun)
    def _following_begun(self) -> None:
        self.bar.following = True
        # Files that had been looked at before this may have changed unheard of.
        self._behind = self._scanned
        if not self._updating:
            self._go_on()

    @on(FollowingFailed)
    def _following_failed(self, event: FollowingFailed) -> None:
        self.bar.following = False
        self.notify(f"{one_line(event.line)} · u reads what is new", severity="warning",
                    markup=False, timeout=10)  # fmt: skip

    @on(FilesChanged)
    def _files_changed(self, event: FilesChanged) -> None:
        self._changed |= event.paths
        if len(self._changed) > MOST_CHANGED and self.library is not None:
            self._changed = frozenset(self.library.paths)
        if not self._updating:
            self._start_update(self._changed)

    def _tell(self, changed: str) -> None:
        """Says for a while what has changed, where it disturbs nobody."""
        self.bar.notice = changed
        if self._telling is not None:
            self._telling.stop()
        self._telling = self.set_timer(TOLD_SECONDS, partial(setattr, self.bar, "notice", ""))

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
