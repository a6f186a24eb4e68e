"""Makes text from outside safe to store, to search and to write to a terminal.

What a terminal would act on goes away: escape sequences (ECMA-48), control characters (C0, C1,
DEL), bidirectional controls (UAX #9), tag characters. So does what only breaks words: zero-width
spaces, byte order marks, soft hyphens. The rest is brought to one form: newlines, plain spaces,
Unicode normal form C. The joiners U+200C and U+200D stay, as Persian and emoji need them.
"""

from __future__ import annotations

import re
import unicodedata

_MARKS = 8
"""Combining marks kept in a row. No script needs as many; piles of them run over other lines."""

_OTHER_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

# A control string (OSC, DCS, SOS, PM, APC) ends at its terminator on the same line. Where there is
# none, only the introducer goes, so that no article can be swallowed by one stray byte. The
# eight-bit introducers ask for a parameter too: badly decoded Latin-1 is full of them.
_SEQUENCES = re.compile(
    r"\x1b\[[0-?]*+[ -/]*+[@-~]"
    r"|\x9b[0-?]++[ -/]*+[@-~]"
    r"|(?:\x1b\]|\x9d(?=\d++;))[^\x07\x1b\x90-\x9f\n]*+(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b[PX^_]|\x90(?=[\d;]++[a-zA-Z{|]))[^\x1b\x90-\x9f\n]*+(?:\x1b\\|\x9c)"
    r"|\x1b[\[\]PX^_]"
    r"|\x1b(?:[ -/]*+[0-~])?"
)

_NONCHARACTERS = "".join(
    chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000)
)

_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"
    "\u00ad\u061c\u180e\u200b\u200e\u200f"  # soft hyphen, marks of direction, zero-width space
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc"  # embeddings, invisible operators, anchors
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f"  # invisible musical controls, tags
    f"\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]+"
)

_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")

# Combining marks are no word characters for `re`, so a pile of them can only be in a long run of
# others, which is looked at one by one. Ruled lines, symbols and emoji are not worth the look.
_LONG_RUN = re.compile(
    r"[^\w\s\x00-\xbf\u2010-\u205e\u2190-\u2bff\u3001-\u3029\U0001f000-\U0001faff]{32,}"
)


def sanitise(text: str) -> str:
    """Gives `text` without anything that a terminal acts on, in normal form C.

    Lines are kept and end with a newline character. Doing it twice changes nothing more.
    """
    if not text.replace("\n", " ").isprintable():
        text = _OTHER_NEWLINES.sub("\n", text)
        text = _SEQUENCES.sub("", text)
        text = _SPACES.sub(" ", _REMOVED.sub("", text))
    return text if text.isascii() else _normalised(text)


def sanitise_line(text: str) -> str:
    """Gives `text` sanitised on one line, without spaces around it or in a row."""
    return " ".join(sanitise(text).split())


def _normalised(text: str) -> str:
    """Normal form C with few combining marks in a row.

    Normalising takes quadratic time on a long pile of marks, so the piles are cut down first; and
    once more after it, as it can take a character apart.
    """
    text = _LONG_RUN.sub(_few_marks, text)
    if unicodedata.is_normalized("NFC", text):
        return text
    return _LONG_RUN.sub(_few_marks, unicodedata.normalize("NFC", text))


def _few_marks(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if marks <= _MARKS:
            kept.append(character)
    return "".join(kept)
