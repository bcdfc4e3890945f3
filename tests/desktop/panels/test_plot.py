import json
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QMouseEvent,
    QPalette,
    QWheelEvent,
)

from db import conversions
from db.records import Figure, KeptFigure, Passage
from desktop.panels.plot import PlotPanel
from desktop.plotting.menus import PointMenu
from desktop.plotting.offer import offer
from desktop.plotting.state import Look, Subject, to_data

LEFT = Qt.MouseButton.LeftButton
SENTENCE = "It rained. That year the bank lent 40 millions to the board. Then it stopped."


def made(figure_id, value, date, *, source=1, status="proposed", unit="USD", **fields):
    start = SENTENCE.index("40 millions")
    figure = Figure(
        start=start, end=start + 11, text="40 millions", kind="money", value=value, date=date,
        unit=unit, date_basis="stated" if date else "none", **fields,
    )  # fmt: skip
    return KeptFigure(figure_id, source, f"Source {source}", 7, status, figure)


@pytest.fixture
def figures():
    return [
        made(11, 10.0, "1937"),
        made(12, 40.0, "1940-10-22"),
        made(13, 25.0, "1942", source=2),
        made(14, 30.0, "1944", source=2, status="accepted"),
        made(15, 5.0, None),
        made(16, 35.0, "1943", status="rejected"),
        made(21, 3.0, "1941", unit="aircraft"),
    ]


@pytest.fixture
def panel(qtbot, figures):
    panel = PlotPanel(
        find_passage=lambda _: Passage(7, 1, 0, 0, len(SENTENCE), "paragraph", None, SENTENCE)
    )
    qtbot.addWidget(panel)
    panel.resize(1100, 700)
    panel.show_figures(figures)
    panel.show()
    qtbot.waitExposed(panel)
    qtbot.wait(100)
    return panel


def click(qtbot, panel, figure_id):
    at = panel.point_of(figure_id)
    qtbot.mouseMove(panel.canvas(), at)
    qtbot.mouseClick(panel.canvas(), LEFT, pos=at)


def move(canvas, to, held):
    """Sends a move; qtbot.mouseMove holds no button and sends nothing if the pointer is there."""
    at = QPointF(to)
    moved = QMouseEvent(
        QEvent.Type.MouseMove, at, canvas.mapToGlobal(at), Qt.MouseButton.NoButton, held,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QCoreApplication.sendEvent(canvas, moved)


def drag(qtbot, canvas, start, end):
    qtbot.mousePress(canvas, LEFT, pos=start)
    for step in range(1, 9):
        qtbot.wait(20)  # the scene takes a hundred moves a second
        move(canvas, start + (end - start) * (step / 8), LEFT)
    qtbot.mouseRelease(canvas, LEFT, pos=end)


def test_a_click_on_a_point_gives_the_id_of_its_figure(qtbot, panel):
    for figure_id in (12, 13, 11):
        with qtbot.waitSignal(panel.figure_chosen) as chosen:
            click(qtbot, panel, figure_id)
        assert chosen.args == [figure_id]


def test_a_click_beside_all_points_chooses_nothing(qtbot, panel):
    with qtbot.assertNotEmitted(panel.figure_chosen):
        qtbot.mouseClick(panel.canvas(), LEFT, pos=panel.point_of(12) + QPoint(60, 0))


def test_a_double_click_opens_the_figure(qtbot, panel):
    with qtbot.waitSignal(panel.figure_activated) as opened:
        qtbot.mouseDClick(panel.canvas(), LEFT, pos=panel.point_of(13))
    assert opened.args == [13]


def test_clicking_again_goes_through_the_figures_that_lie_over_each_other(qtbot, panel):
    panel.show_figures([made(n, 10.0, "1940") for n in (1, 2, 3)])
    seen = []
    panel.figure_chosen.connect(seen.append)
    for _ in range(4):
        click(qtbot, panel, 1)
        qtbot.wait(10)
    assert sorted(seen[:3]) == [1, 2, 3]
    assert seen[3] == seen[0]


def test_the_period_of_a_figure_can_be_clicked_as_well_as_its_point(qtbot, panel):
    with qtbot.waitSignal(panel.figure_chosen) as chosen:
        qtbot.mouseClick(panel.canvas(), LEFT, pos=panel.point_of(11) + QPoint(20, 0))
    assert chosen.args == [11]


def test_the_strip_shows_the_words_the_source_and_the_date(qtbot, panel):
    click(qtbot, panel, 12)
    assert panel._strip.text() == "That year the bank lent 40 millions to the board."
    about = panel._strip._about.full()
    assert "Source 1" in about
    assert "1940-10-22 (stated in the sentence)" in about


def test_selecting_from_outside_shows_but_does_not_say_so(qtbot, panel):
    with qtbot.assertNotEmitted(panel.figure_chosen):
        panel.select(14)
    assert panel._chart.layer.chosen == panel._index(14)
    panel.select(None)
    assert panel._chart.layer.chosen is None


def test_selecting_a_figure_of_another_unit_brings_that_unit(panel):
    panel.select(21)
    assert panel._controls.unit.currentText().startswith("aircraft")
    assert panel.point_of(21) is not None


def test_selecting_a_figure_without_a_date_marks_it_in_the_list(panel):
    panel.select(15)
    assert panel._beside.undated.currentItem().data(Qt.ItemDataRole.UserRole) == 15
    assert "not in the plot" in panel._strip._about.full()


def test_an_undated_figure_can_be_chosen_and_opened_from_its_list(qtbot, panel):
    assert panel._beside.undated_title.text() == "Without a date (1)"
    with qtbot.waitSignal(panel.figure_chosen) as chosen:
        panel._beside.undated.itemClicked.emit(panel._beside.undated.item(0))
    assert chosen.args == [15]


def test_arrow_keys_walk_in_time_order_and_enter_opens(qtbot, panel):
    seen = []
    panel.figure_chosen.connect(seen.append)
    for _ in range(5):
        qtbot.keyClick(panel._chart, Qt.Key.Key_Right)
    qtbot.keyClick(panel._chart, Qt.Key.Key_Left)
    assert seen == [11, 12, 13, 14, 14, 13]
    with qtbot.waitSignal(panel.figure_activated) as opened:
        qtbot.keyClick(panel._chart, Qt.Key.Key_Return)
    assert opened.args == [13]


def test_plus_minus_home_and_back_move_the_view(qtbot, panel):
    whole = panel._chart.view()
    qtbot.keyClick(panel._chart, Qt.Key.Key_Plus)
    near = panel._chart.view()
    assert near[1] - near[0] < whole[1] - whole[0]
    qtbot.keyClick(panel._chart, Qt.Key.Key_Home)
    assert panel._chart.view() == pytest.approx(whole)
    qtbot.keyClick(panel._chart, Qt.Key.Key_Backspace)
    assert panel._chart.view() == pytest.approx(near)
    qtbot.mouseClick(panel._controls.back, LEFT)
    assert panel._chart.view() == pytest.approx(whole)
    assert not panel._controls.back.isEnabled()


@pytest.mark.parametrize("scale", [1.0, 1e14, 1e-6])
def test_a_box_drawn_with_the_mouse_is_zoomed_into_and_back_returns(qtbot, panel, scale):
    panel.show_figures([made(n, n * scale, f"194{n}") for n in range(10)])
    qtbot.wait(50)  # the axis takes the room of its new labels when it is painted
    whole = panel._chart.view()
    panel._controls.box_zoom.setChecked(True)
    around = panel.point_of(4)
    drag(qtbot, panel.canvas(), around - QPoint(50, 40), around + QPoint(50, 40))
    near = panel._chart.view()
    assert near[1] - near[0] < (whole[1] - whole[0]) / 3
    assert near[3] - near[2] < (whole[3] - whole[2]) / 3
    assert (panel.point_of(4) - panel.canvas().rect().center()).manhattanLength() < 120
    panel._chart.back()
    assert panel._chart.view() == pytest.approx(whole)


def settle(qtbot, panel):
    settle_down(qtbot, panel, 4)


def settle_down(qtbot, panel, figure_id):
    """Paint until nothing moves: the axis takes the room of its new labels when it is painted."""
    before = []

    def is_still():
        panel.grab()
        before.append(panel.point_of(figure_id))
        return len(before) > 1 and before[-1] == before[-2]

    qtbot.waitUntil(is_still)


@pytest.mark.parametrize("scale", [1.0, 1e14])
def test_the_wheel_zooms_where_the_mouse_is(qtbot, panel, scale):
    panel.show_figures([made(n, n * scale, f"194{n}") for n in range(10)])
    settle(qtbot, panel)
    whole, at = panel._chart.view(), panel.point_of(4)
    turned = QWheelEvent(
        QPointF(at), panel.canvas().mapToGlobal(QPointF(at)), QPoint(), QPoint(0, 360),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QCoreApplication.sendEvent(panel.canvas(), turned)
    near = panel._chart.view()
    assert near[1] - near[0] < whole[1] - whole[0]
    assert (panel.point_of(4) - at).manhattanLength() <= 3
    panel._chart.back()
    assert panel._chart.view() == pytest.approx(whole)


def test_dragging_moves_the_view_and_back_returns(qtbot, panel):
    whole = panel._chart.view()
    start = panel.point_of(12) + QPoint(40, 40)
    drag(qtbot, panel.canvas(), start, start + QPoint(-100, 0))
    assert panel._chart.view()[0] > whole[0]
    panel._chart.back()
    assert panel._chart.view() == pytest.approx(whole)


def test_pointing_at_a_figure_tells_which_and_moving_away_takes_it_back(qtbot, panel):
    seen = []
    panel._chart.pointed.connect(seen.append)
    for at in (panel.point_of(12), panel.point_of(12) + QPoint(0, 60)):
        qtbot.wait(20)  # the scene takes a hundred moves a second
        move(panel.canvas(), at, Qt.MouseButton.NoButton)
    assert seen == [panel._index(12), None]


def test_unticking_a_source_hides_its_figures_and_the_caption_says_so(qtbot, panel):
    second = next(
        panel._beside.sources.item(row)
        for row in range(panel._beside.sources.count())
        if "Source 2" in panel._beside.sources.item(row).text()
    )
    second.setCheckState(Qt.CheckState.Unchecked)
    assert panel.point_of(13) is None
    assert "2 figures (USD)" in panel._caption.text()
    qtbot.mouseClick(panel._beside.all_sources, LEFT)
    assert panel.point_of(13) is not None


def test_rejected_figures_are_ghosts_on_demand(panel):
    assert panel.point_of(16) is None
    panel._controls.rejected.setChecked(True)
    assert panel.point_of(16) is not None


def test_showing_the_figures_again_keeps_unit_view_and_hidden_sources(panel, figures):
    panel._chart.zoom(0.5)
    view = panel._chart.view()
    panel._beside.sources.item(0).setCheckState(Qt.CheckState.Unchecked)
    hidden = set(panel._beside.hidden)
    panel.show_figures([*figures, made(30, 12.0, "1941")])
    assert panel._chart.view() == pytest.approx(view)
    assert panel._beside.hidden == hidden


def test_one_figure_far_off_does_not_squeeze_the_others_and_is_announced(qtbot, panel):
    figures = [made(n, 5.0 + n, f"1940-{n % 12 + 1:02}") for n in range(30)]
    panel.show_figures([*figures, made(99, 7.0, "1776")])
    assert not panel.canvas().rect().contains(panel.point_of(99))
    assert "1 figure lies outside the part shown." in panel._caption.text()
    qtbot.keyClick(panel._chart, Qt.Key.Key_Home)
    assert panel.canvas().rect().contains(panel.point_of(99))
    assert "outside" not in panel._caption.text()
    panel.show_figures([*figures, made(99, 7.0, "1776"), made(98, 7.0, "1750")])
    assert "outside" not in panel._caption.text()


def test_figures_made_ready_elsewhere_are_shown_as_they_are(panel, figures):
    panel.show_figures([])
    panel.show_figures(offer(figures))
    assert panel.point_of(12) is not None
    assert panel._controls.unit.quantities() == [("USD", None), ("aircraft", None)]


def test_changing_the_scale_shows_everything_that_was_shown(qtbot, panel):
    panel._controls.log.setChecked(True)
    qtbot.wait(20)
    for figure_id in (11, 12, 13, 14):
        assert panel.canvas().rect().contains(panel.point_of(figure_id))


def test_the_strip_counts_the_figures_at_one_point(qtbot, panel):
    panel.show_figures([made(n, 10.0, "1940") for n in (1, 2, 3)])
    click(qtbot, panel, 1)
    assert "1 of 3 at this point" in panel._strip._about.full()


@pytest.mark.parametrize(
    ("odd", "says"),
    [
        ([], "No figures to plot yet."),
        ([made(1, 5.0, None), made(2, 6.0, None)], "None of these 2 figures has a date"),
    ],
)
def test_nothing_to_plot_says_why(panel, odd, says):
    panel.show_figures(odd)
    assert panel._stack.currentWidget() is panel._stack.empty
    assert says in panel._stack.empty.text()


@pytest.mark.parametrize(
    "odd",
    [
        [made(1, 5.0, "1940-10-22")],
        [made(n, float(n), "1940") for n in range(1, 6)],
        [made(1, 0.0, "1940"), made(2, -7.0, "1941"), made(3, 1e15, "1942")],
        [made(1, 0.0, "1940")],
        [made(1, 1e299, "1940"), made(2, -1e299, "1941")],
        [made(1, 5.0, "0001"), made(2, 6.0, "2000")],
        [made(1, 5.0, "-0043"), made(2, 6.0, "0014")],
        [made(1, 5.0, "[1937,1939,1941]"), made(2, 6.0, "{1940,1941}")],
        [made(1, float("inf"), "1940"), made(2, 5.0, "1940"), made(3, float("nan"), "1941")],
    ],
)
def test_odd_figures_are_drawn_and_can_be_clicked(qtbot, panel, odd):
    panel.show_figures(odd)
    panel._controls.log.setChecked(False)
    # The value axis takes the room of its labels only while it is painted.
    panel.grab()
    qtbot.wait(20)
    drawn = [kept.id for kept in odd if panel.point_of(kept.id) is not None]
    assert len(drawn) + len(panel._marks.undrawable) == len(odd)
    for figure_id in drawn:
        assert panel.canvas().rect().contains(panel.point_of(figure_id))
        with qtbot.waitSignal(panel.figure_chosen) as chosen:
            click(qtbot, panel, figure_id)
        assert chosen.args == [figure_id]


def test_a_logarithmic_scale_is_chosen_for_wide_spans_and_can_be_left(panel):
    panel.show_figures([made(n, 10.0**n, f"194{n}", unit="rouble") for n in range(7)])
    assert panel._controls.log.isChecked()
    assert "Logarithmic scale." in panel._caption.text()
    panel._controls.log.setChecked(False)
    assert not panel._chart.is_log


def test_many_figures_are_shown_as_density_and_the_nearest_can_be_clicked(qtbot, panel):
    panel.show_figures([made(n, float(n % 700), f"19{10 + n % 80}") for n in range(1, 25_001)])
    qtbot.wait(50)
    assert panel._chart.layer.is_dense
    assert panel._chart.layer.note
    with qtbot.waitSignal(panel.figure_chosen) as chosen:
        click(qtbot, panel, 12_345)
    figure = panel._offer.by_id[chosen.args[0]].figure
    assert (figure.value, figure.date) == (12_345 % 700, f"19{10 + 12_345 % 80}")


def test_dark_and_light_follow_the_palette(panel):
    dark = QPalette(QColor("#222222"))
    dark.setColor(QPalette.ColorRole.Base, QColor("#1b1d1f"))
    dark.setColor(QPalette.ColorRole.Text, QColor("#e6e6e6"))
    panel.setPalette(dark)
    assert panel._chart.layer.inks.is_dark
    assert panel.canvas().grab().toImage().pixelColor(300, 30).lightness() < 80


def test_exports_hold_what_is_shown(qtbot, panel, tmp_path):
    for suffix in (".png", ".svg", ".pdf"):
        panel.exporting.export(tmp_path / f"plot{suffix}")
        assert (tmp_path / f"plot{suffix}").stat().st_size > 300
    assert "4 figures (USD), 3 not reviewed." in (tmp_path / "plot.svg").read_text("utf-8")
    with qtbot.waitSignal(panel.exporting.data_wanted) as wanted:
        panel.exporting.export(tmp_path / "plot.csv")
    assert wanted.args == [(11, 12, 13, 14), tmp_path / "plot.csv"]


def test_sources_that_are_restricted_stay_out_of_a_picture(panel, tmp_path):
    offer = panel._offer
    closed = offer.marks(panel.state().quantity).sources[0][0]
    panel.exporting.export(tmp_path / "all.svg")
    panel._offer = replace(offer, restricted=frozenset({closed}))
    panel.exporting.export(tmp_path / "open.svg")
    title = next(kept.source_title for kept in offer.by_id.values() if kept.source_id == closed)
    assert title in (tmp_path / "all.svg").read_text("utf-8")
    assert title not in (tmp_path / "open.svg").read_text("utf-8")


def test_the_picture_and_the_data_can_be_copied(qtbot, panel):
    with qtbot.waitSignal(panel.exporting.data_wanted) as wanted:
        panel.exporting.copy_data()
    assert wanted.args == [(11, 12, 13, 14), None]
    panel.exporting.copy_picture()
    assert not QGuiApplication.clipboard().image().isNull()


def test_bands_of_zero_on_a_logarithmic_scale_say_what_to_do(panel):
    panel.show_figures([made(1, 0.0, "1940"), made(2, 0.0, "1941", unit="aircraft")])
    panel._controls.unit.activated.emit(2)
    panel._controls.log.setChecked(True)
    assert "Untick “Logarithmic”" in panel._stack.empty.text()
    panel._controls.log.setChecked(False)
    assert panel._stack.currentWidget() is panel._chart


def test_titles_and_units_are_never_read_as_markup(qtbot, panel):
    hostile = '<img src="file:///nowhere/x.png">'
    panel.show_figures([made(1, 5.0, "1940", unit=hostile, of=hostile)])
    panel.select(1)
    qtbot.wait(20)
    assert hostile in panel._controls.unit.currentText()
    assert hostile in panel._caption.text()
    assert panel._caption.textFormat() == Qt.TextFormat.PlainText
    assert hostile in panel._strip._about.full()


def rope(qtbot, panel, corners, keys=Qt.KeyboardModifier.NoModifier):
    canvas = panel.canvas()
    QCoreApplication.sendEvent(
        canvas, _mouse(QEvent.Type.MouseButtonPress, canvas, corners[0], keys)
    )
    for corner in corners[1:]:
        qtbot.wait(20)
        QCoreApplication.sendEvent(canvas, _mouse(QEvent.Type.MouseMove, canvas, corner, keys))
    QCoreApplication.sendEvent(
        canvas, _mouse(QEvent.Type.MouseButtonRelease, canvas, corners[-1], keys)
    )


def _mouse(kind, canvas, at, keys):
    at = QPointF(at)
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else LEFT
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
    return QMouseEvent(kind, at, canvas.mapToGlobal(at), button, held, keys)


def around(panel, *figure_ids):
    """Corners of a box that holds the points of these figures."""
    points = [panel.point_of(each) for each in figure_ids]
    left, right = (pick(point.x() for point in points) for pick in (min, max))
    top, bottom = (pick(point.y() for point in points) for pick in (min, max))
    return [
        QPoint(left - 12, top - 12), QPoint(right + 12, top - 12),
        QPoint(right + 12, bottom + 12), QPoint(left - 12, bottom + 12),
    ]  # fmt: skip


def test_shift_and_a_drag_select_what_the_box_holds_and_leave_the_view(qtbot, panel):
    view = panel._chart.view()
    corners = around(panel, 12, 13)
    with qtbot.waitSignal(panel.figures_selected) as selected:
        rope(qtbot, panel, [corners[0], corners[2]], Qt.KeyboardModifier.ShiftModifier)
    assert set(selected.args[0]) == {12, 13}
    assert panel._chart.view() == view
    assert "2 selected." in panel._caption.text()


def test_a_line_drawn_around_points_selects_them(qtbot, panel):
    panel._controls.select.setChecked(True)
    with qtbot.waitSignal(panel.figures_selected) as selected:
        rope(qtbot, panel, [*around(panel, 13, 14), around(panel, 13, 14)[0]])
    assert set(selected.args[0]) == {13, 14}
    panel._controls.select.setChecked(False)
    click(qtbot, panel, 11)
    assert panel.selected_ids() == [11]


def test_figures_selected_elsewhere_are_ringed_and_stay_so_when_the_archive_changes(panel, figures):
    panel.select_many([12, 14, 999])
    assert [panel._marks.ids[n] for n in panel._chart.layer.selected] == [12, 14]
    panel.show_figures(figures)
    assert [panel._marks.ids[n] for n in panel._chart.layer.selected] == [12, 14]


def chosen_from(menu, text):
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_the_menu_of_a_point_says_what_shall_happen_to_its_figure(qtbot, panel):
    panel.offer_plots((), None, is_writable=True)
    for text, signal, args in (
        ("Accept", panel.judging.decision_wanted, [(12,), "accepted"]),
        ("Reject", panel.judging.decision_wanted, [(12,), "rejected"]),
        ("Edit…", panel.judging.edit_wanted, [12]),
        ("Show in the text", panel.figure_activated, [12]),
    ):
        menu = panel.point_menu(panel._index(12))
        with qtbot.waitSignal(signal) as said:
            chosen_from(menu, text)
        assert said.args == args
        menu.deleteLater()


def test_the_menu_is_of_all_that_are_selected(qtbot, panel):
    panel.offer_plots((), None, is_writable=True)
    panel.select_many([12, 13])
    menu = panel.point_menu(panel._index(13))
    with qtbot.waitSignal(panel.judging.decision_wanted) as said:
        chosen_from(menu, "Accept")
    assert said.args == [(12, 13), "accepted"]
    menu.deleteLater()


def test_an_archive_that_is_only_read_offers_no_decision(panel):
    menu = panel.point_menu(panel._index(12))
    enabled = [action.text() for action in menu.actions() if action.isEnabled() and action.text()]
    assert "Show in the text" in enabled
    assert not {"Accept", "Reject", "Edit…"} & set(enabled)
    menu.deleteLater()


def test_a_right_click_on_a_point_opens_the_menu_of_its_figure(qtbot, panel):
    at = panel.point_of(13)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, panel.canvas().mapToGlobal(at))
    with qtbot.waitSignal(panel._chart.menu_asked) as said:
        QCoreApplication.sendEvent(panel.canvas(), asked)
    assert said.args[0] == panel._index(13)
    menu = panel.findChild(PointMenu)
    assert menu.isVisible()
    assert panel._chosen == 13
    menu.close()


def test_a_plot_restored_from_its_state_is_the_same_plot(qtbot, panel, figures):
    panel._controls.rejected.setChecked(True)
    panel._controls.log.setChecked(True)
    panel._controls.values.setCurrentIndex(3)
    panel._controls.values.activated.emit(3)
    panel._beside.sources.item(1).setCheckState(Qt.CheckState.Unchecked)
    panel._chart.zoom(0.7)
    kept = json.loads(json.dumps(to_data(panel.state())))
    seen, said = panel._chart.grab().toImage(), panel._caption.text()
    panel.show_figures([made(99, 4.0, "1820", unit="sheep")])
    panel._chart.fit()
    panel.show_figures(figures)
    panel.restore(kept)
    assert to_data(panel.state()) == kept
    assert panel._caption.text() == said
    assert panel._chart.grab().toImage() == seen


KINDS = [
    {"second": ("aircraft", None)},
    {"is_every_unit": True},
    {"kind": "ladder"},
    {"kind": "ladder", "is_every_unit": True},
    {"kind": "coverage"},
]


def look_at(qtbot, panel, **how):
    panel._controls.put(Look(quantity=("USD", None), **how))
    panel._controls.changed.emit()
    lie_still(qtbot, panel)


def lie_still(qtbot, panel):
    qtbot.wait(20)  # a caption of more lines takes room from the plot
    settle_down(qtbot, panel, panel._marks.ids[0])


@pytest.mark.parametrize("how", KINDS)
def test_a_plot_of_every_kind_is_the_same_when_it_is_restored(qtbot, panel, figures, how):
    look_at(qtbot, panel, **how)
    panel._chart.zoom(0.8)
    lie_still(qtbot, panel)
    kept = json.loads(json.dumps(to_data(panel.state())))
    seen, said = panel._chart.grab().toImage(), panel._caption.text()
    look_at(qtbot, panel)
    panel.show_figures([made(99, 4.0, "1820", unit="sheep")])
    panel.show_figures(figures)
    panel.restore(kept)
    lie_still(qtbot, panel)
    assert to_data(panel.state()) == kept
    assert panel._caption.text() == said
    assert panel._chart.grab().toImage() == seen


@pytest.mark.parametrize("how", KINDS)
def test_a_click_gives_the_figure_under_it_in_every_kind_of_plot(qtbot, panel, how):
    look_at(qtbot, panel, **how)
    for figure_id in (11, 12, 13, 14):
        with qtbot.waitSignal(panel.figure_chosen) as chosen:
            click(qtbot, panel, figure_id)
        assert chosen.args == [figure_id]


@pytest.mark.parametrize("how", KINDS)
def test_points_of_every_kind_of_plot_can_be_drawn_around(qtbot, panel, how):
    look_at(qtbot, panel, **how)
    corners = around(panel, 13, 14)
    with qtbot.waitSignal(panel.figures_selected) as selected:
        rope(qtbot, panel, [corners[0], corners[2]], Qt.KeyboardModifier.ShiftModifier)
    assert {13, 14} <= set(selected.args[0])


@pytest.mark.parametrize("how", KINDS)
def test_every_kind_of_plot_can_be_exported(qtbot, panel, tmp_path, how):
    look_at(qtbot, panel, **how)
    suffixes = (".png", ".svg", ".pdf") if how == {"kind": "coverage"} else (".svg",)
    for suffix in suffixes:
        panel.exporting.export(tmp_path / f"plot{suffix}")
        assert (tmp_path / f"plot{suffix}").stat().st_size > 3000
    drawn = (tmp_path / "plot.svg").read_text("utf-8")
    assert "not reviewed." in drawn
    assert "Source 1" in drawn


def test_another_unit_can_have_an_axis_of_its_own_and_be_taken_away_again(qtbot, panel):
    second = panel._controls.second
    second.activated.emit(2)
    assert panel.point_of(21) is not None
    assert "USD, on the left; aircraft, on the right" in panel._caption.text()
    panel.select(21)
    assert panel._controls.unit.quantity == ("USD", None)
    second.activated.emit(0)
    assert panel.point_of(21) is None


@pytest.mark.parametrize("is_log", [False, True])
@pytest.mark.parametrize("factor", [1e3, 1e-3])
def test_zooming_without_end_stops_where_numbers_do(qtbot, panel, is_log, factor):
    panel._controls.log.setChecked(is_log)
    for _ in range(130):
        panel._chart._box.scaleBy((factor, factor))
        panel.grab()
    view = panel._chart.view()
    assert view[0] < view[1] < 1e9
    assert view[2] < view[3] < 1e301
    panel._chart.fit()
    panel.grab()
    assert panel.canvas().rect().contains(panel.point_of(12))


def test_a_unit_is_not_drawn_against_itself(panel):
    panel._controls.second.activated.emit(2)
    panel._controls.unit.activated.emit(1)
    assert panel._controls.second.quantity is None
    assert panel._controls.second.currentIndex() == 0


def test_zooming_into_bands_narrows_time_and_keeps_each_band_whole(qtbot, panel):
    look_at(qtbot, panel, is_every_unit=True)
    whole = panel._chart.view()
    panel._controls.box_zoom.setChecked(True)
    at = panel.point_of(12)
    drag(qtbot, panel.canvas(), at - QPoint(60, 30), at + QPoint(60, 30))
    near = panel._chart.view()
    assert near[1] - near[0] < (whole[1] - whole[0]) / 2
    assert near[2:] == whole[2:] == (0.0, 2.0)
    assert panel.canvas().rect().contains(panel.point_of(12))


def test_a_hidden_source_leaves_the_rows_of_who_says_when(qtbot, panel):
    look_at(qtbot, panel, kind="coverage")
    panel._beside.sources.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert panel._arranged.setting.up == (-0.5, 0.5)
    assert panel.point_of(11) is None or panel.point_of(13) is None


def test_promise_to_delivery_has_no_time_to_filter(qtbot, panel):
    panel._controls.brush.setChecked(True)
    look_at(qtbot, panel, kind="ladder")
    assert not panel._controls.brush.isChecked()
    assert not panel._controls.brush.isEnabled()


def test_a_source_can_have_another_name_in_the_legend_and_the_caption_tells_its_title(
    qtbot, panel, tmp_path
):
    item = panel._beside.sources.item(0)
    menu = panel._beside.source_menu(item)
    chosen_from(menu, "Rename in this plot…")
    panel._asking._line.setText("The bank")
    panel._asking._done.click()
    assert "The bank" in panel._beside.sources.item(0).text()
    panel.exporting.export(tmp_path / "plot.svg")
    assert "The bank (Source 1)" in (tmp_path / "plot.svg").read_text("utf-8")
    assert dict(panel.state().names) == {1: "The bank"}
    chosen_from(panel._beside.source_menu(panel._beside.sources.item(0)), "Its own title")
    assert "Source 1" in panel._beside.sources.item(0).text()
    menu.deleteLater()


def test_a_table_of_conversions_is_chosen_said_and_taken_back(panel, figures, tmp_path):
    panel.show_figures([*figures, made(31, 10.0, "1941", unit="GBP")])
    path = tmp_path / "rates.csv"
    path.write_text("from,to,factor,source\nGBP,USD,4,Yearbook\n", "utf-8")
    panel.convert(conversions.read(path))
    assert panel.point_of(31) is not None
    assert "at 4 (Yearbook)" in panel._caption.text()
    panel._controls.values.setCurrentIndex(0)
    panel._controls.values.activated.emit(0)
    assert panel.point_of(31) is None


def test_another_subject_begins_with_its_own_unit_and_view(panel, figures):
    panel._beside.hidden.add(1)
    panel.show_figures([figures[-1]], Subject("Aircraft", 5))
    assert panel._controls.unit.currentText().startswith("aircraft")
    assert not panel._beside.hidden
    assert panel.subject.series_id == 5
    panel.show_figures([], Subject("Aircraft", 5))
    assert "no figures in this" in panel._stack.empty.text()


def test_values_worked_out_are_said_and_can_be_taken_back(panel):
    before = panel._marks.y.tolist()
    panel._controls.values.setCurrentIndex(2)
    panel._controls.values.activated.emit(2)
    assert "In percent of the sum" in panel._caption.text()
    assert panel._marks.y.tolist() != before
    panel._controls.values.setCurrentIndex(0)
    panel._controls.values.activated.emit(0)
    assert panel._marks.y.tolist() == before


def test_a_span_of_time_dragged_across_the_plot_is_said_in_days_and_can_be_taken_back(qtbot, panel):
    panel._controls.brush.setChecked(True)
    left, right = panel.point_of(12), panel.point_of(14)
    with qtbot.waitSignal(panel.brushed) as said:
        rope(qtbot, panel, [left - QPoint(5, 0), left, right, right + QPoint(5, 0)])
    first, last = said.args[0]
    assert first < panel._marks.x[panel._index(12)] < panel._marks.x[panel._index(14)] < last
    assert first > panel._marks.x[panel._index(11)]
    assert panel.selected_ids() == []
    with qtbot.waitSignal(panel.brushed) as said:
        panel._controls.brush.setChecked(False)
    assert said.args == [None]
    assert panel._chart.layer.span is None
