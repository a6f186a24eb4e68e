"""Reading: what the article screen and the side-by-side screen have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input

from index import Article, Entity, EntityType, Library
from tui.commands import READ, READER, SEARCH, SHOW
from tui.entity_styles import LOOKS
from tui.questions import Failed
from tui.screens.shown import Shown
from tui.text import count, one_line
from tui.widgets.article_text import ArticleText
from tui.widgets.article_view import STEPS
from tui.widgets.entities_panel import EntitiesPanel
from tui.widgets.find_bar import FindBar
from tui.widgets.legend import Legend
from tui.widgets.status_line import StatusLine

ALL_TYPES = frozenset(EntityType)
OPENING = "Opening…"

Matches = Mapping[int | None, Sequence[tuple[int, int]]]
"""Where a search's words stand in an article, by paragraph."""


@dataclass
class MatchesFound(Message):
    """Where the search's words stand in each article, by its id."""

    generation: int
    matches: Mapping[str, Matches]


class Reading(Shown):
    """Finding, entities and their panel, and the status line.

    Subclasses say which view is read (`view`) and which are on the screen (`views`).
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        # Before all others, so that keys typed ahead of the drawing reach the bar.
        Binding("slash,ctrl+f", "find", "Find", id="reading.find", group=SEARCH, key_display="/",
                tooltip="Look for something in this article", priority=True),
        *STEPS,
        Binding("e", "entities", "Entities", id="reading.entities", group=SHOW,
                tooltip="Show or hide the list of persons, organisations, places, …"),
        *(
            Binding(str(number), f"toggle_type('{look.type.value}')", look.plural, show=False,
                    id=f"reading.{look.type.value}", group=SHOW,
                    tooltip=f"Mark {look.plural.lower()} in the text, or not")
            for number, look in enumerate(LOOKS, start=1)
        ),
        Binding("0", "toggle_types", "All entities", show=False, id="reading.all-types",
                group=SHOW, tooltip="Mark all types of entities in the text, or none"),
        Binding("y,ctrl+c", "copy", "Copy", show=False, id="reading.copy", group=READ,
                tooltip="Copy the text selected with the mouse, or else this paragraph"),
        Binding("escape,q", "back", "Back", id="reading.back", group=READER,
                tooltip="Clear what was looked for or lit up; then go back to the list"),
    ]  # fmt: skip

    hidden_types: reactive[frozenset[EntityType]] = reactive(frozenset(), init=False)
    """Types of entities that are not marked."""

    def __init__(self, library: Library, query: str = "", *, exact: bool = False) -> None:
        super().__init__(library)
        self.search_query = query
        self.exact = exact
        """Whether exactly what was typed is marked, and no other forms and spellings."""
        self.generation = 0
        """Counts what has been asked for; an answer to an earlier question is void."""

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        self.notify(one_line(event.line), severity="error", markup=False)
        if not any(view.article for view in self.views):
            self.query_one(StatusLine).show(one_line(event.line))

    # What the search found

    def ask_matches(self, articles: Sequence[Article]) -> None:
        """Asks where the search's words stand. The text is read without waiting for it."""
        if self.search_query.strip():
            self.ask("matches", partial(self._matches, self.generation, articles))

    def _matches(self, generation: int, articles: Sequence[Article]) -> Message:
        found = {
            a.id: self.library.matches(a, self.search_query, exact=self.exact) for a in articles
        }
        return MatchesFound(generation, found)

    @on(MatchesFound)
    def _mark_matches(self, event: MatchesFound) -> None:
        if event.generation == self.generation:
            for view in self.views:
                if view.article is not None and view.article.id in event.matches:
                    view.mark_matches(event.matches[view.article.id])

    # Finding inside the article

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leaves the key for finding to the bar while somebody types in it."""
        if action == "match":
            return self.view.check_action(action, parameters)
        if action == "find":
            return not isinstance(self.focused, Input)
        return super().check_action(action, parameters)

    def action_find(self) -> None:
        """Opens the line to type what to look for."""
        self.query_one(FindBar).open()

    @on(FindBar.Typed)
    def _find(self, event: FindBar.Typed) -> None:
        self.view.find(event.wanted)
        self._say_found()

    @on(FindBar.Stepped)
    def _step(self, event: FindBar.Stepped) -> None:
        self.view.action_match(event.by)
        self._say_found()

    @on(FindBar.Closed)
    def _close_find(self) -> None:
        self.view.focus()

    def _say_found(self) -> None:
        position = self.view.position
        self.query_one(FindBar).say(position.match, position.matches)

    def action_match(self, by: int) -> None:
        """Goes to the next or previous match while a panel has the keyboard."""
        self.view.action_match(by)

    def action_copy(self) -> None:
        """Copies what is selected with the mouse, or else the paragraph that is being read."""
        text = self.get_selected_text() or self.view.paragraph
        if text:
            self.app.copy_to_clipboard(text)
            self.notify(f"Copied {count(len(text.split()), 'word')}", timeout=2, markup=False)

    def action_back(self) -> None:
        """Takes back what was looked for, then what was selected, then leaves."""
        if self.selections:
            self.clear_selection()
        elif any(view.wanted for view in self.views):
            for view in self.views:
                view.find("")
        elif not self.take_back():
            self.dismiss()

    def take_back(self) -> bool:
        """Takes back one thing that was shown. Gives False when there is none."""
        if self.entities_panel.display:
            self.action_entities()
            return True
        if any(view.marking.entity for view in self.views):
            self._select_entity(None)
            return True
        return False

    # Entities

    @property
    def entities_panel(self) -> EntitiesPanel:
        """The list of entities."""
        return self.query_one(EntitiesPanel)

    def action_entities(self) -> None:
        """Shows or hides the list of entities."""
        panel = self.entities_panel
        panel.display = not panel.display
        if panel.display:
            panel.focus_list()
        else:
            self.view.focus()

    def action_toggle_type(self, name: str) -> None:
        """Marks a type of entities, or not."""
        self.hidden_types ^= {EntityType(name)}

    def action_toggle_types(self) -> None:
        """Marks all types, or none."""
        self.hidden_types = frozenset() if self.hidden_types else ALL_TYPES

    @on(Legend.Clicked)
    def _legend_clicked(self, event: Legend.Clicked) -> None:
        self.hidden_types ^= {event.type}

    def watch_hidden_types(self, hidden: frozenset[EntityType]) -> None:
        """Tells everything that shows entities."""
        for legend in self.query(Legend):
            legend.hidden = hidden
        for view in self.views:
            view.hide_types(hidden)

    @on(EntitiesPanel.Selected)
    def _entity_selected(self, event: EntitiesPanel.Selected) -> None:
        self.hidden_types -= {event.entity.type}
        self.show_entity(event.entity)

    def show_entity(self, entity: Entity) -> None:
        """Lets an entity's mentions stand out and goes to the next."""
        self._select_entity(entity.id)
        self.action_mention(1)

    def action_mention(self, by: int) -> None:
        """Goes to the next or previous mention of the selected entity."""
        self.view.action_mention(by)

    def _select_entity(self, entity: str | None) -> None:
        for view in self.views:
            if view.marking.entity != entity:
                view.select_entity(entity)

    # Where the reader stands

    @on(ArticleText.Moved)
    def _moved(self) -> None:
        self.say_position()

    def say_position(self) -> None:
        """Brings the status line and the entities panel up to date."""
        view = self.view
        if view.article is None:
            return
        position = view.position
        self.entities_panel.say(view.marking.entity, position.mention, position.mentions)
        parts = []
        if position.mention:
            parts.append(f"mention {position.mention}/{position.mentions}")
        if position.matches:
            parts.append(f"match {position.match or '–'}/{position.matches}")
        if position.place:
            parts.append(position.place)
        if position.paragraphs:
            parts.append(f"¶ {position.paragraph}/{position.paragraphs}")
        parts.append(f"{position.percent:3d}%")
        self.query_one(StatusLine).show(self.on_disk() or self.status(), " · ".join(parts))

    def status(self) -> str:
        """What stands on the left of the status line."""
        article = self.view.article
        if article is None:
            return ""
        return one_line(f"{article.source} · {article.title}" if article.source else article.title)
