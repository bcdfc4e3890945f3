"""The commands that keep an archive safe: backup and check."""

from dataclasses import asdict
from pathlib import Path

import click

from desktop import printed
from desktop.commands.asking import (
    ArchivePath,
    Refused,
    archive_argument,
    as_json_option,
    opened,
    progress,
)


@click.command()
@archive_argument
@click.argument("destination", type=ArchivePath)
def backup(archive: Path, destination: Path) -> None:
    """Write a consistent copy of ARCHIVE to DESTINATION, also while a window is open."""
    if destination.is_dir():
        destination = destination / archive.name
    with opened(archive) as kept:
        kept.backup(destination)


@click.command()
@archive_argument
@as_json_option
def check(archive: Path, as_json: bool) -> None:
    """Verify the structure, the index, every span and every original of ARCHIVE."""
    with opened(archive) as kept:
        results = kept.check(progress())
    ok = all(result.ok for result in results)
    if as_json:
        printed.json_text({"ok": ok, "checks": [asdict(result) for result in results]})
    else:
        for result in results:
            click.echo(f"{'ok ' if result.ok else 'NOT'} {result.name}: {result.detail}")
    if not ok:
        failed = ", ".join(result.name for result in results if not result.ok)
        raise Refused(f"Not everything in the archive holds: {failed}.")
