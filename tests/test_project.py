"""The promises of the house: README, Makefile, lock file and wheel say what is true."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from index.settings import Settings, read_settings
from tui import __version__
from tui.cli.entry import parallax

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf8")
MAKEFILE = (ROOT / "Makefile").read_text("utf8")
LOCK = (ROOT / "requirements.lock").read_text("utf8")
TARGETS = set(re.findall(r"^(\w+):", MAKEFILE, re.MULTILINE))
CODE = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
TYPED = [line.partition("#")[0].strip() for block in CODE for line in block.splitlines()]


def normal(name: str) -> str:
    """A distribution's name as package indexes write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


# README


def test_readme_opens_with_the_two_commands() -> None:
    assert TYPED[:2] == ["make run", "make test"]


def test_readme_shows_the_reader() -> None:
    picture = re.search(r"!\[.+\]\((.+)\)", README)
    assert picture
    assert "<svg" in (ROOT / picture[1]).read_text("utf8")[:200]


@pytest.mark.parametrize("page", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_make_targets_that_are_named_exist(page: str) -> None:
    named = set(re.findall(r"(?:^|`)make (\w+)", page, re.MULTILINE))
    assert {"test"} <= named <= TARGETS


def test_links_lead_somewhere() -> None:
    for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", README + CONTRIBUTING):
        assert (ROOT / link).exists(), link


def test_readme_tells_of_searches_formats_and_limits_as_they_are() -> None:
    # `make readme` writes them.
    spec = importlib.util.spec_from_file_location("readme", ROOT / "docs" / "readme.py")
    assert spec
    assert spec.loader
    readme = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(readme)
    assert "| `drone strike` |" in README
    assert "| `nesting` |" in README
    assert "`.csv`" in README
    assert readme.written(README) == README


def test_settings_of_readme_are_understood(tmp_path: Path) -> None:
    examples = re.findall(r"^```toml\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert len(examples) == 2
    path = tmp_path / "settings.toml"
    path.write_text("\n".join(examples), "utf8")
    assert read_settings(path) != Settings()


def test_readme_shows_every_command_and_no_other() -> None:
    shown = {line.split()[1] for line in TYPED if line.startswith("parallax ")}
    assert shown == set(parallax.commands)


@pytest.mark.parametrize("line", [line for line in TYPED if line.startswith("parallax ")])
def test_commands_of_readme_parse(line: str) -> None:
    _, name, *arguments = shlex.split(line.partition("|")[0])
    parallax.commands[name].make_context(name, arguments)


@pytest.mark.parametrize("name", list(parallax.commands))
def test_examples_of_help_parse(name: str) -> None:
    command = parallax.commands[name]
    for example in re.findall(
        rf"^ *parallax {name} (.+?)(?: {{3}}| >|$)", command.help or "", re.M
    ):
        command.make_context(name, shlex.split(example))


def test_keys_of_readme_are_bound() -> None:
    from textual.binding import Binding

    from tui.app import Parallax
    from tui.screens.article import ArticleScreen
    from tui.screens.compare import CompareScreen
    from tui.screens.library import LibraryScreen
    from tui.widgets.article_view import ArticleView
    from tui.widgets.results import ResultsList
    from tui.widgets.search_box import SearchBox

    screens = (LibraryScreen, ArticleScreen, CompareScreen)
    places = (Parallax, *screens, SearchBox, ResultsList, ArticleView)
    bindings = [
        binding
        for place in places
        for base in place.__mro__
        for binding in vars(base).get("BINDINGS", ())
    ]
    bound = {key for each in bindings if isinstance(each, Binding) for key in each.key.split(",")}
    names = {
        "↑": "up",
        "↓": "down",
        "Esc": "escape",
        "Tab": "tab",
        "F1": "f1",
        "Ctrl+R": "ctrl+r",
        "Ctrl+S": "ctrl+s",
        "/": "slash",
        ".": "full_stop",
        ",": "comma",
        "[": "left_square_bracket",
        "]": "right_square_bracket",
        "?": "question_mark",
    }
    table = re.findall(r"^\| (`.+`) \|", README.partition("## Keys")[2].partition("##")[0], re.M)
    keys = [key for row in table for key in re.findall(r"`(\S+)`", row)]
    assert len(keys) > 20
    for key in keys:
        assert names.get(key, key if len(key) == 1 else key.lower()) in bound, key


def test_contributing_names_rooms_that_exist() -> None:
    rooms = re.findall(r"^\| `([\w/.]+)`", CONTRIBUTING, re.MULTILINE)
    assert len(rooms) >= 10
    assert all((ROOT / room).exists() for room in rooms)


def test_changelog_names_this_version() -> None:
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text("utf8")


# The gate and the lock


def test_gate_keeps_what_readme_promises() -> None:
    gate = (ROOT / ".ci" / "run").read_text("utf8")
    assert re.findall(r"^make .*$", gate, re.MULTILINE) == ["make test", "make check"]


def test_every_target_sets_up_first() -> None:
    for target in TARGETS - {"setup"}:
        assert re.search(rf"^{target}: setup$", MAKEFILE, re.MULTILINE), target


def test_lock_names_no_index() -> None:
    assert "http" not in LOCK
    assert "--index" not in LOCK
    assert "file:" not in LOCK


def test_lock_pins_every_dependency_with_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    entries = re.split(r"\n(?=[a-z])", LOCK.partition("lock\n")[2])
    pinned = {normal(entry.partition("==")[0]) for entry in entries}
    assert {normal(re.split(r"[<>=~ ]", each)[0]) for each in wanted} <= pinned
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==\S+( ; .+)? \\\n    --hash=sha256:", entry), entry[:60]


# The wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, unpacked in a folder elsewhere."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_wheel_holds_all_that_the_packages_read(wheel: Path) -> None:
    for package in ("index", "tui"):
        for file in (ROOT / package).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                assert (wheel / file.relative_to(ROOT)).is_file(), file
    for seed in ROOT.glob("seeds/*"):
        assert (wheel / "index" / "seeds" / seed.name).read_bytes() == seed.read_bytes()
    metadata = next(wheel.glob("*.dist-info/METADATA")).read_text("utf8")
    assert f"\nVersion: {__version__}\n" in metadata


def test_wheel_opens_the_seeds_from_elsewhere(wheel: Path, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tui.cli", "search", "hezbollah", "--json"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(wheel)},
        check=True,
        capture_output=True,
    )
    found = json.loads(ran.stdout)
    assert found["total"] == 5
    assert str(wheel) in found["hits"][0]["article"]["locator"]
