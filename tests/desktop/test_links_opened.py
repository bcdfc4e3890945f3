"""A copied link opens its archive at the words it means; a file's address opens the file."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from db import sources, stable_link
from db.archive import Archive
from db.records import Span
from desktop.command_line import _local_path, cli

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_window_opens_at_the_words_of_a_link(window, harbour, qtbot, idle):
    with Archive.open(harbour) as archive:
        found = next(each for each in sources.all(archive) if each.file_name == "letter.txt")
        text = sources.text(archive, found.id)
        at = text.index("14 of them")
        link = str(stable_link.of(archive, found.id, Span(at, at + 10)))
    window.follow_when_open(link)
    window.open_archive(harbour)
    qtbot.waitUntil(lambda: window.session.selection.now.span is not None, timeout=10_000)
    idle(window)
    assert window.desk.tab() == "read"
    reader = window.desk.reader
    assert reader.source().id == found.id
    assert reader._text.caret() in (at, at + 10)


def test_a_link_to_an_archive_not_known_here_is_one_sentence():
    link = f"muniment:{'1' * 8}-1111-4111-8111-{'1' * 12}/{'2' * 8}-2222-4222-8222-{'2' * 12}/1"
    done = CliRunner().invoke(cli, ["open", link])
    assert done.exit_code == 1
    assert "is not known on this computer" in done.output
    done = CliRunner().invoke(cli, ["open", "muniment:nonsense"])
    assert done.exit_code == 1
    assert "is not a link" in done.output


@pytest.mark.parametrize(
    "name",
    [
        "a.muniment",
        "мой архив.muniment",
        "試 算.muniment",
        "50% #1?.muniment",
        "e\u0301&;=+.muniment",
    ],
)
def test_the_address_of_a_file_names_the_file(tmp_path, name):
    path = tmp_path / "Ящик № 1" / name
    address = path.as_uri()
    assert address.isascii()
    assert _local_path(address) == path
    assert _local_path(address.replace("file:///", "file://localhost/")) == path
    assert _local_path(address.replace("file:///", "FILE:/")) == path


@pytest.mark.skipif(os.name == "nt", reason="names are no bytes there")
def test_the_address_of_a_name_that_is_not_utf8_names_the_file():
    assert os.fsencode(_local_path("file:///old/%E0%F0%F5%E8%E2")) == b"/old/\xe0\xf0\xf5\xe8\xe2"


@pytest.mark.parametrize(
    "given",
    [
        "50%20off.muniment",
        "/a/%41",
        "file.muniment",
        "file:",
        "file://",
        "file://[/x",
        "file://far/x",
    ],
)
def test_what_is_no_address_of_this_machine_stays_as_it_was_given(given):
    assert _local_path(given) == Path(given)


def test_the_window_opens_the_archive_of_an_address(harbour, tmp_path):
    place = tmp_path / "Ящик 試"
    place.mkdir()
    moved = Path(shutil.move(harbour, place / "мой архив #1.muniment"))
    code = (
        "from desktop import app, command_line\n"
        "real = app._begin\n"
        "def begin(window, path):\n"
        "    def seen():\n"
        "        print(window.windowTitle(), flush=True); window.close()\n"
        "    window.session.opened.connect(seen); real(window, path)\n"
        "app._begin = begin\n"
        "command_line.main()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "open", moved.as_uri()],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (run.returncode, run.stdout.strip()) == (0, "Harbour – Muniment"), run.stderr
