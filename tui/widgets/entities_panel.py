"""EntitiesPanel: who and what an article names, how often, and under which spellings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from index.model import Entity
from tui import entity_styles
from tui.entity_styles import LOOKS
from tui.text import clean
from tui.widgets.rows import Row, Rows


def _counts(entity: Entity) -> str:
    """How often an entity is mentioned, and in how many articles where that is more than one."""
    shared = f" in {len(entity.articles)} articles" if len(entity.articles) > 1 else ""
    return f"{len(entity.mentions)}{shared}"


class EntitiesPanel(Vertical):
    """Entities by type, most mentions first; below them, what is known of the one selected."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*entity_styles.COMPONENTS}
    DEFAULT_CSS = """
    EntitiesPanel {
        background: $surface;
        & > Rows { height: 1fr; }
        & > .spellings {
            height: auto;
            max-height: 4;
            padding: 0 1 0 2;
            background: $surface;
            color: $foreground-muted;
        }
        &:ansi > .spellings { text-style: dim; }
    }
    """ + entity_styles.css("EntitiesPanel")

    class Selected(Message):
        """The mentions of an entity are to be shown; again when it was selected before."""

        def __init__(self, entity: Entity) -> None:
            super().__init__()
            self.entity = entity

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self._entities: dict[str, Entity] = {}
        self._said = ""

    def compose(self) -> ComposeResult:
        """The list, and the line below it."""
        yield Rows()
        yield Static("", classes="spellings", markup=False)

    def on_mount(self) -> None:
        """Says that there is something to wait for."""
        self.query_one(Rows).show([Row(Content("Looking for names…"))])

    def show(self, entities: Sequence[Entity]) -> None:
        """Shows these entities; the first one is not selected yet."""
        self._entities = {entity.id: entity for entity in entities}
        rows: list[Row] = []
        for look in LOOKS:
            of_type = [entity for entity in entities if entity.type == look.type]
            if of_type:
                style = self.get_visual_style(look.component, partial=True)
                rows.append(Row(Content.styled(look.plural, style), right=str(len(of_type))))
                rows += [
                    Row(Content(f"  {clean(entity.name)}"), entity.id, _counts(entity))
                    for entity in of_type
                ]
        if not rows:
            rows = [Row(Content("No names were found in it."))]
        with self.prevent(Rows.Moved):
            self.query_one(Rows).show(rows)
        self._describe()

    def focus_list(self) -> None:
        """Puts the keyboard on the list."""
        self.query_one(Rows).focus()

    def say(self, entity: str | None, mention: int, mentions: int) -> None:
        """Says which of how many mentions of an entity was gone to, and moves to its row."""
        self._said = f"{mention} of {mentions}" if mention else ""
        if entity is not None:
            self.query_one(Rows).move_to(entity)
        self._describe()

    def _describe(self) -> None:
        entity = self._entities.get(self.query_one(Rows).value or "")
        parts = [self._said] if self._said else []
        if entity is not None and entity.aliases:
            parts.append("also " + ", ".join(clean(alias) for alias in entity.aliases))
        self.query_one(".spellings", Static).update(Content(" · ".join(parts)))

    @on(Rows.Moved)
    def _select(self, event: Rows.Moved) -> None:
        event.stop()
        if (entity := self._entities.get(event.value)) is not None:
            self.post_message(self.Selected(entity))
