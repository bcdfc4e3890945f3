"""The commands about quantities: figures, periods, series, plot, findings, compare."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop import printed, wording
from desktop.commands.asking import (
    ArchivePath,
    archive_argument,
    as_json_option,
    opened,
    progress,
    refuse_without_libraries,
)

if TYPE_CHECKING:
    from db import errors


@click.command()
@archive_argument
@click.option("--source", "source_id", type=int, help="Only of this source.")
@click.option("--boilerplate", is_flag=True, help="Read boilerplate, too; its ids are below zero.")
@click.option("--jsonl", is_flag=True, help="One JSON object a line.")
@click.pass_context
def figures(
    ctx: click.Context, archive: Path, source_id: int | None, boilerplate: bool, jsonl: bool
) -> None:
    """List the figures of ARCHIVE."""
    from db import extraction
    from db import figures as kept_figures
    from db import sources as kept_sources

    refused: list[tuple[int, errors.Unreadable]] = []
    with opened(archive) as kept:
        if source_id is None:
            found = kept_figures.all(kept)
        else:
            kept_sources.get(kept, source_id)
            found = kept_figures.in_source(kept, source_id)
        if boilerplate:
            more, refused = extraction.of_boilerplate(kept, progress(), source_id=source_id)
            found = sorted([*found, *more], key=lambda each: (each.source_id, each.figure.start))
    for each_id, refusal in refused:
        click.echo(f"source {each_id}: {wording.describe(refusal)}", err=True)
    if jsonl:
        printed.json_lines(printed.figure(each) for each in found)
    else:
        for each in found:
            figure = each.figure
            click.echo(f"{figure.text}\t{figure.value:g} {figure.unit or ''}\t{figure.date or ''}")
    ctx.exit(1 if refused else 0)


@click.command()
@archive_argument
@click.option("--source", "source_id", type=int, help="Only of this source.")
@click.option("--jsonl", is_flag=True, help="One JSON object a line.")
def periods(archive: Path, source_id: int | None, jsonl: bool) -> None:
    """List the dates and periods that the sources name."""
    from db import figures as kept_figures
    from db import sources as kept_sources

    with opened(archive) as kept:
        if source_id is not None:
            kept_sources.get(kept, source_id)
        found = kept_figures.periods(kept, source_id)
    if jsonl:
        printed.json_lines(
            {"source_id": each.source_id, "passage_id": each.passage_id}
            | {
                name: getattr(each.period, name)
                for name in ("start", "end", "text", "date", "basis")
            }
            for each in found
        )
        return
    for each in found:
        click.echo(f"{each.period.text}\t{each.period.date}")


@click.command()
@archive_argument
@as_json_option
def series(archive: Path, as_json: bool) -> None:
    """List the proposed and kept series of ARCHIVE."""
    from db import series as kept_series

    with opened(archive) as kept:
        found = kept_series.all(kept)
    if not as_json:
        for each in found:
            click.echo(f"{each.id}\t{each.name}\t{len(each.points)} figures\t{each.status}")
        return
    keys = ("figure_id", "value", "value_high", "source_id", "reading", "reason")
    listed = []
    for each in found:
        points = [
            {key: getattr(point, key) for key in keys}
            | {"earliest": printed.day(point.earliest), "latest": printed.day(point.latest)}
            for point in each.points
        ]
        listed.append(
            {"id": each.id, "name": each.name, "unit": each.unit, "status": each.status}
            | {"points": points}
        )
    printed.json_text(listed)


@click.command()
@archive_argument
@click.option("--series", "series_id", type=int, required=True, help="Which series to draw.")
@click.option("-o", "output", type=ArchivePath, required=True, help="A .svg, .png or .pdf file.")
def plot(archive: Path, series_id: int, output: Path) -> None:
    """Draw a series of ARCHIVE without a window."""
    if output.suffix.lower() not in (".svg", ".png", ".pdf"):
        raise click.UsageError("The file to draw must end in .svg, .png or .pdf.")
    from db import figures as kept_figures
    from db import series as kept_series
    from db import sources as kept_sources

    with opened(archive) as kept:
        asked = kept_series.get(kept, series_id)
        # What is drawn leaves the archive: restricted sources stay out, as of an export.
        closed = kept_sources.restricted(kept)
        points = [
            each
            for each in asked.points
            if each.reading != "excluded" and each.source_id not in closed
        ]
        found = kept_figures.rows(kept, [each.figure_id for each in points])
    refuse_without_libraries({"QT_QPA_PLATFORM": "offscreen"})
    from desktop.plotting.draw import draw

    draw(list(found.values()), output, title=asked.name)


@click.command()
@archive_argument
@as_json_option
def findings(archive: Path, as_json: bool) -> None:
    """List what the program noticed in ARCHIVE and a person may judge."""
    from db import findings as kept_findings

    with opened(archive) as kept:
        found = kept_findings.all(kept)
    if not as_json:
        for each in found:
            click.echo(f"{each.kind}\t{each.verdict or ''}\t{each.message}")
        return
    names = ("id", "kind", "verdict", "stated", "computed", "figure_ids", "passage_ids", "message")
    printed.json_text([{name: getattr(each, name) for name in names} for each in found])


@click.command()
@archive_argument
@click.argument("a", type=int)
@click.argument("b", type=int)
@as_json_option
def compare(archive: Path, a: int, b: int, as_json: bool) -> None:
    """Lay two sources of ARCHIVE, by their ids, side by side."""
    from db import comparison

    with opened(archive) as kept:
        compared = comparison.compare(kept, a, b)
    pairs = [
        {name: getattr(pair, name) for name in ("a", "b", "relation", "similarity")}
        for pair in compared.pairs
    ]
    if not as_json:
        for pair in pairs:
            click.echo(f"{pair['a'] or '-'}\t{pair['b'] or '-'}\t{pair['relation']}")
        return
    figures = [
        {name: getattr(pair, name) for name in ("a", "b", "relation")} for pair in compared.figures
    ]
    printed.json_text({"pairs": pairs, "figures": figures})
