"""One look for each entity type, wherever it is drawn: a colour and a second sign.

The signs are the seven ways to combine what every terminal can do (bold, italic, underline) plus
dim, so the types differ without colour too. Article view, legend and entities panel take their
style rules from `css`.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.model import EntityType

SHARED = "entity--shared"
"""The component class of mentions whose entity is named in several of the articles shown."""


@dataclass(frozen=True, slots=True)
class Look:
    """How an entity type is called and drawn: sign, then its colour by kind of theme."""

    type: EntityType
    label: str
    plural: str
    short: str
    sign: str
    dark: str
    light: str
    ansi_dark: str
    ansi_light: str

    @property
    def component(self) -> str:
        """The component class of its mentions."""
        return f"entity--{self.type.value}"


LOOKS = tuple(
    Look(EntityType(name), *rest)
    for name, *rest in (
        ("person", "Person", "Persons", "Pers",
         "bold", "#f0cb86", "#7a4e00", "ansi_bright_yellow", "ansi_yellow"),
        ("organisation", "Organisation", "Organisations", "Org",
         "underline", "#9cc3f5", "#174f9c", "ansi_bright_blue", "ansi_blue"),
        ("place", "Place", "Places", "Place",
         "italic", "#a3d6a6", "#1d5f2c", "ansi_bright_green", "ansi_green"),
        ("group", "Group", "Groups", "Group",
         "italic underline", "#dcb3ea", "#712a88", "ansi_bright_magenta", "ansi_magenta"),
        ("date", "Date", "Dates", "Date",
         "dim", "#e9eff3", "#161d22", "ansi_white", "ansi_bright_black"),
        ("figure", "Figure", "Figures", "Fig",
         "bold italic", "#86d5d4", "#00595c", "ansi_bright_cyan", "ansi_cyan"),
        ("weapon", "Weapon", "Weapons", "Weap",
         "bold underline", "#f2a69c", "#9a2b1b", "ansi_bright_red", "ansi_red"),
    )
)  # fmt: skip
"""All looks, in the order of the keys 1 to 7."""

LOOK = {look.type: look for look in LOOKS}

COMPONENTS = frozenset({*(look.component for look in LOOKS), SHARED})


def css(widget: str) -> str:
    """The style rules of all looks for the component classes of a widget class."""
    rules = []
    for look in LOOKS:
        rules += [
            f"{widget} > .{look.component} {{ color: {look.dark}; text-style: {look.sign}; }}",
            f"{widget}:light > .{look.component} {{ color: {look.light}; }}",
            f"{widget}:ansi > .{look.component} {{ color: {look.ansi_dark}; }}",
            f"{widget}:ansi:light > .{look.component} {{ color: {look.ansi_light}; }}",
        ]
    # A lighter ground is seen whatever the colours; where there are none, a line above.
    rules += [
        f"{widget} > .{SHARED} {{ background: $foreground 14%; }}",
        f"{widget}:ansi > .{SHARED} {{ background: transparent; text-style: overline; }}",
        f"{widget}:nocolor > .{SHARED} {{ text-style: overline; }}",
    ]
    return "\n".join(rules)
