"""The plot tab in the window: series, selections and saved plots of a real archive."""

import csv
import io

import pytest
from click.testing import CliRunner
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

import db.annotations
import db.figures
import db.history
import db.plots
import db.series
import db.sources
from db.conversions import Conversions, Rate
from db.edtf import earliest_latest
from db.records import Target
from desktop.command_line import cli
from desktop.plotting.calendar import written
from desktop.plotting.state import Look, to_data


@pytest.fixture
def plotted(window, qtbot, idle, harbour):
    """The window with the harbour open and the plot looked at."""
    window.open_archive(harbour)
    qtbot.waitUntil(window.session.is_open, timeout=10_000)
    idle(window)
    window.command("tab_plot")
    qtbot.waitUntil(lambda: window.desk.plot.panel is not None, timeout=20_000)
    idle(window)
    return window


def archive_of(window):
    return window.session.archive


def dollars(window):
    return [kept.id for kept in db.figures.all(archive_of(window), unit="USD")]


def test_a_series_chosen_is_plotted_without_what_is_excluded_from_it(plotted, idle):
    ids = dollars(plotted)
    series_id = db.series.make(archive_of(plotted), "Dollars", ids)
    db.series.set_reading(archive_of(plotted), series_id, ids[0], "excluded", "a copy")
    plotted.desk._plot_series(db.series.get(archive_of(plotted), series_id))
    idle(plotted)
    panel = plotted.desk.plot.panel
    assert set(panel._offer.by_id) == set(ids[1:])
    assert panel._controls.subject.currentText() == f"● Dollars ({len(ids)})"


def test_the_series_dock_brings_its_series_into_the_plot(plotted, qtbot, idle):
    series_id = db.series.make(archive_of(plotted), "Dollars", dollars(plotted))
    plotted.command("series")
    panel = plotted.desk.docks.series_dock.widget()
    qtbot.waitUntil(lambda: panel._model.row_of(series_id) >= 0, timeout=5000)
    panel.choose(series_id)
    idle(plotted)
    assert plotted.desk.plot.panel.subject.series_id == series_id
    plotted.command("tab_read")
    plotted.desk.plot.panel.subject_wanted.emit(type(plotted.desk.plot.panel.subject)())
    panel._buttons["plot"].click()
    idle(plotted)
    assert plotted.desk.tab() == "plot"
    assert plotted.desk.plot.panel.subject.series_id == series_id


def test_the_figures_of_the_table_can_be_plotted(plotted, idle):
    ids = dollars(plotted)[:2]
    plotted.command("tab_figures")
    idle(plotted)
    plotted.desk.figures.select_many(ids)
    plotted.desk.figures.plot()
    idle(plotted)
    assert plotted.desk.tab() == "plot"
    assert set(plotted.desk.plot.panel._offer.by_id) == set(ids)


def test_rows_selected_ring_their_points_and_points_selected_their_rows(plotted, idle):
    ids = dollars(plotted)[:2]
    plotted.command("tab_figures")
    idle(plotted)
    table = plotted.desk.figures._table
    table.clearSelection()
    mode = table.selectionModel().SelectionFlag
    for each in ids:
        index = plotted.desk.figures._model.index(plotted.desk.figures._model.row_of(each), 0)
        table.selectionModel().select(index, mode.Select | mode.Rows)
    assert sorted(plotted.desk.plot.panel.selected_ids()) == sorted(ids)
    plotted.desk.plot.panel.figures_selected.emit(tuple(ids[:1]))
    assert plotted.desk.figures.chosen_ids() == ids[:1]


def test_a_decision_in_the_plot_reaches_the_archive_and_is_undone(plotted, idle):
    ids = tuple(dollars(plotted)[:2])
    plotted.desk.plot.panel.judging.decision_wanted.emit(ids, "accepted")
    idle(plotted)
    rows = db.figures.rows(archive_of(plotted), ids)
    assert {kept.status for kept in rows.values()} == {"accepted"}
    plotted.command("undo")
    idle(plotted)
    rows = db.figures.rows(archive_of(plotted), ids)
    assert {kept.status for kept in rows.values()} == {"proposed"}


def test_a_reading_excluded_in_the_plot_leaves_it_with_its_reason(plotted, idle):
    ids = dollars(plotted)
    series_id = db.series.make(archive_of(plotted), "Dollars", ids)
    series = db.series.get(archive_of(plotted), series_id)
    plotted.desk._plot_series(series)
    idle(plotted)
    plotted.desk.plot.panel.judging.reading_wanted.emit(series_id, (ids[0],), "excluded", "a copy")
    idle(plotted)
    point = next(
        each
        for each in db.series.get(archive_of(plotted), series_id).points
        if each.figure_id == ids[0]
    )
    assert (point.reading, point.reason) == ("excluded", "a copy")
    assert ids[0] not in plotted.desk.plot.panel._offer.by_id


def test_a_plot_saved_in_the_archive_is_the_same_plot_when_it_is_opened(plotted, qtbot, idle):
    panel = plotted.desk.plot.panel
    plotted.desk.plot.show_chosen(dollars(plotted))
    idle(plotted)
    panel._chart.zoom(0.8)
    panel.keeping.ask_name()
    panel._asking._line.setText("Dollars lent")
    panel._asking._answer()
    idle(plotted)
    seen, said = panel._chart.grab().toImage(), panel._caption.text()
    plotted.desk.plot.panel.subject_wanted.emit(type(panel.subject)())
    idle(plotted)
    panel._chart.fit()
    assert panel._caption.text() != said
    (kept,) = db.plots.all(archive_of(plotted))
    assert kept.name == "Dollars lent"
    panel.keeping.plot_wanted.emit(kept)
    idle(plotted)
    assert panel._caption.text() == said
    assert panel._chart.grab().toImage() == seen
    names = [action.text() for action in panel._controls.saved_menu.actions()]
    assert "Rename “Dollars lent”…" in names
    panel.keeping.rename_wanted.emit(kept.id, "Loans")
    idle(plotted)
    assert [each.name for each in db.plots.all(archive_of(plotted))] == ["Loans"]
    panel.keeping.remove_wanted.emit(kept.id)
    idle(plotted)
    assert db.plots.all(archive_of(plotted)) == []
    plotted.command("undo")
    idle(plotted)
    assert [each.name for each in db.plots.all(archive_of(plotted))] == ["Loans"]


def test_a_saved_plot_can_have_a_memo(plotted, qtbot, idle):
    plotted.session.settings.person = "Ada"
    archive = archive_of(plotted)
    plotted.desk.plot.show_chosen(dollars(plotted))
    idle(plotted)
    panel = plotted.desk.plot.panel
    assert plotted.desk.plot.kept_plot() is None
    panel.keeping.save_wanted.emit("Dollars lent", {})
    idle(plotted)
    (kept,) = db.plots.all(archive)
    plotted.activateWindow()
    panel.setFocus()
    qtbot.waitUntil(lambda: panel.isAncestorOf(QApplication.focusWidget() or plotted))
    plotted.command("notes")
    notes = plotted.desk.note_docks.notes_dock.widget()
    assert notes._about.full() == "Dollars lent"
    idle(plotted)
    notes._text.setPlainText("Why so steep?")
    notes.keep()
    target = Target(plot_id=kept.id)
    qtbot.waitUntil(lambda: len(db.annotations.of(archive, target)) == 1, timeout=5000)
    idle(plotted)
    (memo,) = db.annotations.of(archive, target)
    assert memo.body == "Why so steep?"


def test_a_plot_of_another_kind_comes_back_from_the_archive_and_is_drawn_alike(
    plotted, idle, tmp_path
):
    panel = plotted.desk.plot.panel
    table = Conversions("rates.csv", (Rate("barrel", "USD", 2.0, "Price list"),))
    looks = [
        Look(quantity=("USD", None), kind="coverage"),
        Look(quantity=("USD", None), is_every_unit=True, is_log=False),
        Look(quantity=("USD", None), second=("barrel", None), conversion=table),
        Look(quantity=("USD", None), kind="ladder"),
    ]
    drawn = []
    for turn, look in enumerate(looks):
        panel._controls.put(look)
        panel._controls.changed.emit()
        panel._beside.names = {panel._marks.sources[0][0]: "The ledger"}
        panel.exporting.export(tmp_path / f"{turn}.svg")
        drawn.append((tmp_path / f"{turn}.svg").read_bytes())
        panel.keeping.save_wanted.emit(f"Plot {turn}", to_data(panel.state()))
        idle(plotted)
    plotted.desk.plot.panel.subject_wanted.emit(type(panel.subject)(figure_ids=()))
    idle(plotted)
    for turn, kept in enumerate(db.plots.all(archive_of(plotted))):
        panel.keeping.plot_wanted.emit(kept)
        idle(plotted)
        assert to_data(panel.state()) == kept.state
        panel.exporting.export(tmp_path / "again.svg")
        assert (tmp_path / "again.svg").read_bytes() == drawn[turn], turn
    assert len(set(drawn)) == len(looks)


def test_the_command_line_draws_what_the_window_does(plotted, idle, tmp_path, harbour):
    series_id = db.series.make(archive_of(plotted), "Dollars", dollars(plotted))
    plotted.desk._plot_series(db.series.get(archive_of(plotted), series_id))
    idle(plotted)
    plotted.desk.plot.panel.exporting.export(tmp_path / "window.svg")
    words = ["plot", str(harbour), "--series", str(series_id), "-o", str(tmp_path / "line.svg")]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "line.svg").read_bytes() == (tmp_path / "window.svg").read_bytes()


def test_a_table_of_conversions_is_read_off_the_window_and_a_bad_one_is_named(
    plotted, idle, tmp_path
):
    tab, heard = plotted.desk.plot, []
    tab.failed.connect(heard.append)
    path = tmp_path / "rates.csv"
    path.write_text("from,to,factor,source\nbarrel,USD,2,Price list\n", "utf-8")
    tab.panel._controls.put(Look(quantity=("USD", None)))
    tab.panel.table_chosen.emit(path)
    idle(plotted)
    assert "of barrel at 2 (Price list)" in tab.panel._caption.text()
    path.write_text("from,to,factor,source\nbarrel,USD,2,\n", "utf-8")
    tab.panel.table_chosen.emit(path)
    idle(plotted)
    assert [error.facts["problem"] for error in heard] == ["source"]
    assert "of barrel at 2 (Price list)" in tab.panel._caption.text()


def test_who_says_when_shows_the_sources_of_the_archive_that_say_nothing(plotted, idle):
    panel = plotted.desk.plot.panel
    plotted.desk.plot.show_chosen(dollars(plotted)[:1])
    idle(plotted)
    panel._controls.put(Look(kind="coverage"))
    panel._controls.changed.emit()
    speaking = [each.title for each in db.sources.all(archive_of(plotted)) if each.passages]
    rows = panel._arranged.setting.left(-99.0, 0.5, 9000.0).labels
    assert len(rows) == len(speaking) > 1
    assert "say nothing of this at all" in panel._caption.text()


def test_a_span_of_time_marked_in_the_plot_filters_the_table_and_the_results(plotted, idle):
    archive = archive_of(plotted)
    dated = [kept for kept in db.figures.all(archive) if kept.figure.date]
    day = earliest_latest(dated[0].figure.date)[0]
    plotted.command("tab_figures")
    idle(plotted)
    plotted.desk.search.ask("barrels")
    idle(plotted)
    plotted.desk.plot.panel.brushed.emit((day, day + 1))
    idle(plotted)
    listed = set(plotted.desk.figures._model.ids())
    assert listed == set(db.figures.ids(archive, days=(day, day + 1)))
    assert dated[0].id in listed
    assert listed < {kept.id for kept in db.figures.all(archive)}
    assert plotted.desk.search.words() == f"barrels date:{written(day)}..{written(day + 1)}"
    assert plotted.desk.search.query() is not None
    plotted.desk.figures._time.click()
    idle(plotted)
    assert len(plotted.desk.figures._model.ids()) == len(db.figures.all(archive))
    plotted.desk.plot.panel.brushed.emit(None)
    idle(plotted)
    assert plotted.desk.search.words() == "barrels"


def test_the_figures_in_the_passages_a_search_found_can_be_plotted(plotted, qtbot, idle):
    desk = plotted.desk
    plotted.command("tab_find")
    desk.search.ask("kind:paragraph barrels")
    qtbot.waitUntil(lambda: len(desk.search.results.ids) > 0, timeout=10_000)
    idle(plotted)
    passages = set(desk.search.results.ids)
    every = db.figures.all(archive_of(plotted))
    wanted = {kept.id for kept in every if kept.passage_id in passages}
    db.figures.decide(archive_of(plotted), [min(wanted)], "accepted")
    idle(plotted)
    assert len(wanted) < len(every)
    desk.search._bulk._plot.click()
    qtbot.waitUntil(lambda: desk.tab() == "plot", timeout=5000)
    idle(plotted)
    assert set(desk.plot.panel._offer.by_id) == wanted


def test_the_data_behind_a_plot_is_written_and_copied_with_its_sentences(
    plotted, qtbot, idle, tmp_path
):
    panel = plotted.desk.plot.panel
    ids = panel._drawn().figure_ids
    panel.exporting.export(tmp_path / "plot.csv")
    idle(plotted)
    with (tmp_path / "plot.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["figure_id"]) for row in rows] == list(ids)
    assert all(row["words"] in row["sentence"] for row in rows)
    panel.exporting.copy_data()
    idle(plotted)
    copied = list(csv.DictReader(io.StringIO(QGuiApplication.clipboard().text())))
    assert copied == rows


def test_figures_of_restricted_sources_stay_out_of_the_data_of_a_plot(plotted, idle, tmp_path):
    with archive_of(plotted).writing("sources") as database:
        database.execute("UPDATE sources SET restricted = 1")
    idle(plotted)
    panel = plotted.desk.plot.panel
    assert panel._drawn().figure_ids
    panel.exporting.export(tmp_path / "plot.csv")
    idle(plotted)
    assert (tmp_path / "plot.csv").read_text("utf-8-sig").count("\n") == 1


def test_a_folder_that_is_not_there_is_told(plotted, qtbot, idle, tmp_path):
    with qtbot.waitSignal(plotted.desk.plot.noted) as told:
        plotted.desk.plot.panel.exporting.export(tmp_path / "nowhere" / "plot.csv")
    assert "could not be written" in told.args[0]
    idle(plotted)
