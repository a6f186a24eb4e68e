"""What comes back in the articles of one source is folded, and unfolded when it does no longer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index import Library, Progress

PLACES = ("Basra", "Mosul", "Erbil", "Najaf", "Kirkuk", "Samarra")
TITLE = "Today in the Harbour"
OFFER = "Have the week’s ports on your table each Friday with our harbour letter."
BIO = "Jane Doe is the harbour correspondent of the Basra Times."
BACKGROUND = (
    "The dispute over the canal began in 2011, when the provinces could not agree on who was to pay"
    " for the dredging of its southern reach, and it has flared up every summer since."
)


def story(place: str) -> list[str]:
    return [
        f"Engineers in {place} cleared a sunken barge from the channel on Tuesday, the master of"
        f" the harbour said, and the first ships for {place} were unloaded by nightfall.",
        f"Traders had warned that grain for {place} would run short within ten days if the channel"
        " stayed shut, and the price of flour had risen by a fifth since Friday.",
        f"What {place} says",
        f"The council of {place} asked for a second dredger, which is to arrive at the end of the"
        " month, and for lights along the whole of the southern reach.",
    ]


class Folder:
    """Articles of one outlet, the library that holds them, and what of them is folded."""

    def __init__(self, root: Path) -> None:
        self.root = root / "articles"
        self.root.mkdir()
        self.library = Library.open([self.root], cache_dir=root / "cache")

    def put(self, name: str, *paragraphs: str, source: str | None = "Basra Times") -> None:
        row = {"title": f"News from {name}", "text": "\n".join(paragraphs), "source": source}
        (self.root / f"{name}.jsonl").write_text(json.dumps(row), encoding="utf-8")

    def take(self, name: str) -> None:
        (self.root / f"{name}.jsonl").unlink()

    def folded(self) -> dict[str, list[str]]:
        self.library.update()
        return {
            Path(each.locator.partition("#")[0]).stem: [
                paragraph.text
                for paragraph in self.library.article(each.id).paragraphs
                if paragraph.kind == "boilerplate"
            ]
            for each in self.library.articles()
        }


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_a_box_and_a_bio_in_every_article_are_folded(folder: Folder) -> None:
    for place in PLACES[:5]:
        text = story(place)
        folder.put(place, *text[:2], TITLE, OFFER, *text[2:], BIO)
    assert folder.folded() == {place: [TITLE, OFFER, BIO] for place in PLACES[:5]}


def test_the_third_article_folds_the_line_in_all_and_without_it_it_unfolds(folder: Folder) -> None:
    for place in PLACES[:2]:
        folder.put(place, *story(place), OFFER)
    assert folder.folded() == {"Basra": [], "Mosul": []}
    folder.put("Erbil", *story("Erbil"), OFFER)
    assert folder.folded() == {place: [OFFER] for place in PLACES[:3]}
    folder.take("Mosul")
    assert folder.folded() == {"Basra": [], "Erbil": []}


def test_words_and_names_are_those_of_the_body(folder: Folder) -> None:
    for place in PLACES[:2]:
        folder.put(place, *story(place), BIO)
    folder.folded()
    words = {a.title: a.words for a in folder.library.articles()}
    assert "Jane Doe" in {entity.name for entity in folder.library.entities()}
    folder.put("Erbil", *story("Erbil"), BIO)
    folder.folded()
    less = {a.title: a.words for a in folder.library.articles()}
    assert all(less[title] == words[title] - len(BIO.split()) for title in words)
    assert "Jane Doe" not in {entity.name for entity in folder.library.entities()}


def test_revisions_of_one_story_fold_nothing_of_each_other(folder: Folder) -> None:
    for number in range(5):
        text = story("Basra")
        new = (
            f"At {number + 3} o’clock the harbour master said that the work went on without pause."
        )
        folder.put(f"revision {number}", TITLE, *text, new, OFFER)
    assert set(map(tuple, folder.folded().values())) == {()}


def test_background_and_subheadings_that_come_back_are_body(folder: Folder) -> None:
    for place in PLACES:
        text = story(place)
        folder.put(
            place, "What to know:", *text[:2], "Background", BACKGROUND, *text[2:], BACKGROUND
        )
    assert set(map(tuple, folder.folded().values())) == {()}


def test_the_end_of_wire_copy_is_body_above_its_credit(folder: Folder) -> None:
    last = "The port handles most of the country’s grain."
    credit = "(Reporting by Jane Doe; Editing by John Roe)"
    for place in PLACES:
        folder.put(place, *story(place), last, credit)
    assert folder.folded() == {place: [credit] for place in PLACES}


def test_the_rows_of_tables_are_body(folder: Folder) -> None:
    for number, place in enumerate(PLACES):
        rows = ["Grain", "Nil vs nil", f"{number + 2} ships", "Qtly rate five cts vs five cts"]
        folder.put(place, *rows, f"NOTE: {place} counts only ships that were unloaded.")
    assert set(map(tuple, folder.folded().values())) == {()}


def test_another_outlet_is_counted_for_itself(folder: Folder) -> None:
    for place in PLACES[:2]:
        folder.put(place, *story(place), OFFER)
    folder.put("Erbil", *story("Erbil"), OFFER, source="Erbil Post")
    assert set(map(tuple, folder.folded().values())) == {()}


def test_articles_without_an_outlet_are_counted_by_folder(folder: Folder) -> None:
    for place in PLACES[:3]:
        folder.put(place, *story(place), OFFER, source=None)
    assert folder.folded() == {place: [OFFER] for place in PLACES[:3]}


def test_a_corrected_outlet_counts(folder: Folder) -> None:
    for place in PLACES[:3]:
        folder.put(place, *story(place), OFFER)
    folder.folded()
    one = next(a.id for a in folder.library.articles() if a.title == "News from Mosul")
    folder.library.correct(one, "source", "Mosul Post")
    assert set(map(tuple, folder.folded().values())) == {()}


@pytest.mark.parametrize("phase", ["reading", "indexing", "recognising"])
def test_an_interrupted_update_is_brought_to_its_end(folder: Folder, phase: str) -> None:
    for place in PLACES[:2]:
        folder.put(place, *story(place), OFFER)
    folder.folded()
    folder.put("Erbil", *story("Erbil"), OFFER)

    def interrupt(progress: Progress) -> None:
        if progress.phase == phase:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        folder.library.update(interrupt)
    assert folder.folded() == {place: [OFFER] for place in PLACES[:3]}


def test_what_is_folded_stays_so_when_a_file_is_read_again_or_moved(folder: Folder) -> None:
    for place in PLACES[:3]:
        folder.put(place, *story(place), OFFER)
    first = folder.folded()
    path = folder.root / "Basra.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert folder.folded() == first
    path.rename(folder.root / "Basra again.jsonl")
    again = folder.folded()
    assert again.pop("Basra again") == first.pop("Basra")
    assert again == first
