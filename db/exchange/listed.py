"""Sources, figures and annotations as tables (CSV, XLSX), with a link back to the words of each row."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from db.exchange import notes, tables
from db.exchange.chosen import Chosen
from db.exchange.isad import IN_TABLES
from db.exchange.tables import Cell, Column

Progress = Callable[[int, int, str], None]


FIGURES = (
    Column("id", "whole"), Column("source_id", "whole"), Column("source_title"),
    Column("reference_code"), Column("passage_id", "whole"), Column("start", "whole"),
    Column("end", "whole"), Column("text"), Column("kind"), Column("value", "number"),
    Column("value_high", "number"), Column("approx"), Column("unit"), Column("per"), Column("of"),
    Column("from"), Column("to"), Column("modality"), Column("nature"), Column("date"),
    Column("date_basis"), Column("rules"), Column("status"), Column("link"),
)  # fmt: skip
ANNOTATIONS = (
    Column("id", "whole"), Column("uuid"), Column("kind"), Column("source_id", "whole"),
    Column("source_title"), Column("reference_code"), Column("start", "whole"),
    Column("end", "whole"), Column("text"), Column("prefix"), Column("suffix"), Column("body"),
    Column("colour"), Column("tags"), Column("figure_id", "whole"), Column("series_id", "whole"),
    Column("finding_id", "whole"), Column("plot_id", "whole"), Column("person"),
    Column("made_at"), Column("changed_at"), Column("orphaned_at"), Column("link"),
)  # fmt: skip
SOURCES = (
    Column("id", "whole"), Column("uuid"), Column("parent_id", "whole"), Column("level"),
    Column("reference_code"), Column("title"), Column("creator"), Column("date"),
    Column("language"), Column("genre"), Column("rights"), Column("notes"),
    Column("restricted", "flag"), Column("description"), Column("file_name"),
    Column("media_type"), Column("sha256"), Column("passages", "whole"),
    Column("figures", "whole"), Column("link"), *map(Column, IN_TABLES),
)  # fmt: skip


def write_figures_csv(going: Chosen, file: BinaryIO, progress: Progress) -> int:
    return tables.write_csv(file, FIGURES, figures(going, progress))


def write_figures_xlsx(going: Chosen, file: BinaryIO, progress: Progress) -> tuple[int, int]:
    return tables.write_xlsx(file, "figures", FIGURES, figures(going, progress))


def write_annotations_csv(going: Chosen, file: BinaryIO, progress: Progress) -> int:
    return tables.write_csv(file, ANNOTATIONS, annotations(going, progress))


def write_annotations_xlsx(going: Chosen, file: BinaryIO, progress: Progress) -> tuple[int, int]:
    return tables.write_xlsx(file, "annotations", ANNOTATIONS, annotations(going, progress))


def write_sources_csv(going: Chosen, file: BinaryIO, progress: Progress) -> int:
    return tables.write_csv(file, SOURCES, sources(going, progress))


def write_sources_xlsx(going: Chosen, file: BinaryIO, progress: Progress) -> tuple[int, int]:
    return tables.write_xlsx(file, "sources", SOURCES, sources(going, progress))


def figures(going: Chosen, progress: Progress) -> Iterator[Sequence[Cell]]:
    """A row a figure, the columns of FIGURES; by source and place."""
    from db import figures as kept_figures

    for at, each in enumerate(going):
        source = each.source
        progress(at, len(going), source.title)
        for kept in kept_figures.in_source(going.archive, source.id):
            figure = kept.figure
            yield (
                kept.id, source.id, source.title, source.reference_code, kept.passage_id,
                figure.start, figure.end, figure.text, figure.kind, figure.value,
                figure.value_high, figure.approx, figure.unit, figure.per, figure.of,
                figure.giver, figure.receiver, figure.modality, figure.nature, figure.date,
                figure.date_basis, " ".join(figure.rules), kept.status,
                going.link(each, figure.start, figure.end),
            )  # fmt: skip
    progress(len(going), len(going), "")


def annotations(going: Chosen, progress: Progress) -> Iterator[Sequence[Cell]]:
    """A row an annotation, the columns of ANNOTATIONS."""
    added = notes.added(going)
    by_id = {each.source.id: each for each in going}
    only = going.annotation_ids
    for at, note in enumerate(added.notes):
        if at % 500 == 0:
            progress(at, len(added.notes), "")
        if only is not None and note.id not in only:
            continue
        each = None if note.source_id is None else by_id.get(note.source_id)
        link = None
        if each is not None and note.start is not None and note.is_current:
            link = going.link(each, note.start, note.end)
        yield (
            note.id, note.uuid, note.kind, note.source_id,
            each.source.title if each else None, each.source.reference_code if each else None,
            note.start, note.end, note.exact, note.prefix, note.suffix, note.body, note.colour,
            "; ".join(added.path(tag) for tag in note.tags), note.figure_id, note.series_id,
            note.finding_id, note.plot_id, note.person, note.made_at, note.changed_at,
            note.orphaned_at, link,
        )  # fmt: skip
    progress(len(added.notes), len(added.notes), "")


def sources(going: Chosen, progress: Progress) -> Iterator[Sequence[Cell]]:
    """A row a source, the columns of SOURCES; parents before what lies below them."""
    for at, each in enumerate(going):
        source = each.source
        if at % 500 == 0:
            progress(at, len(going), source.title)
        more = json.dumps(each.description, ensure_ascii=False) if each.description else None
        yield (
            source.id, source.uuid, source.parent_id, source.level, source.reference_code,
            source.title, source.creator, source.date, source.language, source.genre,
            source.rights, source.notes, source.restricted, more, source.file_name,
            source.media_type, source.sha256, source.passages, source.figures, going.link(each),
            *(each.description.get(name) for name in IN_TABLES),
        )  # fmt: skip
    progress(len(going), len(going), "")
