from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fulltext import Abandoned, Searcher, create, write

from .conftest import Index, article, as_id, as_name, found, seeds


@pytest.mark.parametrize(
    "typed", ["kataib hezbollah", "kata'ib hezbollah", "katai'ib hizballah", "Kata’ib", "hizbullah"]
)
def test_each_spelling_of_a_name_finds_all_seeds(index: Index, typed: str) -> None:
    assert len(found(index(seeds()), typed)) == 5


def test_spellings_are_told_and_the_one_typed_comes_first(index: Index) -> None:
    searcher = index(
        [
            article("a", "They met Qassam Suleimani in Baghdad."),
            article("b", "They met Qasem Soleimani in Baghdad."),
            article("c", "They met nobody in Baghdad."),
        ]
    )
    assert found(searcher, "qassam suleimani") == ["a", "b"]
    assert found(searcher, "qasem soleimani") == ["b", "a"]
    assert searcher.search("soleimani", 10).spellings == {"soleimani": ("suleimani",)}
    assert found(searcher, '"Qasem"') == ["b"]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Hamidreza Malekouti", "hamid reza"),
        ("Hamid Reza Malekouti", "hamidreza"),
        ("Abd al-Karim Qasim", "abdulkarim"),
        ("Mohammed Badreddine", "badr al-din"),
        ("Mohammed Alotaibi", "al-otaibi"),
        ("Mohammed al-Otaibi", "alotaibi"),
    ],
)
def test_names_are_found_written_together_or_apart(index: Index, written: str, typed: str) -> None:
    searcher = index(
        [article("a", f"Officials met {written} on Tuesday."), article("b", "They met nobody.")]
    )
    answer = searcher.search(typed, 10)
    assert [as_name(article_id) for article_id, _ in answer.ids] == ["a"]
    assert answer.matcher.find(written)


def test_an_exclusion_takes_out_nothing_that_was_not_typed(index: Index) -> None:
    searcher = index([article("a", "Football and war."), article("b", "War and peace.")])
    assert set(found(searcher, "war -foo")) == {"a", "b"}
    assert found(searcher, "war -foot*") == ["b"]


def test_ordinary_words_have_no_other_spellings(index: Index) -> None:
    searcher = index(
        [
            article("a", "After the strike they began to talk at the base of the state."),
            article("b", "The envoy met Strake and Tolk at Bassa with Statte."),
        ]
    )
    for word in ("strike", "talk", "base", "state"):
        assert found(searcher, word) == ["a"]


def test_a_known_name_does_not_find_its_look_alikes(index: Index) -> None:
    searcher = index(
        [
            article("paris", "He met Tony in Paris in March."),
            article("perez", "She wrote to Perez and to Tanni about Marts."),
        ]
    )
    for word, expected in (("paris", "paris"), ("tony", "paris"), ("perez", "perez")):
        assert found(searcher, word) == [expected]
    assert found(searcher, "march") == ["paris"]
    assert set(found(searcher, "peres")) == {"perez", "paris"}


def test_names_are_not_cut_to_other_names(index: Index) -> None:
    searcher = index(
        [article("a", "Fighters of Hamas left."), article("b", "He lives in Hama in Syria.")]
    )
    assert found(searcher, "hamas") == ["a"]
    assert found(searcher, "hama") == ["b"]


def test_all_words_come_before_some(index: Index) -> None:
    searcher = index(
        [
            article("some", "Drone drone drone drone drone."),
            article("all", "A long report of many other things, and at its end a drone strike."),
            article("none", "Nothing of the kind."),
        ]
    )
    answer = searcher.search("drone strike", 10)
    assert [as_name(article_id) for article_id, _ in answer.ids] == ["all", "some"]
    assert answer.ids[0][1] > answer.ids[1][1]
    assert answer.total == 2
    assert searcher.search("drone strike", 1, offset=1).ids == answer.ids[1:]


def test_title_counts_more_than_body_and_body_more_than_furniture(index: Index) -> None:
    searcher = index(
        [
            article("aside", "A report.", furniture=("Sanctions",) * 9),
            article("body", "A report of sanctions."),
            article("title", "A report of it.", title="Sanctions"),
        ]
    )
    assert found(searcher, "sanctions") == ["title", "body", "aside"]
    assert found(searcher, "title:sanctions") == ["title"]


def test_forms_of_a_word_find_each_other_but_not_in_quotes(index: Index) -> None:
    searcher = index([article("a", "The militias attacked."), article("b", "A militia attacks.")])
    assert set(found(searcher, "militia attack")) == {"a", "b"}
    assert found(searcher, '"militia"') == ["b"]
    assert found(searcher, '"attacked"') == ["a"]


def test_a_doubled_consonant_is_a_form_and_a_longer_word_is_another(index: Index) -> None:
    searcher = index(
        [
            article("a", "They plan to win."),
            article("b", "She is winning as planned."),
            article("c", "Arsenal bought gas."),
            article("d", "Arsenic was found."),
        ]
    )
    assert set(found(searcher, "plan")) == set(found(searcher, "wins")) == {"a", "b"}
    assert found(searcher, "arsenal") == ["c"]


def test_words_with_marks_are_found_as_typed(index: Index) -> None:
    searcher = index(
        [
            article("a", "US troops left the K-1 base; AT&T did not."),
            article("b", "He told us that they don't know."),
            article("c", "The head was Abu Baqir al-Saadi."),
            article("d", "東京都は発表した。"),
            article("e", "قال كتائب حزب الله"),
            article("f", "Заявила Москва."),
        ]
    )
    assert found(searcher, "US") == found(searcher, "U.S.") == ["a"]
    assert found(searcher, "us") == ["a", "b"]
    assert found(searcher, "K-1") == found(searcher, "at&t") == ["a"]
    assert found(searcher, "don't") == found(searcher, "don’t") == ["b"]
    for typed in ("al-Saadi", "saadi", '"al saadi"', "baqir al-saadi"):
        assert found(searcher, typed) == ["c"]
    assert found(searcher, "東京") == ["d"]
    assert found(searcher, "كتائب") == ["e"]
    assert found(searcher, "москва") == ["f"]


def test_a_word_without_articles_is_taken_as_a_beginning(index: Index) -> None:
    searcher = index([article("a", "The militia and a militant."), article("b", "Military bands.")])
    answer = searcher.search("milit", 10)
    assert answer.total == 2
    assert answer.note == "No article has “milit”; showing words that begin with it."
    assert answer.matcher.find("a militia, a limit") == ((2, 9),)
    assert searcher.search("militia", 10).note == ""


def test_stop_words_do_not_drive_a_search(index: Index) -> None:
    searcher = index([article("a", "The vote."), article("b", "To be or not to be.")])
    assert found(searcher, "the vote of") == ["a"]
    assert found(searcher, "to be") == found(searcher, '"to be or not"') == ["b"]
    assert found(searcher, "the") == ["a"]


def test_sources_and_dates(index: Index) -> None:
    searcher = index(
        [
            article("a", "Talks began.", source="Rudaw English", date="2020-07-05"),
            article("b", "Talks ended.", source="The Long War Journal", date="2021-01-01"),
        ],
        [
            article("c", "Talks again.", source="Rudaw English", date="2019-12-31T23:00:00+00:00"),
            article("d", "Talks."),
        ],
    )
    assert set(found(searcher, "source:RUDAW")) == {"a", "c"}
    assert found(searcher, "talks source:war") == ["b"]
    assert found(searcher, 'source:"long war"') == ["b"]
    assert found(searcher, "source:rud after:2020") == ["a"]
    assert found(searcher, "after:2020") == ["b", "a"]
    assert found(searcher, "after:2020 before:2021") == ["a"]
    assert found(searcher, "before:2020-07-05") == ["c"]
    assert found(searcher, "talks -source:rudaw -after:2021") == ["d"]
    assert searcher.search("talks", 1).facets == {
        "source": (("Rudaw English", 2), ("The Long War Journal", 1)),
        "month": (("2019-12", 1), ("2020-07", 1), ("2021-01", 1)),
    }


def test_only_exclusions_are_everything_but(index: Index) -> None:
    searcher = index([article("a", "War."), article("b", "Peace.")])
    assert found(searcher, "-war") == ["b"]
    assert set(found(searcher, '-"no such words"')) == {"a", "b"}


def test_an_empty_index_and_an_empty_query_have_empty_answers(index: Index) -> None:
    searcher = index()
    assert searcher.search("war OR wa* -peace source:x", 10).total == 0
    assert searcher.search("", 10).total == 0
    assert searcher.search(" ( ", 10).ids == ()


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("news")
    create(folder)
    write(folder, seeds()[:3])
    write(folder, seeds()[3:])
    return Searcher(folder)


# fmt: off
pieces = st.sampled_from([
    *'()"“”*-+: &', " OR ", " AND ", " NOT ", "title:", "source:", "after:20", "us", "a*", "iraq",
    "kataib ", "al-", "'", "é", "東", "\x00", "\ud800", "before:2020-02-30",
])
# fmt: on
broken = st.lists(pieces, max_size=30).map("".join)


@given(st.one_of(st.text(), broken))
def test_whatever_is_typed_is_answered(news: Searcher, typed: str) -> None:
    answer = news.search(typed, 3)
    assert len(answer.ids) == min(3, answer.total)
    assert "\n" not in answer.note


def test_huge_queries_are_answered(news: Searcher) -> None:
    for typed in ("(" * 2000 + "iraq" + ")" * 2000, "kataib " * 1400, "(a OR -" * 1500, '"' * 9999):
        news.search(typed, 10)
    assert news.search("iraq " * 2000, 10).total == 5


def test_fields_without_a_value_yet_are_answered_by_all_articles(index: Index) -> None:
    searcher = index([article("a", "War."), article("b", "Peace.")])
    for typed in ("source:", "-author:", "date: person:"):
        assert set(found(searcher, typed)) == {"a", "b"}
    assert found(searcher, "source: war") == ["a"]


def test_a_misspelt_word_is_taken_for_one_like_it(index: Index) -> None:
    searcher = index([article("a", "The government fell."), article("b", "The source of force.")])
    answer = searcher.search("goverment fell", 10)
    assert [as_name(article_id) for article_id, _ in answer.ids] == ["a"]
    assert answer.note == "No article has “goverment”; showing “government”."
    assert answer.corrected == "government fell"
    assert answer.matcher.find("A government.") == ((2, 12),)
    assert searcher.search("sorpe", 10).total == 0
    assert searcher.search('"goverment"', 10).total == 0


def test_a_rare_word_may_be_a_frequent_one_misspelt(index: Index) -> None:
    searcher = index(
        [article("a", "The isreal news.")],
        [article(f"{n}", "Talks in Israel went on.") for n in range(100)],
    )
    answer = searcher.search("isreal news", 10)
    assert answer.total == 1
    assert answer.suggestion == "israel news"
    assert searcher.search("israel news", 10).suggestion is None
    assert searcher.search("isreal", 10, exact=True).suggestion is None


def test_words_near_each_other_stand_in_any_order(index: Index) -> None:
    searcher = index(
        [
            article("a", "The base was hit by a drone."),
            article("b", "A drone. It was long before anybody saw it over the base."),
            article("c", "A drone hit.", "Base."),
        ]
    )
    assert set(found(searcher, '"drone base"~4')) == {"a", "c"}
    assert found(searcher, '"drone base"~1') == []
    assert set(found(searcher, '"drone base"~20')) == {"a", "b", "c"}
    matcher = searcher.search('"drone base"~4', 1).matcher
    assert matcher.find("At the base was no drone.") == ((7, 24),)


def test_a_search_is_given_up_when_nobody_waits_for_it(index: Index) -> None:
    searcher = index([article("a", "War.")])
    with pytest.raises(Abandoned):
        searcher.search("war", 10, wanted=lambda: False)
    assert searcher.search("war", 10, wanted=lambda: True).total == 1


def test_what_a_search_is_limited_to_is_marked_there_only(index: Index) -> None:
    searcher = index([article("a", "Subscribe to peace.", furniture=("Subscribe now",))])
    matcher = searcher.search("in:boilerplate subscribe", 1).matcher
    assert matcher.find("Subscribe now", "furniture") == ((0, 9),)
    assert matcher.find("Subscribe to peace.") == ()


def test_why_an_article_ranks_where_it_does_adds_up(index: Index) -> None:
    searcher = index(
        [
            article("a", "A drone struck.", "Drones again.", title="Drone strike"),
            article("b", "A strike.", furniture=("Drone",)),
        ]
    )
    for typed in ("drone strike", '"drone struck" OR strike*', "peace-keeping drone"):
        answer = searcher.search(typed, 10, explain=True)
        for article_id, score in answer.ids:
            factors = answer.factors[article_id]
            assert sum(factor.score for factor in factors) == pytest.approx(score, rel=1e-5)
    factors = {f.what: f for f in searcher.search("drone", 1, explain=True).factors[as_id("a")]}
    assert factors["drone"].counts == {"title": 1, "body": 2}
    assert set(factors["drone"].words) == {"drone", "drones"}
    assert factors["drone"].idf > 0


def test_the_spelling_typed_comes_first_however_long_the_article(index: Index) -> None:
    searcher = index(
        [
            article("a", "The court sat in Yekaterinburg.", title="Court in Yekaterinburg"),
            article("b", "The mayor of Ekaterinburg spoke. " + "He spoke on and on. " * 50),
        ]
    )
    assert found(searcher, "ekaterinburg") == ["b", "a"]
    assert found(searcher, "yekaterinburg") == ["a", "b"]
    whats = {f.what for f in searcher.search("ekaterinburg", 1, explain=True).factors[as_id("b")]}
    assert whats == {"ekaterinburg", "all words", "as typed"}


def test_a_mistyped_word_is_no_name(index: Index) -> None:
    searcher = index(
        [article(f"{n}", "The price of oil rose.") for n in range(30)],
        [article("peirce", "They met Peirce in town.")],
    )
    answer = searcher.search("pirce", 100)
    assert answer.total == 30
    assert answer.corrected == "price"
    assert found(searcher, "peirse") == ["peirce"]


def test_what_holds_no_word_is_answered_by_all_articles_and_says_so(index: Index) -> None:
    searcher = index([article("a", "War."), article("b", "Peace.")])
    for typed in ("(((", '"', "- ~ *"):
        answer = searcher.search(typed, 10)
        assert answer.total == 2
        assert answer.note == "There is no word to look for yet; showing all articles."
    assert searcher.search("", 10).note == searcher.search(" ", 10).note == ""
