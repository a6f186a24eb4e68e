"""Which language an article is in: as stated, unless its text is plainly in another; or as read.

Scripts and the commonest words decide, in microseconds (Grefenstette, "Comparing two language
identification schemes", JADT 1995). A model would know rarer languages, but takes most of a second
and 125 MB in every process that reads; what words do not tell stays unstated.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from index.ingest.draft import Fact
from index.model import Evidence, EvidenceKind

_GLANCE, _SAMPLE = 300, 600
"""Characters of the body in which English is looked for, and those that are looked at otherwise."""
_READ = "its words and letters"
"""What a language rests on that is not stated."""
_BY_TEXT = Evidence(EvidenceKind.TEXT, _READ)
_FEW_WORDS = 12
_PROSE = 40
"""Words without any of the stated language's commonest that show it to be in another."""
_IN_TABLES = 0.75
"""The share of words among what spaces part, below which a text is a table of figures."""
_COMMON, _RARE = 0.09, 0.03
"""Of the words of a text, the share that its language's commonest have at least, and the share
that those of another language have at most."""

_LATIN_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SEVERAL = frozenset(("CYRILLIC", "DEVANAGARI"))
"""Scripts in which words decide between languages; in the others letters do."""
_NEIGHBOURS = {"cs": "sk", "sk": "cs", "da": "no", "no": "da", "id": "ms", "ms": "id"}
"""Those whose commonest words are nearly those of another: words that only one has decide."""
_LIKE_OTHERS = frozenset(("hr",))
"""Those that common words do not tell from others: Croatian from Bosnian and Serbian."""
_LATIN_TOO = frozenset(
    (
        *("az", "bs", "ha", "ii", "kk", "ku", "ky", "mn", "ms", "om"),
        *("pa", "ro", "sh", "so", "sr", "tg", "tk", "tt", "uz", "za"),
    )
)
"""Languages that are written in Latin letters as well as in another script."""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """What `languages.toml` says, ready to be asked."""

    codes: frozenset[str]
    spellings: dict[str, str]
    scripts: dict[str, tuple[str, ...]]
    languages_of: dict[str, tuple[str, ...]]
    """For each common word the languages that have it."""
    english: frozenset[str]
    with_words: frozenset[str]
    """The languages whose commonest words are known."""
    never_latin: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    """Reads `languages.toml` once."""
    data = tomllib.loads(Path(__file__).with_name("languages.toml").read_text("utf8"))
    words = {language: tuple(each.split()) for language, each in data["words"].items()}
    scripts = {name: tuple(each.split()) for name, each in data["scripts"].items()}
    languages_of: dict[str, tuple[str, ...]] = {}
    for language, common in words.items():
        for word in common:
            languages_of[word] = (*languages_of.get(word, ()), language)
    return _Lexicon(
        codes=frozenset(data["codes"].split()),
        spellings={
            spelling: code
            for code, spellings in data["spellings"].items()
            for spelling in spellings.split()
        },
        scripts=scripts,
        languages_of=languages_of,
        english=frozenset(words["en"]),
        with_words=frozenset(words),
        never_latin=frozenset(code for each in scripts.values() for code in each) - _LATIN_TOO,
    )


@lru_cache(1_024)
def language_code(stated: str) -> str | None:
    """Gives ISO 639-1 for a language as tags and columns state it: `en-GB`, `English`; or None."""
    words = _lexicon()
    low = stated.strip().lower()
    first = re.split(r"[-_;, (]", low, maxsplit=1)[0]
    for spelling in (low, first):
        if code := words.spellings.get(spelling):
            return code
    return first if first in words.codes else None


def language_of(stated: Fact | None, body: Sequence[str]) -> tuple[str, Evidence] | None:
    """Gives the language of an article with what it rests on; None where it is not plain.

    What is stated holds, unless the text is plainly in another language: many a site's template
    says English whatever its articles are in.
    """
    code = language_code(stated.value) if stated else None
    sample = _sample(body)
    if _is_latin(sample) and _is_english(sample[:_GLANCE].lower().split()):
        read: str | None = "en"
    else:
        read = _read(sample)
    if code is None or stated is None:
        return (read, _BY_TEXT) if read else None
    if code == read or not _contradicts(sample, code, read):
        return code, stated.evidence
    detail = f"{_READ}, not {stated.evidence.detail}"
    return (read, Evidence(EvidenceKind.TEXT, detail)) if read else None


def _sample(body: Sequence[str]) -> str:
    size = count = 0
    for paragraph in body:
        size += len(paragraph)
        count += 1
        if size >= _SAMPLE:
            break
    return (body[0] if count == 1 else " ".join(body[:count]))[:_SAMPLE]


def _read(sample: str) -> str | None:
    """The language that a text is in; None where it is too short or not plain."""
    latin = _is_latin(sample)
    script, share = ("LATIN", 1.0) if latin else _script(sample)
    if share < 0.5:
        return None
    if not latin and script not in _SEVERAL:
        return _by_letters(script, sample)
    if latin:
        words = _LATIN_WORDS.findall(sample.lower())
        if _is_english(words):
            return "en"
        if len(words) < _IN_TABLES * (sample.count(" ") + 1):
            return None
    else:
        words = [word for word in map(_bare, sample.lower().split()) if word[:1].isalpha()]
    if len(words) < _FEW_WORDS:
        return None
    if script == "CYRILLIC" and (code := _cyrillic(sample.lower())):
        return code
    return _by_words(words, latin)


def _bare(word: str) -> str:
    return word.strip('.,;:!?«»“”„"()[]…–—-')


def _is_english(words: list[str]) -> bool:
    hits = len(list(filter(_lexicon().english.__contains__, words)))
    return hits >= 4 and hits >= 0.12 * len(words)


def _is_latin(sample: str) -> bool:
    """Whether letters are mostly Latin: nearly all of theirs take one byte in UTF-8."""
    return sample.isascii() or len(sample.encode()) < 1.4 * len(sample)


def _script(sample: str) -> tuple[str, float]:
    """The commonest script of a text's letters, and its share of them. Kana makes Han Japanese."""
    scripts = Counter(
        unicodedata.name(letter, "").partition(" ")[0] for letter in sample if letter.isalpha()
    )
    letters = scripts.total()
    if letters < 10:
        return "", 0.0
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    if kana > 0.1 * letters:
        return "HIRAGANA", (kana + scripts["CJK"]) / letters
    script, count = scripts.most_common(1)[0]
    return script, count / letters


def _by_letters(script: str, sample: str) -> str | None:
    """The language of a script that only one is written in, or whose letters tell them apart."""
    if script == "ARABIC":
        counts = Counter(sample)
        if _any(counts, "ېڭۈ") > 2 and _any(counts, "ۇۆە") > 4:
            return "ug"
        if _any(counts, "ێۆڵڕ") > 2 and _any(counts, "ە") > 4:
            return "ku"
        if _any(counts, "ښځټډړۍ") > 2:
            return "ps"
        if _any(counts, "ٹڈڑےںہھ") > 4:
            return "ur"
        if _any(counts, "پچژگکی") > 0.04 * len(sample):
            return "fa"
        return "ar" if _any(counts, "ةىيكأإ") > 0.02 * len(sample) else None
    return next(iter(_lexicon().scripts.get(script, ())), None)


def _any(counts: Counter[str], letters: str) -> int:
    return sum(counts[letter] for letter in letters)


def _cyrillic(sample: str) -> str | None:
    """The language that only its letters are in, of those with Cyrillic ones; None for the rest."""
    letters = Counter(sample)
    for language, own, others in (
        ("kk", "әғқңұһ", "ыі"),
        ("be", "ў", "ыі"),
        ("uk", "іїєґ", ""),
        ("mk", "ќѓѕ", "ј"),
        ("sr", "ћђ", "ј"),
        ("ru", "ыэё", ""),
        ("bg", "ъ", ""),
    ):
        if _any(letters, own) > 1:
            return language if not others or _any(letters, others) else None
    return None


def _by_words(words: list[str], latin: bool) -> str | None:
    """The language whose commonest words a text has, where no other comes near."""
    shares: Counter[str] = Counter()
    distinct: Counter[str] = Counter()
    for word, count in Counter(words).items():
        for language in _lexicon().languages_of.get(word, ()):
            shares[language] += count
            distinct[language] += 1
    if not shares:
        return None
    (best, share), *others = shares.most_common(3)
    if neighbour := _NEIGHBOURS.get(best):
        own, theirs = _only(words, best, neighbour), _only(words, neighbour, best)
        if max(own, theirs) < 3 or min(own, theirs) > 0.34 * max(own, theirs):
            return None
        best = best if own > theirs else neighbour
        others = [each for each in others if each[0] not in (best, _NEIGHBOURS[best])]
    second = others[0][1] if others else 0
    plain = share >= _COMMON * len(words) and distinct[best] >= 4 and second <= 0.75 * share
    known = best not in _LIKE_OTHERS and (best in _lexicon().never_latin) != latin
    return best if plain and known else None


def _only(words: list[str], language: str, neighbour: str) -> int:
    """How many words of a text are common in a language and not in its neighbour."""
    languages_of = _lexicon().languages_of
    return sum(
        language in (of := languages_of.get(word, ())) and neighbour not in of for word in words
    )


def _contradicts(sample: str, code: str, read: str | None) -> bool:
    """Whether a text can't be in the stated language: by its script, or by its words."""
    if not _is_latin(sample):
        script, share = _script(sample)
        return share > 0.6 and code not in _lexicon().scripts.get(script, (code,))
    if code in _lexicon().never_latin:
        return sum(map(str.isalpha, sample)) > 100
    words = [_bare(word) for word in sample.lower().split()]
    own = sum(code in _lexicon().languages_of.get(word, ()) for word in words)
    if read is None:
        return code == "en" and own == 0 and sum(word[:1].isalpha() for word in words) >= _PROSE
    if len(words) < 2 * _FEW_WORDS or (code not in _lexicon().with_words and read != "en"):
        return False
    return own <= _RARE * len(words) or (code != "en" and read == "en" and own < 0.06 * len(words))
