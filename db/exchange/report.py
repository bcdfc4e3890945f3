"""What a report holds: sources with quotations, figures and notes, series, findings; no words of its own."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import citing, figures, findings, series
from db.archive import now
from db.exchange import chosen, notes
from db.exchange.notes import Added, Note
from db.records import KeptFigure, Source

if TYPE_CHECKING:
    from db.archive import Archive
    from db.exchange.chosen import Chosen, Outgoing
    from db.findings import Finding

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that somebody marked, what was said of them, and where they stand."""

    words: str
    body: str | None
    tags: tuple[str, ...]
    person: str | None
    made_at: str
    reference: str
    link: str


@dataclass(frozen=True, slots=True)
class OfSource:
    """One source of the report."""

    source: Source
    reference: str
    link: str
    tags: tuple[str, ...]
    description: dict[str, str]
    quotations: tuple[Quotation, ...]
    memos: tuple[Note, ...]
    figures: tuple[KeptFigure, ...]


@dataclass(frozen=True, slots=True)
class OfSeries:
    """A series that a person kept, with its figures in the order of time."""

    id: int
    name: str
    figures: tuple[KeptFigure, ...]
    memos: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """All that a report says of an archive."""

    title: str
    made_at: str
    sources: tuple[OfSource, ...]
    series: tuple[OfSeries, ...]
    findings: "tuple[tuple[Finding, tuple[str, ...]], ...]"  # with the titles of their sources
    journal: tuple[Note, ...]
    left_out: int


def content(
    archive: "Archive",
    source_ids: Sequence[int] | None = None,
    *,
    restricted: bool = False,
    style: str = "note",
    progress: Progress | None = None,
) -> Content:
    """The report of an archive, or of `source_ids` and what lies below them.

    Rejected figures and dismissed findings are left out; a series or finding that rests on a
    source left out is left out whole.
    """
    going = chosen.choose(archive, source_ids, restricted=restricted)
    added = notes.added(going)
    told = []
    for at, each in enumerate(going):
        if progress is not None:
            progress(at, len(going) + 1, each.source.title)
        told.append(_of_source(going, each, added, style))
    return Content(
        title=archive.title,
        made_at=now(),
        sources=tuple(told),
        series=_series(going, added),
        findings=_findings(going),
        journal=tuple(note for note in added.notes if note.kind == "journal"),
        left_out=going.left_out,
    )


def kept_series(
    archive: "Archive", source_ids: Sequence[int] | None = None, *, restricted: bool = False
) -> tuple[OfSeries, ...]:
    """The series of a report alone, for whoever draws them."""
    going = chosen.choose(archive, source_ids, restricted=restricted)
    return _series(going, notes.added(going))


def _of_source(going: "Chosen", each: "Outgoing", added: Added, style: str) -> OfSource:
    source = each.source
    own = added.of_source(source.id)
    # Formatting one takes some milliseconds, and most quotations of a source have the same.
    references: dict[str | None, str] = {
        None: citing.reference(source, going.archive.title, style=style)
    }
    quotations = []
    for note in own:
        if note.start is None or not note.is_current or note.kind == "bookmark":
            continue
        page = citing.page_at(going.archive, source.text_id, note.start)
        if page not in references:
            references[page] = citing.reference(source, going.archive.title, page, style)
        quotations.append(
            Quotation(
                note.exact or "",
                note.body,
                tuple(added.path(tag) for tag in note.tags),
                note.person,
                note.made_at,
                references[page],
                going.link(each, note.start, note.end),
            )
        )
    kept = figures.in_source(going.archive, source.id)
    return OfSource(
        source=source,
        reference=references[None],
        link=going.link(each),
        tags=each.tags,
        description=each.description,
        quotations=tuple(quotations),
        memos=tuple(note for note in own if note.start is None and note.body),
        figures=tuple(figure for figure in kept if figure.status != "rejected"),
    )


def _series(going: "Chosen", added: Added) -> tuple[OfSeries, ...]:
    found = []
    for each in series.all(going.archive):
        if each.status != "kept":
            continue  # a proposal is the program's
        points = [point for point in each.points if point.reading != "excluded"]
        if not points or any(point.source_id not in going.ids for point in each.points):
            continue
        rows = figures.rows(going.archive, [point.figure_id for point in points])
        ordered = sorted(points, key=lambda point: (point.earliest is None, point.earliest or 0))
        kept = tuple(rows[point.figure_id] for point in ordered if point.figure_id in rows)
        memos = tuple(note for note in added.notes if note.series_id == each.id)
        found.append(OfSeries(each.id, each.name, kept, memos))
    return tuple(found)


def _findings(going: "Chosen") -> "tuple[tuple[Finding, tuple[str, ...]], ...]":
    titles = {each.source.id: each.source.title for each in going}
    found = []
    for each in findings.all(going.archive):
        if each.judgement == "dismissed":
            continue
        places = _sources_of(going, each)
        if places and all(place in going.ids for place in places):
            found.append((each, tuple(titles[place] for place in places)))
    return tuple(found)


def _sources_of(going: "Chosen", each: "Finding") -> list[int]:
    rows = figures.rows(going.archive, list(each.figure_ids))
    places = [kept.source_id for kept in rows.values()]
    # A name in two spellings rests on passages, not on figures.
    sql = "SELECT source_id FROM passages WHERE id IN (SELECT value FROM json_each(?))"
    passages = json.dumps([each_id for each_id in each.passage_ids if each_id is not None])
    places += [int(row[0]) for row in going.archive.reading().execute(sql, [passages])]
    if each.source_id is not None:
        places.insert(0, each.source_id)
    return list(dict.fromkeys(places))
