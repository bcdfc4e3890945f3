"""What every part of a build knows of the project: its version, names, folders and its date."""

import os
import subprocess
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "packaging"
BUILD = ROOT / "build" / "frozen"
DIST = ROOT / "dist"

NAME = "Muniment"
COMMAND = "muniment"
# One name for desktop entry, metainfo, icon, Flatpak and macOS; desktop/app.py says it to Wayland.
IDENTIFIER = "org.muniment.Muniment"
MEDIA_TYPE = "application/x-muniment"
SUFFIX = ".muniment"
APPLICATION_ID = 0x4D554E49  # "MUNI", at byte 68 of every archive
SUMMARY = "Sources and the figures they state"
# Below this, SQLite deletes what a journal beside a foreign archive names, and a crafted search
# index reaches its memory; 3.54.0 mends the last of the latter.
SQLITE_FLOOR = (3, 53, 2)


def pyproject() -> dict[str, Any]:
    """The [project] table of pyproject.toml."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        table: dict[str, Any] = tomllib.load(file)["project"]
    return table


def version() -> str:
    """The version that everything built carries."""
    return str(pyproject()["version"])


def epoch() -> int:
    """Seconds of the last commit: the one time that is written into packages."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return int(os.environ["SOURCE_DATE_EPOCH"])
    asked = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return int(done.stdout.strip() or 0) if done.returncode == 0 else 0


def filled(template: Path, **more: str) -> str:
    """The text of a template with its @NAME@ marks filled in; an unknown mark is an error."""
    from datetime import UTC, datetime

    facts = {
        "NAME": NAME,
        "COMMAND": COMMAND,
        "IDENTIFIER": IDENTIFIER,
        "MEDIA_TYPE": MEDIA_TYPE,
        "SUFFIX": SUFFIX,
        "SUMMARY": SUMMARY,
        "VERSION": version(),
        "DATE": datetime.fromtimestamp(epoch(), UTC).date().isoformat(),
    } | more
    text = template.read_text(encoding="utf-8")
    for name, fact in facts.items():
        text = text.replace(f"@{name}@", fact)
    import re

    if left := re.findall(r"@[A-Z_]+@", text):
        raise ValueError(f"{template.name}: nothing is known of {', '.join(sorted(set(left)))}")
    return text
