"""Persons, organisations, places, groups, dates, figures and weapons in a text."""

from __future__ import annotations

from dataclasses import replace

from index.entities.candidates import GROUP, ORGANISATION, PERSON, PLACE, Candidate
from index.entities.capitalised_runs import is_capital, runs
from index.entities.dates import dates
from index.entities.document import Document
from index.entities.figures import NUMBER_WORDS, figures, is_number
from index.entities.lexicon import Kind, is_common, lexicon
from index.entities.segmentation import segment
from index.entities.tokens import Line, fold, lines
from index.entities.weapons import first_words, weapons
from index.model import Article, EntityType, Mention, ParagraphKind

_TYPES = {
    PERSON: EntityType.PERSON,
    ORGANISATION: EntityType.ORGANISATION,
    PLACE: EntityType.PLACE,
    GROUP: EntityType.GROUP,
}
_HEADLINE = 4
"""Capitalised words after the first that make a line a headline."""
_SEPARATOR = "\n"
LONGEST_DOCUMENT = 2_000_000
"""Characters that are read as one document: a long book. It bounds memory."""


def recognise(text: str) -> list[Mention]:
    """Gives the mentions in a text, in order, without overlap; never raises.

    `Mention.name` is the fullest form of a name in the same text, and the normal form of a date.
    Names are made consistent over the whole text, up to `LONGEST_DOCUMENT` characters; a longer
    one is read in parts of that length.
    """
    mentions: list[Mention] = []
    part: list[Line] = []
    for line in lines(text):
        if part and line.starts and line.starts[0] - part[0].start > LONGEST_DOCUMENT:
            mentions += _document(part)
            part = []
        part.append(line)
    return mentions + _document(part)


def _document(all_lines: list[Line]) -> list[Mention]:
    """The mentions in the lines of one document, in order."""
    document = Document()
    read: list[tuple[Line, list[Mention], bytearray]] = []
    for line in all_lines:
        line.headline = _is_headline(line)
        fixed, blocked, inside = _fixed(line)
        found = [candidate for run in runs(line, blocked) for candidate in segment(line, run)]
        document.add(found)
        read.append((line, fixed, inside))
    chosen: dict[int, list[Candidate]] = {}
    for candidate in document.decide():
        chosen.setdefault(id(candidate.line), []).append(candidate)
    known = document.known_names()
    mentions: list[Mention] = []
    for line, fixed, inside in read:
        candidates = chosen.get(id(line), [])
        candidates += _again(line, candidates, known, document)
        mentions += _merge(line, fixed, inside, candidates)
    return mentions


def _is_headline(line: Line) -> bool:
    """Whether ordinary words inside the line are capitalised, as in a headline.

    So is a line of nothing but capitalised words that no full stop ends, when it is too long for
    a name.
    """
    capital = small = names = 0
    for word in line.words[1:]:
        if len(word) < 4 or not word.isalpha():
            continue
        if word[0].islower():
            small += 1
        elif is_common(word):
            capital += 1
        else:
            names += 1
    if not small and names + capital >= _HEADLINE and line.words[-1][-1].isalnum():
        return True
    return capital > small * 3 and (capital > 1 or len(line) > 3)


def _fixed(line: Line) -> tuple[list[Mention], bytearray, bytearray]:
    """Dates, figures and weapons, with the tokens that names must not touch (those of dates),
    and the tokens that stand inside figures and weapons.
    """
    blocked = bytearray(len(line) + 1)
    inside = bytearray(len(line) + 1)
    if not line.words:
        return [], blocked, inside
    mentions: list[Mention] = []
    text, words, starts, ends = line.text, line.words, line.starts, line.ends
    i = 0
    for start, end, name in dates(text, starts[0], ends[-1]):
        while i < len(words) and ends[i] <= start:
            i += 1
        while i < len(words) and starts[i] < end:
            blocked[i] = 1
            i += 1
        mentions.append(Mention(start, end, EntityType.DATE, text[start:end], name))
    numbers: list[int] = []
    arms: list[int] = []
    weapon_words = first_words()
    for k, word in enumerate(words):
        if blocked[k]:
            continue
        low = word.lower()
        if low in NUMBER_WORDS or is_number(word):
            numbers.append(k)
        if low in weapon_words:
            arms.append(k)
    spans = [(a, b, EntityType.FIGURE) for a, b in figures(line, numbers)]
    spans += [(a, b, EntityType.WEAPON) for a, b in weapons(line, arms)]
    for a, b, kind in spans:
        if any(blocked[a:b]) or any(inside[a:b]):
            continue
        for k in range(a, b):
            inside[k] = 1 if kind == EntityType.FIGURE else 2
        mentions.append(_mention(line, a, b, kind))
    return mentions, blocked, inside


def _mention(line: Line, a: int, b: int, kind: EntityType, name: str = "") -> Mention:
    start, end = line.starts[a], line.ends[b - 1]
    return Mention(start, end, kind, line.text[start:end], name or line.text[start:end])


def _again(
    line: Line,
    candidates: list[Candidate],
    known: dict[str, list[tuple[tuple[str, ...], int]]],
    document: Document,
) -> list[Candidate]:
    """Names known from elsewhere in the document, where a capital alone said nothing."""
    taken = bytearray(len(line))
    for candidate in candidates:
        for k in range(candidate.start, candidate.end):
            taken[k] = 1
    found: list[Candidate] = []
    for i, word in enumerate(line.words):
        if taken[i] or not is_capital(word):
            continue
        first = fold(word)
        for words, kind in known.get(first, ()):
            end = _follow(line, i, words)
            if end and not any(taken[i:end]):
                candidate = Candidate(line, i, end, type=kind)
                candidate.name = (
                    document.persons.fullest(words) if kind == PERSON else None
                ) or candidate.text
                found.append(candidate)
                taken[i:end] = b"\1" * (end - i)
                break
        else:
            if is_common(word) or lexicon().kind(word) & ~Kind.GIVEN:
                continue
            if document.persons.stands(first)[1]:
                candidate = Candidate(line, i, i + 1, type=PERSON)
                candidate.name = document.persons.fullest((first,)) or candidate.text
                found.append(candidate)
                taken[i] = 1
    return found


def _follow(line: Line, i: int, words: tuple[str, ...]) -> int:
    """Where the name of these folded words ends that begins at token `i`, or 0."""
    end = i + 1
    for wanted in words[1:]:
        while end < len(line) and not line.words[end][0].isalnum() and line.near(end - 1):
            if line.words[end] not in "-.'’&":
                return 0
            end += 1
        if end >= len(line) or not line.near(end - 1) or fold(line.words[end]) != wanted:
            return 0
        end += 1
    return end


def _merge(
    line: Line, fixed: list[Mention], inside: bytearray, candidates: list[Candidate]
) -> list[Mention]:
    """All mentions of one line, in order. A weapon or figure keeps the peoples and weapons
    inside it; other names are kept, and shorten or replace the figure.
    """
    names: list[Mention] = []
    for candidate in candidates:
        if candidate.type is None:
            continue
        kind = _TYPES[candidate.type]
        tokens = inside[candidate.start : candidate.end]
        if any(tokens) and _swallowed(candidate, tokens):
            continue
        start, end = line.starts[candidate.start], line.ends[candidate.end - 1]
        names.append(Mention(start, end, kind, line.text[start:end], candidate.name))
    names.sort(key=lambda m: (m.start, -m.end))
    out: list[Mention] = []
    for name in names:
        if not out or name.start >= out[-1].end:
            out.append(name)
    for mention in fixed:
        clash = [n for n in out if n.start < mention.end and mention.start < n.end]
        if not clash:
            out.append(mention)
            out.sort(key=lambda m: m.start)
    return out


def _swallowed(candidate: Candidate, tokens: bytearray) -> bool:
    """Whether a name gives way to the figure or weapon that it stands in."""
    return candidate.type in (GROUP, None) or all(tokens)


def recognise_article(article: Article) -> list[Mention]:
    """Gives the mentions in an article's title and body paragraphs, with its id filled in.

    Title and body are read as one document, so that a name in the title is known from the body.
    The title's mentions come first, and their paragraph is None.
    """
    parts: list[tuple[int | None, str]] = [(None, article.title)]
    parts += [
        (k, paragraph.text)
        for k, paragraph in enumerate(article.paragraphs)
        if paragraph.kind == ParagraphKind.BODY
    ]
    offset = 0
    bounds: list[tuple[int, int, int | None]] = []
    for place, text in parts:
        bounds.append((offset, offset + len(text), place))
        offset += len(text) + len(_SEPARATOR)
    found = recognise(_SEPARATOR.join(text for _, text in parts))
    mentions: list[Mention] = []
    k = 0
    for mention in found:
        while mention.start >= bounds[k][1]:
            k += 1
        start, _, place = bounds[k]
        mentions.append(
            replace(
                mention,
                start=mention.start - start,
                end=mention.end - start,
                paragraph=place,
                article=article.id,
            )
        )
    return mentions
