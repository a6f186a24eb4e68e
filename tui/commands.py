"""The commands of the reader: each is declared once, as a binding, where it acts.

A binding's `id` names it in the user's settings, its `description` is what the footer and the
palette call it, its `tooltip` is its line of help, and its `group` is its heading there. The
help screen and the palette are made from the bindings that are active when they are opened,
so neither can say what a key does not do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any

from textual.app import App
from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode
from textual.keys import format_key
from textual.screen import Screen

SEARCH = Binding.Group("Search")
MOVE = Binding.Group("Move")
READ = Binding.Group("Read")
SHOW = Binding.Group("Show")
READER = Binding.Group("The reader")
ORDER = (SEARCH, READ, SHOW, MOVE, READER)
"""How help and palette order the groups; a group of any other name comes last."""

EXPLAINED = 0.01
"""The score of a command that is found by its explanation: below every one found by name."""
LOOKS = {
    "enter": "⏎",
    "space": "␣",
    "escape": "esc",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
}
"""How keys are written on the screen, where their names are not what is printed on them."""


@dataclass(frozen=True)
class Command:
    """Something that can be done on the screen that is open."""

    description: str
    help: str
    group: str
    keys: tuple[str, ...]
    """As they are written on the screen."""
    action: str
    node: DOMNode
    """The namespace of the action."""
    id: str
    shown: bool
    """Whether it is one of the few that matter most here, which the footer shows."""


def key_look(app: App[Any], binding: Binding) -> str:
    """Gives a binding's key as it is written on the screen: `^p`, `⏎`, `G`."""
    if binding.key_display:
        return binding.key_display
    modifiers, key = binding.parse_key()
    if modifiers == ["ctrl"] and len(key) == 1:
        return f"^{key}"
    look = LOOKS.get(key) or app.get_key_display(replace(binding, key=key))
    return "+".join([*modifiers, look])


def active_commands(screen: Screen[Any]) -> list[Command]:
    """Gives what can be done on a screen now, in the order in which it is declared.

    Only bindings with an `id` are commands; several keys of one command are gathered.
    """
    found: dict[tuple[str, str], tuple[DOMNode, Binding, list[str]]] = {}
    for node, binding, enabled, _ in screen.active_bindings.values():
        if not (enabled and binding.id and binding.description):
            continue
        if node is not screen.focused and _is_typed(screen, binding.key):
            continue
        keys = found.setdefault((binding.id, binding.action), (node, binding, []))[2]
        look = key_look(screen.app, binding)
        if look not in keys:
            keys.append(look)
    return [
        Command(
            binding.description,
            binding.tooltip or binding.description,
            binding.group.description if binding.group else _heading(node),
            tuple(keys),
            binding.action,
            node,
            binding.id or "",
            binding.show,
        )
        for node, binding, keys in found.values()
    ]


def _is_typed(screen: Screen[Any], key: str) -> bool:
    """Whether a key is text to the widget that has the focus: in a box, `/` is a slash.

    Textual looks at this too, but takes `slash` and the like for keys without a character, and
    does not look at keys of the user's own.
    """
    character = " " if key == "space" else "" if key in LOOKS else format_key(key)
    return (
        screen.focused is not None
        and len(character) == 1
        and screen.focused.check_consume_key(key, character)
    )


def grouped(commands: Iterable[Command]) -> Mapping[str, list[Command]]:
    """Sorts commands under the headings of their groups."""
    groups: dict[str, list[Command]] = {group.description: [] for group in ORDER}
    for command in commands:
        groups.setdefault(command.group, []).append(command)
    return {heading: found for heading, found in groups.items() if found}


def _heading(node: DOMNode) -> str:
    return READER.description if isinstance(node, App) else "Here"


class CommandProvider(Provider):
    """Offers in the palette every command of the screen it was opened on, then the application's.

    Names may hold a path of the user's, so nothing of them is read as markup.
    """

    def _offers(self) -> Iterator[tuple[str, str, Callable[[], Any]]]:
        for command in chain(*grouped(active_commands(self.screen)).values()):
            if command.id != "palette":
                name = f"{command.description}  {' '.join(command.keys)}"
                yield name, command.help, partial(self._run, command)
        for name, explanation, run, _ in self.app.get_system_commands(self.screen):
            yield name, explanation, run

    async def _run(self, command: Command) -> None:
        await self.app.run_action(command.action, command.node)

    async def discover(self) -> Hits:
        """Every command, in the order of the help screen."""
        for name, explanation, run in self._offers():
            yield DiscoveryHit(Content(name), run, name, Content(explanation).markup)

    async def search(self, query: str) -> Hits:
        """The commands whose names have the letters of `query`, or whose explanations have it."""
        matcher = self.matcher(query)
        for name, explanation, run in self._offers():
            score, letters = matcher.fuzzy_search.match(query, name)
            if score > 0:
                shown = Content(name)
                for at in letters:
                    shown = shown.stylize(self.match_style or "bold", at, at + 1)
                yield Hit(score, shown, run, name, Content(explanation).markup)
            elif query.casefold() in explanation.casefold():
                yield Hit(EXPLAINED, Content(name), run, name, Content(explanation).markup)
