"""The user's settings: a TOML file that the reader reads and never writes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import platformdirs

from index.model import ParallaxError


def settings_file() -> Path:
    """Where the settings are looked for on this system."""
    return platformdirs.user_config_path("parallax", appauthor=False) / "settings.toml"


def read_keys(path: Path) -> dict[str, str]:
    """Gives the keys of a settings file: for each command's id, one or more keys.

        [keys]
        quit = "ctrl+x"
        "library.open" = "enter,o"

    A file that is not there has none. Raises ParallaxError, in one line, for one that cannot
    be understood.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ParallaxError(f"{path.name} was not used: {error}") from error
    keys = found.get("keys", {})
    if not isinstance(keys, dict):
        raise ParallaxError(f"{path.name} was not used: [keys] must be a table")
    for command, key in keys.items():
        if not isinstance(key, str) or not all(part.strip() for part in key.split(",")):
            raise ParallaxError(
                f'{path.name} was not used: {command} needs a key, such as {command} = "x"'
            )
    return {command: ",".join(map(str.strip, key.split(","))) for command, key in keys.items()}
