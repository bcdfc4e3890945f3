"""Findings in the window: listed, narrowed, spelled out, judged, and taken back."""

import shutil

import pytest
from PySide6.QtCore import Qt

import db.figures
import db.findings
import db.history
from db import ingest
from db.archive import Archive
from desktop.panels.findings import FindingsPanel

BOOK = """Accounts of the quay

In 1941 the harbour master counted 95 boats: 40 trawlers, 30 drifters and 20 barges.

The cannery borrowed $90,000 in 1938: $40,000 for a boiler, $30,000 for nets and $20,000 for coal.
"""


@pytest.fixture(scope="module")
def quay_once(tmp_path_factory):
    place = tmp_path_factory.mktemp("quay")
    (place / "book.txt").write_text(BOOK, "utf-8")
    with Archive.create(place / "quay.muniment", "Quay") as archive:
        ingest.add(archive, [place / "book.txt"])
    return place / "quay.muniment"


@pytest.fixture
def session(qapp, qtbot, settings, quay_once, tmp_path):
    from desktop import app
    from desktop.session import Session

    app.make()
    session = Session(settings)
    failures = []
    session.open(shutil.copy(quay_once, tmp_path), failures.append, adopt=True)
    qtbot.waitUntil(lambda: session.is_open() or bool(failures), timeout=10_000)
    assert not failures
    yield session
    session.jobs.stop()
    session.close()


@pytest.fixture
def panel(session, qtbot):
    panel = FindingsPanel(session)
    qtbot.addWidget(panel)
    panel.resize(1200, 320)
    panel.show()
    qtbot.waitExposed(panel)
    qtbot.waitUntil(lambda: panel._model.rowCount() == 2, timeout=5000)
    return panel


def choose(panel, verdict, qtbot):
    row = next(n for n, each in enumerate(panel._found.values()) if each.finding.verdict == verdict)
    panel._table.selectRow(row)
    qtbot.waitUntil(lambda: panel._detail._terms.count() == 4, timeout=5000)
    return panel.chosen()


def test_a_finding_is_told_by_a_sign_and_in_words_that_blame_nobody(panel):
    index = panel._model.index
    cells = [[index(row, column).data() for column in range(5)] for row in range(2)]
    assert [row[0] for row in cells] == ["sum", "sum"]
    assert {row[1] for row in cells} == {"≠ differs", "= agrees"}
    assert "error" not in str(cells).lower()
    assert panel._count.text() == "2 of 2 findings"


def test_the_reckoning_is_spelled_out_with_each_figures_words(panel, qtbot):
    choose(panel, "differs", qtbot)
    told = panel._detail.text()
    assert "40 + 30 + 20 = 90" in told
    assert "stated: 95" in told
    assert "apart by 5" in told
    assert "total: “95 boats”" in told
    assert "part: “30 drifters”" in told


def test_a_figure_of_the_reckoning_leads_to_its_words(panel, qtbot):
    choose(panel, "differs", qtbot)
    terms = panel._detail._terms
    with qtbot.waitSignal(panel.place_chosen) as chosen:
        terms.setCurrentRow(2)
    place = chosen.args[0]
    assert BOOK[place.span.start : place.span.end] == "30 drifters"
    with qtbot.waitSignal(panel.place_activated) as opened:
        terms.itemActivated.emit(terms.item(2))
    assert opened.args[0] == place


def test_choices_narrow_the_list_and_are_taken_off_again(panel, qtbot):
    panel._verdict.setCurrentIndex(panel._verdict.findData("differs"))
    panel._verdict.activated.emit(panel._verdict.currentIndex())
    assert panel._model.rowCount() == 1
    qtbot.keyClicks(panel._filter, "nothing of the kind")
    qtbot.keyClick(panel._filter, Qt.Key.Key_Return)
    assert panel._model.rowCount() == 0
    assert panel._stack.currentWidget() is panel._empty
    qtbot.mouseClick(panel._empty._step, Qt.MouseButton.LeftButton)
    assert panel._model.rowCount() == 2


def test_what_is_dismissed_with_a_reason_is_hidden_and_undo_brings_it_back(panel, session, qtbot):
    finding = choose(panel, "differs", qtbot)
    panel._detail._reason.setText("five were never finished")
    with qtbot.waitSignal(panel.noted):
        qtbot.mouseClick(panel._detail._dismiss, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel._model.rowCount() == 1, timeout=5000)
    assert "1 dismissed, not shown" in panel._count.text()
    panel._judged.setCurrentIndex(panel._judged.findData("dismissed"))
    panel._judged.activated.emit(panel._judged.currentIndex())
    assert list(panel._model.ids()) == [finding.id]
    panel._table.selectRow(0)
    assert "five were never finished" in panel._detail.text()
    db.history.undo(session.archive)
    qtbot.waitUntil(lambda: panel._found[finding.id].finding.judgement is None, timeout=5000)


def test_a_type_changed_stays_changed_when_the_figures_are_looked_at_anew(panel, session, qtbot):
    finding = choose(panel, "differs", qtbot)
    types = panel._detail._type
    assert not panel._detail._change.isEnabled()
    types.setCurrentIndex(types.findData("agrees within rounding"))
    with qtbot.waitSignal(panel.noted):
        qtbot.mouseClick(panel._detail._change, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(panel.noted, timeout=10_000) as noted:
        qtbot.mouseClick(panel._again, Qt.MouseButton.LeftButton)
    assert noted.args == ["2 findings."]
    kept = {each.id: each for each in db.findings.all(session.archive)}[finding.id]
    assert (kept.verdict, kept.judgement) == ("agrees within rounding", "changed")


def test_a_changed_type_taken_back_is_reckoned_anew(panel, session, qtbot):
    finding = choose(panel, "differs", qtbot)
    db.findings.judge(session.archive, finding.id, "changed", verdict="agrees")
    qtbot.waitUntil(lambda: panel.chosen().judgement == "changed", timeout=5000)
    with qtbot.waitSignal(panel.noted, timeout=10_000):
        qtbot.mouseClick(panel._detail._back, Qt.MouseButton.LeftButton)
    kept = {each.id: each for each in db.findings.all(session.archive)}[finding.id]
    assert (kept.verdict, kept.judgement) == ("differs", None)


def test_the_margin_shows_a_sign_that_leads_to_the_finding(qtbot, panel, session):
    from desktop.panels.reader import Reader
    from desktop.selection import Selected

    reader = Reader(session)
    qtbot.addWidget(reader)
    reader.resize(900, 500)
    reader.show()
    qtbot.waitExposed(reader)
    reader.show_place(Selected(source_id=1))
    lane = reader._text._lane
    qtbot.waitUntil(lambda: len(lane.signs()) == 2, timeout=5000)
    top, sign, findings = lane.signs()[0]
    assert (sign, findings[0].verdict) == ("≠", "differs")
    place = lane._place(top, 12).center()
    with qtbot.waitSignal(reader.finding_chosen) as chosen:
        qtbot.mouseClick(lane, Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [findings[0].id]
    panel._verdict.setCurrentIndex(panel._verdict.findData("agrees"))
    panel._verdict.activated.emit(panel._verdict.currentIndex())
    panel.show_finding(findings[0].id)
    assert panel.chosen().id == findings[0].id


def test_findings_follow_a_decision_without_being_asked_to(panel, session, qtbot):
    from desktop.finding_upkeep import FindingUpkeep

    upkeep = FindingUpkeep(session, panel)
    upkeep._quiet.setInterval(1)
    upkeep.look()
    qtbot.waitUntil(lambda: session.jobs.running() == 0, timeout=5000)
    gone = panel._found[panel._model.ids()[0]].finding
    db.figures.decide(session.archive, gone.figure_ids[1:2], "rejected")
    qtbot.waitUntil(lambda: gone.id not in panel._model.ids(), timeout=10_000)
    db.history.undo(session.archive)
    qtbot.waitUntil(lambda: panel._model.rowCount() == 2, timeout=10_000)
    qtbot.waitUntil(lambda: session.jobs.running() == 0, timeout=5000)


def test_a_disagreement_says_whether_its_sources_are_independent(panel, session, tmp_path, qtbot):
    for name, count in (("one", "430"), ("other", "390")):
        (tmp_path / f"{name}.txt").write_text(
            f"According to the Orlen customs, {count} sacks of Kaldi barley went to the garrison in"
            " 1912.",
            "utf-8",
        )
    ingest.add(session.archive, [tmp_path / "one.txt", tmp_path / "other.txt"])
    qtbot.waitUntil(lambda: panel._model.rowCount() == 3, timeout=10_000)
    each = next(each for each in panel._found.values() if each.finding.verdict == "conflict")
    panel.show_finding(each.finding.id)
    qtbot.waitUntil(lambda: "Not independent" in panel._detail.text(), timeout=5000)
    assert "“Orlen customs”, named in the text" in panel._detail.text()
