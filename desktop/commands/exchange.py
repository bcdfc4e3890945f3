"""The command that writes an archive for other programs: export."""

from pathlib import Path

import click

from desktop import exported, wording
from desktop.commands.asking import (
    ArchivePath,
    archive_argument,
    opened,
    progress,
    refuse_without_libraries,
)


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
        refuse_without_libraries({"QT_QPA_PLATFORM": "offscreen"})
    with opened(archive) as kept:
        for source_id in source_ids:
            sources.get(kept, source_id)
        written = exported.write(
            kept, progress(), name=form, destination=destination,
            source_ids=source_ids or None, restricted=restricted,
        )  # fmt: skip
    for sentence in wording.of_export(written):
        click.echo(sentence, err=True)
