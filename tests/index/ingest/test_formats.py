"""Each kind of file read from real files: text, Markdown, web pages, JSON Lines, broken ones."""

from __future__ import annotations

import json
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.ingest import article_id, read_file, sanitise
from index.model import Article, Skipped

BODY = (
    "Officials in Basra said on Monday that the bridge over the river had been closed after two"
    " barges struck a pillar during the night, and that repairs would take a month."
)
MORE = "Drivers were told to use the northern crossing, which carries twice its usual traffic."


def only(path: Path) -> Article:
    (article,) = read_file(path)
    assert isinstance(article, Article)
    return article


def text_file(folder: Path, text: str | bytes, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def paragraphs(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


def test_text_with_blank_lines(tmp_path: Path) -> None:
    path = text_file(tmp_path, f"Bridge Closed After Collision\n\n{BODY}\n\n  {MORE} \n\n* * *\n")
    article = only(path)
    assert article.title == "Bridge Closed After Collision"
    assert paragraphs(article) == [BODY, MORE]
    assert article.locator == str(path)
    assert article.id == article_id(str(path))
    assert len(article.id) == 12


def test_text_without_blank_lines_splits_at_lines(tmp_path: Path) -> None:
    assert paragraphs(only(text_file(tmp_path, f"{BODY}\n{MORE}\n{BODY[::-1]}"))) == [
        *(BODY, MORE),
        BODY[::-1],
    ]


def test_hard_wrapped_text_is_put_together(tmp_path: Path) -> None:
    wrapped = "\n\n".join(textwrap.fill(text, 70) for text in (BODY, MORE, f"{MORE} {BODY}"))
    article = only(text_file(tmp_path, f"Bridge Closed\nAfter Collision\n\n{wrapped}\n"))
    assert paragraphs(article)[-3:] == [BODY, MORE, f"{MORE} {BODY}"]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8-sig", "“Baghdad’s” café – naïve"),
        ("utf-16", "“Baghdad’s” café – naïve"),
        ("utf-32", "“Baghdad’s” café – naïve"),
        ("utf-16-le", "The president said on Sunday that talks would go on."),
        ("cp1252", "A bomb – the second this week – hit Baghdad’s centre. “We are fine,” he said."),
        ("cp1252", "Le président français a déclaré à Paris que l’été serait chaud."),
        ("cp1252", "The café’s owner said “no” — he would not pay £5 for it."),
        ("cp1252", "Lundi à Paris. À l’étranger, les élèves de l’armée étaient déjà prêts."),
        ("cp1250", "Prezydent powiedział w poniedziałek, że wojska opuszczą ten region."),
        ("cp1250", "Az elnök hétfőn azt mondta, hogy a csapatok elhagyják a térséget."),
        ("cp1254", "Cumhurbaşkanı ordunun bölgeden çekileceğini söyledi, değişiklik görüşüldü."),
        ("cp1257", "Prezidentas pirmadienį pareiškė, kad kariai paliks regioną iki metų pabaigos."),
        ("cp1251", "Президент России заявил о начале операции в Сирии в понедельник."),
        ("cp1256", "أعلنت كتائب حزب الله تعليق عملياتها ضد القوات الأمريكية في العراق"),
    ],
)
def test_encodings_are_found_out(tmp_path: Path, encoding: str, text: str) -> None:
    path = text_file(tmp_path, f"{text}\n\n{text} {text}".encode(encoding))
    assert paragraphs(only(path))[-1] == sanitise(f"{text} {text}")


def test_a_broken_byte_does_not_change_the_encoding(tmp_path: Path) -> None:
    data = f"{BODY} “Très grave,” il a dit.".encode().replace(b"month", b"mo\xffth")
    assert paragraphs(only(text_file(tmp_path, data)))[0].endswith(
        "mo\ufffdth. “Très grave,” il a dit."
    )


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no text in it"),
        (b" \n\t\n", "no text in it"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not text but a picture"),
        (bytes(range(256)) * 40, "not text but binary data"),
    ],
)
def test_files_without_text_say_why(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = text_file(tmp_path, data, name)
    assert list(read_file(path)) == [Skipped(str(path), reason)]


def test_controls_in_an_article_do_not_make_it_binary(tmp_path: Path) -> None:
    path = text_file(tmp_path, f"\x1b]0;x\x07{BODY}\x00\n\n\x1b[1m{MORE}\x1b[0m\u202e")
    assert paragraphs(only(path)) == [BODY, MORE]


def test_markdown_becomes_readable_text(tmp_path: Path) -> None:
    article = only(
        text_file(
            tmp_path,
            f"""---
title: "Bridge closed"
date: 2024-02-05
source: Basra Times
authors: [Jane Doe, John Roe]
url: https://example.org/bridge
---

## What is **known**

{BODY} See [the map](https://example.org/map) and `code`.

- First *point*
- Second point

3. Third

> {MORE}

| Crossing | Open |
|----------|------|
| North    | yes  |

<script>alert(1)</script>
&#x202e;&lt;b&gt; [/red] stays text
""",
            "a.md",
        )
    )
    assert (article.title, article.source, article.author, article.date, article.url) == (
        "Bridge closed",
        "Basra Times",
        "Jane Doe, John Roe",
        datetime(2024, 2, 5),
        "https://example.org/bridge",
    )
    assert paragraphs(article) == [
        "What is known",
        f"{BODY} See the map and code.",
        "• First point",
        "• Second point",
        "3. Third",
        MORE,
        "Crossing – Open",
        "North – yes",
        "<b> [/red] stays text",
    ]


def test_the_first_heading_is_the_title_of_markdown(tmp_path: Path) -> None:
    article = only(text_file(tmp_path, f"# Bridge *closed*\n\n{BODY}\n\n# Later\n\n{MORE}", "a.md"))
    assert article.title == "Bridge closed"
    assert paragraphs(article) == [BODY, "Later", MORE]


def page(head: str = "", body: str = "") -> str:
    story = "".join(f"<p>{text}</p>" for text in (BODY, MORE, f"{MORE} {BODY}", BODY.upper()))
    return (
        f"<html><head>{head}</head><body><nav><a href='/'>Home</a> <a href='/x'>World</a></nav>"
        f"<article><h1>Bridge Closed After Collision</h1>{story}{body}</article>"
        "<footer>All rights reserved</footer></body></html>"
    )


def test_a_web_page_gives_its_article_and_what_it_states(tmp_path: Path) -> None:
    head = (
        "<title>Bridge Closed After Collision - Basra Times</title>"
        '<meta property="og:title" content="Bridge Closed After Collision - Basra Times">'
        '<meta property="og:site_name" content="Basra Times">'
        '<meta name="author" content="Jane Doe">'
        '<link rel="canonical" href="https://example.org/news/bridge">'
        '<meta property="article:published_time" content="2024-02-05T10:30:00+00:00">'
    )
    article = only(text_file(tmp_path, page(head), "a.html"))
    assert article.title == "Bridge Closed After Collision"
    assert article.source == "Basra Times"
    assert article.author == "Jane Doe"
    assert article.url == "https://example.org/news/bridge"
    assert article.date == datetime(2024, 2, 5, 10, 30, tzinfo=UTC)
    assert [p.text for p in article.paragraphs if p.kind == "body"][:2] == [BODY, MORE]
    assert not any("Home" in text for text in paragraphs(article))


def test_a_page_is_decoded_as_it_declares(tmp_path: Path) -> None:
    html = page('<meta charset="windows-1251">', "<p>Мост через реку закрыт на месяц.</p>")
    article = only(text_file(tmp_path, html.encode("cp1251"), "a.htm"))
    assert paragraphs(article)[-1] == "Мост через реку закрыт на месяц."


@pytest.mark.parametrize("charset", ["idna", "punycode", "unicode_escape", "base64", "utf-16", "?"])
def test_an_odd_declaration_is_not_believed(tmp_path: Path, charset: str) -> None:
    html = page(f'<meta charset="{charset}">', "<p>The café “Harbour” was shut for a month.</p>")
    article = only(text_file(tmp_path, html.encode("cp1252"), "a.html"))
    assert paragraphs(article)[-1] == "The café “Harbour” was shut for a month."


def test_a_page_without_an_article_says_so(tmp_path: Path) -> None:
    (found,) = read_file(text_file(tmp_path, "<html><body><br></body></html>", "a.html"))
    assert isinstance(found, Skipped)
    assert found.reason == "no article was found in the page"


def rows(folder: Path, *lines: object) -> Path:
    written = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    return text_file(folder, "\n".join(written) + "\n", "news.jsonl")


def test_character_references_left_in_rows_are_resolved_and_stay_harmless(tmp_path: Path) -> None:
    row = {"title": "&#163;1.8m &amp; more", "text": f"AT&T &quot;paid&quot; &#27;[31m. {BODY}"}
    article = only(text_file(tmp_path, json.dumps(row), "news.jsonl"))
    assert article.title == "£1.8m & more"
    assert article.paragraphs[0].text == f'AT&T "paid" [31m. {BODY}'


def test_rows_are_articles(tmp_path: Path) -> None:
    path = rows(
        tmp_path,
        {
            "id": "x1",
            "title": "Bridge closed",
            "date": "2024-02-05T10:30:00Z",
            "source": "Basra Times",
            "author": ["Jane Doe", "John Roe"],
            "url": "https://example.org/1",
            "text": f"Bridge closed\n{BODY}\n{MORE}",
        },
        {"id": 7, "title": None, "text": f"{BODY}", "url": "javascript:alert(1)", "date": "2024"},
        {"text": f"{MORE}", "title": "\x1b[31mRed\u202e\nalert"},
    )
    first, second, third = (a for a in read_file(path) if isinstance(a, Article))
    assert first.locator == f"{path}#x1"
    assert (first.title, first.source, first.author) == (
        *("Bridge closed", "Basra Times"),
        "Jane Doe, John Roe",
    )
    assert first.date == datetime(2024, 2, 5, 10, 30, tzinfo=UTC)
    assert first.url == "https://example.org/1"
    assert paragraphs(first) == [BODY, MORE]
    assert (second.locator, second.url, second.date) == (f"{path}#7", None, None)
    assert (third.locator, third.title) == (f"{path}#3", "Red alert")


def test_a_broken_row_costs_no_other(tmp_path: Path) -> None:
    path = rows(
        tmp_path,
        *({"id": "a", "text": BODY}, "{broken", "[1, 2]", {"id": "b"}, {"id": "c", "text": " \n "}),
        *("[" * 100_000, "", '{"id": "d", "text": ' + "9" * 5_000 + "}", {"id": "e", "text": MORE}),
    )
    found = list(read_file(path))
    assert [a.locator for a in found if isinstance(a, Article)] == [f"{path}#a", f"{path}#e"]
    assert [(s.locator, s.reason) for s in found if isinstance(s, Skipped)] == [
        (f"{path}#2", "line 2: not valid JSON"),
        (f"{path}#3", "line 3: not a JSON object"),
        (f"{path}#4", "line 4: no text in it"),
        (f"{path}#5", "line 5: no text in it"),
        (f"{path}#6", "line 6: not valid JSON"),
        (f"{path}#8", "line 8: not valid JSON"),
    ]


def test_an_id_used_twice_loses_no_row(tmp_path: Path) -> None:
    path = rows(tmp_path, *({"id": name, "text": BODY} for name in ("a", "a", "a-2", "a", "2")))
    found = [a for a in read_file(path) if isinstance(a, Article)]
    assert len({a.id for a in found}) == 5
    assert [a.locator.rpartition("#")[2] for a in found] == ["a", "a-2", "a-2-2", "a-3", "2"]


def test_rows_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    path = rows(tmp_path, *({"id": n, "text": BODY} for n in range(1000)))
    reading = read_file(path)
    assert isinstance(next(reading), Article)
    with path.open("ab") as file:
        file.write(json.dumps({"id": "late", "text": MORE}).encode())
    assert [a.locator for a in reading][-1] == f"{path}#late"


def test_a_huge_single_line_is_one_paragraph(tmp_path: Path) -> None:
    article = only(text_file(tmp_path, "word " * 1_000_000))
    assert [len(text) for text in paragraphs(article)] == [4_999_999]
    assert article.words == 1_000_000
    assert article.title.endswith("…")


@pytest.mark.parametrize("ending", [".txt", ".md", ".html", ".jsonl"])
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(
    data=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.lists(
            st.sampled_from(
                [
                    *(
                        "# ",
                        "---\n",
                        "title: x\n",
                        "\n\n",
                        "> ",
                        "- ",
                        "|a|\n",
                        "<p>",
                        "</p>",
                        "<!--",
                    ),
                    *("Comments\n", "Related\n", "Share:\n", "By A B\n", "&#x1b;[31m", "\x1b]0;"),
                    *('{"text": "', '"}\n', '{"id": "a", ', "May 5, 2024\n", "A line. ", "\ud800"),
                    *("(Reuters) - ", "…\n", "Photo: A / AFP\n", "administrator\n", "\x00", "é"),
                ]
            ),
            max_size=40,
        ).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass")),
    )
)
def test_whatever_is_in_a_file_gives_safe_articles_or_a_reason(
    tmp_path: Path, ending: str, data: bytes
) -> None:
    path = text_file(tmp_path, data, f"any{ending}")
    for found in read_file(path):
        if isinstance(found, Skipped):
            assert found.reason
            continue
        assert found.title
        assert found.paragraphs
        assert any(paragraph.kind == "body" for paragraph in found.paragraphs)
        for text in (found.title, found.source or "-", found.author or "-", *paragraphs(found)):
            assert text
            assert text == sanitise(text).strip()
            assert "\n" not in text
        assert found.url is None or found.url.startswith("http")
        assert found.locator.encode("utf-8")
