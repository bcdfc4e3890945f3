"""The commands that put something into an archive: sample, import, extract."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from db.records import Imported, Report
from desktop import exported, printed
from desktop.commands.asking import (
    ArchivePath,
    adopt_option,
    archive_argument,
    as_json_option,
    opened,
    progress,
)

if TYPE_CHECKING:
    from db.archive import Archive


@click.command()
@click.argument("path", type=ArchivePath)
def sample(path: Path) -> None:
    """Write the sample archive to PATH."""
    from db import sample as samples

    samples.write(path, progress())


@click.command("import")
@archive_argument
@click.argument("paths", type=ArchivePath, nargs=-1)
@click.option("--manifest", type=ArchivePath, help="A CSV table that describes the files.")
@click.option("--split", is_flag=True, help="Make several sources of a file that holds several.")
@click.option("--ocr/--no-ocr", default=True, help="Read scanned pages where an engine is there.")
@click.option("--ocr-languages", default="", help="Which ones, as the engine names them: eng+deu.")
@click.option("--figures/--no-figures", default=True, help="Look for figures at once.")
@click.option("--keep/--link", default=True, help="Keep the files, or only where they lie.")
@click.option("--encoding", help="Read plain text in this encoding instead of the one detected.")
@as_json_option
@adopt_option
@click.pass_context
def import_(
    ctx: click.Context,
    archive: Path,
    paths: tuple[Path, ...],
    manifest: Path | None,
    split: bool,
    ocr: bool,
    ocr_languages: str,
    figures: bool,
    keep: bool,
    encoding: str | None,
    as_json: bool,
    adopt: bool,
) -> None:
    """Take files and folders into ARCHIVE, which is made if it is missing."""
    if not paths and manifest is None:
        raise click.UsageError("Name files or folders to import, or a table with --manifest.")
    from db import errors, ingest, intake
    from db.archive import Archive

    # A bibliography or project is no source but another program's work on some.
    theirs = [] if manifest else [path for path in paths if exported.is_from_elsewhere(path)]
    paths = tuple(path for path in paths if path not in theirs)
    report = Report()
    opened = Archive.open(archive, adopt=adopt) if archive.exists() else Archive.create(archive)
    with opened as kept:
        encodings = {}
        try:
            if encoding is not None:
                found, _ = intake.items(paths, manifest, kept.path)
                encodings = {item.shown: encoding for item in found}
            if paths or manifest:
                report = ingest.add(
                    kept,
                    paths,
                    progress(),
                    manifest=manifest,
                    split=split,
                    figures=figures,
                    encodings=encodings,
                    ocr=ocr_languages if ocr else None,
                    keep_originals=keep,
                )
        except errors.BadManifest as error:
            # Files without their descriptions would be the wrong sources: nothing is taken.
            report.failed.append((str(manifest), error))
        for path in theirs:
            _take_in(kept, path, report)
    printed.report(report, as_json=as_json)
    if report.failed or report.misplaced():
        ctx.exit(1)


def _take_in(archive: "Archive", path: Path, report: Report) -> None:
    from db import errors, sources

    try:
        (taken,) = exported.take_in(archive, progress(), paths=[path])
    except errors.ArchiveError as error:
        report.failed.append((str(path), error))
        return
    new = [sources.get(archive, source_id) for source_id in taken.source_ids]
    passages, figures = sum(each.passages for each in new), sum(each.figures for each in new)
    report.imported.append(Imported(str(path), taken.source_ids, passages, figures))
    printed.taken(taken)


@click.command()
@archive_argument
@adopt_option
def extract(archive: Path, adopt: bool) -> None:
    """Look for figures in the sources that have none yet."""
    from db import extraction

    with opened(archive, writable=True, adopt=adopt) as kept:
        extraction.extract(kept, progress())
    printed.bad_words()
