"""The first line: what collection is open, what it holds, and what is still to do."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from index.model import Progress, Status
from tui.text import count, one_line
from tui.wording import doing, part

LONGEST_GAUGE = 20
SHORTEST_GAUGE = 6


class CollectionBar(Widget):
    """One line with real counts. `ready` is said only when every file is accounted for."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "collection-bar--name",
        "collection-bar--done",
        "collection-bar--to-do",
        "collection-bar--warning",
        "collection-bar--ready",
    }
    DEFAULT_CSS = """
    CollectionBar {
        height: 1;
        padding: 0 1;
        color: $foreground-muted;
        & > .collection-bar--name { color: $primary; text-style: bold; }
        & > .collection-bar--done { color: $primary; }
        & > .collection-bar--to-do { color: $border; }
        & > .collection-bar--warning { color: $warning; }
        & > .collection-bar--ready { color: $success; }
    }
    """
    ALLOW_SELECT = False

    name_shown: reactive[str] = reactive("")
    status: reactive[Status | None] = reactive(None)
    progress: reactive[Progress | None] = reactive(None)
    """How far the update has come; None when none is under way."""
    failed: reactive[bool] = reactive(False)
    """Whether the last update ended before its end."""
    following: reactive[bool | None] = reactive(None)
    """Whether files are read as they change; None while that is not known."""
    notice: reactive[str] = reactive("")
    """What has just changed in the collection; empty after a while."""
    news: reactive[str] = reactive("")
    """What saved searches find that is new; empty when that is nothing."""

    def render(self) -> Content:
        """Gives way in this order when there is little room: gauge, rate, outlets, time, name."""
        width = self.content_size.width
        name = Content.styled(one_line(self.name_shown), self._look("name"))
        holds = self._holds()
        doing = self._doing()
        ways = [(holds, doing[0]), (holds, doing[1]), (holds[:1], doing[1]), (holds[:1], doing[2])]
        for held, done in ways:
            left = Content("  ").join([name, Content(" · ".join(held))])
            right = Content("  ").join([*self._skipped(), *done])
            if left.cell_length + right.cell_length + 2 <= width:
                break
        room = width - left.cell_length - right.cell_length - 3
        if self.progress is not None and room >= SHORTEST_GAUGE:
            gauge = self._gauge(min(room, LONGEST_GAUGE), *part(self.progress))
            right = right.append(" ").append(gauge)
        left = left.truncate(max(0, width - right.cell_length - 1), ellipsis=True)
        return left.pad_right(max(1, width - left.cell_length - right.cell_length)).append(right)

    async def on_click(self) -> None:
        """Lists the files that could not be read."""
        await self.run_action("screen.skipped")

    def _holds(self) -> list[str]:
        if self.status is None:
            return [""]
        articles = max(self.status.articles, self.progress.articles if self.progress else 0)
        holds = [count(articles, "article")]
        if self.status.sources:
            holds.append(count(self.status.sources, "outlet"))
        return holds

    def _skipped(self) -> list[Content]:
        skipped = (self.progress or self.status or Status(0, 0, 0, 0, False)).skipped
        return [Content.styled(f"{skipped:,} skipped (s)", self._look("warning"))] * (skipped > 0)

    def _doing(self) -> list[list[Content]]:
        """What is being done, or how things are: in three ways, the longest first."""
        if self.failed:
            return [[Content.styled("reading stopped", self._look("warning"))]] * 3
        if self.progress is not None and self.progress.phase != "ready":
            return [[Content(way)] for way in doing(self.progress)]
        ready = self.status is not None and self.status.ready
        state = Content.styled("ready", self._look("ready")) if ready else Content()
        if told := self.notice or self.news:
            news = Content.styled(one_line(told), self._look("done"))
            return [[news, state], [news], [news]]
        follows = [Content("following" if self.following else "not following")]
        if self.following is None or not ready:
            follows = []
        return [[*follows, state], [*follows, state], [state]] if ready else [follows] * 3

    def _gauge(self, width: int, done: int, total: int) -> Content:
        halves = 2 * width * done // total if total else 0
        full = "━" * (halves // 2) + ("╸" if halves % 2 else "")
        return Content.assemble(
            (full, self._look("done")), ("━" * (width - len(full)), self._look("to-do"))
        )

    def _look(self, part: str) -> Style:
        return self.get_visual_style(f"collection-bar--{part}", partial=True)
