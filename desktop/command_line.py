"""The commands of `muniment`: batch work over the same functions of db that the window uses.

What each command does stands in desktop/commands/, a file a group.
"""

import os
import re
import sys
from pathlib import Path
from typing import Any

import click

from db import errors
from desktop import wording
from desktop.commands import exchange, figures, keeping, merging, sources, taking_in
from desktop.commands.asking import Refused, refuse_without_libraries

# An address of another machine (file://server/...) is none: it is refused as it was given.
_ADDRESS = re.compile("file:(?://(?:localhost)?)?(/(?!/).*)", re.IGNORECASE | re.DOTALL)


class _Group(click.Group):
    """Turns an expected error into one sentence on standard error and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except errors.ArchiveError as error:
            raise Refused(wording.describe(error)) from error
        except FileExistsError as error:
            raise Refused(f"There is already something at “{error.filename}”.") from error
        except BrokenPipeError:
            # Whoever read our output has seen enough (`| head`); closing must not complain either.
            sys.stdout = None
            raise SystemExit(1) from None
        except OSError as error:
            where = f" “{error.filename}”" if error.filename else ""
            raise Refused(f"This could not be done{where}: {error.strerror or error}.") from error
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            raise Refused(_bug(error)) from error


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
@click.argument("archive", required=False)
@click.pass_context
def open_(ctx: click.Context, archive: str | None) -> None:
    """Open the window, on ARCHIVE or on the welcome page.

    ARCHIVE may be a link (muniment:...): its archive opens at the words it means. It may be an
    address (file:///...), as desktops hand files over.
    """
    if archive is not None and archive.startswith("muniment:"):
        from db import stable_link

        path = stable_link.archive_path(stable_link.parse(archive))
        ctx.exit(_open_window(path, archive))
    ctx.exit(_open_window(None if archive is None else _local_path(archive)))


for _command in (
    taking_in.sample,
    taking_in.import_,
    taking_in.extract,
    sources.sources,
    sources.text,
    sources.passages,
    sources.search,
    figures.figures,
    figures.periods,
    figures.series,
    figures.plot,
    figures.findings,
    figures.compare,
    exchange.export,
    merging.merge,
    keeping.backup,
    keeping.check,
):
    cli.add_command(_command)


def main() -> None:
    """Run the command line; output is UTF-8 with LF on every system."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", newline="\n", errors="replace")
    cli(prog_name="muniment")


def _local_path(named: str) -> Path:
    """The file that a path or an address of this machine (`file:///...`) names."""
    address = _ADDRESS.fullmatch(named)
    if address is None:
        return Path(named)
    from urllib.parse import unquote_to_bytes

    # By way of bytes, since the names of old disks are not always UTF-8.
    path = os.fsdecode(unquote_to_bytes(address[1]))
    return Path(path.removeprefix("/") if os.name == "nt" else path)


def _open_window(archive: Path | None, link: str = "") -> int:
    from desktop import system_libraries

    if not system_libraries.has_screen():
        raise Refused("There is no screen to show a window on (DISPLAY is not set).")
    refuse_without_libraries()
    from desktop import app

    return app.run(archive, link)


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
