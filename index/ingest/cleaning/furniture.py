"""What single paragraphs look like: share bars, related lists, comment rules, author boxes.

The words are in `lexicon.toml`. A role is a suspicion: `structure` decides by what stands around.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_SHORT = 160
"""Characters. Lines of furniture are shorter."""
_MODERATE = 800
"""Characters. Boxes and rules are shorter; a longer paragraph is always body."""
_CREDIT = 90
"""Characters at the end of a paragraph among which a credit stands."""

_CREDITS = re.compile(r"[:/|(\[]| by | courtesy ")
"""What stands before a credit: without it no ending is looked for, which takes longer."""
_AROUND = ' \t.,:;!*#•·|»«→←↓↑›‹>…–—-_+()[]"“”'


@dataclass(frozen=True, slots=True)
class _Phrase:
    role: str
    when: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words and patterns of `lexicon.toml`, compiled."""

    lines: dict[str, str]
    patterns: re.Pattern[str]
    phrases: tuple[_Phrase, ...]
    caption_words: tuple[str, ...]
    captions: re.Pattern[str]
    sections: frozenset[str]
    outlet_words: frozenset[str]
    chrome: frozenset[str]
    """What the menus and imprints of web pages say."""


@cache
def lexicon() -> Lexicon:
    """Reads `lexicon.toml` once."""
    data = tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text("utf-8"))
    return Lexicon(
        lines={key(line): role for role, lines in data["lines"].items() for line in lines},
        patterns=re.compile(
            "|".join(f"(?P<{role}>{'|'.join(parts)})" for role, parts in data["patterns"].items())
        ),
        phrases=tuple(
            _Phrase(phrase["role"], phrase["when"], re.compile(phrase["pattern"]))
            for phrase in data["phrases"]
        ),
        caption_words=tuple(data["captions"]["when"]),
        captions=re.compile("|".join(data["captions"]["endings"])),
        sections=frozenset(data["sections"]["names"]),
        outlet_words=frozenset(data["outlets"]["words"]),
        chrome=frozenset(data["chrome"]["words"]),
    )


def roles(paragraphs: Sequence[str]) -> list[str]:
    """Gives each paragraph its role as `lexicon.toml` names them, `caption`, or "" for none."""
    words = lexicon()
    asked = [paragraph for paragraph in paragraphs if len(paragraph) <= _MODERATE]
    everything = "\n".join(asked).lower()
    phrases = [phrase for phrase in words.phrases if phrase.when in everything]
    ends = "\n".join([paragraph[-_CREDIT:] for paragraph in asked]).lower()
    captions = [word for word in words.caption_words if word in ends]
    return [_role(paragraph, words, phrases, captions) for paragraph in paragraphs]


def _role(
    paragraph: str, words: Lexicon, phrases: Sequence[_Phrase], captions: Sequence[str]
) -> str:
    length = len(paragraph)
    if length > _MODERATE:
        return ""
    if captions and _is_caption(paragraph, captions):
        return "caption"
    if length <= _SHORT:
        line = key(paragraph)
        role = words.lines.get(line)
        if role is None and (found := words.patterns.fullmatch(line)):
            role = found.lastgroup
        if role and not (role == "related" and _is_sentence(paragraph)):
            return role
    if phrases:
        low = paragraph.lower().replace("’", "'")
        for phrase in phrases:
            if phrase.when in low and phrase.pattern.search(low):
                return phrase.role
    return ""


def _is_sentence(paragraph: str) -> bool:
    return paragraph.endswith(".") and not paragraph.endswith("..")


def is_caption(paragraph: str) -> bool:
    """Whether a paragraph ends as photo captions do, with a credit."""
    return len(paragraph) <= _MODERATE and _is_caption(paragraph, lexicon().caption_words)


def _is_caption(paragraph: str, captions: Sequence[str]) -> bool:
    end = paragraph[-_CREDIT:]
    low = end.lower()
    for word in captions:
        if word in low:
            return bool(_CREDITS.search(low) and lexicon().captions.search(end))
    return False


def is_section(paragraph: str) -> bool:
    """Whether a paragraph is the name of a section of a news site, and nothing else."""
    return len(paragraph) < 30 and key(paragraph) in lexicon().sections


def key(line: str) -> str:
    """Gives a line as the lexicon writes it. Opening brackets go only with what closes them."""
    return line.strip(_AROUND).lower().replace("’", "'")
