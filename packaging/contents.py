"""What a frozen folder is made of: its SBOM (CycloneDX), its licences, and that no path is in it."""

import hashlib
import json
import platform
import re
import shutil
import subprocess
import sys
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import project
import sqlite_library

LICENCE_FILE = re.compile(r"(?i)^(licen[cs]e|copying|notice|authors|patents)")
# What the authors' metadata leaves unsaid or says in a whole page.
KNOWN = {"pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception"}


@dataclass(frozen=True)
class Part:
    """A piece of software inside the program."""

    name: str
    version: str
    licence: str
    purl: str
    texts: tuple[Path, ...] = ()


def parts(contents: Path, site_packages: Path, sqlite: Path | None) -> list[Part]:
    """Everything that went in, found from where each file came from."""
    came = json.loads(contents.read_text(encoding="utf-8"))
    sources = {source for _, source in [*came["files"], *came["modules"]]}
    found = [_python()]
    if sqlite is not None:
        found.append(_sqlite())
    owners: dict[str, metadata.Distribution] = {}
    for each in metadata.distributions(path=[str(site_packages)]):
        for file in each.files or ():
            owners[str(each.locate_file(file).resolve())] = each  # type: ignore[attr-defined]
    inside = {id(owner): owner for s in sources if (owner := owners.get(str(Path(s).resolve())))}
    by_name = {each.name.lower(): each for each in inside.values()}
    # Its bootloader is the program that a person starts.
    for each in metadata.distributions(path=[str(site_packages)]):
        if each.name.lower() in ("pyinstaller", "shiboken6"):
            by_name.setdefault(each.name.lower(), each)
    by_name.pop(project.COMMAND, None)
    found += [_distribution(each) for _, each in sorted(by_name.items())]
    of_system = {s for s in sources if s not in owners and s.startswith(("/usr/lib/", "/lib/"))}
    found += _debian(sorted(of_system))
    return found


def _python() -> Part:
    licence = Path(sys.base_prefix) / "LICENSE.txt"
    debian = Path(f"/usr/share/doc/python3.{sys.version_info.minor}-minimal/copyright")
    library = Path(json.__file__).parent.parent / "LICENSE.txt"
    texts = tuple(each for each in (licence, debian, library) if each.is_file())[:1]
    version = platform.python_version()
    return Part("Python", version, "PSF-2.0", f"pkg:generic/python@{version}", texts)


def _sqlite() -> Part:
    version = sqlite_library.VERSION
    return Part("SQLite", version, "blessing", f"pkg:generic/sqlite@{version}")


def _distribution(each: metadata.Distribution) -> Part:
    texts = tuple(
        Path(str(each.locate_file(file)))
        for file in each.files or ()
        if ".dist-info" in str(file) and LICENCE_FILE.match(Path(str(file)).name)
    )
    name = re.sub(r"[-_.]+", "-", each.name).lower()
    licence = KNOWN.get(name) or _licence(each)
    return Part(each.name, each.version, licence, f"pkg:pypi/{name}@{each.version}", texts)


def _licence(each: metadata.Distribution) -> str:
    facts = dict(each.metadata.items())  # type: ignore[attr-defined]
    said = str(facts.get("License-Expression") or facts.get("License") or "").strip().split("\n")[0]
    if said and len(said) < 120:
        return said
    classes = each.metadata.get_all("Classifier") or []
    named = [line.split(" :: ")[-1] for line in classes if line.startswith("License ::")]
    return " / ".join(named) or "see its text"


def _debian(files: list[str]) -> list[Part]:
    if not files or shutil.which("dpkg-query") is None:
        return []
    found: dict[str, Part] = {}
    for file in files:
        for path in dict.fromkeys((file, str(Path(file).resolve()), file.removeprefix("/usr"))):
            asked = ["dpkg-query", "-S", path]
            done = subprocess.run(asked, capture_output=True, text=True, check=False)
            if done.returncode == 0:
                package = done.stdout.split(": ")[0].split(",")[0].split(":")[0]
                break
        else:
            continue
        if package in found or package.startswith(("libpython3", "python3")):
            continue
        asked = ["dpkg-query", "-W", "-f=${Version}", package]
        version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
        text = Path(f"/usr/share/doc/{package}/copyright")
        purl = f"pkg:deb/debian/{package}@{version}"
        texts = (text,) if text.is_file() else ()
        found[package] = Part(package, version, "see its text", purl, texts)
    return [found[name] for name in sorted(found)]


# -- what is written ---------------------------------------------------------------------------


def bill(inside: list[Part]) -> str:
    """The software bill of materials, as CycloneDX 1.6 JSON."""
    components: list[dict[str, Any]] = []
    for part in inside:
        component: dict[str, Any] = {
            "type": "library",
            "bom-ref": part.purl,
            "name": part.name,
            "version": part.version,
            "purl": part.purl,
        }
        if part.licence != "see its text":
            component["licenses"] = [{"license": {"name": part.licence}}]
        components.append(component)
    own = f"pkg:generic/{project.COMMAND}@{project.version()}"
    identity = hashlib.sha256("\n".join([own, *(p.purl for p in inside)]).encode()).hexdigest()
    return json.dumps(
        {
            "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
            "bomFormat": "CycloneDX",
            "specVersion": "1.6",
            "serialNumber": f"urn:uuid:{uuid.UUID(identity[:32], version=5)}",
            "version": 1,
            "metadata": {
                "timestamp": datetime.fromtimestamp(project.epoch(), UTC).isoformat(),
                "component": {
                    "type": "application",
                    "bom-ref": own,
                    "name": project.NAME,
                    "version": project.version(),
                    "purl": own,
                    "licenses": [{"license": {"id": "MIT"}}],
                },
            },
            "components": components,
            "dependencies": [{"ref": own, "dependsOn": [part.purl for part in inside]}],
        },
        indent=2,
        ensure_ascii=False,
    )


HEAD = """Muniment is free under the MIT licence (LICENSE). It is shipped together with the software
below, each under its own licence, whose texts lie in this folder.

Qt and PySide6 (Qt for Python) are used under the LGPL, version 3 (LGPL-3.0.txt, which adds to
GPL-3.0.txt). Their libraries lie as files of their own in the program's folder, and may be replaced
there by others of the same interface. Their source is published by The Qt Company at
https://download.qt.io and https://code.qt.io, for the versions named below.

SQLite is in the public domain; its authors ask for a blessing instead of a licence: "May you do
good and not evil. May you find forgiveness for yourself and forgive others. May you share freely,
never taking more than you give."

"""


def licences(inside: list[Part], into: Path) -> None:
    """A list of everything that is shipped, and the texts of its licences."""
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    for text in (project.HERE / "licences").glob("*.txt"):
        shutil.copyfile(text, into / text.name)
    shutil.copyfile(project.ROOT / "LICENSE", into / "LICENSE")
    lines = []
    for part in inside:
        copied = []
        for number, text in enumerate(part.texts):
            end = f"-{number}" if number else ""
            copy = into / f"{re.sub(r'[^A-Za-z0-9.+-]', '-', part.name)}{end}.txt"
            shutil.copyfile(text, copy)
            copied.append(copy.name)
        texts = f" ({', '.join(copied)})" if copied else ""
        lines.append(f"{part.name} {part.version}: {part.licence}{texts}")
    (into / "THIRD-PARTY.txt").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


def traces(folder: Path, tells: list[str]) -> list[str]:
    """Files in the folder that name one of these paths of the machine that built it."""
    found = []
    words = [tell.encode() for tell in tells]
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            data = file.read_bytes()
            found += [f"{file.relative_to(folder)}: {w.decode()}" for w in words if w in data]
    return found
