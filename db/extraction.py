"""Figures of whole sources: the grammar reads them in workers, and each source's are kept together."""

import uuid as uuids
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from db import errors, finding_rows, findings, own_words, series, storing, worker
from db import figures as figure_rows
from db.quantities.lexicon import Word
from db.records import Block, Context, Extraction, KeptFigure, Remark
from db.sources import VISIBLE

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.archive import Archive


def extract(
    archive: "Archive",
    progress: worker.Progress | None = None,
    *,
    source_ids: Sequence[int] | None = None,
) -> int:
    """Propose figures for the sources that have none yet; returns for how many sources.

    Runs in workers on all cores; each source's figures appear whole or not at all, so a run that
    was stopped goes on where it was.
    """
    waiting = without_figures(archive)
    if source_ids is not None:
        wanted = set(source_ids)
        waiting = [each for each in waiting if each in wanted]
    cancelled = worker.Cancelling(progress)
    words, _ = own_words.read()
    requests = ((each, *request(archive, each, words)) for each in waiting)
    for done, (source_id, reply) in enumerate(worker.Crew().map(requests, cancelled)):
        cancelled.tell(done, len(waiting), "figures")
        keep(archive, source_id, reply)
    if waiting:
        series.propose(archive)
        findings.find(archive)
    cancelled.tell(len(waiting), len(waiting), "figures")
    return len(waiting)


def without_figures(archive: "Archive") -> list[int]:
    """The sources whose text the grammar has not read yet."""
    sql = """
        SELECT sources.id FROM sources
          JOIN imports ON imports.id = sources.import_id
         WHERE sources.grammar IS NULL AND sources.text_id IS NOT NULL
           AND imports.completed_at IS NOT NULL AND sources.deleted_at IS NULL
         ORDER BY sources.id
    """
    return [int(row[0]) for row in archive.reading().execute(sql).fetchall()]


def of_boilerplate(
    archive: "Archive", progress: worker.Progress | None = None, *, source_id: int | None = None
) -> tuple[list[KeptFigure], list[tuple[int, errors.Unreadable]]]:
    """The figures that boilerplate would give, and the sources that could not be read for them.

    They are read now and kept nowhere, so that nothing counts, reviews or draws them; their ids
    are below zero.
    """
    titles = _with_boilerplate(archive, source_id)
    cancelled = worker.Cancelling(progress)
    words, _ = own_words.read()
    requests = ((each, *request(archive, each, words, boilerplate=True)) for each in titles)
    found: list[KeptFigure] = []
    refused: list[tuple[int, errors.Unreadable]] = []
    for done, (each, reply) in enumerate(worker.Crew().map(requests, cancelled)):
        cancelled.tell(done, len(titles), "figures")
        try:
            read = worker.extraction_of(reply) if reply else Extraction()
        except errors.Unreadable as refusal:
            refused.append((each, refusal))
            continue
        title, text_id = titles[each]
        places = storing.places_of(archive.reading(), text_id)
        kept = figure_rows.in_source(archive, each)
        by_hand = [(one.figure.start, one.figure.end) for one in kept]
        for figure in _outside(read.figures, by_hand):
            passage_id = places(figure.start)
            number = -len(found) - 1
            found.append(KeptFigure(number, each, title, passage_id, "proposed", figure))
    cancelled.tell(len(titles), len(titles), "figures")
    return found, refused


def _with_boilerplate(archive: "Archive", source_id: int | None) -> dict[int, tuple[str, int]]:
    """Source id -> (title, text id) of what the grammar has read and has boilerplate."""
    sql = f"""
        SELECT sources.id, sources.title, sources.text_id
          FROM sources
         WHERE {VISIBLE} AND sources.grammar IS NOT NULL AND sources.id = coalesce(?, sources.id)
           AND EXISTS (SELECT 1 FROM passages
                        WHERE source_id = sources.id AND text_id = sources.text_id
                          AND kind = 'boilerplate')
         ORDER BY sources.id
    """
    found = archive.reading().execute(sql, [source_id]).fetchall()
    return {int(each): (str(title), int(text_id)) for each, title, text_id in found}


def request(
    archive: "Archive", source_id: int, words: tuple[Word, ...], *, boilerplate: bool = False
) -> tuple[worker.Request | None, float]:
    """What a worker is asked for the figures of a source, and how long it may take; None if empty."""
    text, blocks, context = as_read(archive, source_id)
    if not text:
        return None, 0.0
    seconds = worker.SECONDS_FOR_FIGURES + len(text) / worker.CHARACTERS_A_SECOND
    asked = worker.extract_request(text, blocks, context, words, boilerplate=boilerplate)
    return asked, seconds


def as_read(archive: "Archive", source_id: int) -> tuple[str, list[Block], Context]:
    """What the grammar reads of a source: its text, its passages, what is known of it."""
    database = archive.reading()
    row = database.execute(
        "SELECT texts.text, sources.text_id, sources.language, sources.date, sources.genre"
        " FROM sources JOIN texts ON texts.id = sources.text_id WHERE sources.id = ?",
        [source_id],
    ).fetchone()
    if row is None:
        return "", [], Context()
    text, text_id, language, date, genre = row
    found = database.execute(
        'SELECT start, "end", kind, page, level FROM passages WHERE text_id = ? ORDER BY ordinal',
        [text_id],
    ).fetchall()
    context = Context(language=language, document_date=date, genre=genre)
    return text, [Block(*each) for each in found], context


def keep(archive: "Archive", source_id: int, reply: worker.Reply) -> None:
    """Store what the grammar proposed; a refusal is noted, so that it is not asked again."""
    database = archive.reading()
    row = database.execute("SELECT text_id FROM sources WHERE id = ?", [source_id]).fetchone()
    if row is None or row[0] is None:
        return
    grammar = store(archive, source_id, int(row[0]), reply)
    with archive.writing("sources", urgent=False) as writer:
        writer.execute("UPDATE sources SET grammar = ? WHERE id = ?", [grammar, source_id])


def store(archive: "Archive", source_id: int, text_id: int, reply: worker.Reply) -> str:
    """Store what the grammar proposed for one text version; its version, or why it refused."""
    extraction = Extraction(grammar="")
    refusal = ""
    if reply:
        try:
            extraction = worker.extraction_of(reply)
        except errors.Unreadable as unreadable:
            refusal = f"refused: {unreadable.reason}"
    places = storing.places_of(archive.reading(), text_id)
    is_new = (
        archive.reading()
        .execute(
            "SELECT 1 FROM sources WHERE text_id = :text AND grammar IS NULL"
            " UNION SELECT 1 FROM texts WHERE id = :text AND reason = :unfinished",
            {"text": text_id, "unfinished": storing.UNFINISHED},
        )
        .fetchone()
    )
    with archive.writing("figures", "periods", urgent=False) as writer:
        # What a person has annotated, tagged or linked stays, like what was decided.
        writer.execute(
            f"DELETE FROM figures WHERE text_id = ? AND status = 'proposed' AND NOT {storing.IS_GIVEN}"
            " AND id NOT IN (SELECT figure_id FROM annotations WHERE figure_id IS NOT NULL"
            " UNION SELECT figure_id FROM taggings WHERE figure_id IS NOT NULL"
            " UNION SELECT from_figure_id FROM links WHERE from_figure_id IS NOT NULL"
            " UNION SELECT to_figure_id FROM links WHERE to_figure_id IS NOT NULL)",
            [text_id],
        )
        if not is_new:  # else there are none but those the document gave
            writer.execute("DELETE FROM periods WHERE text_id = ?", [text_id])
    extraction = _without_given(archive.reading(), text_id, extraction)
    for slice_ in _slices(extraction):
        with archive.writing("figures", "periods", urgent=False) as writer:
            figure_rows.store(writer, source_id, text_id, slice_, places)
    with archive.writing("findings", urgent=False) as writer:
        _keep_remarks(writer, source_id, text_id, extraction, places)
    return refusal or extraction.grammar


def counts(archive: "Archive") -> dict[int, int]:
    """Source id -> how many figures its present text has."""
    sql = """
        SELECT figures.source_id, count(*)
          FROM figures
          JOIN sources ON sources.text_id = figures.text_id
         GROUP BY figures.source_id
    """
    return {int(a): int(b) for a, b in archive.reading().execute(sql).fetchall()}


def _without_given(database: "Database", text_id: int, extraction: Extraction) -> Extraction:
    """What the grammar proposes where the document itself has not given the meaning."""
    given = {
        table: database.execute(
            f'SELECT start, "end" FROM {table} WHERE text_id = ?{where}', [text_id]
        ).fetchall()
        for table, where in (("figures", f" AND {storing.IS_GIVEN}"), ("periods", ""))
    }
    return replace(
        extraction,
        figures=tuple(_outside(extraction.figures, given["figures"])),
        periods=tuple(_outside(extraction.periods, given["periods"])),
    )


def _outside(found: Sequence[Any], given: Sequence[tuple[int, int]]) -> Iterator[Any]:
    """Those that share no character with what is given; both stand in the text's order."""
    spans = sorted(given)
    starts = [start for start, _ in spans]
    for each in found:
        at = bisect_left(starts, each.end) - 1
        if at < 0 or spans[at][1] <= each.start:
            yield each


def _slices(extraction: Extraction) -> Iterator[Extraction]:
    longest = max(len(extraction.figures), len(extraction.periods))
    for start in range(0, longest, storing.ROWS_A_TRANSACTION):
        end = start + storing.ROWS_A_TRANSACTION
        yield Extraction(
            extraction.figures[start:end], extraction.periods[start:end], (), extraction.grammar
        )


def _keep_remarks(
    database: "Database",
    source_id: int,
    text_id: int,
    extraction: Extraction,
    places: figure_rows.Places,
) -> None:
    row = database.execute("SELECT version FROM texts WHERE id = ?", [text_id]).fetchone()
    version = int(row[0])
    rows = [
        (
            str(uuids.uuid4()), remark.kind, remark.message, source_id, places(remark.start),
            remark.start, remark.end, extraction.grammar, _identity(source_id, version, remark),
        )
        for remark in extraction.remarks
    ]  # fmt: skip
    # A remark a person has dismissed keeps its row, and with it the dismissal.
    database.conn.executemany(
        "INSERT OR IGNORE INTO findings (uuid, kind, message, source_id, passage_id, start,"
        ' "end", grammar, identity) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        rows,
    )


def _identity(source_id: int, version: int, remark: Remark) -> str:
    span = (remark.start, remark.end)
    return finding_rows.identity_of_remark(remark.kind, source_id, span, remark.message, version)
