"""How fast a step of an update goes, and how long it will go on."""

from __future__ import annotations

import time

_SURE_AFTER = 1.0
"""Seconds before which nothing is said: the first figures are only of starting up."""


class Pace:
    """The pace of one step, from its beginning."""

    def __init__(self, total: float) -> None:
        self._total = total
        self._began = time.monotonic()

    def rate(self, articles: int) -> float:
        """Articles a second, when so many are done; 0.0 while it is not known."""
        passed = time.monotonic() - self._began
        return articles / passed if passed > _SURE_AFTER else 0.0

    def left(self, done: float) -> float | None:
        """Seconds that the rest will take, when so much of the total is done."""
        passed = time.monotonic() - self._began
        if passed <= _SURE_AFTER or done <= 0:
            return None
        return passed * max(self._total - done, 0.0) / done
