"""The application: its looks, its threads, what it remembers, and the screens it opens."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.types import CSSPathType

from index.model import EntityType, ParallaxError
from index.settings import settings_file as default_settings_file
from tui import settings, state, themes
from tui.commands import READER, CommandProvider, active_commands
from tui.screens.library import LibraryScreen
from tui.state import Place
from tui.text import one_line
from tui.threads import Threads
from tui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from tui.screens.facts import Corrected

REOPENED = 5
"""Earlier collections offered in the palette."""


HUNG_UP_SECONDS = 2.0
"""How often the reader looks whether its terminal is still there. Textual does not: it would go on
reading from one that is gone, without end."""


class Parallax(App[None]):
    """The reader, open on one collection."""

    TITLE = "Parallax"
    # The first screen's style is here: Textual loads a screen's own only when it is pushed.
    CSS_PATH: ClassVar[CSSPathType | None] = ["app.tcss", "screens/library.tcss"]
    COMMANDS: ClassVar[set[Any]] = {CommandProvider}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "Help", id="help", key_display="?", group=READER,
                tooltip="All keys that work here"),
        Binding("q", "quit", "Quit", id="quit", group=READER, tooltip="Leave the reader"),
        Binding("ctrl+p", "command_palette", "Commands", id="palette", group=READER, show=False,
                priority=True, tooltip="Find a command by its name"),
        Binding("ctrl+t", "next_theme", "Theme", id="theme", group=READER, show=False,
                tooltip="Change the colours: dark, light, or the terminal’s own"),
    ]  # fmt: skip

    def __init__(
        self,
        paths: Sequence[Path],
        query: str | None = None,
        *,
        cache_dir: Path | None = None,
        state_file: Path | None = None,
        settings_file: Path | None = None,
    ) -> None:
        # Without colours, text keeps its bold and underlines on the terminal's own two.
        self._without_colour = bool(os.environ.get("NO_COLOR"))
        super().__init__(ansi_color=True if self._without_colour else None)
        self.cache_dir = cache_dir
        """Where collections are cached; None for the user's cache directory."""
        self.search_threads = Threads(1, "search")
        """For searches alone, one after the other."""
        self.read_threads = Threads(1, "read")
        """For everything else that is asked of the library."""
        self._paths = paths
        self._query = query
        self._state_file = state_file or state.state_file()
        self._settings_file = settings_file or default_settings_file()
        self.state = state.load(self._state_file)
        """What is remembered."""
        for theme in themes.THEMES.values():
            self.register_theme(theme)
        self.theme = self._first_theme()

    def _first_theme(self) -> str:
        if self._without_colour:
            return themes.TERMINAL_DARK.name
        known = self.state.theme in themes.THEMES
        return self.state.theme if known and self.state.theme else themes.DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of our own, for themes that do not name them."""
        return {"match-foreground": "ansi_yellow", "match-background": "transparent"}

    def get_default_screen(self) -> Screen[Any]:
        """The library, open on what the reader was started with."""
        return LibraryScreen(self._paths, self._query)

    def on_load(self) -> None:
        """Sees to it that no thread is waited for when the reader is left."""
        import asyncio

        asyncio.get_running_loop().set_default_executor(Threads(thread_name_prefix="other"))

    def on_mount(self) -> None:
        """Takes over the user's own keys."""
        try:
            keys = settings.read_keys(self._settings_file)
        except ParallaxError as error:
            self.notify(one_line(str(error)), severity="warning", markup=False, timeout=10)
        else:
            self.set_keymap(keys)
        if not self.is_headless:
            self.set_interval(HUNG_UP_SECONDS, self._leave_when_hung_up)

    def _leave_when_hung_up(self) -> None:
        if hung_up():
            self.exit()

    # What is remembered

    def remember(self, place: Place) -> None:
        """Notes where somebody is in a collection."""
        self.state = self.state.at(place)

    def save_state(self) -> None:
        """Writes down what is remembered."""
        state.save(self._state_file, self.state)

    def on_unmount(self) -> None:
        """Writes down what is remembered, however the reader was left."""
        self.save_state()
        self.search_threads.shutdown()
        self.read_threads.shutdown()

    def push_screen(self, *args: Any, **kwargs: Any) -> Any:
        """Opens a screen; one that marks entities begins with the types marked last."""
        from tui.screens.reading import Reading

        opened = super().push_screen(*args, **kwargs)
        if isinstance(screen := args[0], Reading):
            screen.call_later(setattr, screen, "hidden_types", self.hidden_types)
            screen.call_later(self.watch, screen, "hidden_types", self._remember_types, init=False)
        return opened

    @property
    def hidden_types(self) -> frozenset[EntityType]:
        """Types of entities that are not marked."""
        return frozenset(kind for kind in EntityType if kind.value in self.state.hidden_types)

    def _remember_types(self, hidden: frozenset[EntityType]) -> None:
        names = tuple(sorted(kind.value for kind in hidden))
        self.state = replace(self.state, hidden_types=names)

    def on_corrected(self, _: Corrected) -> None:
        """Has the collection take up what was corrected in one of its articles."""
        library = self.screen_stack[0]
        if isinstance(library, LibraryScreen):
            library.take_up_corrections()

    # Commands

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leaves the palette's key to the search box while it has a list to move in."""
        box = self.focused if action == "command_palette" else None
        return not (isinstance(box, SearchBox) and box.completions.is_open)

    def action_help(self) -> None:
        """Shows the keys of the screen that is open."""
        from tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(active_commands(self.screen)))

    def action_next_theme(self) -> None:
        """Goes on to the next colours."""
        names = list(themes.THEMES)
        here = names.index(self.theme) if self.theme in names else -1
        self.use_theme(names[(here + 1) % len(names)])

    def use_theme(self, name: str) -> None:
        """Changes the colours, and remembers them."""
        self.theme = name
        self.state = replace(self.state, theme=name)
        self.notify(f"Theme: {name}", timeout=2, markup=False)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the palette offers besides the keys: each theme, and collections opened before."""
        for name in themes.THEMES:
            use = partial(self.use_theme, name)
            yield SystemCommand(f"Theme: {name}", "Change to these colours", use)
        first = self.screen_stack[0]
        here = first.place.paths if isinstance(first, LibraryScreen) and first.place else ()
        for place in [p for p in self.state.places if p.paths != here][:REOPENED]:
            named = one_line(", ".join(place.paths))
            again = partial(self.open_collection, [Path(path) for path in place.paths])
            yield SystemCommand(f"Open again: {named}", "Where you left it", again)

    def open_collection(self, paths: Sequence[Path]) -> None:
        """Leaves this collection for another."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        library = self.screen
        if isinstance(library, LibraryScreen):
            library.call_later(library.open, paths)


def hung_up() -> bool:
    """Whether the terminal that was read from is gone; only POSIX systems can tell."""
    import select

    if not hasattr(select, "poll"):
        return False
    poll = select.poll()
    poll.register(sys.__stdin__ or 0, 0)
    return any(state & (select.POLLHUP | select.POLLERR) for _, state in poll.poll(0))


def run(paths: Sequence[Path], query: str | None = None) -> NoReturn:
    """Opens the reader, and ends the process when it is left.

    Raises ParallaxError for a path that is not there.
    """
    from index.places import resolved

    app = Parallax(resolved(paths), query)
    # What is drawn waits at most so long for a thread that is busy, not the usual five times that.
    sys.setswitchinterval(0.001)
    app.run()
    sys.stdout.flush()
    sys.stderr.flush()
    # Leaving is instant: everything is written, and a library call that may still be under way
    # in a thread only reads, while an ordinary exit would wait for it.
    os._exit(app.return_code or 0)
