"""What goes out of a plot: a picture on the clipboard or in a file, and the data behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from desktop import asked
from desktop.plotting.draw import Sheet, draw
from desktop.plotting.inks import paper_inks
from desktop.plotting.offer import Offer
from desktop.plotting.state import Look
from desktop.plotting.table import rows, written

if TYPE_CHECKING:
    from db.archive import Archive

_AT_ONCE = 5000  # figures a question


def write_picture(offer: Offer, path: Path, title: str, look: Look) -> None:
    """Write the plot to `path`, without its restricted sources."""
    draw(offer, path, title=title, look=_leaving(offer, look))


def copy_picture(offer: Offer, title: str, look: Look) -> None:
    """Put the plot with its caption on the clipboard, without its restricted sources."""
    sheet = Sheet(offer, title, _leaving(offer, look), paper_inks())
    QGuiApplication.clipboard().setImage(sheet.image(2))
    sheet.close()


def data(archive: "Archive", ids: Sequence[int]) -> str:
    """The figures behind a plot as CSV with citations, those of restricted sources left out."""
    import db.sources

    closed = db.sources.restricted(archive)

    def cells() -> Iterator[tuple[str | int | float | None, ...]]:
        for at in range(0, len(ids), _AT_ONCE):
            part = ids[at : at + _AT_ONCE]
            figures = asked.figures(archive, part)
            found = [figures[each] for each in part if each in figures]
            found = [kept for kept in found if kept.source_id not in closed]
            passages = db.sources.passages_by_id(archive, [kept.passage_id for kept in found])
            yield from rows(found, passages.get)

    return written(cells())


def write_data(archive: "Archive", ids: Sequence[int], path: Path) -> None:
    """Write `data` to `path`."""
    # The mark at the front tells spreadsheets that this is UTF-8.
    path.write_text(data(archive, ids), encoding="utf-8-sig", newline="")


def _leaving(offer: Offer, look: Look) -> Look:
    return replace(look, hidden_sources=look.hidden_sources | offer.restricted)
