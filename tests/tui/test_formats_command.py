"""`parallax formats`: what can be read here, and what to install for the rest."""

from __future__ import annotations

import json
import sys

import pytest

from index.ingest.formats import FORMATS
from tui.cli.entry import main


def test_every_format_is_printed_with_its_endings(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["formats"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert len(lines) == len(FORMATS)
    assert "CSV\t.csv .tsv\tan article a row" in lines


def test_a_library_that_is_missing_is_named(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)  # as where it is not installed
    assert main(["formats", "--json"]) == 0
    found = {each["name"]: each for each in json.loads(capfd.readouterr().out)}
    assert found["PDF"]["endings"] == [".pdf"]
    assert found["PDF"]["missing"].endswith("pip install 'parallax-reader[pdf]'")
    assert found["plain text"]["missing"] is None
