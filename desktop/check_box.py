"""A check box whose frame can be seen: Fusion draws it darker than the window, on dark ground too."""

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from desktop import theme


class CheckBox(QCheckBox):
    """A QCheckBox with a frame of 3:1 against the ground."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        part = QStyle.SubElement.SE_CheckBoxIndicator
        frame = self.style().subElementRect(part, option, self)
        painter = QPainter(self)
        painter.setPen(QColor(theme.colours(self.palette()).quiet))
        painter.drawRect(frame.adjusted(0, 0, -1, -1))
        painter.end()
