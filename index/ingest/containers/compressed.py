"""The reader of single compressed files: article.html.gz, rows.jsonl.xz."""

from __future__ import annotations

from typing import IO, cast

from index.ingest.decompress import COMPRESSIONS
from index.ingest.draft import Found, Member, Source
from index.ingest.streams import Forward, Unpacked
from index.ingest.unpack import UnreadableError


def read(source: Source) -> Found:
    """Gives the file inside, called as the compressed one without its ending."""
    stream = unpacked(source)
    if stream is None:
        raise UnreadableError("broken: not a compressed file")
    name = source.name
    for ending in COMPRESSIONS:
        if name.lower().endswith(ending) and len(name) > len(ending):
            name = name[: -len(ending)]
            break
    with Forward(cast(IO[bytes], stream)) as file:
        yield Member(f"{source.locator}#{name}", name, file)


def unpacked(source: Source) -> Unpacked | None:
    """Gives what is in a compressed file as a stream; None for one that is not compressed."""
    head = source.file.read(8)
    source.file.seek(0)
    for magic, start in COMPRESSIONS.values():
        if head.startswith(magic):
            return Unpacked(source.file, start, source.budget, again=magic)
    return None
