"""The store: one SQLite file that holds the articles and all that was found in them.

It is the source of truth; the full-text index can be rebuilt from it. One process writes, any
number read at the same time (write-ahead log). Text is stored as it was sanitised at ingest:
paragraphs hold no line breaks, so an article's are kept joined by them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from index.model import Article, EvidenceKind, Skipped
from index.store.articles import Articles
from index.store.corrected import corrected
from index.store.database import (
    FORMAT,
    DamagedStore,
    forget_damage,
    is_damage_noted,
    note_damage,
)
from index.store.findings import Findings
from index.store.named import NAMED, TYPE_BITS, TYPES
from index.store.names import Links, NameWords
from index.store.rows import Row, row_of

__all__ = [
    "FORMAT",
    "NAMED",
    "TYPES",
    "TYPE_BITS",
    "DamagedStore",
    "KnownFile",
    "Links",
    "NameWords",
    "Row",
    "Store",
    "corrected",
    "forget_damage",
    "is_damage_noted",
    "note_damage",
    "row_of",
]


class KnownFile(NamedTuple):
    """A file as it was when it was last read to its end."""

    stamp: str
    """Its size and times; empty when it is to be read again whatever they are."""
    hash: str
    """The hash of its bytes; empty when it is not known."""


class Store(Articles, Findings):
    """One open connection to a collection's store. It belongs to one thread."""

    # Files

    def files(self) -> dict[str, KnownFile]:
        """Every file that was read to its end, by path."""
        rows = self._rows("SELECT path, stamp, hash FROM file")
        return {path: KnownFile(stamp, digest) for path, stamp, digest in rows}

    def hash_of(self, path: str) -> str:
        """The hash of the bytes of a file when it was last read; empty when it is not known."""
        row = self._row("SELECT hash FROM file WHERE path = ?", (path,))
        return str(row[0]) if row else ""

    def paths_of(self, file_hash: str) -> list[str]:
        """The paths of the files that hold the same bytes."""
        sql = "SELECT path FROM file WHERE hash = ? ORDER BY path"
        return [path for (path,) in self._rows(sql, (file_hash,))]

    def put_file(self, path: str, stamp: str, file_hash: str = "", lacking: bool = False) -> None:
        """Notes that a file was read to its end; `lacking` when a library was missing for it."""
        self._db.execute(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)", (path, stamp, file_hash, lacking)
        )

    def restamp(self, path: str, stamp: str) -> None:
        """Notes that a file has other times and holds the same bytes."""
        self._db.execute("UPDATE file SET stamp = ? WHERE path = ?", (stamp, path))

    def forget_stamps(self, *, lacking: bool = False) -> None:
        """Makes all files be read again, or those for which a library was missing."""
        chosen = "WHERE lacking" if lacking else ""
        self._db.execute(f"UPDATE file SET stamp = '', hash = '' {chosen}")  # noqa: S608

    def remove_file(self, path: str) -> int:
        """Forgets a file; gives how many articles are not listed any more."""
        self._db.execute("DELETE FROM file WHERE path = ?", (path,))
        self.put_skipped(path, ())
        return self.remove_articles(self.article_ids(path))

    def move_file(self, path: str, to: str, stamp: str, id_of: Callable[[str], str]) -> int:
        """Gives a file and all that was read from it another path; `id_of` makes ids of locators.

        Gives how many listed articles that were. Nothing may be stored for the new path.
        """
        places = self._rows(
            "SELECT id, locator, 1 FROM article WHERE path = :path UNION ALL"
            " SELECT id, locator, 0 FROM copy WHERE path = :path",
            {"path": path},
        )
        for article_id, locator, _ in places:
            moved = to + locator[len(path) :]
            self.move_article(article_id, id_of(moved), to, moved)
        self._db.execute("UPDATE file SET path=?, stamp=? WHERE path=?", (to, stamp, path))
        self._db.execute(
            "UPDATE skipped SET path = :to, locator = :to || substr(locator, 1 + length(:path))"
            " WHERE path = :path",
            {"to": to, "path": path},
        )
        return sum(is_listed for *_, is_listed in places)

    def rests_on(self, path: str, kind: EvidenceKind) -> bool:
        """Whether anything that was read from a file rests on a kind of evidence."""
        sql = (
            "SELECT EXISTS (SELECT 1 FROM article JOIN body USING (number)"
            " WHERE path = :path AND instr(evidence, :kind)) OR EXISTS"
            " (SELECT 1 FROM copy WHERE path = :path AND instr(evidence, :kind))"
        )
        row = self._row(sql, {"path": path, "kind": f'["{kind.value}",'})
        return bool(row and row[0])

    # What of the files could not be read

    def put_skipped(self, path: str, skipped: Iterable[Skipped]) -> None:
        """Replaces what is known of the unreadable parts of one file."""
        self._db.execute("DELETE FROM skipped WHERE path = ?", (path,))
        self._db.executemany(
            "INSERT INTO skipped VALUES (?, ?, ?)", ((path, s.locator, s.reason) for s in skipped)
        )

    def add_skipped(self, article_id: str, skipped: Skipped) -> None:
        """Adds to what is known of the unreadable parts of an article's file, where it is new."""
        self._db.execute(
            "INSERT INTO skipped SELECT path, :locator, :reason FROM article WHERE id = :id AND NOT"
            " EXISTS (SELECT 1 FROM skipped s WHERE s.path = article.path"
            " AND s.locator = :locator AND s.reason = :reason)",
            {"locator": skipped.locator, "reason": skipped.reason, "id": article_id},
        )

    def skipped_paths(self) -> dict[str, str]:
        """The paths of which something was skipped: why, where that was all of it, else nothing."""
        return dict(
            self._rows(
                "SELECT path, MAX(CASE WHEN locator = path THEN reason ELSE '' END) FROM skipped"
                " GROUP BY path"
            )
        )

    def skipped(self) -> tuple[Skipped, ...]:
        """Every file and row that could not be read, in the order of their paths."""
        rows = self._rows("SELECT locator, reason FROM skipped ORDER BY path, rowid")
        return tuple(Skipped(*row) for row in rows)

    # What is met when a file is read

    def article_ids(self, path: str) -> list[str]:
        """The ids of the articles and copies that stand in one file."""
        sql = "SELECT id FROM article WHERE path=:p UNION ALL SELECT id FROM copy WHERE path=:p"
        return [row[0] for row in self._rows(sql, {"p": path})]

    def await_articles(self, path: str) -> bool:
        """Remembers what is known of a file before it is read; whether that is anything.

        On the disk, for a mailbox may hold millions.
        """
        self._db.execute("DELETE FROM unmet WHERE path = ?", (path,))
        return (
            self._db.execute(
                "INSERT INTO unmet SELECT path, id FROM article WHERE path = :p"
                " UNION ALL SELECT path, id FROM copy WHERE path = :p",
                {"p": path},
            ).rowcount
            > 0
        )

    def met(self, path: str, article_id: str) -> None:
        """Notes that an article is still in its file."""
        self._db.execute("DELETE FROM unmet WHERE path = ? AND id = ?", (path, article_id))

    def remove_unmet(self, path: str) -> int:
        """Removes what is no longer in a file that was read to its end; gives how many articles."""
        rows = self._rows("SELECT id FROM unmet WHERE path = ?", (path,))
        self._db.execute("DELETE FROM unmet WHERE path = ?", (path,))
        return self.remove_articles(article_id for (article_id,) in rows)

    # How far each step has come

    def count_indexed(self) -> int:
        """How many articles are in the full-text index."""
        return self.count() - self.count_unindexed()

    def count_recognised(self) -> int:
        """How many articles have their entities recognised."""
        return self.count() - self._number("SELECT COUNT(*) FROM article WHERE NOT recognised")

    def count_sources(self) -> int:
        """How many different outlets are stated."""
        return self._number("SELECT COUNT(DISTINCT source) FROM article")

    def count_skipped(self) -> int:
        """How many files and rows could not be read."""
        return self._number("SELECT COUNT(*) FROM skipped")

    def unindexed(self, limit: int, after: int = 0) -> list[tuple[int, Article]]:
        """Whole articles that are not in the full-text index yet, from number to number."""
        return self.pending("indexed", limit, after)

    def count_unindexed(self) -> int:
        """How many articles are not in the full-text index yet."""
        return self._number("SELECT COUNT(*) FROM article WHERE NOT indexed")

    def unrecognised(self, limit: int) -> list[Article]:
        """Whole articles whose entities are not known yet."""
        return [article for _, article in self.pending("recognised", limit)]

    def removed_ids(self) -> list[str]:
        """Ids that are gone from the store but may be in the full-text index still."""
        return [row[0] for row in self._rows("SELECT id FROM removed")]

    def set_indexed(self, articles: Iterable[tuple[int, str]], removed: Iterable[str] = ()) -> None:
        """Notes that the full-text index has articles now, and no longer the ids `removed`.

        Each comes as its number, which no other article ever gets, and the id that it has there;
        one whose id is another by now is still to be indexed.
        """
        self._db.executemany("UPDATE article SET indexed=1 WHERE number=? AND id=?", articles)
        self._db.executemany("DELETE FROM removed WHERE id=?", ((i,) for i in removed))

    def set_all_unindexed(self) -> None:
        """Notes that there is no full-text index."""
        self._db.execute("UPDATE article SET indexed = 0")
        self._db.execute("DELETE FROM removed")
