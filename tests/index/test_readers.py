"""Reading in processes of their own: a file that hangs, crashes or swallows memory costs itself."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from index import Library
from index.model import ParallaxError, Skipped
from index.readers import CRASHED, SHARED, SMALL, STARTS, Ended, Item, read_all
from index.scan import scan
from index.settings import Limits, Settings
from index.store import Row
from index.workers import Worker

PAGE = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1>{1}</article></body></html>"
PARAGRAPH = "<p>A convoy of lorries passed the bridge at dawn, two officials said on Monday.</p>"

needs_proc = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="children are found in /proc"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "collection"
    made.mkdir()
    return made


def page(path: Path, title: str, paragraphs: int = 3) -> None:
    path.write_text(PAGE.format(title, PARAGRAPH * paragraphs))


def rows(path: Path, count: int, more: str = "") -> None:
    with path.open("w") as out:
        for number in range(count):
            text = f"Convoy {number} passed.{more}"
            row = {"id": number, "title": f"Title {number}", "text": text}
            out.write(json.dumps(row) + "\n")


def reading(folder: Path, **limits: int) -> Generator[Item, None, None]:
    settings = Settings(limits=Limits(**limits))
    files = scan([folder], None, {}, {}, lambda *_: False, settings).to_read
    with closing(read_all(files, settings)) as items:
        yield from filter(None, items)


def titles(items: list[Item]) -> list[str]:
    return sorted(item.found.title for item in items if isinstance(item.found, Row))


def skipped(items: list[Item]) -> list[tuple[str, str]]:
    return [(i.file.path.name, i.found.reason) for i in items if isinstance(i.found, Skipped)]


def children() -> list[int]:
    """The processes that this one has started and that are still there."""
    found: list[int] = []
    for task in Path("/proc/self/task").iterdir():
        found += map(int, (task / "children").read_text().split())
    return found


def test_pages_are_read_in_other_processes_and_each_ends_once(folder: Path) -> None:
    for number in range(30):
        page(folder / f"{number:02}.html", f"Convoy number {number} passes the bridge")
    items = list(reading(folder))
    assert len(titles(items)) == 30
    ends = [item.file.path.name for item in items if isinstance(item.found, Ended)]
    assert sorted(ends) == [f"{number:02}.html" for number in range(30)]


def test_a_file_that_takes_too_long_is_given_up_and_the_others_are_read(folder: Path) -> None:
    page(folder / "slow.html", "The slow one", paragraphs=300_000)
    for name in "abc":
        rows(folder / f"{name}.jsonl", 16_000)
        assert (folder / f"{name}.jsonl").stat().st_size > SMALL
    items = list(reading(folder, seconds=3))
    assert len(titles(items)) == 48_000
    assert skipped(items) == [("slow.html", "took longer than 3 s (seconds in the settings)")]
    whole = {i.file.path.name: i.found.whole for i in items if isinstance(i.found, Ended)}
    assert whole == {"a.jsonl": True, "b.jsonl": True, "c.jsonl": True, "slow.html": False}


@needs_proc
def test_a_reader_that_crashes_costs_its_file_and_keeps_what_came_before(folder: Path) -> None:
    rows(folder / "a.jsonl", 60_000)
    for number in range(10):
        page(folder / f"{number}.html", f"Convoy number {number} passes the bridge")
    before = set(children())
    items = []
    killed = False
    for item in reading(folder):
        items.append(item)
        if not killed and isinstance(item.found, Row) and item.file.path.name == "a.jsonl":
            # One of them reads the rows; ending all ends that one in the midst of it.
            for child in set(children()) - before:
                os.kill(child, signal.SIGSEGV)
            killed = True
    assert ("a.jsonl", CRASHED) in skipped(items)
    assert len({i.file.path for i in items if isinstance(i.found, Ended)}) == 11
    of_rows = [i for i in items if i.file.path.name == "a.jsonl" and isinstance(i.found, Row)]
    assert 0 < len(of_rows) < 60_000
    assert not set(children()) - before


def test_a_process_that_ends_before_it_is_ready_costs_no_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page(folder / "page.html", "The convoy passes the bridge")
    started: list[Worker] = []

    def start(settings: Settings, answers: Any) -> Worker:
        started.append(Worker(settings, answers))
        if len(started) < STARTS:
            started[-1].process.kill()
        return started[-1]

    monkeypatch.setattr("index.readers.Worker", start)
    items = list(reading(folder))
    assert titles(items) == ["The convoy passes the bridge"]
    assert not skipped(items)
    started.clear()
    monkeypatch.setattr("index.workers._START", "raise SystemExit(1)")
    with pytest.raises(ParallaxError, match="installed whole"):
        list(reading(folder))


@pytest.mark.skipif(sys.platform != "linux", reason="memory is not limited everywhere")
def test_a_file_that_needs_too_much_memory_is_reported(folder: Path) -> None:
    (folder / "large.txt").write_text("A convoy passed the bridge at dawn.\n\n" * 1_500_000)
    page(folder / "page.html", "The convoy passes the bridge")
    items = list(reading(folder, memory_megabytes=300))
    assert titles(items) == ["The convoy passes the bridge"]
    ((name, why),) = skipped(items)
    assert name == "large.txt"
    assert "memory" in why


@needs_proc
def test_nobody_is_left_when_reading_is_broken_off(folder: Path) -> None:
    rows(folder / "a.jsonl", 20_000)
    page(folder / "slow.html", "The slow one", paragraphs=300_000)
    before = set(children())
    items = reading(folder)
    next(items)
    assert set(children()) - before
    items.close()
    assert not set(children()) - before


@needs_proc
def test_workers_end_when_the_process_that_started_them_is_killed(folder: Path) -> None:
    page(folder / "slow.html", "The slow one", paragraphs=300_000)
    page(folder / "slower.html", "The slower one", paragraphs=300_000)
    code = (
        "import sys; from pathlib import Path; from index.readers import read_all;"
        "from index.scan import scan; from index.settings import Settings\n"
        "files = scan([Path(sys.argv[1])], None, {}, {}, lambda *_: False, Settings()).to_read\n"
        "import threading; from index.workers import Worker; start = Worker.read\n"
        "def told(worker, file):\n"
        "    start(worker, file); print(worker.process.pid, flush=True)\n"
        "Worker.read = told\n"
        "list(read_all(files, Settings()))"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    # Its end is waited for without asking the clock: a hang of this test is its failure.
    while Path(f"/proc/{worker}/stat").exists():
        if Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            break


def test_a_library_reports_such_a_file_and_does_not_try_it_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config"
    (config / "parallax").mkdir(parents=True)
    (config / "parallax" / "settings.toml").write_text("[limits]\nseconds = 1\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config))
    page(folder / "slow.html", "The slow one", paragraphs=300_000)
    (folder / "quick.txt").write_text("The convoy passes the bridge\n\nIt passed at dawn.\n")
    with Library.open([folder], cache_dir=tmp_path / "cache") as library:
        report = library.update()
        assert [Path(s.locator).name for s in report.skipped] == ["slow.html"]
        assert report.added == 1
        phases: list[tuple[str, int, int]] = []
        again = library.update(lambda p: phases.append((p.phase, p.done, p.total)))
        assert again.skipped == report.skipped
        assert "reading" not in {phase for phase, *_ in phases}
        (config / "parallax" / "settings.toml").write_text("[limits]\nfile_megabytes = 1\n")
        larger = library.update()
        assert [Path(s.locator).name for s in larger.skipped] == ["slow.html"]
        assert "too large" in larger.skipped[0].reason


def test_what_was_read_is_there_while_another_file_is_long_in_coming(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config"
    (config / "parallax").mkdir(parents=True)
    (config / "parallax" / "settings.toml").write_text("[limits]\nseconds = 3\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config))
    page(folder / "slow.html", "The slow one", paragraphs=600_000)
    (folder / "quick.txt").write_text("The convoy passes the bridge\n\nIt passed at dawn.\n")
    with Library.open([folder], cache_dir=tmp_path / "cache") as library:
        seen: list[tuple[int, int]] = []
        library.update(
            lambda p: (
                seen.append((p.done, library.search("convoy").total))
                if p.phase == "reading"
                else None
            )
        )
    assert (1, 1) in seen


def test_a_large_file_of_rows_is_shared_and_every_row_is_read_once(folder: Path) -> None:
    rows(folder / "a.jsonl", 3_000, " It was seen at dawn." * 70)
    with (folder / "a.jsonl").open("a") as out:
        out.write("{broken\n")
    assert (folder / "a.jsonl").stat().st_size > SHARED
    items = list(reading(folder))
    locators = [item.found.locator for item in items if isinstance(item.found, Row)]
    assert len(locators) == len(set(locators)) == 3_000
    assert skipped(items) == [("a.jsonl", "line 3001: not valid JSON")]
    (ended,) = (item.found for item in items if isinstance(item.found, Ended))
    assert ended.whole and ended.hash
