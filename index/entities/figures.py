"""Figures: numbers with what they count, hedges included (`over 150 times`, `27 km`, `$1.13bn`).

Without grammar, what is counted is found by shape: the first plural noun within a few words
that no small word interrupts. Bare years, ordinals, ages in compounds (`14-year-old`) and
numbers inside designations (`F-16`, `K-1`) are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.entities.lexicon import Kind, is_common, lexicon
from index.entities.tokens import Line, word_set

_UNITS = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
]
_SCALES = word_set("hundred thousand million billion trillion dozen bn m k mn tn")
_MANY = word_set("dozens hundreds thousands millions billions scores tens")
NUMBER_WORDS = frozenset([*_UNITS, *_MANY, "one", "dozen", "hundred", "thousand", "million"])
"""Lower-case words that may begin a figure."""

_DIGITS = re.compile(
    r"\d+(?:[.,]\d+)*(?:bn|m|k|mn|tn|km|kg|cm|mm|ft|mph|kph|kw|mw|gw|gb|mb|pm|am|th|st|nd|rd|s)?",
    re.I,
)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|s|am|pm)", re.I)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_HEDGES = (
    ("more", "than"), ("less", "than"), ("fewer", "than"), ("no", "more", "than"), ("at", "least"),
    ("at", "most"), ("no", "less", "than"), ("no", "fewer", "than"), ("as", "many", "as"),
    ("as", "much", "as"), ("up", "to"), ("close", "to"), ("well", "over"), ("just", "over"),
    ("just", "under"), ("an", "estimated"), ("a", "total", "of"), ("more", "than", "a"),
    ("at", "least", "a"), ("about", "a"), ("around", "a"), ("nearly", "a"), ("almost", "a"),
    ("over", "a"), ("some",), ("over",), ("about",), ("around",), ("nearly",), ("almost",),
    ("roughly",), ("approximately",), ("estimated",), ("a",), ("under",), ("below",), ("above",),
)  # fmt: skip
_HEDGES_LONGEST_FIRST = sorted(_HEDGES, key=len, reverse=True)
_CURRENCY = frozenset("$€£¥₹₽₪₺")
_CODES = word_set("USD EUR GBP Rs IQD AUD CAD CHF JPY CNY")
_MEASURES = word_set(
    "km kilometres kilometers miles mile metres meters m cm mm feet foot ft inches inch kg tonnes "
    "tons ton lb lbs pounds pound grams litres liters barrels barrel acres hectares degrees "
    "percent pc mph kph hours hour days day weeks week months month years year minutes minute "
    "seconds second dollars dollar euros euro cents bn million megawatts mw gw gb mb dinars rials "
    "riyals yen rupees roubles rubles shekels lira"
)
_PLURALS = word_set(
    "people men women children personnel troops police staff crew aircraft fishermen gunmen "
    "policemen servicemen lawmen congressmen militiamen tribesmen businessmen clergymen sheep fish "
    "cattle lives wives feet teeth media data votes dead wounded injured others fatalities "
    "percent civilians spacecraft headquarters series peacekeepers"
)
_SINGULARS = word_set(
    "person man woman child boy girl soldier contractor civilian officer fighter militant "
    "policeman guard gunman death fatality casualty case attack strike rocket missile drone bomb "
    "vote seat vehicle house building aircraft plane tank ship boat car truck victim suspect "
    "protester demonstrator worker employee journalist pilot passenger prisoner hostage detainee "
    "rebel insurgent marine sailor troop militiaman percent billion million Iraqi American "
    "Israeli Palestinian Briton Syrian Iranian serviceman bodyguard commander student"
)
_STOPS = word_set(
    "the a an of in on at to from by with for and or but as than that which who whom whose is are "
    "was were be been being has have had do does did will would can could may might shall should "
    "must not no it he she they we i you his her its their our my your this these those there when "
    "where while because if so after before during since until into onto over under between among "
    "against about per each every all both either neither more most less least later earlier ago "
    "old up down out off then now also only just even still yet already percent"
)
_NOT_PLURAL = word_set(
    "is was has does says this thus his its us as yes always perhaps across towards news "
    "besides afterwards sometimes plus versus alas whereas"
)
_HURT = word_set("dead wounded injured missing")
"""Words that count people by themselves or before another noun."""
_JOINS = frozenset("-’'")
_OF_WHOM = word_set("the its their his her our those these")
_REACH = 5
"""Words after the number among which the counted noun must stand."""


def is_number(word: str) -> bool:
    """Whether a token may begin the number of a figure."""
    return word[0].isdigit() or word.lower() in NUMBER_WORDS or word in _CURRENCY


def figures(line: Line, triggers: list[int]) -> Iterator[tuple[int, int]]:
    """Gives first and one past last token of each figure in a line, in order, without overlap.

    `triggers` are the tokens for which `is_number` holds.
    """
    done = 0
    for i in triggers:
        if i < done:
            continue
        after = _number(line, i)
        if not after:
            continue
        end, sure = _counted(line, i, after)
        if not end and not sure:
            continue
        yield _hedge(line, i, done), max(end, after)
        done = max(end, after)


def _number(line: Line, i: int) -> int:
    """Where the number that begins at token `i` ends, or 0 if none does."""
    words, n = line.words, len(line)
    before = words[i - 1] if i else ""
    if (
        i
        and line.touches(i - 1)
        and before not in "([{“\"'‘—–$€£¥~≈<>+"
        and before not in _CURRENCY
    ):
        return 0
    j = i
    if words[j] in _CURRENCY:
        j += 1
        if j >= n or not words[j][0].isdigit():
            return 0
    word = words[j].lower()
    if words[j][0].isupper() and line.word(j + 1)[:1].isupper() and not line.headline and i:
        return 0  # the Six Nations
    if word[0].isdigit():
        if not _DIGITS.fullmatch(word) or _ORDINAL.fullmatch(word):
            return 0
        if before in "#№" and before:
            return 0
        j += 1
    elif word in NUMBER_WORDS:
        j += 1
        if (
            j + 1 < n
            and words[j] == "-"
            and line.touches(j - 1)
            and words[j + 1].lower() in (*_UNITS[:8], "one")
        ):
            j += 2
    else:
        return 0
    while j < n and line.near(j - 1) and words[j].lower() in _SCALES:
        j += 1
    if j + 1 < n and words[j] in "-–‐" and line.touches(j - 1) and line.touches(j):
        if (
            words[j + 1][0].isdigit()
            and words[i] not in _CURRENCY
            and _range(words[j - 1], words[j + 1])
        ):
            return j + 2
        return 0
    if j + 1 < n and words[j] in ":/" and line.touches(j - 1) and line.touches(j):
        return 0
    return j


def _range(low: str, high: str) -> bool:
    return (
        low.isdigit()
        and high.isdigit()
        and int(low[:9]) < int(high[:9])
        and not _YEAR.fullmatch(low)
    )


def _counted(line: Line, i: int, after: int) -> tuple[int, bool]:
    """Where what is counted ends (0: nothing found), and whether the number stands by itself."""
    words, n = line.words, len(line)
    number = words[i].lower()
    sure = words[i] in _CURRENCY or bool(
        re.fullmatch(r"\d[\d.,]*(?:bn|km|kg|cm|mm|mph|kph|mn|tn)", number)
    )
    if i and words[i - 1] in _CODES:
        sure = True
    j = after
    if j < n and words[j] == "+" and line.touches(j - 1):
        j += 1
    if j < n and words[j] == "%" and line.near(j - 1):
        return j + 1, True
    if j < n and line.near(j - 1) and words[j].lower() in ("percent", "pc"):
        return j + 1, True
    if j + 1 < n and words[j].lower() == "per" and words[j + 1].lower() == "cent":
        return j + 2, True
    if sure:
        if j < n and line.near(j - 1) and words[j].lower() in ("dollars", "euros"):
            return j + 1, True
        return j, True
    if _YEAR.fullmatch(number):
        return 0, False
    if j < n and line.near(j - 1) and words[j].lower() in _MEASURES and number != "one":
        unit = words[j].lower()
        if len(unit) > 1 or number[0].isdigit():
            if j + 1 < n and words[j + 1] == "-" and line.touches(j):
                return 0, False
            return j + 1, True
    if number == "one" and after == i + 1:
        return _one(line, after), False
    return _plural(
        line, j, of=words[i].lower() in _MANY or number.isdigit() or number in _UNITS
    ), False


def _one(line: Line, j: int) -> int:
    """`one` is a figure only right before something that is counted in news."""
    for k in range(j, min(j + 3, len(line))):
        if not line.near(k - 1):
            return 0
        if line.words[k].lower() in _SINGULARS or line.words[k] in _SINGULARS:
            return k + 1
        if line.words[k].lower() in _STOPS or not line.words[k][0].isalpha():
            return 0
    return 0


def _plural(line: Line, j: int, of: bool) -> int:
    """Where the first plural noun after a number ends, or 0."""
    words, n = line.words, len(line)
    if of and j < n and words[j].lower() == "of" and line.near(j - 1):
        j += 1
        if j < n and words[j].lower() in _OF_WHOM:
            j += 1
    found = 0
    seen = 0
    k = j
    while k < n and seen < _REACH and line.near(k - 1):
        word = words[k]
        low = word.lower()
        if word in _JOINS:
            k += 2 if word != "-" and line.word(k + 1).lower() == "s" else 1
            continue
        if low == "and" and seen and not found:
            k += 1
            continue
        if not word[0].isalpha() or low in _STOPS:
            break
        seen += 1
        joined = line.word(k + 1) in _JOINS and line.touches(k)
        plural = not joined and _is_plural(word, low)
        if found and not plural:
            break
        if plural:
            found = k + 1
            if low not in _HURT:
                break
        k += 1
    return found


def _is_plural(word: str, low: str) -> bool:
    if low in _PLURALS:
        return True
    if len(low) < 4 or not low.endswith("s") or low in _NOT_PLURAL:
        return False
    if word[0].isupper():
        return is_common(low) or bool(lexicon().kind(word) & Kind.GROUP)
    return not low.endswith(("ss", "us", "is"))


def _hedge(line: Line, i: int, least: int) -> int:
    """The first token of the hedge before the number at `i`, or `i` itself."""
    for hedge in _HEDGES_LONGEST_FIRST:
        a = i - len(hedge)
        if a < least:
            continue
        if hedge == ("a",) and line.words[i].lower() not in _SCALES:
            continue
        if hedge in (("under",), ("below",), ("above",)) and not line.words[i][0].isdigit():
            continue
        if not line.near(i - 1):
            continue
        if all(line.words[a + k].lower() == word for k, word in enumerate(hedge)):
            return a
    return i
