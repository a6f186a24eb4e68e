"""StatusLine: what is being read, and how far."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


class StatusLine(Widget):
    """One line: a name on the left, shortened where it must be, and the position on the right."""

    DEFAULT_CSS = """
    StatusLine {
        height: 1;
        padding: 0 1;
        background: $panel;
        color: $foreground-muted;
        &:ansi { text-style: reverse; color: $foreground; }
    }
    """
    ALLOW_SELECT = False

    name_shown: reactive[str] = reactive("")
    position: reactive[str] = reactive("")

    def show(self, name: str, position: str = "") -> None:
        """Shows both sides."""
        self.name_shown, self.position = name, position

    def render(self) -> Content:
        """Draws the position whole and as much of the name as there is room for."""
        width = self.content_size.width
        right = Content(self.position).truncate(width, ellipsis=True)
        room = max(0, width - right.cell_length - 2)
        left = Content(self.name_shown).truncate(room, ellipsis=True, pad=True)
        return left + Content("  " if room else "") + right
