"""Mails and mailboxes: what is written, what is attached, and what is broken in them."""

from __future__ import annotations

import base64
import tracemalloc
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from index.ingest import read_file
from index.model import Article, EvidenceKind
from index.settings import Limits, Settings
from tests.index.ingest.samples import PAGE, TEXT, found_in, mail, mbox_of, zip_of

PARAGRAPHS = TEXT.strip().split("\n\n")


def only(path: Path) -> Article:
    (article,) = read_file(path)
    assert isinstance(article, Article)
    return article


def texts(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.eml"


def test_the_headers_say_what_a_mail_is(path: Path) -> None:
    path.write_bytes(bytes(mail("Brücke – geschlossen")))
    article = only(path)
    assert article.title == "Brücke – geschlossen"
    assert article.author == "Anna Müller"
    assert article.date is not None
    assert article.date.astimezone(UTC) == datetime(2024, 3, 4, 9, tzinfo=UTC)
    assert article.source is article.url is None
    assert texts(article) == PARAGRAPHS
    for field, header in (("title", "Subject"), ("author", "From"), ("date", "Date")):
        assert article.evidence[field].kind is EvidenceKind.FIELD
        assert article.evidence[field].detail == header


@pytest.mark.parametrize(
    ("line", "author"),
    [
        (b'"M\xc3\xbcller, Anna" <anna@example.org>', "Müller, Anna"),
        (b"=?iso-8859-1?q?Anna_M=FCller?= <a@b>", "Anna Müller"),
        (b"=?koi8-r?B?4c7OwQ==?= =?koi8-r?B?IO3JzA==?= <a@b>", "Анна Мил"),
        (b"=?nonsense?b?###?= <a@b>", None),
        (b'"\x1b]0;title\x07\xe2\x80\xaeAnna" <a@b>', "Anna"),
    ],
)
def test_the_sender_is_named_in_any_encoding(path: Path, line: bytes, author: str | None) -> None:
    path.write_bytes(b"From: " + line + b"\nSubject: Bridge\n\n" + TEXT.encode())
    article = only(path)
    assert author is None or article.author == author


def test_the_plain_text_is_read_where_there_is_html_beside_it(path: Path) -> None:
    message = mail()
    message.add_alternative("<p>Officials</p><p>Other words in the HTML.</p>", subtype="html")
    path.write_bytes(bytes(message))
    assert texts(only(path)) == PARAGRAPHS


def test_html_is_read_where_the_plain_text_only_leads_to_it(path: Path) -> None:
    message = mail(text="View this mail in your browser: https://news.example/1\n")
    cells = "".join(f"<tr><td><div>{text}</div></td></tr>" for text in PARAGRAPHS)
    message.add_alternative(
        f"<style>p {{}}</style><table>{cells}</table><p>Unsubscribe</p>", subtype="html"
    )
    path.write_bytes(bytes(message))
    assert texts(only(path)) == [*PARAGRAPHS, "Unsubscribe"]


def test_html_alone_is_read_in_the_stated_encoding(path: Path) -> None:
    body = "<html><meta charset=utf-8><body><p>Мост закрыт после аварии.</p></body></html>"
    path.write_bytes(
        b"Subject: x\nMIME-Version: 1.0\nContent-Type: text/html; charset=koi8-r\n"
        b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(body.encode("koi8-r"))
    )
    assert texts(only(path)) == ["Мост закрыт после аварии."]


def test_lines_that_flow_are_put_together(path: Path) -> None:
    path.write_bytes(
        b"Subject: x\nContent-Type: text/plain; format=flowed\n\n"
        b"The bridge was \nclosed on Monday.\n\n From Basra it is \nfar.\n\n-- \nAnna\n"
    )
    assert texts(only(path)) == [
        *("The bridge was closed on Monday.", "From Basra it is far.", "Anna")
    ]


def test_nothing_of_a_reply_is_lost(path: Path) -> None:
    text = f"I agree.\n\nOn Monday Anna wrote:\n\n> {PARAGRAPHS[0]}\n\n-- \nBert\nExample News\n"
    path.write_bytes(bytes(mail("Re: Bridge", text)))
    said = " ".join(texts(only(path)))
    for part in ("I agree.", "Anna wrote:", PARAGRAPHS[0][:40], "Bert", "Example News"):
        assert part in said


def test_what_is_attached_is_read_by_its_kind(path: Path) -> None:
    message = mail()
    message.add_attachment(PAGE, maintype="text", subtype="html", filename="Seite für alle.html")
    message.add_attachment(
        zip_of(("b.txt", TEXT)), maintype="application", subtype="zip", filename="b.zip"
    )
    message.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename="../c.txt")
    message.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename="c.txt")
    message.add_attachment(PAGE, maintype="text", subtype="html")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="d.png")
    message.add_attachment(b"\x89PNG", maintype="application", subtype="x", filename="e.jpg")
    message.add_attachment(b"BEGIN", maintype="text", subtype="calendar", filename="f.ics")
    message.add_attachment(
        b"\xd0\xcf\x11\xe0", maintype="application", subtype="msword", filename="g.doc"
    )
    path.write_bytes(bytes(message))
    assert found_in(path) == {
        "": None,
        "Seite für alle.html": None,
        "b.zip#b.txt": None,
        "c.txt": None,
        "c.txt-2": None,
        "attachment.html": None,
        "g.doc": "not a kind of file Parallax reads: .doc; save it as DOCX",
    }


def test_a_mail_of_nothing_but_an_attachment_is_no_article(path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "See attached"
    message.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename="a.txt")
    path.write_bytes(bytes(message))
    assert found_in(path) == {"a.txt": None}


def test_forwarded_mails_are_articles_to_a_depth(path: Path) -> None:
    message = mail("0")
    for number in range(1, 7):
        outer = mail(str(number))
        outer.add_attachment(message)
        message = outer
    path.write_bytes(bytes(message))
    found = list(read_file(path))
    assert [each.title for each in found if isinstance(each, Article)] == list("65432")
    last = found[-1]
    assert not isinstance(last, Article)
    assert last.reason == "nested more than 4 deep (nesting in the settings)"


@pytest.mark.parametrize(
    "data",
    [
        b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nMIAG",
        b'Content-Type: multipart/encrypted; boundary="x"\n\n--x\n'
        b"Content-Type: application/pgp-encrypted\n\nVersion: 1\n--x\n"
        b"Content-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----\n--x--\n",
        b"Subject: x\n\n-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n",
    ],
)
def test_what_is_encrypted_says_so(path: Path, data: bytes) -> None:
    path.write_bytes(b"Subject: Secret\nFrom: a@b\nMIME-Version: 1.0\n" + data)
    assert found_in(path) == {"": "encrypted"}


def test_what_is_signed_is_read(path: Path) -> None:
    path.write_bytes(
        b'Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/signed; boundary="x"\n\n--x\n\n'
        + TEXT.encode()
        + b"\n--x\nContent-Type: application/pgp-signature; name=signature.asc\n\nabc\n--x--\n"
    )
    assert found_in(path) == {"": None}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed\n\nIt was closed.", None),
        (b'Content-Type: multipart/mixed; boundary="x"\n\n--x\n\nIt was closed.\n', None),
        (b"Content-Type: text/plain; charset=no-such-thing\n\nIt was closed.", None),
        (b"Content-Type: text/plain; charset=hex\n\nIt was closed.", None),
        (b"Content-Transfer-Encoding: base64\n\n!!! It was closed.", ""),
        (b"Content-Type: ;;;=\xff\n\nIt was closed.", None),
        (b"Content-Type: text/plain; charset*=utf-8'en'%ff%zz\n\nIt was closed.", None),
        (b"Subject: x\n\n", "no text in it"),
        (b"Content-Type: image/png\n\niVBOR", "no text in it"),
    ],
)
def test_broken_mails_are_read_as_far_as_they_go(
    path: Path, data: bytes, reason: str | None
) -> None:
    path.write_bytes(data)
    found = found_in(path)
    assert reason == "" or found == {"": reason}


def test_parts_in_parts_without_end_are_refused(path: Path) -> None:
    parts = [b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(300)]
    path.write_bytes(b"Subject: x\n" + b"".join(parts) + b"\nIt was closed.\n")
    (reason,) = found_in(path).values()
    assert reason is not None
    assert reason.startswith("broken: ")


def test_every_mail_of_a_mailbox_is_an_article(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    attached = mail("Third")
    attached.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename="a.txt")
    quoting = mail("Second", "From Basra at 10:00 it is far.\n\nFrom here, in 2024, it is not.\n")
    path.write_bytes(
        mbox_of(mail("First", Message_ID="<one@example.org>"), quoting, attached, mail(""))
        + mbox_of(mail("Fifth", Message_ID="<one@example.org>"))
    )
    names = ("one@example.org", "2", "3", "3#a.txt", "4", "one@example.org-2")
    assert found_in(path) == dict.fromkeys(names)
    second = list(read_file(path))[1]
    assert isinstance(second, Article)
    assert texts(second) == ["From Basra at 10:00 it is far.", "From here, in 2024, it is not."]


def test_a_mailbox_with_windows_line_ends_and_unmarked_sentences(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    first = b"From a@b Mon Mar  4 10:00:00 2024\nSubject: x\n\nHello.\n\nFrom now on it rains.\n\n"
    path.write_bytes((first * 2).replace(b"\n", b"\r\n"))
    assert found_in(path) == {"1": None, "2": None}


def test_a_mail_too_large_costs_no_other_and_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    with path.open("wb") as file:
        file.write(mbox_of(mail("First")))
        file.write(b"From a@b Mon Mar  4 10:00:00 2024\nSubject: huge\n\n")
        for _ in range(20):
            file.write((b"x" * 75 + b"\n") * 20_000)
        file.write(b"y" * 5_000_000 + b"\n\n" + mbox_of(mail("Third")))
    settings = Settings(limits=Limits(file_megabytes=2))
    found_in(path, settings)  # what is loaded once does not count
    tracemalloc.start()
    try:
        found = found_in(path, settings)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found.pop("2") == (
        "too large: 2 MB or more, where 2 MB is the most (file_megabytes in the settings)"
    )
    assert found == {"1": None, "3": None}
    assert peak < 20_000_000


def test_what_is_no_mailbox_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    path.write_bytes(b"\n\n" + bytes(mail()))
    assert found_in(path) == {"1": None}
    path.write_bytes(b"\n\n")
    assert found_in(path) == {"": "no article in it"}
