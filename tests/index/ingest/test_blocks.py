"""Markup as paragraphs: blocks, lists, tables, and markup that nobody should have written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from index.ingest.blocks import blocks, blocks_of
from index.ingest.sanitise import sanitise_line


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>One <b>bold</b>\n word</p>after", ["One bold word", "after"]),
        ("One<br><br>two<br/>three", ["One", "two", "three"]),
        ("<h1>Bridge<br>Closed</h1><p>Text", ["Bridge Closed", "Text"]),
        ("<p>a&nbsp;b &amp; c&#163;</p>", ["a b & c£"]),
        ("<ul><li>a<li><p>b</p></ul><ol><li>c<li>d</ol>", ["• a", "• b", "1. c", "2. d"]),
        ("<ul><li>a<ol><li>b</ol><li>c</ul>", ["• a", "1. b", "• c"]),
        ("<table><tr><th>A<td><p>B</p></tr><tr><td>C<td></tr></table>", ["A – B", "C"]),
        ("<table><tr><td>A</td>\n<td>B</td></tr></table>", ["A – B"]),
        ("<table><tr><td><p>A</p><p>B</p><td>C</tr></table>", ["A", "B", "C"]),
        ("<p>a<script>x()</script><style>p{}</style><!-- no -->b</p>", ["ab"]),
        ("<pre>one\n  two</pre>", ["one", "two"]),
        ("a &lt; b, AT&T\n\nsecond", ["a < b, AT&T", "second"]),
        ("<p>\x1b]0;title\x07red \x1b[31mtext\u202e\0</p>", ["red text"]),
        ("<td>a</td></tr></table></td><li>b</p>", ["a", "b"]),
        ("<p", []),
        ("", []),
    ],
)
def test_html_becomes_paragraphs(page: str, expected: list[str]) -> None:
    assert blocks_of(page) == expected


def test_references_that_nobody_declared_are_read() -> None:
    parser = etree.XMLParser(resolve_entities=False)
    page = b'<!DOCTYPE html PUBLIC "x" "y.dtd"><html><p>caf&eacute;&nbsp;au&#32;lait</p></html>'
    assert blocks(etree.fromstring(page, parser)) == ["café au lait"]


def test_deep_nesting_raises_nothing() -> None:
    tree = root = etree.Element("div")
    for _ in range(20_000):
        tree = etree.SubElement(tree, "div")
    tree.text = "Deep."
    assert blocks(root) == ["Deep."]
    blocks_of("<table><tr><td>" * 20_000 + "x")


_TAGS = ("p", "br", "ul", "ol", "li", "table", "tr", "td", "pre", "h2", "script", "svg")
_PIECES = st.lists(
    st.sampled_from(
        [
            *(f"<{tag}>" for tag in _TAGS),
            *(f"</{tag}>" for tag in _TAGS),
            *("<!--", "-->", "&amp;", "&nope;", "<", ">", "one", "two"),
            *("\n", "\x1b[1m", "\u202e", "\0", "\ud800", "é"),
        ]
    )
)


@given(_PIECES)
def test_any_markup_gives_clean_lines(pieces: list[str]) -> None:
    for text in blocks_of("".join(pieces)):
        assert text
        assert text == sanitise_line(text)
