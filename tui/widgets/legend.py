"""Legend: what each look in the text stands for, and the key that switches it off and on."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from index.model import EntityType
from tui import entity_styles
from tui.entity_styles import LOOKS, SHARED


class Legend(Widget):
    """One line naming the entity types, each in its own look. A click does what its key does."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *entity_styles.COMPONENTS,
        "legend--key",
        "legend--off",
    }
    DEFAULT_CSS = """
    Legend {
        height: 1;
        padding: 0 1;
        & > .legend--key { color: $foreground-muted; }
        & > .legend--off { color: $foreground-muted; text-style: strike; }
        &:ansi > .legend--key { text-style: dim; }
        &:ansi > .legend--off { text-style: dim strike; }
    }
    """ + entity_styles.css("Legend")
    ALLOW_SELECT = False

    hidden: reactive[frozenset[EntityType]] = reactive(frozenset())
    """The types that are switched off."""
    sharing: reactive[bool] = reactive(False)
    """Whether to say how entities look that several articles name."""

    class Clicked(Message):
        """A type was clicked."""

        def __init__(self, type_: EntityType) -> None:
            super().__init__()
            self.type = type_

    def render(self) -> Content:
        """Names the types: in full where there is room, else shortened."""
        width = self.content_size.width
        for short, gap in ((False, "   "), (False, "  "), (True, "  "), (True, " ")):
            line = self._line(short, gap)
            if line.cell_length <= width:
                return line
        return line.truncate(width, ellipsis=True)

    def _line(self, short: bool, gap: str) -> Content:
        key = self.get_visual_style("legend--key", partial=True)
        parts = []
        for number, look in enumerate(LOOKS, start=1):
            off = look.type in self.hidden
            style = self.get_visual_style("legend--off" if off else look.component, partial=True)
            style += Style.from_meta({"type": look.type.value})
            parts.append(
                Content.assemble((f"{number} ", key), (look.short if short else look.label, style))
            )
        if self.sharing:
            shared = self.get_visual_style(SHARED, partial=True)
            parts.append(Content.assemble(("shared" if short else "in several", shared)))
        return Content(gap).join(parts)

    def on_click(self, event: events.Click) -> None:
        """Says which type was clicked."""
        name = event.style.meta.get("type")
        if name is not None:
            self.post_message(self.Clicked(EntityType(name)))
