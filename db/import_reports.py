"""The reports of imports as the archive keeps them: what became of each path, and when."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db import errors
from db.records import Imported, Report

if TYPE_CHECKING:
    from db.archive import Archive


@dataclass(frozen=True, slots=True)
class KeptReport:
    """One import: when it began and ended, whose it was, how many of its sources show, its report."""

    id: int
    started_at: str
    completed_at: str
    person: str | None
    sources: int
    report: Report


def as_json(report: Report) -> str:
    """A report to be kept."""
    told = {
        "imported": [
            [
                each.path, each.source_ids, each.passages, each.figures, each.encoding,
                each.encoding_is_sure, each.parts_proposed, each.remarks,
            ]
            for each in report.imported
        ],
        "duplicates": report.duplicates,
        "failed": [[path, _facts(error)] for path, error in report.failed],
        "left_out": report.left_out,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, default=str)


def kept(archive: "Archive") -> list[KeptReport]:
    """The imports that were completed, the newest first."""
    rows = archive.reading().execute(
        "SELECT imports.id, started_at, completed_at, people.name,"
        " (SELECT count(*) FROM sources WHERE import_id = imports.id AND deleted_at IS NULL), report"
        " FROM imports LEFT JOIN people ON people.id = person_id"
        " WHERE completed_at IS NOT NULL ORDER BY imports.id DESC"
    )
    return [_kept(row) for row in rows.fetchall()]


def _kept(row: Sequence[Any]) -> KeptReport:
    *fields, stored = row
    return KeptReport(*[*fields, _report(stored)])


def _facts(error: errors.ArchiveError) -> dict[str, Any]:
    return {name: fact for name, fact in error.facts.items() if fact is not None}


def _report(stored: str | None) -> Report:
    try:
        told = json.loads(stored or "{}")
        return Report(
            imported=[_imported(each) for each in told.get("imported", [])],
            duplicates=[(str(path), int(known)) for path, known in told.get("duplicates", [])],
            failed=[(str(path), _error(facts)) for path, facts in told.get("failed", [])],
            left_out=[str(path) for path in told.get("left_out", [])],
        )
    except (ValueError, TypeError, AttributeError):
        return Report()  # of a merge, or hand-edited


def _imported(each: Any) -> Imported:
    if isinstance(each, str):  # as the first archives had it
        return Imported(each, (), 0, 0)
    path, source_ids, passages, figures, encoding, is_sure, parts, remarks = each
    return Imported(
        str(path), tuple(source_ids), int(passages), int(figures), encoding, bool(is_sure),
        int(parts), tuple(remarks),
    )  # fmt: skip


def _error(facts: Any) -> errors.ArchiveError:
    if isinstance(facts, dict) and "reason" in facts:
        return errors.Unreadable(**facts)
    return errors.Unreadable("damaged", detail=str(facts))
