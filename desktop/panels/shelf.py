"""The orphan shelf: words that a corrected text has no sure place for, beside where they may stand."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from db.records import Span
from desktop import annotated, annotation_marks, positions, showing, theme
from desktop.asking_panel import AskingPanel, without_state
from desktop.filter_line import EmptyState
from desktop.models.paged import Column, PagedModel, RecordRole
from desktop.plain import QT_TRANSLATE_NOOP, Label
from desktop.row_table import choose_row, table
from desktop.selection import Selected
from desktop.session import Session

if TYPE_CHECKING:
    from db.shelf import Orphan, Place

_COLUMNS: "tuple[Column[Orphan], ...]" = (
    Column(QT_TRANSLATE_NOOP("Columns", "Words"), lambda each: each.words),
    Column(
        QT_TRANSLATE_NOOP("Columns", "Kind"), lambda each: annotation_marks.kind_name(each.kind)
    ),
    Column(QT_TRANSLATE_NOOP("Columns", "Note"), lambda each: each.body or ""),
    Column(QT_TRANSLATE_NOOP("Columns", "Source"), lambda each: each.source_title),
)


class Excerpt(QPlainTextEdit):
    """Words with what stands around them, the words marked; read only."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAccessibleName(name)

    def show_words(self, before: str, words: str, after: str) -> None:
        text = before + words + after
        self.setPlainText(text)
        cursor = QTextCursor(self.document())
        cursor.setPosition(positions.to_qt(text, len(before)))
        end = positions.to_qt(text, len(before) + len(words))
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setBackground(QColor(theme.colours(self.palette()).match))
        look.setFontUnderline(True)
        mark = QTextEdit.ExtraSelection()
        mark.cursor, mark.format = cursor, look
        self.setExtraSelections([mark] if words else [])
        place = QTextCursor(self.document())
        place.setPosition(positions.to_qt(text, len(before)))
        self.setTextCursor(place)
        self.centerCursor()


class ShelfPanel(AskingPanel):
    """Lists what waits; a person says where it goes. Puts nothing anywhere by itself."""

    place_activated = Signal(object)  # Selected
    selection_wanted = Signal(object)  # Orphan: it shall go to the words selected in the reader
    HEARS = frozenset({"annotations", "figures", "texts", "sources"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._orphans: list[Orphan] = []
        self._places: list[Place] = []
        self._at = 0
        letter = self.fontMetrics().averageCharWidth()
        self._model: PagedModel[Orphan] = PagedModel(_COLUMNS, self._fetch, None, self)
        self._list = table(self, self._model, [30 * letter, 12 * letter, 20 * letter])
        self._list.setAccessibleName(self.tr("What waits for a place"))
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._count = Label("", self)
        self._old = Excerpt(self.tr("The words in the older text"), self)
        self._new = Excerpt(self.tr("Where they may stand now"), self)
        self._which = Label("", self)
        self._buttons: dict[str, QPushButton] = {}
        texts, under = QHBoxLayout(), QHBoxLayout()
        for title, view in (
            (Label(self.tr("Older text"), self), self._old),
            (self._which, self._new),
        ):
            column = QVBoxLayout()
            column.addWidget(title)
            column.addWidget(view, 1)
            texts.addLayout(column, 1)
        for name, said, slot in (
            ("previous", self.tr("Previous Place"), partial(self._turn, -1)),
            ("next", self.tr("Next Place"), partial(self._turn, 1)),
            ("show", self.tr("Show in the Text"), self._show_place),
            ("put", self.tr("Put Here"), self._put),
            ("hand", self.tr("Put at the Selected Words"), self._put_by_hand),
            ("remove", self.tr("Remove"), self._remove),
            ("same", self.tr("Put All Whose Words Stand There Once"), self._put_same),
        ):
            button = QPushButton(said, self)
            button.clicked.connect(partial(without_state, slot))
            self._buttons[name] = button
            under.addWidget(button)
        under.addStretch(1)
        right = QWidget(self)
        inside = QVBoxLayout(right)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(texts, 1)
        left = QWidget(self)
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self._list, 1)
        beside.addWidget(self._count)
        split = QSplitter(self)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setChildrenCollapsible(False)
        page = QWidget(self)
        pages = QVBoxLayout(page)
        pages.setContentsMargins(0, 0, 0, 0)
        pages.addWidget(split, 1)
        pages.addLayout(under)
        self._empty = EmptyState(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.addWidget(self._stack)
        self.setFocusProxy(self._list)

        self._list.selectionModel().currentChanged.connect(self._choose)
        self._list.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self._list.activated.connect(lambda _index: self._show_place())
        self._begin()

    # -- what others ask of it --------------------------------------------------------------------

    def put_at(self, orphan: "Orphan", span: Span) -> None:
        """Put what waits at words a person has selected."""
        self._run(partial(annotated.put_orphans, wanted={orphan: span}))

    def clear(self) -> None:
        self._is_asked = False
        self._show([])

    # -- loading ----------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._is_asked = True
        self._session.jobs.run(annotated.orphans, self._show, self._fail, replaces="shelf")

    def _show(self, orphans: "Sequence[Orphan]") -> None:
        row = max(0, self._list.currentIndex().row())
        self._orphans = list(orphans)
        self._model.show(range(len(self._orphans)))
        self._count.setText(self.tr("%n waiting", "", len(self._orphans)))
        said = self.tr(
            "Nothing waits. When a text is corrected, annotations and figures whose words changed"
            " come here, with the places where they may stand now."
        )
        self._empty.say(said)
        self._stack.setCurrentIndex(1 if self._orphans else 0)
        self._show_places([])
        self._old.show_words("", "", "")
        if self._orphans:
            choose_row(self._list, min(row, len(self._orphans) - 1))
        self._enable()

    def _fetch(self, ids: Sequence[int]) -> "dict[int, Orphan]":
        return {each: self._orphans[each] for each in ids if each < len(self._orphans)}

    # -- choosing ---------------------------------------------------------------------------------

    def _current(self) -> "Orphan | None":
        row = self._list.currentIndex().row()
        return self._orphans[row] if 0 <= row < len(self._orphans) else None

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        orphan = index.data(RecordRole)
        self._show_places([])
        if orphan is None:
            return
        self._old.show_words(orphan.before, orphan.words, orphan.after)
        self._which.setText(self.tr("Looking…"))
        work = partial(annotated.places, orphan=orphan)
        self._session.jobs.run(work, self._show_places, self._fail, replaces="places")

    def _show_places(self, places: "Sequence[Place]") -> None:
        self._places, self._at = list(places), 0
        self._show_one()

    def _turn(self, step: int) -> None:
        if self._places:
            self._at = (self._at + step) % len(self._places)
            self._show_one()

    def _show_one(self) -> None:
        if self._places:
            place = self._places[self._at]
            self._new.show_words(place.before, place.words, place.after)
            same = self.tr("the same words") if place.candidate.is_same else self.tr("other words")
            said = self.tr("Present text: place {0} of {1}, {2} of 100 alike, {3}")
            self._which.setText(
                said.format(
                    showing.count(self._at + 1),
                    showing.count(len(self._places)),
                    showing.count(round(place.candidate.score)),
                    same,
                )
            )
        else:
            self._new.show_words("", "", "")
            self._which.setText(self.tr("Present text: no place is like it"))
        self._enable()

    def _enable(self) -> None:
        orphan, writable = self._current(), self._session.is_writable()
        for name in ("previous", "next"):
            self._buttons[name].setEnabled(len(self._places) > 1)
        self._buttons["show"].setEnabled(orphan is not None and bool(self._places))
        self._buttons["put"].setEnabled(orphan is not None and bool(self._places) and writable)
        for name in ("hand", "remove", "same"):
            self._buttons[name].setEnabled(orphan is not None and writable)

    # -- deciding ---------------------------------------------------------------------------------

    def _show_place(self) -> None:
        orphan = self._current()
        if orphan is not None and self._places:
            found = self._places[self._at].candidate
            place = Selected(source_id=orphan.source_id, span=Span(found.start, found.end))
            self.place_activated.emit(place)

    def _put(self) -> None:
        orphan = self._current()
        if orphan is not None and self._places:
            found = self._places[self._at].candidate
            self.put_at(orphan, Span(found.start, found.end))

    def _put_by_hand(self) -> None:
        orphan = self._current()
        if orphan is not None:
            self.selection_wanted.emit(orphan)

    def _put_same(self) -> None:
        title = self.tr("Looking for the same words")
        self._session.jobs.run_long(title, annotated.same_places, self._put_found, self._fail)

    def _put_found(self, found: "dict[Orphan, Span]") -> None:
        if found:
            self._run(partial(annotated.put_orphans, wanted=found))
        said = self.tr("%n put at the same words; Undo takes it back.", "", len(found))
        self.noted.emit(said)

    def _remove(self) -> None:
        rows = [index.row() for index in self._list.selectionModel().selectedRows()]
        wanted = tuple(self._orphans[row] for row in rows if row < len(self._orphans))
        self._run(partial(annotated.remove_orphans, wanted=wanted))
        self.noted.emit(self.tr("%n removed; Undo brings it back.", "", len(wanted)))
