"""The lane left of a text: pages as the original counts them, kinds of passages, findings."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from db.records import Passage
from desktop import finding_words, showing, theme
from desktop.plain import show_tip

if TYPE_CHECKING:
    from db.findings import Finding
    from desktop.text_view import TextView


SIGN_ROOM = 18


class Lane(QWidget):
    """The lane left of the text: pages as the original counts them, and the kinds of passages."""

    def __init__(self, view: "TextView") -> None:
        super().__init__(view)
        self._view = view
        self._findings: Sequence[Finding] = ()
        self._starts: list[int] = []
        self.setAccessibleName(self.tr("Pages, kinds of passages, findings"))

    def show_findings(self, findings: "Sequence[Finding]") -> None:
        """Set a sign beside the line where each finding's figure stands."""
        self._findings = sorted(findings, key=lambda each: each.start or 0)
        self._starts = [each.start or 0 for each in self._findings]
        self.update()

    def signs(self) -> "list[tuple[int, str, list[Finding]]]":
        """The signs on screen: how far down the viewport, which, and what they stand for."""
        seen = self._view.visible_span(0)
        first, last = bisect_left(self._starts, seen.start), bisect_right(self._starts, seen.end)
        lines: dict[int, list[Finding]] = {}
        for finding in self._findings[first:last]:
            top = self._view.top_of(finding.start or 0)
            if top is not None:
                lines.setdefault(top, []).append(finding)
        return [
            (top, min((finding_words.sign(each) for each in here), key=_rank), here)
            for top, here in lines.items()
        ]

    def wanted_width(self) -> int:
        widest = max(showing.PASSAGE_KINDS, key=len)
        return (
            QFontMetrics(self._font()).horizontalAdvance(showing.passage_kind(widest))
            + 18
            + SIGN_ROOM
        )

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
            place = QRect(
                0, top + view.viewport().y() - self.y(), self.width() - 10 - SIGN_ROOM, height + 4
            )
            painter.drawText(
                place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), label
            )
        bold = self._font()
        bold.setBold(True)
        painter.setFont(bold)
        colours = theme.colours(view.palette())
        for top, sign, _findings in self.signs():
            colour = colours.rejected if sign in _APART else colours.quiet
            painter.setPen(QColor(colour))
            painter.drawText(self._place(top, height), int(Qt.AlignmentFlag.AlignCenter), sign)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            here = self._under(event.pos().y())
            show_tip(event.globalPos(), "\n\n".join(map(finding_words.card, here)), self)
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        here = self._under(int(event.position().y()))
        if here and event.button() == Qt.MouseButton.LeftButton:
            self._view.finding_chosen.emit(here[0].id)

    def _place(self, top: int, height: int) -> QRect:
        return QRect(
            self.width() - SIGN_ROOM - 4, top + self._view.viewport().y() - self.y(), SIGN_ROOM,
            height + 4,
        )  # fmt: skip

    def _under(self, down: int) -> "list[Finding]":
        height = QFontMetrics(self._font()).height()
        for top, _sign, findings in self.signs():
            place = self._place(top, height)
            if place.top() <= down <= place.bottom():
                return findings
        return []

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


_APART = ("≠", "×")


def _rank(sign: str) -> int:
    """Where several stand on one line, what does not meet is shown before what does."""
    return 0 if sign in _APART else 2 if sign in ("=", "≈") else 1


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
