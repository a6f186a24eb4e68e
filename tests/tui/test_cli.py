"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from filelock import FileLock

from index import Library
from index.generations import LOCK
from index.places import bundled_seeds
from tests.tui.command_line import ALIKE, CONTROLS, HOSTILE, Run, process
from tui import __version__
from tui.cli.commands import COMMANDS
from tui.cli.entry import parallax

# What every command has


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"parallax {__version__}\n", "")


def test_help_names_every_command(run: Run) -> None:
    page = run("--help").out
    assert all(re.search(rf"^  {name} ", page, re.MULTILINE) for name in parallax.commands)


@pytest.mark.parametrize("name", list(parallax.commands))
def test_help_of_each_command_has_an_example(run: Run, name: str) -> None:
    code, page, _ = run(name, "--help")
    assert code == 0
    assert f"  parallax {name}" in page or f"(parallax {name}" in page


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_each_command_prints_json_of_a_collection(command: click.Command) -> None:
    assert {"--json", "--in"} <= {name for option in command.params for name in option.opts}


# show


def test_show_folds_what_is_not_the_article(run: Run) -> None:
    folded, everything = run("show", "001").out, run("show", "001", "--all").out
    assert "vowed to attack US forces" in folded
    assert "--all prints them" in folded
    assert "Leave a Reply" not in folded
    assert "Leave a Reply" in everything
    assert "--all" not in everything


def test_show_wraps_at_80_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    lines = re.sub(r"\x1b\[[\d;]*m", "", run("show", "003").out).splitlines()
    assert 70 < max(len(line.rstrip()) for line in lines) <= 80


def test_show_json_holds_every_paragraph_with_its_kind(run: Run) -> None:
    article = run("show", "004", "--json").json
    assert {paragraph["kind"] for paragraph in article["paragraphs"]} == {
        "body",
        "boilerplate",
        "repeat",
    }


def test_an_article_is_named_by_path_name_or_id(run: Run) -> None:
    path = next(bundled_seeds().glob("003*.txt"))
    by_path = run("show", path, "--json").json
    assert run("show", path.name, "--json").json == by_path
    assert run("show", by_path["id"], "--json").json == by_path


def test_a_file_elsewhere_needs_no_collection(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "elsewhere.txt"
    path.write_text("A calm day in Erbil\n\nNothing happened in Erbil on Sunday.\n")
    assert "Nothing happened" in run("show", path).out


def test_a_row_is_named_by_its_path_and_id(run: Run, write_articles: Callable[..., Path]) -> None:
    path = write_articles("Rain fell on Basra all day.", "Snow fell on Kabul all night.")
    assert "Snow fell" in run("show", f"{path}#a1").out


@pytest.mark.parametrize("name", ["nothing-of-this-name", "00"])
def test_an_article_that_is_not_one(run: Run, name: str) -> None:
    code, out, err = run("show", name)
    assert (code, out) == (2, "")
    assert err.startswith("parallax: ")
    assert err.count("\n") == 1


# entities, related, compare


def test_entities_of_an_article(run: Run) -> None:
    found = run("entities", "001", "--json").json
    paragraphs = run("show", "001", "--json").json["paragraphs"]
    assert found["entities"]
    ids = {entity["id"] for entity in found["entities"]}
    in_text = [mention for mention in found["mentions"] if mention["paragraph"] is not None]
    assert in_text
    for mention in in_text:
        text = paragraphs[mention["paragraph"]]["text"]
        assert text[mention["start"] : mention["end"]] == mention["text"]
        assert mention["entity"] in ids


def test_entities_of_the_collection_are_tab_separated_down_a_pipe(run: Run) -> None:
    code, out, _ = run("entities")
    assert code == 0
    rows = [line.split("\t") for line in out.splitlines()]
    assert all(len(row) == 5 for row in rows)
    _, kind, mentions, articles, also = next(r for r in rows if r[0].endswith("Hezbollah"))
    assert kind == "organisation"
    assert int(mentions) >= int(articles) == 5
    assert also


def test_related_articles(run: Run) -> None:
    found = run("related", "003", "--json").json
    assert found == sorted(found, key=lambda each: -each["score"])
    assert all({"article", "score"} == each.keys() for each in found)
    assert found[0]["article"]["title"] in run("related", "003", "--limit", "1").out


def test_an_article_without_related_ones(run: Run, write_articles: Callable[..., Path]) -> None:
    path = write_articles("Rain fell on Basra all day.")
    assert run("related", "articles", "--in", path)[:2] == (1, "")


def test_compare_two_articles(run: Run) -> None:
    found = run("compare", "002", "003", "--json").json
    assert [article["locator"][-24:][:3] for article in found["articles"]] == ["002", "003"]
    assert found.keys() == {"articles", "passages", "figures", "quotes", "entities"}
    assert found["entities"].keys() == {"shared", "only"}
    code, out, _ = run("compare", "002", "003")
    assert code == 0
    for heading in ("Passages that say the same", "Figures", "Quotes", "Only in B"):
        assert heading in out
    for span in found["passages"][0]["spans"]:
        assert span["text"] in out


def test_compare_stands_in_columns_on_a_wide_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "140")
    assert re.search(r"│.{50,}│.{50,}│", run("compare", "002", "003").out)
    monkeypatch.setenv("COLUMNS", "70")
    assert "│" not in run("compare", "002", "003").out


def test_compare_files_without_a_collection(run: Run, tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(f"Attack in Jordan, {name[:3]}\n\n{ALIKE}\n")
    found = run("compare", tmp_path / "one.txt", tmp_path / "two.txt", "--json")
    assert found.code == 0
    assert len(found.json["articles"]) == 2


@pytest.mark.parametrize("articles", [["003"], ["003", "003"]])
def test_compare_takes_two_different_articles(run: Run, articles: list[str]) -> None:
    code, out, err = run("compare", *articles)
    assert (code, out) == (2, "")
    assert err == "parallax: compare takes two or more different articles\n"


# index, paths


def test_index_reports_what_it_did(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_text(f"Attack in Jordan\n\n{ALIKE}\n")
    (folder / "bad.jsonl").write_text("this is not JSON\n")
    first = run("index", "--in", folder, "--json").json
    assert (first["added"], len(first["skipped"])) == (1, 1)
    assert "bad.jsonl" in first["skipped"][0]["locator"]
    assert first["skipped"][0]["reason"]
    (folder / "good.txt").write_text(f"Attack in Syria\n\n{ALIKE}\n")
    assert run("index", "--in", folder, "--json").json["changed"] == 1
    code, out, err = run("index", "--in", folder)
    assert (code, err) == (0, "")
    assert "unchanged\t1\n" in out
    assert "bad.jsonl" in out


def test_skipped_files_are_one_line_of_the_other_commands(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("this is not JSON\n")
    (tmp_path / "good.txt").write_text(f"Attack in Jordan\n\n{ALIKE}\n")
    code, out, err = run("search", "jordan", "--in", tmp_path)
    assert code == 0
    assert "Attack in Jordan" in out
    assert [line for line in err.splitlines() if line.startswith("parallax: skipped")] == [
        line for line in err.splitlines() if "bad.jsonl" in line
    ]


def test_many_skipped_files_are_counted_by_reason_first(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        (tmp_path / f"{number:02}.txt").write_bytes(b"\x00\x01\x02\x03" * 40)
    (tmp_path / "bad.jsonl").write_text("this is not JSON\n")
    (tmp_path / "good.txt").write_text(f"Attack in Jordan\n\n{ALIKE}\n")
    _, out, _ = run("index", "--in", tmp_path)
    lines = out.splitlines()
    counted = next(n for n, line in enumerate(lines) if line.startswith("30\t"))
    first = next(n for n, line in enumerate(lines) if str(tmp_path) in line)
    assert counted < first
    assert sum(str(tmp_path) in line for line in lines) == 31
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    _, out, err = run("index", "--in", tmp_path)
    assert sum(".txt" in line for line in out.splitlines()) == 20
    assert "and 10 more" in err


def watching(folder: Path, *options: str) -> subprocess.Popen[str]:
    """A process that follows a folder, once it has read it for the first time."""
    return subprocess.Popen(
        [sys.executable, "-m", "tui.cli", "index", "--watch", "--in", str(folder), *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_index_follows_a_folder_until_ctrl_c(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text(f"Attack in Jordan\n\n{ALIKE}\n")
    with watching(folder) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        while "following" not in process.stderr.readline():
            pass
        (folder / "two.txt").write_text("Another headline\n\nAnd a text that is another.\n")
        while not (line := process.stdout.readline()).endswith("1 new article\n"):
            assert line
        (folder / "bad.txt").write_bytes(b"\x00\x01\x02\x03" * 40)
        assert "bad.txt" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0
        assert process.stderr.read() == ""


def test_index_follows_a_folder_with_a_report_a_line(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with watching(tmp_path / "in", "--json") as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["added"] == 0
        (tmp_path / "in" / "two.txt").write_text("Another headline\n\nAnd a text of it.\n")
        assert json.loads(process.stdout.readline())["added"] == 1
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0


# correct


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text(f"Attack in Jordan\n\n{ALIKE}\n")
    return folder


def test_evidence_is_shown_on_request(run: Run, articles: Path) -> None:
    code, out, _ = run("show", "one", "--evidence", "--in", articles)
    assert code == 0
    assert "Title\tAttack in Jordan\tits text: the first line\n" in out
    assert "Date\tunstated\t\n" in out
    assert "Three soldiers" in out
    assert (
        run("show", "one", "--in", articles, "--json").json["evidence"]["title"]["kind"] == "text"
    )
    assert "undated" in run("show", "one", "--in", articles).out


def test_a_field_is_corrected_and_taken_back(run: Run, articles: Path) -> None:
    code, out, err = run("correct", "one", "--in", articles, "--source", "Rudaw",
                         "--date", "2024-02-09", "--author", "A. Writer")  # fmt: skip
    assert (code, err) == (0, "")
    assert "Outlet\tRudaw\tyour correction, " in out
    found = run("search", "source:rudaw", "--in", articles, "--json").json
    assert found["hits"][0]["article"]["source"] == "Rudaw"
    shown = run("correct", "one", "--in", articles, "--undo", "source", "--undo", "date", "--json")
    assert (shown.json["source"], shown.json["date"]) == (None, None)
    assert shown.json["author"] == "A. Writer"
    assert run("correct", "one", "--in", articles, "--author", "", "--json").json["author"] is None
    assert run("search", "source:rudaw", "--in", articles).code == 1


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ([], "nothing to correct"),
        (["--date", "some day"], "not a date"),
        (["--url", "ftp://x"], "not an address"),
        (["--undo", "words"], "'words' is not one of"),
        (["--title", "T", "--undo", "title"], "exclude each other"),
    ],
)
def test_a_correction_that_cannot_be_is_one_line(
    run: Run, articles: Path, options: list[str], says: str
) -> None:
    code, out, err = run("correct", "one", "--in", articles, *options)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert says in err


def test_copies_are_shown_once_with_their_places(run: Run, articles: Path) -> None:
    (articles / "two.txt").write_bytes((articles / "one.txt").read_bytes())
    found = run("search", "--in", articles).out
    assert "2 places" in found
    shown = run("show", str(articles / "one.txt"), "--in", articles).out
    assert f"also at {articles / 'two.txt'}" in shown


def test_an_empty_collection_holds_nothing(run: Run, tmp_path: Path) -> None:
    assert run("index", "--in", tmp_path).code == 1
    assert run("search", "--in", tmp_path).code == 1


def test_collections_can_be_several(run: Run, write_articles: Callable[..., Path]) -> None:
    one = write_articles("Rain fell on Basra all day.", name="one.jsonl")
    two = write_articles("Snow fell on Kabul all night.", name="two.jsonl")
    assert run("search", "fell", "--in", one, "--in", two, "--json").json["total"] == 2


def test_paths_say_where_things_are(run: Run, cache_home: Path, tmp_path: Path) -> None:
    found = run("paths", "--json").json
    assert found.keys() == {"cache", "collection", "data", "state", "settings", "seeds"}
    assert found["cache"].startswith(str(cache_home))
    assert found["collection"].startswith(found["cache"])
    assert found["state"].startswith(str(tmp_path))
    assert Path(found["seeds"]).is_dir()
    assert f"seeds\t{found['seeds']}\n" in run("paths").out


# Wrong use


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["serach", "iraq"], "did you mean: parallax search"),
        (["no/such/folder"], "no such file or folder: no/such/folder (commands: search, facets,"),
        ([".", "nowhere"], "no such file or folder: nowhere"),
        (["x" * 5000], "no such file or folder"),
        (["evil\x1b[31m\u202e"], "no such file or folder: evil"),
        (["--nothing"], "No such option"),
        (["search", "--nothing"], "No such option"),
        (["search", "--limit", "many", "iraq"], "not a valid integer"),
        (["search", "--limit", "0", "iraq"], "0 is not in the range"),
        (["show"], "Missing argument 'ARTICLE'"),
        (["show", "one", "two"], "extra argument"),
        (["search", "--in", "nowhere", "iraq"], "nowhere"),
        (["index", "--in", "nowhere"], "nowhere"),
        (["completion", "tcsh"], "tcsh"),
    ],
)
def test_wrong_use_is_one_line_on_stderr(run: Run, arguments: list[str], says: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("parallax: ")
    assert says in err
    assert err.endswith("\n")
    assert not CONTROLS.search(err)
    assert err.count("\n") == 1


# The reader


@pytest.mark.parametrize("arguments", [[], ["."], ["./search"]])
def test_without_a_terminal_the_reader_names_the_commands_that_print(
    tmp_path: Path, arguments: list[str]
) -> None:
    (tmp_path / "search").mkdir()
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    ran = process(*arguments, cwd=tmp_path, env=environment)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.count("\n") == 1
    assert all(command.name in ran.stderr for command in COMMANDS if command.name)


def test_a_terminal_that_cannot_draw_is_told_the_same() -> None:
    ours, theirs = pty.openpty()
    ran = subprocess.run(
        [sys.executable, "-m", "tui.cli"],
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env=os.environ | {"TERM": "dumb"},
    )
    os.close(theirs)
    os.close(ours)
    assert ran.returncode == 2
    assert ran.stderr.startswith("parallax: the reader needs a terminal")


# Hostile text, closed pipes, Ctrl-C


def test_nothing_hostile_reaches_the_terminal(
    run: Run, tmp_path: Path, write_articles: Callable[..., Path]
) -> None:
    path = write_articles(f"{HOSTILE}. {ALIKE}", f"{ALIKE} {HOSTILE}", title=HOSTILE)
    (tmp_path / "evil\x1b[2J.jsonl").write_text("this is not JSON\n")
    ids = [hit["article"]["id"] for hit in run("search", "--in", path, "--json").json["hits"]]
    for arguments in (
        ["search", "soldiers"],
        ["search", "soldiers", "--json"],
        ["show", ids[0]],
        ["show", ids[0], "--json"],
        ["entities"],
        ["compare", *ids],
        ["index"],
        ["index", "--json"],
    ):
        _, out, err = run(*arguments, "--in", tmp_path)
        assert out
        assert not CONTROLS.search(out.replace("\t", "")), arguments
        assert not CONTROLS.search(err), arguments


def test_markup_in_text_is_text(run: Run, write_articles: Callable[..., Path]) -> None:
    path = write_articles("The [bold]militia[/bold] said [/] and :smile: no more.")
    assert "The [bold]militia[/bold] said [/] and :smile: no more." in run("show", path).out


def test_matched_words_are_bold_on_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    assert re.search(r"\x1b\[1m[Ss]oldiers?\x1b\[0m", run("search", "soldiers").out)


def test_a_closed_pipe_is_quiet(run: Run, write_articles: Callable[..., Path]) -> None:
    path = write_articles(*[f"Rain fell on Basra. {ALIKE}"] * 300)
    assert run("index", "--in", path).code == 0
    command = f"{sys.executable} -m tui.cli search rain --limit 300 --in {path} | head -1"
    ran = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0
    assert ran.stdout.count("\n") == 1
    assert "Traceback" not in ran.stderr
    assert "Broken" not in ran.stderr


def test_ctrl_c_ends_without_a_traceback(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(f"Attack in Jordan\n\n{ALIKE}\n")
    folder = Path(run("paths", "--in", tmp_path, "--json").json["collection"])
    folder.mkdir(parents=True)
    ours, theirs = pty.openpty()
    # The command waits as long as somebody else is updating the collection.
    with FileLock(folder / LOCK):
        waiting = subprocess.Popen(
            [sys.executable, "-m", "tui.cli", "search", "jordan", "--in", str(tmp_path)],
            stdout=subprocess.PIPE,
            stderr=theirs,
            env=os.environ | {"TERM": "xterm"},
        )
        os.close(theirs)
        drawn = b""
        while b"waiting" not in drawn:
            drawn += os.read(ours, 4096)
        waiting.send_signal(signal.SIGINT)
        out, _ = waiting.communicate(timeout=30)
    rest = b""
    try:
        while chunk := os.read(ours, 4096):
            rest += chunk
    except OSError:  # what Linux says when the other end of a terminal is closed
        pass
    os.close(ours)
    assert waiting.returncode == 130
    assert out == b""
    assert b"Traceback" not in drawn + rest


# Completion


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(run: Run, shell: str) -> None:
    code, out, _ = run("completion", shell)
    assert code == 0
    assert f"_PARALLAX_COMPLETE={shell}_complete" in out


@pytest.mark.parametrize(
    ("typed", "offers"),
    [
        ("parallax se", "plain,search"),
        ("parallax /some", "file,/some"),
        ("parallax search --l", "plain,--limit"),
        ("parallax show 00", "plain,003_4776d901254a8ef3.txt"),
        ("parallax show --in /nowhere 00", "file,00"),
    ],
)
def test_completion_offers(cache_home: Path, typed: str, offers: str) -> None:
    with Library.open([bundled_seeds()], cache_home / "parallax") as library:
        library.update()
    ran = process(
        env=os.environ
        | {
            "XDG_CACHE_HOME": str(cache_home),
            "_PARALLAX_COMPLETE": "bash_complete",
            "COMP_WORDS": typed,
            "COMP_CWORD": str(len(typed.split()) - 1),
        }
    )
    assert ran.stderr == ""
    assert offers in ran.stdout.splitlines()


def test_a_command_prints_though_stderr_is_closed() -> None:
    command = f'"{sys.executable}" -m tui.cli search kataib --json 2>&-'
    ran = subprocess.run(["sh", "-c", command], stdout=subprocess.PIPE, check=False)
    assert ran.returncode == 0
    assert json.loads(ran.stdout)["total"] == 5
