"""The engines that are measured, all in one way.

Each module has `index(paths, folder)`, which makes the articles of some JSON Lines searchable and
gives their number, and `opened(folder)`, which gives a function that answers a query: the ids of
the best 20 articles, and how many there are.
"""

from __future__ import annotations

from collections.abc import Callable

from queries import Query

LIMIT = 20
"""Articles of which the ids are asked for."""

Answer = tuple[list[str], int]
Engine = Callable[[Query], Answer]
