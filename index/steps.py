"""The steps of an update: correct, scan, read, fold, index, recognise, link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from index import corrections, generations
from index.errors import reason
from index.indexing import Batches, Beside, Indexed
from index.ingest.article import article_id
from index.ingest.formats import FORMATS
from index.intake import Intake
from index.model import Article, Mention, Progress, ProgressCallback, Report, Skipped
from index.pace import Pace
from index.recurrence import count_lines, fold_recurring
from index.scan import Changes, scan
from index.settings import Settings, fingerprint
from index.store import Store
from index.userdata import UserData

RECOGNISED_AT_ONCE = 64
"""Articles whose entities are found between two commits."""
INDEXED_BESIDE = 4_000_000
"""Bytes of files from which on they are indexed in a process beside this one."""


class Update:
    """One update of one generation: correct, scan, read, fold, index, recognise, link."""

    def __init__(
        self,
        paths: Sequence[Path],
        generation: Path,
        store: Store,
        progress: ProgressCallback | None,
        settings: Settings,
        user: UserData,
    ) -> None:
        self._paths = paths
        self._store = store
        self._generation = generation
        self._callback = progress
        self._settings = settings
        self._user = user
        self._batches = Batches(store)
        self._fulltext = generation / generations.FULLTEXT
        self._done = self._total = 0
        self._counts: Counter[str] = Counter()
        """How many articles were added, changed, moved and removed."""
        self._note = ""

    def run(self, only: Sequence[Path] | None) -> Report:
        """Does all of it; every step is committed before the next."""
        self.make_searchable(only)
        self._recognise()
        self._link()
        self._end()
        self._say("ready")
        return self._report()

    def make_searchable(self, only: Sequence[Path] | None = None) -> None:
        """Does what comes before names are recognised: then every article can be found."""
        if not self._store.get("ready"):
            only = None  # another update was broken off before it had seen everything
        self._say("scanning")
        self._forget_what_settings_changed()
        self._correct()
        changes = self._scan(only)
        if changes:
            self._store.put("ended", "")
            self._forget(changes)
            self._correct()
            self._read(changes)
        fold_recurring(self._store)
        self._index()

    def _report(self) -> Report:
        store, counts = self._store, self._counts
        known = store.count() - counts["added"] - counts["changed"] - counts["moved"]
        return Report(
            added=counts["added"],
            changed=counts["changed"],
            removed=counts["removed"],
            unchanged=max(known, 0),
            moved=counts["moved"],
            copies=store.count_copies(),
            skipped=store.skipped(),
            note=self._note,
        )

    def _say(self, phase: str, rate: float = 0.0, left: float | None = None) -> None:
        if self._callback:
            store = self._store
            counts = (store.count(), store.count_indexed(), store.count_recognised())
            skipped = store.count_skipped()
            self._callback(Progress(phase, self._done, self._total, *counts, skipped, rate, left))

    # The steps

    def _forget_what_settings_changed(self) -> None:
        """Makes files be read again that would be read otherwise now."""
        store = self._store
        now = {
            "settings": fingerprint(self._settings),
            "lacking": " ".join(form.name for form in FORMATS if form.missing()),
        }
        if all(store.get(key, "?") == value for key, value in now.items()):
            return
        with store.transaction():
            if store.get("settings") != now["settings"]:
                store.forget_stamps()
            else:
                store.forget_stamps(lacking=True)
            for key, value in now.items():
                store.put(key, value)

    def _correct(self) -> None:
        """Takes up what the user corrected."""
        with self._store.transaction():
            self._note = corrections.apply(self._store, self._user, article_id) or self._note

    def _scan(self, only: Sequence[Path] | None) -> Changes:
        """Finds what changed in the files, or in those of `only`."""
        store = self._store
        changes = scan(
            self._paths, only, store.files(), store.skipped_paths(), store.rests_on, self._settings
        )
        self._total = changes.files
        self._done = self._total - len(changes.to_read)
        return changes

    def _forget(self, changes: Changes) -> None:
        """Takes up what changed without reading: what is gone, moved, or only touched."""
        store = self._store
        with store.transaction():
            for locator in changes.gone:
                self._counts["removed"] += store.remove_file(locator)
            for old, file in changes.moved:
                self._counts["removed"] += store.remove_file(file.locator)
                self._counts["moved"] += store.move_file(old, file.locator, file.stamp, article_id)
            for file in changes.touched:
                store.restamp(file.locator, file.stamp)
            for unreadable in changes.skipped:
                store.put_skipped(unreadable.locator, [unreadable])

    def _read(self, changes: Changes) -> None:
        """Reads files into the store; after every commit a batch of them is made searchable."""
        if not changes.to_read:
            return
        self._store.put("ready", "")
        intake = Intake(self._store, changes.to_read, self._settings)
        done = self._done
        with ExitStack() as stack:
            beside = None
            if sum(file.size for file in changes.to_read) > INDEXED_BESIDE:
                beside = Beside(self._store.path, self._fulltext)
                stack.enter_context(closing(beside))
            for _ in stack.enter_context(closing(intake.run())):
                self._done = done + intake.done
                self._say("reading", intake.rate(), intake.seconds_left())
                count_lines(self._store)
                if beside is None:
                    self._correct()
                    self._index_batch()
                elif indexed := beside.more():
                    self._note_indexed(indexed)
            if beside is not None:
                self._index_rest(beside)
                self._correct()
        found = intake.outcomes
        self._counts.update(
            added=found["added"],
            changed=found["changed"],
            removed=found["removed"] + found["merged"],
        )

    def _index_rest(self, beside: Beside) -> None:
        """Waits until the process beside has made everything searchable that was read."""
        pace, done = Pace(self._store.count_unindexed()), 0
        for indexed in beside.end():
            self._note_indexed(indexed)
            done += len(indexed)
            self._say("indexing", pace.rate(done), pace.left(done))

    def _index(self) -> None:
        """Makes everything searchable that is not yet."""
        pace, done = Pace(self._store.count_unindexed()), 0
        while count := self._index_batch():
            done += count
            self._say("indexing", pace.rate(done), pace.left(done))

    def _index_batch(self) -> int:
        """Commits the next batch to the full-text index; gives how much that was."""
        removed = self._store.removed_ids()
        indexed = self._batches.index(self._fulltext, removed=removed)
        if indexed or removed:
            self._note_indexed(indexed, removed)
        return len(indexed) + len(removed)

    def _note_indexed(self, indexed: Indexed, removed: Sequence[str] = ()) -> None:
        with self._store.transaction():
            self._store.set_indexed(indexed, removed)
            self._store.put("ended", "")

    def _recognise(self) -> None:
        """Finds the entities of every article that has none yet."""
        from index.naming import words_of

        store = self._store
        left = store.count() - store.count_recognised()
        pace, done = Pace(left), 0
        while articles := store.unrecognised(RECOGNISED_AT_ONCE):
            found = [(article, *_findings(article)) for article in articles]
            with store.transaction():
                store.put("linked", "")
                store.vectors_changed()
                for article, vector, mentions, failure in found:
                    store.put_findings(article.id, vector, mentions, words_of)
                    if failure:
                        store.add_skipped(article.id, failure)
            done += len(found)
            self._say("recognising", pace.rate(done), pace.left(done))

    def _link(self) -> None:
        """Links the spellings of names, where there are others than before."""
        store = self._store
        if store.get("linked"):
            return
        from index.entities import link

        links = link(store.name_counts())
        with store.transaction():
            store.put_links(links)
            store.put("linked", "yes")

    def _end(self) -> None:
        """Notes that every file is accounted for."""
        store, ended = self._store, generations.ended(self._generation)
        if not store.get("ready") or store.get("ended") != ended:
            with store.transaction():
                store.put("ready", "yes")
                store.put("ended", ended)


def _findings(article: Article) -> tuple[bytes, Sequence[Mention], Skipped | None]:
    """What is found in one article: its term vector, its mentions, and what failed, if anything."""
    from index.compare import term_vector
    from index.entities import recognise_article

    try:
        return term_vector(article), recognise_article(article), None
    except Exception as error:
        # A fault in a rule must not cost the other articles theirs; this one stays readable.
        what = f"its entities could not be recognised: {reason(error)}"
        return term_vector(article), (), Skipped(article.locator, what)
