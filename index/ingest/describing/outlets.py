"""Known outlets: by the domain of an address, by the names that tags and texts have for them.

They are listed in `outlets.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from index.ingest.describing.addresses import original
from index.letters import letters_and_digits

_AGENCIES = "agencies"
_INSTITUTES = "monitors_and_institutes"
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[a-z0-9/-]+)?")
_LONGEST_NAME = 100

# A file's name holds the outlet between dates, numbers, dashes and brackets.
_DATE_OR_NUMBER = re.compile(r"(?<![^\W_])\d[\d ._:T-]*(?![^\W_])")
_BETWEEN = re.compile(r"\s[-–—]+\s|\s?[|,()\[\]–—\0]\s?|--+|__+")
_TITLE_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")


@dataclass(frozen=True, slots=True)
class _Outlets:
    """What `outlets.toml` says, ready to be asked."""

    by_domain: dict[str, str]
    by_name: dict[str, str]
    """The name of an outlet by each of its names as `_key` gives it."""
    institutes: frozenset[str]
    quoted: frozenset[str]
    ordinary: frozenset[str]
    """As `_key` gives them."""


@cache
def _outlets() -> _Outlets:
    """Reads `outlets.toml` once."""
    data = tomllib.loads(Path(__file__).with_name("outlets.toml").read_text("utf8"))
    quoted, ordinary = data.pop("quoted"), data.pop("ordinary")
    by_domain: dict[str, str] = {}
    by_name: dict[str, str] = {}
    for group in data.values():
        for name, others in group.items():
            by_name[_key(name)] = name
            for other in others:
                if _DOMAIN.fullmatch(other):
                    by_domain[other] = name
                else:
                    by_name[_key(other)] = name
    return _Outlets(
        by_domain,
        by_name,
        institutes=frozenset(data[_INSTITUTES]),
        quoted=frozenset([*quoted, *data[_AGENCIES]]),
        ordinary=frozenset(map(_key, ordinary)),
    )


def outlet_at(address: str) -> tuple[str, str] | None:
    """Gives the outlet at an address of the web and the domain by which it is known, or None.

    An address in the Internet Archive is that of the page that was archived.
    """
    try:
        parts = urlsplit(original(address))
        host = (parts.hostname or "").strip(".")
    except ValueError:
        return None
    return _at(host, parts.path.strip("/").partition("/")[0].lower())


@lru_cache(4_096)
def _at(host: str, section: str) -> tuple[str, str] | None:
    known = _outlets().by_domain
    while "." in host:
        for domain in (f"{host}/{section}", host):
            if domain in known:
                return known[domain], domain
        host = host.partition(".")[2]
    return None


def known_outlet(name: str) -> str | None:
    """Gives the one name of an outlet by any of its names, or by its domain; None for others."""
    if len(name) > _LONGEST_NAME:
        return None
    if found := _outlets().by_name.get(_key(name)):
        return found
    low = name.lower().strip("/ ")
    if "." not in low or " " in low:
        return None
    found_there = outlet_at(low if "://" in low else f"https://{low}")
    return found_there[0] if found_there else None


def is_newsroom(name: str) -> bool:
    """Whether a name in a text can only be that of a known outlet with reporters of its own.

    Monitors and institutes are told things too, and asked for comment, by those who write of them.
    """
    outlets = _outlets()
    key = _key(name)
    found = outlets.by_name.get(key)
    return found is not None and found not in outlets.institutes and key not in outlets.ordinary


def outlet_before(name: str) -> str | None:
    """Gives the known outlet that a name begins with, as "Reuters Daily Briefing" does, or None."""
    words = name[:_LONGEST_NAME].split()
    for count in range(min(len(words), 6), 0, -1):
        if is_newsroom(before := " ".join(words[:count])):
            return known_outlet(before)
    return None


def is_institute(name: str) -> bool:
    """Whether a name is that of a monitor or an institute, which publish but report no news."""
    outlets = _outlets()
    return outlets.by_name.get(_key(name)) in outlets.institutes


def is_quoted_by_all(name: str) -> bool:
    """Whether it is an outlet that every other quotes, and that is so named in any article."""
    outlets = _outlets()
    return outlets.by_name.get(_key(name)) in outlets.quoted


@lru_cache(4_096)
def outlet_in_file_name(name: str) -> str | None:
    """Gives the known outlet that a file's or folder's name states apart from all else, or None.

    `2024-02-05 rudaw.txt`, `Militias attack - Al Jazeera.html` and `www.bbc.co.uk` state one;
    `rudaw-office-burned.txt` does not.
    """
    if found := known_outlet(name) if _DOMAIN.fullmatch(name.lower()) else None:
        return found
    stem = _TITLE_ENDING.sub("", name[:300])
    parted = _DATE_OR_NUMBER.sub("\0", stem)
    if "_" in parted and ("\0" in parted or " " in parted or "-" in parted):
        parted = parted.replace("_", "\0")
    parts = [part for each in _BETWEEN.split(parted) if (part := each.strip(" ._-"))]
    outlets = _outlets()
    for part in (parts[-1], parts[0]) if parts else ():
        found = outlets.by_name.get(_key(part))
        if found and _key(part) not in outlets.ordinary:
            return found
    return None


def _key(name: str) -> str:
    """A name's letters and digits, small, without a "The" before them."""
    low = name.casefold()
    if low.startswith("the "):
        low = low[4:]
    return letters_and_digits(low)
