"""A command in a process of its own: its time, and the memory of it and all that it starts."""

from __future__ import annotations

import resource
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

EVERY_SECONDS = 0.1
"""How often memory is looked at: that of a large process takes milliseconds to count."""


class Run(NamedTuple):
    """What a command took."""

    seconds: float
    cpu: float
    """Seconds of user and system time of all its processes."""
    peak: int
    """Bytes of memory at most."""
    output: bytes
    """What it printed."""


def measured(command: Sequence[str]) -> Run:
    """Runs a command to its end. Raises CalledProcessError when it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    # What it prints is a few lines, which wait in the pipe until it has ended.
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    peak = 0
    while process.returncode is None:
        peak = max(peak, memory(process.pid))
        with suppress(subprocess.TimeoutExpired):
            process.wait(EVERY_SECONDS)
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    output, _ = process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(seconds, cpu, peak or after.ru_maxrss * 1024, output)


def memory(pid: int) -> int:
    """Bytes that a process and all that it started hold now.

    The sum of their proportional set sizes (PSS): pages that several share are counted once.
    Nothing where the system does not tell.
    """
    held = 0
    waiting = [pid]
    while waiting:
        now = Path("/proc", str(waiting.pop()))
        try:
            for task in (now / "task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
            rollup = (now / "smaps_rollup").read_text()
            held += 1024 * int(rollup.split("\nPss:")[1].split()[0])
        except (OSError, IndexError):
            continue  # it ended at this moment, or the system does not say
    return held
