"""The figures that several articles give for one thing, and whether they agree."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product

from index.compare.lexicon import words
from index.compare.numbers import SCALES, Number, numbers
from index.compare.sentences import sentences
from index.compare.verdicts import verdict
from index.compare.weights import Vector, Weights, Word, cosine, root, skeleton, words_of
from index.model import Article, Figure, FigureValue

SAME = 0.22
"""The likeness of their contexts from which an equal figure in two articles counts one thing."""
DIFFERENT = 0.3
"""The same for figures that are not equal."""
NEARBY = 7
"""The words on each side of a number that count again beside its sentence."""
FAR = 2.0
SURE = 0.45
"""Where one value is more than FAR times the other, the contexts must be SURE alike."""
MOST = 2_000
MOST_OF_ONE = 500
"""The most numbers that are looked at in one article, and of one unit."""

EVENTS = {
    root(word): event
    for event, forms in (
        ("killed", "killed"), ("injured", "injured"), ("arrested", "arrested detained"),
        ("missing", "missing"), ("displaced", "displaced homeless"), ("evacuated", "evacuated"),
        ("rescued", "rescued"), ("released", "released freed"), ("infected", "infected"),
    )
    for word in forms.split()
}  # fmt: skip
"""What happens to people in numbers, by root. Such a toll needs no noun: "killing 25"."""
PEOPLE = frozenset(
    map(
        root,
        words(
            "person civilian man woman child victim resident passenger soldier troop personnel "
            "fighter militant officer worker student member protester migrant patient"
        ),
    )
)
DURATIONS = words("year month week day hour minute second decade time")
"""How long and how often: too common in news to be one thing in two articles by chance."""


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """A number in an article, with what it counts and where it stands."""

    article: int
    paragraph: int
    number: Number
    noun: str
    """What it counts: a singular noun, a currency sign or `%`; `person` for a bare toll."""
    event: str
    """What happened to them; empty when nothing of the kind stands near."""
    sentence: str
    context: Vector
    """The terms of the sentence, without its numbers."""
    near: Vector
    """The same of the words next to the number."""


def figures(weights: Weights) -> tuple[Figure, ...]:
    """Gives the figures that two or more of the articles give for one thing.

    Two numbers count one thing when they have the same unit and their contexts are alike by
    TF-IDF cosine: few are given, rather than doubtful ones. A figure has at most one value for
    each article, in the order of the articles; figures go by their place in the first of them.
    """
    articles = weights.articles
    kinds: dict[str, dict[int, list[Stated]]] = defaultdict(lambda: defaultdict(list))
    values: dict[int, set[float]] = defaultdict(set)
    for i in range(len(articles)):
        for stated in islice(statements(weights, i), MOST):
            values[i].add(stated.number.value)
            kind = "person" if stated.event else root(stated.noun)
            if len(kinds[kind][i]) < MOST_OF_ONE:
                kinds[kind][i].append(stated)
    found: list[tuple[float, Stated, Stated]] = []
    for by_article in kinds.values():
        for i, j in combinations(sorted(by_article), 2):
            for a, b in product(by_article[i], by_article[j]):
                # An article that gives both values gives them for different things.
                both = a.number.value in values[j] or b.number.value in values[i]
                if a.number.value != b.number.value and both:
                    continue
                if surety := one_thing(a, b):
                    found.append((surety, a, b))
    groups = group(found)
    groups.sort(key=lambda g: [(i, g[i].paragraph, g[i].number.start) for i in sorted(g)])
    return tuple(figure_of(articles, [g[i] for i in sorted(g)]) for g in groups)


def statements(weights: Weights, article: int) -> Iterator[Stated]:
    """Gives the numbers of an article's body that count something."""
    for place, paragraph in weights.paragraphs[article].items():
        bounds: list[tuple[int, int]] = []
        known: dict[int, Vector] = {}
        for number in numbers(paragraph.text):
            bounds = bounds or sentences(paragraph.text)
            start, end = bounds[bisect_right(bounds, number.start, key=lambda b: b[0]) - 1]
            inside = paragraph.between(start, end)
            near = bisect_left(inside, (number.start,))
            toll = not number.unit or root(number.unit) in PEOPLE
            event = event_near(inside, near) if toll else ""
            if number.unit or event:
                if start not in known:
                    known[start] = vector(weights, inside)
                yield Stated(
                    article,
                    place,
                    number,
                    number.unit or "person",
                    event,
                    paragraph.text[start:end],
                    known[start],
                    vector(weights, inside[max(0, near - NEARBY) : near + NEARBY + 2]),
                )


def vector(weights: Weights, words: Sequence[Word]) -> Vector:
    """Gives the vector of words, their numbers left out."""
    plain = [w for w in words if w.text not in SCALES]
    return weights.vector(t for t in weights.terms(plain) if not t.lstrip("~-").isdecimal())


def event_near(words: Sequence[Word], near: int) -> str:
    """Gives what happened to so many, when a word nearby says."""
    for word in [*words[near : near + 6], *reversed(words[max(0, near - 3) : near])]:
        event = EVENTS.get(root(word.text))
        if event:
            return event
    return ""


def one_thing(a: Stated, b: Stated) -> float:
    """Gives how surely two numbers of two articles count one thing; 0 when they may not."""
    if a.event and b.event and a.event != b.event:
        return 0.0
    likeness = (cosine(a.context, b.context) + cosine(a.near, b.near)) / 2
    equal = a.number.value == b.number.value
    if a.noun in DURATIONS:
        likeness -= 0.1
    small, large = sorted((a.number.value, b.number.value))
    least = SAME if equal else SURE if large > FAR * small else DIFFERENT
    if likeness < least:
        return 0.0
    return likeness + (0.1 if equal else 0.0)


def group(found: Sequence[tuple[float, Stated, Stated]]) -> list[dict[int, Stated]]:
    """Puts together, surest first, the numbers that count one thing, one for each article."""
    groups: list[dict[int, Stated]] = []
    home: dict[Stated, dict[int, Stated]] = {}
    for _, a, b in sorted(found, key=lambda x: -x[0]):
        held = home.get(a) or home.get(b)
        if held is None:
            held = {}
            groups.append(held)
        new = [s for s in (a, b) if s not in home]
        if any(s.article in held for s in new) or (a in home and b in home):
            continue
        if all(one_thing(s, other) for s in new for other in held.values()):
            for s in new:
                held[s.article] = s
                home[s] = held
    return [held for held in groups if len(held) > 1]


def figure_of(articles: Sequence[Article], stated: Sequence[Stated]) -> Figure:
    """Gives numbers of one thing as the record that leaves this room."""
    event = next((s.event for s in stated if s.event), "")
    noun = next((s.noun for s in stated if s.noun != "person"), stated[0].noun)
    about = shared_word(stated) if not noun.isalpha() else event
    return Figure(
        f"{noun} {about}".strip(),
        verdict([(s.number, s.sentence, articles[s.article].date) for s in stated]),
        tuple(
            FigureValue(
                articles[s.article].id,
                articles[s.article].paragraphs[s.paragraph].text[s.number.start : s.number.end],
                s.number.value,
                s.noun,
                s.paragraph,
                s.number.start,
                s.number.end,
            )
            for s in stated
        ),
    )


def shared_word(stated: Sequence[Stated]) -> str:
    """Gives the word next to an amount that says most about it in the articles."""
    shared = set.intersection(*(set(s.near) for s in stated)) or set.intersection(
        *(set(s.context) for s in stated)
    )
    if not shared:
        return ""
    best = max(sorted(shared), key=lambda t: sum(s.near.get(t, 0) + s.context[t] for s in stated))
    for word in words_of(stated[0].sentence):
        if best in (root(word.text), *([skeleton(word.text)] if word.capital else [])):
            return word.text
    return ""
