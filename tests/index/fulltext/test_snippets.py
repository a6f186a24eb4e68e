from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.fulltext import Matcher, snippet
from index.fulltext.matcher import Target, Word
from index.model import Article

from .conftest import Index, article

FILLER = "The talks went on through the night without any result. " * 20


def marked(text: str, matcher: Matcher) -> list[str]:
    return [text[start:end] for start, end in matcher.find(text)]


def looking_for(*words: str) -> Matcher:
    return Matcher(tuple(Target(tuple(Word(frozenset({w})) for w in t.split())) for t in words))


def test_matches_are_marked_in_all_their_forms(index: Index) -> None:
    searcher = index([article("a", "Kataib Hezbollah attacked. Katai’ib Hezbollah in town.")])
    matcher = searcher.search('kataib attack "hezbollah in"', 1).matcher
    text = "KATA'IB’s men and Katai’ib Hezbollah in town attacked."
    assert marked(text, matcher) == ["KATA'IB", "Katai’ib", "Hezbollah in", "attacked"]


def test_what_is_excluded_is_not_marked(index: Index) -> None:
    searcher = index([article("a", "War and peace.")])
    assert marked("war, peace", searcher.search("war -truce -peace", 1).matcher) == ["war"]


@given(st.text(), st.lists(st.sampled_from(["a", "b c", "é", "us"]), max_size=3))
def test_matches_stand_where_they_say(text: str, words: list[str]) -> None:
    matcher = looking_for(*words)
    last = 0
    for start, end in matcher.find(text + " B’C b c É " + text):
        assert last <= start < end
        last = end


def test_the_densest_passage_is_shown() -> None:
    one = article("a", "A drone." + FILLER, FILLER + "A drone hit the base at dawn. " + FILLER)
    shown = snippet(one, looking_for("drone", "base"), width=120)
    assert "A drone hit the base at dawn." in shown.text
    assert shown.paragraph == 1
    assert shown.text.startswith("… ") and shown.text.endswith(" …")
    assert [shown.text[start:end] for start, end in shown.matches] == ["drone", "base"]


def test_body_comes_before_furniture() -> None:
    one = article("a", "Nothing.", "One base.", furniture=("A drone at the base.",))
    assert snippet(one, looking_for("drone", "base")).text == "One base."
    assert snippet(one, looking_for("drone")).text == "A drone at the base."
    assert snippet(one, looking_for("elsewhere")).text == "Nothing."
    assert snippet(article("b"), looking_for("drone")).text == ""


words = st.sampled_from(["drone", "base", "of", "x" * 50, "États-Unis", "東京"])


@given(
    st.lists(words, max_size=80).map(" ".join),
    st.integers(1, 200),
    st.sampled_from(["drone", "base drone", "none"]),
)
def test_snippets_are_whole_words_of_the_article(text: str, width: int, wanted: str) -> None:
    shown = snippet(article("a", text), looking_for(wanted), width)
    bare = shown.text.removeprefix("… ").removesuffix(" …")
    assert bare in text
    assert len(bare) <= max(width, len(wanted)) or " " not in bare
    assert set(bare.split()) <= set(text.split()) or len(bare) >= width - 50
    for start, end in shown.matches:
        assert shown.text[start:end] == wanted


def test_a_huge_article_has_a_snippet() -> None:
    one: Article = article("a", "x" * 3_000_000, FILLER * 2000 + "drone", title="Huge")
    assert len(snippet(one, looking_for("drone")).text) < 300
