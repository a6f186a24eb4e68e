"""The library of the five seeds: who says what, found under any spelling."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index import Library, Order, ParagraphKind, ParallaxError, to_json
from index.model import EntityType


def by_name(library: Library, beginning: str) -> str:
    return library.find(beginning).id


def test_the_five_seeds_are_there(seeds: Library) -> None:
    assert seeds.name == "seeds"
    assert len(list(seeds.articles())) == 5
    status = seeds.status()
    assert (status.articles, status.searchable, status.skipped) == (5, 5, 0)


@pytest.mark.parametrize(
    "query", ["kataib hezbollah", "kata'ib hezbollah", "katai’ib hizballah", "KATA’IB HIZBOLLAH"]
)
def test_every_spelling_finds_all_five(seeds: Library, query: str) -> None:
    results = seeds.search(query)
    assert results.total == 5
    assert all(hit.snippet.matches for hit in results.hits)


def test_the_spellings_used_are_told_as_they_are_written(seeds: Library) -> None:
    assert "Katai’ib" in seeds.search("kataib hezbollah").spellings["kataib"]
    assert seeds.search("embassy").spellings == {}


def test_an_empty_query_lists_everything(seeds: Library) -> None:
    results = seeds.search("  ")
    assert results.total == 5
    assert [h.article for h in results.hits] == list(seeds.articles())
    assert len(seeds.search("", limit=2, offset=4).hits) == 1
    assert all(h.snippet.text for h in results.hits)


@pytest.mark.parametrize("query", ['"', "((((", "AND", "-", "*", "title:", "after:never", "[/]"])
def test_broken_queries_give_results_or_a_line(seeds: Library, query: str) -> None:
    results = seeds.search(query)
    assert results.hits or results.total == 0
    assert "\n" not in results.note


def test_matches_stand_where_they_say(seeds: Library) -> None:
    article = seeds.find("003")
    found = seeds.matches(article, "kataib hezbollah")
    marked = {
        article.paragraphs[place].text[start:end].lower()
        for place, spans in found.items()
        if place is not None
        for start, end in spans
    }
    assert "kata’ib" in marked and "hezbollah" in marked
    assert seeds.matches(article, "") == {}


def test_articles_are_found_by_path_id_and_beginning(seeds: Library) -> None:
    article = seeds.find("000")
    path = Path(article.locator)
    assert seeds.find(article.id) == article
    assert seeds.find(article.id[:8]) == article
    assert seeds.find(article.locator) == article
    assert seeds.find(path.name) == article
    with pytest.raises(ParallaxError, match="several"):
        seeds.find("00")
    with pytest.raises(ParallaxError, match="no article"):
        seeds.find("xyz")
    with pytest.raises(ParallaxError):
        seeds.article("nothing")


def test_a_row_is_found_by_its_own_id(tmp_path: Path) -> None:
    rows = [{"id": f"r-{n}", "title": f"T{n}", "text": f"Text {n}."} for n in range(1, 30)]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    with Library.open([path], cache_dir=tmp_path / "cache") as library:
        library.update()
        assert library.find("r-2").title == "T2"
        assert library.find("rows.jsonl#r-2").title == "T2"
        assert library.find(f"{path}#r-29").title == "T29"
        with pytest.raises(ParallaxError, match="several"):
            library.find("rows")


def test_one_name_for_all_spellings(seeds: Library) -> None:
    found = seeds.entities()
    kataib = [e for e in found if "zbollah" in e.name and e.name.startswith("Kata")]
    assert len(kataib) == 1
    assert kataib[0].type is EntityType.ORGANISATION
    assert len(kataib[0].articles) == 5
    saadi = [e for e in found if "aadi" in e.name]
    assert len(saadi) == 1
    assert len(saadi[0].articles) == 2


def test_mentions_stand_where_they_say(seeds: Library) -> None:
    for listed in seeds.articles():
        article = seeds.article(listed.id)
        mentions = seeds.mentions(listed.id)
        assert mentions
        for m in mentions:
            text = article.title if m.paragraph is None else article.paragraphs[m.paragraph].text
            assert text[m.start : m.end] == m.text
            assert m.entity and m.article == article.id
            if m.paragraph is not None:
                assert article.paragraphs[m.paragraph].kind is ParagraphKind.BODY


def test_related_coverage_of_the_strike(seeds: Library) -> None:
    resumption, strike = by_name(seeds, "002"), by_name(seeds, "003")
    related = seeds.related(strike, limit=4)
    assert [r.article.id for r in related][:1] == [resumption]
    assert [r.score for r in related] == sorted((r.score for r in related), reverse=True)
    assert strike not in {r.article.id for r in related}


def test_every_article_is_in_one_story(seeds: Library) -> None:
    told = [a.id for story in seeds.stories() for a in story.articles]
    assert sorted(told) == sorted(a.id for a in seeds.articles())


def test_two_accounts_of_one_statement(seeds: Library) -> None:
    comparison = seeds.compare([by_name(seeds, "002"), by_name(seeds, "003")])
    assert comparison.passages
    attacks = {v.value for f in comparison.figures for v in f.values}
    assert {150, 160} <= attacks
    assert any("weapon" in s.text for q in comparison.quotes for s in q.spans)
    shared = {e.name for e in comparison.entities.shared}
    assert any("zbollah" in name for name in shared)
    with pytest.raises(ParallaxError):
        seeds.compare([by_name(seeds, "002")])


def test_records_become_json(seeds: Library) -> None:
    for record in (seeds.search("hezbollah"), seeds.find("000"), seeds.status()):
        assert json.loads(json.dumps(to_json(record)))


def test_opening_nothing_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ParallaxError, match="no such file"):
        Library.open([tmp_path / "nowhere"])
    with pytest.raises(ParallaxError):
        Library.open([])


def test_a_library_that_was_never_read_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Something")
    with Library.open([tmp_path], cache_dir=tmp_path / "cache") as library:
        assert list(library.articles()) == []
        assert library.search("something").total == 0
        assert library.entities() == []
        assert not library.status().ready
        assert not (tmp_path / "cache").exists()


def test_a_single_file_is_a_collection(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("A headline here\n\nThe text of the only article.")
    (tmp_path / "two.txt").write_text("Not this one")
    with Library.open([tmp_path / "one.txt"], cache_dir=tmp_path / "cache") as library:
        library.update()
        assert [a.title for a in library.articles()] == ["A headline here"]
        assert library.name == "one.txt"


def test_an_article_has_a_place_in_every_list(write_articles, tmp_path: Path) -> None:
    path = write_articles(*(f"Rain {'and rain ' * n}in town." for n in range(9)))
    with Library.open([path], tmp_path / "cache") as library:
        library.update()
        for query in ("", "rain", "rain -sun"):
            for order in Order:
                listed = [hit.article.id for hit in library.search(query, 50, order=order).hits]
                assert [library.place(i, query, order=order) for i in listed] == list(range(9))
        assert library.place("0" * 12, "") is None
        assert library.place(listed[0], "sun") is None
