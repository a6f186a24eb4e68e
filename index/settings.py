"""The user's settings for reading files: limits, the fields of exports, what counts as a date.

They stand in one TOML file, which Parallax reads and never writes:

    [limits]
    file_megabytes = 64

    [fields."nexis-*.csv"]
    text = "Full Text"

    [reading]
    date_from_file = false
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

from index.errors import reason
from index.model import ParallaxError

TABLES = ("limits", "fields", "reading", "keys")
"""What a settings file may hold."""
FIELDS = ("text", "title", "source", "author", "date", "url", "language", "id")
"""What a column of an export can be taken for."""

_MOST = 1_000_000_000
"""The most that any limit may be, in its unit: above it, systems can't count the bytes or the
time."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Each is the most that is allowed; more is skipped, with its reason.

    The docstring of each is what the README says of it.
    """

    file_megabytes: int = 64
    """The size of a file, or of one row, mail or member of a file that is read piece by piece."""
    unpacked_megabytes: int = 4_000
    """What all the members of one archive, mailbox or document may unpack to together."""
    unpacked_ratio: int = 200
    """How many times its own size a compressed file may unpack to, once that is over 10 MB."""
    nesting: int = 4
    """How deep archives, mails and attachments may stand in each other."""
    members: int = 100_000
    """The files in one archive or one mail; mailboxes and web archives may hold any number."""
    pages: int = 5_000
    """The pages of one document."""
    seconds: int = 60
    """The time for one file, or for the next article of a file that holds many."""
    memory_megabytes: int = 2_000
    """The memory of a process that reads files, on systems that can limit it."""

    @property
    def file_bytes(self) -> int:
        """`file_megabytes` in bytes."""
        return self.file_megabytes * 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings for reading files."""

    limits: Limits = field(default_factory=Limits)
    fields: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """For patterns of file names or paths, which column is which field:
    `{"*.csv": {"text": "Body"}}`."""
    date_from_file: bool = False
    """Whether the time of a file stands for a publication date that is stated nowhere."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, as the README tells of it."""

    name: str
    default: Any
    text: str
    """What it means: the docstring under it in its class, on one line."""


def described(kind: type[Limits] | type[Settings]) -> list[Setting]:
    """Gives the settings of a class that have a docstring, in its order."""
    import ast
    import inspect

    (tree,) = ast.parse(inspect.getsource(kind)).body
    assert isinstance(tree, ast.ClassDef)  # noqa: S101 - for the type checker
    defaults = {each.name: each.default for each in fields(kind)}
    return [
        Setting(line.target.id, defaults[line.target.id], " ".join(under.value.value.split()))
        for line, under in pairwise(tree.body)
        if isinstance(line, ast.AnnAssign)
        and isinstance(line.target, ast.Name)
        and isinstance(under, ast.Expr)
        and isinstance(under.value, ast.Constant)
        and isinstance(under.value.value, str)
    ]


def fingerprint(settings: Settings) -> str:
    """Gives a short digest that is another when the settings are: then files are read again."""
    return hashlib.blake2b(repr(settings).encode(), digest_size=8).hexdigest()


def settings_file() -> Path:
    """Where the settings are looked for on this system."""
    import platformdirs

    return platformdirs.user_config_path("parallax", appauthor=False) / "settings.toml"


def tables(path: Path) -> dict[str, Any]:
    """Gives all tables of a settings file; one that is not there has none.

    Raises ParallaxError, in one line, for one that cannot be understood.
    """
    try:
        # Some editors put a mark of UTF-8 before everything else.
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise ParallaxError(
            f"{path} was not used: it is not text in UTF-8; put it right"
        ) from error
    except (OSError, ValueError) as error:
        raise ParallaxError(f"{path} was not used: {reason(error)}; put it right") from error
    if unknown := sorted(found.keys() - set(TABLES)):
        known = ", ".join(f"[{name}]" for name in TABLES)
        raise ParallaxError(f"{path} was not used: there is no [{unknown[0]}], but {known}")
    return found


def read_settings(path: Path | None = None) -> Settings:
    """Gives the settings in a file, by default the user's; one that is not there has none.

    Raises ParallaxError, in one line, for one that cannot be understood.
    """
    path = path or settings_file()
    found = tables(path)
    try:
        return Settings(
            limits=_limits(_table(found, "limits")),
            fields=_fields(_table(found, "fields")),
            date_from_file=_date_from_file(_table(found, "reading")),
        )
    except ValueError as error:
        raise ParallaxError(f"{path} was not used: {error}") from None


def _table(found: Mapping[str, Any], name: str) -> dict[str, Any]:
    table = found.get(name, {})
    if not isinstance(table, dict):
        raise ValueError(f"[{name}] must be a table")
    return table


def _limits(table: Mapping[str, Any]) -> Limits:
    known = {each.name for each in fields(Limits)}
    for name, value in table.items():
        if name not in known:
            raise ValueError(f"[limits] has no {name}; it knows {', '.join(sorted(known))}")
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise ValueError(f"{name} in [limits] must be a whole number above zero")
        if value > _MOST:
            raise ValueError(f"{name} in [limits] must be at most {_MOST:,}")
    return Limits(**table)


def _fields(table: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    for pattern, columns in table.items():
        if not isinstance(columns, dict) or not all(isinstance(c, str) for c in columns.values()):
            raise ValueError(f'[fields."{pattern}"] needs columns, such as text = "Body"')
        for name in columns.keys() - set(FIELDS):
            raise ValueError(f'[fields."{pattern}"] has no {name}; it knows {", ".join(FIELDS)}')
    return dict(table)


def _date_from_file(table: Mapping[str, Any]) -> bool:
    for name in table.keys() - {"date_from_file"}:
        raise ValueError(f"[reading] has no {name}; it knows date_from_file")
    value = table.get("date_from_file", False)
    if not isinstance(value, bool):
        raise ValueError("date_from_file must be true or false")
    return value
