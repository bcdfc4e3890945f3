"""The main window: welcome page or desk, menus, drops, and an orderly end."""

import importlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QMenu, QStackedWidget

from desktop import actions, exported, looking, theme
from desktop.actions import COMMANDS, MENUS, Actions
from desktop.copying import Copying
from desktop.exchanging import Exchanging
from desktop.intake import Intake
from desktop.job_line import JobLine
from desktop.jobs import Progress
from desktop.opening import SUFFIX, Opening
from desktop.panels.welcome import Welcome
from desktop.plain import menu_text, shown
from desktop.qt_classes import QtClasses
from desktop.session import Session
from desktop.settings import Settings, Theme

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.panels.importing import ImportWindow

MILLISECONDS_OF_NOTE = 6000
MILLISECONDS_TO_CLOSE = 5000


class MainWindow(QMainWindow):
    """One archive in one window, or the welcome page. What happens inside is the desk's."""

    painted = Signal()  # once, after the first paint

    def __init__(self, settings: Settings, log: Path | None = None) -> None:
        super().__init__()
        self.log = log
        self.session = Session(settings, self)
        self.welcome = Welcome(settings, self)
        self._settings = settings
        self._opening = Opening(self.session, self)
        self.exchanging = Exchanging(self.session, self)
        self.intake = Intake(self.session, self)
        self.copying = Copying(self.session, self)
        self._actions = Actions(self)
        self._desk: Desk | None = None
        self._importing: ImportWindow | None = None
        self._to_import: list[Path] = []
        self._link = ""
        self._has_painted = False
        self._may_close = False
        self._closing = QTimer(self)
        self._closing.setSingleShot(True)
        self._closing.setInterval(MILLISECONDS_TO_CLOSE)
        self._classes = QtClasses(self)
        self._classes.made.connect(self._import_ahead)

        self.setObjectName("window")
        self.setAcceptDrops(True)
        self._centre = QStackedWidget(self)
        self._centre.addWidget(self.welcome)
        self.setCentralWidget(self._centre)
        self._menus = {name: self._menu(name, title) for name, title in MENUS}
        self.statusBar().addPermanentWidget(JobLine(self.session.jobs, self))
        self._slots = self._own_slots()
        self._connect()
        self.resize(1280, 800)
        if not settings.geometry.isEmpty():
            self.restoreGeometry(settings.geometry)
        self._actions[f"theme_{settings.theme}"].setChecked(True)
        self._show_closed()

    # -- what the application asks ----------------------------------------------------------------

    @property
    def desk(self) -> "Desk":
        """The panels around an archive: made when first needed, 50 ms that no first paint waits for."""
        if self._desk is None:
            from desktop.desk import Desk

            self._desk = Desk(self.session, self._actions, self)
            self._centre.addWidget(self._desk.tabs)
            self._menus["view"].addSeparator()
            self._menus["view"].addAction(self._desk.library_dock.toggleViewAction())
            self._menus["view"].addAction(self._desk.inspector_dock.toggleViewAction())
            for dock in self._desk.all_docks():
                self._menus["view"].addAction(dock.toggleViewAction())
            self._slots |= self._desk.slots()
            self._desk.noted.connect(self._note)
            self._desk.files_requested.connect(self._choose_files)
            self._desk.state_changed.connect(self._enable)
            self._actions.paint(self.palette())
        return self._desk

    def furnish(self) -> None:
        """What the first paint did not wait for: the desk, and on a thread what it will import."""
        self.desk  # noqa: B018  made by being asked for
        self._classes.start()

    def _import_ahead(self) -> None:
        self.session.jobs.run_outside(_preload, lambda _none: None, lambda _error: None)

    def open_archive(self, path: Path) -> None:
        self._opening.open(path)

    def follow_when_open(self, link: str) -> None:
        """Go where a stable link leads once an archive is open."""
        self._link = link

    def import_paths(self, paths: Sequence[Path], table: Path | None = None) -> None:
        """Look at files, or at those a table names, before they come in; make an archive if need be."""
        if not paths and table is None:
            return
        if not self.session.is_open():
            self._to_import = list(paths)
            if not self._opening.new():
                self._to_import = []
            return
        if not self.session.is_writable():
            self._note(self.tr("This archive is open read-only; nothing can be imported."))
            return
        # A bibliography or project is no source but another program's work on some.
        theirs = [path for path in paths if exported.is_from_elsewhere(path)]
        if theirs:
            self.exchanging.take_in(theirs)
        ours = [path for path in paths if path not in theirs]
        if ours or table is not None:
            self.import_window().take(ours, table)

    def import_window(self) -> "ImportWindow":
        """The one import window; closed it goes on with its job."""
        if self._importing is None:
            from desktop.panels.importing import ImportWindow

            self._importing = ImportWindow(self.session, self)
            self._importing.source_chosen.connect(self.desk.read_source)
        return self._importing

    def command(self, command_id: str) -> None:
        """Do what a command says, as if it had been chosen from its menu."""
        self._actions[command_id].trigger()

    def command_is_available(self, command_id: str) -> bool:
        return self._actions[command_id].isEnabled()

    def command_ids(self) -> set[str]:
        """The commands that have something to do."""
        return set(self._slots)

    # -- making -----------------------------------------------------------------------------------

    def _menu(self, name: str, title: str) -> QMenu:
        menu = self.menuBar().addMenu(QApplication.translate("Actions", title))
        for command in COMMANDS:
            if command.menu != name:
                continue
            if command.section:
                menu.addSeparator()
            menu.addAction(self._actions[command.id])
            if command.id == "sample":
                self._recent = menu.addMenu(self.tr("Opened &Lately"))
                self._recent.aboutToShow.connect(self._fill_recent)
        return menu

    def _connect(self) -> None:
        opening, session = self._opening, self.session
        self._actions.chosen.connect(self._do)
        self.welcome.open_requested.connect(opening.open)
        self.welcome.browse_requested.connect(opening.browse)
        self.welcome.new_requested.connect(opening.new)
        self.welcome.sample_requested.connect(opening.sample)
        opening.told.connect(self.welcome.say)
        opening.noted.connect(self._note)
        self.exchanging.noted.connect(self._note)
        self.intake.noted.connect(self._note)
        self.intake.found.connect(self.import_paths)
        self.intake.source_chosen.connect(lambda each: self.desk.read_source(each))
        self.copying.noted.connect(self._note)
        session.opened.connect(self._show_opened)
        session.closing.connect(self._show_closed)
        self._closing.timeout.connect(self._finish_closing)
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: self._put_on())

    def _own_slots(self) -> dict[str, Callable[[], None]]:
        opening = self._opening
        return self.intake.slots() | {
            "new": opening.ask_for_new,
            "open": opening.browse,
            "sample": opening.sample,
            "sample_anew": opening.sample_anew,
            "import": self._choose_files,
            "import_folder": self._choose_folder,
            "extract": lambda: self.import_window().extract(),
            "take_in": self.exchanging.choose_files,
            "export": self.exchanging.export,
            "print": self.exchanging.print,
            "backup": opening.back_up,
            "send_copy": self.copying.ask_to_send,
            "merge_copy": self.copying.choose_copy,
            "check": opening.check,
            "close": opening.close,
            "quit": self._quit,
            "preferences": self._show_preferences,
            "theme_system": partial(self._choose_theme, "system"),
            "theme_light": partial(self._choose_theme, "light"),
            "theme_dark": partial(self._choose_theme, "dark"),
            "palette": self._show_palette,
            "help": self._show_help,
            "keys": self._show_keys,
            "about": self._show_about,
        }

    def _do(self, command_id: str) -> None:
        if command_id not in self._slots:
            self.desk  # noqa: B018  brings its slots along
        self._slots[command_id]()

    # -- an archive opens and closes --------------------------------------------------------------

    def _show_opened(self) -> None:
        self.welcome.say("")
        self.statusBar().clearMessage()
        self._centre.setCurrentWidget(self.desk.tabs)
        title = shown(self.session.title)
        if not self.session.is_writable():
            title = self.tr("{0} (read-only)").format(title)
        self.setWindowTitle(self.tr("{0} – Muniment").format(title))
        self._enable()
        self.desk.show_opened()
        if self._link:
            link, self._link = self._link, ""
            self.desk.quoting.follow(link)
        if self._to_import:
            paths, self._to_import = self._to_import, []
            self.import_paths(paths)
        elif self.session.is_writable():
            self.import_window().look_for_stopped()

    def _show_closed(self) -> None:
        if self._centre.currentWidget() is not self.welcome:
            self.desk.show_closed()
        if self._importing is not None:
            self._importing.close()
        self.welcome.reload()
        self._centre.setCurrentWidget(self.welcome)
        self.setWindowTitle(self.tr("Muniment"))
        self._enable()

    # -- commands ---------------------------------------------------------------------------------

    def _choose_files(self) -> None:
        title = self.tr("Import Files")
        chosen, _ = QFileDialog.getOpenFileNames(self, title, self._settings.last_folder)
        if chosen:
            self._settings.last_folder = str(Path(chosen[0]).parent)
            self.import_paths([Path(path) for path in chosen])

    def _choose_folder(self) -> None:
        title = self.tr("Import a Folder")
        chosen = QFileDialog.getExistingDirectory(self, title, self._settings.last_folder)
        if chosen:
            self._settings.last_folder = chosen
            self.import_paths([Path(chosen)])

    def _quit(self) -> None:
        self.close()

    def _show_palette(self) -> None:
        from desktop.panels.command_palette import CommandPalette

        CommandPalette(self._actions, self).open()

    def _show_about(self) -> None:
        from desktop.panels.about import About

        About(self.log, self).show()

    def _show_help(self) -> None:
        from desktop.panels.help import Help

        Help(self).show()

    def _show_keys(self) -> None:
        from desktop.panels.about import Keys

        Keys(self).show()

    def _show_preferences(self) -> None:
        from desktop.panels.about import Preferences

        preferences = Preferences(self._settings, self)
        preferences.theme_chosen.connect(self._choose_theme)
        preferences.zoom_chosen.connect(self.desk.reader.set_zoom)
        preferences.name_given.connect(self.session.sign_as)
        preferences.show()

    def _fill_recent(self) -> None:
        self._recent.clear()
        for path in self._settings.recent:
            action = self._recent.addAction(menu_text(path.stem))
            action.triggered.connect(partial(self._open_recent, path))
        if self._recent.isEmpty():
            self._recent.addAction(self.tr("None yet")).setEnabled(False)

    def _open_recent(self, path: Path, _checked: bool = False) -> None:
        self._opening.open(path)

    # -- state ------------------------------------------------------------------------------------

    def _enable(self) -> None:
        holding: set[str] = set()
        if self.session.is_open():
            holding = self.desk.holding() | {actions.ARCHIVE}
            if self.session.is_writable():
                holding.add(actions.WRITABLE)
        self._actions.enable(frozenset(holding))

    def _choose_theme(self, name: Theme) -> None:
        self._settings.theme = name
        self._actions[f"theme_{name}"].setChecked(True)
        self._put_on()

    def _put_on(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme.apply(application, self._settings.theme)

    def _note(self, text: str) -> None:
        self.statusBar().showMessage(shown(text), MILLISECONDS_OF_NOTE)

    def _show_error(self, error: Exception) -> None:
        self._note(self.session.told(error))

    # -- events -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            self.painted.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and getattr(self, "_desk", None) is not None:
            self._actions.paint(self.palette())
            self.desk.paint()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        # 50,000 files make urls() take 0.2 s; their bytes are there at once.
        uris = event.mimeData().data("text/uri-list").data()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        work = partial(looking.dropped, bytes(uris))
        self.session.jobs.run_outside(work, self._take_dropped, self._show_error, replaces="drop")

    def _take_dropped(self, paths: list[Path]) -> None:
        if len(paths) == 1 and paths[0].suffix == SUFFIX:
            self._opening.open(paths[0])
        else:
            self.import_paths(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        jobs = self.session.jobs
        if jobs.running() and not self._may_close:
            event.ignore()
            if not self._closing.isActive():
                jobs.cancel_all()
                jobs.idle.connect(self._finish_closing)
                self._note(self.tr("Stopping what is under way…"))
                self._closing.start()
            return
        self._settings.geometry = self.saveGeometry()
        self._classes.stop()
        if jobs.stop(seconds=0.5):
            self.session.close()
        # else a statement still runs; the process ends and SQLite rolls back at the next opening
        event.accept()

    def _finish_closing(self) -> None:
        if not self._may_close:
            self._may_close = True
            self._closing.stop()
            self.close()


def _preload(_progress: Progress) -> None:
    # By name: nothing is bound here, and the border between the packages stays as it is.
    for name in ("db.ingest", "db.search", "numpy", "desktop.panels.plot"):
        importlib.import_module(name)
