"""The lane right of a text: a bar beside the lines each annotation stands on, with its sign."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from db.records import Annotation, Tag
from desktop import annotation_marks, mark_colours, theme
from desktop.plain import show_tip, shown

if TYPE_CHECKING:
    from desktop.text_view import TextView

STEP = 8  # pixels a lane
SIGN_ROOM = 16
WIDTH = annotation_marks.MOST_LANES * STEP + SIGN_ROOM + 6
FEWEST_FOR_LABELS = 150  # pixels of margin from which on tags are named


class MarkLane(QWidget):
    """Shows where annotations stand; says which one was clicked."""

    def __init__(self, view: "TextView") -> None:
        super().__init__(view)
        self._view = view
        self._annotations = annotation_marks.Ordered()
        self._tags: Mapping[int, Tag] = {}
        self.setAccessibleName(self.tr("Annotations and tags beside the text"))

    def show_annotations(
        self, annotations: annotation_marks.Ordered, tags: Mapping[int, Tag]
    ) -> None:
        self._annotations, self._tags = annotations, tags
        self.update()

    def bars(self) -> list[tuple[QRect, Annotation]]:
        """Where each annotation's bar stands, of those on screen."""
        seen = self._view.visible_span(0)
        here = self._annotations.within(seen)
        lanes = annotation_marks.lanes(here)
        down = self._view.viewport().y() - self.y()
        found = []
        for each in here:
            span = annotation_marks.span(each)
            # Only to what is seen: a place far away is found by laying out all lines before it.
            first = self._view.rect_of(max(span.start, seen.start))
            last = self._view.rect_of(max(span.start, min(span.end, seen.end) - 1))
            if first is not None and last is not None:
                bottom = last.bottom() - 2
                top = first.top() + down
                height = max(bottom + down - top, 8)
                found.append((QRect(2 + lanes[each.id] * STEP, top + 1, 4, height), each))
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self._view.palette()
        painter = QPainter(self)
        painter.fillRect(event.rect(), palette.base())
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        painter.setFont(font)
        has_room = self.width() >= FEWEST_FOR_LABELS
        height = painter.fontMetrics().height()
        taken: set[int] = set()
        for bar, each in self.bars():
            ink = mark_colours.ink(annotation_marks.colour(each, self._tags), palette)
            painter.fillRect(bar, ink)
            told = annotation_marks.sign(each, self._tags)
            if has_room and each.tag_ids:
                name = annotation_marks.label(each, self._tags)
                told = f"{told} {name}" if told and told not in name[:1] else name
            top = bar.top()
            while has_room and top // height in taken and top < bar.top() + 3 * height:
                top += height
            if not told or top // height in taken:
                continue
            taken.add(top // height)
            left = annotation_marks.MOST_LANES * STEP + 4
            place = QRect(left, top, self.width() - left - 2, height)
            quiet = QColor(theme.colours(palette).quiet)
            painter.setPen(quiet if has_room else ink)
            said = painter.fontMetrics().elidedText(
                shown(told), Qt.TextElideMode.ElideRight, place.width()
            )
            painter.drawText(
                place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), said
            )
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            here = self._under(event.pos().x(), event.pos().y())
            show_tip(event.globalPos(), annotation_marks.card(here, self._tags), self)
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        here = self._under(at.x(), at.y())
        if here and event.button() == Qt.MouseButton.LeftButton:
            self._view.annotation_chosen.emit(here[-1])

    def _under(self, across: int, down: int) -> list[Annotation]:
        lined = [(bar, each) for bar, each in self.bars() if bar.top() <= down <= bar.bottom()]
        hit = [each for bar, each in lined if bar.left() - 2 <= across <= bar.right() + 2]
        return hit or [each for _, each in lined]
