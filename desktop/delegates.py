"""Painting of hits: title, place and a snippet with its matches marked, never markup."""

import unicodedata
from collections import OrderedDict

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from db.records import Hit
from desktop import positions, showing, theme
from desktop.models.paged import Index, RecordRole
from desktop.plain import shown

MARGIN = 8
SNIPPET_LINES = 2
LAYOUTS_KEPT = 300


class HitDelegate(QStyledItemDelegate):
    """Paints one hit a row: three lines of fixed height, so that no row needs measuring."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # Keeping the layouts halves the time of a frame (performance.md: 8.3 to 4.0 ms).
        self._layouts: OrderedDict[tuple[int, str, int, bool], QTextLayout] = OrderedDict()

    def row_height(self, font: QFont) -> int:
        return QFontMetrics(font).lineSpacing() * (1 + SNIPPET_LINES) + 2 * MARGIN + 4

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, self.row_height(option.font))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        hit = index.data(RecordRole)
        option.text = "" if isinstance(hit, Hit) else option.text
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        if isinstance(hit, Hit):
            painter.save()
            self._paint_hit(painter, option, hit)
            painter.restore()

    def _paint_hit(self, painter: QPainter, option: QStyleOptionViewItem, hit: Hit) -> None:
        colours = theme.colours(option.palette)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        text = ink(option)
        area: QRect = option.rect.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN // 2)
        metrics = QFontMetrics(option.font)

        told = " · ".join(part for part in (hit.date or "", _kind(hit)) if part)
        room = metrics.horizontalAdvance(told) + 2 * MARGIN if told else 0
        bold = QFont(option.font)
        bold.setBold(True)
        title = QFontMetrics(bold).elidedText(
            shown(hit.source_title), Qt.TextElideMode.ElideRight, max(40, area.width() - room)
        )
        line = QRect(area.left(), area.top(), area.width(), metrics.lineSpacing())
        painter.setPen(text)
        painter.setFont(bold)
        painter.drawText(
            line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), title
        )
        painter.setFont(option.font)
        if told:
            painter.setPen(text if selected else colours.quiet)
            painter.drawText(
                line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), told
            )
        painter.setPen(text)
        painter.setClipRect(area)
        layout = self._layout(hit, area.width(), option, selected)
        layout.draw(painter, QPointF(area.left(), area.top() + metrics.lineSpacing() + 2))
        painter.setClipping(False)
        painter.setPen(colours.line)
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def _layout(
        self, hit: Hit, width: int, option: QStyleOptionViewItem, selected: bool
    ) -> QTextLayout:
        key = hit.passage_id, hit.snippet, width, selected
        if key in self._layouts:
            self._layouts.move_to_end(key)
            return self._layouts[key]
        layout = QTextLayout(hit.snippet, option.font)
        option_text = QTextOption()
        option_text.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        # Told outright, as a direction found by Qt leaves the lines on the left.
        right_to_left = is_from_right(hit.snippet)
        option_text.setTextDirection(
            Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
        )
        layout.setTextOption(option_text)
        layout.setFormats(_marks(hit, option.palette, selected))
        layout.beginLayout()
        top = 0.0
        for _ in range(SNIPPET_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            top += QFontMetrics(option.font).lineSpacing()
        layout.endLayout()
        self._layouts[key] = layout
        while len(self._layouts) > LAYOUTS_KEPT:
            self._layouts.popitem(last=False)
        return layout

    def forget(self) -> None:
        """The colours or letters have changed."""
        self._layouts.clear()


def ink(option: QStyleOptionViewItem) -> QColor:
    """What the words of a row are written with, selected or not."""
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    active = bool(option.state & QStyle.StateFlag.State_Active)
    group = QPalette.ColorGroup.Active if active else QPalette.ColorGroup.Inactive
    role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
    return option.palette.color(group, role)


def is_from_right(text: str) -> bool:
    """Whether the first letters of a text are read from the right."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("R", "AL", "L"):
            return direction != "L"
    return False


def _marks(hit: Hit, palette: QPalette, selected: bool) -> list[QTextLayout.FormatRange]:
    ranges = []
    for match in hit.snippet_matches:
        marked = QTextCharFormat()
        marked.setFontWeight(QFont.Weight.Bold)
        if selected:
            marked.setFontUnderline(True)
        else:
            marked.setBackground(QColor(theme.colours(palette).match))
        made = QTextLayout.FormatRange()
        made.start = positions.to_qt(hit.snippet, match.start)
        made.length = positions.to_qt(hit.snippet, match.end) - made.start
        made.format = marked
        ranges.append(made)
    return ranges


def _kind(hit: Hit) -> str:
    return "" if hit.kind == "paragraph" else showing.passage_kind(hit.kind)
