"""What holds for any text at all, however broken."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from index.entities import entities_of, link, recognise
from index.model import EntityType

WORDS = [
    "Abu", "al-Askari", "al", "-", "Al-", "President", "of", "the", "The", "Ministry", "Iraq", "US",
    "U.S.", "Kata’ib", "Hezbollah", "(PMF)", "(", ")", "’s", "'", "December", "27", "1st", "March",
    "2019", "Friday", "1990s", ",", ".", "two", "more than", "rockets", "$1.13bn", "F-16", "and",
    "for", "Bank", "St", "bin", "de", "&", "\n", "K", "1", "%", "of the", "known as", "said", "in",
    "“", "”", "Mr", "İ", "ﬁ", "\u0301", "ʿ", "٣",
]  # fmt: skip
BROKEN = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=40).map("".join),
)


@settings(max_examples=300, deadline=None)
@given(BROKEN)
def test_mentions_are_exact_ordered_and_apart(text: str) -> None:
    mentions = recognise(text)
    end = 0
    for mention in mentions:
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.text == mention.text.strip()
        assert mention.name
        end = mention.end


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(st.tuples(st.sampled_from(EntityType), BROKEN), st.integers(1, 9), max_size=20)
)
def test_every_name_is_linked_to_a_readable_id_of_its_type(
    names: dict[tuple[EntityType, str], int],
) -> None:
    links = link(names)
    assert set(links) == set(names)
    shown: dict[str, str] = {}
    for (kind, _), (entity, name) in links.items():
        assert entity.startswith(f"{kind.value}/")
        assert entity.isascii() and entity.isprintable() and " " not in entity
        assert len(entity) > len(kind.value) + 1
        assert shown.setdefault(entity, name) == name
        assert links[kind, name][0] == entity


@settings(max_examples=50, deadline=None)
@given(BROKEN)
def test_every_mention_belongs_to_one_entity(text: str) -> None:
    mentions = recognise(text)
    links = link(Counter((m.type, m.name or m.text) for m in mentions))
    found = entities_of(mentions, links)
    assert sum(len(entity.mentions) for entity in found) == len(mentions)
    assert len({entity.id for entity in found}) == len(found)
    for entity in found:
        assert entity.name not in entity.aliases
        assert {m.entity for m in entity.mentions} == {entity.id}


def test_a_long_line_without_breaks_is_read_to_its_end() -> None:
    text = "The envoy Farouk Dallal came. Nothing was said there. " * 2000 + "Dallal left Baghdad."
    mentions = recognise(text)
    assert mentions[-1].text == "Baghdad"
    assert mentions[-2].name == "Farouk Dallal"


def test_one_endless_word_is_no_name() -> None:
    assert recognise("A" * 100_000 + " " + "Ab" * 50_000) == []
