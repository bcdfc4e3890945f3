"""Series: what is gathered, how a person arranges it, and that every step can be taken back."""

import shutil

import pytest

from db import errors, figures, history, ingest, series, sources
from db.archive import Archive

FERRY = """Accounts of the ferry

In 1905 the town lent the ferry $900. In 1906 the town lent it $700, and in 1907 $650.

In 1906 the shed held 40 barrels, in 1907 it held 55 barrels.

In 1908 the ferry counted 60 barrels and 12 lanterns.
"""
TABLES = ("series", "series_figures")


@pytest.fixture(scope="module")
def ferry_once(tmp_path_factory):
    place = tmp_path_factory.mktemp("ferry")
    (place / "ferry.txt").write_text(FERRY, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(place))
        with Archive.create(place / "a.muniment") as archive:
            ingest.add(archive, [place / "ferry.txt"])
    return place / "a.muniment"


@pytest.fixture
def ferry(ferry_once, tmp_path, home):
    with Archive.open(shutil.copy(ferry_once, tmp_path), adopt=True) as archive:
        yield archive


def rows(archive):
    return {
        table: sorted(archive.reading().execute(f'SELECT * FROM "{table}"').fetchall())
        for table in TABLES
    }


def of_unit(archive, unit):
    return [each for each in series.all(archive) if each.unit == unit]


def ids_of(archive, unit):
    return [kept.id for kept in figures.all(archive, unit=unit)]


def test_figures_of_one_thing_and_unit_are_gathered_in_the_order_of_their_dates(ferry):
    (barrels,) = of_unit(ferry, "barrel")
    values = [point.value for point in barrels.points]
    assert values == [40.0, 55.0, 60.0]
    days = [point.earliest for point in barrels.points]
    assert days == sorted(days)
    assert barrels.status == "proposed"


def test_a_thing_stated_once_makes_no_series(ferry):
    assert of_unit(ferry, "lantern") == []


def test_a_rejected_figure_is_in_no_proposal(ferry):
    first = ids_of(ferry, "barrel")[0]
    figures.decide(ferry, [first], "rejected")
    series.propose(ferry)
    (barrels,) = of_unit(ferry, "barrel")
    assert first not in [point.figure_id for point in barrels.points]


def test_proposing_again_changes_nothing(ferry):
    before = rows(ferry)
    series.propose(ferry)
    assert rows(ferry) == before


def test_a_kept_series_is_not_touched_by_proposing(ferry):
    (barrels,) = of_unit(ferry, "barrel")
    series.rename(ferry, barrels.id, "Barrels in the shed")
    figures.decide(ferry, [barrels.points[0].figure_id], "rejected")
    series.propose(ferry)
    (kept,) = of_unit(ferry, "barrel")
    assert (kept.name, kept.status, len(kept.points)) == ("Barrels in the shed", "kept", 3)


def test_a_series_of_several_units_is_refused(ferry):
    with pytest.raises(errors.MixedUnits):
        series.make(ferry, "All", [*ids_of(ferry, "barrel"), *ids_of(ferry, "USD")])
    (barrels,) = of_unit(ferry, "barrel")
    money = of_unit(ferry, "USD")[0]
    with pytest.raises(errors.MixedUnits):
        series.merge(ferry, barrels.id, [money.id])
    with pytest.raises(errors.MixedUnits):
        series.move(ferry, [barrels.points[0].figure_id], barrels.id, money.id)


def test_other_words_for_one_thing_are_one_series(home, tmp_path):
    text = "In 1937 it had 120 planes, in 1938 180 aircraft. In 1939 it had 240 airplanes."
    (tmp_path / "air.txt").write_text(f"{text} In 1939 it had 9 Soviet SB aircraft.", "utf-8")
    with Archive.create(tmp_path / "a.muniment") as archive:
        ingest.add(archive, [tmp_path / "air.txt"])
        (aircraft,) = of_unit(archive, "aircraft")
    assert (aircraft.name, len(aircraft.points)) == ("aircraft", 4)


def split_barrels(archive):
    (barrels,) = of_unit(archive, "barrel")
    last = [barrels.points[-1].figure_id]
    return barrels, series.split(archive, barrels.id, last, "Counted later")


def do_rename(archive):
    series.rename(archive, of_unit(archive, "barrel")[0].id, "Barrels")


def do_split(archive):
    split_barrels(archive)


def do_merge(archive):
    first, second = split_barrels(archive)
    series.merge(archive, first.id, [second])
    (merged,) = of_unit(archive, "barrel")
    assert len(merged.points) == 3


def do_move(archive):
    first, second = split_barrels(archive)
    series.move(archive, [first.points[0].figure_id], first.id, second)
    sizes = {each.id: len(each.points) for each in of_unit(archive, "barrel")}
    assert sizes == {first.id: 1, second: 2}


def do_choose(archive):
    (barrels,) = of_unit(archive, "barrel")
    series.set_reading(archive, barrels.id, barrels.points[0].figure_id, "excluded", "a slip")
    point = series.get(archive, barrels.id).points[0]
    assert (point.reading, point.reason) == ("excluded", "a slip")


def do_make(archive):
    made = series.make(archive, "Mine", ids_of(archive, "barrel")[:2])
    assert len(series.get(archive, made).points) == 2


STEPS = [do_rename, do_split, do_merge, do_move, do_choose, do_make]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_a_step_is_undone_and_done_again_row_by_row(ferry, step):
    states = [rows(ferry)]
    step(ferry)
    after = rows(ferry)
    assert after != states[0]
    steps = 0
    while history.log(ferry) and not all(
        change.undone or change.label == "import" for change in history.log(ferry)
    ):
        history.undo(ferry)
        steps += 1
    assert rows(ferry) == states[0]
    for _ in range(steps):
        history.redo(ferry)
    assert rows(ferry) == after


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_new_proposals_do_not_stand_in_the_way_of_undo(ferry, step, tmp_path):
    step(ferry)
    newest = history.log(ferry)[0]
    (tmp_path / "more.txt").write_text(
        "In 1909 there were 9 lanterns.\n\nIn 1910 there were 8 lanterns and 70 barrels.", "utf-8"
    )
    ingest.add(ferry, [tmp_path / "more.txt"])
    series.propose(ferry)
    while not next(each for each in history.log(ferry) if each.id == newest.id).undone:
        history.undo(ferry)
    series.propose(ferry)
    history.redo(ferry)
    integrity = ferry.reading().execute("PRAGMA foreign_key_check").fetchall()
    assert integrity == []


def test_merging_a_proposal_that_is_taken_back_leaves_both_proposed(ferry):
    split_barrels(ferry)
    history.undo(ferry)
    (barrels,) = of_unit(ferry, "barrel")
    assert (barrels.status, len(barrels.points)) == ("proposed", 3)


def test_one_series_is_the_same_as_among_all(ferry):
    listed = series.all(ferry)
    assert len(listed) > 1
    assert [series.get(ferry, each.id) for each in listed] == listed


def test_the_first_series_that_shows_a_figure_is_found(ferry):
    (barrels,) = of_unit(ferry, "barrel")
    first, second, third = [point.figure_id for point in barrels.points]
    kept = series.make(ferry, "some barrels", [second, third])
    assert series.of_figure(ferry, first) == series.get(ferry, barrels.id)
    assert series.of_figure(ferry, second) == series.get(ferry, kept)
    (lantern,) = ids_of(ferry, "lantern")
    assert series.of_figure(ferry, lantern) is None


def test_a_series_of_a_source_in_the_bin_shows_no_figure(ferry):
    (barrels,) = of_unit(ferry, "barrel")
    sources.remove(ferry, [barrels.points[0].source_id])
    assert series.of_figure(ferry, barrels.points[0].figure_id) is None
    with pytest.raises(errors.UnknownSeries):
        series.get(ferry, barrels.id)


def test_more_figures_can_be_asked_for_at_once_than_a_query_has_places(ferry):
    wanted = figures.ids(ferry)
    assert sorted(figures.rows(ferry, [*range(300_000), *wanted])) == sorted(wanted)


def test_an_unknown_series_is_told(ferry):
    with pytest.raises(errors.UnknownSeries):
        series.get(ferry, 999)
