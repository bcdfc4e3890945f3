"""What the commands share: their arguments, the archive they ask, progress, and refusals."""

import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from db.archive import Archive

ArchivePath = click.Path(path_type=Path)
archive_argument = click.argument("archive", type=ArchivePath)
as_json_option = click.option(
    "--json", "as_json", is_flag=True, help="Answer in JSON on standard output."
)
adopt_option = click.option(
    "--adopt", is_flag=True, help="Make an archive that was last written elsewhere your own."
)


class Refused(click.ClickException):
    """One sentence on standard error and exit code 1."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file=file, err=True)


@contextmanager
def opened(path: Path, *, writable: bool = False, adopt: bool = False) -> "Generator[Archive]":
    """The archive at `path`, closed afterwards; what SQLite says of it becomes our errors."""
    from db.archive import Archive
    from db.connections import translated

    with Archive.open(path, writable=writable, adopt=adopt) as archive, translated(path):
        yield archive


def refuse_without_libraries(environment: Mapping[str, str] | None = None) -> None:
    """Say which libraries Qt lacks before it aborts the process over them."""
    from desktop import system_libraries

    if missing := system_libraries.missing(environment):
        raise Refused(
            "Qt needs libraries that this system lacks; install them and start again:"
            f" apt-get install {' '.join(missing)}"
        )


def progress() -> Callable[[int, int, str], None] | None:
    """A line of progress on a terminal; None where standard error is a file."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, of: int, what: str) -> None:
        name = Path(what).name[:50]
        click.echo(
            f"\r\033[K{done} of {of}  {name}" + ("\n" if done == of else ""), err=True, nl=False
        )

    return show
