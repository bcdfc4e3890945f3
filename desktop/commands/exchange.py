"""The command that writes an archive for other programs: export."""

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop import exported, system_libraries, wording
from desktop.commands.asking import (
    ArchivePath,
    archive_argument,
    opened,
    progress,
    refuse_without_libraries,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.exchange.report import OfSeries
    from desktop.report.blocks import Picture

_NO_SCREEN = {"QT_QPA_PLATFORM": "offscreen"}


@click.command()
@archive_argument
@click.argument("form", metavar="FORMAT", type=click.Choice(exported.NAMES))
@click.argument("destination", metavar="DEST", type=ArchivePath)
@click.option("--restricted", is_flag=True, help="Write sources marked restricted, too.")
@click.option("--source", "source_ids", type=int, multiple=True, help="Only these and below them.")
def export(
    archive: Path, form: str, destination: Path, restricted: bool, source_ids: tuple[int, ...]
) -> None:
    """Write ARCHIVE to the file DEST as FORMAT; restricted sources are left out."""
    from db import sources

    if form in ("report.odt", "report.pdf"):
        refuse_without_libraries(_NO_SCREEN)
    asked = exported.Asked(form, destination, source_ids or None, restricted)
    with opened(archive) as kept:
        for source_id in source_ids:
            sources.get(kept, source_id)
        application = pictures = None
        if exported.is_report(form) and not system_libraries.missing(_NO_SCREEN):
            application, pictures = _draw(exported.report_series(kept, asked=asked))
        written = exported.write(kept, progress(), asked=replace(asked, pictures=pictures))
    del application
    for sentence in wording.of_export(written):
        click.echo(sentence, err=True)


def _draw(series: "Sequence[OfSeries]") -> "tuple[object, Mapping[int, Picture]]":
    """The plots of a report, and the application that they and the report's writers need."""
    from desktop.plotting import draw
    from desktop.report import pictures

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = draw.application()
    return application, pictures.drawn_at_once(series, progress())
