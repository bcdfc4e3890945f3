import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.actions import COMMANDS

ROOT = Path(__file__).resolve().parents[2]


def opened(window, qtbot, idle, path):
    window.open_archive(path)
    qtbot.waitUntil(window.session.is_open, timeout=10_000)
    idle(window)


def ran(code):
    """A program of its own, since what is imported and made here cannot be taken back."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


def test_heavy_libraries_are_imported_after_the_first_paint():
    code = (
        "import sys; from PySide6.QtCore import QSettings, Qt\n"
        "from desktop import app; from desktop.settings import Settings\n"
        "from desktop.window import MainWindow\n"
        "application = app.make(); window = MainWindow(Settings())\n"
        "heavy = {'pyqtgraph', 'numpy', 'sqlite_utils', 'lxml', 'snowballstemmer', 'click'}\n"
        "def look():\n"
        "    print(sorted(heavy & set(sys.modules)), flush=True)\n"
        "    window.close()\n"
        "window.painted.connect(look, Qt.ConnectionType.QueuedConnection)\n"
        "window.show(); application.exec()\n"
    )
    run = ran(code)
    assert (run.returncode, run.stdout.strip()) == (0, "[]"), run.stderr


def test_no_class_of_qt_is_still_to_be_made_when_the_plot_is_imported_on_a_thread():
    # Made by two threads at once, one of them crashes.
    code = (
        "import sys; from PySide6 import QtCore, QtGui, QtWidgets\n"
        "from desktop import app, window; from desktop.settings import Settings\n"
        "def look(_progress):\n"
        "    print('QSemaphore' in vars(QtCore), 'QPageLayout' in vars(QtGui), flush=True)\n"
        "    print('QCalendarWidget' in vars(QtWidgets), flush=True)\n"
        "window._preload = look\n"
        "application = app.make(); shown = window.MainWindow(Settings())\n"
        "print('QPageLayout' in vars(QtGui))\n"
        "shown.painted.connect(shown.furnish, QtCore.Qt.ConnectionType.QueuedConnection)\n"
        "shown.session.jobs.idle.connect(shown.close)\n"
        "shown.show(); application.exec()\n"
    )
    run = ran(code)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == ["False", "True", "True", "True"]


def test_the_program_starts_opens_an_archive_and_ends(harbour, tmp_path):
    code = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from desktop import app\n"
        "real = app._begin\n"
        "def begin(window, path):\n"
        "    def seen():\n"
        "        print(window.windowTitle(), flush=True); window.close()\n"
        "    window.session.opened.connect(seen); real(window, path)\n"
        "app._begin = begin\n"
        f"sys.exit(app.run(Path({str(harbour)!r})))\n"
    )
    run = ran(code)
    assert (run.returncode, run.stdout.strip()) == (0, "Harbour – Muniment"), run.stderr


def test_the_welcome_page_says_why_an_archive_did_not_open(window, qtbot, tmp_path):
    strange = tmp_path / "strange.muniment"
    strange.write_text("not a database")
    window.open_archive(strange)
    qtbot.waitUntil(lambda: "not a Muniment archive" in window.welcome.said(), timeout=5000)
    assert not window.session.is_open()


def test_an_archive_opened_once_is_offered_again(window, qtbot, idle, harbour):
    opened(window, qtbot, idle, harbour)
    window.command("close")
    qtbot.waitUntil(lambda: not window.session.is_open())
    recent = window.welcome._recent
    assert recent.count() == 1
    recent.itemActivated.emit(recent.item(0))
    qtbot.waitUntil(window.session.is_open, timeout=5000)
    idle(window)


def test_commands_that_need_an_archive_wait_for_one(window, qtbot, idle, harbour):
    assert not window.command_is_available("import")
    assert window.command_is_available("open")
    opened(window, qtbot, idle, harbour)
    assert window.command_is_available("import")
    assert not window.command_is_available("accept")


def test_every_command_has_something_to_do(window):
    window.furnish()
    assert window.command_ids() == {command.id for command in COMMANDS}


def test_f6_goes_round_the_panes(window, qtbot, idle, harbour):
    opened(window, qtbot, idle, harbour)
    window.activateWindow()
    panes = (window.desk.library, window.desk.tabs.currentWidget(), window.desk.inspector)
    window.desk.library.setFocus()
    seen = []
    for _ in range(4):
        focus = QApplication.focusWidget()
        seen.append(next(n for n, pane in enumerate(panes) if pane.isAncestorOf(focus)))
        window.command("next_pane")
    assert seen == [0, 1, 2, 0]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_is_put_on_at_once_and_kept(window, settings, theme):
    window.command(f"theme_{theme}")
    base = QApplication.palette().color(QPalette.ColorRole.Base)
    assert (base.lightness() < 128) == (theme == "dark")
    assert settings.theme == theme
    window.command("theme_light")


def test_what_a_person_can_reach_has_a_name(window, qtbot, idle, harbour):
    opened(window, qtbot, idle, harbour)
    nameless = []
    for name in ("find", "figures", "read"):
        window.desk.show_tab(name)
        idle(window)
        for widget in window.findChildren(QWidget):
            reachable = (
                widget.isVisible()
                and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
                and not widget.objectName().startswith("qt_")
            )
            told = widget.accessibleName() or getattr(widget, "text", str)()
            if reachable and not told and type(widget).__module__.startswith("desktop"):
                nameless.append(type(widget).__name__)
    assert set(nameless) <= {"_Page", "Library", "Reader", "SearchPanel", "FiguresPanel"}


def test_the_palette_runs_the_command_typed(window, qtbot, idle, harbour):
    opened(window, qtbot, idle, harbour)
    window.command("palette")
    from desktop.panels.command_palette import CommandPalette

    palette = window.findChild(CommandPalette)
    qtbot.keyClicks(palette._line, "figures tab")
    assert palette._list.count() == 1
    qtbot.keyClick(palette._line, Qt.Key.Key_Return)
    assert window.desk.tab() == "figures"
    idle(window)


def test_about_names_the_log_file_and_the_versions(window, qtbot):
    from desktop.panels.about import About
    from desktop.plain import Label

    about = About(Path("logs") / "muniment.log", window)
    qtbot.addWidget(about)
    told = [label.text() for label in about.findChildren(Label)]
    assert str(Path("logs") / "muniment.log") in told
    assert any("PySide6" in text for text in told)


def test_a_bug_is_shown_and_logged_without_the_words_it_met(window, qtbot, tmp_path):
    from desktop import log
    from desktop.app import show_bug
    from desktop.log import Bugs
    from desktop.panels.bug import BugWindow

    file = log.start(tmp_path / "logs")
    bugs = Bugs(lambda text: show_bug(window, file, text))
    try:
        raise ValueError("the cannery borrowed $12,500")
    except ValueError as error:
        bugs._take(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: window.findChild(BugWindow) is not None)
    shown = window.findChild(BugWindow)
    qtbot.addWidget(shown)
    assert "cannery" in shown.text()
    assert "Python" in shown.text()
    log.stop()
    logged = file.read_text("utf-8")
    assert "ValueError" in logged
    assert "test_window.py" in logged
    assert "cannery" not in logged


def test_counts_are_written_in_proper_english(window):
    assert window.tr("%n source(s)", "", 1) == "1 source"
    assert window.tr("%n source(s)", "", 2) == "2 sources"


def test_help_shows_the_programs_own_pages_and_finds_them_by_words(window, qtbot):
    window.command("help")
    from desktop.panels.help import Help

    helping = window.findChild(Help)
    qtbot.addWidget(helping)
    assert "Muniment" in helping._page.toPlainText()
    every = helping._list.count()
    qtbot.keyClicks(helping._filter, "boilerplate")
    qtbot.waitUntil(lambda: 0 < helping._list.count() < every)
    from PySide6.QtCore import QUrl

    assert helping._page.loadResource(2, QUrl("http://example.org/x.png")) is None


def test_a_kind_narrows_a_search_whatever_is_typed(window, qtbot, idle, harbour):
    opened(window, qtbot, idle, harbour)
    window.desk.show_tab("find")
    search = window.desk.search
    for kind, least in (("paragraph", 1), ("footnote", 0)):
        search.ask('"barrels')
        idle(window)
        search._toggle("kind", kind)
        idle(window)
        assert (search._found.hits.rowCount() > 0) == bool(least)
    qtbot.mouseClick(search._empty._step, Qt.MouseButton.LeftButton)
    idle(window)
    assert search.words() == '"barrels"'
    assert search._found.hits.rowCount() > 0


def test_a_search_that_finds_nothing_offers_the_nearest_that_would(window, qtbot, idle, harbour):
    opened(window, qtbot, idle, harbour)
    window.desk.show_tab("find")
    search = window.desk.search
    search.ask("barrelz")
    idle(window)
    assert search._found.hits.rowCount() == 0
    assert "barrelz" in search._offers.text()
    nearest = search._offers.buttons()[0]
    assert "barrel" in nearest.text()
    qtbot.mouseClick(nearest, Qt.MouseButton.LeftButton)
    idle(window)
    assert search._found.hits.rowCount() > 0


def test_all_docks_of_the_foot_lie_on_one_pile_and_the_window_stays_as_wide(
    window, qtbot, idle, harbour
):
    window.open_archive(harbour)
    qtbot.waitUntil(window.session.is_open, timeout=10_000)
    idle(window)
    wide = window.width()
    for command in ("review", "findings", "series", "history", "annotations", "links", "shelf"):
        window.command(command)
        idle(window)
        assert window.width() == wide, command
    docks = [
        window.desk.docks.history_dock,
        *window.tabifiedDockWidgets(window.desk.docks.history_dock),
    ]
    assert {"annotations", "links", "shelf"} <= {dock.objectName() for dock in docks}


def test_every_tab_fits_between_docks_on_both_sides_at_1280_pixels(window, qtbot, idle, harbour):
    window.open_archive(harbour)
    qtbot.waitUntil(window.session.is_open, timeout=10_000)
    idle(window)
    window.command("tags")
    window.command("notes")
    for command in ("tab_read", "tab_find", "tab_figures", "tab_compare", "accounts", "tab_plot"):
        window.command(command)
        idle(window)
        assert window.width() == 1280, command
