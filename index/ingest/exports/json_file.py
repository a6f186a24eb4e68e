"""The reader of JSON files: one article, a list of them, or objects that wrap either.

A list is read element by element and JSON Lines line by line, so that a file of any size costs the
memory of its largest article.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import BinaryIO

from index.ingest.decode import encoding_of
from index.ingest.draft import Found, Source
from index.ingest.exports import json_lines
from index.ingest.exports.json_wrappers import articles_in
from index.ingest.exports.rows import Rows, read_rows
from index.ingest.unpack import UnreadableError, check_size

_CHUNK = 256 * 1024
_PEEKED = 4_096
_LINES = 3
"""Lines by which JSON Lines are known."""
_DECODER = json.JSONDecoder(strict=False)
_SPACE = re.compile(r"[\s,\ufeff]*")
_NEXT = re.compile(r"\}\s*,\s*(?=\{)")
"""Between two objects of a list: where reading goes on after a broken one."""
_ALMOST = 20
"""Characters before the end of what was read in which a fault may be that the rest is missing."""


def read(source: Source) -> Found:
    """Gives the articles of a file. Raises UnreadableError where it is no JSON or holds none."""
    encoding = encoding_of(source.file)
    head = source.file.read(_PEEKED).decode(encoding, "replace")
    source.file.seek(0)
    if head.lstrip("\ufeff \t\r\n").startswith("["):
        yield from read_rows(source, _elements(source, encoding), "item")
    elif _is_lines(source):
        yield from json_lines.read(source)
    else:
        check_size(source.size, source.settings.limits)
        yield from read_rows(source, _whole(source, encoding), "item")


def _is_lines(source: Source) -> bool:
    """Whether it is JSON Lines: each of its first lines an object, if not a broken one."""
    longest = source.settings.limits.file_bytes
    lines: list[bytes] = []
    while len(lines) < _LINES and (line := source.file.readline(longest)):
        if line := line.strip():
            lines.append(line)
    source.file.seek(0)
    if len(lines) < 2 or not all(line.startswith(b"{") for line in lines):
        return False
    return any(map(_is_object, lines))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(_DECODER.decode(line.decode("utf-8", "replace")), dict)
    except (ValueError, RecursionError):
        return False


def _whole(source: Source, encoding: str) -> Rows:
    """The articles of one JSON value, or of several one after the other."""
    text = source.file.read().decode(encoding, "replace").strip("\ufeff \t\r\n")
    if not text:
        return
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        raise UnreadableError("not valid JSON: nested too deep") from None
    except json.JSONDecodeError as error:
        if not (error.msg == "Extra data" and text.startswith("{")):
            raise UnreadableError(f"not valid JSON at line {error.lineno}") from None
        source.file.seek(0)
        yield from _elements(source, encoding, opening=0)
        return
    except ValueError:
        raise UnreadableError("not valid JSON") from None
    del text
    yield from enumerate(articles_in(value), 1)


def _elements(source: Source, encoding: str, opening: int = 1) -> Rows:
    """The elements of a file's list, each with its number; a broken one costs no other.

    `opening` is the length of what stands before the first: a bracket, or nothing.
    """
    longest = source.settings.limits.file_bytes
    buffer = _Buffer(source.file, encoding)
    number = 0
    buffer.skip(_SPACE)
    buffer.place += opening
    while True:
        buffer.skip(_SPACE)
        if buffer.at_end() or buffer.text.startswith("]", buffer.place):
            return
        number += 1
        size = _CHUNK
        while True:
            try:
                value, buffer.place = _DECODER.raw_decode(buffer.text, buffer.place)
            except RecursionError:
                yield number, "not valid JSON"
                if not buffer.skip_to(_NEXT):
                    return
            except ValueError as error:
                if _may_go_on(error, buffer.text) and buffer.more(size) and buffer.left() < longest:
                    size *= 2
                    continue
                yield number, "not valid JSON"
                if not buffer.skip_to(_NEXT):
                    return
            else:
                yield number, value if isinstance(value, dict) else "not a JSON object"
            break


def _may_go_on(error: ValueError, text: str) -> bool:
    """Whether an element only seems broken as its end was not read yet."""
    if not isinstance(error, json.JSONDecodeError):
        return False
    return error.msg.startswith("Unterminated") or error.pos >= len(text.rstrip()) - _ALMOST


class _Buffer:
    """The text of a file, of which only the part that is being looked at is held."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ended = False
        self.text = ""
        self.place = 0

    def more(self, size: int) -> bool:
        """Reads more, and forgets what stands before the place; whether there was any."""
        if self._ended:
            return False
        data = self._file.read(size)
        self._ended = not data
        self.text = self.text[self.place :] + self._decoder.decode(data, final=self._ended)
        self.place = 0
        return not self._ended

    def left(self) -> int:
        """The characters that are held after the place."""
        return len(self.text) - self.place

    def at_end(self) -> bool:
        """Whether nothing comes after the place."""
        return not self.left() and not self.more(_CHUNK)

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Goes on past what matches, however long it is."""
        while True:
            if found := pattern.match(self.text, self.place):
                self.place = found.end()
            if self.left() or not self.more(_CHUNK):
                return

    def skip_to(self, pattern: re.Pattern[str]) -> bool:
        """Goes on past the next match; False where there is none."""
        while not (found := pattern.search(self.text, self.place)):
            self.place = max(self.place, len(self.text) - 100)
            if not self.more(_CHUNK):
                return False
        self.place = found.end()
        return True
