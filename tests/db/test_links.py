"""Links join two things by a named relation; both ends say where they lie."""

import pytest

from db import annotations, errors, history, links
from db.records import Target
from tests.db.annotated_archive import LETTER, REPORT, add_figure, add_source, dump

TUESDAY = Target(source_id=1, start=LETTER.index("Tuesday"), end=LETTER.index("Tuesday") + 7)
MONDAY = Target(source_id=2, start=REPORT.index("Monday"), end=REPORT.index("Monday") + 6)


@pytest.fixture
def filled(archive):
    add_source(archive, "Letter", LETTER)
    add_source(archive, "Report", REPORT)
    archive.person = "Ada"
    return archive


def test_both_ends_of_a_link_say_their_words_and_their_place(filled):
    made = links.add(filled, "contradicts", TUESDAY, MONDAY, note="one day apart")
    (link,) = links.rows(filled, [made]).values()
    assert (link.from_.words, link.to.words) == ("Tuesday", "Monday")
    assert (link.to.source_title, link.to.target.start) == ("Report", MONDAY.start)
    assert (link.relation, link.note, link.person) == ("contradicts", "one day apart", "Ada")
    for end in (link.from_, link.to):
        here = Target(annotation_id=end.target.annotation_id)
        assert [each.id for each in links.of(filled, here)] == [made]


def test_sources_and_figures_can_be_linked_too(filled):
    figure = add_figure(filled, 2, 2, REPORT.index("two"), REPORT.index("two") + 3)
    links.add(filled, "corrects", Target(figure_id=figure), Target(source_id=1))
    (link,) = links.of(filled, Target(source_id=1))
    assert (link.from_.words, link.from_.target.source_id) == ("two", 2)
    assert link.to.words == "Letter"


def test_the_same_words_linked_twice_stand_on_one_annotation(filled):
    links.add(filled, "contradicts", TUESDAY, MONDAY)
    links.add(filled, "as told by", MONDAY, TUESDAY)
    assert len(annotations.ids(filled)) == 2
    assert links.relations(filled) == [*links.RELATIONS, "as told by"]


@pytest.mark.parametrize(
    ("relation", "from_", "to"),
    [
        ("  ", TUESDAY, MONDAY),
        ("supports", TUESDAY, TUESDAY),
        ("supports", TUESDAY, Target(plot_id=1)),
        ("supports", Target(), TUESDAY),
    ],
)
def test_a_link_needs_a_relation_and_two_ends(filled, relation, from_, to):
    before = dump(filled)
    with pytest.raises(errors.BadLink):
        links.add(filled, relation, from_, to)
    assert dump(filled) == before


def test_a_link_hides_with_an_end_in_the_bin_and_comes_back_with_it(filled):
    made = links.add(filled, "supports", TUESDAY, MONDAY)
    (link,) = links.rows(filled, [made]).values()
    annotations.remove(filled, [link.to.target.annotation_id])
    assert links.ids(filled) == []
    assert links.rows(filled, [made])[made].to.is_gone
    history.undo(filled)
    assert links.ids(filled) == [made]


def test_a_removed_link_comes_back_by_undo(filled):
    made = links.add(filled, "supports", TUESDAY, MONDAY)
    links.change(filled, made, relation="explains", note="why")
    links.remove(filled, [made])
    assert links.ids(filled) == []
    history.undo(filled)
    (link,) = links.rows(filled, [made]).values()
    assert (link.relation, link.note) == ("explains", "why")
