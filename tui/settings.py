"""The user's keys, in the settings file. What files are read by is in `index.settings`."""

from __future__ import annotations

from pathlib import Path

from index.model import ParallaxError
from index.settings import tables


def read_keys(path: Path) -> dict[str, str]:
    """Gives the keys of a settings file: for each command's id, one or more keys.

        [keys]
        quit = "ctrl+x"
        "library.open" = "enter,o"

    A file that is not there has none. Raises ParallaxError, in one line, for one that cannot
    be understood.
    """
    found = tables(path)
    keys = found.get("keys", {})
    if not isinstance(keys, dict):
        raise ParallaxError(f"{path.name} was not used: [keys] must be a table")
    for command, key in keys.items():
        if not isinstance(key, str) or not all(part.strip() for part in key.split(",")):
            raise ParallaxError(
                f'{path.name} was not used: {command} needs a key, such as {command} = "x"'
            )
    return {command: ",".join(map(str.strip, key.split(","))) for command, key in keys.items()}
