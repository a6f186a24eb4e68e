"""The last line of a screen: the few keys that matter here, as many as there is room for."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from tui.commands import Command, active_commands

GAP = 2
"""Cells between two keys."""
ALWAYS = ("reading.back", "help", "quit")
"""Commands at the right end, shown however narrow the terminal is."""


class KeysBar(Widget):
    """Shows the active commands that are declared to be shown; a click does one of them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys-bar--key", "keys-bar--name"}
    DEFAULT_CSS = """
    KeysBar {
        dock: bottom;
        height: 1;
        padding: 0 1;
        background: $footer-background;
        color: $footer-foreground;
        & > .keys-bar--key { color: $footer-key-foreground; text-style: bold; }
        & > .keys-bar--name { color: $footer-description-foreground; }
    }
    """
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._places: list[tuple[range, Command]] = []

    def on_mount(self) -> None:
        """Follows the focus: other widgets have other keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _screen: Screen[Any]) -> None:
        self.refresh()

    def render(self) -> Content:
        """Draws the keys that fit, the screen's own first."""
        width = self.content_size.width
        shown = [c for c in active_commands(self.screen) if c.shown]
        last = [c for c in shown if c.id in ALWAYS]
        first = [c for c in shown if c.id not in ALWAYS]
        room = width - sum(_width(c) + GAP for c in last)
        parts: list[Content] = []
        self._places = []
        at = 0
        for command in first:
            if at + _width(command) > room:
                break
            at = self._place(parts, command, at)
        if last:
            start = max(at, width - sum(_width(c) for c in last) - GAP * (len(last) - 1))
            parts.append(Content(" " * (start - at)))
            at = start
            for command in last:
                at = self._place(parts, command, at)
        return Content("").join(parts).truncate(width)

    def _place(self, parts: list[Content], command: Command, at: int) -> int:
        key = self.get_visual_style("keys-bar--key", partial=True)
        name = self.get_visual_style("keys-bar--name", partial=True)
        parts.append(
            Content.assemble((command.keys[0], key), (f" {command.description}", name), " " * GAP)
        )
        self._places.append((range(at, at + _width(command)), command))
        return at + _width(command) + GAP

    async def on_click(self, event: events.Click) -> None:
        """Does what was clicked."""
        offset = event.get_content_offset(self)
        for place, command in self._places:
            if offset is not None and offset.x in place:
                await self.app.run_action(command.action, command.node)


def _width(command: Command) -> int:
    return Content(f"{command.keys[0]} {command.description}").cell_length
