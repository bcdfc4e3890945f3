"""Which archives were made or last written on this machine: only those are opened for writing."""

import json
import os
from pathlib import Path
from typing import Any

import platformdirs


def folder() -> Path:
    """Where the program keeps what belongs to the person and not to an archive."""
    return Path(platformdirs.user_data_dir("muniment", appauthor=False))


def remember(uuid: str, path: Path, write_seq: int, *, is_open: bool) -> None:
    """Note that this machine wrote `uuid` up to transaction `write_seq`; open ones may go further."""
    place = _place(uuid)
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_suffix(f".{os.getpid()}.new")
    noted = {"path": str(path.resolve()), "write_seq": write_seq, "open": is_open}
    fresh.write_text(json.dumps(noted), encoding="utf-8")
    fresh.replace(place)


def is_ours(uuid: str, path: Path, write_seq: int) -> bool:
    """Whether the archive was last written here.

    A higher `write_seq` than noted means another machine went on with it, except after a crash
    of ours: then the note still says open, and the file lies where we left it.
    """
    noted = _noted(uuid)
    if noted is None:
        return False
    if write_seq <= int(noted["write_seq"]):
        return True
    return bool(noted["open"]) and noted["path"] == str(path.resolve())


def path_of(uuid: str) -> Path | None:
    """Where the archive `uuid` lay when it was last written here; None where it never was."""
    noted = _noted(uuid)
    return None if noted is None else Path(str(noted["path"]))


def left_open_at(path: Path) -> bool:
    """Whether an archive of ours at `path` was not closed: its journal may be trusted."""
    here = str(path.resolve())
    places = (folder() / "archives").glob("*.json")
    notes = (_read(place) for place in places)
    return any(noted is not None and noted["open"] and noted["path"] == here for noted in notes)


def _place(uuid: str) -> Path:
    return folder() / "archives" / f"{uuid}.json"


def _noted(uuid: str) -> dict[str, Any] | None:
    return _read(_place(uuid)) if uuid.replace("-", "").isalnum() else None


def _read(place: Path) -> dict[str, Any] | None:
    try:
        noted = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(noted, dict) or not {"path", "write_seq", "open"} <= noted.keys():
        return None
    return noted
