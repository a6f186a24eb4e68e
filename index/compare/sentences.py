"""Where the sentences of a paragraph stand."""

from __future__ import annotations

import re
from itertools import pairwise

END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s++[\"'“‘«(\[]*+[^\W_a-z])|[。！？]++[」』”’]*+(?=\S)"
)
"""The end of a sentence: a stop, perhaps with closing quotes, before a word that does not begin
with a small letter; or a full-width stop."""

ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Rev|Hon|Gen|Lt|Col|Maj|Capt|Sgt|Cpl|Adm|Gov|Sen|Rep|Reps|Sens"
    r"|Pres|Prof|Supt|Insp|Mt|Ft|No|Nos|vs|v|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov"
    r"|Dec|Mon|Tue|Tues|Wed|Thu|Thurs|Fri|Sat|Sun|Co|Cos|Corp|Inc|Ltd|Ave|Blvd|Rd|Calif|Fla|Mass"
    r"|Penn|Ariz|Conn|Colo|Ill|Mich|Minn|Wash|Wis|Va|Ga|Ky|Tenn|Tex|Okla|Ore|Pa|Ala|Ark|Md|Del)"
    r"|\b[A-Z]|\.[A-Z])\.$"
)
"""What ends with a stop that need not end a sentence: a title, a month, a state, an initial."""

CLAUSE = re.compile(r"[,;:—][\"'”’]*+\s|\s[–-]\s")
LONG = 240
SHORTEST = 80
"""A sentence of more than LONG characters is cut into clauses of at least SHORTEST."""

LONGEST = 2_000
"""A sentence of more characters than this is cut between words."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Gives where each sentence of `text` starts and ends, without the space around it.

    Sentences are in order, do not overlap, and hold everything that is not space.
    """
    cuts = [0]
    for match in END.finditer(text):
        tail = text[max(cuts[-1], match.end() - 10) : match.end()]
        if not ABBREVIATION.search(tail):
            cuts.append(match.end())
    cuts.append(len(text))
    found: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        while start < end:
            stop = end
            if end - start > LONGEST:
                space = text.rfind(" ", start + 1, start + LONGEST)
                stop = space if space > 0 else start + LONGEST
            piece = text[start:stop]
            left = len(piece) - len(piece.lstrip())
            if left < len(piece):
                found.append((start + left, start + len(piece.rstrip())))
            start = stop
    return found


def clauses(text: str) -> list[tuple[int, int]]:
    """Gives the sentences of `text`, those that run on and on in their clauses."""
    found: list[tuple[int, int]] = []
    for start, end in sentences(text):
        if end - start > LONG:
            for match in CLAUSE.finditer(text, start + SHORTEST, end - SHORTEST):
                if match.start() - start >= SHORTEST:
                    found.append((start, match.start() + len(match[0].rstrip())))
                    start = match.end()
        found.append((start, end))
    return found
