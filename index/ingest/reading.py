"""A file becomes articles. Whatever is in it, nothing is raised: what fails is Skipped."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from index.errors import reason
from index.ingest.article import article_of
from index.ingest.decode import NotTextError
from index.ingest.files import locator_of
from index.ingest.formats import FORMATS, MEGABYTE
from index.model import Article, Skipped


def read_file(path: Path) -> Iterator[Article | Skipped]:
    """Gives the articles of one file, or why there are none. A JSON Lines file is read row by row.

    Raises nothing for what is in the file or for a file that can't be opened.
    """
    path = Path(path).absolute()
    locator = locator_of(path)
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        yield Skipped(locator, f"not a kind of file Parallax reads: {path.suffix.lower()}")
        return
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise NotTextError("not a regular file")
        if form.limit is not None and status.st_size > form.limit:
            raise NotTextError(
                f"too large: {status.st_size // MEGABYTE} MB, "
                f"where {form.limit // MEGABYTE} MB is the most for this kind of file"
            )
        with path.open("rb") as file:
            for draft in form.read(file, locator):
                if isinstance(draft, Skipped):
                    yield draft
                elif draft.paragraphs:
                    yield article_of(draft)
                else:
                    yield Skipped(draft.locator, "no text in it")
    except NotTextError as error:
        yield Skipped(locator, str(error))
    except OSError as error:
        yield Skipped(locator, reason(error))
