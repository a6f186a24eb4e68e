"""The commands that search: what they print, and what they keep."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from index import Article, Factor, Hit, Library, Order, ParagraphKind, Results, Snippet
from index.fulltext.examples import EXAMPLES, Example
from index.places import bundled_seeds
from tests.tui.command_line import ALIKE, CONTROLS, HOSTILE, Run, process
from tui.cli import printing_searches
from tui.cli.searching import ORDERS

# search


def test_search_prints_titles_and_narrates_on_stderr(run: Run) -> None:
    code, out, err = run("search", "tower", "22")
    assert code == 0
    assert "Iraq’s Iran-backed militias to resume attacks" in out
    assert "\x1b" not in out
    assert re.search(r"^\d+ articles? in \d+ ms$", err, re.MULTILINE)


@pytest.mark.parametrize(
    "name", ["kataib hezbollah", "kata'ib hezbollah", "katai'ib hizballah", "hezbollah"]
)
def test_every_spelling_finds_the_five_seeds(run: Run, name: str) -> None:
    assert run("search", *name.split(), "--json").json["total"] == 5


def test_search_json_holds_the_records(run: Run) -> None:
    found = run("search", "soldiers", "--json").json
    assert found["query"] == "soldiers"
    hit = found["hits"][0]
    assert {"id", "locator", "title", "source", "date"} <= hit["article"].keys()
    start, end = hit["snippet"]["matches"][0]
    assert hit["snippet"]["text"][start:end].lower().startswith("soldier")


def test_search_leaves_words_out(run: Run) -> None:
    total = run("search", "iraq", "--json").json["total"]
    assert run("search", "iraq", "-erbil", "--json").json["total"] < total


def test_search_without_words_lists_everything(run: Run) -> None:
    assert run("search", "--json").json["total"] == 5


def test_search_limit(run: Run) -> None:
    code, out, err = run("search", "iraq", "--limit", "1")
    assert code == 0
    assert len(out.strip().split("\n\n")) == 1
    assert "the first 1 shown" in err


def test_nothing_found(run: Run) -> None:
    code, out, err = run("search", "zyzzyva")
    assert (code, out) == (1, "")
    assert "0 articles" in err


def test_every_order_can_be_asked_for(run: Run) -> None:
    assert set(ORDERS) == set(Order)
    for order in ORDERS:
        assert run("search", "iraq", "--sort", order, "--json").json["total"] == 5


ARTICLE = Article("0123456789ab", "/a/b.txt", "A title", "Rudaw", None, datetime(2024, 2, 9))
FURNITURE = Snippet("Subscribe to drone news", ((13, 18),), 3, ParagraphKind.BOILERPLATE)
FACTORS = (
    Factor("drone", 4.2, ("drone", "UAV\x1b[31m"), {"title": 1, "body": 3, "furniture": 0}, 2.31),
    Factor("all words", 1.0),
)
ANSWER = Results(
    "dron",
    12,
    (Hit(ARTICLE, 5.2, FURNITURE, 4, FACTORS),),
    note="read as words",
    spellings={"kadhimi": ("Kazemi",)},
    suggestion="drone",
)


def test_a_hit_says_how_often_it_matches_and_why_it_ranks_there(
    capfd: pytest.CaptureFixture[str],
) -> None:
    printing_searches.results(ANSWER)
    out, err = capfd.readouterr()
    assert out.splitlines() == [
        "A title",
        "  Rudaw · 9 Feb 2024 · 4 matches · score 5.20 · 0123456789ab",
        "  [site furniture] Subscribe to drone news",
        "  drone\t4.20\ttitle 1, body 3\t2.31\tUAV [31m",
        "  all words\t1.00\t\t\t",
        "",
    ]
    assert err.splitlines() == [
        "12 articles in 0 ms, the first 1 shown",
        "read as words",
        "kadhimi: also Kazemi",
        "did you mean: drone",
    ]


def test_factors_stand_in_columns_on_a_terminal(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    printing_searches.results(ANSWER)
    lines = re.sub(r"\x1b\[[\d;]*m", "", capfd.readouterr().out).splitlines()
    head, first, second = lines[3:6]
    assert head.split() == ["factor", "score", "stands", "in", "idf", "also", "counted"]
    assert head.index("score") + len("score") == first.index("4.20") + 4 == second.index("1.00") + 4
    assert head.index("stands") == first.index("title 1")


# facets


def test_facets_are_rows_down_a_pipe(run: Run) -> None:
    code, out, err = run("facets", "kataib", "hezbollah")
    assert code == 0
    rows = [line.split("\t") for line in out.splitlines()]
    assert ["source", "Rudaw English", "1"] in rows
    assert "5 articles" in err
    found = run("facets", "kataib", "hezbollah", "--json").json
    assert [[name, *map(str, each)] for name in found for each in found[name]] == rows
    assert run("search", "kataib", "hezbollah", "--json").json["facets"] == found


def test_facets_of_nothing(run: Run) -> None:
    code, out, err = run("facets", "zyzzyva")
    assert (code, out) == (1, "")
    assert "0 articles" in err


def test_months_are_a_timeline_on_a_terminal(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    months = (("2023-11", 60), ("2023-12", 15), ("2024-01", 1), ("2024-03", 30))
    outlets = tuple((f"Outlet {number}", 30 - number) for number in range(14))
    printing_searches.facets({"source": outlets, "month": months, "person": ()})
    out = re.sub(r"\x1b\[[\d;]*m", "", capfd.readouterr().out)
    timeline = out.partition("Month: 4\n")[2]
    assert [line.split() for line in timeline.splitlines()] == [
        ["2023-11", "60", "█" * 30],
        ["2023-12", "15", "█" * 7 + "▌"],
        ["2024-01", "1", "▌"],
        ["…"],
        ["2024-03", "30", "█" * 15],
    ]
    assert "Outlet 9" in out
    assert "Outlet 10" not in out
    assert "and 4 more" in out
    assert "Person" not in out


# saved


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    (made / "one.txt").write_text(f"Attack in Jordan\n\n{ALIKE}\n")
    return made


def test_a_saved_search_says_what_is_new_until_it_was_run(run: Run, folder: Path) -> None:
    code, out, err = run("search", "jordan", "--save", "The border", "--in", folder)
    assert code == 0
    assert "Attack in Jordan" in out
    assert "parallax search --saved 'The border'" in err
    assert run("saved", "--in", folder)[:2] == (0, "The border\tjordan\t1\t0\t\n")
    (folder / "two.txt").write_text("Rain in Jordan\n\nIt rained on Amman.\n")
    assert run("saved", "--in", folder, "--json").json == [
        {"name": "The border", "query": "jordan", "total": 2, "new": 1, "exact": False}
    ]
    code, out, err = run("search", "--saved", "The border", "--in", folder)
    assert code == 0
    [new] = [line for line in out.splitlines() if " · new · " in line]
    assert "two.txt" in new
    assert "1 new since" in err
    assert run("saved", "--in", folder).out == "The border\tjordan\t2\t0\t\n"


def test_the_json_of_a_saved_search_names_the_new_articles(run: Run, folder: Path) -> None:
    run("search", "jordan", "--exact", "--save", "J", "--in", folder)
    (folder / "two.txt").write_text("Rain in Jordan\n\nIt rained on Amman.\n")
    found = run("search", "--saved", "J", "--json", "--in", folder).json
    ids = {Path(hit["article"]["locator"]).name: hit["article"]["id"] for hit in found["hits"]}
    assert (found["query"], found["new"]) == ("jordan", [ids["two.txt"]])
    assert "new" not in run("search", "jordan", "--json", "--in", folder).json
    assert run("saved", "--in", folder).out == "J\tjordan\t2\t0\texact\n"


def test_a_saved_search_is_deleted(run: Run, folder: Path) -> None:
    assert run("saved", "--in", folder)[:2] == (1, "")
    for name in ("A", "B"):
        run("search", "jordan", "--save", name, "--in", folder)
    assert run("saved", "--delete", "A", "--in", folder)[:2] == (0, "B\tjordan\t1\t0\t\n")
    assert run("saved", "--delete", "B", "--in", folder)[:2] == (0, "")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["search", "--saved", "Nothing"], "'Nothing'; none is saved"),
        (["search", "iraq", "--saved", "Nothing"], "takes no QUERY"),
        (["search", "--save", "Nothing"], "give a QUERY"),
        (["search", "iraq", "--save", " "], "give the search a name"),
        (["search", "iraq", "--save", "x" * 61], "at most 60 characters"),
        (["search", "iraq", "--sort", "best"], "'best' is not one of"),
        (["facets", "--nothing"], "No such option"),
        (["saved", "--delete", "evil\x1b[31m"], "no saved search"),
        (["saved", "Nothing"], "unexpected extra argument"),
    ],
)
def test_wrong_use_is_one_line(run: Run, arguments: list[str], says: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert says in err
    assert not CONTROLS.search(err)


def test_nothing_hostile_is_printed(run: Run, write_articles: Callable[..., Path]) -> None:
    path = write_articles(f"{HOSTILE}. {ALIKE}", title=HOSTILE, source=HOSTILE)
    for arguments in (
        ["search", "soldiers", "\x1b[31m", "--save", f"Mine {HOSTILE}", "--explain"],
        ["saved"],
        ["saved", "--json"],
        ["facets", "soldiers"],
        ["facets", "soldiers", "--json"],
    ):
        _, out, err = run(*arguments, "--in", path)
        assert out, arguments
        assert not CONTROLS.search(out.replace("\t", "")), arguments
        assert not CONTROLS.search(err), arguments


@pytest.mark.parametrize("typed", ["parallax search --saved Th", "parallax saved --delete Th"])
def test_names_of_saved_searches_are_completed(cache_home: Path, typed: str) -> None:
    with Library.open([bundled_seeds()], cache_home / "parallax") as library:
        library.save_search("Three", "iraq")
        library.save_search("Other", "iraq")
    ran = process(
        env=os.environ
        | {
            "XDG_CACHE_HOME": str(cache_home),
            "_PARALLAX_COMPLETE": "bash_complete",
            "COMP_WORDS": typed,
            "COMP_CWORD": "3",
        }
    )
    assert (ran.stderr, ran.stdout) == ("", "plain,Three\n")


# syntax


def test_the_query_language_is_printed_by_its_examples(run: Run) -> None:
    code, out, _ = run("syntax")
    assert code == 0
    rows = [line.split("\t") for line in out.splitlines()]
    assert ["Words", "milit*", "words that begin so"] in rows
    assert [each["typed"] for each in run("syntax", "--json").json] == [row[1] for row in rows]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.typed)
def test_every_example_can_be_typed(run: Run, example: Example) -> None:
    code, _, err = run("search", *example.typed.split(), "--limit", "1")
    assert code in (0, 1), err
