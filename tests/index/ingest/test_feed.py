"""Saved feeds of every kind, whole, broken and hostile."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.ingest import read_file
from index.model import Article, Skipped
from index.settings import Limits, Settings

BODY = (
    "Officials in Basra said on Monday that the bridge over the river had been closed after two"
    " barges struck a pillar during the night, and that repairs would take a month."
)
MORE = "Drivers were told to use the northern crossing, which carries twice its usual traffic."
RSS = f"""<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Basra Times</title><link>https://example.org</link><language>en</language>
<image><title>Logo</title></image>
<item><title>Bridge &amp;amp; <![CDATA[<b>river</b>]]></title><link>https://example.org/1</link>
<guid isPermaLink="false">g1</guid><dc:creator>Jane Doe</dc:creator>
<dc:creator>John Roe</dc:creator><pubDate>Mon, 05 Feb 2024 10:30:00 GMT</pubDate>
<description>Short.</description>
<media:content url="x"><media:title>A picture</media:title></media:content>
<content:encoded><![CDATA[<p>{BODY}</p><p>{MORE}</p><script>x()</script>]]></content:encoded></item>
<item><title>Second</title><author>jim@example.org (Jim Roe)</author>
<source url="https://example.com/feed">Other Paper</source><dc:date>2024-02-06</dc:date>
<description>&lt;p&gt;{BODY}&lt;/p&gt;
&lt;p&gt;Caf&amp;eacute;: {MORE}&lt;/p&gt;</description></item>
<item><title>Nothing but a title</title></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><title>Blatt</title>
<entry><title type="html">Br&#252;cke &amp;amp; Fluss</title><id>urn:1</id>
<link rel="self" href="https://example.org/self"/><link href="https://example.org/1"/>
<updated>2024-02-06T00:00:00Z</updated><published>2024-02-05T00:00:00Z</published>
<author><name>Jane Doe</name><email>a@example.org</email></author>
<author><name>John Roe</name></author>
<summary>Short.</summary><content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>{BODY}</p><p>{MORE}</p></div></content></entry></feed>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>Basra Times</title></channel>
<image><title>Logo</title></image>
<item rdf:about="https://example.org/9"><title>Bridge</title><link>https://example.org/9</link>
<description>{BODY}</description></item></rdf:RDF>"""


def read(
    folder: Path, data: str | bytes, name: str = "a.rss", settings: Settings | None = None
) -> list[Article | Skipped]:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_file(path, settings))


def articles(found: list[Article | Skipped]) -> list[Article]:
    return [item for item in found if isinstance(item, Article)]


def reasons(found: list[Article | Skipped]) -> list[str]:
    return [item.reason for item in found if isinstance(item, Skipped)]


def texts(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


def item(text: str = BODY, title: str = "T") -> str:
    return f"<item><title>{title}</title><description>{text}</description></item>"


@pytest.mark.parametrize("name", ["a.rss", "a.xml"])
def test_rss(tmp_path: Path, name: str) -> None:
    found = read(tmp_path, RSS, name)
    first, second = articles(found)
    assert (first.title, first.source, first.author) == (
        *("Bridge & river", "Basra Times"),
        "Jane Doe, John Roe",
    )
    assert (first.url, first.language) == ("https://example.org/1", "en")
    assert first.date == datetime(2024, 2, 5, 10, 30, tzinfo=UTC)
    assert texts(first) == [BODY, MORE]
    assert first.locator.endswith("#g1")
    assert first.evidence["author"].detail == "dc:creator"
    assert (second.source, second.author) == ("Other Paper", "Jim Roe")
    assert second.date == datetime(2024, 2, 6)
    assert texts(second) == [BODY, f"Café: {MORE}"]
    assert reasons(found) == ["entry 3: no text in it"]


def test_atom(tmp_path: Path) -> None:
    (found,) = articles(read(tmp_path, ATOM, "a.atom"))
    assert (found.title, found.source, found.author) == (
        *("Brücke & Fluss", "Blatt"),
        "Jane Doe, John Roe",
    )
    assert (found.url, found.language) == ("https://example.org/1", "en")
    assert found.date == datetime(2024, 2, 5, tzinfo=UTC)
    assert texts(found) == [BODY, MORE]


def test_rss_1(tmp_path: Path) -> None:
    (found,) = articles(read(tmp_path, RDF, "a.xml"))
    assert (found.title, found.source, found.url) == (
        *("Bridge", "Basra Times"),
        "https://example.org/9",
    )
    assert texts(found) == [BODY]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        *(("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("iso-8859-1", "iso-8859-1")),
        *(("cp1251", "windows-1251"), ("cp1252", "utf-8")),
    ],
)
def test_encodings_and_what_may_not_stand_in_xml(
    tmp_path: Path, encoding: str, declared: str
) -> None:
    word = "мост" if encoding == "cp1251" else "été"
    entry = item(f"{word}\0\x08 {BODY}")
    page = f'\n<?xml version="1.0" encoding="{declared}"?><rss>{entry}</rss>'
    (found,) = articles(read(tmp_path, page.encode(encoding)))
    assert texts(found) == [f"{word} {BODY}"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("<a><b/></a>", "XML, but no feed"),
        ("no XML at all", "XML, but no feed"),
        (" \n", "XML, but no feed"),
        ("<rss><channel><title>T</title></channel></rss>", "no entries in the feed"),
    ],
)
def test_what_is_no_feed(tmp_path: Path, data: str, reason: str) -> None:
    assert read(tmp_path, data, "a.xml") == [Skipped(str(tmp_path / "a.xml"), reason)]


@pytest.mark.parametrize(
    ("data", "expected", "reason"),
    [
        (
            f"<rss>{item()}<item><title>U</title><description>{MORE}",
            [BODY, MORE],
            "broken: it ends too early, and its last entry may be cut",
        ),
        (f"<rss>{item(f'{BODY} A & B')}</rss>", [f"{BODY} A B"], None),
        (
            f"<rss>{item()}</rss>{item()}",
            [BODY],
            "broken XML: what comes after its end is not read",
        ),
    ],
)
def test_broken_xml_is_read_as_far_as_it_goes(
    tmp_path: Path, data: str, expected: list[str], reason: str | None
) -> None:
    found = read(tmp_path, data)
    assert [texts(each)[0] for each in articles(found)] == expected
    assert reasons(found) == ([reason] if reason else [])


def test_no_entity_is_expanded_and_no_file_is_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    own = f'<!DOCTYPE r [<!ENTITY own "mine"><!ENTITY file SYSTEM "{secret.as_uri()}">]>'
    (found,) = articles(read(tmp_path, f"{own}<rss>{item(f'{BODY} &own;&file;&nbsp;End.')}</rss>"))
    assert texts(found) == [f"{BODY} End."]


def test_entities_that_multiply_cost_nothing(tmp_path: Path) -> None:
    declared = "".join(f'<!ENTITY e{number + 1} "{f"&e{number};" * 10}">' for number in range(12))
    bomb = f'<!DOCTYPE r [<!ENTITY e0 "{"x" * 1000}">{declared}]><rss>{item("&e12;")}</rss>'
    assert read(tmp_path, bomb) == [
        Skipped(str(tmp_path / "a.rss"), "broken XML: its entities grow without measure")
    ]


def test_an_entry_that_is_too_large_ends_the_feed(tmp_path: Path) -> None:
    settings = Settings(limits=Limits(file_megabytes=1))
    found = read(tmp_path, f"<rss>{item()}{item('word ' * 400_000)}</rss>", settings=settings)
    assert len(articles(found)) == 1
    assert reasons(found) == ["an entry is too large (file_megabytes in the settings)"]


def test_deep_nesting_raises_nothing(tmp_path: Path) -> None:
    for tags in ("<item>", "<div>", "<item><title>x</title>"):
        assert reasons(read(tmp_path, "<rss>" + tags * 50_000))
