"""The reader's looks: a calm dark one, a calm light one, and the terminal's own colours.

Text keeps a contrast of at least 4.5:1 on every background it can stand on, the cursor's
included (WCAG 2.2, 1.4.3).
"""

from __future__ import annotations

from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

DARK = Theme(
    name="parallax-dark",
    dark=True,
    primary="#8ab4e0",
    secondary="#9db39a",
    accent="#e3b878",
    warning="#e3b878",
    error="#ee9a94",
    success="#9cc79a",
    foreground="#d9dbe0",
    background="#15171c",
    surface="#1c1f26",
    panel="#262a33",
    variables={
        "foreground-muted": "#9aa1ad",
        "text-muted": "#9aa1ad",
        "block-cursor-background": "#2c3442",
        "block-cursor-foreground": "#eceef2",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#22262f",
        "block-cursor-blurred-foreground": "#d9dbe0",
        "block-hover-background": "#1c1f26",
        "border": "#3d4757",
        "border-blurred": "#2a2f39",
        "footer-background": "#15171c",
        "footer-foreground": "#9aa1ad",
        "footer-key-foreground": "#8ab4e0",
        "footer-description-foreground": "#9aa1ad",
        "input-selection-background": "#3d567a",
        "input-cursor-background": "#d9dbe0",
        "input-cursor-foreground": "#15171c",
        "screen-selection-background": "#3d567a",
        "scrollbar": "#343a46",
        "scrollbar-hover": "#465063",
        "scrollbar-active": "#5a6880",
        "scrollbar-background": "#15171c",
        "scrollbar-background-hover": "#15171c",
        "scrollbar-background-active": "#15171c",
        "scrollbar-corner-color": "#15171c",
        "match-foreground": "#f1cd95",
        "match-background": "#3a3222",
    },
)

LIGHT = Theme(
    name="parallax-light",
    dark=False,
    primary="#255e96",
    secondary="#47653f",
    accent="#8a5200",
    warning="#8a5200",
    error="#a8322b",
    success="#2f6b3a",
    foreground="#26292e",
    background="#fbf9f5",
    surface="#f3f0e9",
    panel="#e9e5dc",
    variables={
        "foreground-muted": "#5c6169",
        "text-muted": "#5c6169",
        "block-cursor-background": "#e2e9f1",
        "block-cursor-foreground": "#14171b",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#efece5",
        "block-cursor-blurred-foreground": "#26292e",
        "block-hover-background": "#f3f0e9",
        "border": "#c3ccd6",
        "border-blurred": "#ddd8cd",
        "footer-background": "#fbf9f5",
        "footer-foreground": "#5c6169",
        "footer-key-foreground": "#255e96",
        "footer-description-foreground": "#5c6169",
        "input-selection-background": "#c4d8ec",
        "input-cursor-background": "#26292e",
        "input-cursor-foreground": "#fbf9f5",
        "screen-selection-background": "#c4d8ec",
        "scrollbar": "#d5cfc2",
        "scrollbar-hover": "#bdb6a6",
        "scrollbar-active": "#a59d8b",
        "scrollbar-background": "#fbf9f5",
        "scrollbar-background-hover": "#fbf9f5",
        "scrollbar-background-active": "#fbf9f5",
        "scrollbar-corner-color": "#fbf9f5",
        "match-foreground": "#6b3f00",
        "match-background": "#f7e6c4",
    },
)

_TERMINAL = {
    "border": "ansi_bright_black",
    "border-blurred": "ansi_bright_black",
    "footer-key-foreground": "ansi_blue",
    "scrollbar": "ansi_bright_black",
    "scrollbar-hover": "ansi_blue",
    "scrollbar-active": "ansi_blue",
    "scrollbar-background": "ansi_default",
    "scrollbar-background-hover": "ansi_default",
    "scrollbar-background-active": "ansi_default",
    "match-background": "ansi_default",
}


def _terminal(name: str, like: str, match: str) -> Theme:
    """Only the sixteen colours the user's terminal defines, on its own background."""
    theirs = BUILTIN_THEMES[like]
    variables = {**theirs.variables, **_TERMINAL, "match-foreground": match}
    return replace(theirs, name=name, variables=variables)


TERMINAL_DARK = _terminal("terminal-dark", "ansi-dark", "ansi_yellow")
TERMINAL_LIGHT = _terminal("terminal-light", "ansi-light", "ansi_magenta")

THEMES = {theme.name: theme for theme in (DARK, LIGHT, TERMINAL_DARK, TERMINAL_LIGHT)}
"""In the order in which the theme key goes through them."""
