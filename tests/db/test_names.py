"""Controlled names: one form to describe with, every variant to find by, each change undone."""

import pytest

from db import errors, history, names, search, sources
from db.archive import Archive
from db.query import Query


@pytest.fixture
def archive(tmp_path):
    with Archive.create(tmp_path / "names.muniment") as archive:
        yield archive


@pytest.fixture
def letters(archive, tmp_path):
    from db import ingest

    texts = {
        "one": "The boat left Chungking at noon.\n",
        "two": "Rice is dear in Chongqing this year.\n",
        "three": "重慶的米價很高。\n",
        "four": "Mr Lo Wen came, and later Lo Yu-wen left again.\n",
        "five": "The harbour was quiet.\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    ingest.add(archive, [tmp_path / f"{name}.txt" for name in texts], figures=False)
    return {source.title: source.id for source in sources.all(archive)}


def found(archive, words):
    query = Query.parse(words)
    result = search.find(archive, query)
    hits = search.hits(archive, result.ids, query)
    return {hit.source_title: [hit.snippet[a.start : a.end] for a in hit.snippet_matches]
            for hit in hits.values()}  # fmt: skip


def named(archive):
    return {each.name: each for each in names.all(archive)}


def test_a_search_for_one_variant_finds_all_of_them_and_marks_them(archive, letters):
    assert set(found(archive, "Chungking")) == {"one"}
    names.add(archive, "place", "Chongqing", ["Chungking", "重慶"])
    everywhere = {"one": ["Chungking"], "two": ["Chongqing"], "three": ["重慶"]}
    for asked in ("Chungking", "chongqing", "重慶"):
        assert found(archive, asked) == everywhere
    assert found(archive, '"Chungking"') == {"one": ["Chungking"]}
    assert found(archive, "Chungking -boat").keys() == {"two", "three"}
    assert "five" in found(archive, "quiet OR Chungking")
    assert found(archive, "harbour -Chongqing").keys() == {"five"}
    assert "重慶" in names.widened(archive, Query.parse("Chungking")).understood


def test_a_name_of_several_words_is_found_where_they_stand_side_by_side(archive, letters):
    names.add(archive, "person", "Lo Yu-wen", ["Yuwen Luo"])
    assert found(archive, "Yuwen Luo").keys() == {"four"}
    assert found(archive, "Luo Yuwen") == {}
    assert found(archive, "Yuwen Luo left").keys() == {"four"}


def test_a_query_for_a_creator_goes_by_every_variant(archive, letters):
    names.add(archive, "organisation", "Harbour Office", ["港務局"])
    sources.describe(archive, letters["one"], creator="港務局")
    sources.describe(archive, letters["two"], creator="Harbour Office")
    assert found(archive, 'creator:"Harbour Office"').keys() == {"one", "two"}


def test_names_know_how_many_sources_use_them_and_write_themselves_into_these(archive, letters):
    name = names.add(archive, "organisation", "Harbour Office", ["Harbor Off.", "港務局"])
    sources.describe(archive, letters["one"], creator="港務局")
    sources.describe(archive, letters["two"], creator="harbour office")
    sources.describe(archive, letters["three"], creator="A. Clerk")
    each = named(archive)["Harbour Office"]
    assert (each.sources, each.varied) == (2, 1)
    assert names.from_creators(archive) == ["A. Clerk"]
    assert names.use(archive, name) == 1
    assert sources.get(archive, letters["one"]).creator == "Harbour Office"
    history.undo(archive)
    assert sources.get(archive, letters["one"]).creator == "港務局"


def test_a_name_that_is_changed_changes_the_sources_that_use_it(archive, letters):
    name = names.add(archive, "place", "Chungking")
    sources.describe_all(archive, [letters["one"]], {}, {"coverage": "Chungking; Wuhan"})
    names.change(archive, name, kind="place", name="Chongqing", variants=["Chungking", ""])
    assert named(archive)["Chongqing"].variants == ("Chungking",)
    said = sources.elements(archive, [letters["one"]])[letters["one"]]
    assert said == {"coverage": "Chongqing; Wuhan"}
    assert named(archive)["Chongqing"].sources == 1
    history.undo(archive)
    assert named(archive).keys() == {"Chungking"}
    assert sources.elements(archive, [letters["one"]])[letters["one"]] == {
        "coverage": "Chungking; Wuhan"
    }


def test_names_are_merged_with_their_variants_and_sources_and_parted_by_undo(archive, letters):
    one = names.add(archive, "person", "Lo Yu-wen", ["Lo Y. W."], notes="A clerk.")
    two = names.add(archive, "person", "Luo Yuwen", ["羅玉文"], notes="Born in 1901.")
    sources.describe(archive, letters["four"], creator="Luo Yuwen")
    before = names.all(archive)
    names.merge(archive, one, [two])
    (each,) = names.all(archive)
    assert each.forms == ("Lo Yu-wen", "Lo Y. W.", "Luo Yuwen", "羅玉文")
    assert each.notes == "A clerk.\nBorn in 1901."
    assert sources.get(archive, letters["four"]).creator == "Lo Yu-wen"
    history.undo(archive)
    assert names.all(archive) == before
    assert sources.get(archive, letters["four"]).creator == "Luo Yuwen"
    names.remove(archive, [one, two])
    assert names.all(archive) == []
    history.undo(archive)
    assert names.all(archive) == before


@pytest.mark.parametrize(
    ("kind", "name", "problem"),
    [("place", " — ", "empty"), ("ship", "Anna", "kind"), ("place", "chongqing ", "exists")],
)
def test_what_is_no_name_is_refused_and_nothing_written(archive, kind, name, problem):
    names.add(archive, "place", "Chongqing")
    with pytest.raises(errors.BadName) as refused:
        names.add(archive, kind, name)
    assert refused.value.facts["problem"] == problem
    assert len(names.all(archive)) == 1
    assert [change.label for change in history.log(archive)] == ["new name"]
