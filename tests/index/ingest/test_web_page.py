"""Saved web pages as people have them: the article whole, furniture folded, nothing raised."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.ingest import read_file
from index.model import Article, Skipped

STORY = (
    "Officials in Basra said on Monday that the bridge over the river had been closed after two"
    " barges struck a pillar during the night, and that repairs would take a month.",
    "Drivers were told to use the northern crossing, which carries twice its usual traffic, until"
    " the engineers have finished their work on the pillar.",
    "Nobody was hurt, the harbour master said, but one of the barges had to be towed to the yard"
    " and the other one sank near the bank during the morning.",
    "The ministry of transport has promised a report on the collision, the third of its kind at"
    " the same pillar in less than two years.",
)
OPENING = STORY[0][:60]


def p(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(body: str, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><title>Bridge closed</title>{head}</head><body>"
        "<nav><a href='/'>Home</a> <a href='/x'>World news</a></nav>"
        f"{body}<footer>All rights reserved by the publisher of this page</footer></body></html>"
    )


def read(folder: Path, html: str | bytes) -> Article:
    path = folder / "page.html"
    path.write_bytes(html if isinstance(html, bytes) else html.encode("utf-8"))
    (found,) = read_file(path)
    assert isinstance(found, Article), found
    return found


def reason(folder: Path, html: str | bytes) -> str:
    path = folder / "page.html"
    path.write_bytes(html if isinstance(html, bytes) else html.encode("utf-8"))
    (found,) = read_file(path)
    assert isinstance(found, Skipped)
    return found.reason


def body(article: Article) -> list[str]:
    return [each.text for each in article.paragraphs if each.kind == "body"]


def folded(article: Article) -> list[str]:
    return [each.text for each in article.paragraphs if each.kind == "boilerplate"]


def test_a_body_cut_up_by_advertisements_is_put_together(tmp_path: Path) -> None:
    html = page(
        "<main><h1>Bridge closed</h1><div class='chunks'>"
        f"<div class='row'><div class='body text'>{p(*STORY[:2])}</div></div>"
        "<div class='ad'>Advertisement</div>"
        f"<div class='row'><div class='body text'>{p(*STORY[2:])}</div></div></div></main>"
    )
    assert body(read(tmp_path, html)) == list(STORY)


def test_another_article_below_is_not_taken_for_more_of_the_first(tmp_path: Path) -> None:
    other = [f"{text[:-1]}, he said of quite another matter." for text in STORY]
    html = page(
        f"<article class='story'><h1>Bridge closed</h1>{p(*STORY)}</article>"
        f"<article class='story'><h1>Airport opens</h1>{p(*other)}</article>"
    )
    assert body(read(tmp_path, html)) == list(STORY)


def test_text_between_line_breaks_is_not_lost(tmp_path: Path) -> None:
    html = page(
        f"<div class='content'>{STORY[0]}<br><br>{STORY[1]}<br> <br>"
        f"<img src='a.jpg'><center><em>The bridge in the morning</em></center> <br>{STORY[2]}"
        f"<br><br>{STORY[3]}</div>"
    )
    article = read(tmp_path, html)
    assert body(article) == list(STORY)
    assert folded(article) == ["The bridge in the morning"]


@pytest.mark.parametrize(
    "picture",
    [
        "<figure><img src='a.jpg'><figcaption>The bridge at dawn</figcaption></figure>",
        "<div class='photo'><img src='a.jpg'><span>The bridge at dawn</span></div>",
        "<p><img src='a.jpg'></p><p><em>The bridge at dawn</em></p>",
        "<div><img src='a.jpg'></div><div class='image-caption'>The bridge at dawn</div>",
    ],
)
def test_captions_are_folded_and_not_lost(tmp_path: Path, picture: str) -> None:
    article = read(
        tmp_path, page(f"<article><h1>Bridge closed</h1>{p(*STORY[:2])}{picture}{p(*STORY[2:])}")
    )
    assert body(article) == list(STORY)
    assert folded(article) == ["The bridge at dawn"]


def test_the_line_under_the_headline_is_folded(tmp_path: Path) -> None:
    html = page(
        "<article><header><h1>Bridge closed</h1><h2>Repairs will take a month, and the traffic"
        f" goes north, officials say</h2></header><div class='text'>{p(*STORY)}</div></article>"
    )
    assert body(read(tmp_path, html)) == list(STORY)


def test_subheadings_are_kept_however_they_are_marked_up(tmp_path: Path) -> None:
    html = page(
        f"<article><h1>Bridge closed</h1><div class='text'>{p(*STORY[:2])}<h2>What is next</h2>"
        f"{p(STORY[2])}<div class='sub'>What did the ministry say?</div>{p(STORY[3])}</div>"
    )
    assert body(read(tmp_path, html)) == [
        *STORY[:2],
        "What is next",
        STORY[2],
        "What did the ministry say?",
        STORY[3],
    ]


def test_boxes_in_the_article_and_lists_under_it_are_no_body(tmp_path: Path) -> None:
    box = (
        "<div class='newsletter-signup'><p>Get the best of our harbour coverage in your inbox"
        " every single morning of the week.</p></div>"
    )
    links = "".join(
        f"<p><a href='/{n}'>Minister says the bridge at kilometre {n} will open</a></p>"
        for n in range(4)
    )
    html = page(
        f"<article><h1>Bridge closed</h1>{p(*STORY[:2])}{box}{p(*STORY[2:])}{links}</article>"
    )
    assert body(read(tmp_path, html)) == list(STORY)


def test_words_are_neither_glued_together_nor_split(tmp_path: Path) -> None:
    html = page(
        "<article><h1>Bridge closed</h1><p>Prime <b>Min</b>ister\n <a href='/x'>Al-Sudani</a> said"
        f" that <i>talks</i>, which began on Monday, would go on.</p>{p(*STORY)}"
        "<ul><li>The first point is short.</li><li><p>The second one is a paragraph.</p></li></ul>"
        "<table><tr><th>Town</th><th>Dead</th></tr><tr><td>Basra</td><td>12</td></tr></table>"
        f"<blockquote>We will not go back, said the man.</blockquote>{p(STORY[0][::-1])}</article>"
    )
    texts = body(read(tmp_path, html))
    assert texts[0] == (
        "Prime Minister Al-Sudani said that talks, which began on Monday, would go on."
    )
    assert texts[5:10] == [
        "• The first point is short.",
        "• The second one is a paragraph.",
        "Town – Dead",
        "Basra – 12",
        "We will not go back, said the man.",
    ]


def test_every_entry_of_a_live_report_is_kept(tmp_path: Path) -> None:
    entries = "".join(
        f"<article class='entry'><h2>Entry number {n}</h2><time>1{n}:00</time>"
        f"<p>{STORY[n % 4]} This was entry {n}.</p><p>{STORY[(n + 1) % 4]} So much for {n}.</p>"
        "</article>"
        for n in range(8)
    )
    texts = body(read(tmp_path, page(f"<main><h1>The bridge, live</h1>{entries}</main>")))
    for n in range(8):
        assert f"{STORY[n % 4]} This was entry {n}." in texts
        assert f"Entry number {n}" in texts


def test_a_single_file_page_says_where_it_was_saved(tmp_path: Path) -> None:
    picture = "data:image/png;base64," + "A" * 2_000_000
    html = (
        "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n"
        " url: https://example.org/news/bridge \n saved date: Mon Feb 05 2024 10:30:00 GMT+0000 \n"
        f"--><head><meta charset=utf-8><style>.a{{background:url({picture})}}</style></head>"
        f"<body><img src={picture}><article><h1>Bridge closed</h1>{p(*STORY)}</article></body>"
    )
    article = read(tmp_path, html)
    assert body(article) == list(STORY)
    assert article.url == "https://example.org/news/bridge"


@pytest.mark.parametrize(
    "html",
    [
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "articleBody":'
        f"{json.dumps(chr(10).join(STORY))}}}]}}</script><div id='root'></div>",
        '<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">'
        f"{json.dumps({'props': {'body': [{'text': f'<p>{text}</p>'} for text in STORY]}})}"
        "</script>",
        "<div id='app'>Loading</div><script>window.__STATE__ = "
        f"{json.dumps({'seo': {'description': STORY[0] * 2}, 'story': {'html': p(*STORY)}})};"
        "</script>",
    ],
)
def test_a_page_that_a_script_would_have_built_has_its_text(tmp_path: Path, html: str) -> None:
    assert body(read(tmp_path, f"<html><body>{html}</body></html>")) == list(STORY)


@pytest.mark.parametrize(
    ("declared", "actual"), [("iso-8859-1", "utf-8"), ("utf-8", "cp1252"), ("x-odd", "cp1252")]
)
def test_a_wrong_charset_is_seen_through(tmp_path: Path, declared: str, actual: str) -> None:
    line = "The café “Harbour” on the quay was shut for a month as well, its owner said on Monday."
    html = page(f"<article>{p(*STORY, line)}</article>", f"<meta charset='{declared}'>")
    assert body(read(tmp_path, html.encode(actual)))[-1] == line


def test_other_scripts_are_read_as_well(tmp_path: Path) -> None:
    arabic = [
        "أعلنت كتائب حزب الله تعليق عملياتها ضد القوات الأمريكية في العراق يوم الثلاثاء.",
        "وقال المتحدث باسم الحكومة إن القرار جاء بعد اجتماع طويل في بغداد يوم الاثنين.",
    ]
    chinese = [
        "官员周一表示，两艘驳船夜间撞上桥墩后，河上的大桥已经关闭，维修工作将持续一个月。",
        "司机被告知使用北部的渡口，那里的交通量是平时的两倍，直到维修完成为止。",
    ]
    for texts in (arabic, chinese):
        assert body(read(tmp_path, page(f"<article>{p(*texts)}</article>"))) == texts


def test_frames_and_pages_of_headlines_say_why_they_have_no_article(tmp_path: Path) -> None:
    frames = "<html><frameset cols='20%,80%'><frame src='a.html'><frame src='b.html'></frameset>"
    assert reason(tmp_path, frames) == "a page of frames: its text is in other files"
    cards = "".join(
        f"<div><h2><a href='/{n}'>Minister says that bridge number {n} will be open</a></h2>"
        f"<p>The bridge {n} was closed in March.</p></div>"
        for n in range(30)
    )
    assert reason(tmp_path, page(f"<main>{cards}</main>")) == "no article was found in the page"
    form = "<html><body><form><label>Name</label><input><button>Go</button></form></body></html>"
    assert reason(tmp_path, form) == "no article was found in the page"


def test_what_a_page_of_frames_tells_others_is_read(tmp_path: Path) -> None:
    html = (
        f"<html><frameset><frame src='a'><noframes><body>{p(*STORY)}</body></noframes></frameset>"
    )
    assert body(read(tmp_path, html)) == list(STORY)


def test_entities_that_a_page_declares_are_not_expanded(tmp_path: Path) -> None:
    html = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]><html xmlns="http://www.w3.org/1999/xhtml"><body>'
        f"{p(*STORY, 'Then &b; and &f; were seen by all who stood at the quay, she said.')}</body>"
    )
    text = " ".join(each.text for each in read(tmp_path, html).paragraphs)
    assert "boom" not in text
    assert "root:" not in text
    assert STORY[3] in text


def test_scripts_comments_and_hidden_fields_give_no_text(tmp_path: Path) -> None:
    fake = "A fake paragraph that is long enough to be taken for one, if it was ever seen."
    html = page(
        f"<script>document.write('{p(fake)}')</script><article>{p(*STORY[:2])}<!-- {p(fake)} -->"
        f"<template>{p(fake)}</template><textarea>{p(fake)}</textarea>{p(*STORY[2:])}</article>"
    )
    article = read(tmp_path, html)
    assert body(article) == list(STORY)
    assert not any("fake" in each.text for each in article.paragraphs)


@pytest.mark.parametrize("depth", [300, 1_900, 100_000])
def test_deep_nesting_hides_nothing(tmp_path: Path, depth: int) -> None:
    html = f"<html><body>{'<div>' * depth}{p(*STORY[:2])}{'</div>' * depth}{p(*STORY[2:])}</body>"
    assert body(read(tmp_path, html)) == list(STORY)


@pytest.mark.parametrize(
    "made",
    [
        lambda n: "".join(f"<p>Number {n} went by.</p>" for n in range(35_000)),
        lambda n: "<p>" + "".join(f"<span>word{n}</span> " for n in range(100_000)) + "</p>",
        lambda n: "<ul>" + "<li><a href='/'>A headline of a story</a></li>" * 40_000 + "</ul>",
        lambda n: "<table>" + "<tr><td>1</td><td>name</td></tr>" * 20_000 + "</table>",
    ],
    ids=["paragraphs", "words", "links", "rows"],
)
def test_a_very_large_page_is_read(tmp_path: Path, made: object) -> None:
    assert callable(made)
    texts = [each.text for each in read(tmp_path, page(f"{p(*STORY)}{made(0)}")).paragraphs]
    assert all(text in texts for text in STORY)


WHOLE = page(
    f"<article class='story'><header><h1>Bridge closed</h1><h2>Repairs take a month</h2></header>"
    f"{p(*STORY[:2])}<figure><img src='a.jpg'><figcaption>The bridge</figcaption></figure>"
    f"<ul><li><a href='/x'>More</a></li></ul><table><tr><td>1</td><td>2</td></tr></table>"
    f"{p(*STORY[2:])}<div class='related'><h3><a href='/y'>Other</a></h3></div></article>",
    '<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"Text"}</script>',
).encode()


MARKUP = (
    *(b"<div>" * 50, b"</div>" * 50, b"<frameset>", b"<table><tr>", b"<p", b"\x00", b"</body>"),
    *(b"<![CDATA[", b"<!--", b"&#x202e;", b"<svg><p>", b"<body>"),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a_mutated_page_raises_nothing(tmp_path: Path, data: st.DataObject) -> None:
    html = WHOLE
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(html)))
        stop = data.draw(st.integers(start, min(len(html), start + 400)))
        new = data.draw(
            st.one_of(
                st.binary(max_size=20),
                st.sampled_from(MARKUP),
                st.just(html[start:stop] * 2),
            )
        )
        html = html[:start] + new + html[stop:]
    path = tmp_path / "page.html"
    path.write_bytes(html)
    for found in read_file(path):
        assert isinstance(found, (Article, Skipped))
        if isinstance(found, Article):
            assert all(each.text.strip() for each in found.paragraphs)
            assert not any("\n" in each.text for each in found.paragraphs)
        else:
            assert "could not be read" not in found.reason
