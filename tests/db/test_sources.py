"""Sources are described, arranged, put into the bin and brought back; every step can be undone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import bin, errors, history, sources
from db.archive import Archive
from db.exchange.isad import ELEMENTS
from tests.db.annotated_archive import LETTER, add_source


@pytest.fixture
def tree(archive):
    """fonds 1 > (series 2 > (file 3, file 4), series 5)"""
    fonds = sources.add(archive, "Harbour office", "fonds")
    series = sources.add(archive, "Letters", "series", fonds)
    sources.add(archive, "Letters in", "file", series)
    sources.add(archive, "Letters out", "file", series)
    sources.add(archive, "Ledgers", "series", fonds)
    return archive


def shape(archive):
    """Each title with its parent's, in the order shown."""
    titles = {source.id: source.title for source in sources.all(archive)}
    return [(s.title, titles.get(s.parent_id)) for s in sources.all(archive)]


def ids(archive, *titles):
    known = {source.title: source.id for source in sources.all(archive)}
    return [known[title] for title in titles]


def below(archive, title):
    return [each for each, parent in shape(archive) if parent == title]


def test_a_source_without_a_text_stands_last_below_its_parent_until_undone(tree):
    before = shape(tree)
    (letters,) = ids(tree, "Letters")
    sources.add(tree, "Copies", "file", letters, date="1938~")
    assert below(tree, "Letters") == ["Letters in", "Letters out", "Copies"]
    history.undo(tree)
    assert shape(tree) == before
    history.redo(tree)
    assert below(tree, "Letters")[-1] == "Copies"
    assert sources.text(tree, ids(tree, "Copies")[0]) == ""


def test_an_archive_of_bare_descriptions_is_sound(tree):
    assert [result for result in tree.check() if not result.ok] == []


def test_several_sources_get_the_same_fields_in_one_undoable_change(tree):
    chosen = ids(tree, "Letters in", "Letters out")
    sources.describe_all(tree, chosen[:1], {"creator": "Ada"}, {"scope": "All that came."})
    sources.describe_all(tree, chosen, {"rights": "free", "date": "1938/1940"}, {"access": "open"})
    both = [sources.get(tree, each) for each in chosen]
    assert [(s.creator, s.rights, s.date) for s in both] == [
        ("Ada", "free", "1938/1940"),
        (None, "free", "1938/1940"),
    ]
    assert sources.elements(tree, chosen) == {
        chosen[0]: {"scope": "All that came.", "access": "open"},
        chosen[1]: {"access": "open"},
    }
    assert history.log(tree)[0].facts == {"count": 2}
    history.undo(tree)
    assert sources.elements(tree, chosen) == {chosen[0]: {"scope": "All that came."}, chosen[1]: {}}
    assert {sources.get(tree, each).rights for each in chosen} == {None}


def test_an_element_that_is_emptied_is_taken_out(tree):
    (letters,) = ids(tree, "Letters")
    sources.describe_all(tree, [letters], {}, dict.fromkeys(ELEMENTS, "words"))
    sources.describe_all(tree, [letters], {}, {"extent": "", "scope": None})
    assert sources.elements(tree, [letters])[letters].keys() == ELEMENTS.keys() - {
        "extent",
        "scope",
    }


@pytest.mark.parametrize(
    ("fields", "problem"),
    [({"title": "  "}, "title"), ({"level": "box"}, "level"), ({"date": "1938-13"}, "date")],
)
def test_what_no_source_may_have_is_refused_and_nothing_is_written(tree, fields, problem):
    steps, before = len(history.log(tree)), sources.all(tree)
    with pytest.raises(errors.BadDescription) as refused:
        sources.describe_all(tree, ids(tree, "Letters", "Ledgers"), {"creator": "Ada"} | fields)
    assert refused.value.facts["problem"] == problem
    with pytest.raises(errors.BadDescription):
        sources.add(tree, **({"title": "New"} | fields))
    assert (len(history.log(tree)), sources.all(tree)) == (steps, before)


def test_sources_move_below_another_in_the_order_named(tree):
    before = shape(tree)
    moved = ids(tree, "Letters out", "Letters in")
    sources.move(tree, moved, ids(tree, "Ledgers")[0])
    assert below(tree, "Ledgers") == ["Letters out", "Letters in"]
    sources.move(tree, ids(tree, "Ledgers"), None)
    assert ("Ledgers", None) in shape(tree)
    history.undo(tree)
    history.undo(tree)
    assert shape(tree) == before


def test_a_source_moves_before_a_sibling_and_by_steps(tree):
    letters, ledgers = ids(tree, "Letters", "Ledgers")
    sources.move(tree, [ledgers], ids(tree, "Harbour office")[0], before=letters)
    assert below(tree, "Harbour office") == ["Ledgers", "Letters"]
    assert sources.shift(tree, ledgers, 1)
    assert below(tree, "Harbour office") == ["Letters", "Ledgers"]
    assert not sources.shift(tree, ledgers, 1)
    assert sources.shift(tree, ledgers, -1)
    assert not sources.shift(tree, ledgers, -1)
    assert below(tree, "Harbour office") == ["Ledgers", "Letters"]


def test_what_lies_below_a_moved_source_stays_below_it_though_it_is_named_too(tree):
    sources.move(tree, ids(tree, "Letters", "Letters in"), None)
    assert below(tree, "Letters") == ["Letters in", "Letters out"]


def test_no_source_comes_to_lie_below_itself(tree):
    fonds, series, file = ids(tree, "Harbour office", "Letters", "Letters in")
    before = shape(tree)
    for parent in (fonds, series, file):
        with pytest.raises(errors.BadDescription):
            sources.move(tree, [fonds], parent)
        with pytest.raises(errors.BadDescription):
            sources.describe(tree, fonds, parent_id=parent)
    assert shape(tree) == before


def test_no_circle_closes_through_what_lies_in_the_bin(tree):
    fonds, series, file = ids(tree, "Harbour office", "Letters", "Letters in")
    sources.remove(tree, [series])
    bare = history.log(tree)[0]
    assert bare.facts == {"count": 3}
    bin.restore(tree, [file])
    with pytest.raises(errors.BadDescription):
        sources.move(tree, [fonds], file)


def test_what_goes_into_the_bin_is_counted_before(archive):
    fonds = sources.add(archive, "Harbour office", "fonds")
    letter, _text_id = add_source(archive, "Letter", LETTER)
    sources.move(archive, [letter], fonds)
    weight = bin.weight(archive, [fonds])
    assert (weight.sources, weight.figures, weight.annotations) == (2, 0, 0)
    assert weight.passages == sources.get(archive, letter).passages > 0


def test_the_bin_lists_what_went_together_as_one_and_gives_it_back(tree):
    before = shape(tree)
    sources.remove(tree, ids(tree, "Letters"))
    assert shape(tree) == [("Harbour office", None), ("Ledgers", "Harbour office")]
    (one,) = bin.binned(tree)
    assert (one.title, one.level, one.below) == ("Letters", "series", 2)
    bin.restore(tree, [one.id])
    assert (shape(tree), bin.binned(tree)) == (before, [])
    history.undo(tree)
    assert len(bin.binned(tree)) == 1
    history.undo(tree)
    assert shape(tree) == before


def test_one_whose_parent_stays_in_the_bin_shows_and_finds_its_place_again(tree):
    before = shape(tree)
    sources.remove(tree, ids(tree, "Letters"))
    (one,) = bin.binned(tree)
    child = 3
    bin.restore(tree, [child])
    assert ("Letters in", None) in shape(tree)
    bin.restore(tree, [one.id])
    assert shape(tree) == before


@given(
    st.lists(
        st.tuples(st.integers(1, 6), st.integers(0, 6), st.integers(0, 6), st.booleans()),
        max_size=6,
    )
)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_moves_leave_a_tree_and_undo_brings_the_first_one_back(tmp_path_factory, moves):
    with Archive.create(tmp_path_factory.mktemp("tree") / "a.muniment", "A") as archive:
        for number in range(6):
            sources.add(archive, f"source {number}", parent_id=number // 2 or None)
        before, done = sources.all(archive), 0
        for first, parent, sibling, is_pair in moves:
            chosen = [first, first % 6 + 1] if is_pair else [first]
            try:
                sources.move(archive, chosen, parent or None, sibling or None)
                done += 1
            except errors.BadDescription:
                pass
            parents = {source.id: source.parent_id for source in sources.all(archive)}
            assert len(parents) == 6
            for source_id in parents:
                steps, above = 0, parents[source_id]
                while above is not None:
                    steps, above = steps + 1, parents[above]
                    assert steps < 6
        for _ in range(done):
            history.undo(archive)
        assert sources.all(archive) == before
