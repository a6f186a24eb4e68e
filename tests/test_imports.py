"""What is loaded when: the quick commands stay quick, and the index needs no screen."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"lxml", "numpy", "rich", "textual", "trafilatura", "whoosh"}


def loaded(code: str) -> set[str]:
    """The top-level modules that are loaded after some code in a fresh Python."""
    ran = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint('loaded', *sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.partition(".")[0] for name in ran.stdout.splitlines()[-1].split()}


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_version_and_help_load_neither_the_screen_nor_the_index(argument: str) -> None:
    modules = loaded(f"from tui.cli import main; main([{argument!r}])")
    assert "click" in modules
    assert not (HEAVY | {"index"}) & modules


def test_the_index_loads_no_screen_and_nothing_heavy() -> None:
    modules = loaded("import index")
    assert "index" in modules
    assert not (HEAVY | {"click", "tui"}) & modules


def test_a_typed_query_is_narrowed_without_anything_heavy() -> None:
    modules = loaded("import index; index.filters(index.narrowed('drone', 'month', '2024-02'))")
    assert not HEAVY & modules


def test_printing_loads_no_screen() -> None:
    assert "textual" not in loaded("import tui.cli.printing_searches, tui.cli.updating")
