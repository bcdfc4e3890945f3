"""A report as Qt lays it out: ODT, PDF (PDF/A-1b) and what is printed.

The document is put together piece by piece, so that nothing in it is ever read as markup.
"""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextDocumentWriter,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTableFormat,
)

from db.exchange import xml_tree
from desktop.report.blocks import Block, Grid, Heading, Paragraph, Picture, Quote

_POINTS = 10
_SMALL = 8
_HEADINGS = ((20, 18), (14, 16), (12, 14), (10, 12))  # points, and the space above
_SPACE = 12  # above and below a paragraph
_INDENT = 24  # of a quotation
_WIDEST = 620  # of a picture, in the units of the document
# Qt ends a paragraph at these; a line ends where the words have one.
_LINES = {
    ord("\n"): "\u2028",
    ord("\r"): "\u2028",
    0x2029: "\u2028",
    0xFDD0: "\ufffd",
    0xFDD1: "\ufffd",
}


def pdf(blocks: Sequence[Block]) -> bytes:
    """The report as PDF/A-1b on A4."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPdfVersion(QPagedPaintDevice.PdfVersion.PdfVersion_A1b)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    # A document that is printed keeps two centimetres to every edge by itself.
    writer.setPageMargins(QMarginsF(), QPageLayout.Unit.Millimeter)
    writer.setTitle(_title(blocks))
    writer.setCreator("Muniment")
    made = document(blocks)
    made.print_(writer)
    del writer
    buffer.close()
    return bytes(buffer.data().data())


def odt(blocks: Sequence[Block]) -> bytes:
    """The report as an OpenDocument text."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QTextDocumentWriter(buffer, b"odf")
    if not writer.write(document(blocks)):
        raise OSError("the document could not be written")
    buffer.close()
    return bytes(buffer.data().data())


def document(blocks: Sequence[Block]) -> QTextDocument:
    """The report as a document of Qt."""
    made = QTextDocument()
    made.setUndoRedoEnabled(False)
    made.setDefaultFont(QFont("Serif", _POINTS))
    writer = _Writer(made)
    for block in blocks:
        writer.add(block)
    made.setMetaInformation(QTextDocument.MetaInformation.DocumentTitle, _title(blocks))
    made.setPageSize(QSizeF())
    return made


class _Writer:
    """Puts one block after another at the end of a document."""

    def __init__(self, made: QTextDocument) -> None:
        self._cursor = QTextCursor(made)

    def add(self, block: Block) -> None:
        match block:
            case Heading(text, level):
                points, above = _HEADINGS[level]
                said = _letters(points)
                said.setFontWeight(QFont.Weight.Bold)
                self._paragraph(text, said, above=above, level=level + 1)
            case Paragraph(text, is_quiet):
                self._paragraph(text, _quiet() if is_quiet else QTextCharFormat())
            case Quote(text, reference, link):
                self._paragraph(f"“{text}”", QTextCharFormat(), indent=_INDENT)
                self._paragraph(reference, QTextCharFormat())
                self._paragraph(link, _quiet())
            case Grid():
                self._grid(block)
            case Picture(png, caption):
                self._picture(QImage.fromData(png))
                self._paragraph(caption, _quiet())

    def _paragraph(
        self,
        text: str,
        letters: QTextCharFormat,
        *,
        above: int = _SPACE,
        indent: int = 0,
        level: int = 0,
    ) -> None:
        form = QTextBlockFormat()
        form.setTopMargin(above)
        form.setBottomMargin(_SPACE)
        form.setLeftMargin(indent)
        form.setRightMargin(indent)
        form.setHeadingLevel(level)
        if self._cursor.document().isEmpty():
            self._cursor.setBlockFormat(form)
        else:
            self._cursor.insertBlock(form)
        self._cursor.insertText(_lines(text), letters)

    def _picture(self, image: QImage) -> None:
        self._paragraph("", QTextCharFormat())
        form = QTextImageFormat()
        width = min(image.width(), _WIDEST)
        form.setWidth(width)
        form.setHeight(image.height() * width / max(image.width(), 1))
        name = f"picture-{self._cursor.position()}"
        self._cursor.document().addResource(QTextDocument.ResourceType.ImageResource, name, image)
        form.setName(name)
        self._cursor.insertImage(form)

    def _grid(self, grid: Grid) -> None:
        form = QTextTableFormat()
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        form.setBorder(1)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorderBrush(QColor("#c0c0c0"))
        form.setBorderCollapse(True)
        form.setCellPadding(3)
        form.setCellSpacing(0)
        form.setHeaderRowCount(1)
        heading = _letters(_SMALL)
        heading.setFontWeight(QFont.Weight.Bold)
        heading.setBackground(QColor("#eeeeee"))
        table = self._cursor.insertTable(len(grid.rows) + 1, len(grid.columns), form)
        for down, row in enumerate((grid.columns, *grid.rows)):
            letters = _letters(_SMALL) if down else heading
            for across, text in enumerate(row):
                cell = table.cellAt(down, across)
                cell.setFormat(letters)
                at = cell.firstCursorPosition()
                if across in grid.numbers or not down:
                    stands = QTextBlockFormat()
                    stands.setAlignment(
                        _RIGHT if across in grid.numbers else Qt.AlignmentFlag.AlignHCenter
                    )
                    at.setBlockFormat(stands)
                at.insertText(_lines(text), letters)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute


def _letters(points: int) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontPointSize(points)
    return made


def _quiet() -> QTextCharFormat:
    made = _letters(_SMALL)
    made.setForeground(QColor("#555555"))
    return made


def _lines(text: str) -> str:
    return xml_tree.text(text).translate(_LINES)


def _title(blocks: Sequence[Block]) -> str:
    return next((each.text for each in blocks if isinstance(each, Heading)), "")
