"""What a web page states of its article: believed tag by tag, and hostile pages cost nothing."""

from __future__ import annotations

import json
from typing import Any

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.pages.page_facts import stated
from index.model import EvidenceKind

ADDRESS = "https://www.harbour.example/news/port-reopens"


def facts(head: str, body: str = "<p>Text</p>", html: str = "<html>") -> dict[str, tuple[str, str]]:
    """Each fact of a page with the detail of its evidence."""
    page = f"<!doctype html>{html}<head>{head}</head><body>{body}</body></html>"
    found = stated(lxml.html.fromstring(page), page)
    return {name: (each.value, each.evidence.detail) for name, each in found.items()}


def ld(*nodes: Any) -> str:
    return "".join(
        f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes
    )


def meta(**tags: str) -> str:
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{value}">'
        for name, value in tags.items()
    )


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Port Reopens",
    "author": {"@type": "Person", "name": "Jane Doe"},
    "publisher": {"@type": "Organization", "name": "Harbour Dispatch"},
    "datePublished": "2024-02-05T10:30:00+03:00",
    "dateModified": "2024-02-06T10:30:00+03:00",
    "mainEntityOfPage": ADDRESS,
    "inLanguage": "en-GB",
}


def test_an_article_in_json_ld() -> None:
    found = facts(ld(ARTICLE) + f'<link rel="canonical" href="{ADDRESS}?utm_source=x&id=1">')
    assert found == {
        "title": ("Port Reopens", "JSON-LD headline"),
        "source": ("Harbour Dispatch", "JSON-LD publisher"),
        "author": ("Jane Doe", "JSON-LD author"),
        "date": ("2024-02-05T10:30:00+03:00", "JSON-LD datePublished"),
        "url": (f"{ADDRESS}?id=1", "<link rel=canonical>"),
        "language": ("en", "JSON-LD inLanguage"),
    }


def test_a_page_with_meta_tags_alone() -> None:
    found = facts(
        meta(
            og__title="Port Reopens | BBC News",
            og__site_name="BBC",
            article__published_time="2024-02-05T10:30:00Z",
            og__url=ADDRESS,
        )
        + '<meta name="author" content="By Jane Doe and John Roe, BBC News">',
        html='<html lang="en-GB">',
    )
    assert found == {
        "title": ("Port Reopens", "og:title"),
        "source": ("BBC News", "og:site_name"),
        "author": ("Jane Doe, John Roe", "author"),
        "date": ("2024-02-05T10:30:00+00:00", "article:published_time"),
        "url": (ADDRESS, "og:url"),
        "language": ("en", "<html lang>"),
    }


def test_a_graph_of_nodes_that_refer_to_each_other() -> None:
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "@id": "#site", "name": "Harbour Dispatch"},
            {"@type": "BreadcrumbList", "itemListElement": [{"name": "Home"}]},
            {"@type": "Article", "@id": "#article", "headline": "Port Reopens",
             "author": [{"@id": "#jane"}, {"@id": "#john"}], "publisher": {"@id": "#org"},
             "datePublished": "2024-02-05T10:30:00+03:00"},
            {"@type": ["Person"], "@id": "#jane", "name": "Jane Doe"},
            {"@type": "Person", "@id": "#john", "name": "John Roe"},
            {"@type": "Organization", "@id": "#org", "name": "Harbour Dispatch"},
        ],
    }  # fmt: skip
    found = facts(ld(graph))
    assert found["title"] == ("Port Reopens", "JSON-LD headline")
    assert found["author"] == ("Jane Doe, John Roe", "JSON-LD author")
    assert found["source"][0] == "Harbour Dispatch"
    assert found["date"][0] == "2024-02-05T10:30:00+03:00"


def test_the_page_s_own_article_of_several() -> None:
    others = [
        {**ARTICLE, "headline": f"Other {n}", "mainEntityOfPage": f"https://a.example/{n}"}
        for n in range(3)
    ]
    page = ld({"@type": "ItemList", "itemListElement": others}, *others[:2], ARTICLE)
    found = facts(page + f'<link rel="canonical" href="{ADDRESS}">')
    assert found["title"] == ("Port Reopens", "JSON-LD headline")


def test_a_list_of_articles_is_none() -> None:
    others = [{**ARTICLE, "headline": f"Other {n}", "mainEntityOfPage": ""} for n in range(4)]
    assert "author" not in facts(ld(*others) + "<title>The Front Page of Today</title>")


@pytest.mark.parametrize(
    "script",
    [
        '<script type="application/ld+json"><!-- {0} --></script>',
        '<script type="application/ld+json">//<![CDATA[\n{0}\n//]]></script>',
        '<script type="application/ld+json">[{0}]</script>',
        '<script type="application/ld+json">{0};</script>',
        '<script type="Application/LD+JSON; charset=utf-8">\n{0}\n</script>',
    ],
)
def test_json_ld_as_it_is_met(script: str) -> None:
    text = json.dumps(ARTICLE)[:-1] + ",\n}"
    assert facts(script.replace("{0}", text))["title"] == ("Port Reopens", "JSON-LD headline")


@pytest.mark.parametrize(
    ("title", "site"),
    [
        ("Port Reopens - Harbour Dispatch", "Harbour Dispatch"),
        ("Port Reopens | World News | The Harbour Dispatch", "Harbour Dispatch"),
        ("Harbour Dispatch: Port Reopens", "Other"),
        ("Port Reopens » HarbourDispatch.com", "Harbour Dispatch"),
        ("Port Reopens – Reuters", "Other"),
        ("Harbour Dispatch | Port Reopens", "Harbour Dispatch"),
    ],
)
def test_the_title_is_without_the_site_s_name(title: str, site: str) -> None:
    found = facts(f"<title>{title}</title>" + meta(og__site_name=site))["title"][0]
    assert found == ("Port Reopens" if ": " not in title else title)


def test_a_dash_of_the_title_stays() -> None:
    title = "Port Reopens – and Closes | Again"
    assert facts(f"<title>{title} - Reuters</title>")["title"][0] == title


def test_the_headline_that_readers_see_comes_first() -> None:
    found = facts(
        meta(og__title="You won't believe this port") + "<title>Port Reopens - Reuters</title>",
        "<h1>Port Reopens</h1>",
    )
    assert found["title"][0] == "Port Reopens"


@pytest.mark.parametrize("title", ["Home", "Untitled document", "404 Not Found", "Reuters", " "])
def test_what_is_no_title(title: str) -> None:
    assert "title" not in facts(f"<title>{title}</title>" + meta(og__site_name="Reuters"))


@pytest.mark.parametrize(
    "author",
    [
        *("admin", "BBC News", "Reuters Staff", "@jdoe", "jdoe", "https://facebook.com/harbour"),
        *("newsroom@harbour.example", "Harbour", "", "Staff and agencies", "February 5, 2024"),
    ],
)
def test_what_is_no_author(author: str) -> None:
    head = meta(og__site_name="Harbour Dispatch", og__url=ADDRESS)
    node = {**ARTICLE, "author": author}
    assert "author" not in facts(head + ld(node) + f'<meta name="author" content="{author}">')


@pytest.mark.parametrize(
    "body",
    [
        '<span itemprop="author">Jane Doe</span>',
        '<a rel="author" href="/jane">Jane Doe</a>',
        '<div class="article-byline">By <b>Jane Doe</b></div>',
        '<a href="/author/jane">Jane Doe</a>',
    ],
)
def test_authors_in_the_markup(body: str) -> None:
    assert facts("", f"<h1>Port Reopens</h1>{body}")["author"][0] == "Jane Doe"
    assert "author" not in facts("", f'<div class="comments">{body}</div>')
    assert "author" not in facts("", f"<aside>{body}</aside>")


@pytest.mark.parametrize(
    ("body", "date"),
    [
        ('<time datetime="2024-02-05T10:30:00Z" pubdate>x</time>', "2024-02-05T10:30:00+00:00"),
        ('<time datetime="2024-02-05T10:30:00Z">5 Feb</time>', "2024-02-05T10:30:00+00:00"),
        ('<span class="post-date">5 February 2024</span>', "2024-02-05T00:00:00"),
        ('<span class="updated date">Updated 5 February 2024</span>', None),
        ('<p>Updated <time datetime="2024-02-05">5 Feb</time></p>', None),
        ('<aside><time datetime="2024-02-05">5 Feb</time></aside>', None),
        ("<p>It was 5 February 2024 when it reopened.</p>", None),
        ('<span class="date">5 February</span>', None),
    ],
)
def test_dates_in_the_markup(body: str, date: str | None) -> None:
    found = facts("", f"<h1>Port Reopens</h1>{body}").get("date")
    assert (found and found[0]) == date


def test_the_most_exact_date_of_one_day_and_never_that_of_an_update() -> None:
    node = {**ARTICLE, "datePublished": "2024-02-05"}
    exact = meta(article__published_time="2024-02-05T10:30:00Z")
    updated = meta(article__modified_time="2024-02-07T10:30:00Z")
    assert facts(ld(node) + exact)["date"] == (
        "2024-02-05T10:30:00+00:00",
        "article:published_time",
    )
    assert "date" not in facts(updated)


@pytest.mark.parametrize("date", ["1970-01-01T00:00:00Z", "2199-01-01", "soon", "2024", "0"])
def test_dates_that_can_not_be(date: str) -> None:
    assert "date" not in facts(ld({**ARTICLE, "datePublished": date}))


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        (ADDRESS, ADDRESS),
        ("/news/port-reopens", ADDRESS),
        ("//www.harbour.example/news/port-reopens", ADDRESS),
        ("https://www.harbour.example/", ADDRESS),
        ("javascript:alert(1)", ADDRESS),
        ("file:///etc/passwd", ADDRESS),
        ("https://bbc.co.uk@evil.example/", ADDRESS),
        ("https://[::1", ADDRESS),
        (f"{ADDRESS}?fbclid=1&utm_medium=2", ADDRESS),
    ],
)
def test_the_address_is_one_of_the_web(canonical: str, url: str) -> None:
    head = meta(og__url=ADDRESS) + f'<link rel="canonical" href="{canonical}">'
    assert facts(head)["url"][0] == url


@pytest.mark.parametrize(
    "comment",
    [
        f"<!-- saved from url=(0044){ADDRESS} -->",
        f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Mon Feb 05 2024\n-->",
    ],
)
def test_the_address_that_a_browser_saved_a_page_from(comment: str) -> None:
    page = f"<!doctype html>\n<html>{comment}<head><title>A</title></head><body>b</body></html>"
    found = stated(lxml.html.fromstring(page), page)
    assert found["url"].value == ADDRESS


def test_a_known_outlet_by_its_domain() -> None:
    found = facts('<link rel="canonical" href="https://www.rudaw.net/english/iraq/1">')
    assert found["source"] == ("Rudaw English", "rudaw.net/english")


@pytest.mark.parametrize("site", ["Home", "WordPress", "My Blog", "@harbour", "https://a.example"])
def test_what_is_no_outlet(site: str) -> None:
    assert "source" not in facts(meta(og__site_name=site))


def test_what_a_terminal_would_act_on_is_gone() -> None:
    evil = "Port \x1b]8;;http://evil.example\x07Re\x9b31mopens\u202e \u2066now"
    node = {**ARTICLE, "headline": evil, "author": evil, "publisher": {"name": evil}}
    page = f"<html><head>{ld(node)}</head><body>b</body></html>"
    for found in stated(lxml.html.fromstring(page), page).values():
        assert found.value.isprintable()
        assert found.evidence.detail.isprintable()
        assert "\u202e" not in found.value
        assert found.evidence.kind is EvidenceKind.TAG


def deep(levels: int) -> str:
    return '{"a":' * levels + "1" + "}" * levels


@pytest.mark.parametrize(
    "script",
    [
        *("", "null", "1", '"text"', "[]", "[[[[[[]]]]]]", "{", '{"@type": 5}', "NaN", "1e999"),
        *(deep(100), deep(100_000), "[" * 100_000, '{"@graph": [null, 1, "a", {}, []]}'),
        '{"@type": "NewsArticle", "headline": {"a": 1}, "author": 5, "datePublished": []}',
        '{"@type": "NewsArticle", "headline": ["A b c"], "author": [[["x"]], null, {"name": {}}]}',
        '{"@type": ["NewsArticle", 7, null], "name": "x", "author": {"@id": 5}, "inLanguage": {}}',
        '{"@type": "NewsArticle", "headline": "a", "author": {"@id": "#a"}, "@id": "#a"}',
        '{"@type": "NewsArticle", "headline": "' + "x" * 1_500_000 + '"}',
        "[" + ",".join(['{"@type": "NewsArticle", "headline": "a b"}'] * 20_000) + "]",
    ],
    ids=range(20),
)
def test_hostile_json_ld(script: str) -> None:
    assert facts(
        f'<script type="application/ld+json">{script}</script><title>Port Reopens</title>'
    )["title"]


def test_values_of_a_megabyte() -> None:
    long = "Port " * 200_000
    found = facts(
        f'<title>{long}</title><meta name="author" content="{long}">'
        f'<meta property="og:site_name" content="{long}"><link rel="canonical" href="{long}">',
        f"<h1>{long}</h1>",
        f'<html lang="{long}">',
    )
    assert len(found.get("title", ("", ""))[0]) <= 500
    assert not {"author", "source", "url", "language"} & found.keys()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from([*ARTICLE, "@id", "@graph", "name", "url", "creator", "@value"]), inner
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_no_json_ld_raises(value: object) -> None:
    facts(ld(value, {"@type": "NewsArticle", "headline": value, "author": value, "name": value}))


@given(st.text(max_size=80), st.sampled_from(["title", "h1", "time", "span class='byline date'"]))
def test_no_markup_raises(text: str, tag: str) -> None:
    page = f"<{tag} datetime='{text}' content='{text}'>{text}"
    try:
        tree = lxml.html.fromstring(f"<html><h1>a</h1>{page}")
    except (ValueError, lxml.etree.ParserError):
        return
    stated(tree, page)
