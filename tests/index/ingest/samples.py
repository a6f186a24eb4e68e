"""Real files of every kind of container, made with the programs that make them elsewhere."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

from index.ingest import read_file
from index.model import Skipped
from index.settings import Settings

TEXT = (
    "Officials in Basra said on Monday that the bridge over the river had been closed after two"
    " barges struck a pillar during the night.\n\nDrivers were told to use the northern crossing,"
    " which carries twice its usual traffic.\n"
)
PAGE = (
    "<!doctype html><html><head><title>Bridge closed after collision</title></head><body><article>"
    "<h1>Bridge closed after collision</h1><p>"
    + "</p><p>".join(TEXT.strip().split("\n\n") * 2)
    + "</p></article></body></html>"
).encode()


def zip_of(*members: tuple[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive of these files, in this order; names may be there twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return out.getvalue()


def tar_of(*members: tuple[str, bytes | str], mode: str = "w") -> bytes:
    """A TAR archive of these files, in this order."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members:
            data = data.encode() if isinstance(data, str) else data
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def mail(subject: str = "Bridge closed", text: str = TEXT, **headers: str) -> EmailMessage:
    """A plain mail."""
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "Anna Müller <anna@example.org>"
    message["Date"] = "Mon, 04 Mar 2024 10:00:00 +0100"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def mbox_of(*mails: EmailMessage) -> bytes:
    """A mailbox of these mails."""
    return b"".join(
        b"From anna@example.org Mon Mar  4 10:00:00 2024\n"
        + bytes(each).replace(b"\nFrom ", b"\n>From ")
        + b"\n"
        for each in mails
    )


def mhtml_of(page: bytes = PAGE, address: str = "https://news.example/2024/bridge") -> bytes:
    """A page as Chromium saves it, with a frame and a picture."""
    return b"\r\n".join(
        [
            b"From: <Saved by Blink>",
            b"Snapshot-Content-Location: " + address.encode(),
            b"Subject: =?utf-8?Q?Bridge_closed_=E2=80=93_Example?=",
            b"Date: Mon, 4 Mar 2024 10:00:00 -0000",
            b"MIME-Version: 1.0",
            b'Content-Type: multipart/related; type="text/html";',
            b'\tboundary="----Part--x"',
            *(b"", b"", b"------Part--x", b"Content-Type: text/html"),
            b"Content-ID: <frame-1@mhtml.blink>",
            b"Content-Transfer-Encoding: 8bit",
            b"Content-Location: " + address.encode(),
            *(b"", page, b"------Part--x", b"Content-Type: text/html"),
            b"Content-Location: https://ads.example/frame",
            *(b"", b"<html><body><p>Buy this wonderful thing now.</p></body></html>"),
            *(b"------Part--x", b"Content-Type: image/png", b"Content-Transfer-Encoding: base64"),
            *(b"Content-Location: https://news.example/a.png", b"", b"iVBORw0KGgo="),
            *(b"------Part--x--", b""),
        ]
    )


def chunked(data: bytes, size: int = 50) -> bytes:
    """What a server sends in chunks."""
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


Answer = tuple[str, bytes, dict[str, str]]


def warc_of(*answers: Answer, packed: bool = True, status: str = "200 OK") -> bytes:
    """A web archive of what servers answered: address, body and headers of each."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for address, body, headers in answers:
        stated = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                address, "response", payload=io.BytesIO(body), http_headers=stated
            )
        )
    return out.getvalue()


def bomb(size: int, byte: bytes = b"\0") -> bytes:
    """About `size` bytes, at least a megabyte, of one value deflated without an end marker's
    checksum: made in no time, for blocks of deflated data can be repeated."""
    block = 1_000_000
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(byte * block) + packer.flush(zlib.Z_FULL_FLUSH)
    return first * (size // block) + zlib.compressobj(9, zlib.DEFLATED, -15).flush()


def gzip_bomb(size: int, byte: bytes = b"\0") -> bytes:
    """A gzip file that unpacks to about `size` bytes."""
    return gzip.compress(b"")[:10] + bomb(size, byte) + bytes(8)


def found_in(path: Path, settings: Settings | None = None) -> dict[str, str | None]:
    """What reading a file gives, by the locators after the file's own: None for an article, the
    reason for what was skipped. No two articles may have one locator."""
    found: dict[str, str | None] = {}
    for item in read_file(path, settings):
        name = item.locator.removeprefix(str(path)).removeprefix("#")
        assert name not in found or isinstance(item, Skipped)
        found[name] = item.reason if isinstance(item, Skipped) else None
    return found
