"""What the words around a name say of it: `spokesman X`, `X said`, `in X`, `X, a city in`."""

from __future__ import annotations

from index.entities.candidates import ORGANISATION, PERSON, PLACE, Candidate
from index.entities.lexicon import Kind, cues, lexicon
from index.entities.tokens import Line, word_set

_LOCATIVE = {"in": 2.0, "near": 2.5, "at": 0.7, "from": 0.7, "to": 0.7, "towards": 0.7}
"""Votes for a place after these words; 1.5 after the others."""
_REIGNS = word_set("administration regime presidency era family murder murderers camp campaign")
"""What is called after a person: the Bush administration."""
_SHARE_OF_KNOWN = 0.4
"""How much surroundings count for an entry of a lexicon: the deputy Pentagon spokesman."""
_SOLDIERLY = word_set("military air naval army refugee border prison training")
"""What may stand between a place and what it is: the K-1 military base."""
_REACH = 6
"""Words after a comma among which a role is looked for."""


def vote(candidate: Candidate) -> None:
    """Adds the votes of its surroundings to a candidate."""
    line = candidate.line
    if line.headline:
        return
    table = cues()
    votes = [0.0] * 4
    _before(line, candidate.start, votes, table)
    _after(line, candidate.end, votes, table)
    share = _SHARE_OF_KNOWN if candidate.known else 1.0
    for k in range(4):
        candidate.votes[k] += votes[k] * share


def _before(line: Line, start: int, votes: list[float], table: dict[str, frozenset[str]]) -> None:
    if not start or not line.near(start - 1):
        return
    before = line.words[start - 1]
    the = before in ("the", "The")
    if the:
        votes[PERSON] -= 1.5
        votes[ORGANISATION] += 0.8
        if line.word(start - 2) in ("in", "across", "throughout"):
            votes[PLACE] += 0.6
        return
    if before in ("a", "an", "A", "An"):
        votes[PERSON] -= 1.0
        return
    if not before[0].islower():
        before = before.lower()
        if before not in table["LOCATIVES"]:
            return
    if before in table["ROLES"]:
        votes[PERSON] += 3.0
    if before in table["ORGANISATIONS"]:
        votes[ORGANISATION] += 3.0
    if before in table["PLACES"]:
        votes[PLACE] += 2.5
    elif before in table["LOCATIVES"]:
        votes[PLACE] += _LOCATIVE.get(before, 1.5)
    elif before == "of" and line.word(start - 2).lower() in table["PLACES"]:
        votes[PLACE] += 2.0
    elif before == "with" or before == "by":
        votes[PERSON] += 0.2
        votes[ORGANISATION] += 0.2


def _after(line: Line, end: int, votes: list[float], table: dict[str, frozenset[str]]) -> None:
    if end >= len(line) or not line.near(end - 1):
        return
    after = line.words[end]
    if after == ",":
        _apposition(line, end + 1, votes, table)
    elif after in _REIGNS:
        votes[PERSON] += 2.5
    elif after in table["SPEECH"]:
        votes[PERSON] += 1.5
    elif after == "who":
        votes[PERSON] += 2.5
    elif after in table["ORGANISATION-TAILS"]:
        votes[ORGANISATION] += 1.5
    elif after in table["PLACE-TAILS"]:
        votes[PLACE] += 1.5
    elif after in _SOLDIERLY and line.word(end + 1) in table["PLACE-TAILS"]:
        votes[PLACE] += 2.0
    elif after == "-" and line.touches(end - 1):
        following = line.word(end + 1)
        if following == "based":
            votes[PLACE] += 2.0
        elif following in ("led", "backed", "affiliated", "aligned", "linked", "controlled"):
            votes[ORGANISATION] += 1.0
            votes[PLACE] += 0.5
    elif after in "'’" and line.word(end + 1) == "s":
        votes[PERSON] += 0.1
    elif after == "(":
        inside = line.word(end + 1)
        if inside.isupper() and 1 < len(inside) < 9 and line.word(end + 2) == ")":
            votes[ORGANISATION] += 3.0
        elif inside.isdigit() and len(inside) == 4:
            votes[PERSON] += 1.0


def _apposition(line: Line, i: int, votes: list[float], table: dict[str, frozenset[str]]) -> None:
    """What follows `Name,`: an age, `who`, a role, a kind of place, or the place it lies in."""
    word = line.word(i)
    if word.isdigit() and len(word) == 2 and line.word(i + 1) in (",", "."):
        votes[PERSON] += 2.5
        return
    if word == "who":
        votes[PERSON] += 3.0
        return
    if word == "which":
        votes[PERSON] -= 1.0
        return
    if word and word[0].isupper():
        phrase = lexicon().find(line, i)
        if phrase and phrase.kind & (Kind.COUNTRY | Kind.PLACE) and not phrase.kind & Kind.GIVEN:
            votes[PLACE] += 0.8
        return
    for k in range(i, min(i + _REACH, len(line))):
        word = line.words[k]
        if word in table["ROLES"]:
            votes[PERSON] += 2.0
            return
        if word in ("in", "of") and k > i and line.words[k - 1] in table["PLACES"]:
            votes[PLACE] += 2.5
            return
        if word in table["ORGANISATIONS"] and line.words[i] in ("a", "an", "the"):
            votes[ORGANISATION] += 1.5
            return
        if not word[0].isalpha() and word != "-":
            return
