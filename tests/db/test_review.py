"""The queue's order, choices and counts; decisions that can be taken back."""

import math
import shutil
from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from db import figures, history, ingest, review
from db.archive import Archive
from db.review import NO_UNIT, Wanted
from tests.many_figures import multiply

LEDGER = """Ledger of the saltworks

In March 1921 the works sold 40 barrels to the navy. In April 1921 it sold 55 barrels.

The navy paid $1,200 in May 1921 and $1,900 in June 1921. Of the workers, 30 percent were hired.

Nobody wrote down when 17 lamps were bought.
"""
DIARY = """Diary of a carter

In July 1921 I carried 12 barrels. The master gave me $3 in August 1921.
"""


@pytest.fixture(scope="module")
def saltworks_once(tmp_path_factory):
    place = tmp_path_factory.mktemp("saltworks")
    (place / "ledger.txt").write_text(LEDGER, "utf-8")
    (place / "diary.txt").write_text(DIARY, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(place))
        with Archive.create(place / "saltworks.muniment") as archive:
            ingest.add(archive, [place / "ledger.txt", place / "diary.txt"])
    return place / "saltworks.muniment"


@pytest.fixture
def saltworks(saltworks_once, tmp_path, home):
    path = shutil.copy(saltworks_once, tmp_path / "saltworks.muniment")
    with Archive.open(path, adopt=True) as archive:
        yield archive


def words(archive, ids):
    rows = figures.rows(archive, ids)
    return [rows[each].figure.text for each in ids]


def by_words(archive, text):
    return next(kept for kept in figures.all(archive) if kept.figure.text == text)


def test_the_queue_follows_the_sources_and_their_texts(saltworks):
    ids = review.queue(saltworks)
    rows = figures.rows(saltworks, ids)
    places = [(rows[each].source_id, rows[each].figure.start) for each in ids]
    assert places == sorted(places)
    assert len(ids) == len(figures.all(saltworks)) > 6


def test_what_is_decided_leaves_the_queue_and_counts_as_reviewed(saltworks):
    first, second, *rest = review.queue(saltworks)
    figures.decide(saltworks, [first], "accepted")
    figures.decide(saltworks, [second], "rejected")
    assert review.queue(saltworks) == rest
    told = review.progress(saltworks)
    assert sum(each.reviewed for each in told) == 2
    assert sum(each.figures for each in told) == len(rest) + 2


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(kind="money"), {"$1,200", "$1,900", "$3"}),
        (Wanted(unit="barrel"), {"40 barrels", "55 barrels", "12 barrels"}),
        (Wanted(kind="percent"), {"30 percent"}),
        (Wanted(unit=NO_UNIT), set()),
    ],
)
def test_a_choice_narrows_the_queue(saltworks, wanted, expected):
    assert set(words(saltworks, review.queue(saltworks, wanted))) == expected


def test_the_undated_and_the_doubtful_can_be_asked_for(saltworks):
    undated = review.queue(saltworks, Wanted(undated=True))
    rows = figures.rows(saltworks, review.queue(saltworks))
    assert undated == [each for each, kept in rows.items() if kept.figure.date is None]
    doubtful = review.queue(saltworks, Wanted(doubtful=True))
    expected = {
        each
        for each, kept in rows.items()
        if kept.figure.doubts or kept.figure.confidence < review.DOUBTFUL_BELOW
    }
    assert set(doubtful) == expected


CHOICES = st.builds(
    Wanted,
    source_id=st.sampled_from([None, 1, 2]),
    kind=st.sampled_from([None, "money", "count"]),
    unit=st.sampled_from([None, "USD", "barrel", NO_UNIT]),
    rule=st.sampled_from([None, "number.digits", "money.sign", "no.such.rule"]),
    undated=st.booleans(),
    doubtful=st.booleans(),
)


@given(CHOICES)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_each_choice_leaves_as_many_as_its_number_says(saltworks, wanted):
    waiting = review.waiting(saltworks, wanted)
    assert waiting.ids == review.queue(saltworks, wanted)
    for source_id, _, count in waiting.sources:
        assert len(review.queue(saltworks, replace(wanted, source_id=source_id))) == count
    for name in ("kind", "unit", "rule"):
        for value, count in getattr(waiting, f"{name}s"):
            assert len(review.queue(saltworks, replace(wanted, **{name: value}))) == count
    assert len(review.queue(saltworks, replace(wanted, undated=True))) == waiting.undated
    assert len(review.queue(saltworks, replace(wanted, doubtful=True))) == waiting.doubtful


def test_all_like_this_are_of_the_same_rules_the_same_unit_and_kind(saltworks):
    every = figures.all(saltworks)
    for kept in every:
        like = review.alike(saltworks, kept.id)
        expected = [
            other.id
            for other in every
            if (other.figure.rules, other.figure.unit, other.figure.kind)
            == (kept.figure.rules, kept.figure.unit, kept.figure.kind)
        ]
        assert like == expected
        assert kept.id in like
    sizes = {len(review.alike(saltworks, kept.id)) for kept in every}
    assert max(sizes) > 1


def test_all_like_this_leaves_out_what_is_decided(saltworks):
    kept = by_words(saltworks, "40 barrels")
    like = review.alike(saltworks, kept.id)
    other = next(each for each in like if each != kept.id)
    figures.decide(saltworks, [other], "rejected")
    assert review.alike(saltworks, kept.id) == [each for each in like if each != other]


def test_a_card_holds_the_words_at_their_place_and_the_passages_around(saltworks):
    from db import sources

    kept = by_words(saltworks, "$1,200")
    card = review.cards(saltworks, [kept.id])[kept.id]
    text = sources.text(saltworks, kept.source_id)
    assert text[card.start : card.start + len(card.text)] == card.text
    assert card.text.startswith("The navy paid")
    assert card.before.endswith("55 barrels.")
    assert card.after.startswith("Nobody wrote")


def test_of_an_endless_passage_a_card_shows_what_stands_around_the_figure(archive, tmp_path):
    long = "The scribe went on and on about the sea. 🚢 " * 400
    (tmp_path / "long.txt").write_text(f"{long}In 1930 they sold 70 barrels. {long}", "utf-8")
    ingest.add(archive, [tmp_path / "long.txt"])
    kept = by_words(archive, "70 barrels")
    card = review.cards(archive, [kept.id])[kept.id]
    at = kept.figure.start - card.start
    assert card.text[at : at + len("70 barrels")] == "70 barrels"
    assert len(card.text) <= 2 * review.CHARACTERS_AROUND + len("70 barrels")


def test_the_cards_of_many_figures_take_two_statements(saltworks):
    ids = review.queue(saltworks)
    asked = []
    saltworks.reading().conn.set_trace_callback(asked.append)
    review.cards(saltworks, ids)
    saltworks.reading().conn.set_trace_callback(None)
    assert len(asked) == 2


def test_a_decision_is_taken_back_while_it_is_the_newest_change(saltworks):
    first, second, *_ = review.queue(saltworks)
    one = figures.decide(saltworks, [first], "accepted")
    two = figures.decide(saltworks, [second], "rejected")
    assert review.take_back(saltworks, one.change_id) is None
    assert review.take_back(saltworks, two.change_id) is not None
    assert review.take_back(saltworks, one.change_id) is not None
    assert review.queue(saltworks)[:2] == [first, second]


def test_deciding_again_what_is_decided_leaves_no_line_in_the_history(saltworks):
    first = review.queue(saltworks)[0]
    figures.decide(saltworks, [first], "accepted")
    again = figures.decide(saltworks, [first], "accepted")
    assert (again.change_id, again.changed) == (0, 0)
    assert len([change for change in history.log(saltworks) if "accepted" in change.label]) == 1


def test_writes_are_counted_so_that_foreign_ones_are_noticed(saltworks):
    before = review.waiting(saltworks).writes
    first, second, *_ = review.queue(saltworks)
    written = figures.decide(saltworks, [first], "accepted")
    assert written.writes == before + 1 == review.writes(saltworks)
    figures.decide(saltworks, [second], "accepted")
    assert figures.edit(saltworks, first, value=2.0).writes == before + 3


def test_ten_thousand_are_accepted_in_one_change_and_come_back_in_one(archive, tmp_path):
    lines = [f"In {1900 + n % 40} the mill sold {n + 2} barrels.\n" for n in range(300)]
    (tmp_path / "mill.txt").write_text("\n".join(lines), "utf-8")
    ingest.add(archive, [tmp_path / "mill.txt"])
    multiply(archive, 10_000)
    ids = review.queue(archive)
    assert len(ids) >= 10_000
    before = len(history.log(archive, 1000))
    written = figures.decide(archive, ids, "accepted")
    assert written.changed == len(ids)
    assert review.queue(archive) == []
    assert len(history.log(archive, 1000)) == before + 1
    history.undo(archive)
    assert review.queue(archive) == ids


def test_selected_words_are_read_and_nothing_is_stored(saltworks):
    from db import sources

    text = sources.text(saltworks, 1)
    before = len(figures.all(saltworks))
    at = text.index("$1,200")
    card = review.drafted(saltworks, 1, at, at + 6)
    assert (card.kept.figure.value, card.kept.figure.unit) == (1200.0, "USD")
    assert text[card.start : card.start + len(card.text)] == card.text
    word = text.index("navy")
    assert math.isnan(review.drafted(saltworks, 1, word, word + 4).kept.figure.value)
    assert review.drafted(saltworks, 1, 0, len(text)) is None
    assert review.drafted(saltworks, 1, 5, 5) is None
    assert len(figures.all(saltworks)) == before
