"""Whom and what each article names, packed small: what search reads of a whole collection at once.

Only names of the types in `NAMED` are packed: dates and figures are found by their words. A name is
a number and a type in one, `number * 8 + type`, so that nothing else is looked up to count them.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Mapping

from index.keys import key_of
from index.model import EntityType
from index.store.database import Database

TYPES = tuple(EntityType)
TYPE_NUMBER = {kind: number for number, kind in enumerate(TYPES)}
NAMED = tuple(kind for kind in TYPES if kind not in (EntityType.DATE, EntityType.FIGURE))
"""The types of entity by which articles are found and counted."""
TYPE_BITS = 3
"""The lowest bits of a packed name are its type, the others its number."""

_PAIR = "IH"
_PAIR_BYTES = struct.calcsize(f"<{_PAIR}")
_MOST_TIMES = 0xFFFF
_AT_ONCE = 4000
"""Articles that are read together: it bounds memory."""


def packed_name(number: int, kind: int) -> int:
    """Gives a name's number and that of its type in one."""
    return number << TYPE_BITS | kind


class Named(Database):
    """Storing and reading what the articles name."""

    def _put_named(self, number: int, article_id: str, names: Mapping[int, int]) -> None:
        """Stores how often an article mentions each packed name."""
        parts = [part for name in sorted(names) for part in (name, min(names[name], _MOST_TIMES))]
        self._db.execute(
            "INSERT INTO named (article, key, names) VALUES (?, ?, ?)",
            (number, key_of(article_id), struct.pack(f"<{_PAIR * len(names)}", *parts)),
        )

    def _rename_named(self, number: int, article_id: str) -> None:
        """Keeps what an article names under another id."""
        self._db.execute("UPDATE named SET key = ? WHERE article = ?", (key_of(article_id), number))
        self.names_changed()

    def forget_mentions(self, number: int) -> None:
        """Forgets what was recognised in an article; names are to be linked anew."""
        self._db.execute("DELETE FROM mention WHERE article = ?", (number,))
        if self._db.execute("DELETE FROM named WHERE article = ?", (number,)).rowcount:
            self.put("linked", "")
            self.names_changed()

    def names_changed(self) -> None:
        """Tells whoever holds in memory what all articles name to read all of it again."""
        self._db.execute(
            "INSERT INTO meta VALUES ('names', '1')"
            " ON CONFLICT (key) DO UPDATE SET value = CAST(value + 1 AS TEXT)"
        )

    def names_state(self) -> str:
        """What is another after `names_changed`; articles that are only added leave it."""
        return self.get("names")

    def last_named(self) -> int:
        """The turn of the article that was recognised last; 0 when none was."""
        return self._number("SELECT COALESCE(MAX(turn), 0) FROM named")

    def named(self, after: int, limit: int = _AT_ONCE) -> list[tuple[int, int, bytes]]:
        """(turn, key, packed names) of articles that were recognised after a turn, in order.

        Each name takes six bytes, little-endian: its number and type (uint32, see `TYPE_BITS`),
        and how often it is mentioned (uint16, at most), title included.
        """
        # Not from `article`, whose rows are long: much of the file would be read for their ids.
        return self._rows(
            "SELECT turn, key, names FROM named WHERE turn > ? ORDER BY turn LIMIT ?",
            (after, limit),
        )

    def spellings(self) -> list[tuple[int, int]]:
        """(name, entity), by number, for every name that doesn't have the number of its entity."""
        return self._rows(
            "SELECT number, entity FROM name INDEXED BY name_spelling"
            " WHERE entity <> number AND number > 0"
        )

    def _count_articles(self, entity_of: Mapping[int, int]) -> Counter[int]:
        """How many articles name each entity; `entity_of` gives that of every packed name."""
        counts: Counter[int] = Counter()
        turn = 0
        while rows := self.named(turn):
            turn = rows[-1][0]
            for _, _, packed in rows:
                names = struct.unpack(f"<{_PAIR * (len(packed) // _PAIR_BYTES)}", packed)[::2]
                counts.update(set(map(entity_of.__getitem__, names)))
        return counts
