"""Kinds of plots: several units, promise to delivery, who speaks of which year."""

import datetime

import numpy
import pytest

from desktop.plotting import coverage
from desktop.plotting.arranging import arranged
from desktop.plotting.marks import Feature
from desktop.plotting.offer import offer
from desktop.plotting.state import Look

USD, AIRCRAFT = ("USD", None), ("aircraft", None)


def aircraft(made, figure_id, value, date, **fields):
    return made(figure_id, value, date, unit="aircraft", kind="count", **fields)


@pytest.fixture
def two_units(made):
    return [
        *[made(n, 1e6 * n, f"194{n}") for n in range(1, 6)],
        *[aircraft(made, 10 + n, 100.0 * n, f"194{n}", source=2) for n in range(1, 4)],
        aircraft(made, 19, 50.0, None, source=2),
    ]


def placed(plot):
    return dict(zip(plot.marks.ids.tolist(), plot.marks.y.tolist(), strict=True))


def test_each_unit_has_a_band_of_its_own_and_stands_in_it(two_units):
    plot = arranged(offer(two_units), Look(is_every_unit=True, is_log=False))
    assert plot.quantities == (USD, AIRCRAFT)
    assert plot.setting.up == (0.0, 2.0)
    assert [title.text for title in plot.setting.titles] == ["USD", "aircraft"]
    for figure_id, y in placed(plot).items():
        assert (1 < y < 2) if figure_id < 10 else (0 < y < 1)


def test_the_ticks_of_a_band_name_the_values_at_their_heights(two_units):
    plot = arranged(offer(two_units), Look(is_every_unit=True, is_log=False))
    ticks = plot.setting.left(0.0, 2.0, 900.0)
    height = dict(zip(ticks.labels, ticks.places, strict=True))
    assert height["200"] == pytest.approx(placed(plot)[12])
    assert height["4,000,000"] == pytest.approx(placed(plot)[4])


def test_many_units_are_not_all_drawn_and_the_caption_says_how_many_are_missing(made):
    figures = [made(n, 5.0 + n, "1940", unit=f"thing {n}", kind="count") for n in range(9)]
    plot = arranged(offer(figures), Look(is_every_unit=True))
    assert len(plot.quantities) == 6
    assert "Units not shown: 3." in plot.said


def test_logarithmic_bands_leave_zero_out_and_say_so(two_units, made):
    figures = [*two_units, made(50, 0.0, "1945")]
    plot = arranged(offer(figures), Look(is_every_unit=True, is_log=True))
    assert 50 not in placed(plot)
    assert "have no place on them: 1." in plot.said


def test_shares_in_bands_name_the_sum_of_each_unit_and_what_is_alike_is_said_once(two_units):
    offered = offer(two_units)
    shares = arranged(offered, Look(is_every_unit=True, reckoning="share")).worked_out
    assert "USD: In percent" in shares
    assert "aircraft: In percent" in shares
    index = arranged(offered, Look(is_every_unit=True, reckoning="index")).worked_out
    assert index == "Index: the first figure of each source is 100."


def test_a_second_unit_has_its_own_axis_and_the_same_zero(two_units):
    plot = arranged(offer(two_units), Look(second=AIRCRAFT, is_log=False))
    ticks = plot.setting.right(0.0, 5e6, 400.0)
    height = dict(zip(ticks.labels, ticks.places, strict=True))
    assert height["0"] == 0
    assert height["300"] == pytest.approx(placed(plot)[13])
    assert placed(plot)[5] == 5e6
    assert "USD, on the left; aircraft, on the right" in plot.units


def test_a_second_axis_can_be_logarithmic(two_units):
    plot = arranged(offer(two_units), Look(second=AIRCRAFT, is_log=True))
    ticks = plot.setting.right(4.0, 7.0, 400.0)
    height = dict(zip(ticks.labels, ticks.places, strict=True))
    assert height["100"] == pytest.approx(numpy.log10(placed(plot)[11]))


def test_on_two_axes_a_source_has_another_look_for_each_unit(made):
    figures = [made(1, 5.0, "1940"), aircraft(made, 2, 7.0, "1941")]
    marks = arranged(offer(figures), Look(second=AIRCRAFT)).marks
    assert len(set(marks.series.tolist())) == 2
    assert set(marks.units) == {"USD", "aircraft"}


def test_a_ladder_places_figures_by_how_far_they_had_come_also_those_without_a_date(made):
    figures = [
        made(1, 50.0, "1940", modality="asked"),
        made(2, 30.0, None, modality="delivered"),
        made(3, 40.0, "1941"),
    ]
    plot = arranged(offer(figures), Look(kind="ladder"))
    ticks = plot.setting.below(-0.5, 9.0, 900.0)
    stage = {
        figure_id: ticks.labels[round(x)]
        for figure_id, x in zip(plot.marks.ids.tolist(), plot.marks.x.tolist(), strict=True)
    }
    assert stage == {1: "asked for", 2: "delivered", 3: "not said"}
    assert {"offered", "agreed"} < set(ticks.labels)
    assert plot.marks.undated == ()


def test_names_of_stages_do_not_run_into_each_other_where_there_is_little_room(made):
    figures = [made(1, 5.0, "1940", modality="planned"), made(2, 5.0, "1940", modality="denied")]
    read = arranged(offer(figures), Look(kind="ladder")).setting.below
    wide, narrow, tiny = (read(-0.5, 6.5, size).labels for size in (900.0, 420.0, 120.0))
    assert not any("\n" in label for label in wide)
    assert [label.startswith("\n") for label in narrow] == [False, True] * 3
    assert len(tiny) == 3


def test_labels_of_bands_do_not_stand_over_each_other(made):
    figures = [made(n, 10.0**n, "1940", unit=f"t{n % 6}", kind="count") for n in range(24)]
    for is_log in (False, True):
        plot = arranged(offer(figures), Look(is_every_unit=True, is_log=is_log))
        for size in (200.0, 360.0, 600.0):
            places = sorted(plot.setting.left(0.0, 6.0, size).places)
            assert numpy.diff(places).min() * size / 6 >= 13


def test_sources_stand_side_by_side_on_a_rung(made):
    figures = [made(n, 5.0, "1940", source=n, modality="agreed") for n in range(1, 5)]
    x = arranged(offer(figures), Look(kind="ladder")).marks.x
    assert len(set(x.tolist())) == 4
    assert numpy.ptp(x) < 1


def test_a_line_joins_the_rungs_of_one_matter_in_one_unit_and_no_others(made):
    figures = [
        made(1, 50.0, "1940", modality="asked"),
        made(2, 40.0, "1941", modality="agreed"),
        aircraft(made, 3, 9.0, "1941", modality="delivered"),
        made(4, 1.0, "1941", modality="delivered"),
    ]
    ladders = (((1, "asked"), (2, "agreed"), (3, "delivered")),)
    offered = offer(figures)
    whole = type(offered)(offered.choices, offered.by_quantity, offered.by_id, ladders=ladders)
    plot = arranged(whole, Look(kind="ladder", is_every_unit=True))
    ids = plot.marks.ids[plot.setting.joins].tolist()
    assert ids == [[1, 2]]
    assert "A line joins what one source tells of one matter." in plot.said


def test_a_rung_of_several_figures_is_joined_with_none(made):
    figures = [made(1, 50.0, "1940"), made(2, 30.0, "1940"), made(3, 40.0, "1941")]
    offered = offer(figures)
    ladders = (((1, "asked"), (2, "asked"), (3, "agreed")),)
    whole = type(offered)(offered.choices, offered.by_quantity, offered.by_id, ladders=ladders)
    assert not len(arranged(whole, Look(kind="ladder")).setting.joins)


def day(year):
    return datetime.date(year, 1, 1).toordinal()


def test_coverage_counts_the_figures_of_each_year_and_shows_who_is_silent(made):
    figures = [made(1, 5.0, "1940"), made(2, 6.0, "1940/1941"), made(3, 7.0, "1943-05", source=2)]
    offered = offer(figures)
    sources = ((1, "One"), (2, "Two"), (3, "Three"))
    whole = type(offered)(offered.choices, offered.by_quantity, offered.by_id, sources=sources)
    plot = arranged(whole, Look(kind="coverage"))
    cells = plot.setting.cells
    table = {
        (y, int(first), int(last)): many
        for y, first, last, many in zip(cells.y, cells.first, cells.last, cells.many, strict=True)
    }
    assert table == {
        (0.0, day(1940), day(1941)): 2,
        (0.0, day(1941), day(1942)): 1,
        (-1.0, day(1943), day(1944)): 1,
    }
    assert plot.setting.left(-2.5, 0.5, 300.0).labels == ("Source 1", "Source 2", "Three")
    assert "Sources that say nothing of this at all: 1" in plot.said


def test_an_open_period_covers_only_the_year_of_its_end(made):
    figures = [made(1, 5.0, "../1939-12"), made(2, 5.0, "1941-04/..")]
    cells = arranged(offer(figures), Look(kind="coverage")).setting.cells
    assert list(zip(cells.first.tolist(), cells.last.tolist(), strict=True)) == [
        (day(1939), day(1940)), (day(1941), day(1942)),
    ]  # fmt: skip


def test_a_hidden_source_has_no_row_and_a_rejected_figure_fills_no_cell(made):
    figures = [made(1, 5.0, "1940"), made(2, 5.0, "1941", source=2, status="rejected")]
    offered = offer(figures)
    plot = arranged(offered, Look(kind="coverage", hidden_sources=frozenset({1})))
    assert plot.setting.left(-5.0, 0.5, 300.0).labels == ("Source 2",)
    assert not len(plot.setting.cells.many)
    shown = arranged(offered, Look(kind="coverage", with_rejected=True))
    assert shown.setting.cells.many.tolist() == [1, 1]


def test_a_cell_leads_to_its_figures_the_shortest_period_first(made):
    figures = [made(1, 5.0, "1939/1942"), made(2, 5.0, "1940-05"), made(3, 5.0, "1940", source=2)]
    marks = arranged(offer(figures), Look(kind="coverage")).marks
    found = coverage.under(marks, (day(1940) + 40.0, 0.1))
    assert marks.ids[found].tolist() == [2, 1]
    assert coverage.under(marks, (day(1950) + 0.0, 0.0)) == []


def test_what_happened_over_a_period_is_not_joined_with_a_state_and_the_caption_says_so(made):
    figures = [made(1, 5.0, "1940", nature="flow"), made(2, 6.0, "1941", nature="stock")]
    plot = arranged(offer(figures), Look())
    assert "are not joined." in plot.said
    assert int(plot.marks.has(Feature.FLOW).sum()) == 1
    assert "are not joined." not in arranged(offer(figures[:1]), Look()).said


@pytest.mark.parametrize("kind", ["time", "ladder", "coverage"])
@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize(
    "odd",
    [
        [],
        [(5.0, None)],
        [(5.0, "1940")],
        [(0.0, "1940"), (-3.0, "1941"), (1e15, "1942")],
        [(1.0, "0001"), (2.0, "2000")],
        [(2.0, "[1937,1939]"), (3.0, "{1940,1941}"), (float("nan"), "1940"), (1e301, "1941")],
        [(4.0, "-0043"), (4.0, "../1939"), (4.0, "1939/..")],
    ],
)
def test_odd_figures_can_be_arranged_in_every_way(made, kind, every, odd):
    figures = [made(n, value, date) for n, (value, date) in enumerate(odd, 1)]
    for is_log in (None, True):
        look = Look(kind=kind, is_every_unit=every, is_log=is_log)
        marks = arranged(offer(figures), look).marks
        assert numpy.isfinite(marks.x).all()
        assert (numpy.diff(marks.x) >= 0).all()
