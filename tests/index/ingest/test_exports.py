"""Exports: which column is which field, JSON of every shape, and what the settings say."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest import read_file
from index.ingest.exports.columns import columns_of
from index.model import Article, EvidenceKind, Skipped
from index.settings import Limits, Settings

BODY = (
    "Officials in Basra said on Monday that the bridge over the river had been closed after two"
    " barges struck a pillar during the night, and that repairs would take a month."
)
MORE = "Drivers were told to use the northern crossing, which carries twice its usual traffic."


def read(
    folder: Path, data: Any, name: str = "a.json", settings: Settings | None = None
) -> list[Article | Skipped]:
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return list(read_file(path, settings))


def only(found: list[Article | Skipped]) -> Article:
    (article,) = found
    assert isinstance(article, Article), article
    return article


def texts(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


def reasons(found: list[Article | Skipped]) -> list[tuple[str, str]]:
    return [
        (item.locator.partition("#")[2], item.reason) for item in found if isinstance(item, Skipped)
    ]


@pytest.mark.parametrize(
    "columns",
    [
        ("Headline", "Full Text", "Publication", "Byline", "Publication date", "Document URL"),
        ("title", "maintext", "source_domain", "authors", "date_publish", "url"),
        ("head-line", "articleBody", "publisher", "creator", "datePublished", "canonical"),
        ("article.title", "article.content", "source.name", "author.name", "pubDate", "webUrl"),
        ("TITLE", "TEXT", "OUTLET", "AUTHOR", "PUBLISHED_AT", "LINK"),
        ("dc:title", "content:encoded", "siteName", "dc:creator", "dc:date", "permalink"),
        ("Titel", "Volltext", "Quelle", "Autor", "Datum", "Link"),
        ("Título", "Texto", "Fuente", "Autor", "Fecha", "Enlace"),
        ("العنوان", "النص", "المصدر", "الكاتب", "التاريخ", "الرابط"),
    ],
)
def test_columns_are_known_by_their_names(columns: tuple[str, ...]) -> None:
    found = columns_of(columns)
    assert (
        tuple(found[field][0] for field in ("title", "text", "source", "author", "date", "url"))
        == columns
    )


@given(st.lists(st.text(max_size=20), max_size=8))
def test_any_names_are_no_fault(names: list[str]) -> None:
    found = columns_of(names)
    assert {name for those in found.values() for name in those} <= set(names)


def test_what_is_of_something_else_is_no_field() -> None:
    assert columns_of(["author.url", "image.url", "section.name", "user.title", "source.id"]) == {}


def test_a_field_says_its_column_as_it_is_written(tmp_path: Path) -> None:
    article = only(read(tmp_path, {"Headline": "Bridge closed", "Full Text": BODY}))
    assert article.title == "Bridge closed"
    assert article.evidence["title"].kind is EvidenceKind.FIELD
    assert article.evidence["title"].detail == "Headline"


def test_the_full_text_is_taken_before_a_summary(tmp_path: Path) -> None:
    row = {"description": "Short.", "summary": "Shorter.", "content": BODY, "title": "T"}
    assert texts(only(read(tmp_path, row))) == [BODY]
    assert texts(only(read(tmp_path, row | {"content": None}))) == ["Short."]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (1707129000, datetime(2024, 2, 5, 10, 30, tzinfo=UTC)),
        ("1707129000", datetime(2024, 2, 5, 10, 30, tzinfo=UTC)),
        (1707129000000, datetime(2024, 2, 5, 10, 30, tzinfo=UTC)),
        (1707129000.0, datetime(2024, 2, 5, 10, 30, tzinfo=UTC)),
        ({"$date": {"$numberLong": "1707129000000"}}, datetime(2024, 2, 5, 10, 30, tzinfo=UTC)),
        ({"$date": "2024-02-05T10:30:00Z"}, datetime(2024, 2, 5, 10, 30, tzinfo=UTC)),
        ("20240205103000", datetime(2024, 2, 5, 10, 30)),
        (20240205, datetime(2024, 2, 5)),
        ("5 February 2024", datetime(2024, 2, 5)),
        (10**400, None),
        (-1, None),
        (True, None),
        ("nan", None),
    ],
)
def test_dates_and_times_since_1970(tmp_path: Path, stated: Any, expected: datetime | None) -> None:
    assert only(read(tmp_path, {"text": BODY, "published": stated})).date == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (["Jane Doe", "John Roe"], "Jane Doe, John Roe"),
        ([{"name": "Jane Doe"}, {"name": "John Roe"}], "Jane Doe, John Roe"),
        ("['Jane Doe', \"John O'Roe\"]", "Jane Doe, John O'Roe"),
        ("By Jane Doe", "Jane Doe"),
        ("<a href='/jane'>Jane Doe</a>", "Jane Doe"),
        ({"@type": "Person", "name": "Jane Doe"}, "Jane Doe"),
        (17, None),
        ("N/A", None),
        ([], None),
        (None, None),
    ],
)
def test_authors_are_one_line(tmp_path: Path, stated: Any, expected: str | None) -> None:
    assert only(read(tmp_path, {"text": BODY, "author": stated})).author == expected


def test_a_column_that_takes_long_to_look_through_costs_no_other_row(tmp_path: Path) -> None:
    author = "['" + "\\'" * 400_000
    rows = [{"author": author, "text": BODY}, {"author": "Jane Doe", "text": MORE}]
    first, second = read(tmp_path, rows)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert second.author == "Jane Doe"


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{BODY}</p><p>{MORE}</p>",
        f"&lt;p&gt;{BODY}&lt;/p&gt;\n&lt;p&gt;{MORE}&lt;/p&gt;",
        f"<strong>{BODY}</strong>\n{MORE}",
        f"{BODY}<br><br>{MORE}<script>alert(1)</script>",
        f"{BODY}\n\n{MORE}",
        [BODY, MORE],
    ],
)
def test_html_in_a_cell_becomes_its_text(tmp_path: Path, text: Any) -> None:
    assert texts(only(read(tmp_path, {"title": "T", "text": text}))) == [BODY, MORE]


def test_signs_that_are_no_tags_stay(tmp_path: Path) -> None:
    text = f"If a < b and b > c, <Jane> said <3. {BODY}"
    assert texts(only(read(tmp_path, {"title": "T", "text": text}))) == [text]


def test_a_whole_page_in_a_cell_is_read_as_a_page(tmp_path: Path) -> None:
    page = (
        "<!doctype html><html><head><title>P</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>Bridge closed</h1><p>{BODY}</p><p>{MORE}</p><p>{BODY} {MORE}</p></article>"
        "<footer>All rights reserved</footer></body></html>"
    )
    row = {"id": "p1", "url": "https://example.org/1", "outlet": "Basra Times", "html": page}
    article = only(read(tmp_path, row))
    assert article.locator.endswith("#p1")
    assert (article.url, article.source) == ("https://example.org/1", "Basra Times")
    assert texts(article)[:2] == [BODY, MORE]


def test_without_a_name_the_column_that_reads_like_prose_is_the_text(tmp_path: Path) -> None:
    rows = [
        {
            "a": f"https://example.org/{day}",
            "b": f"2024-02-0{day}",
            "c": "Bridge is closed for a month",
            "d": f"{BODY} {day}",
            "e": "x" * 400,
        }
        for day in (1, 2, 3)
    ]
    first = read(tmp_path, rows)[0]
    assert isinstance(first, Article)
    assert texts(first) == [f"{BODY} 1"]
    assert (first.title, first.url) == ("Bridge is closed for a month", "https://example.org/1")
    assert first.date == datetime(2024, 2, 1)


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.csv"])
def test_without_any_text_that_is_said_once_for_the_file(tmp_path: Path, name: str) -> None:
    rows = [{"a": number, "b\x1b[31m": "short"} for number in range(30)]
    data = {
        "a.json": json.dumps(rows),
        "a.jsonl": "\n".join(map(json.dumps, rows)),
        "a.csv": "a,b\x1b[31m\n" + "1,short\n" * 30,
    }[name]
    assert read(tmp_path, data, name) == [
        Skipped(
            str(tmp_path / name),
            'no column of text among "a", "b"; name it in the settings under [fields]',
        )
    ]


def test_rows_before_the_first_with_a_text_are_told(tmp_path: Path) -> None:
    found = read(tmp_path, [{"id": 1}, {"id": 2}, {"id": 3, "text": BODY}, {"id": 4}])
    assert reasons(found) == [
        ("1", "item 1: no text in it"),
        ("2", "item 2: no text in it"),
        ("4", "item 4: no text in it"),
    ]
    assert isinstance(found[2], Article)


# What the settings say


def test_the_settings_name_columns_for_files_that_match(tmp_path: Path) -> None:
    settings = Settings(
        fields={
            "nexis-*.json": {"text": "lead", "title": "meta.print.head", "author": ""},
            f"{tmp_path.name}/other.json": {"text": "Body 2"},
        }
    )
    row = {"text": BODY, "lead": MORE, "Body 2": "Second.", "author": "Nobody At All"}
    row |= {"meta": {"print": {"head": "Print"}}}  # type: ignore[dict-item]
    found = only(read(tmp_path, [row], "nexis-1.json", settings))
    assert (texts(found), found.title, found.author) == ([MORE], "Print", None)
    assert found.evidence["title"].detail == "meta.print.head"
    assert texts(only(read(tmp_path, [row], "other.json", settings))) == ["Second."]
    assert texts(only(read(tmp_path, [row], "x.json", settings))) == [BODY]


def test_a_column_of_the_settings_that_is_not_there_is_told(tmp_path: Path) -> None:
    settings = Settings(fields={"*": {"text": "Body", "author": "Writer"}})
    found = read(tmp_path, "title,text\nA,B\n", "a.csv", settings)
    assert reasons(found) == [
        ("", 'no column "Body", which the settings name, among "title", "text"'),
        ("", 'no column "Writer", which the settings name as author'),
    ]
    found = read(tmp_path, [{"body": BODY}, {"text": BODY}], "a.json", settings)
    assert isinstance(found[0], Article)
    assert reasons(found) == [
        ("2", "item 2: no text in it"),
        ("", 'no column "Writer", which the settings name as author'),
    ]


# JSON


ARTICLE = {"headline": "Bridge closed", "body": BODY}


@pytest.mark.parametrize(
    "data",
    [
        ARTICLE,
        [ARTICLE],
        {"status": "ok", "articles": [ARTICLE]},
        {"description": "What the API is.", "results": [ARTICLE], "facets": [{"n": 1}] * 9},
        {"response": {"docs": [ARTICLE], "meta": {"hits": 1}}},
        {
            "response": {
                "results": [{"id": 1, "fields": {"headline": "Bridge closed", "body": BODY}}]
            }
        },
        {"hits": {"total": 1, "hits": [{"_id": "1", "_source": ARTICLE}]}},
        {"headline": {"0": "Bridge closed"}, "body": {"0": BODY}},
        {"data": {"article": ARTICLE}},
        {"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": "NewsArticle"} | ARTICLE]},
        [{"title": {"rendered": "Bridge closed"}, "content": {"rendered": f"<p>{BODY}</p>"}}],
        {"version": "1", "title": "A feed", "items": [{"title": "Bridge closed", "text": BODY}]},
        ARTICLE | {"related": [{"title": "Another", "summary": MORE}]},
    ],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_articles_are_found_in_what_wraps_them(
    tmp_path: Path, data: Any, indent: int | None
) -> None:
    article = only(read(tmp_path, json.dumps(data, indent=indent)))
    assert (article.title, texts(article)) == ("Bridge closed", [BODY])


def test_json_ld_gives_all_that_it_states(tmp_path: Path) -> None:
    article = only(
        read(
            tmp_path,
            {
                "@context": "https://schema.org",
                "@type": "NewsArticle",
                "headline": "Bridge closed",
                "articleBody": BODY,
                "author": [{"@type": "Person", "name": "Jane Doe"}],
                "publisher": {"@type": "Organization", "name": "Basra Times", "logo": {"url": "x"}},
                "datePublished": "2024-02-05T10:30:00Z",
                "inLanguage": "en",
                "mainEntityOfPage": {"@type": "WebPage", "@id": "https://example.org/1"},
            },
        )
    )
    assert (article.source, article.author, article.url, article.language) == (
        *("Basra Times", "Jane Doe"),
        *("https://example.org/1", "en"),
    )


def test_json_lines_and_objects_in_a_row_under_the_name_of_json(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": BODY}, {"id": "b", "text": MORE}]
    for data in ("\n".join(map(json.dumps, rows)), "".join(json.dumps(r, indent=1) for r in rows)):
        found = read(tmp_path, data)
        assert [item.locator.rpartition("#")[2] for item in found] == ["a", "b"]
        assert all(isinstance(item, Article) for item in found)


def test_a_broken_element_costs_no_other(tmp_path: Path) -> None:
    good = [json.dumps({"id": name, "text": BODY}) for name in "abc"]
    data = f'[{good[0]}, {{"id": "x, "text": "y"}}, {good[1]}, 7, {good[2]}, {{"text": "cut'
    found = read(tmp_path, data)
    assert [i.locator[-1] for i in found if isinstance(i, Article)] == ["a", "b", "c"]
    assert reasons(found) == [
        ("2", "item 2: not valid JSON"),
        ("4", "item 4: not a JSON object"),
        ("6", "item 6: not valid JSON"),
    ]


def test_a_list_is_read_element_by_element_however_long(tmp_path: Path) -> None:
    rows = [{"id": number, "text": f"é{BODY} " * (number % 40)} for number in range(1, 2000)]
    found = read(tmp_path, json.dumps(rows, ensure_ascii=False))
    assert sum(isinstance(item, Article) for item in found) == 1950
    assert len(found) == 1999


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "no text in it"),
        ("[]", "no text in it"),
        ("{}", "no text in it"),
        ("7", "JSON, but no object and no list of objects"),
        ('{"a": 1,\n"b"', "not valid JSON at line 2"),
        ('{"a":' * 100_000, "not valid JSON: nested too deep"),
    ],
)
def test_json_without_articles_says_why(tmp_path: Path, data: str, reason: str) -> None:
    assert read(tmp_path, data) == [Skipped(str(tmp_path / "a.json"), reason)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_json_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.json"
    rows = [{"text": f"“Café” {BODY}"}, {"text": f"{MORE} – “tout l’été”"}]
    path.write_bytes(json.dumps(rows, ensure_ascii=False).encode(encoding))
    found = [item for item in read_file(path) if isinstance(item, Article)]
    assert [texts(item)[0] for item in found] == [row["text"] for row in rows]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_a_piece_that_is_too_large_costs_no_other(tmp_path: Path, name: str) -> None:
    settings = Settings(limits=Limits(file_megabytes=1))
    wide = "word " * 300_000
    rows = [
        {"id": name, "text": text} for name, text in zip("abc", (BODY, wide, MORE), strict=True)
    ]
    data = {
        "a.jsonl": "\n".join(map(json.dumps, rows)),
        "a.json": json.dumps(rows),
        "a.csv": f'id,text\na,{BODY}\nb,{wide}\nc,"{MORE}"\n',
    }[name]
    found = read(tmp_path, data, name, settings)
    assert [i.locator[-1] for i in found if isinstance(i, Article)] == ["a", "c"]
    assert len(reasons(found)) == 1
