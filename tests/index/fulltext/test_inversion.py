from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.fulltext.analysis import terms
from index.fulltext.inversion import Inversion


def named(text: str) -> set[str]:
    inversion = Inversion()
    inversion.add(0, {"body": text})
    postings = inversion.postings()["body"]
    return {word for word, times in zip(postings.words.all(), postings.named, strict=True) if times}


def test_names_are_words_with_a_capital_that_no_rule_demands() -> None:
    text = (
        "Yesterday the envoy met Qasem Soleimani in Najaf. Talks failed. Kataib Hezbollah agreed."
    )
    assert named(text) == {"qasem", "soleimani", "najaf", "kataib", "hezbollah"}
    assert named("THE ALLIES MET IN NASSAU") == set()
    assert named("“Talks failed,” he said. \nTalks in Paris\nLondon") == {"paris"}


def test_what_is_all_in_capitals_tells_no_names_and_hides_none_elsewhere() -> None:
    inversion = Inversion()
    inversion.add(
        0, {"title": "ENVOY MEETS SOLEIMANI", "body": "He met Soleimani.", "author": "AFP"}
    )
    postings = inversion.postings()
    assert postings["title"].named.tolist() == [0, 0, 0]
    assert postings["body"].named.tolist() == [0, 0, 1]


texts = st.lists(
    st.sampled_from(["war", "Peace", "the ", " ", "\n", ". ", "“", "'s", "東京", "U.S."])
)


@given(st.lists(st.tuples(texts.map("".join), st.text()), min_size=1, max_size=5))
def test_postings_are_those_of_a_plain_reading(parts: list[tuple[str, str]]) -> None:
    inversion = Inversion()
    expected: dict[str, list[tuple[int, list[int]]]] = {}
    lengths = []
    for document, text in enumerate(map("".join, parts)):
        inversion.add(document, {"body": text})
        at = 0
        places: dict[str, list[int]] = {}
        for line in text.split("\n"):
            for term in terms(line):
                places.setdefault(term, []).append(at)
                at += 1
            at += 1
        for term, positions in places.items():
            expected.setdefault(term, []).append((document, positions))
        lengths.append(sum(map(len, places.values())))
    postings = inversion.postings()["body"]
    assert postings.words.all() == sorted(expected)
    for number, word in enumerate(postings.words.all()):
        documents, frequencies, positions = (
            part.tolist() for part in postings.of(number, number + 1)
        )
        assert documents == [document for document, _ in expected[word]]
        assert frequencies == [len(places) for _, places in expected[word]]
        assert positions == [place for _, places in expected[word] for place in places]
    assert postings.lengths(len(parts)).tolist() == lengths
