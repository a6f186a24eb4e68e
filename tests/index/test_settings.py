"""The settings file: what it says is done, and what it says wrongly is told in one line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.model import ParallaxError
from index.settings import (
    Limits,
    Settings,
    described,
    fingerprint,
    read_settings,
    settings_file,
)


def write(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_everything_is_as_documented(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml") == Settings()
    assert read_settings() == Settings()


def test_the_users_file_is_read_where_it_belongs() -> None:
    path = settings_file()
    path.parent.mkdir(parents=True)
    path.write_text("[reading]\ndate_from_file = true\n", encoding="utf-8")
    assert read_settings().date_from_file


def test_what_the_file_says_is_taken_and_the_rest_stays(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
        [keys]
        quit = "q"

        [limits]
        file_megabytes = 8

        [fields."nexis-*.csv"]
        text = "Full Text"
        source = "Publication"
        """,
    )
    assert read_settings(path) == Settings(
        limits=replace(Limits(), file_megabytes=8),
        fields={"nexis-*.csv": {"text": "Full Text", "source": "Publication"}},
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[limits\n", "Expected"),
        ("limits = 3", "[limits] must be a table"),
        ("[limits]\nfile_gigabytes = 3", "[limits] has no file_gigabytes; it knows file_megabytes"),
        ("[limits]\npages = 0", "pages in [limits] must be a whole number above zero"),
        ("[limits]\npages = true", "pages in [limits] must be a whole number above zero"),
        ("[limits]\npages = 1.5", "pages in [limits] must be a whole number above zero"),
        ('[limits]\npages = "9"', "pages in [limits] must be a whole number above zero"),
        (f"[limits]\nseconds = {10**10}", "seconds in [limits] must be at most 1,000,000,000"),
        ('[fields]\ntext = "Body"', '[fields."text"] needs columns, such as text = "Body"'),
        ('[fields."*.csv"]\ntext = 3', '[fields."*.csv"] needs columns'),
        ('[fields."*.csv"]\nbody = "B"', '[fields."*.csv"] has no body; it knows text, title'),
        ("[reading]\ndate_from_file = 1", "date_from_file must be true or false"),
        ("[reading]\ndate_of_file = true", "[reading] has no date_of_file; it knows date_from_"),
    ],
)
def test_a_fault_is_told_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ParallaxError) as raised:
        read_settings(path)
    message = str(raised.value)
    assert message.startswith(f"{path} was not used: ")
    assert said in message
    assert "\n" not in message


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ParallaxError, match="was not used: it is not text in UTF-8"):
        read_settings(path)


def test_a_file_with_a_mark_of_its_encoding_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "\ufeff[limits]\npages = 7\n")
    assert read_settings(path).limits.pages == 7


def test_every_limit_is_described_once() -> None:
    rows = described(Limits)
    assert [row.name for row in rows] == list(Limits.__slots__)
    assert {row.name: row.default for row in rows}["file_megabytes"] == Limits().file_megabytes
    assert all(row.text.endswith(".") and "\n" not in row.text for row in rows)


def test_the_fingerprint_changes_with_each_setting() -> None:
    plain = Settings()
    others = [
        replace(plain, date_from_file=True),
        replace(plain, limits=replace(Limits(), pages=1)),
        replace(plain, fields={"*.csv": {"text": "Body"}}),
        replace(plain, fields={"*.csv": {"text": "Text"}}),
    ]
    assert fingerprint(plain) == fingerprint(Settings())
    assert len({fingerprint(each) for each in (plain, *others)}) == 5


def test_a_table_that_is_not_known_is_named(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[limit]\nseconds = 5\n")
    with pytest.raises(ParallaxError, match=r"no \[limit\]"):
        read_settings(path)
