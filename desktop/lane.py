"""The lane left of a text: pages as the original counts them, and kinds of passages."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from db.records import Passage
from desktop import showing, theme

if TYPE_CHECKING:
    from desktop.text_view import TextView


class Lane(QWidget):
    """The lane left of the text: pages as the original counts them, and the kinds of passages."""

    def __init__(self, view: "TextView") -> None:
        super().__init__(view)
        self._view = view
        self.setAccessibleName(self.tr("Pages and kinds of passages"))

    def wanted_width(self) -> int:
        widest = max(showing.PASSAGE_KINDS, key=len)
        return QFontMetrics(self._font()).horizontalAdvance(showing.passage_kind(widest)) + 18

    def sizeHint(self) -> QSize:
        return QSize(self.wanted_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        view = self._view
        painter = QPainter(self)
        painter.fillRect(event.rect(), view.palette().base())
        painter.setFont(self._font())
        painter.setPen(QColor(theme.colours(view.palette()).quiet))
        height = painter.fontMetrics().height()
        for top, label in self._visible_labels():
            place = QRect(0, top + view.viewport().y() - self.y(), self.width() - 10, height + 4)
            painter.drawText(
                place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), label
            )
        painter.end()

    def _visible_labels(self) -> Iterator[tuple[int, str]]:
        view = self._view
        block = view.firstVisibleBlock()
        top = view.blockBoundingGeometry(block).translated(view.contentOffset()).top()
        before: Passage | None = None
        while block.isValid() and top <= view.viewport().height():
            passage = view.passage_at(view.position_of(block))
            if passage is not None and passage is not before and block.length() > 1:
                label = _label(passage, before)
                if label:
                    yield int(top), label
                before = passage
            top += view.blockBoundingRect(block).height()
            block = block.next()

    def _font(self) -> QFont:
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        return font


def _label(passage: Passage, before: Passage | None) -> str:
    if passage.page and (before is None or before.page != passage.page):
        return passage.page
    if passage.kind in ("paragraph", "heading", "list"):
        return ""
    return (
        ""
        if before is not None and before.kind == passage.kind
        else showing.passage_kind(passage.kind)
    )
