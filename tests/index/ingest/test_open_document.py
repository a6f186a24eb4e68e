"""OpenDocument texts: paragraphs, lists, tables and notes; what they state; protected ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.index.ingest.documents import (
    BODY,
    MORE,
    THIRD,
    by_reason,
    members_of,
    odt,
    only,
    texts,
    why_not,
    zipped,
)


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def test_paragraphs_and_what_the_document_states(tmp_path: Path) -> None:
    meta = (
        "<dc:title>Bridge Closed After Collision</dc:title><dc:creator>Last Editor</dc:creator>"
        "<meta:initial-creator>Ann Smith</meta:initial-creator><dc:date>2024-05-05</dc:date>"
    )
    half = BODY.replace("closed", "<text:span>clo<text:a>sed</text:a></text:span>")
    article = only(tmp_path, "a.odt", odt(f"<text:h>Bridge</text:h>{p(half)}{p(MORE)}", meta))
    assert texts(article) == ["Bridge", BODY, MORE]
    assert article.title == "Bridge Closed After Collision"
    assert article.author == "Ann Smith"
    assert article.date is None
    assert article.evidence["title"].detail == "document property title"


def test_lists_tables_notes_spaces_and_changes(tmp_path: Path) -> None:
    styles = (
        '<text:list-style text:name="L1"><text:list-level-style-bullet/></text:list-style>'
        '<text:list-style text:name="L2"><text:list-level-style-number/></text:list-style>'
    )

    def items(style: str, *inside: str) -> str:
        listed = "".join(f"<text:list-item>{each}</text:list-item>" for each in inside)
        return f'<text:list text:style-name="{style}">{listed}</text:list>'

    cells = "".join(
        f"<table:table-cell>{p(each)}</table:table-cell>" for each in ("North", "9,000")
    )
    note = f"<text:note><text:note-citation>1</text:note-citation><text:note-body>{p(THIRD)}"
    spaced = 'One<text:s text:c="999999999"/>two<text:tab/>three<text:line-break/>four'
    framed = f"Around <draw:frame><draw:text-box>{p('Inside.')}</draw:text-box></draw:frame> it."
    inside = (
        f"<text:tracked-changes>{p('struck out')}</text:tracked-changes>"
        f"{p(BODY + note + '</text:note-body></text:note>')}"
        f"{items('L1', p('Two barges'), p('One pillar'))}{items('L2', p('First'))}"
        f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
        f"{p(spaced)}{p(framed)}"
        f"{p('Said<office:annotation>' + p('a remark') + '</office:annotation> so.')}"
    )
    assert texts(only(tmp_path, "a.odt", odt(inside, styles=styles))) == [
        *(BODY, "• Two barges", "• One pillar", "First", "North – 9,000", "One two three", "four"),
        *("Around it.", "Inside.", "Said so.", THIRD),
    ]


def test_broken_properties_do_not_cost_the_text(tmp_path: Path) -> None:
    members = members_of(odt(p(BODY) + p(MORE))) | {"meta.xml": b"<oops"}
    assert texts(only(tmp_path, "a.odt", zipped(members))) == [BODY, MORE]


def test_nothing_reaches_the_terminal(tmp_path: Path) -> None:
    meta = "<dc:title>Red\u202e\u2066 alert in\u200b Basra</dc:title>"
    article = only(tmp_path, "a.odt", odt(p(f"\u202e{BODY}") + p(f"\x9b31m{MORE}"), meta))
    assert article.title == "Red alert in Basra"
    assert texts(article) == [BODY, MORE]


MANIFEST = "<manifest><file-entry><encryption-data/></file-entry></manifest>"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (odt(""), "no text in it"),
        (odt(p(BODY) + "<oops>"), "broken: its XML is faulty"),
        (odt(p(BODY))[:300], "broken: it is damaged or ends too early"),
        (zipped({"mimetype": "x"}), "broken: it is damaged or ends too early"),
        (
            zipped({"content.xml": bytes(99), "META-INF/manifest.xml": MANIFEST}),
            "protected by a password",
        ),
    ],
    ids=by_reason,
)
def test_what_cannot_be_read_says_why(tmp_path: Path, data: bytes, reason: str) -> None:
    assert why_not(tmp_path, "a.odt", data) == reason
