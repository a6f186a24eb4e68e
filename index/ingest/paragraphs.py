"""Text becomes paragraphs: at blank lines where it has any, else at every line.

Text that was wrapped to a fixed width, as mail and old archives are, is put together again first.
"""

from __future__ import annotations

import re
from itertools import pairwise

_WIDEST = 120
"""Characters; no one wraps text wider by hand or by machine."""
_NARROWEST = 45
_EVIDENCE = 3
"""Line ends that must look wrapped before a text is taken for wrapped."""

_SEPARATOR = re.compile(r"[-=*_~#·•.\s–—]+")
_LIST_ITEM = re.compile(r"(?:[-*•·–—]|\d{1,3}[.)])\s")
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*$")
_SPACES = re.compile(r" {2,}")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
"""Han and Kana, which put no space between words; a word has two of them, more or less."""


def split(text: str) -> list[str]:
    """Gives the paragraphs of sanitised `text`, each on one line; lines that only separate go."""
    lines = text.split("\n")
    blocks = _blocks(lines)
    width = _width(blocks)
    if width:
        joined = [paragraph for block in blocks for paragraph in _unwrapped(block, width)]
    else:
        joined = [line for block in blocks for line in block]
    return [tidy for line in joined if (tidy := _tidy(line))]


def count_words(paragraph: str) -> int:
    """Gives the number of words of a paragraph; an estimate for Chinese and Japanese."""
    words = paragraph.count(" ") + 1
    return words if paragraph.isascii() else words + len(_UNSPACED.findall(paragraph)) // 2


def lines_of(text: str) -> list[str]:
    """Gives the lines of sanitised `text` as paragraphs, where each is known to be one."""
    return [tidy for line in text.split("\n") if (tidy := _tidy(line))]


def _blocks(lines: list[str]) -> list[list[str]]:
    """The lines between blank lines, together. Their indents are kept."""
    blocks: list[list[str]] = []
    block: list[str] = []
    for line in lines:
        if line and not line.isspace():
            block.append(line)
        elif block:
            blocks.append(block)
            block = []
    if block:
        blocks.append(block)
    return blocks


def _tidy(line: str) -> str:
    line = line.strip()
    if "  " in line:
        line = _SPACES.sub(" ", line)
    if len(line) < 200 and not line[:1].isalnum() and _SEPARATOR.fullmatch(line):
        return ""
    return line


def _width(blocks: list[list[str]]) -> int:
    """The width that the text was wrapped to; 0 where it was not wrapped.

    In wrapped text the first word of a line would not have fitted on the line before it, and few
    lines end where a sentence does.
    """
    pairs = [
        (line, after)
        for block in blocks
        if len(block) > 1
        for line, after in pairwise(block)
        if len(line) <= _WIDEST and not _LIST_ITEM.match(after.lstrip())
    ]
    if len(pairs) < _EVIDENCE or 2 * len(pairs) < sum(map(len, blocks)) - len(blocks):
        return 0
    width = max(len(line) for line, _ in pairs)
    if width < _NARROWEST:
        return 0
    full = sum(_is_full(line, after, width) for line, after in pairs)
    ends = sum(bool(_SENTENCE_END.search(line)) for line, _ in pairs)
    return width if full >= 0.75 * len(pairs) and ends <= 0.3 * len(pairs) else 0


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether the next line's first word would not have fitted, give or take a few letters."""
    word = after.lstrip().partition(" ")[0]
    return len(line) + 1 + len(word) > width - 3


def _unwrapped(block: list[str], width: int) -> list[str]:
    """The paragraphs of a wrapped block: a short line, an indent or a list item begins another."""
    paragraphs = [block[0]]
    indent = _indent(block[0])
    for line, after in pairwise(block):
        roomy = len(line) + 1 + len(after.lstrip().partition(" ")[0]) < 0.75 * width
        indented = _indent(after) > max(indent, _indent(line))
        if roomy or indented or _LIST_ITEM.match(after.lstrip()):
            paragraphs.append(after)
            continue
        hyphenated = line.endswith("-") and line[-2:-1].isalpha()
        paragraphs[-1] += after.lstrip() if hyphenated else " " + after.lstrip()
        indent = _indent(after)
    return paragraphs


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
