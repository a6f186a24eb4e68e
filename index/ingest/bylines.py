"""Who wrote an article, where a line at its top says so."""

from __future__ import annotations

import re

from index.ingest.sources import is_outlet

_BYLINE = re.compile(
    r"(?:(?:written |reported |story |words )?by|author)\s?:?\s"
    r"(?P<name>[^\W\d_][^\d,|–—:;!?()]{2,80}?"
    r"(?:(?:, (?:and )?| and | & )[^\W\d_][^\d,|–—:;!?()]{2,40}?){0,4})"
    r"(?:\s?(?:[,|–—(]|\s-\s).{2,60})?",
    re.IGNORECASE,
)
_PARTICLES = re.compile(
    r"al|el|de|la|le|da|di|du|van|von|der|den|bin|ibn|ben|abu|and|y|e|&", re.IGNORECASE
)

_OFFICE = re.compile(r"\b(?:writer|reporter|correspondent|editor|staff|bureau)\b", re.IGNORECASE)


def byline(paragraph: str) -> str | None:
    """Gives the names in a line such as "By Jane Doe and John Roe, BBC News"; None in any other."""
    if len(paragraph) > 120 or paragraph.endswith((".", ":", "?")):
        return None
    found = _BYLINE.fullmatch(paragraph)
    if not found:
        return None
    names = ", ".join(part for part in found["name"].strip().split(", ") if not _is_role(part))
    words = [word for word in names.replace(",", " ").split() if not _PARTICLES.fullmatch(word)]
    capital = all(word[0].isupper() or "-" in word for word in words)
    return names if capital and 2 <= len(words) <= 12 else None


def _is_role(part: str) -> bool:
    """Whether a part of a byline is an outlet or an office and no name."""
    return is_outlet(part) or bool(_OFFICE.search(part))
