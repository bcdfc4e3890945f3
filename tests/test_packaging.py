"""What of the installers can be checked without building them: versions, paths, contents, words."""

import importlib
import json
import plistlib
import re
import shutil
import struct
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from lxml import etree

from db import schema, stable_link
from desktop import system_libraries

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "packaging"


@pytest.fixture
def part(monkeypatch):
    """A module of packaging/, which is a folder of scripts and no package."""
    monkeypatch.syspath_prepend(str(HERE))

    def imported(name):
        return importlib.import_module(name)

    before = set(sys.modules)
    yield imported
    for name in set(sys.modules) - before:
        if str(HERE) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


def wayland_name():
    text = (ROOT / "desktop/app.py").read_text(encoding="utf-8")
    found = re.search(r'setDesktopFileName\("([^"]+)"\)', text)
    assert found
    return found[1]


def test_every_package_has_the_version_of_the_project(part):
    with (ROOT / "pyproject.toml").open("rb") as file:
        version = tomllib.load(file)["project"]["version"]
    project, build = part("project"), part("build")
    assert project.version() == version
    plist = plistlib.loads(project.filled(HERE / "macos/Info.plist").encode())
    assert plist["CFBundleShortVersionString"] == plist["CFBundleVersion"] == version
    metainfo = etree.fromstring(project.filled(HERE / "linux/metainfo.xml").encode())
    assert metainfo.find("releases/release").get("version") == version
    assert build.numbers().replace(", ", ".").startswith(version)
    assert build.numbers().count(",") == 3


def test_a_template_with_a_mark_nobody_knows_is_refused(part, tmp_path):
    template = tmp_path / "a"
    template.write_text("Name=@NAME@ @WEATHER@", encoding="utf-8")
    with pytest.raises(ValueError, match="@WEATHER@"):
        part("project").filled(template)


def test_one_name_leads_from_the_window_to_its_menu_entry_on_every_system(part):
    project = part("project")
    assert wayland_name() == project.IDENTIFIER
    plist = plistlib.loads(project.filled(HERE / "macos/Info.plist").encode())
    metainfo = etree.fromstring(project.filled(HERE / "linux/metainfo.xml").encode())
    assert plist["CFBundleIdentifier"] == metainfo.findtext("id") == project.IDENTIFIER
    assert metainfo.findtext("launchable") == f"{project.IDENTIFIER}.desktop"
    flatpak = HERE / "flatpak" / f"{project.IDENTIFIER}.yml"
    assert f"id: {project.IDENTIFIER}\n" in flatpak.read_text(encoding="utf-8")


def test_an_archive_is_known_by_its_suffix_and_its_bytes_and_a_link_by_its_scheme(part):
    project = part("project")
    assert project.APPLICATION_ID == schema.APPLICATION_ID
    mime = etree.fromstring(project.filled(HERE / "linux/mime.xml").encode())
    space = {"m": mime.nsmap[None]}
    kind = mime.find("m:mime-type", space)
    assert kind.get("type") == project.MEDIA_TYPE
    assert kind.find("m:glob", space).get("pattern") == "*.muniment"
    inner = kind.find("m:magic/m:match/m:match", space)
    assert int(inner.get("value"), 16) == schema.APPLICATION_ID
    assert inner.get("offset") == "68"
    entry = project.filled(HERE / "linux/muniment.desktop")
    scheme = stable_link.SCHEME.removesuffix(":")
    assert f"MimeType={project.MEDIA_TYPE};x-scheme-handler/{scheme};\n" in entry
    assert "Exec=muniment open %u\n" in entry  # %f would turn a link into no argument
    plist = plistlib.loads(project.filled(HERE / "macos/Info.plist").encode())
    exported = plist["UTExportedTypeDeclarations"][0]
    assert exported["UTTypeTagSpecification"]["public.filename-extension"] == ["muniment"]
    opened = plist["CFBundleDocumentTypes"][0]["LSItemContentTypes"]
    assert opened == [exported["UTTypeIdentifier"]]


def test_the_package_declares_every_library_the_program_looks_for(part):
    declared = " ".join(part("deb").DEPENDS)
    wanted = system_libraries.ALWAYS | system_libraries.UNDER_X11 | system_libraries.UNDER_WAYLAND
    assert not [package for package in wanted.values() if package not in declared]


def test_the_floor_of_sqlite_is_the_same_wherever_it_is_said(part):
    project, sqlite = part("project"), part("sqlite_library")
    start = (HERE / "frozen_start.py").read_text(encoding="utf-8")
    assert f"sqlite_version_info < {project.SQLITE_FLOOR!r}" in start
    assert tuple(map(int, sqlite.VERSION.split("."))) >= project.SQLITE_FLOOR


def test_a_source_of_sqlite_that_is_another_is_not_compiled(part, tmp_path):
    (tmp_path / "sqlite3.c").write_text("int main;", encoding="utf-8")
    with pytest.raises(SystemExit, match="is not the amalgamation"):
        part("sqlite_library").library(tmp_path)


@pytest.mark.parametrize(
    ("destination", "source", "stays_behind"),
    [
        ("PySide6/Qt/lib/libQt6Core.so.6", "", False),
        ("PySide6/Qt/lib/libQt6Quick.so.6", "", True),
        ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", "", True),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "", False),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", "", False),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", "", True),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", "", True),
        ("PySide6\\plugins\\platforms\\qwindows.dll", "", False),
        ("PySide6\\opengl32sw.dll", "", True),
        ("PySide6/Qt/translations/qtbase_ru.qm", "", False),
        ("PySide6/Qt/translations/qtbase_pl.qm", "", True),
        ("libsqlite3.so.0", "/usr/lib/x86_64-linux-gnu/libsqlite3.so.0", False),
        ("libstdc++.so.6", "/usr/lib/x86_64-linux-gnu/libstdc++.so.6", True),
        ("libfontconfig.so.1", "/lib/x86_64-linux-gnu/libfontconfig.so.1", True),
        ("python3.11/lib-dynload/_json.so", "/usr/lib/python3.11/lib-dynload/_json.so", False),
        ("numpy.libs/libscipy_openblas64_.so", "/home/x/numpy.libs/libscipy_openblas64_.so", False),
    ],
)
def test_what_of_qt_and_of_the_system_stays_behind(part, destination, source, stays_behind):
    assert part("left_out").is_left_out(destination, source) is stays_behind


def test_the_readme_tells_everything_of_qt_that_is_left_out(part):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [what for what, _, _ in part("left_out").OF_QT if what not in readme] == []


def test_nothing_that_an_exporter_or_reader_imports_is_left_out(part):
    used = set()
    for folder in ("db", "desktop"):
        for file in (ROOT / folder).rglob("*.py"):
            text = file.read_text(encoding="utf-8")
            used |= set(re.findall(r"^\s*(?:from|import) ([\w.]+)", text, re.MULTILINE))
    assert not used & set(part("left_out").MODULES)


def test_icons_of_windows_and_macos_hold_what_their_heads_say(part, qapp):
    icons = part("icons")
    drawing = ROOT / "resources/icons/document.svg"
    pictures = {size: icons.png(drawing, size) for size in (16, 128, 512)}
    windows = icons.ico(pictures)
    _, kind, count = struct.unpack("<HHH", windows[:6])
    assert (kind, count) == (1, 2)
    for number in range(count):
        length, offset = struct.unpack("<II", windows[6 + 16 * number + 8 : 6 + 16 * number + 16])
        assert windows[offset : offset + 8] == b"\x89PNG\r\n\x1a\n"
        assert length in map(len, pictures.values())
    apple = icons.icns(pictures)
    assert apple[:4] == b"icns"
    assert struct.unpack(">I", apple[4:8]) == (len(apple),)


def test_a_path_of_the_building_machine_is_found_in_what_was_frozen(part, tmp_path):
    (tmp_path / "clean").write_bytes(b"/usr/lib")
    (tmp_path / "told").write_bytes(b"\0/home/somebody/checkout\0")
    found = part("contents").traces(tmp_path, ["/home/somebody"])
    assert found == ["told: /home/somebody"]


def test_the_bill_of_materials_names_parts_and_is_the_same_twice(part, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    contents = part("contents")
    inside = [
        contents.Part("SQLite", "3.54.1", "blessing", "pkg:generic/sqlite@3.54.1"),
        contents.Part("click", "8.5.1", "BSD-3-Clause", "pkg:pypi/click@8.5.1"),
    ]
    bill = json.loads(contents.bill(inside))
    assert contents.bill(inside) == contents.bill(inside)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert [each["purl"] for each in bill["components"]] == [each.purl for each in inside]
    assert bill["dependencies"][0]["dependsOn"] == [each.purl for each in inside]
    assert bill["metadata"]["timestamp"].startswith("2001-09-09")


def test_the_windows_setup_asks_for_no_rights_and_leaves_other_files_alone():
    script = (HERE / "windows/muniment.nsi").read_text(encoding="utf-8")
    assert "RequestExecutionLevel user" in script
    assert "HKLM" not in script
    removal = script.split('Section "Uninstall"')[1]
    assert 'RMDir /r "$INSTDIR"' not in removal
    for place in set(re.findall(r'WriteRegStr HKCU "([^"\\]+)', script)):
        assert f'DeleteRegKey HKCU "{place}' in removal


@pytest.mark.skipif(not shutil.which("makensis"), reason="makensis is not here")
def test_the_windows_setup_compiles(tmp_path, part, qapp):
    frozen, icons = tmp_path / "frozen", tmp_path / "icons"
    frozen.mkdir()
    (frozen / "Muniment.exe").write_bytes(b"MZ")
    for name in ("muniment", "document"):
        part("icons").write(ROOT / f"resources/icons/{name}.svg", icons)
    setup = tmp_path / "muniment-setup.exe"
    facts = {"VERSION": "1.2.3", "NUMBERS": "1.2.3.0", "FROZEN": frozen, "SETUP": setup}
    facts |= {"ICONS": icons, "SIZE": 1}
    told = [f"-D{name}={fact}" for name, fact in facts.items()]
    subprocess.run(
        ["makensis", "-V1", "-WX", *told, str(HERE / "windows/muniment.nsi")], check=True
    )
    assert setup.read_bytes()[:2] == b"MZ"


def test_the_worker_of_a_frozen_program_is_the_program_itself(monkeypatch, tmp_path):
    from db import worker

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "Muniment.exe"))
    assert worker._command() == [str(tmp_path / "Muniment.exe"), "--worker"]
    (tmp_path / "muniment-cli.exe").touch()
    assert worker._command() == [str(tmp_path / "muniment-cli.exe"), "--worker"]


def test_a_file_that_the_system_asks_for_reaches_the_window(qapp, qtbot, tmp_path):
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtGui import QFileOpenEvent

    from desktop.app import FilesOfSystem

    files = FilesOfSystem(qapp)
    path = tmp_path / "мой архив.muniment"
    with qtbot.waitSignal(files.asked) as asked:
        QCoreApplication.sendEvent(qapp, QFileOpenEvent(str(path)))
    assert asked.args == [path]
    qapp.removeEventFilter(files)
    files.deleteLater()
