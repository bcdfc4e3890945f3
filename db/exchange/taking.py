"""What comes in from other programs: references, annotations, projects; each file one undoable change."""

import uuid as uuids
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import errors, history, sources
from db.archive import now
from db.exchange.reference import Reference
from db.exchange.taken import Conflict, Taken
from db.other_programs import format_of
from db.records import Source

if TYPE_CHECKING:
    from db.archive import Archive

Progress = Callable[[int, int, str], None]


def take_in(archive: "Archive", path: Path, progress: Progress | None = None) -> Taken:
    """Take the file at `path` in, as one undoable change.

    Raises Unreadable where it is not what its name says.
    """
    from db.exchange import annotations_in, bibtex, csl, described, other_projects, qdpx_in, ris

    _look(path)
    match format_of(path):
        case "bibtex":
            taken = take_references(archive, path, bibtex.read(path))
        case "ris":
            taken = take_references(archive, path, ris.read(path))
        case "csl":
            taken = take_references(archive, path, csl.read(path))
        case "web_annotation":
            taken = annotations_in.take_in(archive, path)
        case "described":
            taken = described.take_in(archive, path)
        case "qdpx":
            taken = qdpx_in.take_in(archive, path, progress)
        case "qualcoder":
            taken = qdpx_in.take_in(archive, path, progress, other_projects.qualcoder)
        case "taguette":
            taken = qdpx_in.take_in(archive, path, progress, other_projects.taguette)
        case _:
            raise errors.Unreadable("unsupported")
    if progress is not None:
        progress(1, 1, path.name)
    return taken


def _look(path: Path) -> None:
    if path.is_dir() and format_of(path) == "qualcoder":
        return  # its projects are folders
    try:
        with path.open("rb"):
            return
    except FileNotFoundError as error:
        raise errors.Unreadable("missing") from error
    except PermissionError as error:
        raise errors.Unreadable("not_permitted") from error
    except OSError as error:
        raise errors.Unreadable("not_a_file") from error


_FIELDS = ("creator", "date", "language", "genre", "reference_code", "rights", "notes")


def take_references(archive: "Archive", path: Path, references: Sequence[Reference]) -> Taken:
    """Complete the descriptions that match; the rest become sources without a text.

    A reference matches the source of its universal id, else the only one of its reference code,
    else the only one of its title, creator and date as far as both say them. Nothing that a
    description says is changed: where the two differ, that is a conflict of the answer.
    """
    known = _Known(sources.all(archive))
    added: list[int] = []
    conflicts: list[Conflict] = []
    matched = 0
    with history.command(
        archive,
        "take in references",
        "sources",
        facts={"file": path.name, "count": len(references)},
    ) as recording:
        for each in references:
            found = known.find(each)
            if found is None:
                row = {"uuid": _uuid(each.uuid, known), "added_at": now(), "grammar": ""}
                row |= sources.with_days(_said(each)) | {"title": each.title}
                added.append(recording.insert("sources", row))
                known.took(str(row["uuid"]))
                continue
            matched += 1
            changes: dict[str, Any] = {}
            for name, theirs in _said(each).items():
                ours = getattr(found, name)
                if not ours:
                    changes[name] = theirs
                elif str(ours).casefold() != theirs.casefold():
                    conflicts.append(Conflict(found.title, name, str(ours), theirs))
            if changes:
                recording.update("sources", [found.id], sources.with_days(changes))
    return Taken(path, tuple(added), matched, conflicts=tuple(conflicts))


def _said(each: Reference) -> dict[str, str]:
    said = {name: getattr(each, name) for name in _FIELDS}
    return {name: value for name, value in said.items() if value}


def _uuid(given: str | None, known: "_Known") -> str:
    try:
        made = str(uuids.UUID(given)) if given else ""
    except ValueError:
        made = ""
    # The uuid of a source in the bin, or of a row elsewhere, must not be taken twice.
    return str(uuids.uuid4()) if not made or known.has(made) else made


class _Known:
    """Finds the one source that a reference speaks of."""

    def __init__(self, all_sources: Sequence[Source]) -> None:
        self._by_uuid = {each.uuid: each for each in all_sources}
        self._taken = set(self._by_uuid)
        self._by_code: dict[str, list[Source]] = {}
        self._by_title: dict[str, list[Source]] = {}
        for each in all_sources:
            if each.reference_code:
                self._by_code.setdefault(each.reference_code.casefold(), []).append(each)
            self._by_title.setdefault(_folded(each.title), []).append(each)

    def find(self, reference: Reference) -> Source | None:
        """The source, or None where there is none or more than one."""
        if reference.uuid and reference.uuid in self._by_uuid:
            return self._by_uuid[reference.uuid]
        code = (reference.reference_code or "").casefold()
        if code and len(found := self._by_code.get(code, [])) == 1:
            return found[0]
        alike = [
            each
            for each in self._by_title.get(_folded(reference.title), [])
            if all(
                not getattr(each, name)
                or not getattr(reference, name)
                or getattr(each, name) == getattr(reference, name)
                for name in ("creator", "date", "reference_code")
            )
        ]
        return alike[0] if len(alike) == 1 else None

    def has(self, uuid: str) -> bool:
        return uuid in self._taken

    def took(self, uuid: str) -> None:
        self._taken.add(uuid)


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())
