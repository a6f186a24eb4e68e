"""Bytes become text: byte order marks, UTF-8, what a page declares, then a guess from a sample."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from index.ingest.unpack import UnreadableError

_SAMPLE = 32_768
"""Bytes looked at to guess an encoding: enough to be sure, quick on a file of any size."""

_MARKED = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_BINARY = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3\x00", "a database"),
    (b"{\\rtf", "an RTF document"),
)

_MARKS = tuple(mark for mark, _ in _MARKED)
_MAGIC = tuple(magic for magic, _ in _BINARY)

_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\x0b\x0c\r\x1b\x08"))

# The encodings that old news pages and archives are really in. Left to itself the guesser takes
# French for a DOS code page.
_LIKELY = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r"),
    *("cp932", "euc_jp", "gb18030", "big5", "cp949"),
]

# The letters of the languages that single-byte code pages for Latin script were made for, beyond
# those of English. Code pages are tried in this order, the commonest first.
_ALPHABETS = {
    "cp1252": (
        "àâæçéèêëîïôœùûüÿ",  # French
        "äöüßé",
        "áéíóúüñ¿¡ºª",
        "áâãàçéêíóôõúüºª",
        "àèéìíòóùú",
        "åäöæøéü",
    ),
    "cp1254": ("âçğıîöşûü",),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž"),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž"),
}
_OF_ANY_LANGUAGE = frozenset("£€’‘‚“”„–—…«»‹›°§©®™•·½¼¾\xa0")

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s{0,4}=\s{0,4}[\"']?\s{0,4}([\w.:-]{2,40})",
    re.IGNORECASE,
)


# Python knows codecs that are none of text, and some that fail on what they don't expect.
_OF_TEXT = re.compile(r"iso8859|cp\d|koi8|mac-|shift_jis|euc_|gb|big5|tis-620")


class NotTextError(UnreadableError):
    """The bytes are no text. Its message says what they are, in words for the file's owner."""


def decode(data: bytes, *, page: bool = False) -> str:
    """Gives the text in `data`; with `page`, an encoding declared as in HTML is believed.

    A few bad bytes in UTF-8 become U+FFFD rather than change the encoding of all the rest. Raises
    NotTextError for pictures, programs and the like.
    """
    if data.startswith(_MAGIC):
        name = next(name for magic, name in _BINARY if data.startswith(magic))
        raise NotTextError(f"not text but {name}")
    if data.startswith(_MARKS):
        encoding = next(encoding for mark, encoding in _MARKED if data.startswith(mark))
        return data.decode(encoding, "replace")
    head = data[:_SAMPLE]
    if (wide := _wide(head)) is not None:
        return data.decode(wide, "replace")
    controls = _share_of_controls(head)
    broken = 0
    try:
        if controls <= 0.2:
            return data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error.start
    if controls > 0.05:
        raise NotTextError("not text but binary data")
    if page and (declared := _declared(data)):
        return data.decode(declared, "replace")
    if _mostly_utf8(data):
        return data.decode("utf-8", "replace")
    return data.decode(_guess(_sample(data, broken)), "replace")


def encoding_of(file: BinaryIO, *, page: bool = False) -> str:
    """Gives the encoding of a text file that is too large to be decoded at once.

    All of it is looked at, but little is held in memory; it is left at its beginning. `page` is as
    in `decode`, and so is NotTextError.
    """
    head = file.read(_SAMPLE)
    file.seek(0)
    for mark, encoding in _MARKED:
        if head.startswith(mark):
            return encoding
    if (wide := _wide(head)) is not None:
        return wide
    # Cut where a line ends: the head may end inside a letter, which is no fault of its file.
    decode(head[: head.rfind(b"\n") + 1] or head[:-4])
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    bad = letters = 0
    sample = b""
    while chunk := file.read(64 * _SAMPLE):
        if chunk.isascii() and not bad:
            decoder.reset()
            continue
        text = decoder.decode(chunk)
        bad += text.count("\ufffd")
        letters += len(text) - len(text.encode("ascii", "ignore"))
        if bad and not sample:
            broken = _first_broken(chunk)
            sample = _sample(chunk, broken)
    file.seek(0)
    if bad and page and (declared := _declared(head)):
        return declared
    good = letters - bad
    return "utf-8" if good >= 2 * bad and (good or not bad) else _guess(sample)


def _first_broken(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _share_of_controls(data: bytes) -> float:
    if not data:
        return 0.0
    return 1 - len(data.translate(None, _CONTROLS)) / len(data)


def _wide(data: bytes) -> str | None:
    """Which UTF-16 it is when every other byte is zero: a European language without its mark."""
    if len(data) < 16 or b"\0" not in data:
        return None
    even, odd = data[::2], data[1::2]
    enough = 0.7 * len(odd)
    if odd.count(0) > enough and even.count(0) < 0.05 * len(even):
        return "utf-16-le"
    if even.count(0) > enough and odd.count(0) < 0.05 * len(odd):
        return "utf-16-be"
    return None


def _sample(data: bytes, broken: int) -> bytes:
    """A stretch around the first byte that is not ASCII or UTF-8."""
    start = max(0, broken - _SAMPLE // 4)
    return data[start : start + _SAMPLE]


def _declared(data: bytes) -> str | None:
    """The encoding that a page declares, if Python knows it. Latin-1 is Windows-1252 (WHATWG)."""
    found = _DECLARED.search(data[:4096])
    if not found:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except (LookupError, UnicodeError):
        return None
    name = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030"}.get(name, name)
    return name if _OF_TEXT.match(name) else None


def _mostly_utf8(data: bytes) -> bool:
    """Whether what is not ASCII is UTF-8 with only a few bytes broken."""
    text = data[: 64 * _SAMPLE].decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    return good > 0 and good >= 2 * bad


def _guess(sample: bytes) -> str:
    """The likeliest encoding of text that is no UTF-8; among equals Windows-1252, the commonest."""
    from charset_normalizer import from_bytes

    if not sample.strip():
        return "cp1252"
    found = from_bytes(sample, cp_isolation=_LIKELY)
    best = found.best()
    if best is None:
        return "cp1252"
    if best.encoding in _ALPHABETS and (encoding := _latin(sample)):
        return encoding
    for match in found:
        as_good = match.chaos <= best.chaos and match.coherence >= best.coherence
        if as_good and "cp1252" in (match.encoding, *match.could_be_from_charset):
            return "cp1252"
    return best.encoding


def _latin(sample: bytes) -> str | None:
    """The code page in which a sample has only letters of one language; None when there is none.

    Statistics cannot tell them apart by the few accents of a short article.
    """
    for encoding, alphabets in _ALPHABETS.items():
        text = sample.decode(encoding, "replace")
        found = {char.lower()[0] for char in text if not char.isascii()} - _OF_ANY_LANGUAGE
        found = {char for char in found if not char.isascii()}
        if any(found.issubset(alphabet) for alphabet in alphabets):
            return encoding
    return None
