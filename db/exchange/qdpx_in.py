"""REFI-QDA projects and codebooks put into an archive: texts known or imported, the rest one change."""

import csv
import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import history, ingest, sources
from db.annotations import CONTEXT
from db.archive import now
from db.exchange.incoming import Incoming, IncomingNote, valid_uuid
from db.exchange.qdpx import VARIABLES
from db.exchange.qdpx_places import Positions
from db.exchange.qdpx_read import NoteIn, Project, Selection, TextIn, read
from db.exchange.taken import Taken
from db.readers.canonical import canonical

if TYPE_CHECKING:
    from db.archive import Archive
    from db.history import Recording

Progress = Callable[[int, int, str], None]


def take_in(
    archive: "Archive",
    path: Path,
    progress: Progress | None = None,
    read: Callable[[Path], Project] = read,
) -> Taken:
    """Put a project or a codebook in.

    Texts that are here already are recognised by their universal ids or their words; the others
    are imported, which is a change of its own; codes, selections, notes and links are one more.
    """
    project = read(path)
    placed, added = _place_texts(archive, project, progress)
    with history.command(
        archive,
        "take in project",
        "annotations",
        "tags",
        "taggings",
        "links",
        "sources",
        facts={"file": path.name},
    ) as recording:
        taking = _Taking(recording, project, placed, added)
        taking.run()
    incoming = taking.incoming
    return Taken(
        path, tuple(added), incoming.matched + len(placed) - len(added), len(incoming.added),
        incoming.orphaned, incoming.new_tags, left_out=tuple(project.left_out),
    )  # fmt: skip


def _place_texts(
    archive: "Archive", project: Project, progress: Progress | None
) -> tuple[dict[str, int], list[int]]:
    """The source of each text by its guid, and which of them are new."""
    known = {each.uuid: each.id for each in sources.all(archive)}
    placed: dict[str, int] = {}
    waiting: list[TextIn] = []
    for each in project.texts:
        uuid = valid_uuid(each.guid)
        if uuid in known:
            placed[each.guid] = known[uuid]
        elif each.text is not None and (same := _same_text(archive, canonical(each.text)[0])):
            placed[each.guid] = same
        else:
            waiting.append(each)
    if not waiting:
        return placed, []
    with tempfile.TemporaryDirectory(prefix="muniment-") as folder:
        table = Path(folder) / "table.csv"
        files: dict[str, TextIn] = {}
        with table.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["path", "title", "notes", *VARIABLES])
            for at, each in enumerate(waiting):
                name = f"{at}.txt" if each.text is not None else ""
                if each.text is not None:
                    # As it will be stored, so that its positions are known before it is.
                    (Path(folder) / name).write_bytes(canonical(each.text)[0].encode("utf-8"))
                    files[str(Path(folder) / name)] = each
                described = [each.described.get(name_, "") for name_ in VARIABLES]
                rows.writerow([name, each.name, each.notes or "", *described])
        encodings = dict.fromkeys(files, "utf-8")
        report = ingest.add(archive, [], progress, manifest=table, encodings=encodings)
    # Reported by path; those without a text by their titles, what is here already first.
    untold: dict[str, list[TextIn]] = {}
    for each in waiting:
        if each.text is None:
            untold.setdefault(canonical(each.name)[0].strip(), []).append(each)
    for shown, source_id in report.duplicates:
        text = files[shown] if shown in files else untold[shown].pop(0)
        placed[text.guid] = source_id
    added: list[int] = []
    for imported in report.imported:
        text = files[imported.path] if imported.path in files else untold[imported.path].pop(0)
        placed[text.guid] = imported.source_ids[0]
        added += imported.source_ids
    for shown, error in report.failed:
        name = files[shown].name if shown in files else shown
        project.left_out.append(f"{name}: {error}")
    return placed, added


def _same_text(archive: "Archive", text: str) -> int | None:
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    row = (
        archive.reading()
        .execute(
            "SELECT sources.id FROM sources JOIN texts ON texts.id = sources.text_id"
            f" WHERE texts.sha256 = ? AND {sources.VISIBLE} ORDER BY sources.id",
            [digest],
        )
        .fetchone()
    )
    return int(row[0]) if row else None


class _Taking:
    """One project on its way in, within one command."""

    def __init__(
        self,
        recording: "Recording",
        project: Project,
        placed: dict[str, int],
        added: list[int],
    ) -> None:
        self.incoming = Incoming(recording)
        self._recording = recording
        self._project = project
        self._placed = placed
        self._added = set(added)
        self._codes = {code.guid: code.path for code in project.codes}
        self._ends: dict[str, tuple[str, int]] = {}

    def run(self) -> None:
        for code in self._project.codes:
            self.incoming.tag(
                code.path, uuid=code.guid, colour=code.colour, description=code.description
            )
        on_sources: set[str] = set()
        for text in self._project.texts:
            source_id = self._placed.get(text.guid)
            if source_id is None:
                continue
            self._name(text, source_id)
            self._ends[text.guid] = ("source", source_id)
            self._selections(text, source_id)
            self.incoming.put_tags(self._paths(text.codes), source_id=source_id)
            for guid in text.note_guids:
                if guid in self._project.notes:
                    on_sources.add(guid)
                    self._note(self._project.notes[guid], source_id)
        for guid, note in self._project.notes.items():
            if guid not in on_sources:
                self._note(note, None)
        for link in self._project.links:
            self._link(*link)
        for each in self._project.sets:
            self._set(*each)

    def _set(self, guid: str, name: str, members: tuple[str, ...]) -> None:
        """What holds texts together becomes a source above those that are new and lie nowhere."""
        database = self._recording.database
        placed = {self._placed[each] for each in members if each in self._placed} & self._added
        loose = [
            source_id
            for source_id in sorted(placed)
            if database.execute(
                "SELECT 1 FROM sources WHERE id = ? AND parent_id IS NULL", [source_id]
            ).fetchone()
        ]
        if not loose:
            return
        row = {
            "uuid": self.incoming.free_uuid("sources", guid),
            "title": name,
            "level": "file",
            "added_at": now(),
            "grammar": "",
        }
        above = self._recording.insert("sources", row)
        self._recording.update("sources", loose, {"parent_id": above})

    def _name(self, text: TextIn, source_id: int) -> None:
        if source_id not in self._added:
            return
        changes: dict[str, Any] = {"file_name": text.name or None}
        uuid = valid_uuid(text.guid)
        row = self._recording.database.execute("SELECT 1 FROM sources WHERE uuid = ?", [uuid])
        if uuid is not None and row.fetchone() is None:
            changes["uuid"] = uuid
        self._recording.update("sources", [source_id], changes)

    def _selections(self, text: TextIn, source_id: int) -> None:
        positions = Positions(text.text or "", text.selections)
        for each in text.selections:
            span = positions.span(each)
            exact, prefix, suffix, start = each.name.rstrip("…") or None, "", "", None
            if span is not None:
                exact = positions.text[span[0] : span[1]]
                prefix = positions.text[max(0, span[0] - CONTEXT) : span[0]]
                suffix = positions.text[span[1] : span[1] + CONTEXT]
                start = span[0]
            self._put(
                each,
                kind="note" if each.body else "highlight",
                source_id=source_id,
                start=start,
                end=None if span is None else span[1],
                exact=exact or " ",
                prefix=prefix,
                suffix=suffix,
            )

    def _note(self, note: NoteIn, source_id: int | None) -> None:
        self._put(note, kind="journal" if source_id is None else "memo", source_id=source_id)

    def _put(self, each: Selection | NoteIn, **place: Any) -> None:
        """Put an annotation in, with what selections and free notes say alike; a link may end at it."""
        uuid = valid_uuid(each.guid)
        note_id = self.incoming.note(
            IncomingNote(
                uuid=uuid,
                body=each.body,
                person=self._project.users.get(each.user or ""),
                made_at=each.made_at,
                changed_at=each.changed_at,
                tags=self._paths(each.codes),
                **place,
            )
        )
        if note_id is None:
            row = self._recording.database.execute(
                "SELECT id FROM annotations WHERE uuid = ?", [uuid]
            ).fetchone()
            note_id = int(row[0]) if row else None
        if note_id is not None:
            self._ends[each.guid] = ("annotation", note_id)

    def _paths(self, codes: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        return tuple(self._codes[code] for code in codes if code in self._codes)

    def _link(self, guid: str, name: str, origin: str, target: str) -> None:
        ends = self._ends.get(origin), self._ends.get(target)
        if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
            self._project.left_out.append(f"Link: {name or guid}")
            return
        self.incoming.link(valid_uuid(guid), name, ends[0], ends[1])
