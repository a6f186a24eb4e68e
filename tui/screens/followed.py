"""A collection whose files are followed: what is saved while the reader is open is found."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.worker import WorkType

from tui.commands import READER
from tui.following import FilesChanged, FollowingBegun, FollowingFailed, follow
from tui.screens.collection import CollectionScreen
from tui.text import one_line

MOST_CHANGED = 500
"""Files that are looked at one by one; for more, all of the collection is."""
TOLD_SECONDS = 10.0
"""How long the bar says what has changed."""


class FollowedScreen(CollectionScreen):
    """Reads files as they change, one update after the other, and tells of it in the bar."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "follow", "Follow", id="library.follow", group=READER, show=False,
                tooltip="Read files as they change on the disk, or only when you ask for it (u)"),
    ]  # fmt: skip

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__(paths)
        self._behind = False
        """Whether files may have changed between being looked at and being followed."""
        self._telling: Timer | None = None

    def start_first_update(self) -> None:
        """Reads what is new, and begins to follow, once the known articles have been shown."""
        if self.updater is None:
            super().start_first_update()
            self.call_after_refresh(self._follow)

    async def open(self, paths: Sequence[Path]) -> None:
        """Leaves this collection for another."""
        await super().open(paths)
        self._behind = False
        self.bar.following = None
        self.bar.notice = ""

    async def leave(self) -> None:
        """Follows no longer."""
        self.workers.cancel_group(self, "follow")
        await super().leave()

    def action_follow(self) -> None:
        """Reads files as they change on the disk, or only when asked to."""
        if self.bar.following:
            self.workers.cancel_group(self, "follow")
            self.bar.following = False
        elif self.updater is not None:
            self._follow()

    def _follow(self) -> None:
        if self.library is not None:
            work: WorkType[None] = partial(follow, self.library, self.post_message)
            self.run_worker(work, group="follow", exclusive=True)

    @on(FollowingBegun)
    def _following_begun(self) -> None:
        self.bar.following = True
        self._behind = self.scanned
        if not self.updating:
            self._go_on()

    @on(FollowingFailed)
    def _following_failed(self, event: FollowingFailed) -> None:
        self.bar.following = False
        line = f"{one_line(event.line)} · u reads what is new"
        self.notify(line, severity="warning", markup=False, timeout=10)

    @on(FilesChanged)
    def _files_changed(self, event: FilesChanged) -> None:
        self.waiting |= event.paths
        if len(self.waiting) > MOST_CHANGED and self.library is not None:
            self.waiting = frozenset(self.library.paths)
        if not self.updating:
            self._go_on()

    def updated(self, changed: str) -> None:
        """Tells what was changed on the disk, and reads what has changed since."""
        if changed and self.updater is not None and self.updater.only:
            self.bar.notice = changed
            if self._telling is not None:
                self._telling.stop()
            self._telling = self.set_timer(TOLD_SECONDS, partial(setattr, self.bar, "notice", ""))
        self._go_on()

    def _go_on(self) -> None:
        if self._behind:
            self._behind = False
            self.start_update()
        elif self.waiting:
            self.start_update(self.waiting)
