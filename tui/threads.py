"""Threads for calls into the library, which nobody waits for when the reader is left."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor


class Threads(ThreadPoolExecutor):
    """A thread pool whose end is never waited for.

    Library calls only read: one that is still under way when the reader is left may be
    abandoned, and leaving stays instant.
    """

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Lets the threads end by themselves, and drops what has not begun."""
        super().shutdown(wait=False, cancel_futures=True)
