"""What changed in the files of a collection since they were read, found without reading them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path, PurePath

from index.ingest.article import NAMES
from index.ingest.files import find_files, locator_of
from index.ingest.formats import format_of
from index.ingest.hashing import file_hash
from index.ingest.names import is_passed_over
from index.model import EvidenceKind, Skipped
from index.settings import Settings
from index.store import KnownFile


@dataclass(frozen=True, slots=True)
class File:
    """A file of the collection as it is now."""

    path: Path
    locator: str
    size: int
    stamp: str
    """Size and times: what changes when the file does."""


@dataclass(slots=True)
class Changes:
    """What there is to do."""

    to_read: list[File] = field(default_factory=list)
    """New, or holding other bytes than before, in the order of the collection."""
    touched: list[File] = field(default_factory=list)
    """Holding the same bytes with other times."""
    moved: list[tuple[str, File]] = field(default_factory=list)
    """The locator a file had, and the file as it is now."""
    gone: list[str] = field(default_factory=list)
    """The locators of files that are there no longer."""
    skipped: list[Skipped] = field(default_factory=list)
    """What is there and is no article."""
    files: int = 0
    """How many files the collection has now, those included that are skipped."""

    def __bool__(self) -> bool:
        return bool(self.to_read or self.touched or self.moved or self.gone or self.skipped)


RestsOn = Callable[[str, EvidenceKind], bool]
"""Whether anything that was read from the file of a locator rests on a kind of evidence."""


def scan(
    paths: Sequence[Path],
    only: Sequence[Path] | None,
    known: Mapping[str, KnownFile],
    skipped: Mapping[str, str],
    rests_on: RestsOn,
    settings: Settings,
) -> Changes:
    """Looks through the collection at `paths`, or at `only` some places in it.

    `known` is every file that was read to its end, and `skipped` why those were not that could not
    be read at all, with no reason for those of which only a part could not. A file whose size and
    times are the same is the same; one whose bytes are was touched, or moved where another with
    them is gone.
    """
    changes = Changes()
    found: list[Skipped] = []
    new: list[File] = []
    seen: set[str] = set()
    for item in find_files(paths if only is None else list(_inside(only, paths))):
        if isinstance(item, Skipped):
            found.append(item)
            continue
        status = item.status
        file = File(
            item.path,
            locator_of(item.path),
            status.st_size,
            f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}",
        )
        seen.add(file.locator)
        before = known.get(file.locator)
        if before is None or before.stamp != file.stamp:
            new.append(file)
    scope = _scope(only, paths)
    gone = {locator for locator in known if scope(locator)} - seen
    now_skipped = {item.locator for item in found}
    changes.gone = sorted(gone.union(filter(scope, skipped)) - seen - (now_skipped - gone))
    changes.skipped = [
        item for item in found if item.locator in gone or skipped.get(item.locator) != item.reason
    ]
    changes.files = len(known.keys() - gone) + sum(f.locator not in known for f in new)
    changes.files += len(found)
    _sort_out(new, changes, {p: known[p] for p in gone}, known, rests_on, settings)
    return changes


def _sort_out(
    new: Sequence[File],
    changes: Changes,
    gone: dict[str, KnownFile],
    known: Mapping[str, KnownFile],
    rests_on: RestsOn,
    settings: Settings,
) -> None:
    """Tells files that were touched or moved from those that have to be read."""
    left: dict[tuple[str, str], list[str]] = {}
    for locator in sorted(gone):
        for name in (_name(locator), "") if gone[locator].hash else ():
            left.setdefault((gone[locator].hash, name), []).append(locator)
    sizes = {_size(each.stamp) for each in gone.values() if each.hash}
    moved: set[str] = set()
    for file in new:
        before = known.get(file.locator)
        same_size = before is not None and before.hash and _size(before.stamp) == file.size
        if not same_size and file.size not in sizes:
            changes.to_read.append(file)
            continue
        try:
            now = file_hash(file.path)
        except OSError:
            changes.to_read.append(file)
            continue
        if before is not None and now == before.hash:
            again = _time(before.stamp) != _time(file.stamp)
            if again and rests_on(file.locator, EvidenceKind.FILE_TIME):
                changes.to_read.append(file)
            else:
                changes.touched.append(file)
            continue
        same_name, any_name = left.get((now, file.path.name), []), left.get((now, ""), [])
        old = _last_but(moved, same_name) or _last_but(moved, any_name)
        if old is not None and _reads_alike(old, gone[old], file, rests_on, settings):
            moved.add(old)
            changes.moved.append((old, file))
        else:
            changes.to_read.append(file)
    changes.gone = [locator for locator in changes.gone if locator not in moved]


def _last_but(moved: set[str], locators: list[str]) -> str | None:
    """The last of some locators that was not moved yet; those after it are taken away."""
    while locators and locators[-1] in moved:
        locators.pop()
    return locators[-1] if locators else None


def _reads_alike(
    old: str, before: KnownFile, file: File, rests_on: RestsOn, settings: Settings
) -> bool:
    """Whether a file that was moved would give the same articles if it were read again."""
    name = _name(old)
    if format_of(name) is not format_of(file.path.name):
        return False
    if _named(old) != _named(file.locator) and rests_on(old, EvidenceKind.FILE_NAME):
        return False
    if _time(before.stamp) != _time(file.stamp) and rests_on(old, EvidenceKind.FILE_TIME):
        return False
    return all(
        fnmatch(name, pattern) == fnmatch(file.path.name, pattern)
        and fnmatch(old, pattern) == fnmatch(file.locator, pattern)
        for pattern in settings.fields
    )


def _inside(only: Sequence[Path], paths: Sequence[Path]) -> Iterator[Path]:
    """Those of some paths that are there, belong to the collection, and are not passed over."""
    for path in sorted({Path(path).absolute() for path in only}):
        if not os.path.lexists(path):
            continue
        for root in paths:
            if path == root or (
                root in path.parents and not any(map(is_passed_over, path.relative_to(root).parts))
            ):
                yield path
                break


def _scope(only: Sequence[Path] | None, paths: Sequence[Path]) -> Callable[[str], bool]:
    """Whether a locator is of one of the places that are looked at."""
    if only is None:
        return lambda locator: True
    places = {locator_of(Path(path).absolute()) for path in only}
    folders = tuple(place.rstrip(os.sep) + os.sep for place in places)
    return lambda locator: locator in places or locator.startswith(folders)


def _size(stamp: str) -> int:
    """The size in a stamp; -1 for one that was forgotten."""
    return int(stamp.partition(" ")[0] or -1)


def _time(stamp: str) -> str:
    """When the content of a file was last changed, in a stamp."""
    return stamp.split(" ")[1] if stamp else ""


def _name(locator: str) -> str:
    return locator.rpartition(os.sep)[2]


def _named(locator: str) -> tuple[str, ...]:
    """The names in a path that may state something of an article."""
    return PurePath(locator).parts[-NAMES:]
