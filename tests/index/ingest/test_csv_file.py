"""CSV as it is found: delimiters, quotes, encodings, headers, and quotes that nobody closed."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from index.ingest import read_file
from index.model import Article, Skipped

BODY = (
    "Officials in Basra said on Monday that the bridge over the river had been closed after two"
    " barges struck a pillar during the night, and that repairs would take a month."
)
MORE = "Drivers were told to use the northern crossing, which carries twice its usual traffic."
HEADER = ["Headline", "Publication", "Date", "Full Text", "URL"]
ROWS = [
    ["Bridge, closed", "Basra Times", "2024-02-05", f"{BODY}\n\n{MORE}", "https://example.org/1"],
    ["Second; | story", "", "5 Feb 2024", f'{MORE} "No," he said.', ""],
]


def written(rows: list[list[str]], **dialect: Any) -> str:
    out = io.StringIO()
    csv.writer(out, **dialect).writerows(rows)
    return out.getvalue()


def read(folder: Path, data: str | bytes, name: str = "a.csv") -> list[Article | Skipped]:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_file(path))


def articles(found: list[Article | Skipped]) -> list[Article]:
    return [item for item in found if isinstance(item, Article)]


def reasons(found: list[Article | Skipped]) -> list[str]:
    return [item.reason for item in found if isinstance(item, Skipped)]


def texts(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


@pytest.mark.parametrize(
    "dialect",
    [
        {},
        {"delimiter": ";"},
        {"delimiter": "\t"},
        {"delimiter": "|"},
        {"quoting": csv.QUOTE_ALL, "lineterminator": "\n"},
        {"quoting": csv.QUOTE_ALL, "delimiter": "\t"},
        {"quotechar": "'", "quoting": csv.QUOTE_ALL},
        {"escapechar": "\\", "doublequote": False, "quoting": csv.QUOTE_ALL},
        {"lineterminator": "\r"},
    ],
)
@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_dialects_are_found_out(tmp_path: Path, dialect: dict[str, Any], name: str) -> None:
    first, second = articles(read(tmp_path, written([HEADER, *ROWS * 3], **dialect), name))[:2]
    assert (first.title, first.source, first.date, first.url) == (
        *("Bridge, closed", "Basra Times"),
        *(datetime(2024, 2, 5), "https://example.org/1"),
    )
    assert texts(first) == [BODY, MORE]
    assert (second.title, texts(second)) == (ROWS[1][0], [ROWS[1][3]])
    assert first.evidence["title"].detail == "Headline"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"]
)
def test_encodings_are_found_out_however_late_they_show(tmp_path: Path, encoding: str) -> None:
    rows = [*[["plain", BODY]] * 1_000, ["Été", f"{MORE} “Café”"]]
    data = written([["title", "text"], *rows]).encode(encoding)
    assert len(data) > 150_000
    last = articles(read(tmp_path, data))[-1]
    assert (last.title, texts(last)) == ("Été", [f"{MORE} “Café”"])


def test_rows_are_named_by_their_id_or_first_line(tmp_path: Path) -> None:
    found = articles(read(tmp_path, written([HEADER, *ROWS])))
    assert [item.locator.rpartition("#")[2] for item in found] == ["2", "5"]
    with_id = written([["id", "text"], ["x", BODY], ["x", MORE]])
    found = articles(read(tmp_path, with_id))
    assert [item.locator.rpartition("#")[2] for item in found] == ["x", "x-2"]


def test_a_file_without_a_header_is_read_by_its_content(tmp_path: Path) -> None:
    rows = [
        [str(day), f"2024-02-0{day}", "The bridge is closed", f"https://example.org/{day}", BODY]
        for day in (1, 2, 3)
    ]
    found = articles(read(tmp_path, written(rows)))
    assert len(found) == 3
    assert (found[0].title, found[0].date, found[0].url, texts(found[0])) == (
        *("The bridge is closed", datetime(2024, 2, 1)),
        *("https://example.org/1", [BODY]),
    )
    assert found[0].evidence["date"].detail == "column 2"


def test_the_line_that_tells_excel_the_delimiter_is_no_row(tmp_path: Path) -> None:
    data = "sep=;\r\n" + written([HEADER, *ROWS], delimiter=";")
    assert [item.title for item in articles(read(tmp_path, data))] == [row[0] for row in ROWS]


def test_commas_in_a_last_column_that_nobody_quoted(tmp_path: Path) -> None:
    (found,) = articles(read(tmp_path, f"title,text\nA,{BODY}\n"))
    assert texts(found) == [BODY]


def test_quotes_in_a_table_parted_by_tabs_stand_for_themselves(tmp_path: Path) -> None:
    data = f'title\ttext\nA\t"We won," he said. {BODY}\nB\t"No, it is {MORE}\nC\t{MORE}\n'
    found = read(tmp_path, data, "a.tsv")
    assert [texts(item)[0][:6] for item in articles(found)] == ['"We wo', '"No, i', "Driver"]


def test_a_cell_may_be_wide_and_of_many_lines(tmp_path: Path) -> None:
    wide = "\n".join(["A line of its own, officials said."] * 10_000)
    (found,) = articles(read(tmp_path, written([["title", "text"], ["A", wide]])))
    assert len(found.paragraphs) == 10_000


def test_a_quote_that_is_not_closed_costs_one_row(tmp_path: Path) -> None:
    data = "".join(
        [
            "title,text,source\n",
            f'A,"{BODY}",X\n',
            f'B,"{MORE},X\n',
            *(f'C{number},"{BODY} Said ""{number}"".",X\n' for number in range(50)),
            'D,"Cut at the end',
        ]
    )
    found = read(tmp_path, data)
    assert [item.title for item in articles(found)] == ["A", *(f"C{n}" for n in range(50))]
    assert reasons(found) == [
        "line 3: a quote in it is not closed",
        "line 54: a quote in it is not closed",
    ]


def test_a_quote_that_is_not_closed_where_no_other_follows(tmp_path: Path) -> None:
    rows = "".join(f"C{number},{MORE[:40]},X\n" for number in range(30_000))
    found = read(tmp_path, f'title,text,source\nB,"{MORE},X\n{rows}')
    assert len(articles(found)) == 30_000
    assert reasons(found) == ["line 2: a quote in it is not closed"]


def test_quotes_inside_cells_that_nobody_doubled(tmp_path: Path) -> None:
    text = f'He said "no" and left. {BODY}'
    found = read(tmp_path, f'title,text,source\nA,"{text}\n{MORE}",X\nB,"{MORE}",Y\n')
    assert [(item.title, item.source) for item in articles(found)] == [("A", "X"), ("B", "Y")]
    assert texts(articles(found)[0]) == [text, MORE]
    assert not reasons(found)


def test_rows_with_other_numbers_of_cells_are_told(tmp_path: Path) -> None:
    data = f"text,title,url\n{BODY[:30]},A,\nalone\n{BODY[:30]},B,x,y,z\n{BODY[:30]},C,\n"
    found = read(tmp_path, data)
    assert [item.title for item in articles(found)] == ["A", "C"]
    assert reasons(found) == [
        "line 3: 1 cell where there are 3 columns",
        "line 4: 5 cells where there are 3 columns",
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no text in it"),
        (b"\n\n", "no text in it"),
        (b"title,text\n", "no text in it"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not text but a picture"),
        (bytes(range(256)) * 40, "not text but binary data"),
    ],
)
def test_files_without_rows_say_why(tmp_path: Path, data: bytes, reason: str) -> None:
    assert read(tmp_path, data) == [Skipped(str(tmp_path / "a.csv"), reason)]
