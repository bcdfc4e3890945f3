"""The tree of tags: counted, given, arranged by dragging or from a menu."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from db.records import Tag
from desktop import annotated, annotation_marks, mark_colours
from desktop.asking_line import AskingLine
from desktop.asking_panel import AskingPanel, without_state
from desktop.filter_line import EmptyState, FilterLine
from desktop.models.tags import TagRole, TagTree
from desktop.plain import Label, menu_text
from desktop.row_table import choose_index
from desktop.session import Session


class TagsPanel(AskingPanel):
    """Shows the tags; says which is given or asked about. Each change can be undone."""

    tag_given = Signal(int, str)  # its id, its path: to what is selected in the reader
    tag_activated = Signal(int, str)  # what carries it shall be listed
    HEARS = frozenset({"tags", "taggings", "annotations", "sources"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._filter = FilterLine(self.tr("Filter tags"), self)
        self._model = TagTree(self)
        self._tree = QTreeView(self)
        self._tree.setModel(self._model)
        self._tree.setAccessibleName(self.tr("Tags"))
        self._tree.setHeaderHidden(True)
        self._tree.setUniformRowHeights(True)
        self._tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._tree.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = self._tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(1, 8 * self.fontMetrics().averageCharWidth())
        self._empty = EmptyState(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._tree)
        self._count = Label("", self)
        self._asking = AskingLine(self)
        self._asking.hide()
        self._give = QPushButton(self.tr("Give"), self)
        self._give.setToolTip(self.tr("Give this tag to what is selected in the reader"))
        self._new = QPushButton(self.tr("New…"), self)
        self._more = QPushButton(self.tr("Change"), self)
        self._menu = QMenu(self)
        self._more.setMenu(self._menu)
        buttons = QHBoxLayout()
        for button in (self._give, self._new, self._more):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self._filter)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._asking)
        layout.addLayout(buttons)
        layout.addWidget(self._count)
        self.setFocusProxy(self._tree)

        self._filter.asked.connect(self._narrow)
        self._tree.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self._tree.activated.connect(lambda _index: self._say(self.tag_activated))
        self._tree.customContextMenuRequested.connect(self._show_menu)
        self._model.move_requested.connect(self._move)
        self._give.clicked.connect(lambda _checked: self._say(self.tag_given))
        self._new.clicked.connect(lambda _checked: self._ask_new())
        self._menu.aboutToShow.connect(self._fill)
        self._empty.step_chosen.connect(self._ask_new)
        self._begin()

    # -- what others ask of it --------------------------------------------------------------------

    def chosen(self) -> list[Tag]:
        """The tags selected, as they stand in the tree."""
        rows = self._tree.selectionModel().selectedRows(0)
        found = [index.data(TagRole) for index in rows]
        return self._model.ordered(tag for tag in found if isinstance(tag, Tag))

    def choose(self, tag_id: int) -> None:
        """Select a tag as if the person had."""
        index = self._model.index_of(tag_id)
        if index.isValid():
            choose_index(self._tree, index)

    def clear(self) -> None:
        self._is_asked = False
        self._asking.hide()
        self._filter.set_quietly("")
        self._show([])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Delete) and self._more.isEnabled():
            self._remove()
        else:
            super().keyPressEvent(event)

    # -- loading ----------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._is_asked = True
        self._session.jobs.run(annotated.tags, self._show, self._fail, replaces="tag tree")

    def _show(self, tags: list[Tag]) -> None:
        chosen = [tag.id for tag in self.chosen()]
        self._model.show(tags, self._inks(tags))
        self._tree.expandAll()
        for tag_id in chosen[:1]:
            self.choose(tag_id)
        self._say_state()

    def _inks(self, tags: list[Tag]) -> dict[int, QColor]:
        known = {tag.id: tag for tag in tags}
        colours = {tag.id: annotation_marks.tag_colour(tag.id, known) for tag in tags}
        return {
            each: mark_colours.ink(colour, self.palette())
            for each, colour in colours.items()
            if colour
        }

    def _narrow(self, words: str) -> None:
        self._model.narrow(words)
        self._tree.expandAll()
        self._say_state()

    def _say_state(self) -> None:
        self._count.setText(self.tr("%n tag(s)", "", self._model.matching()))
        if self._model.total() == 0:
            step = self.tr("New Tag…") if self._session.is_writable() else ""
            said = self.tr("No tags yet. Make one here, or select words and press Ctrl+T.")
            self._empty.say(said, step)
        else:
            self._empty.say(self.tr("No tag has these words."))
        has_some = self._model.matching() > 0
        self._stack.setCurrentWidget(self._tree if has_some else self._empty)
        self._enable()

    def _enable(self) -> None:
        chosen, writable = self.chosen(), self._session.is_writable()
        self._give.setEnabled(len(chosen) == 1 and writable)
        self._new.setEnabled(writable)
        self._more.setEnabled(bool(chosen) and writable)

    # -- changing ---------------------------------------------------------------------------------

    def _say(self, signal: Any) -> None:
        chosen = self.chosen()
        if len(chosen) == 1:
            signal.emit(chosen[0].id, self._model.path(chosen[0].id))

    def _show_menu(self, at: QPoint) -> None:
        if self.chosen() and self._session.is_writable():
            self._menu.popup(self._tree.viewport().mapToGlobal(at))

    def _fill(self) -> None:
        self._menu.clear()
        chosen = self.chosen()
        if len(chosen) == 1:
            tag = chosen[0]
            self._entry(self.tr("Show What Carries It"), partial(self._say, self.tag_activated))
            self._menu.addSeparator()
            self._entry(self.tr("Rename…"), partial(self._ask_field, tag, "name"))
            self._entry(self.tr("Letter…"), partial(self._ask_field, tag, "letter"))
            self._entry(self.tr("Description…"), partial(self._ask_field, tag, "description"))
            colours = self._menu.addMenu(self.tr("Colour"))
            for colour in mark_colours.COLOURS:
                action = colours.addAction(menu_text(mark_colours.name(colour)))
                action.triggered.connect(partial(self._paint, tag, colour))
            self._menu.addSeparator()
        else:
            into = menu_text(chosen[0].name) if chosen else ""
            self._entry(self.tr("Merge into “{0}”").format(into), self._merge)
        self._entry(self.tr("Move to the Top"), self._to_top)
        self._entry(self.tr("Remove"), self._remove)

    def _entry(self, said: str, slot: Callable[[], None]) -> None:
        self._menu.addAction(said).triggered.connect(partial(without_state, slot))

    def _ask_new(self) -> None:
        chosen = self.chosen()
        above = chosen[0].id if len(chosen) == 1 else None
        question = self.tr("Name of the new tag:")
        if above is not None:
            question = self.tr("Name of the new tag below “{0}”:").format(chosen[0].name)
        self._asking.ask(question, "", partial(self._make, above))

    def _make(self, above: int | None, said: str) -> None:
        self._run(partial(annotated.add_tag, name=said, parent_id=above))

    def _ask_field(self, tag: Tag, field: str) -> None:
        questions = {
            "name": self.tr("Name of the tag:"),
            "letter": self.tr("Its letter (pressed while the text has the focus):"),
            "description": self.tr("What it is for:"),
        }
        then = partial(self._change, tag, field)
        self._asking.ask(questions[field], getattr(tag, field) or "", then)

    def _change(self, tag: Tag, field: str, said: str) -> None:
        if field == "letter":
            said = said[:1].lower()
            if not said.isalpha():
                self.noted.emit(self.tr("A tag's letter is a letter; digits are for colours."))
                return
        self._run(partial(annotated.change_tag, tag_id=tag.id, fields={field: said}))

    def _paint(self, tag: Tag, colour: str, _checked: bool = False) -> None:
        self._run(partial(annotated.change_tag, tag_id=tag.id, fields={"colour": colour}))

    def _move(self, ids: list[int], parent_id: int | None) -> None:
        wanted = tuple(each for each in ids if each != parent_id)
        if wanted and self._session.is_writable():
            self._run(partial(annotated.move_tags, tag_ids=wanted, parent_id=parent_id))

    def _to_top(self) -> None:
        self._move([tag.id for tag in self.chosen()], None)

    def _merge(self) -> None:
        into, *others = self.chosen()
        ids = tuple(tag.id for tag in others)
        self._run(partial(annotated.merge_tags, into=into.id, others=ids))

    def _remove(self) -> None:
        ids = tuple(tag.id for tag in self.chosen())
        self._run(partial(annotated.remove_tags, tag_ids=ids))
        self.noted.emit(self.tr("%n tag(s) removed; Undo brings them back.", "", len(ids)))
