"""The application: style, translators, log, the exception window, and the one main window."""

import sys
from pathlib import Path

import PySide6
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QLibraryInfo,
    QLocale,
    QObject,
    Qt,
    QTranslator,
    Signal,
)
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

import resources
from desktop import log, theme
from desktop.collector import IdleCollector
from desktop.log import Bugs
from desktop.plurals import EnglishPlurals
from desktop.settings import Settings
from desktop.window import MainWindow

# How long a job's thread may hold the interpreter while the window's thread waits for it. A key
# takes many such waits; with Python's 5 ms the slowest took 104 ms during an import.
SECONDS_A_TURN = 0.001


def run(path: Path | None, link: str = "") -> int:
    """Show the window, open the archive at `path` (at `link`) once it is painted; the exit code."""
    application = make()
    settings = Settings()
    log_file = log.start()
    theme.apply(application, settings.theme)
    window = MainWindow(settings, log_file)
    window.follow_when_open(link)
    bugs = Bugs(lambda text: show_bug(window, log_file, text), application)
    bugs.install()
    window.painted.connect(lambda: _begin(window, path), Qt.ConnectionType.QueuedConnection)
    asked = FilesOfSystem(application)
    asked.asked.connect(window.open_archive, Qt.ConnectionType.QueuedConnection)
    window.show()
    try:
        return application.exec()
    finally:
        bugs.remove()
        log.stop()


class FilesOfSystem(QObject):
    """Says which file the system asks to be opened: macOS tells by an event, not by an argument."""

    asked = Signal(object)  # Path

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.asked.emit(Path(event.file()))
            return True
        return super().eventFilter(watched, event)


def takes_from_none(python: tuple[int, ...], pyside: tuple[int, ...]) -> bool:
    """Whether this pair ends without warning: each void call takes a reference from None.

    Measured with PySide6 6.12.0 on Python 3.11; from 3.12 on None cannot be used up.
    """
    return python < (3, 12) and pyside >= (6, 12)


def make() -> QApplication:
    """The application object, named, styled and translated; the one there is if there is one."""
    if takes_from_none(sys.version_info[:2], PySide6.__version_info__[:2]):
        raise SystemExit(
            "This PySide6 ends programs without warning on Python 3.11; install one below 6.12."
        )
    sys.setswitchinterval(SECONDS_A_TURN)
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    QCoreApplication.setApplicationName("Muniment")
    QCoreApplication.setOrganizationName("Muniment")
    application.setDesktopFileName("org.muniment.Muniment")  # its menu entry, for Wayland
    application.setStyle("Fusion")
    if QLocale().language() == QLocale.Language.C:
        # A bare system has no language; numbers without separators cannot be read.
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    _translate(application)
    return application


def show_bug(window: MainWindow, log_file: Path | None, text: str) -> None:
    """Put one more error into the exception window."""
    from desktop.panels.bug import BugWindow

    shown = window.findChild(BugWindow) or BugWindow(log_file, window)
    shown.add(text)


def _begin(window: MainWindow, path: Path | None) -> None:
    IdleCollector(window.session.jobs, window)
    if path is not None:
        window.open_archive(path)
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.setWindowIcon(QIcon(str(resources.path("icons/muniment.svg"))))
    window.furnish()


def _translate(application: QApplication) -> None:
    """Plurals of the source language first, then Qt's own words, then ours: the last is asked first."""
    plurals = EnglishPlurals(application)
    application.installTranslator(plurals)
    locale = QLocale()
    folders = (
        (QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), "qtbase"),
        (str(resources.path("i18n")), "muniment"),
    )
    for folder, name in folders:
        translator = QTranslator(application)
        if translator.load(locale, name, "_", folder):
            application.installTranslator(translator)
