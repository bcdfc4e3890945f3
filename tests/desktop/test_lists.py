"""Trees, tables and what they put on the clipboard."""

from dataclasses import replace

import pytest

from db.records import Figure, Hit, Imported, KeptFigure, Report, Source, Span
from desktop import asked, showing
from desktop.import_report import report_lines
from desktop.models.paged import PagedModel
from desktop.models.tables import FIGURES, HITS
from desktop.models.tree import SourceTree


def source(number, title, parent=None, **more):
    made = Source(
        number, str(number), parent, "item", None, title, None, None, None, None, None, None, None,
        1, 0,
    )  # fmt: skip
    return replace(made, **more)


SOURCES = [
    source(1, "Harbour office"),
    source(2, "Ledger of 1938", 1, creator="Cannery"),
    source(3, "Letter to a cousin", 1, date="1938-04"),
    source(4, "Memoir"),
]


def test_the_tree_keeps_qts_rules_while_it_changes(qapp, qtmodeltester):
    tree = SourceTree()
    qtmodeltester.check(tree)
    tree.show(SOURCES)
    qtmodeltester.check(tree)
    tree.narrow("cousin")
    tree.show(SOURCES[:2])


def test_a_narrowed_tree_keeps_the_parents_of_what_it_shows(qapp):
    tree = SourceTree()
    tree.show(SOURCES)
    tree.narrow("1938 cannery")
    assert tree.matching() == 1
    assert tree.rowCount() == 1
    top = tree.index(0, 0)
    assert top.data() == "Harbour office"
    assert tree.index(0, 0, top).data() == "Ledger of 1938"


def test_sources_that_are_each_others_parents_still_show(qapp):
    tree = SourceTree()
    tree.show([source(1, "A", 2), source(2, "B", 1), source(3, "C", 3)])
    assert tree.rowCount() == 3


def test_a_title_is_one_line_of_plain_text(qapp):
    tree = SourceTree()
    tree.show([source(1, "<b>Aid</b>\n\u202eanihC ot")])
    assert tree.index(0, 0).data() == "<b>Aid</b> ⟨U+202E⟩anihC ot"


def figure(text="$25 million", **more):
    made = Figure(0, len(text), text, "money", 25_000_000.0, unit="USD", date="1940-10-22")
    return KeptFigure(7, 1, "=SUM(A1)", 3, "proposed", replace(made, **more))


def test_the_columns_of_figures_write_numbers_for_people(qapp):
    from PySide6.QtCore import QLocale

    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    model = PagedModel(FIGURES, lambda ids: {7: figure(approx="about", value_high=30_000_000.0)})
    model.show([7])
    shown = {model.headerData(c, qt_horizontal()): model.index(0, c).data() for c in range(8)}
    assert shown["Value"] == "about 25,000,000–30,000,000"
    assert shown["Decision"] == "○ proposed"
    assert shown["Words"] == "$25 million"


def qt_horizontal():
    from PySide6.QtCore import Qt

    return Qt.Orientation.Horizontal


def test_hits_and_figures_keep_qts_rules(qapp, qtmodeltester):
    hit = Hit(5, 1, "Memoir", 0, 10, (Span(0, 4),), "Loan", (Span(0, 4),), 1.0)
    hits = PagedModel(HITS, lambda ids: {5: hit})
    qtmodeltester.check(hits)
    hits.show([5, 6])
    figures = PagedModel(FIGURES, lambda ids: {7: figure()})
    qtmodeltester.check(figures)
    figures.show([7, 8])
    figures.renew()


@pytest.mark.parametrize("text", ["=1+1", "+44", "-5 men", "@home", "\tx", "＝1+1", "'=1"])
def test_no_text_of_a_source_becomes_a_formula_in_a_spreadsheet(monkeypatch, text):
    import csv
    import io

    import db.sources

    monkeypatch.setattr(asked, "figures", lambda archive, ids: {7: figure(text, value=-3.5)})
    monkeypatch.setattr(db.sources, "restricted", lambda archive: frozenset())
    rows = list(csv.DictReader(io.StringIO(asked.figures_as_csv(None, [7]).text)))
    assert rows[0]["words"] == f"'{text}"
    assert rows[0]["source"] == "'=SUM(A1)"
    assert rows[0]["value"] == "-3.5"


def test_years_of_a_date_for_a_narrow_column():
    assert showing.years("1940-10-22") == "1940"
    assert showing.years("1937/1945-09") == "1937–1945"
    assert showing.years("../1939-12~") == "1939"
    assert showing.years("193X") == "193X"
    assert showing.years("") == ""


def test_every_path_of_a_report_has_a_line_and_what_failed_comes_first(qapp):
    from db.errors import Unreadable

    report = Report(
        imported=[Imported("a.txt", (1, 2), 30, 4, "koi8-r", False)],
        duplicates=[("b.txt", 1)],
        failed=[("c.txt", Unreadable("binary"))],
        left_out=[".hidden"],
    )
    lines = report_lines(report)
    assert [line.path for line in lines] == ["c.txt", "a.txt", "b.txt", ".hidden"]
    assert lines[0].result.startswith("✕")
    assert "koi8-r" in lines[1].said
    assert lines[1].source_id == 1


@pytest.fixture
def panel(qtbot, settings):
    from desktop.panels.figures import FiguresPanel
    from desktop.session import Session

    session = Session(settings)
    panel = FiguresPanel(session, [])
    qtbot.addWidget(panel)
    panel.resize(900, 500)
    panel.show()
    qtbot.waitExposed(panel)
    yield panel
    assert session.jobs.stop()


def test_100_000_figures_are_all_selected_without_asking_for_each(panel, monkeypatch):
    asked_for, counted = [], []
    model = panel._model
    model._fetch = lambda ids: asked_for.append(ids) or {n: figure() for n in ids}
    rows = model.rowCount
    model.show(range(1, 100_001))
    panel._stack.setCurrentWidget(panel._table)
    monkeypatch.setattr(
        type(model), "rowCount", lambda self, *parent: counted.append(1) or rows(*parent)
    )
    panel._table.scrollToBottom()
    panel._table.selectAll()
    panel.grab()
    assert len(panel.chosen_ids()) == 100_000
    assert len(asked_for) <= 4
    # chosen_ids() makes an index for each row, which asks; painting must not.
    assert len(counted) < 250_000


def test_a_click_on_a_header_sorts_and_selects_nothing(panel, qtbot, monkeypatch):
    from PySide6.QtCore import Qt

    sorted_by = []
    monkeypatch.setattr(panel, "_ask", lambda: sorted_by.append((panel._order, panel._descending)))
    model = panel._model
    model._fetch = lambda ids: {n: figure() for n in ids}
    model.show(range(1, 100))
    panel._stack.setCurrentWidget(panel._table)
    header = panel._table.horizontalHeader()
    at = header.viewport().rect().center()
    at.setX(header.sectionViewportPosition(1) + 20)
    for _ in range(2):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert sorted_by == [("value", False), ("value", True)]
    assert panel.chosen_ids() == []


def test_news_about_the_same_sources_leaves_the_tree_as_it_was_opened(qapp):
    tree = SourceTree()
    tree.show(SOURCES)
    resets = []
    tree.modelReset.connect(lambda: resets.append(1))
    assert tree.renew([replace(one, figures=9) for one in SOURCES])
    assert resets == []
    assert tree.source(2).figures == 9
    assert not tree.renew(SOURCES[:2])


def test_a_drop_gives_local_paths_only_whatever_their_names():
    from pathlib import Path

    from desktop import looking

    uris = (
        b"file:///home/anna/a%20letter.txt\r\nhttp://example.org/x.txt\r\n"
        b"file:///home/anna/%D0%BF%D0%B8%D1%81%D1%8C%D0%BC%D0%BE.txt\r\n# a remark\r\n"
    )
    assert looking.dropped(uris) == [
        Path("/home/anna/a letter.txt"),
        Path("/home/anna/письмо.txt"),
    ]


def test_a_row_chosen_while_ctrl_is_still_down_stays_chosen(qapp, qtbot):
    from PySide6.QtCore import QStringListModel, Qt
    from PySide6.QtWidgets import QTableView

    from desktop.row_table import choose_row, selected_rows

    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(QStringListModel(["a", "b", "c"], view))
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    # As Qt sees it while a person still holds Ctrl from Ctrl+Z.
    qtbot.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    for row in (1, 1, 2):
        choose_row(view, row)
        assert selected_rows(view) == [row]
    qtbot.keyClick(view, Qt.Key.Key_Escape)
