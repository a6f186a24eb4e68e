"""The first line: what collection is open, what it holds, and what is still to do."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from index.model import Progress, Status
from tui.text import count, one_line

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

    def render(self) -> Content:
        """Gives way in this order when there is little room: gauge, outlets, name."""
        width = self.content_size.width
        right = Content("  ").join(self._right())
        name = Content.styled(one_line(self.name_shown), self._look("name"))
        holds = self._holds()
        left = Content("  ").join([name, Content(" · ".join(holds))])
        if left.cell_length + right.cell_length + 2 > width and len(holds) > 1:
            left = Content("  ").join([name, Content(holds[0])])
        room = width - left.cell_length - right.cell_length - 3
        if self.progress is not None and room >= SHORTEST_GAUGE:
            gauge = self._gauge(min(room, LONGEST_GAUGE), *_part(self.progress))
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

    def _right(self) -> list[Content]:
        parts = []
        skipped = (self.progress or self.status or Status(0, 0, 0, 0, False)).skipped
        if skipped:
            parts.append(Content.styled(f"{skipped:,} skipped (s)", self._look("warning")))
        if self.failed:
            parts.append(Content.styled("reading stopped", self._look("warning")))
        elif self.progress is not None and self.progress.phase != "ready":
            parts.append(Content(_doing(self.progress)))
        elif self.status is not None and self.status.ready:
            parts.append(Content.styled("ready", self._look("ready")))
        return parts

    def _gauge(self, width: int, done: int, total: int) -> Content:
        halves = 2 * width * done // total if total else 0
        full = "━" * (halves // 2) + ("╸" if halves % 2 else "")
        return Content.assemble(
            (full, self._look("done")), ("━" * (width - len(full)), self._look("to-do"))
        )

    def _look(self, part: str) -> Style:
        return self.get_visual_style(f"collection-bar--{part}", partial=True)


def _part(progress: Progress) -> tuple[int, int]:
    """What is done and what there is to do in the step that is under way."""
    if progress.done < progress.total or not progress.articles:
        return progress.done, progress.total
    if progress.searchable < progress.articles:
        return progress.searchable, progress.articles
    return progress.recognised, progress.articles


def _doing(progress: Progress) -> str:
    """Says what is under way: `reading 312 of 2,225 files`."""
    if progress.phase == "waiting":
        return "waiting for another reader"
    if progress.phase == "scanning":
        return "looking for files"
    done, total = (f"{number:,}" for number in _part(progress))
    if progress.done < progress.total:
        return f"reading {done} of {count(progress.total, 'file')}"
    if progress.searchable < progress.articles:
        return f"indexing {done} of {total}"
    return f"finding names {done} of {total}"
