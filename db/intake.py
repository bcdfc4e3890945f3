"""What an import is asked to take: files found in folders, one item a file, in a stable order."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from db import errors, manifest


@dataclass(frozen=True, slots=True)
class Item:
    """One file (or a description without a file) to be taken in; `refusal` says why it cannot be."""

    path: Path | None
    shown: str
    described: dict[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    size: int = 0
    refusal: errors.Unreadable | None = None
    member: tuple[str, ...] = ()  # where inside the file it lies, one in the other
    parent_id: int | None = None


def items(
    paths: Sequence[Path | str], table: Path | None, archive: Path
) -> tuple[list[Item], list[str]]:
    """The items in the order they are taken in, and the hidden files left out.

    What the table names comes in its order, for a line may lie below an earlier one; of its files
    only those among `paths`, if any are given.
    """
    left_out: list[str] = []
    if table is None:
        return [_item(path, archive) for path in _walk(paths, archive, left_out)], left_out
    rows = manifest.read(table)
    if not paths:
        return [_described(row, table, archive) for row in rows], left_out
    asked = [(path, os.path.realpath(path)) for path in _walk(paths, archive, left_out)]
    named = {row.line: os.path.realpath(row.path) for row in rows if row.path is not None}
    wanted = {None, *(real for _, real in asked)}
    found = [_described(row, table, archive) for row in rows if named.get(row.line) in wanted]
    listed = set(named.values())
    return found + [_item(path, archive) for path, real in asked if real not in listed], left_out


def _walk(paths: Sequence[Path | str], archive: Path, left_out: list[str]) -> Iterator[Path]:
    # The archive and what lies beside it while it is open are not among what is collected.
    own = {archive.with_name(archive.name + end).absolute() for end in ("", ".lock", "-journal")}
    for given in paths:
        path = Path(given)
        if not path.is_dir():
            yield path
            continue
        for folder, folders, files in os.walk(path, onerror=None):
            hidden = (name for name in folders if name.startswith("."))
            left_out += [shown_name(os.path.join(folder, name)) for name in hidden]
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                if name.startswith(".") or Path(folder, name).absolute() in own:
                    left_out.append(shown_name(os.path.join(folder, name)))
                else:
                    yield Path(folder) / name


def _described(row: manifest.Row, table: Path, archive: Path) -> Item:
    if row.refusal is not None:
        return Item(None, shown_name(str(table)), refusal=row.refusal)
    if row.path is None:
        return Item(None, row.described.get("title", ""), row.described, row.remarks)
    item = _item(row.path, archive)
    return Item(item.path, item.shown, row.described, row.remarks, item.size, item.refusal)


def shown_name(name: str) -> str:
    """A file's name for people: bytes that are no text show as �."""
    return os.fsencode(name).decode("utf-8", "replace")


def _item(path: Path, archive: Path) -> Item:
    shown = shown_name(str(path))
    try:
        there = path.stat()
    except FileNotFoundError:
        reason = "broken_link" if path.is_symlink() else "missing"
        return Item(path, shown, refusal=errors.Unreadable(reason))
    except PermissionError:
        return Item(path, shown, refusal=errors.Unreadable("not_permitted"))
    except OSError as error:
        return Item(path, shown, refusal=errors.Unreadable("missing", detail=error.strerror))
    if not stat.S_ISREG(there.st_mode):
        return Item(path, shown, refusal=errors.Unreadable("not_a_file"))
    # Opening the archive by hand would drop SQLite's locks on it.
    if archive.exists() and os.path.samestat(there, archive.stat()):
        return Item(path, shown, refusal=errors.Unreadable("is_this_archive"))
    return Item(path, shown, size=there.st_size)
