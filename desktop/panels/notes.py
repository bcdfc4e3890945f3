"""Notes: memos on what is selected, all memos, and the journal; written and changed in place."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from db.errors import ArchiveError
from db.records import Annotation, AnnotationKind, Target
from desktop import annotated, signing
from desktop.annotated import About
from desktop.annotation_place import place_of
from desktop.asking_line import AskingLine
from desktop.models.paged import Column, PagedModel, RecordRole
from desktop.plain import QT_TRANSLATE_NOOP, Label, ShortLabel
from desktop.row_table import choose_row, table
from desktop.selection import Selected
from desktop.session import Session
from desktop.showing import moment

_COLUMNS: tuple[Column[Annotation], ...] = (
    Column(QT_TRANSLATE_NOOP("Columns", "Note"), lambda each: each.body or ""),
    Column(
        QT_TRANSLATE_NOOP("Columns", "About"), lambda each: each.exact or each.source_title or ""
    ),
    Column(QT_TRANSLATE_NOOP("Columns", "By"), lambda each: each.person or ""),
    Column(QT_TRANSLATE_NOOP("Columns", "When"), lambda each: moment(each.made_at)),
)


class NotesPanel(QWidget):
    """Shows what is noted on the thing selected; keeps what is typed, each as one command."""

    place_activated = Signal(object)  # Selected
    thing_activated = Signal(object)  # Target: what else a memo is on
    noted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._target = Target()
        self._is_looked_at = False
        self._listed: dict[int, Annotation] = {}
        self._editing: Annotation | None = None
        self._wanted: int | None = None
        self._given: tuple[Target, str] | None = None
        self._which = QComboBox(self)
        self._which.setAccessibleName(self.tr("Which notes"))
        for value, said in (
            ("selected", self.tr("On what is selected")),
            ("source", self.tr("On the whole source")),
            ("memos", self.tr("All memos and notes")),
            ("journal", self.tr("Journal")),
        ):
            self._which.addItem(said, value)
        self._about = ShortLabel("", self)
        letter = self.fontMetrics().averageCharWidth()
        self._model: PagedModel[Annotation] = PagedModel(_COLUMNS, self._fetch, None, self)
        self._list = table(self, self._model, [26 * letter, 16 * letter, 10 * letter])
        self._list.setAccessibleName(self.tr("Notes"))
        self._said = Label("", self)
        self._said.setWordWrap(True)
        self._text = QPlainTextEdit(self)
        self._text.setAccessibleName(self.tr("Words of the note"))
        self._text.setTabChangesFocus(True)
        self._asking = AskingLine(self)
        self._asking.hide()
        self._new = QPushButton(self.tr("New"), self)
        self._keep = QPushButton(self.tr("Keep"), self)
        self._keep.setToolTip(self.tr("Keep what is written (Ctrl+Return)"))
        self._remove = QPushButton(self.tr("Remove"), self)
        buttons = QHBoxLayout()
        for button in (self._new, self._keep, self._remove):
            buttons.addWidget(button)
        below = QWidget(self)
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._said)
        column.addWidget(self._text, 1)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self._list)
        split.addWidget(below)
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self._which)
        layout.addWidget(self._about)
        layout.addWidget(split, 1)
        layout.addWidget(self._asking)
        layout.addLayout(buttons)
        self.setFocusProxy(self._text)
        self._forget()

        self._which.activated.connect(lambda _index: self._turn())
        self._list.selectionModel().currentChanged.connect(self._choose)
        self._list.activated.connect(self._activate)
        self._text.textChanged.connect(self._enable)
        self._new.clicked.connect(lambda _checked: self._begin())
        self._keep.clicked.connect(lambda _checked: self.keep())
        self._remove.clicked.connect(lambda _checked: self._throw_away())
        session.selection.changed.connect(self._follow)
        session.opened.connect(self._ask)
        session.closing.connect(self._close)
        session.changed.connect(self._hear)

    # -- what others ask of it --------------------------------------------------------------------

    def reload(self) -> None:
        self._ask()

    def show_annotation(self, annotation: Annotation) -> None:
        """Bring a note up, ready to be changed."""
        self.keep()
        self._wanted = annotation.id
        self._which.setCurrentIndex(self._which.findData("selected"))
        self._given = (annotation.target, annotation.exact or "")
        self._ask()

    def show_target(self, target: Target, title: str) -> None:
        """Show the memos on a thing no other panel selects: a series, a finding, a plot."""
        self.keep()
        self._which.setCurrentIndex(self._which.findData("selected"))
        self._given = (target, title)
        self._ask()

    def keep(self) -> None:
        """Keep what is written, if it is anything new."""
        body = self._text.toPlainText().strip()
        if not self._session.is_writable() or not self._is_changed():
            return
        jobs, editing, target = self._session.jobs, self._editing, self._target
        if editing is not None:
            work = partial(annotated.change, ids=(editing.id,), fields={"body": body})
            jobs.run(work, lambda _n: self.noted.emit(self.tr("Kept.")), self._fail)
            self._editing = None
            self._text.clear()
            self._wanted = editing.id
            return
        add = partial(annotated.add, kind=self._kind(), target=target, body=body)

        def begin() -> None:
            self._text.clear()
            jobs.run(add, self._kept, self._fail)

        signing.signed(self._session, self._asking, begin)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._is_looked_at = True
        self._turn()  # what was typed for another thing is kept there

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # No keeping here: docks hide as the archive closes, when no job may begin.
        self._is_looked_at = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
        else:
            super().keyPressEvent(event)

    # -- loading ----------------------------------------------------------------------------------

    def _follow(self, _selected: Selected) -> None:
        self._given = None
        if self._is_looked_at:
            self._turn()

    def _turn(self) -> None:
        self.keep()
        self._begin()
        self._ask()

    def _ask(self) -> None:
        if not self._session.is_open() or not self._is_looked_at:
            return
        now = self._session.selection.now
        which = str(self._which.currentData())
        target, passage_id = Target(source_id=now.source_id), None
        if which == "journal":
            target = Target()
        elif which == "selected" and self._given is not None:
            target = self._given[0]
        elif which == "selected" and now.figure is not None:
            target = Target(figure_id=now.figure.id)
        elif which == "selected":
            passage_id = now.passage_id
        self._say_about(which, target, passage_id)
        if which == "memos":
            self._session.jobs.run(annotated.memos, self._show_all, self._fail, replaces="notes")
            return
        if which != "journal" and target == Target():
            self._show(About(target, ()))
            return
        work = partial(annotated.about, target=target, passage_id=passage_id)
        self._session.jobs.run(work, self._show, self._fail, replaces="notes")

    def _say_about(self, which: str, target: Target, passage_id: int | None) -> None:
        now = self._session.selection.now
        if which == "journal":
            said = self.tr("What you did and thought, day by day")
        elif which == "memos":
            said = self.tr("Of the whole archive, the latest first")
        elif which == "selected" and self._given is not None:
            said = self._given[1]
        elif target.figure_id is not None and now.figure is not None:
            said = self.tr("Figure “{0}”").format(now.figure.figure.text)
        elif passage_id is not None:
            said = self.tr("The passage chosen in the text")
        elif target.source_id is not None:
            said = self.tr("The source as a whole")
        else:
            said = self.tr("Choose a source, a passage or a figure.")
        self._about.set_full(said)

    def _show(self, about: About) -> None:
        self._target = about.target
        self._list_these(about.annotations)

    def _show_all(self, annotations: Sequence[Annotation]) -> None:
        self._target = Target()
        self._list_these(annotations)

    def _list_these(self, annotations: Sequence[Annotation]) -> None:
        self._listed = {each.id: each for each in annotations}
        ids = list(self._listed)
        if ids == list(self._model.ids()):
            self._model.renew()
        else:
            self._model.show(ids)
        if self._wanted in self._listed:
            wanted, self._wanted = self._wanted, None
            choose_row(self._list, self._model.row_of(wanted))
            self._edit(self._listed[wanted])
        self._enable()

    def _fetch(self, ids: Sequence[int]) -> dict[int, Annotation]:
        return {each: self._listed[each] for each in ids if each in self._listed}

    def _hear(self, tables: frozenset[str]) -> None:
        if "annotations" in tables and not self._is_changed():
            self._ask()

    def _forget(self) -> None:
        self._editing, self._given, self._wanted = None, None, None
        self._listed, self._target = {}, Target()
        self._model.show([])
        self._text.clear()
        self._asking.hide()
        self._enable()

    def _close(self) -> None:
        # The archive is about to close and no job may begin: what was typed is kept here and now.
        body = self._text.toPlainText().strip()
        if self._is_changed() and self._session.is_writable():
            archive = self._session.archive
            try:
                if self._editing is not None:
                    annotated.change(archive, (self._editing.id,), {"body": body})
                else:
                    annotated.add(archive, self._kind(), self._target, body)
            except ArchiveError as error:
                self._session.told(error)
        self._forget()

    def _fail(self, error: Exception) -> None:
        self.noted.emit(self._session.told(error))

    # -- writing ----------------------------------------------------------------------------------

    def _kind(self) -> AnnotationKind:
        if self._target == Target():
            return "journal"
        return "note" if self._target.start is not None else "memo"

    def _is_changed(self) -> bool:
        body = self._text.toPlainText().strip()
        if self._editing is not None:
            return bool(body) and body != (self._editing.body or "").strip()
        return bool(body) and self._may_begin()

    def _may_begin(self) -> bool:
        which = self._which.currentData()
        return which == "journal" or (which != "memos" and self._target != Target())

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        chosen = index.data(RecordRole)
        if isinstance(chosen, Annotation) and chosen != self._editing:
            self.keep()
            self._edit(chosen)

    def _activate(self, index: QModelIndex) -> None:
        chosen = index.data(RecordRole)
        if not isinstance(chosen, Annotation):
            return
        place = place_of(chosen)
        if place is not None:
            self.place_activated.emit(place)
        else:
            self.thing_activated.emit(chosen.target)

    def _edit(self, annotation: Annotation) -> None:
        self._editing = annotation
        self._text.setPlainText(annotation.body or "")
        self._enable()

    def _begin(self) -> None:
        self.keep()
        self._editing = None
        self._list.clearSelection()
        self._text.clear()
        self._enable()

    def _kept(self, annotation_id: int) -> None:
        self._wanted = annotation_id
        self.noted.emit(self.tr("Kept; Undo takes it back."))
        self._ask()

    def _throw_away(self) -> None:
        editing = self._editing
        if editing is None:
            return
        self._editing = None
        self._text.clear()
        work = partial(annotated.remove, ids=(editing.id,))
        said = self.tr("Removed; Undo brings it back.")
        self._session.jobs.run(work, lambda _n: self.noted.emit(said), self._fail)

    def _enable(self) -> None:
        writable = self._session.is_writable()
        may = writable and (self._editing is not None or self._may_begin())
        self._text.setReadOnly(not may)
        self._new.setEnabled(writable and self._may_begin())
        self._keep.setEnabled(self._is_changed() and writable)
        self._remove.setEnabled(writable and self._editing is not None)
        if self._editing is not None:
            told = (self._editing.person or "", moment(self._editing.made_at))
            self._said.setText(" · ".join(part for part in told if part))
        elif self._may_begin():
            self._said.setText(self.tr("Write a new one here; Ctrl+Return keeps it."))
        else:
            self._said.setText("")
