"""The border between the archive and the window, and rules about the tree that a test can keep."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "db").rglob("*.py")
)
OURS = [path for folder in ("db", "desktop") for path in (ROOT / folder).rglob("*.py")]


def test_db_imports_on_a_machine_without_qt():
    code = (
        "import importlib, sys\n"
        "sys.modules.update(dict.fromkeys(['PySide6', 'shiboken6', 'pyqtgraph']))\n"
        f"for module in {MODULES!r}: importlib.import_module(module)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_importing_an_archive_brings_neither_numpy_nor_sqlite_utils():
    code = (
        "import sys, db.archive, db.sources, db.figures, db.search, db.ingest\n"
        "print([name for name in ('numpy', 'sqlite_utils') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"


def test_packaging_never_shadows_the_library_of_that_name():
    assert not (ROOT / "packaging" / "__init__.py").exists()


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_call_that_could_truncate_or_invent_an_archive(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"truncate=True|recreate=True|enable_load_extension|enable_wal", text)
    assert not re.search(r"\bDatabase\((?!.*execute_plugins=False)", text)


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_name_that_says_nothing(path):
    assert path.stem not in {"utils", "common", "helpers", "base", "misc", "manager", "handler"}
