"""The command that takes in what was done in a copy of an archive."""

from dataclasses import asdict
from pathlib import Path

import click

from desktop import printed
from desktop.commands.asking import (
    ArchivePath,
    adopt_option,
    archive_argument,
    as_json_option,
    opened,
    progress,
)


@click.command()
@archive_argument
@click.argument("other", type=ArchivePath)
@click.option("--dry-run", is_flag=True, help="Only say what would come.")
@click.option("--theirs", is_flag=True, help="Where both changed the same, take OTHER's.")
@as_json_option
@adopt_option
def merge(
    archive: Path, other: Path, dry_run: bool, theirs: bool, as_json: bool, adopt: bool
) -> None:
    """Take in what was done in OTHER, a copy of ARCHIVE; one change that can be undone."""
    from db import findings, series
    from db import merge as merging

    default: merging.Choice = "theirs" if theirs else "ours"
    with opened(archive, writable=not dry_run, adopt=adopt) as kept:
        if dry_run:
            merged = merging.preview(kept, other, progress(), default=default)
        else:
            merged = merging.merge(kept, other, progress(), default=default)
            if merged.brings():
                series.propose(kept)
                findings.find(kept, progress())
    if as_json:
        told = asdict(merged)
        names = ("table", "uuid", "field", "ours", "theirs", "about")
        told["conflicts"] = [
            {name: getattr(each, name) for name in names} for each in merged.conflicts
        ]
        printed.json_text(told)
        return
    for what in ("added", "changed", "removed"):
        for table, number in getattr(merged, what).items():
            click.echo(f"{what}\t{table}\t{number}")
    for each in merged.conflicts:
        click.echo(
            f"conflict\t{each.table}\t{each.about}\t{each.field}: {each.ours} | {each.theirs}"
        )
