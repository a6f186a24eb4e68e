"""A file becomes articles. Whatever is in it, nothing is raised: what fails is Skipped."""

from __future__ import annotations

import io
import stat
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from index.errors import reason
from index.ingest.article import article_of
from index.ingest.draft import Draft, Fact, Member, Source
from index.ingest.files import locator_of
from index.ingest.formats import format_of
from index.ingest.unpack import Budget, SpentError, UnreadableError, check_size
from index.model import Article, Skipped
from index.settings import Settings


def read_file(path: Path, settings: Settings | None = None) -> Iterator[Article | Skipped]:
    """Gives the articles of one file, or why there are none; also those of the files inside it.

    What holds many articles is read piece by piece. Raises nothing for what is in the file or for
    a file that can't be opened.
    """
    path = Path(path).absolute()
    locator = locator_of(path)
    settings = settings or Settings()
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("not a regular file")
        with path.open("rb") as file:
            source = Source(
                file,
                locator,
                path.name,
                status.st_size,
                settings,
                Budget(settings.limits, status.st_size),
                datetime.fromtimestamp(status.st_mtime, UTC),
            )
            yield from _read(source, {}, depth=0)
    except UnreadableError as error:
        yield Skipped(locator, str(error))
    except OSError as error:
        yield Skipped(locator, reason(error))


def _read(source: Source, facts: Mapping[str, Fact], depth: int) -> Iterator[Article | Skipped]:
    """The articles of one file, on the disk or inside another. Raises SpentError alone.

    `facts` is what stands around the file, for the fields that its articles do not state.
    """
    limits = source.settings.limits
    try:
        form = format_of(source.name)
        if form is None:
            raise UnreadableError(f"not a kind of file Parallax reads: {_ending(source.name)}")
        if lack := form.missing():
            raise UnreadableError(lack)
        if depth > limits.nesting:
            raise UnreadableError(
                f"nested more than {limits.nesting} deep (nesting in the settings)"
            )
        if not form.piecewise:
            check_size(source.size, limits)
        for found in form.read(source):
            if isinstance(found, Skipped):
                yield found
            elif isinstance(found, Member):
                yield from _member(found, source, {**facts, **found.facts}, depth + 1)
            elif found.paragraphs:
                yield article_of(_with(found, facts), source)
            else:
                yield Skipped(found.locator, "no text in it")
    except SpentError:
        raise
    except UnreadableError as error:
        yield Skipped(source.locator, str(error))
    except OSError as error:
        yield Skipped(source.locator, reason(error))


def _member(
    member: Member, source: Source, facts: Mapping[str, Fact], depth: int
) -> Iterator[Article | Skipped]:
    inner = replace(
        source, file=member.file, locator=member.locator, name=member.name, size=_size(member.file)
    )
    with member.file:
        yield from _read(inner, facts, depth)


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


def _ending(name: str) -> str:
    return Path(name).suffix.lower() or "its name has no ending"
