"""The annotations of the archive as a table: narrowed, put in order, gone to, coloured, tagged, exported.

Long because narrowing, grouping and changing act on one list.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QSignalBlocker, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from db.records import Annotation, Tag, Target
from desktop import annotated, annotation_marks, mark_colours
from desktop.annotated import Listed
from desktop.annotation_export import AnnotationExport
from desktop.annotation_place import place_of
from desktop.asking_line import AskingLine
from desktop.asking_panel import AskingPanel
from desktop.filter_line import EmptyState, FilterLine
from desktop.models.paged import Column, PagedModel, RecordRole
from desktop.plain import QT_TRANSLATE_NOOP, Label, menu_text
from desktop.row_table import choose_row, table
from desktop.session import PATIENCE, Session
from desktop.showing import count, moment


@dataclass(frozen=True, slots=True)
class Row:
    """An annotation with the names of its tags."""

    annotation: Annotation
    tags: str


@dataclass(frozen=True, slots=True)
class Group:
    """What annotations have in common, and how many they are."""

    name: str
    number: int


_GROUPS: tuple[Column[Group], ...] = (
    Column(QT_TRANSLATE_NOOP("Columns", "Group"), lambda group: group.name),
    Column(QT_TRANSLATE_NOOP("Columns", "Number"), lambda group: count(group.number), right=True),
)


def _kind(row: Row) -> str:
    colour = row.annotation.colour
    said = annotation_marks.kind(row.annotation)
    return f"{said}, {mark_colours.name(colour)}" if colour else said


_COLUMNS: tuple[Column[Row], ...] = (
    Column(QT_TRANSLATE_NOOP("Columns", "Kind"), _kind),
    Column(QT_TRANSLATE_NOOP("Columns", "Words"), lambda row: row.annotation.exact or ""),
    Column(QT_TRANSLATE_NOOP("Columns", "Note"), lambda row: row.annotation.body or ""),
    Column(QT_TRANSLATE_NOOP("Columns", "Tags"), lambda row: row.tags),
    Column(QT_TRANSLATE_NOOP("Columns", "Source"), lambda row: row.annotation.source_title or ""),
    Column(QT_TRANSLATE_NOOP("Columns", "By"), lambda row: row.annotation.person or ""),
    Column(QT_TRANSLATE_NOOP("Columns", "When"), lambda row: moment(row.annotation.made_at)),
)


class AnnotationsPanel(AskingPanel):
    """Lists annotations; says which was chosen. What it changes can be undone."""

    place_chosen = Signal(object)  # Selected
    place_activated = Signal(object)  # Selected
    thing_activated = Signal(object)  # Target: what else a memo is on
    annotation_chosen = Signal(object)  # Annotation
    HEARS = frozenset({"annotations", "taggings", "tags", "sources"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._tags: dict[int, Tag] = {}
        self._tag: tuple[int, str] | None = None
        self._filter = FilterLine(self.tr("Filter: words, note, tag or source"), self)
        self._kind = self._choice(
            self.tr("Which annotations"),
            (
                ("", self.tr("All kinds")),
                ("highlight", self.tr("Highlights")),
                ("note", self.tr("Notes")),
                ("bookmark", self.tr("Bookmarks")),
                ("memo", self.tr("Memos")),
                ("journal", self.tr("Journal")),
                ("removed", self.tr("In the bin")),
            ),
        )
        self._by = self._choice(
            self.tr("Grouped by"),
            (
                ("", self.tr("Not grouped")),
                ("source", self.tr("By source")),
                ("tag", self.tr("By tag")),
                ("kind", self.tr("By kind")),
                ("colour", self.tr("By colour")),
                ("person", self.tr("By person")),
            ),
        )
        self._order = self._choice(
            self.tr("In which order"),
            (
                ("place", self.tr("As they stand")),
                ("made", self.tr("Oldest first")),
                ("changed", self.tr("Latest first")),
            ),
        )
        self._groups: list[tuple[int | str, str, int]] = []
        self._group: int | str | None = None
        self._total = 0
        self._group_model: PagedModel[Group] = PagedModel(_GROUPS, self._fetch_groups, None, self)
        self._only_tag = QPushButton(self)
        self._only_tag.setToolTip(self.tr("Show annotations with any tag again"))
        self._only_tag.hide()
        self._count = Label("", self)
        letter = self.fontMetrics().averageCharWidth()
        self._model: PagedModel[Row] = PagedModel(_COLUMNS, self._fetch, self._fill, self)
        widths = [18 * letter, 44 * letter, 36 * letter, 22 * letter, 24 * letter, 14 * letter]
        self._list = table(self, self._model, widths)
        self._list.setAccessibleName(self.tr("Annotations"))
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._group_list = table(self, self._group_model, [24 * letter])
        self._group_list.setAccessibleName(self.tr("Groups"))
        self._group_list.setMaximumWidth(36 * letter)
        header = self._group_list.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(1, 10 * letter)
        self._group_list.hide()
        self._empty = EmptyState(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._list)
        self._asking = AskingLine(self)
        self._asking.hide()
        self._tag_button = QPushButton(self.tr("Tag…"), self)
        self._untag = QPushButton(self.tr("Take Tag Off"), self)
        self._split = QPushButton(self.tr("Split Tag Off…"), self)
        self._remove = QPushButton(self.tr("Remove"), self)
        self._export_button = QPushButton(self.tr("Export…"), self)
        self._export_button.setToolTip(self.tr("Write what is listed as a table, CSV or XLSX"))
        self._export = AnnotationExport(session, self)
        self._colour = QToolButton(self)
        self._colour.setText(self.tr("Colour"))
        self._colour.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        colours = QMenu(self._colour)
        for colour in mark_colours.COLOURS:
            action = colours.addAction(menu_text(mark_colours.name(colour)))
            action.triggered.connect(partial(self._paint, colour))
        self._colour.setMenu(colours)

        line = QHBoxLayout()
        line.addWidget(self._filter, 1)
        for widget in (self._only_tag, self._kind, self._by, self._order, self._count):
            line.addWidget(widget)
        buttons = QHBoxLayout()
        for button in (self._tag_button, self._untag, self._split, self._colour, self._remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._export_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.addLayout(line)
        middle = QHBoxLayout()
        middle.addWidget(self._group_list)
        middle.addWidget(self._stack, 1)
        layout.addLayout(middle, 1)
        layout.addLayout(buttons)
        layout.addWidget(self._asking)
        self.setFocusProxy(self._list)

        self._filter.asked.connect(lambda _words: self._ask())
        for choice in (self._kind, self._order):
            choice.activated.connect(lambda _index: self._ask())
        self._by.activated.connect(lambda _index: self._regroup())
        self._group_list.selectionModel().currentChanged.connect(self._choose_group)
        self._only_tag.clicked.connect(lambda _checked: self.show_tag(None, ""))
        self._list.selectionModel().currentChanged.connect(self._choose)
        self._list.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self._list.activated.connect(self._activate)
        self._tag_button.clicked.connect(lambda _checked: self._ask_tag())
        self._untag.clicked.connect(lambda _checked: self._take_off())
        self._split.clicked.connect(lambda _checked: self._ask_split())
        self._remove.clicked.connect(lambda _checked: self._remove_or_restore())
        self._export_button.clicked.connect(lambda _checked: self._export.ask(self._model.ids()))
        self._export.noted.connect(self.noted)
        self._begin()

    # -- what others ask of it --------------------------------------------------------------------

    def show_tag(self, tag_id: int | None, path: str) -> None:
        """Only what carries a tag or one below it; None: all."""
        self._tag = (tag_id, path) if tag_id is not None else None
        self._only_tag.setText(self.tr("Tag: {0}  ✕").format(menu_text(path)))
        self._only_tag.setVisible(tag_id is not None)
        self._ask()

    def chosen_ids(self) -> list[int]:
        ids = self._model.ids()
        rows = self._list.selectionModel().selectedRows()
        return [ids[index.row()] for index in rows if index.row() < len(ids)]

    def clear(self) -> None:
        self._is_asked = False
        self._tag = None
        self._only_tag.hide()
        self._asking.hide()
        self._filter.set_quietly("")
        for choice in (self._kind, self._order, self._by):
            choice.setCurrentIndex(0)
        self._group = None
        self._show(Listed([], {}, []))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Delete) and self._remove.isEnabled():
            self._remove_or_restore()
        else:
            super().keyPressEvent(event)

    # -- loading ----------------------------------------------------------------------------------

    def _choice(self, name: str, options: Sequence[tuple[str, str]]) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        for value, said in options:
            box.addItem(said, value)
        return box

    def _ask(self) -> None:
        if not self._session.is_open():
            return
        self._is_asked = True
        kind = str(self._kind.currentData())
        wanted: dict[str, Any] = {
            "words": self._filter.text(),
            "order": str(self._order.currentData()),
            "descending": self._order.currentData() == "changed",
            "state": "removed" if kind == "removed" else "present",
            "tag_id": self._tag[0] if self._tag else None,
        }
        if kind not in ("", "removed"):
            wanted["kinds"] = (kind,)
        by = str(self._by.currentData()) or None
        if by is not None and self._group is not None:
            fields: dict[str, Any] = {
                "source": {"source_id": self._group},
                "tag": {"tag_id": self._group},
                "kind": {"kinds": (self._group,)},
                "colour": {"colour": self._group},
                "person": {"person": self._group},
            }
            wanted |= fields[by]
        work = partial(annotated.listed, wanted=wanted, by=by)
        self._session.jobs.run(work, self._show, self._fail, replaces="annotations")

    def _show(self, listed: Listed) -> None:
        self._tags = dict(listed.tags)
        if self._group is None:
            self._total = len(listed.ids)
        self._show_groups(listed.groups)
        if list(self._model.ids()) == listed.ids:
            self._model.renew()
        else:
            self._model.show(listed.ids)
        self._count.setText(self.tr("%n annotation(s)", "", len(listed.ids)))
        self._stack.setCurrentWidget(self._list if listed.ids else self._empty)
        narrowed = self._filter.text().strip() or self._kind.currentIndex() or self._tag
        if narrowed or self._group is not None:
            self._empty.say(self.tr("No annotation fits. Shorten the filter."))
        else:
            said = self.tr("Nothing annotated yet. Select words in the reader and press 1 to 9.")
            self._empty.say(said)
        self._enable()

    def _regroup(self) -> None:
        self._group = None
        self._ask()

    def _show_groups(self, groups: list[tuple[int | str, str, int]]) -> None:
        self._group_list.setVisible(bool(self._by.currentData()))
        if groups == self._groups:
            self._group_model.renew()
            return
        self._groups = groups
        # The first row stands for all of them.
        self._group_model.show(range(len(groups) + 1) if groups else ())
        keys = [key for key, _, _ in groups]
        row = keys.index(self._group) + 1 if self._group in keys else 0
        with QSignalBlocker(self._group_list.selectionModel()):
            choose_row(self._group_list, row)

    def _fetch_groups(self, rows: Sequence[int]) -> dict[int, Group]:
        by = str(self._by.currentData())
        found = {}
        for row in rows:
            if row == 0:
                found[row] = Group(self.tr("All"), self._total)
            elif row <= len(self._groups):
                key, name, number = self._groups[row - 1]
                found[row] = Group(self._group_name(by, key, name), number)
        return found

    def _group_name(self, by: str, key: int | str, name: str) -> str:
        if by == "kind":
            return annotation_marks.kind_name(name)
        if by == "tag" and isinstance(key, int):
            return annotation_marks.tag_path(key, self._tags)
        if not name:
            return self.tr("(none)")
        return mark_colours.name(name) if by == "colour" else name

    def _choose_group(self, index: QModelIndex, _before: QModelIndex) -> None:
        row = index.row()
        group = self._groups[row - 1][0] if 0 < row <= len(self._groups) else None
        if group != self._group:
            self._group = group
            self._ask()

    def _fetch(self, ids: Sequence[int]) -> dict[int, Row]:
        archive = self._session.archive
        with archive.patient(PATIENCE):
            return self._named(annotated.rows(archive, ids))

    def _fill(
        self,
        ids: Sequence[int],
        deliver: Callable[[dict[int, Row]], None],
        failed: Callable[[], None],
    ) -> None:
        work = partial(annotated.rows, ids=tuple(ids))
        self._session.jobs.run(
            work, lambda rows: deliver(self._named(rows)), lambda _error: failed()
        )

    def _named(self, rows: dict[int, Annotation]) -> dict[int, Row]:
        return {
            each: Row(found, annotation_marks.label(found, self._tags))
            for each, found in rows.items()
        }

    # -- choosing ---------------------------------------------------------------------------------

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        row = index.data(RecordRole)
        if isinstance(row, Row):
            place = place_of(row.annotation)
            if place is not None:
                self.place_chosen.emit(place)
            self.annotation_chosen.emit(row.annotation)

    def _activate(self, index: QModelIndex) -> None:
        row = index.data(RecordRole)
        if isinstance(row, Row):
            place = place_of(row.annotation)
            if place is not None:
                self.place_activated.emit(place)
            else:
                self.thing_activated.emit(row.annotation.target)

    def _enable(self) -> None:
        some = bool(self.chosen_ids()) and self._session.is_writable()
        is_bin = self._kind.currentData() == "removed"
        self._remove.setText(self.tr("Restore") if is_bin else self.tr("Remove"))
        self._remove.setEnabled(some)
        # What lies in the bin goes nowhere.
        self._export_button.setEnabled(bool(self._model.ids()) and not is_bin)
        self._tag_button.setEnabled(some and not is_bin)
        self._colour.setEnabled(some and not is_bin)
        for button in (self._untag, self._split):
            button.setVisible(self._tag is not None)
            button.setEnabled(some and not is_bin)

    # -- changing ---------------------------------------------------------------------------------

    def _targets(self) -> tuple[Target, ...]:
        return tuple(Target(annotation_id=each) for each in self.chosen_ids())

    def _ask_tag(self) -> None:
        targets = self._targets()

        def ask(paths: dict[str, int]) -> None:
            question = self.tr("Tag for %n annotation(s):", "", len(targets))
            self._asking.ask(question, "", partial(self._tag_as, targets), list(paths))

        self._session.jobs.run(annotated.tag_paths, ask, self._fail)

    def _tag_as(self, targets: tuple[Target, ...], said: str) -> None:
        self._run(partial(annotated.tag_as, path=said, targets=targets))

    def _take_off(self) -> None:
        if self._tag is not None:
            work = partial(annotated.take_tag_off, tag_ids=(self._tag[0],), targets=self._targets())
            self._run(work)

    def _ask_split(self) -> None:
        if self._tag is not None:
            then = partial(self._split_off, self._tag[0], tuple(self.chosen_ids()))
            self._asking.ask(self.tr("Name of the tag for what is chosen:"), "", then)

    def _split_off(self, tag_id: int, ids: tuple[int, ...], said: str) -> None:
        self._run(partial(annotated.split_tag, tag_id=tag_id, annotation_ids=ids, name=said))

    def _paint(self, colour: str, _checked: bool = False) -> None:
        ids = tuple(self.chosen_ids())
        self._run(partial(annotated.change, ids=ids, fields={"colour": colour}))

    def _remove_or_restore(self) -> None:
        ids = tuple(self.chosen_ids())
        if not ids:
            return
        is_bin = self._kind.currentData() == "removed"
        self._run(partial(annotated.restore if is_bin else annotated.remove, ids=ids))
        said = self.tr("%n annotation(s) restored.", "", len(ids))
        if not is_bin:
            said = self.tr("%n annotation(s) removed; Undo brings them back.", "", len(ids))
        self.noted.emit(said)
