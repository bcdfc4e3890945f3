"""Turns a checkout into installers: `python packaging/build.py`, the same on every system.

Catalogues, a Python environment of its own, SQLite, the freezer, licences and bill of materials, a
smoke test of what was frozen, the installers of this system, checksums. Everything lands in dist/.
On Linux run it with the Python of the oldest Debian the package is for (its glibc is the floor):
`/usr/bin/python3 packaging/build.py`, with python3-venv, libpython3.11, gcc, npm and dpkg.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import contents
import deb
import project
import smoke
import sqlite_library
from project import BUILD, DIST, HERE, ROOT

LINUX = sys.platform.startswith("linux")
WINDOWS = sys.platform == "win32"
MAC = sys.platform == "darwin"
FROZEN = BUILD / "dist" / project.COMMAND


def main() -> None:
    """Build everything there is for this system."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--quick", action="store_true", help="compress little: for trying")
    asked.add_argument("--frozen-only", action="store_true", help="stop after the smoke test")
    asked.add_argument("--checksums-only", action="store_true", help="of what was signed meanwhile")
    options = asked.parse_args()
    if options.checksums_only:
        checksums([each for each in DIST.iterdir() if not each.name.startswith("SHA256SUMS")])
        return
    os.environ["SOURCE_DATE_EPOCH"] = str(project.epoch())
    # Two builds of one commit shall be one: a set's order would be in the frozen modules.
    os.environ["PYTHONHASHSEED"] = "0"
    BUILD.mkdir(parents=True, exist_ok=True)
    with step("an environment of its own"):
        python = environment()
    with step("catalogues and icons"):
        catalogues(python)
        drawings = [
            str(ROOT / "resources/icons" / f"{each}.svg") for each in ("muniment", "document")
        ]
        run(python, HERE / "icons.py", BUILD / "icons", *drawings)
    sqlite = None
    if not MAC:  # there it is inside Python's module; the smoke test holds it to the floor
        with step("SQLite"):
            sqlite = sqlite_library.library(BUILD / "sqlite")
    with step("freezing"):
        freeze(python, sqlite)
    with step("licences and bill of materials"):
        shipped = inventory(python, sqlite)
    with step("smoke test"):
        smoke.smoke(program(), picture=BUILD / "window.png")
    if options.frozen_only:
        return
    DIST.mkdir(exist_ok=True)
    for old in DIST.glob(f"{project.COMMAND}*"):
        old.unlink()
    with step("installers"):
        made = installers(quick=options.quick)
    for path, text in shipped.items():
        (DIST / path).write_text(text, encoding="utf-8")
        made.append(DIST / path)
    checksums(made)


# -- steps ------------------------------------------------------------------------------------


def environment() -> Path:
    """The Python of a fresh environment with the program's dependencies and the freezer."""
    folder = BUILD / "venv"
    python = folder / ("Scripts/python.exe" if WINDOWS else "bin/python")
    stamp = folder / "made-of"
    of = [ROOT / "pyproject.toml", ROOT / "constraints.txt", HERE / "requirements.txt"]
    wanted = sys.version + hashlib.sha256(b"".join(each.read_bytes() for each in of)).hexdigest()
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        run(sys.executable, "-m", "venv", folder)
        pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        needed = folder / "needed.txt"  # not the project: installing it leaves files in a checkout
        needed.write_text("\n".join(project.pyproject()["dependencies"]), encoding="utf-8")
        run(*pip, "-c", ROOT / "constraints.txt", "-r", needed, "-r", HERE / "requirements.txt")
        stamp.write_text(wanted, encoding="utf-8")
    return python


def catalogues(python: Path) -> None:
    """resources/i18n/*.ts -> *.qm, where there are any."""
    release = python.with_name("pyside6-lrelease" + (".exe" if WINDOWS else ""))
    for source in sorted((ROOT / "resources" / "i18n").glob("*.ts")):
        run(release, "-silent", source, "-qm", source.with_suffix(".qm"))


def freeze(python: Path, sqlite: Path | None) -> None:
    """The one-folder program in build/frozen/dist."""
    shutil.rmtree(BUILD / "dist", ignore_errors=True)
    if WINDOWS:
        text = project.filled(HERE / "windows/version.txt", NUMBERS=numbers())
        (BUILD / "version.txt").write_text(text, encoding="utf-8")
    given = {"MUNIMENT_BUILD": str(BUILD), "MUNIMENT_SQLITE": str(sqlite or "")}
    command = [python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level=WARN"]
    command += ["--distpath", BUILD / "dist", "--workpath", BUILD / "work", HERE / "muniment.spec"]
    subprocess.run(list(map(str, command)), check=True, cwd=BUILD, env=os.environ | given)


def inventory(python: Path, sqlite: Path | None) -> dict[str, str]:
    """Puts the licences into the folder, refuses paths of this machine; what dist/ gets of it."""
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    said = subprocess.run([python, "-c", ask], check=True, capture_output=True, text=True)
    inside = contents.parts(BUILD / "contents.json", Path(said.stdout.strip()), sqlite)
    contents.licences(inside, FROZEN / "licences")
    # /root stands in wheels from builders of their own; elsewhere a home names a person.
    tells = {str(ROOT), str(Path.home()), sys.base_prefix} - {"/root", "/usr", "/usr/local"}
    if found := contents.traces(FROZEN, sorted(tells)):
        raise SystemExit("What was frozen names this machine:\n" + "\n".join(found[:20]))
    end = f"{project.version()}-{label()}"
    return {
        f"{project.COMMAND}-{end}.cdx.json": contents.bill(inside),
        f"{project.COMMAND}-{end}-third-party.txt": (
            FROZEN / "licences" / "THIRD-PARTY.txt"
        ).read_text(encoding="utf-8"),
    }


def installers(*, quick: bool) -> list[Path]:
    """What people of this system install or unpack."""
    name = f"{project.COMMAND}-{project.version()}-{label()}"
    if LINUX:
        root = BUILD / "deb"
        deb.tree(FROZEN, BUILD / "icons", FROZEN / "licences", root)
        return [deb.pack(root, DIST, quick=quick), portable(DIST / f"{name}.tar.xz", quick=quick)]
    if WINDOWS:
        archive = shutil.make_archive(
            str(DIST / f"{name}-portable"), "zip", FROZEN.parent, FROZEN.name
        )
        setup = DIST / f"{name}-setup.exe"
        run("makensis", "-V2", *nsis_facts(FROZEN, setup), HERE / "windows" / "muniment.nsi")
        return [Path(archive), setup]
    image = DIST / f"{name}.dmg"
    run("bash", HERE / "macos" / "image.sh", BUILD / "dist" / "Muniment.app", image)
    return [image]


def nsis_facts(frozen: Path, setup: Path) -> list[str]:
    """What muniment.nsi is told; makensis on Debian takes the same words."""
    size = sum(each.stat().st_size for each in frozen.rglob("*") if each.is_file()) // 1024
    facts = {
        "VERSION": project.version(),
        "NUMBERS": numbers().replace(", ", "."),
        "FROZEN": str(frozen),
        "SETUP": str(setup),
        "ICONS": str(BUILD / "icons"),
        "SIZE": str(size),
    }
    return [f"-D{name}={fact}" for name, fact in facts.items()]


def portable(into: Path, *, quick: bool) -> Path:
    """The folder as it is, in a .tar.xz that two builds of one commit make alike."""

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = ""
        member.mtime = project.epoch()
        member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
        return member

    folder = f"{project.COMMAND}-{project.version()}"
    with tarfile.open(into, "w:xz", preset=0 if quick else 6) as archive:
        for each in sorted([FROZEN, *FROZEN.rglob("*")]):
            inside = Path(folder) / each.relative_to(FROZEN)
            archive.add(each, str(inside), recursive=False, filter=plain)
    return into


def checksums(made: list[Path]) -> None:
    """SHA256SUMS of everything that is handed out, as `sha256sum -c` reads it."""
    lines = []
    for each in sorted(made):
        with each.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        lines.append(f"{digest}  {each.name}\n")
        print(f"{each.stat().st_size / 1e6:8.1f} MB  {each.name}")
    name = f"SHA256SUMS-{label()}"
    (DIST / name).write_text("".join(lines), encoding="utf-8", newline="\n")


# -- facts ------------------------------------------------------------------------------------


def program() -> Path:
    """What a terminal starts."""
    if WINDOWS:
        return FROZEN / "muniment-cli.exe"
    if MAC:
        return BUILD / "dist" / "Muniment.app" / "Contents" / "MacOS" / project.COMMAND
    return FROZEN / project.COMMAND


def label() -> str:
    """The system in a file's name: linux-x86_64, windows-x64, macos-arm64."""
    import platform

    machine = platform.machine().lower()
    if WINDOWS:
        return "windows-" + {"amd64": "x64"}.get(machine, machine)
    return f"{'macos' if MAC else 'linux'}-{machine}"


def numbers() -> str:
    """The version as Windows wants it: four numbers."""
    import re

    found = re.findall(r"\d+", project.version())[:3]
    return ", ".join([*found, "0", "0", "0"][:4])


def run(*command: object) -> None:
    subprocess.run([str(word) for word in command], check=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    began = time.monotonic()
    print(f"== {name}", flush=True)
    yield
    print(f"   {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
