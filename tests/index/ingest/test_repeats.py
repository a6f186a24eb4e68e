"""What an article says twice when the second telling is not quite the first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.ingest import read_file
from index.model import Article

PORT = (
    "The port of Umm Qasr reopened on Tuesday after engineers cleared a sunken barge from the"
    " channel, the harbour master said, and its first ships were unloaded by nightfall."
)
GRAIN = (
    "Traders had warned that grain for the southern provinces would run short within ten days if"
    " the channel stayed shut, and prices in Basra had risen by a fifth since Friday."
)
DREDGER = (
    "The ministry said that a second dredger would arrive from Dubai at the end of the month, and"
    " that night traffic would stay suspended until its work was done."
)
PILOTS = (
    "Pilots complained that the marker buoys had not been replaced since 2019, and that two of"
    " the five lights at the entrance were out when the barge went down."
)
STORY = [PORT, GRAIN, DREDGER, PILOTS]


def kinds(folder: Path, *paragraphs: str) -> list[str]:
    path = folder / "a.jsonl"
    row = {"title": "Port Reopens", "text": "\n".join(paragraphs)}
    path.write_text(json.dumps(row), encoding="utf-8")
    (found,) = read_file(path)
    assert isinstance(found, Article)
    assert [paragraph.text for paragraph in found.paragraphs] == list(paragraphs)
    return [paragraph.kind.value for paragraph in found.paragraphs]


def test_paragraphs_put_together_are_repeats(tmp_path: Path) -> None:
    told = kinds(tmp_path, *STORY, f"{PORT} {GRAIN}", f"{DREDGER} {PILOTS}")
    assert told == ["body"] * 4 + ["repeat"] * 2


def test_a_paragraph_broken_up_is_repeats(tmp_path: Path) -> None:
    told = kinds(tmp_path, f"{PORT} {GRAIN} {DREDGER} {PILOTS}", PORT, GRAIN, DREDGER, PILOTS)
    assert told == ["body"] + ["repeat"] * 4


def test_a_second_telling_with_changed_words_is_repeats(tmp_path: Path) -> None:
    retold = [
        PORT,
        GRAIN.replace("warned", "feared").replace("stayed", "remained"),
        DREDGER.replace("said that", "announced that").replace("stay suspended", "be halted"),
        PILOTS,
    ]
    assert kinds(tmp_path, *STORY, *retold) == ["body"] * 4 + ["repeat"] * 4


def test_a_summary_above_stays_and_only_whole_repeats_below_it_fold(tmp_path: Path) -> None:
    told = kinds(tmp_path, GRAIN, f"{PORT} {DREDGER}", GRAIN, f"{PILOTS} {GRAIN}")
    assert told == ["body", "body", "repeat", "body"]


def test_a_caption_that_says_a_sentence_again_is_a_repeat(tmp_path: Path) -> None:
    caption = "Ships wait outside the harbour of Umm Qasr while engineers clear a sunken barge"
    assert kinds(tmp_path, caption, *STORY, caption)[-1] == "repeat"


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ("two of the five", "five of the two"),
        ("since 2019", "since 2021"),
        ("had not been", "had been"),
        ("were out", "weren’t out"),
        ("at the entrance", "at the northern entrance"),
        ("Pilots complained", "Pilots complained to Jassim"),
    ],
)
@pytest.mark.parametrize("retold", [[], [PORT, GRAIN, DREDGER]])
def test_another_statement_is_no_repeat(
    tmp_path: Path, said: str, changed: str, retold: list[str]
) -> None:
    other = PILOTS.replace(said, changed)
    assert other != PILOTS
    assert kinds(tmp_path, *STORY, *retold, other)[-1] == "body"


def test_sentences_in_another_paragraph_with_something_new_are_body(tmp_path: Path) -> None:
    new = "The union of the pilots called for a strike from Sunday."
    assert kinds(tmp_path, *STORY, f"{PORT} {new}")[-1] == "body"


def test_rows_and_entries_that_come_back_are_body(tmp_path: Path) -> None:
    days = [
        line
        for day in ("Monday", "Tuesday", "Wednesday")
        for line in (
            day,
            "Salad [1 cup lettuce, 2 boiled eggs, 1 cup beans, 1 tsp. oil, 2 slices bread]",
            "Average CD rates of city, trust and long-term banks -",
        )
    ]
    assert set(kinds(tmp_path, PORT, *days)) == {"body"}
