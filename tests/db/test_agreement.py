"""Agreement between readers is counted over the passages both have looked at."""

import shutil

import hypothesis.strategies as st
import pytest
from hypothesis import given

from db import agreement, annotations, merge, sources, tags
from db.archive import Archive
from db.records import Target


def mark(archive, name, places, source=1):
    named = {each.name: each.id for each in tags.all(archive)}
    tag = named.get(name) or tags.add(archive, name)
    found = sources.passages(archive, source)
    for place in places:
        target = Target(source, found[place].start, found[place].start + 3)
        annotations.add(archive, "highlight", target, tag_ids=[tag])


def test_two_readers_of_merged_copies_are_compared_by_tag(harbour, tmp_path):
    other = shutil.copy(harbour, tmp_path / "copy.muniment")
    with Archive.open(harbour) as ours, Archive.open(other) as theirs:
        ours.person, theirs.person = "Ada", "Béatrice"
        count = len(sources.passages(ours, 1))
        mark(ours, "debt", [0, 1])
        mark(theirs, "Debt", [1, 2])
        mark(theirs, "sea", [0], source=2)
        assert agreement.between_readers(ours) == []
        merge.merge(ours, theirs.path)
        (told,) = agreement.between_readers(ours)
    assert (told.tag, told.one, told.other) == ("debt", "Ada", "Béatrice")
    assert (told.both, told.only_one, told.only_other, told.neither) == (1, 1, 1, count - 3)
    assert told.passages == count


def test_kappa_is_that_of_the_textbook():
    # Of 50 things both say yes to 20 and no to 15; one alone to 5, the other alone to 10.
    assert agreement.kappa(20, 5, 10, 15) == pytest.approx(0.4)
    assert agreement.kappa(5, 0, 0, 5) == 1
    assert agreement.kappa(0, 5, 5, 0) == -1
    assert agreement.kappa(5, 0, 0, 0) is None
    assert agreement.kappa(0, 0, 0, 0) is None


@given(*[st.integers(0, 50)] * 4)
def test_kappa_lies_between_its_ends_and_does_not_mind_who_is_first(a, b, c, d):
    value = agreement.kappa(a, b, c, d)
    mirrored = agreement.kappa(a, c, b, d)
    if value is None:
        assert mirrored is None
    else:
        assert -1 - 1e-9 <= value <= 1 + 1e-9
        assert mirrored == pytest.approx(value)
