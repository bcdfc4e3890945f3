"""The links of the archive: both ends side by side, each a double click away."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.records import End, Link, Span
from desktop import annotated, relation_words
from desktop.asking_line import AskingLine
from desktop.asking_panel import AskingPanel
from desktop.filter_line import EmptyState
from desktop.models.paged import Column, PagedModel, RecordRole
from desktop.plain import QT_TRANSLATE_NOOP, Label
from desktop.row_table import table
from desktop.selection import Selected
from desktop.session import PATIENCE, Session
from desktop.showing import moment

_COLUMNS: tuple[Column[Link], ...] = (
    Column(QT_TRANSLATE_NOOP("Columns", "From"), lambda link: link.from_.words),
    Column(QT_TRANSLATE_NOOP("Columns", "Source"), lambda link: link.from_.source_title or ""),
    Column(
        QT_TRANSLATE_NOOP("Columns", "Relation"), lambda link: relation_words.name(link.relation)
    ),
    Column(QT_TRANSLATE_NOOP("Columns", "To"), lambda link: link.to.words),
    Column(QT_TRANSLATE_NOOP("Columns", "Source"), lambda link: link.to.source_title or ""),
    Column(QT_TRANSLATE_NOOP("Columns", "Note"), lambda link: link.note or ""),
    Column(QT_TRANSLATE_NOOP("Columns", "By"), lambda link: link.person or ""),
    Column(QT_TRANSLATE_NOOP("Columns", "When"), lambda link: moment(link.made_at)),
)
_TO_COLUMNS = (3, 4)


class LinksPanel(AskingPanel):
    """Lists links; says which end one wants to see."""

    place_activated = Signal(object)  # Selected
    HEARS = frozenset({"links", "annotations", "sources", "figures"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        letter = self.fontMetrics().averageCharWidth()
        self._model: PagedModel[Link] = PagedModel(_COLUMNS, self._fetch, self._fill, self)
        widths = [32 * letter, 20 * letter, 14 * letter, 32 * letter, 20 * letter, 24 * letter,
                  14 * letter]  # fmt: skip
        self._list = table(self, self._model, widths)
        self._list.setAccessibleName(self.tr("Links"))
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._empty = EmptyState(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._list)
        self._asking = AskingLine(self)
        self._asking.hide()
        self._buttons = {
            name: QPushButton(said, self)
            for name, said in (
                ("from", self.tr("Go to the First End")),
                ("to", self.tr("Go to the Other End")),
                ("relation", self.tr("Relation…")),
                ("note", self.tr("Note…")),
                ("remove", self.tr("Remove")),
            )
        }
        self._count = Label("", self)
        row = QHBoxLayout()
        for button in self._buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.addWidget(self._stack, 1)
        layout.addLayout(row)
        layout.addWidget(self._asking)
        self.setFocusProxy(self._list)

        self._list.activated.connect(self._activate)
        self._list.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self._buttons["from"].clicked.connect(lambda _checked: self._go(other=False))
        self._buttons["to"].clicked.connect(lambda _checked: self._go(other=True))
        self._buttons["relation"].clicked.connect(lambda _checked: self._ask_relation())
        self._buttons["note"].clicked.connect(lambda _checked: self._ask_note())
        self._buttons["remove"].clicked.connect(lambda _checked: self._remove())
        self._begin()

    def clear(self) -> None:
        self._is_asked = False
        self._asking.hide()
        self._show([])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Delete) and self._buttons["remove"].isEnabled():
            self._remove()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        self._is_asked = True
        self._session.jobs.run(annotated.link_ids, self._show, self._fail, replaces="links")

    def _show(self, ids: list[int]) -> None:
        if ids == list(self._model.ids()):
            self._model.renew()
        else:
            self._model.show(ids)
        self._count.setText(self.tr("%n link(s)", "", len(ids)))
        said = self.tr(
            "No links yet. Select words in the reader and press Ctrl+Shift+L at each end."
        )
        self._empty.say(said)
        self._stack.setCurrentWidget(self._list if ids else self._empty)
        self._enable()

    def _fetch(self, ids: Sequence[int]) -> dict[int, Link]:
        archive = self._session.archive
        with archive.patient(PATIENCE):
            return annotated.links(archive, ids)

    def _fill(
        self,
        ids: Sequence[int],
        deliver: Callable[[dict[int, Link]], None],
        failed: Callable[[], None],
    ) -> None:
        work = partial(annotated.links, ids=tuple(ids))
        self._session.jobs.run(work, deliver, lambda _error: failed())

    def _enable(self) -> None:
        chosen = len(self._list.selectionModel().selectedRows())
        writable = self._session.is_writable()
        for name in ("from", "to"):
            self._buttons[name].setEnabled(chosen == 1)
        for name in ("relation", "note"):
            self._buttons[name].setEnabled(chosen == 1 and writable)
        self._buttons["remove"].setEnabled(chosen > 0 and writable)

    def _current(self) -> Link | None:
        link = self._list.currentIndex().data(RecordRole)
        return link if isinstance(link, Link) else None

    def _activate(self, index: QModelIndex) -> None:
        self._go(other=index.column() in _TO_COLUMNS)

    def _go(self, *, other: bool) -> None:
        link = self._current()
        if link is not None:
            place = _place(link.to if other else link.from_)
            if place is not None:
                self.place_activated.emit(place)

    def _ask_relation(self) -> None:
        link = self._current()
        if link is None:
            return

        def ask(relations: list[str]) -> None:
            named = {relation_words.name(each): each for each in relations}
            then = partial(self._change, link.id, named)
            said = relation_words.name(link.relation)
            self._asking.ask(self.tr("Relation:"), said, then, list(named))

        self._session.jobs.run(annotated.relations, ask, self._fail)

    def _change(self, link_id: int, named: dict[str, str], said: str) -> None:
        fields = {"relation": named.get(said, said)}
        self._run(partial(annotated.change_link, link_id=link_id, fields=fields))

    def _ask_note(self) -> None:
        link = self._current()
        if link is not None:
            then = partial(self._note, link.id)
            self._asking.ask(self.tr("Note on the link:"), link.note or "", then)

    def _note(self, link_id: int, said: str) -> None:
        self._run(partial(annotated.change_link, link_id=link_id, fields={"note": said}))

    def _remove(self) -> None:
        ids = self._model.ids()
        chosen = tuple(ids[row.row()] for row in self._list.selectionModel().selectedRows())
        self._run(partial(annotated.remove_links, ids=chosen))
        self.noted.emit(self.tr("%n link(s) removed; Undo brings them back.", "", len(chosen)))


def _place(end: End) -> Selected | None:
    target = end.target
    if target.source_id is None:
        return None
    span = None
    if target.start is not None and target.end is not None:
        span = Span(target.start, target.end)
    return Selected(source_id=target.source_id, span=span)
