"""What Qt needs of the system is named, and one that is missing is one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import system_libraries

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_readme_names_every_library_that_is_looked_for():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    run_line, test_line = (line for line in readme.splitlines() if line.startswith("sudo apt-get"))
    for package in system_libraries.ALWAYS.values():
        assert package in run_line.split()
        assert package in test_line.split()
    for package in (system_libraries.UNDER_X11 | system_libraries.UNDER_WAYLAND).values():
        assert package in run_line.split()


def test_only_what_the_platform_needs_is_wanted():
    assert system_libraries.wanted({"QT_QPA_PLATFORM": "offscreen"}) == system_libraries.ALWAYS
    assert "libxcb-cursor.so.0" in system_libraries.wanted({"DISPLAY": ":0"})
    assert "libwayland-cursor.so.0" in system_libraries.wanted({"WAYLAND_DISPLAY": "wayland-0"})
    assert not system_libraries.has_screen({}) or not sys.platform.startswith("linux")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the names are Linux's")
def test_a_missing_library_is_one_sentence(monkeypatch):
    code = (
        "from desktop import system_libraries, command_line\n"
        "system_libraries.ALWAYS['libthereisnone.so.7'] = 'libthereisnone7'\n"
        "command_line.main()"
    )
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "libthereisnone7" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
