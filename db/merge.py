"""Merging: what a colleague did in a copy of an archive is taken in, by identity, not by position.

Three-way against the state in which the two parted. What only one side changed stands; what both
changed, each in another way, is a conflict and stays ours unless theirs is chosen. One command.
What follows from the figures, series and findings, is left to the caller: it takes longer than this.
"""

import sqlite3
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import (
    carrying,
    errors,
    finding_carrying,
    history,
    inspection,
    merge_figures,
    merge_matching,
    merge_sources,
    worker,
)
from db.merge_conflicts import Choice, Conflict, Merged
from db.merge_figures import Looked
from db.merge_matching import Coming
from db.merge_past import LABEL, Parting, part
from db.merge_rows import Merging, Progress, Row
from db.merge_tables import ACCESSIONS, AFTER_FIGURES, FINDINGS, SERIES, SERIES_FIGURES

__all__ = ["Choice", "Conflict", "Merged", "merge", "preview"]

if TYPE_CHECKING:
    from db.archive import Archive

Key = tuple[str, str, str]
MOST_LOOKS = 3


def preview(
    archive: "Archive", other: Path, progress: Progress | None = None, *, default: Choice = "ours"
) -> Merged:
    """What a merge of the archive at `other` would bring; changes nothing.

    Raises ForeignArchive where the file holds what no program of ours wrote.
    """
    told = worker.Cancelling(progress)
    with _opened(archive, other, told) as theirs:
        parting = _parted(archive, theirs, other)
        merging = Merging(
            archive.reading(), theirs.reading(), parting, other,
            choices={}, default=default, progress=told.tell,
            figures_written=partial(archive.times_written, "figures", "texts", "passages"),
        )  # fmt: skip
        coming = merge_matching.look(merging)
        merge_sources.bring(None, merging, coming)
        _rows(merging, coming, merge_figures.look(merging, coming))
        return merging.merged


def merge(
    archive: "Archive",
    other: Path,
    progress: Progress | None = None,
    *,
    choices: Mapping[Key, Choice] | None = None,
    default: Choice = "ours",
) -> Merged:
    """Take in the archive at `other` as one undoable command; returns what it brought.

    `choices` decides conflicts by their `key`, `default` all others. What was decided is not asked
    again; where nothing comes and nothing was chosen, the history has no line of it. `progress`
    may raise Cancelled: then nothing has changed.
    """
    told = worker.Cancelling(progress)
    merge_sources.drop_leftovers(archive)
    with _opened(archive, other, told) as theirs:
        parting = _parted(archive, theirs, other)
        merging = Merging(
            archive.reading(), theirs.reading(), parting, other,
            choices=choices or {}, default=default, progress=told.tell,
            figures_written=partial(archive.times_written, "figures", "texts", "passages"),
        )  # fmt: skip
        coming = merge_matching.look(merging)
        try:
            merge_sources.bring(archive, merging, coming)
            looked = _looked(merging, coming)
            with archive.writing("history"):
                # Looked at before: a merge that does nothing is no line of the history.
                _command(archive, merging, coming, looked)
        except BaseException:
            merge_sources.drop(archive, merging, coming)
            raise
    return merging.merged


def _looked(merging: Merging, coming: Coming) -> Looked:
    """The figures laid side by side before the archive is held: most of the time goes into that.

    Where somebody wrote meanwhile it is done again, the last time by the command itself.
    """
    for _ in range(MOST_LOOKS):
        merging.begin(0, 0, "figures")
        looked = merge_figures.look(merging, coming)
        if looked.is_fresh(merging):
            break
    return looked


class _Nothing(Exception):
    """The merge brings nothing and decides nothing: its empty command is taken back."""


def _command(archive: "Archive", merging: Merging, coming: Coming, looked: Looked) -> None:
    facts: dict[str, Any] = {"heads": merging.parting.heads}
    try:
        with archive.writing(), history.command(
            archive, LABEL, "sources", "texts", "passages", "figures", "series", "annotations",
            "tags", "taggings", "links", "findings", "plots", "searches", "names", "alignments",
            facts=facts,
        ) as recording:  # fmt: skip
            merging.recording = recording
            merging.ours = recording.database
            _rows(merging, coming, looked)
            if not (merging.merged.brings() or merging.renamed or merging.answered):
                raise _Nothing
    except _Nothing:
        return


def _rows(merging: Merging, coming: Coming, looked: Looked) -> None:
    merge_sources.bring_people(merging)
    steps: list[tuple[str, Callable[[], None]]] = [
        ("accessions", lambda: merging.take(ACCESSIONS)),
        ("sources", lambda: _sources(merging, coming)),
        ("figures", lambda: merge_figures.take(merging, coming, looked)),
    ]
    wanted = _Wanted(merging, coming)
    for table in AFTER_FIGURES:
        which = wanted.of(table.name)
        steps.append((table.name, lambda table=table, which=which: merging.take(table, which)))  # type: ignore[misc]
    for done, (name, step) in enumerate(steps):
        merging.begin(done, len(steps), name)
        step()
    if merging.recording is not None:
        _carry_over(merging)
    merging.begin(len(steps), len(steps), "")


def _sources(merging: Merging, coming: Coming) -> None:
    if merging.recording is not None:
        merge_sources.show(merging, coming)
    merge_sources.compare(merging, coming)


def _carry_over(merging: Merging) -> None:
    """What one side put on an older text than the one that shows now finds its place on that."""
    recording = merging.recording
    assert recording is not None
    database = recording.database
    for source_id, text_id in database.execute(_BEHIND).fetchall():
        if source_id in merging.ids.get("sources", {}).values():
            new = carrying.text_of(database, text_id)
            carrying.carry_annotations(recording, source_id, text_id, new)
            carrying.carry_alignments(recording, source_id, text_id)
            finding_carrying.carry_findings(recording, source_id, text_id, new)
            carrying.carry_figures(recording, source_id, text_id, new)


_BEHIND = """
    SELECT DISTINCT sources.id, sources.text_id FROM sources
      JOIN annotations ON annotations.source_id = sources.id
     WHERE annotations.text_id <> sources.text_id AND annotations.orphaned_at IS NULL
       AND annotations.start IS NOT NULL
    UNION
    SELECT DISTINCT sources.id, sources.text_id FROM sources
      JOIN texts ON texts.source_id = sources.id AND texts.id <> sources.text_id
      JOIN figures ON figures.text_id = texts.id AND figures.status <> 'proposed'
    UNION
    SELECT sources.id, sources.text_id FROM findings
      JOIN finding_figures ON finding_figures.finding_id = findings.id
      JOIN figures ON figures.id = finding_figures.figure_id
      JOIN sources ON sources.id = figures.source_id AND sources.text_id <> figures.text_id
     WHERE findings.judgement IS NOT NULL
        OR findings.id IN (SELECT finding_id FROM annotations WHERE finding_id IS NOT NULL)
    UNION
    SELECT sources.id, sources.text_id FROM alignments
      JOIN passages ON passages.id IN (alignments.passage_a_id, alignments.passage_b_id)
      JOIN sources ON sources.id = passages.source_id AND sources.text_id <> passages.text_id
"""


class _Wanted:
    """Which of their rows are worth looking at: what a person made, and what that rests on."""

    def __init__(self, merging: Merging, coming: Coming) -> None:
        theirs = merging.theirs
        self._theirs = theirs
        self._new_texts = set(coming.texts)
        self._findings = _ids(
            theirs, "SELECT finding_id FROM annotations WHERE finding_id IS NOT NULL"
        )
        self._series = _ids(
            theirs,
            "SELECT id FROM series WHERE status = 'kept' UNION SELECT series_id FROM annotations"
            " WHERE series_id IS NOT NULL UNION"
            " SELECT json_extract(state, '$.subject.series') FROM plots WHERE json_valid(state)"
            " AND json_type(state, '$.subject.series') = 'integer'",
        )

    def of(self, table: str) -> Callable[[Row], bool] | None:
        if table == SERIES.name:
            return lambda row: row["id"] in self._series
        if table == SERIES_FIGURES.name:
            return lambda row: row["series_id"] in self._series
        if table == FINDINGS.name:
            return self._wants_finding
        return None

    def _wants_finding(self, row: Row) -> bool:
        if row["judgement"] is not None or row["id"] in self._findings:
            return True
        # What was remarked on a text that comes is not found anew here.
        return row["kind"] in ("numeral", "name") and self._text_of(row) in self._new_texts

    def _text_of(self, row: Row) -> int | None:
        found = self._theirs.execute(
            "SELECT text_id FROM passages WHERE id = ?", [row["passage_id"]]
        ).fetchone()
        return int(found[0]) if found else None


def _ids(database: Any, sql: str) -> set[int]:
    return {int(row[0]) for row in database.execute(sql).fetchall()}


def _parted(archive: "Archive", theirs: "Archive", other: Path) -> Parting:
    try:
        return part(archive.reading(), theirs.reading())
    except (ValueError, TypeError, RecursionError) as error:
        raise errors.ForeignArchive(path=other, refused="history") from error


@contextmanager
def _opened(archive: "Archive", other: Path, told: worker.Cancelling) -> Generator["Archive"]:
    """The other archive, read only, once everything about it that can be verified is."""
    from db.archive import Archive

    if other.exists() and other.samefile(archive.path):
        raise errors.SameArchive(path=other)
    with Archive.open(other, writable=False) as theirs:
        connection = theirs.reading().conn
        connection.text_factory = _as_text
        told.tell(0, 0, "check")
        inspection.refuse_unsound_rows(connection, other, told)
        try:
            with theirs.cancellable(told):
                yield theirs
        except sqlite3.Error as error:
            if isinstance(error, sqlite3.DatabaseError) and "malformed" in str(error):
                raise errors.DamagedArchive(path=other, detail=str(error)) from error
            raise


def _as_text(said: bytes) -> str:
    return said.decode("utf-8", "replace")
