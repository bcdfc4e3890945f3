import os
import shutil
import sys
import threading
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

LEDGER = """Ledger of the harbour office

On 3 March 1938 the office lent the cannery $12,000 for a new boiler.

In April 1939 the cannery paid back $4,500, and 30 barrels of oil were set against the rest.

The loan stood at $7,500 at the end of 1939.
"""
LETTER = """Dear cousin,

They tell me the cannery borrowed $12,500 in the spring of 1938. 🚢 I saw 30 barrels go down to
the quay, 14 of them empty.

Your Ada
"""


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory, monkeypatch):
    """No test reads or leaves anything in the person's own folders."""
    home = tmp_path_factory.mktemp("home")
    set_home(monkeypatch, home)
    return home


def set_home(patch, home):
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        patch.setenv(variable, str(home / variable.lower()))
    for variable in ("LOCALAPPDATA", "APPDATA"):
        patch.setenv(variable, str(home))


@pytest.fixture(autouse=True)
def _no_job_is_left_over():
    yield
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith("job-")]
    assert not left, f"threads left over: {left}"


@pytest.fixture(autouse=True)
def _nothing_is_left_on_the_clipboard():
    """The offscreen clipboard outlives Python: what Python made for it crashes when it goes."""
    yield
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        gui.QGuiApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def _no_key_is_left_held():
    """Qt takes the Ctrl of the last key as still held: `selectRow` in the next test would toggle."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or not isinstance(widgets.QApplication.instance(), widgets.QApplication):
        return
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    if widgets.QApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        QTest.keyRelease(widgets.QWidget(), Qt.Key.Key_Control)


@pytest.fixture
def settings(tmp_path):
    from PySide6.QtCore import QSettings

    from desktop.settings import Settings

    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def jobs(qapp):
    from desktop.jobs import Jobs

    jobs = Jobs()
    yield jobs
    assert jobs.stop()


def write_files(folder):
    folder.mkdir()
    (folder / "ledger.txt").write_text(LEDGER, "utf-8")
    (folder / "letter.txt").write_text(LETTER, "utf-8")
    return folder


@pytest.fixture
def files(tmp_path):
    return write_files(tmp_path / "box")


@pytest.fixture(scope="session")
def harbour_once(tmp_path_factory):
    """An archive of two sources and the home that knows it, made once: an import takes 2 s."""
    from db import ingest
    from db.archive import Archive

    place = tmp_path_factory.mktemp("harbour")
    with pytest.MonkeyPatch.context() as patch:
        set_home(patch, place / "home")
        with Archive.create(place / "harbour.muniment", "Harbour") as archive:
            ingest.add(archive, [write_files(place / "box")])
    return place


@pytest.fixture
def harbour(tmp_path, own_home, harbour_once):
    """The path of an archive of two sources, closed, the test's own."""
    shutil.copytree(harbour_once / "home", own_home, dirs_exist_ok=True)
    return Path(shutil.copy(harbour_once / "harbour.muniment", tmp_path))


@pytest.fixture
def window(qapp, qtbot, settings):
    from desktop.app import make
    from desktop.window import MainWindow

    make()
    window = MainWindow(settings)
    qtbot.addWidget(window, before_close_func=_end)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    yield window
    _end(window)


def _end(window):
    window.session.jobs.stop()
    window.close()


@pytest.fixture
def idle(qtbot):
    """Waits until nothing is under way in a window."""

    def wait(window):
        qtbot.waitUntil(lambda: window.session.jobs.running() == 0, timeout=20_000)

    return wait
