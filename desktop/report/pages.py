"""A report as Qt lays it out: ODT, PDF (PDF/A-1b) and what is printed."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF, QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextDocument,
    QTextDocumentWriter,
)

from desktop.report import html
from desktop.report.blocks import Block, Heading, Picture

_POINTS = 10
_WIDEST = 620  # of a picture, in the units of the document


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
    """The report as a document of Qt; nothing in it is fetched."""
    made = _Closed()
    made.setDefaultFont(QFont("Serif", _POINTS))
    made.setDefaultStyleSheet(
        ".quiet { color: #555555; font-size: 8pt; } th { background-color: #eeeeee; }"
        "td, th { font-size: 8pt; } h1 { font-size: 18pt; } h2 { font-size: 14pt; }"
        "h3 { font-size: 12pt; } h4 { font-size: 10pt; }"
        "blockquote { margin-left: 24px; margin-right: 24px; }"
    )
    names = []
    for at, picture in enumerate(each for each in blocks if isinstance(each, Picture)):
        name = f"picture-{at}"
        image = QImage.fromData(picture.png)
        if image.width() > _WIDEST:
            image.setDevicePixelRatio(image.width() / _WIDEST)
        made.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), image)
        names.append(name)
    made.setHtml(html.body(blocks, names))
    made.setMetaInformation(QTextDocument.MetaInformation.DocumentTitle, _title(blocks))
    made.setPageSize(QSizeF())
    return made


class _Closed(QTextDocument):
    """A document that opens no file and asks no network, whatever its text says."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return None


def _title(blocks: Sequence[Block]) -> str:
    return next((each.text for each in blocks if isinstance(each, Heading)), "")
