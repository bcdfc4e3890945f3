"""A plot as a file, PNG, SVG or PDF, with its title, legend and caption; needs no window."""

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMarginsF, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextLayout,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication

from db.records import KeptFigure
from desktop.plotting.arranging import arranged
from desktop.plotting.caption import caption, legend, more, name, outside
from desktop.plotting.chart import Chart
from desktop.plotting.inks import Inks, paper_inks
from desktop.plotting.offer import Offer, offer
from desktop.plotting.state import Look
from desktop.plotting.words import one_line

SUFFIXES = (".png", ".svg", ".pdf")
_MARGIN = 24.0
_MOST_ROWS = 4  # of the legend
_NO_SERIES = -1
_PRINT = 3  # a picture of 1,280 by 720 has 3,840 by 2,160 dots: 300 to the inch on 33 cm


FULL_SIZE = (1280, 720)


def draw(
    figures: Sequence[KeptFigure] | Offer,
    path: Path | str,
    *,
    title: str = "",
    look: Look | None = None,
    inks: Inks | None = None,
) -> Path:
    """Write the plot of `figures` to `path`, in the format of its ending; returns the path.

    Without a wish for one quantity the first worth a look is drawn, as in the window.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ValueError(f"a plot is written as {', '.join(SUFFIXES)}, not {path.suffix!r}")
    # Qt's writers only warn, and draw into nothing.
    with path.open("wb"):
        pass
    # The application must outlive what is drawn with it.
    kept_alive = application()
    sheet = Sheet(figures, title, look or Look(), inks or paper_inks())
    try:
        if suffix == ".svg":
            sheet.write_svg(path)
        elif suffix == ".pdf":
            sheet.write_pdf(path)
        elif not sheet.image(_PRINT).save(str(path), "PNG"):  # type: ignore[call-overload]
            raise OSError(f"cannot write {path}")
    finally:
        sheet.close()
        del kept_alive
    return path


def application() -> QCoreApplication:
    """The application object that drawing needs; the one there is, else a new one to be held on to."""
    running = QApplication.instance()
    if running is not None:
        return running
    # Without a screen Qt's usual platform would end the program.
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QApplication(["muniment"])


class Sheet:
    """One plot laid out for a page: title, plot, legend, caption."""

    def __init__(
        self,
        figures: Sequence[KeptFigure] | Offer,
        title: str,
        look: Look,
        inks: Inks,
        size: tuple[int, int] = FULL_SIZE,
    ) -> None:
        self._inks = inks
        self._width, self._height = size
        plot = arranged(figures if isinstance(figures, Offer) else offer(figures), look)
        self._marks = plot.marks
        hidden = frozenset(
            place
            for place, (source_id, _) in enumerate(self._marks.sources)
            if source_id in look.hidden_sources
        )
        shown = plot.shown(hidden, look)
        self._hidden = hidden
        self._is_keyed = plot.setting.cells is None  # rows are named where they are
        self._labels = legend(self._marks, shown.names)
        units = shown.units or name(shown.quantity)
        self._title = one_line(title) or units
        self._subtitle = units if title else ""
        self._lines = caption(self._marks, shown)
        self._chart = Chart()
        self._chart.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self._chart.set_inks(inks)
        self._chart.hide_series(hidden, with_rejected=look.with_rejected)
        self._chart.set_log(plot.has_log_axis)
        self._chart.show_marks(self._marks, setting=plot.setting)
        if look.view is not None:
            self._chart.set_view(look.view)
        if left_out := outside(self._chart.layer.outside):
            self._lines[0] += " " + left_out
        self._lay_out()

    def close(self) -> None:
        """Give the plot back."""
        self._chart.close()
        self._chart.deleteLater()

    def write_svg(self, path: Path) -> None:
        """Write it as SVG; its text stays text."""
        generator = QSvgGenerator()
        generator.setFileName(str(path))
        generator.setSize(QSize(self._width, self._height))
        generator.setViewBox(QRectF(0, 0, self._width, self._height))
        generator.setTitle(self._title)
        generator.setDescription("\n".join(self._lines))
        self._write(QPainter(generator), path)

    def write_pdf(self, path: Path) -> None:
        """Write it as a page of PDF of its own size."""
        writer = QPdfWriter(str(path))
        writer.setTitle(self._title)
        # 96 dots to the inch make a pixel a dot: fonts measured in pixels keep their size.
        writer.setResolution(96)
        size = QSizeF(self._width * 72 / 96, self._height * 72 / 96)
        page = QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
        writer.setPageLayout(
            QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
        )
        self._write(QPainter(writer), path)

    def image(self, scale: int) -> QImage:
        """It as a picture, `scale` dots a pixel."""
        image = QImage(self._width * scale, self._height * scale, QImage.Format.Format_RGB32)
        image.setDotsPerMeterX(round(scale * 100 / 0.0254))
        image.setDotsPerMeterY(round(scale * 100 / 0.0254))
        image.fill(self._inks.paper)
        painter = QPainter(image)
        painter.scale(scale, scale)
        self._paint(painter)
        painter.end()
        return image

    # ------------------------------------------------------------------------------------------

    def _write(self, painter: QPainter, path: Path) -> None:
        if not painter.isActive():
            raise OSError(f"cannot write {path}")
        painter.fillRect(QRectF(0, 0, self._width, self._height), self._inks.paper)
        self._paint(painter)
        if not painter.end():
            raise OSError(f"cannot write {path}")

    def _lay_out(self) -> None:
        width = self._width - 2 * _MARGIN
        self._text = _font(13)
        self._small = QFontMetricsF(self._text)
        self._caption: list[str] = []
        for line in self._lines:
            self._caption += wrapped(line, self._text, width)
        self._legend = self._legend_rows(width)
        spacing = self._small.lineSpacing()
        head = 34.0 + (spacing + 4 if self._subtitle else 0)
        foot = spacing * len(self._caption) + (spacing + 6) * len(self._legend) + 16
        self._plot = QRectF(
            _MARGIN, _MARGIN + head, width, max(self._height - 2 * _MARGIN - head - foot, 120)
        )
        self._chart.resize(round(self._plot.width()), round(self._plot.height()))
        self._chart.show()
        QApplication.sendPostedEvents(self._chart)
        # The value axis takes the room of its labels only while it is painted.
        self._chart.grab()
        self._chart.getPlotItem().layout.activate()
        self._chart.grab()
        self._chart.set_vector(True)

    def _legend_rows(self, width: float) -> list[list[tuple[int, str, float]]]:
        rows: list[list[tuple[int, str, float]]] = [[]]
        at = 0.0
        for series, label in enumerate(self._labels if self._is_keyed else ()):
            if series in self._hidden:
                continue
            text = self._small.elidedText(
                label, Qt.TextElideMode.ElideRight, min(360.0, width - 20)
            )
            room = 22 + self._small.horizontalAdvance(text) + 24
            if at + room > width and rows[-1]:
                rows.append([])
                at = 0.0
            rows[-1].append((series, text, at))
            at += room
        cut = [row for row in rows if row]
        missing = sum(len(row) for row in cut[_MOST_ROWS:])
        del cut[_MOST_ROWS:]
        while missing:
            _, text, at = cut[-1][-1]
            at += 46 + self._small.horizontalAdvance(text)
            words = more(missing)
            if at + self._small.horizontalAdvance(words) <= width or len(cut[-1]) == 1:
                cut[-1].append((_NO_SERIES, words, at))
                break
            cut[-1].pop()
            missing += 1
        return cut

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._inks.text)
        painter.setFont(_font(20, bold=True))
        title = painter.fontMetrics().elidedText(
            self._title, Qt.TextElideMode.ElideRight, round(self._plot.width())
        )
        painter.drawText(QPointF(_MARGIN, _MARGIN + 20), title)
        painter.setFont(self._text)
        if self._subtitle:
            painter.setPen(self._inks.muted)
            painter.drawText(QPointF(_MARGIN, _MARGIN + 42), self._subtitle)
        scene = self._chart.scene()
        painter.save()
        scene.render(painter, self._plot, QRectF(self._chart.viewport().rect()))
        painter.restore()
        line = self._small.lineSpacing()
        y = self._plot.bottom() + 12
        painter.setFont(self._text)
        for row in self._legend:
            for series, text, at in row:
                if series != _NO_SERIES:
                    spot = QPointF(_MARGIN + at + 8, y + line / 2)
                    self._chart.layer.paint_symbol(painter, series, spot)
                painter.setPen(self._inks.text)
                painter.drawText(QPointF(_MARGIN + at + 22, y + self._small.ascent()), text)
            y += line + 6
        painter.setPen(self._inks.muted)
        for words in self._caption:
            painter.drawText(QPointF(_MARGIN, y + self._small.ascent()), words)
            y += line


def wrapped(text: str, font: QFont, width: float) -> list[str]:
    """`text` in lines of at most `width` pixels, broken as its language breaks them."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    lines = []
    units = text.encode("utf-16-le")
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start, length = line.textStart(), line.textLength()
        lines.append(units[start * 2 : (start + length) * 2].decode("utf-16-le").rstrip())
    layout.endLayout()
    return lines


def _font(pixels: int, *, bold: bool = False) -> QFont:
    font = QFont(QApplication.font())
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font
