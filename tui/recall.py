"""Earlier queries, walked through from the search box."""

from __future__ import annotations

from collections.abc import Sequence


class Recall:
    """Where somebody is in the history. What they were typing is its newest entry."""

    def __init__(self) -> None:
        self.entries: Sequence[str] = ()
        """The queries that were used, the latest first."""
        self._walk: Sequence[str] = ()
        self._at = 0

    def earlier(self, shown: str) -> str | None:
        """The query before the one that is `shown`; None where there is none.

        Whatever is shown and was not given by the last step has been typed since: the walk begins
        with it.
        """
        if not self._given(shown):
            self._walk = (shown, *(entry for entry in self.entries if entry != shown))
            self._at = 0
        return self._step(1)

    def later(self, shown: str) -> str | None:
        """The query after the one that is `shown`; None at the newest, which was being typed."""
        return self._step(-1) if self._given(shown) else None

    def _given(self, shown: str) -> bool:
        return self._at < len(self._walk) and self._walk[self._at] == shown

    def _step(self, by: int) -> str | None:
        if not 0 <= self._at + by < len(self._walk):
            return None
        self._at += by
        return self._walk[self._at]
