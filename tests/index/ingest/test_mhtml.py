"""Pages saved with their pictures: the page is the article, and nothing else in the file is."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from index.ingest import read_file
from index.model import Article, EvidenceKind
from tests.index.ingest.samples import PAGE, TEXT, found_in, mhtml_of


def test_the_page_is_read_with_its_address(tmp_path: Path) -> None:
    path = tmp_path / "a.mhtml"
    path.write_bytes(mhtml_of())
    (article,) = read_file(path)
    assert isinstance(article, Article)
    assert article.locator == str(path)
    assert article.title == "Bridge closed after collision"
    assert article.url == "https://news.example/2024/bridge"
    assert article.evidence["url"].kind is EvidenceKind.ADDRESS
    body = [paragraph.text for paragraph in article.paragraphs]
    assert TEXT.split("\n\n")[0] in body
    assert not any("wonderful thing" in text for text in body)


def test_a_page_that_a_browser_saved_from_a_disk_has_no_address(tmp_path: Path) -> None:
    path = tmp_path / "a.mht"
    path.write_bytes(mhtml_of(address="C:\\news\\bridge.html"))
    (article,) = read_file(path)
    assert isinstance(article, Article)
    assert article.url is None


def test_the_start_is_read_in_the_encoding_that_its_part_states(tmp_path: Path) -> None:
    path = tmp_path / "a.mht"
    body = "".join(f"<p>Мост через реку закрыт после аварии номер {n}.</p>" for n in range(9))
    page = f"<html><head><meta charset=utf-8></head><body><article>{body}</article></body></html>"
    path.write_bytes(
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"; start="<two>"\n\n'
        b"--x\nContent-Type: text/html\n\n<p>A frame that stands first.</p>\n"
        b"--x\nContent-Type: text/html; charset=windows-1251\nContent-ID: <two>\n"
        b"Content-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(page.encode("cp1251"))
        + b"--x--\n"
    )
    (article,) = read_file(path)
    assert isinstance(article, Article)
    assert any("Мост через реку" in paragraph.text for paragraph in article.paragraphs)


@pytest.mark.parametrize("keep", [900, 1200])
def test_a_page_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "a.mhtml"
    path.write_bytes(mhtml_of()[:keep])
    assert found_in(path) == {"": None}


def test_what_holds_no_page_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.mhtml"
    path.write_bytes(mhtml_of(PAGE).replace(b"text/html", b"image/gif"))
    assert found_in(path) == {"": "no page in it"}
