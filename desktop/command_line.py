"""The commands of `muniment`: batch work over the same functions of db that the window uses."""

import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from db import errors
from desktop import printed, wording

if TYPE_CHECKING:
    from db.archive import Archive

ArchivePath = click.Path(path_type=Path)
_archive = click.argument("archive", type=ArchivePath)
_json = click.option("--json", "as_json", is_flag=True, help="Answer in JSON on standard output.")
_adopt = click.option(
    "--adopt", is_flag=True, help="Make an archive that was last written elsewhere your own."
)


class _Group(click.Group):
    """Turns an expected error into one sentence on standard error and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except errors.ArchiveError as error:
            raise _Refused(wording.describe(error)) from error
        except FileExistsError as error:
            raise _Refused(f"There is already something at “{error.filename}”.") from error
        except BrokenPipeError:
            # Whoever read our output has seen enough (`| head`); closing must not complain either.
            sys.stdout = None
            raise SystemExit(1) from None
        except OSError as error:
            where = f" “{error.filename}”" if error.filename else ""
            raise _Refused(f"This could not be done{where}: {error.strerror or error}.") from error
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            raise _Refused(_bug(error)) from error


class _Refused(click.ClickException):
    exit_code = 1

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file=file, err=True)


@click.group(cls=_Group, invoke_without_command=True)
@click.option("--version", "show_version", is_flag=True, help="Show the version and leave.")
@click.pass_context
def cli(ctx: click.Context, show_version: bool) -> None:
    """Sources, passages and the figures they state, in one archive file.

    Without a command the window opens.
    """
    if show_version:
        _echo_versions()
    elif ctx.invoked_subcommand is None:
        ctx.exit(_open_window(None))


@cli.command("open")
@click.argument("archive", type=ArchivePath, required=False)
@click.pass_context
def open_(ctx: click.Context, archive: Path | None) -> None:
    """Open the window, on ARCHIVE or on the welcome page."""
    ctx.exit(_open_window(archive))


@cli.command()
@click.argument("path", type=ArchivePath)
def sample(path: Path) -> None:
    """Write the sample archive to PATH."""
    from db import sample as samples

    samples.write(path, _progress())


@cli.command("import")
@_archive
@click.argument("paths", type=ArchivePath, nargs=-1)
@click.option("--manifest", type=ArchivePath, help="A CSV table that describes the files.")
@click.option("--split", is_flag=True, help="Make several sources of a file that holds several.")
@click.option("--ocr/--no-ocr", default=True, help="Read scanned pages where an engine is there.")
@click.option("--figures/--no-figures", default=True, help="Look for figures at once.")
@click.option("--encoding", help="Read plain text in this encoding instead of the one detected.")
@_json
@_adopt
@click.pass_context
def import_(
    ctx: click.Context,
    archive: Path,
    paths: tuple[Path, ...],
    manifest: Path | None,
    split: bool,
    ocr: bool,
    figures: bool,
    encoding: str | None,
    as_json: bool,
    adopt: bool,
) -> None:
    """Take files and folders into ARCHIVE, which is made if it is missing."""
    del ocr  # no reader of pictures yet: nothing to switch
    if not paths and manifest is None:
        raise click.UsageError("Name files or folders to import, or a table with --manifest.")
    from db import ingest, intake
    from db.archive import Archive

    opened = Archive.open(archive, adopt=adopt) if archive.exists() else Archive.create(archive)
    with opened as kept:
        encodings = {}
        if encoding is not None:
            found, _ = intake.items(paths, manifest, kept.path)
            encodings = {item.shown: encoding for item in found}
        report = ingest.add(
            kept,
            paths,
            _progress(),
            manifest=manifest,
            split=split,
            figures=figures,
            encodings=encodings,
        )
    printed.report(report, as_json=as_json)
    if report.failed:
        ctx.exit(1)


@cli.command()
@_archive
@_adopt
def extract(archive: Path, adopt: bool) -> None:
    """Look for figures in the sources that have none yet."""
    from db import ingest

    with _opened(archive, writable=True, adopt=adopt) as kept:
        ingest.extract(kept, _progress())
    printed.bad_words()


@cli.command()
@_archive
@_json
def sources(archive: Path, as_json: bool) -> None:
    """List the sources of ARCHIVE."""
    from db import sources as kept_sources

    with _opened(archive) as kept:
        found = kept_sources.all(kept)
    if as_json:
        printed.json_text(
            [{name: getattr(each, name) for name in printed.SOURCE} for each in found]
        )
        return
    for each in found:
        click.echo(f"{each.id}\t{each.title}\t{each.passages} passages\t{each.figures} figures")


@cli.command()
@_archive
@click.argument("source_id", type=int)
def text(archive: Path, source_id: int) -> None:
    """Write the stored text of a source, exactly."""
    from db import sources as kept_sources

    with _opened(archive) as kept:
        stored = kept_sources.text(kept, source_id)
    sys.stdout.buffer.write(stored.encode("utf-8"))


@cli.command()
@_archive
@click.argument("source_id", type=int)
@click.option("--jsonl", is_flag=True, help="One JSON object a line.")
def passages(archive: Path, source_id: int, jsonl: bool) -> None:
    """List the passages of a source."""
    from db import sources as kept_sources

    with _opened(archive) as kept:
        found = kept_sources.passages(kept, source_id)
    if jsonl:
        names = ("id", "ordinal", "start", "end", "kind", "page", "text")
        printed.json_lines({name: getattr(each, name) for name in names} for each in found)
        return
    for each in found:
        click.echo(f"{each.start}–{each.end}\t{each.kind}\t{each.text}")


@cli.command()
@_archive
@click.argument("query")
@click.option("--limit", type=click.IntRange(min=0), default=50, show_default=True)
@click.option("--boilerplate", is_flag=True, help="Search boilerplate, too.")
@_json
def search(archive: Path, query: str, limit: int, boilerplate: bool, as_json: bool) -> None:
    """Find passages of ARCHIVE by QUERY, the best first."""
    from db import search as searching

    with _opened(archive) as kept:
        asked = searching.Query.parse(query, include_boilerplate=boilerplate)
        found = searching.find(kept, asked, limit=limit)
        hits = searching.hits(kept, found.ids[:limit], asked, found.scores)
    ordered = [hits[each] for each in found.ids[:limit] if each in hits]
    if not as_json:
        click.echo(f"{found.total} passages. {asked.understood}", err=True)
        for hit in ordered:
            click.echo(f"{hit.source_title} {hit.start}–{hit.end}\t{hit.snippet}")
        return
    names = ("passage_id", "source_id", "source_title", "start", "end", "snippet", "score", "kind")
    printed.json_text(
        {
            "query": query,
            "understood": asked.understood,
            "total": found.total,
            "exact": found.exact,
            "hits": [
                {name: getattr(hit, name) for name in names}
                | {"matches": [[span.start, span.end] for span in hit.matches]}
                for hit in ordered
            ],
        }
    )


@cli.command()
@_archive
@click.option("--source", "source_id", type=int, help="Only of this source.")
@click.option("--jsonl", is_flag=True, help="One JSON object a line.")
def figures(archive: Path, source_id: int | None, jsonl: bool) -> None:
    """List the figures of ARCHIVE."""
    from db import figures as kept_figures
    from db import sources as kept_sources

    with _opened(archive) as kept:
        if source_id is None:
            found = kept_figures.all(kept)
        else:
            kept_sources.get(kept, source_id)
            found = kept_figures.in_source(kept, source_id)
    if jsonl:
        printed.json_lines(printed.figure(each) for each in found)
        return
    for each in found:
        figure = each.figure
        click.echo(f"{figure.text}\t{figure.value:g} {figure.unit or ''}\t{figure.date or ''}")


@cli.command()
@_archive
@click.option("--source", "source_id", type=int, help="Only of this source.")
@click.option("--jsonl", is_flag=True, help="One JSON object a line.")
def periods(archive: Path, source_id: int | None, jsonl: bool) -> None:
    """List the dates and periods that the sources name."""
    from db import figures as kept_figures
    from db import sources as kept_sources

    with _opened(archive) as kept:
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


@cli.command()
@_archive
@_json
def series(archive: Path, as_json: bool) -> None:
    """List the proposed and kept series of ARCHIVE."""
    from db import series as kept_series

    with _opened(archive) as kept:
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


@cli.command()
@_archive
@click.option("--series", "series_id", type=int, required=True, help="Which series to draw.")
@click.option("-o", "output", type=ArchivePath, required=True, help="A .svg, .png or .pdf file.")
def plot(archive: Path, series_id: int, output: Path) -> None:
    """Draw a series of ARCHIVE without a window."""
    if output.suffix.lower() not in (".svg", ".png", ".pdf"):
        raise click.UsageError("The file to draw must end in .svg, .png or .pdf.")
    from db import figures as kept_figures
    from db import series as kept_series

    with _opened(archive) as kept:
        asked = kept_series.get(kept, series_id)
        points = [each for each in asked.points if each.reading != "excluded"]
        found = kept_figures.rows(kept, [each.figure_id for each in points])
    _refuse_without_libraries({"QT_QPA_PLATFORM": "offscreen"})
    from desktop.plotting.draw import draw

    draw(list(found.values()), output, title=asked.name)


@cli.command()
@_archive
@_json
def findings(archive: Path, as_json: bool) -> None:
    """List what the program noticed in ARCHIVE and a person may judge."""
    from db import findings as kept_findings

    with _opened(archive) as kept:
        found = kept_findings.all(kept)
    if not as_json:
        for each in found:
            click.echo(f"{each.kind}\t{each.verdict or ''}\t{each.message}")
        return
    names = ("id", "kind", "verdict", "stated", "computed", "figure_ids", "passage_ids", "message")
    printed.json_text([{name: getattr(each, name) for name in names} for each in found])


@cli.command()
@_archive
@click.argument("a", type=int)
@click.argument("b", type=int)
@_json
def compare(archive: Path, a: int, b: int, as_json: bool) -> None:
    """Lay two sources of ARCHIVE, by their ids, side by side."""
    from db import comparison

    with _opened(archive) as kept:
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


@cli.command()
@_archive
@click.argument("destination", type=ArchivePath)
def backup(archive: Path, destination: Path) -> None:
    """Write a consistent copy of ARCHIVE to DESTINATION, also while a window is open."""
    if destination.is_dir():
        destination = destination / archive.name
    with _opened(archive) as kept:
        kept.backup(destination)


@cli.command()
@_archive
@_json
@click.pass_context
def check(ctx: click.Context, archive: Path, as_json: bool) -> None:
    """Verify the structure, the index, every span and every original of ARCHIVE."""
    with _opened(archive) as kept:
        results = kept.check(_progress())
    ok = all(result.ok for result in results)
    if as_json:
        printed.json_text({"ok": ok, "checks": [asdict(result) for result in results]})
    else:
        for result in results:
            click.echo(f"{'ok ' if result.ok else 'NOT'} {result.name}: {result.detail}")
    ctx.exit(0 if ok else 1)


def main() -> None:
    """Run the command line; output is UTF-8 with LF on every system."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", newline="\n", errors="replace")
    cli(prog_name="muniment")


@contextmanager
def _opened(path: Path, *, writable: bool = False, adopt: bool = False) -> Generator["Archive"]:
    from db.archive import Archive
    from db.connections import translated

    with Archive.open(path, writable=writable, adopt=adopt) as archive, translated(path):
        yield archive


def _open_window(archive: Path | None) -> int:
    from desktop import system_libraries

    if not system_libraries.has_screen():
        raise _Refused("There is no screen to show a window on (DISPLAY is not set).")
    _refuse_without_libraries()
    from desktop import app

    return app.run(archive)


def _refuse_without_libraries(environment: Mapping[str, str] | None = None) -> None:
    from desktop import system_libraries

    if missing := system_libraries.missing(environment):
        raise _Refused(
            "Qt needs libraries that this system lacks; install them and start again:"
            f" apt-get install {' '.join(missing)}"
        )


def _bug(error: Exception) -> str:
    from desktop import log

    said = f"Something went wrong that should not have ({type(error).__name__})"
    place = log.start()
    if place is None:
        return f"{said}."
    log.LOG.error("%s", log.told(type(error), error.__traceback__))
    log.stop()
    return f"{said}; where it happened is noted in “{place}”."


def _echo_versions() -> None:
    import platform

    from PySide6 import __version__ as pyside

    from db.archive import sqlite_version, version

    click.echo(f"Muniment {version()}")
    click.echo(
        f"Python {platform.python_version()}, Qt (PySide6) {pyside}, SQLite {sqlite_version()}"
    )


def _progress() -> Callable[[int, int, str], None] | None:
    if not sys.stderr.isatty():
        return None

    def show(done: int, of: int, what: str) -> None:
        name = Path(what).name[:50]
        click.echo(
            f"\r\033[K{done} of {of}  {name}" + ("\n" if done == of else ""), err=True, nl=False
        )

    return show
