"""Documents that are ZIP archives and mean harm: bombs, entities, odd members."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

from index.model import Article
from tests.index.ingest.documents import (
    BODY,
    MORE,
    chapter,
    docx,
    epub,
    found,
    members_of,
    odt,
    only,
    texts,
    why_not,
    zipped,
)

MAKERS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a.docx": (lambda: docx(BODY, MORE), "word/document.xml"),
    "a.odt": (lambda: odt(f"<text:p>{BODY}</text:p>"), "content.xml"),
    "a.epub": (lambda: epub({"a.xhtml": chapter(f"<p>{BODY}</p>")}), "OEBPS/a.xhtml"),
}
LAUGHS = "".join(
    f'<!ENTITY l{level} "{f"&l{level - 1};" * 10 if level else "ha" * 50}">' for level in range(10)
)


def with_member(data: bytes, name: str, size: int, method: int = ZIP_DEFLATED) -> bytes:
    """The document with a member of that many spaces, in place of one that has the name."""
    members = members_of(data)
    members.pop(name, None)
    file = io.BytesIO(zipped(members))
    with ZipFile(file, "a", method) as archive, archive.open(name, "w", force_zip64=True) as member:
        for _ in range(size // 1_000_000):
            member.write(b" " * 1_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "where", "size"),
    [
        ("a.docx", "the text", 1_050_000_000),
        ("a.docx", "a picture", 120_000_000),
        ("a.odt", "the text", 120_000_000),
        ("a.epub", "the text", 120_000_000),
    ],
)
def test_a_bomb_is_refused_with_little_memory(
    tmp_path: Path, name: str, where: str, size: int
) -> None:
    make, text = MAKERS[name]
    data = with_member(make(), text if where == "the text" else "media/image1.png", size)
    assert len(data) < size / 500
    path = tmp_path / name
    path.write_bytes(data)
    tracemalloc.start()
    reason = why_not(tmp_path, name, data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reason == "unpacks to more than 200 times its size (unpacked_ratio in the settings)"
    assert peak < 30_000_000


def test_a_method_that_unpacks_without_bound_is_not_used(tmp_path: Path) -> None:
    data = with_member(docx(BODY, MORE), "media/image1.png", 1_000_000, ZIP_BZIP2)
    assert texts(only(tmp_path, "a.docx", data)) == [BODY, MORE]
    data = with_member(docx(BODY), "word/document.xml", 1_000_000, ZIP_BZIP2)
    assert why_not(tmp_path, "a.docx", data) == "broken: it is damaged or ends too early"


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize(
    ("doctype", "use"),
    [
        (f"<!DOCTYPE x [{LAUGHS}]>", "&l9;"),
        ('<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/hostname">]>', "&l9;"),
        ('<!DOCTYPE x [<!ENTITY % l9 SYSTEM "http://127.0.0.1:9/x"> %l9;]>', ""),
    ],
)
def test_entities_are_refused(tmp_path: Path, name: str, doctype: str, use: str) -> None:
    make, text = MAKERS[name]
    members = members_of(make())
    xml = members[text].decode().replace("<!DOCTYPE html>", "").replace(BODY, f"{BODY}{use}")
    declaration, _, rest = xml.partition("?>")
    members[text] = f"{declaration}?>{doctype}{rest}".encode()
    assert why_not(tmp_path, name, zipped(members)) == "broken: its XML defines entities"


@pytest.mark.parametrize("name", MAKERS)
def test_a_member_that_is_encrypted_is_protected(tmp_path: Path, name: str) -> None:
    make, text = MAKERS[name]
    data = bytearray(make())
    # The flag stands before the name, in the member's own header and in the directory.
    for signature, flags, named in ((b"PK\3\4", 6, 30), (b"PK\1\2", 8, 46)):
        start = -1
        while (start := data.find(signature, start + 1)) >= 0:
            if data[start + named :].startswith(text.encode()):
                data[start + flags] |= 1
    assert "protected by a password" in why_not(tmp_path, name, bytes(data))


@pytest.mark.parametrize("name", MAKERS)
def test_members_with_odd_names_do_no_harm(tmp_path: Path, name: str) -> None:
    members = members_of(MAKERS[name][0]())
    odd: dict[str, str | bytes] = {"../../up.xml": "x", "/etc/passwd": "x", "a\x1b[1m\u202e": "x"}
    assert isinstance(found(tmp_path, name, zipped({**odd, **members}))[0], Article)
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]
