"""`parallax index --watch`: goes on reading what changes, until it is interrupted."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue

import click

from index import Library, ParallaxError, Report, Skipped
from tui.cli import output, printing
from tui.cli.common import FOUND
from tui.cli.updating import update
from tui.text import one_line
from tui.watching import changes


def watch(library: Library, as_json: bool) -> int:
    """Brings a collection up to date, and again whenever its files change; gives the exit code.

    Prints a line for each change; with `as_json`, a report a line. Ctrl+C ends it.
    """
    skipped: frozenset[Skipped] = frozenset()
    try:
        for changed in heard(library):
            # The first time nothing has changed yet, and all is looked through.
            report = update(library, narrate=False, only=changed or None)
            new = [each for each in report.skipped if each not in skipped]
            skipped = frozenset(report.skipped)
            if as_json:
                output.as_json(report, indent=None)
            else:
                tell(library, report, new, first=not changed)
    except KeyboardInterrupt:
        pass
    return FOUND


def tell(library: Library, report: Report, skipped: list[Skipped], *, first: bool) -> None:
    """Prints what was read: all that there is the first time, and then what changed."""
    if first:
        printing.report(report, library.status().articles)
        click.echo("parallax: following the files; Ctrl+C ends", err=True)
        return
    printing.change(report, datetime.now().astimezone())
    for each in skipped:
        click.echo(f"parallax: skipped {one_line(each.locator)}: {one_line(each.reason)}", err=True)


def heard(library: Library) -> Iterator[frozenset[Path]]:
    """Gives an empty set as soon as every change is heard of, then what changes, for ever.

    It is listened for in a thread, so that what is done in between can be interrupted at once.
    """
    said: SimpleQueue[frozenset[Path] | ParallaxError] = SimpleQueue()

    async def listen() -> None:
        try:
            async for changed in changes(library):
                said.put(changed)
        except ParallaxError as error:
            said.put(error)

    loop = asyncio.new_event_loop()
    listening = loop.create_task(listen())

    def run() -> None:
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(listening)
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    thread = threading.Thread(target=run, name="watch")
    thread.start()
    try:
        while True:
            found = said.get()
            # What was heard while something was read is read in one go.
            while isinstance(found, frozenset) and found and not said.empty():
                more = said.get()
                found = found | more if isinstance(more, frozenset) else more
            if isinstance(found, ParallaxError):
                raise found
            yield found
    finally:
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(listening.cancel)
        thread.join()
