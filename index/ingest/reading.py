"""A file becomes articles. Whatever is in it, nothing is raised: what fails is Skipped."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from index.errors import reason
from index.ingest.article import article_of
from index.ingest.content import LOOKED_AT
from index.ingest.draft import Draft, Fact, Later, Member, Source
from index.ingest.files import is_never_read, locator_of, no_kind
from index.ingest.formats import Format, format_in
from index.ingest.opening import open_regular
from index.ingest.streams import Forward, Piece, settled
from index.ingest.unpack import Budget, SpentError, UnreadableError, check_size
from index.model import Article, Skipped
from index.settings import Settings

_BUFFER = 64 * 1024


def read_file(
    path: Path,
    settings: Settings | None = None,
    watch: Callable[[BinaryIO], None] | None = None,
    share: tuple[int, int] = (0, 1),
) -> Iterator[Article | Skipped]:
    """Gives the articles of one file, or why there are none; also those of the files inside it.

    What holds many articles is read piece by piece; `watch` is told of the open file, to see how
    far that has come. With `share` (k, n), only every n-th of them from the k-th on, so that
    several may read one file. Raises nothing for what is in the file or for a file that can't be
    opened.
    """
    path = Path(path).absolute()
    locator = locator_of(path)
    settings = settings or Settings()
    try:
        with open_regular(path) as file:
            if watch is not None:
                watch(file)
            status = os.fstat(file.fileno())
            budget = Budget(settings.limits, status.st_size)
            source = Source(
                file,
                locator,
                path.name,
                status.st_size,
                settings,
                budget,
                _modified(status),
            )
            yield from _read(source, {}, 0, share)
    except UnreadableError as error:
        yield Skipped(locator, str(error))
    except (OSError, ValueError) as error:
        yield Skipped(locator, reason(error))


def _modified(status: os.stat_result) -> datetime | None:
    try:
        return datetime.fromtimestamp(status.st_mtime, UTC)
    except (ValueError, OverflowError, OSError):
        return None  # a time no calendar knows


def _read(
    source: Source, facts: Mapping[str, Fact], depth: int, share: tuple[int, int] = (0, 1)
) -> Iterator[Article | Skipped]:
    """The articles of one file, on the disk or inside another. Raises SpentError alone.

    `facts` is what stands around the file, for the fields that its articles do not state.
    """
    try:
        form = _format(source, depth)
        whole = not form.piecewise
        if whole:
            check_size(source.size, source.settings.limits)
            if depth == 0:
                # No further than its size: it may be growing, perhaps for ever.
                held = io.BufferedReader(Piece(source.file, 0, source.size), _BUFFER)
                source = replace(source, file=cast(BinaryIO, held))
        if whole or form.seeks:
            file = settled(source.file, source.settings.limits, whole=whole)
            source = replace(source, file=file)
        with source.file:
            empty = True
            for number, found in enumerate(form.read(source)):
                empty = False
                if number % share[1] != share[0]:
                    continue
                if isinstance(found, Later):
                    found = found.make()
                if isinstance(found, Skipped):
                    yield found
                elif isinstance(found, Member):
                    yield from _member(found, source, {**facts, **found.facts}, depth + 1)
                else:
                    yield _article(_with(found, facts), source)
            if empty:
                yield Skipped(source.locator, "no article in it")
    except SpentError:
        raise
    except UnreadableError as error:
        yield Skipped(source.locator, str(error))
    except OSError as error:
        yield Skipped(source.locator, reason(error))
    except Exception as error:
        yield Skipped(source.locator, unexpected(error))


def _format(source: Source, depth: int) -> Format:
    """How a file is to be read. Raises UnreadableError, saying why, where it can't be."""
    if is_never_read(source.name):
        raise UnreadableError(no_kind(source.name))
    nesting = source.settings.limits.nesting
    if depth > nesting:
        raise UnreadableError(f"nested more than {nesting} deep (nesting in the settings)")
    head = source.file.read(LOOKED_AT)
    if not head:
        raise UnreadableError("no text in it")
    source.file.seek(0)
    form = format_in(source.name, head)
    if form is None:
        raise UnreadableError(no_kind(source.name))
    if lack := form.missing():
        raise UnreadableError(lack)
    return form


def _member(
    member: Member, source: Source, facts: Mapping[str, Fact], depth: int
) -> Iterator[Article | Skipped]:
    size = 0 if isinstance(member.file, Forward) else _size(member.file)
    inner = replace(source, file=member.file, locator=member.locator, name=member.name, size=size)
    with member.file:
        yield from _read(inner, facts, depth)


def _article(draft: Draft, source: Source) -> Article | Skipped:
    if not draft.paragraphs:
        return Skipped(draft.locator, "no text in it")
    try:
        return article_of(draft, source)
    except Exception as error:
        # One article costs no other, whatever a rule makes of it.
        return Skipped(draft.locator, unexpected(error))


def unexpected(error: Exception) -> str:
    """Gives the reason for a failure that no reader foresaw."""
    if isinstance(error, MemoryError):
        return "needs too much memory (memory_megabytes in the settings)"
    return f"broken: it could not be read ({type(error).__name__})"


def _with(draft: Draft, facts: Mapping[str, Fact]) -> Draft:
    """The draft with what stands around its file, where it states nothing itself."""
    for name, stated in facts.items():
        if getattr(draft, name) is None:
            setattr(draft, name, stated)
    return draft


def _size(file: BinaryIO) -> int:
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    return size
