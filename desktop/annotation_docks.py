"""The docks of annotation: tags, notes, the table, links and the orphan shelf; the text editor."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMainWindow, QWidget

from desktop.lazy_docks import LazyDocks
from desktop.session import Session

if TYPE_CHECKING:
    from db.records import Annotation, Source, Target
    from desktop.panels.annotations import AnnotationsPanel
    from desktop.panels.notes import NotesPanel
    from desktop.panels.shelf import ShelfPanel
    from desktop.panels.text_editor import TextEditor


class AnnotationDocks(LazyDocks):
    """Makes each panel when it is first asked for; says what was chosen in it."""

    place_chosen = Signal(object)  # Selected
    place_activated = Signal(object)  # Selected
    thing_activated = Signal(object)  # Target
    tag_given = Signal(int, str)
    selection_wanted = Signal(object)  # Orphan

    def __init__(self, session: Session, window: QMainWindow) -> None:
        super().__init__(session, window)
        self._table: AnnotationsPanel | None = None
        self._notes: NotesPanel | None = None
        self._shelf: ShelfPanel | None = None
        self._editor: TextEditor | None = None
        area = Qt.DockWidgetArea
        self.tags_dock = self._add(
            "tags", self.tr("Tags"), area.LeftDockWidgetArea, self._make_tags
        )
        self.notes_dock = self._add(
            "notes", self.tr("Notes"), area.RightDockWidgetArea, self._make_notes
        )
        bottom = area.BottomDockWidgetArea
        self.table_dock = self._add("annotations", self.tr("Annotations"), bottom, self._make_table)
        self.links_dock = self._add("links", self.tr("Links"), bottom, self._make_links)
        self.shelf_dock = self._add("shelf", self.tr("Orphan shelf"), bottom, self._make_shelf)

    def show_note(self, annotation: "Annotation") -> None:
        """Bring the notes up with one of them ready to be changed."""
        self.show(self.notes_dock)
        if self._notes is not None:
            self._notes.show_annotation(annotation)

    def show_memos(self, target: "Target", title: str) -> None:
        """Bring the notes up with the memos on a thing: a series, a finding, a plot."""
        self.show(self.notes_dock)
        if self._notes is not None:
            self._notes.show_target(target, title)

    def follow(self, annotation: "Annotation") -> None:
        """An annotation was pointed at: where the notes are open they show it."""
        if self._notes is not None and self._notes.isVisible() and annotation.body:
            self._notes.show_annotation(annotation)

    def edit_text(self, source: "Source") -> None:
        """Open the window in which a source's text is corrected."""
        if self._editor is None:
            from desktop.panels.text_editor import TextEditor

            self._editor = TextEditor(self._session, self._window)
            self._editor.noted.connect(self.noted)
            self._editor.shelf_requested.connect(partial(self.show, self.shelf_dock))
        self._editor.open_source(source)

    def shelf(self) -> "ShelfPanel | None":
        return self._shelf

    def _make_tags(self) -> QWidget:
        from desktop.panels.tags import TagsPanel

        panel = TagsPanel(self._session, self._window)
        panel.tag_given.connect(self.tag_given)
        panel.tag_activated.connect(self._show_tag)
        panel.noted.connect(self.noted)
        panel.reload()
        return panel

    def _make_notes(self) -> QWidget:
        from desktop.panels.notes import NotesPanel

        panel = NotesPanel(self._session, self._window)
        panel.place_activated.connect(self.place_activated)
        panel.thing_activated.connect(self.thing_activated)
        panel.noted.connect(self.noted)
        self._notes = panel
        return panel

    def _make_table(self) -> QWidget:
        from desktop.panels.annotations import AnnotationsPanel

        panel = AnnotationsPanel(self._session, self._window)
        panel.place_chosen.connect(self.place_chosen)
        panel.place_activated.connect(self.place_activated)
        panel.thing_activated.connect(self.thing_activated)
        panel.annotation_chosen.connect(self.follow)
        panel.noted.connect(self.noted)
        panel.reload()
        self._table = panel
        return panel

    def _make_links(self) -> QWidget:
        from desktop.panels.links import LinksPanel

        panel = LinksPanel(self._session, self._window)
        panel.place_activated.connect(self.place_activated)
        panel.noted.connect(self.noted)
        panel.reload()
        return panel

    def _make_shelf(self) -> QWidget:
        from desktop.panels.shelf import ShelfPanel

        panel = ShelfPanel(self._session, self._window)
        panel.place_activated.connect(self.place_activated)
        panel.selection_wanted.connect(self.selection_wanted)
        panel.noted.connect(self.noted)
        panel.reload()
        self._shelf = panel
        return panel

    def _show_tag(self, tag_id: int, path: str) -> None:
        self.show(self.table_dock)
        if self._table is not None:
            self._table.show_tag(tag_id, path)
