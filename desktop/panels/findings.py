"""The Findings dock: what the program noticed, how it reckoned, and what a person makes of it."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.records import Span
from desktop import finding_words, found, showing
from desktop.asking_panel import AskingPanel
from desktop.check_box import CheckBox
from desktop.filter_line import EmptyState, FilterLine
from desktop.found import Found
from desktop.models.paged import Column, PagedModel, RecordRole
from desktop.panels.finding_detail import FindingDetail
from desktop.plain import QT_TRANSLATE_NOOP, Label
from desktop.row_table import choose_row, table
from desktop.selection import Selected
from desktop.session import Session

if TYPE_CHECKING:
    from db.findings import Finding, Judgement

_COLUMNS: tuple[Column[Found], ...] = (
    Column(
        QT_TRANSLATE_NOOP("Columns", "Kind"), lambda each: finding_words.kind(each.finding.kind)
    ),
    Column(
        QT_TRANSLATE_NOOP("Columns", "Verdict"), lambda each: finding_words.verdict(each.finding)
    ),
    Column(QT_TRANSLATE_NOOP("Columns", "What was noticed"), lambda each: each.finding.message),
    Column(QT_TRANSLATE_NOOP("Columns", "Source"), lambda each: each.title),
    Column(
        QT_TRANSLATE_NOOP("Columns", "Judgement"),
        lambda each: finding_words.judgement(each.finding),
        tip=lambda each: each.finding.reason or finding_words.judgement(each.finding),
    ),
)
_SHOWN = "shown"  # everything but the dismissed
_UNJUDGED = "unjudged"


class FindingsPanel(AskingPanel):
    """Lists findings; says which place was chosen; keeps a person's judgement."""

    place_chosen = Signal(object)  # Selected
    place_activated = Signal(object)  # Selected
    HEARS = frozenset({"findings", "sources", "texts", "figures"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._wanted: int | None = None
        self._found: dict[int, Found] = {}
        self._following = False

        self._filter = FilterLine(self.tr("Filter findings"), self)
        self._kind = self._choice(self.tr("Kind"))
        self._verdict = self._choice(self.tr("Verdict"))
        self._judged = self._choice(self.tr("Judgement"))
        self._here = CheckBox(self.tr("Only this source"), self)
        self._again = QPushButton(self.tr("Look Again"), self)
        self._count = Label("", self)
        self._model: PagedModel[Found] = PagedModel(_COLUMNS, self._fetch, None, self)
        letter = self.fontMetrics().averageCharWidth()
        widths = [15 * letter, 21 * letter, 40 * letter, 20 * letter, 14 * letter]
        self._table = table(self, self._model, widths)
        header = self._table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self._table.setAccessibleName(self.tr("Findings"))
        self._empty = EmptyState(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self._detail = FindingDetail(self)

        line = QHBoxLayout()
        line.addWidget(self._filter, 1)
        for choice in (self._kind, self._verdict, self._judged, self._here):
            line.addWidget(choice)
        foot = QHBoxLayout()
        foot.addWidget(self._count, 1)
        foot.addWidget(self._again)
        left = QWidget(self)
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(line)
        inside.addWidget(self._stack, 1)
        inside.addLayout(foot)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(left)
        split.addWidget(self._detail)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([720, 480])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.addWidget(split)
        self.setFocusProxy(self._table)

        self._filter.asked.connect(lambda _words: self._narrow())
        for choice in (self._kind, self._verdict, self._judged):
            choice.activated.connect(lambda _index: self._narrow())
        self._here.toggled.connect(lambda _on: self._narrow())
        self._again.clicked.connect(self.look_again)
        self._empty.step_chosen.connect(self._take_step)
        self._table.selectionModel().currentChanged.connect(self._choose)
        self._table.activated.connect(self._activate)
        self._detail.figure_chosen.connect(self._tell_figure)
        self._detail.figure_activated.connect(self._open_figure)
        self._detail.judged.connect(self._judge)
        self._detail.taken_back.connect(self._take_back)
        self._begin()
        session.selection.changed.connect(self._follow)

    def clear(self) -> None:
        self._is_asked = False
        self._filter.set_quietly("")
        self._here.blockSignals(True)
        self._here.setChecked(False)
        self._here.blockSignals(False)
        self._show([])
        self._judged.setCurrentIndex(0)

    def look_again(self) -> None:
        """Go through all figures anew, in a job."""
        self._session.jobs.run_long(
            self.tr("Looking for findings"), found.look, self._say_looked, self._say_failed,
            replaces="look for findings",
        )  # fmt: skip

    def chosen(self) -> "Finding | None":
        record = self._table.currentIndex().data(RecordRole)
        return record.finding if isinstance(record, Found) else None

    def show_finding(self, finding_id: int) -> None:
        """Choose a finding, shown or not by the choices above, once it is listed."""
        self._wanted = None if finding_id in self._found else finding_id
        if finding_id not in self._model.ids():
            self._widen()
        row = self._model.row_of(finding_id)
        if row >= 0:
            choose_row(self._table, row)

    # -- listing ----------------------------------------------------------------------------------

    def _choice(self, name: str) -> QComboBox:
        made = QComboBox(self)
        made.setAccessibleName(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return made

    def _ask(self) -> None:
        self._is_asked = True
        self._session.jobs.run(found.everything, self._show, self._fail, replaces="findings")

    def _show(self, listed: Sequence[Found]) -> None:
        self._found = {each.finding.id: each for each in listed}
        self._fill_choices()
        self._narrow()
        if self._wanted in self._found:
            self.show_finding(self._wanted)

    def _fill_choices(self) -> None:
        every = [each.finding for each in self._found.values()]
        shown = [each for each in every if each.judgement != "dismissed"]
        kinds = Counter(each.kind for each in shown)
        verdicts = Counter(each.verdict for each in shown if each.verdict)
        judged = Counter(str(each.judgement) for each in every)
        _fill(self._kind, self.tr("Every kind"), [
            (finding_words.kind(key), key, kinds[key]) for key in finding_words.KINDS if kinds[key]
        ])  # fmt: skip
        _fill(self._verdict, self.tr("Every verdict"), [
            (finding_words.verdict_name(key), key, verdicts[key])
            for key in finding_words.VERDICTS if verdicts[key]
        ])  # fmt: skip
        _fill(self._judged, self.tr("Not dismissed"), [
            (self.tr("Not judged"), _UNJUDGED, judged["None"]),
            *(
                (finding_words.judgement_name(key), key, judged[key])
                for key in finding_words.JUDGEMENTS if judged[key]
            ),
        ], data=_SHOWN)  # fmt: skip

    def _narrow(self) -> None:
        words = self._filter.text().casefold().split()
        kind, verdict = self._kind.currentData(), self._verdict.currentData()
        judged = self._judged.currentData()
        here = self._session.selection.now.source_id if self._here.isChecked() else None
        ids = []
        for each in self._found.values():
            finding = each.finding
            if (kind and finding.kind != kind) or (verdict and finding.verdict != verdict):
                continue
            if here is not None and finding.source_id != here:
                continue
            if not _fits(finding.judgement, judged):
                continue
            text = f"{finding.message} {each.title} {finding.reason or ''}".casefold()
            if all(word in text for word in words):
                ids.append(finding.id)
        before, row_before = self.chosen(), self._table.currentIndex().row()
        self._following = True
        self._model.show(ids)
        row = self._model.row_of(before.id) if before else -1
        if row < 0 and before is not None and ids:
            row = min(row_before, len(ids) - 1)  # it was dismissed: go on with the next
        if row >= 0:
            choose_row(self._table, row)
        self._following = False
        self._show_chosen()
        self._say_count(ids)

    def _say_count(self, ids: Sequence[int]) -> None:
        total = len(self._found)
        hidden = sum(1 for each in self._found.values() if each.finding.judgement == "dismissed")
        said = self.tr("{0} of %n finding(s)", "", total).format(showing.count(len(ids)))
        if hidden and self._judged.currentData() == _SHOWN:
            said += " · " + self.tr("%n dismissed, not shown", "", hidden)
        self._count.setText(said if total else "")
        self._again.setEnabled(self._session.is_open() and self._session.is_writable())
        if ids:
            self._stack.setCurrentWidget(self._table)
            return
        if total:
            self._empty.say(self.tr("No finding fits these choices."), self.tr("Show All Findings"))
        else:
            self._empty.say(
                self.tr(
                    "Nothing noticed. Sums, shares and figures on one matter are looked at when "
                    "texts are imported and when figures change; Look Again looks at all of them."
                )
            )
        self._stack.setCurrentWidget(self._empty)

    def _take_step(self) -> None:
        self._widen()

    def _widen(self) -> None:
        self._filter.set_quietly("")
        for choice in (self._kind, self._verdict, self._judged):
            choice.setCurrentIndex(0)
        self._here.setChecked(False)
        self._narrow()

    def _fail(self, error: Exception) -> None:
        self._is_asked = False
        self._empty.say(self._session.told(error))
        self._stack.setCurrentWidget(self._empty)

    def _fetch(self, ids: Sequence[int]) -> dict[int, Found]:
        return {each: self._found[each] for each in ids if each in self._found}

    def _follow(self, _selected: Selected) -> None:
        if self._here.isChecked() and not self._following:
            self._narrow()

    # -- one finding ------------------------------------------------------------------------------

    def _choose(self, _index: QModelIndex, _before: QModelIndex) -> None:
        if self._following:
            return
        self._show_chosen()
        finding = self.chosen()
        if finding is not None and finding.source_id is not None:
            self._following = True
            self.place_chosen.emit(_place(finding))
            self._following = False

    def _show_chosen(self) -> None:
        finding = self.chosen()
        self._detail.show_finding(finding, can_judge=self._session.is_writable())
        if finding is not None and finding.figure_ids and self._session.is_open():
            work = partial(found.rests_on, ids=finding.figure_ids)
            deliver = partial(self._detail.show_figures, finding.id)
            self._session.jobs.run(work, deliver, self._say_failed, replaces="finding")

    def _activate(self, _index: QModelIndex) -> None:
        finding = self.chosen()
        if finding is not None and finding.source_id is not None:
            self.place_activated.emit(_place(finding))

    def _tell_figure(self, selected: Selected) -> None:
        self._following = True
        self.place_chosen.emit(selected)
        self._following = False

    def _open_figure(self, selected: Selected) -> None:
        self._following = True
        self.place_activated.emit(selected)
        self._following = False

    def _judge(self, judgement: str, reason: str, verdict: str) -> None:
        finding = self.chosen()
        if finding is None:
            return
        work = partial(
            found.judge,
            finding_id=finding.id,
            judgement=cast("Judgement", judgement),
            reason=reason,
            verdict=verdict or None,
        )
        self._session.jobs.run(work, lambda _none: self._say_judged(judgement), self._say_failed)

    def _take_back(self) -> None:
        finding = self.chosen()
        if finding is None or finding.judgement is None:
            return
        changed = finding.judgement == "changed"
        work = partial(found.take_back, finding_id=finding.id, was_changed=changed)
        self._session.jobs.run(work, lambda _none: self._say_judged(""), self._say_failed)

    def _say_judged(self, judgement: str) -> None:
        said = {
            "confirmed": self.tr("Finding confirmed; Undo takes it back."),
            "changed": self.tr("Type of the finding changed; Undo takes it back."),
            "dismissed": self.tr("Finding dismissed; Undo takes it back."),
        }
        self.noted.emit(said.get(judgement, self.tr("The finding is open again.")))

    def _say_looked(self, number_of: int) -> None:
        self.noted.emit(self.tr("%n finding(s).", "", number_of))

    def _say_failed(self, error: Exception) -> None:
        self.noted.emit(self._session.told(error))


def _place(finding: "Finding") -> Selected:
    span = None
    if finding.start is not None and finding.end is not None:
        span = Span(finding.start, finding.end)
    passage_id = finding.passage_ids[0] if finding.passage_ids else None
    return Selected(finding.source_id, passage_id, None, span)


def _fits(judgement: str | None, choice: str) -> bool:
    match choice:
        case "shown":
            return judgement != "dismissed"
        case "unjudged":
            return judgement is None
    return judgement == choice


def _fill(
    combo: QComboBox, every: str, rows: Sequence[tuple[str, str, int]], data: str = ""
) -> None:
    """Fill a choice with counts and keep what was chosen."""
    chosen = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    combo.addItem(every, data)
    for name, key, number_of in rows:
        combo.addItem(f"{name} ({showing.count(number_of)})", key)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
    combo.blockSignals(False)
