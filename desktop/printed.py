"""How the command line prints what db answers: the keys of the contract, and lines for people."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from db import errors
from desktop import wording

if TYPE_CHECKING:
    from db.exchange.taken import Taken
    from db.records import KeptFigure, Report

SOURCE = (
    "id", "parent_id", "level", "reference_code", "title", "creator", "date", "language", "genre",
    "file_name", "media_type", "sha256", "passages", "figures", "uuid", "rights", "notes",
    "restricted",
)  # fmt: skip
_FIGURE = (
    "start", "end", "text", "kind", "value", "value_high", "approx", "unit", "per", "of",
)  # fmt: skip
_FIGURE_BEHIND = ("modality", "nature", "date", "date_basis")


def report(told: "Report", *, as_json: bool) -> None:
    """What an import did; what failed or has no place goes to standard error in any case."""
    bad_words()
    for path, error in told.failed:
        click.echo(f"{path}: {_sentence(error)}", err=True)
    for path, remark in told.misplaced():
        click.echo(f"{path}: {wording.remark(remark)}", err=True)
    if as_json:
        json_text(_report(told))
        return
    for each in told.imported:
        click.echo(f"{each.path}\t{each.passages} passages\t{each.figures} figures")
        for remark in each.remarks:
            click.echo(f"  {wording.remark(remark)}")
        if each.parts_proposed > 1:
            click.echo(f"  seems to hold {each.parts_proposed} sources; --split makes them")
    for path, source_id in told.duplicates:
        click.echo(f"{path}\tis source {source_id} already")


def taken(told: "Taken") -> None:
    """What became of another program's file, on standard error: only counts and what is left out."""
    counts = (
        (len(told.source_ids), "new sources"),
        (told.annotations, "annotations"),
        (told.tags, "new tags"),
        (told.described, "descriptions changed"),
        (told.matched, "known already"),
        (told.orphaned, "without a certain place, on the shelf"),
        (0 if told.described else len(told.conflicts), "differences, left as they are"),
        (len(told.left_out), "left out"),
    )
    said = ", ".join(f"{count} {words}" for count, words in counts if count)
    click.echo(f"{told.path}: {said or 'nothing new'}", err=True)


def bad_words() -> None:
    """Which lines of the person's own lexicon cannot be used."""
    from db import own_words

    for error in own_words.read()[1]:
        click.echo(wording.describe(error), err=True)


def figure(kept: "KeptFigure") -> dict[str, Any]:
    """A figure by the keys of the contract, in its order."""
    line: dict[str, Any] = {
        "id": kept.id,
        "source_id": kept.source_id,
        "source_title": kept.source_title,
        "passage_id": kept.passage_id,
    }
    line |= {name: getattr(kept.figure, name) for name in _FIGURE}
    line |= {"from": kept.figure.giver, "to": kept.figure.receiver}
    line |= {name: getattr(kept.figure, name) for name in _FIGURE_BEHIND}
    return line | {"rules": list(kept.figure.rules), "status": kept.status}


def day(ordinal: int | None) -> str | None:
    """A day number as ISO 8601; None where it is open."""
    # datetime knows the years 1 to 9999; a day before or after them has no ISO form of its own.
    if ordinal is None or not 1 <= ordinal <= date.max.toordinal():
        return None
    return date.fromordinal(ordinal).isoformat()


def json_text(value: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def json_lines(lines: Iterable[Any]) -> None:
    """One JSON document a line on standard output."""
    for line in lines:
        click.echo(json.dumps(line, ensure_ascii=False))


def _report(told: "Report") -> dict[str, Any]:
    imported = []
    for each in told.imported:
        line = asdict(each)
        line["remarks"] = [wording.remark(remark) for remark in each.remarks]
        imported.append(line)
    return {
        "imported": imported,
        "duplicates": [{"path": path, "source_id": each} for path, each in told.duplicates],
        "failed": [{"path": path, "reason": _sentence(error)} for path, error in told.failed],
        "left_out": told.left_out,
    }


def _sentence(error: Exception) -> str:
    return wording.describe(error) if isinstance(error, errors.ArchiveError) else str(error)
