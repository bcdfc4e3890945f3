"""A report on paper, with a look at its pages first."""

from collections.abc import Sequence

from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from desktop.report import pages
from desktop.report.blocks import Block


class Preview(QPrintPreviewDialog):
    """Shows the pages as they will be printed; Print is a button of it."""

    def __init__(self, blocks: Sequence[Block], title: str, parent: QWidget) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setDocName(title)
        super().__init__(printer, parent)
        # Kept here: the dialog holds no reference of its own.
        self._printer = printer
        self._document = pages.document(blocks)
        self.setWindowTitle(title)
        self.resize(900, 700)
        self.paintRequested.connect(self._print)

    def _print(self, printer: QPrinter) -> None:
        self._document.print_(printer)
