"""The files of a collection: folders walked in a stable order, nothing that can hang opened."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import reason
from index.ingest.formats import format_of
from index.ingest.names import ending, is_passed_over
from index.ingest.sanitise import sanitise_line
from index.model import Skipped

_LONGEST_ENDING = 20
"""Characters of an ending that are shown."""
_NEVER = re.compile(
    r".*\.(?:png|jpe?g?|jfif|gif|webp|avif|heic|bmp|ico|cur|tiff?|svg|psd|ai|eps|mp3|m4[av]|og[ga]|opus"
    r"|wav|flac|aac|mid|mp4|mov|avi|mkv|webm|wmv|flv|mpe?g|ts|m3u8?|vtt|srt|css|less|scss|m?js|map"
    r"|wasm|swf|woff2?|[to]tf|eot|exe|dll|so|dylib|o|a|pyc|class|jar|apk|deb|rpm|msi|dmg|iso|bin|img"
    r"|db|sqlite3?|mdb|xls[xm]?|od[sp]|pptx?|key|numbers|ics|vcf|lnk|torrent|crdownload|part|lock|log"
    r"|ini|py|[ch]|java|sh|bat|rar|7z|zst|lz4|cab|parquet|np[yz]|pkl|pickle|h5)",
    re.IGNORECASE | re.DOTALL,
)
"""Endings of files that hold no article, whatever is in them: they are never opened. What has none
of them and no reader's, or no ending at all, may be known by its content."""


_ADVICE = {
    ".doc": "save it as DOCX",
    ".dot": "save it as DOCX",
    ".wpd": "save it as DOCX",
    ".pages": "export it as DOCX or PDF",
    ".xls": "save it as CSV",
    ".xlsx": "save it as CSV",
    ".ods": "save it as CSV",
    ".msg": "save it as EML",
    ".pst": "export it as MBOX",
    ".mobi": "convert it to EPUB",
    ".azw": "convert it to EPUB",
    ".azw3": "convert it to EPUB",
    ".webarchive": "save it as HTML",
    ".djvu": "convert it to PDF",
}
"""What to do with kinds of documents that are well known and not read."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that may hold articles, and what the system says of it."""

    path: Path
    status: os.stat_result
    """Its own where it is a link: of the file that the link leads to."""


def locator_of(path: Path | str) -> str:
    """Gives the path as text that can be stored anywhere.

    Bytes of a file name that are not UTF-8 are written as backslash escapes, so that two such names
    never fall together.
    """
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def no_kind(name: str) -> str:
    """Gives the reason why a file of this name is not read: Parallax does not know its kind."""
    kind = sanitise_line(ending(name))[:_LONGEST_ENDING]
    advice = f"; {_ADVICE[kind]}" if kind in _ADVICE else ""
    return f"not a kind of file Parallax reads: {kind or 'its name has no ending'}{advice}"


def is_never_read(name: str) -> bool:
    """Whether a file of this name need not be opened: a picture, a program, a style."""
    return format_of(name) is None and _NEVER.fullmatch(name) is not None


def find_files(paths: Sequence[Path]) -> Iterator[FoundFile | Skipped]:
    """Gives every file under `paths` that may hold articles, each once, in a stable order.

    Hidden files and folders and those called README or LICENSE are passed over, unless they are
    named in `paths`. Links to folders are followed last, so that a folder has its own name where it
    is reached by both. What can't be read comes as Skipped, with its reason; nothing is raised.
    """
    walk = _Walk()
    for path in paths:
        yield from walk.visit(str(Path(path).absolute()))
    yield from walk.visit_links()


class _Walk:
    """What one search has already seen, so that links never lead in circles.

    Paths are plain strings and each is asked for its status once: this runs on every update.
    """

    def __init__(self) -> None:
        self._folders: set[tuple[int, int]] = set()
        self._paths: set[str] = set()
        self._links: list[str] = []

    def visit(self, path: str) -> Iterator[FoundFile | Skipped]:
        """What there is at one path: a file, or everything in a folder."""
        try:
            status = Path(path).stat()
            linked = stat.S_ISDIR(status.st_mode) and Path(path).is_symlink()
        except (OSError, ValueError) as error:
            yield Skipped(locator_of(path), reason(error))
            return
        if linked:
            self._links.append(path)
        else:
            yield from self._below(path, status)

    def visit_links(self) -> Iterator[FoundFile | Skipped]:
        """What there is in the folders that links led to, and no other way."""
        while self._links:
            link = self._links.pop(0)
            try:
                status = Path(link).stat()
            except OSError as error:
                yield Skipped(locator_of(link), reason(error))
            else:
                yield from self._below(link, status)

    def _below(self, path: str, status: os.stat_result) -> Iterator[FoundFile | Skipped]:
        waiting: list[tuple[str, os.stat_result | OSError]] = [(path, status)]
        while waiting:
            path, found = waiting.pop()
            if path in self._paths:
                continue
            self._paths.add(path)
            if isinstance(found, OSError):
                yield Skipped(locator_of(path), reason(found))
            elif stat.S_ISDIR(found.st_mode):
                try:
                    waiting.extend(reversed(self._inside(path, found)))
                except OSError as error:
                    yield Skipped(locator_of(path), reason(error))
                except ValueError as error:
                    yield Skipped(locator_of(path), str(error))
            elif not stat.S_ISREG(found.st_mode):
                yield Skipped(locator_of(path), "not a regular file")
            elif is_never_read(path):
                yield Skipped(locator_of(path), no_kind(path))
            else:
                yield FoundFile(Path(path), found)

    def _inside(
        self, folder: str, status: os.stat_result
    ) -> list[tuple[str, os.stat_result | OSError]]:
        """What is in a folder but links to folders, which are kept for later, by name."""
        if not status.st_ino:  # Windows leaves it out of listings
            status = Path(folder).stat()
        key = (status.st_dev, status.st_ino)
        if key in self._folders:
            raise ValueError("the same folder is already read under another name")
        self._folders.add(key)
        inside: list[tuple[str, os.stat_result | OSError]] = []
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if is_passed_over(entry.name):
                    continue
                try:
                    found = entry.stat()
                except OSError as error:
                    inside.append((entry.path, error))
                    continue
                if entry.is_symlink() and stat.S_ISDIR(found.st_mode):
                    self._links.append(entry.path)
                else:
                    inside.append((entry.path, found))
        return inside
