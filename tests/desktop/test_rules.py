"""Rules of the house that a reader of the code would have to watch for by hand."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DESKTOP = sorted((ROOT / "desktop").rglob("*.py"))


def calls(file):
    return [
        node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)
    ]


def name_of(call):
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


@pytest.mark.parametrize("file", DESKTOP, ids=lambda file: file.stem)
def test_translated_text_is_a_plain_literal(file):
    for call in calls(file):
        if name_of(call) == "tr":
            assert isinstance(call.args[0], ast.Constant), f"{file}:{call.lineno}"


@pytest.mark.parametrize("file", DESKTOP, ids=lambda file: file.stem)
def test_no_widget_reads_text_as_markup(file):
    """Bare labels, messages and tips guess whether a text is HTML; desktop/plain.py does not."""
    if file.name == "plain.py":
        return
    # Help is our own text.
    own_pages = {"help.py": {"setMarkdown"}}.get(file.name, set())
    banned = {"QLabel", "QMessageBox", "setHtml", "insertHtml", "appendHtml", "setMarkdown"}
    statics = {"information", "warning", "critical", "question", "about"}
    for call in calls(file):
        where = f"{file}:{call.lineno}"
        name = name_of(call)
        assert name not in banned - own_pages, where
        owner = getattr(getattr(call.func, "value", None), "id", "")
        assert not (owner == "QMessageBox" and name in statics), where
        assert not (owner == "QToolTip" and name == "showText"), where
        if name in ("setToolTip", "setStatusTip", "setWhatsThis"):
            argument = call.args[-1]
            safe = (
                isinstance(argument, ast.Constant)
                or (isinstance(argument, ast.Call) and name_of(argument) in ("tip", "tr"))
                or "tip" in ast.unparse(argument)
                or ast.unparse(argument).startswith("_with_key")
            )
            assert safe, where


@pytest.mark.parametrize("file", DESKTOP, ids=lambda file: file.stem)
def test_nothing_turns_the_event_loop_by_hand(file):
    for call in calls(file):
        assert name_of(call) not in ("processEvents", "QThread", "QRunnable"), (
            f"{file}:{call.lineno}"
        )


def test_this_pyside_does_not_eat_none(qapp):
    from PySide6.QtCore import QObject

    before, thing = sys.getrefcount(None), QObject()
    for _ in range(1000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 100


def test_the_pair_that_eats_none_is_refused():
    from desktop.app import takes_from_none

    assert takes_from_none((3, 11), (6, 12))
    assert not takes_from_none((3, 12), (6, 12))
    assert not takes_from_none((3, 11), (6, 11))


@pytest.mark.parametrize("file", DESKTOP, ids=lambda file: file.stem)
def test_no_row_is_chosen_by_the_keys_that_happen_to_be_held(file):
    """`selectRow` toggles while Ctrl is down; desktop/row_table.py has what does not."""
    for call in calls(file):
        assert name_of(call) != "selectRow", f"{file}:{call.lineno}"
