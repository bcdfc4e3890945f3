"""What goes out of a plot: a file, a picture or its data on the clipboard."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from desktop.plotting.draw import SUFFIXES, Sheet, Wish, draw
from desktop.plotting.inks import paper_inks
from desktop.plotting.offer import Offer


def write(offer: Offer, path: Path, title: str, wish: Wish, data: Callable[[], str]) -> None:
    """Write the plot to `path`: a picture, or with the ending .csv its data."""
    if path.suffix.lower() in SUFFIXES:
        draw(offer, path, title=title, wish=wish)
    else:
        # The mark at the front tells spreadsheets that this is UTF-8.
        path.write_text(data(), encoding="utf-8-sig", newline="")


def copy_picture(offer: Offer, title: str, wish: Wish) -> None:
    """Put the plot with its caption on the clipboard."""
    sheet = Sheet(offer, title, wish, paper_inks())
    QGuiApplication.clipboard().setImage(sheet.image(2))
    sheet.close()


def copy_data(text: str) -> None:
    """Put the data behind the plot on the clipboard, as text."""
    data = QMimeData()
    data.setText(text)
    data.setData("text/csv", text.encode())
    QGuiApplication.clipboard().setMimeData(data)
