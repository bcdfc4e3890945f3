"""The box that holds the marks: how dragging moves the view, zooms, or lays a line around marks."""

import pyqtgraph
from pyqtgraph.GraphicsScene.mouseEvents import MouseDragEvent
from PySide6.QtCore import QPointF, QRectF, Qt, Signal


class Box(pyqtgraph.ViewBox):  # type: ignore[misc]
    """A view box whose zoom box also works where a pixel is 1e13 dollars.

    The base class inverts a QTransform, which Qt refuses when its determinant is below 1e-12.
    """

    roping = Signal(object)  # the line drawn so far, as points of the scene
    roped = Signal(object)

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self.ropes = False
        self.brushes = False
        self._rope: list[QPointF] = []

    def mouseDragEvent(self, event: MouseDragEvent, axis: int | None = None) -> None:
        with_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        is_left = event.button() == Qt.MouseButton.LeftButton and axis is None
        if is_left and (self.ropes or self.brushes or with_shift or self._rope):
            self._lay_rope(event, is_box=with_shift or self.brushes)
            return
        is_box = self.state["mouseMode"] == self.RectMode and axis is None
        if not (is_box and event.isFinish() and event.button() == Qt.MouseButton.LeftButton):
            super().mouseDragEvent(event, axis)
            return
        event.accept()
        self.rbScaleBox.hide()
        drawn = QRectF(event.buttonDownPos(event.button()), event.pos()).normalized()
        drawn = drawn.intersected(self.rect())
        if drawn.width() < 4 or drawn.height() < 4:
            return
        (x_from, x_to), (y_from, y_to) = self.viewRange()
        across = (x_to - x_from) / self.rect().width()
        up = (y_to - y_from) / self.rect().height()
        left, top = drawn.left() - self.rect().left(), drawn.top() - self.rect().top()
        ranges = {
            "xRange": (x_from + left * across, x_from + (left + drawn.width()) * across),
            "yRange": (y_to - (top + drawn.height()) * up, y_to - top * up),
        }
        # A direction that cannot be moved in is not zoomed in either.
        free = zip(ranges.items(), self.state["mouseEnabled"], strict=True)
        wanted = dict(pair for pair, is_free in free if is_free)
        if wanted:
            self.setRange(**wanted, padding=0)
        self.sigRangeChangedManually.emit(self.state["mouseEnabled"])

    def _lay_rope(self, event: MouseDragEvent, *, is_box: bool) -> None:
        event.accept()
        first, last = event.buttonDownScenePos(event.button()), event.scenePos()
        if is_box:
            drawn = QRectF(first, last).normalized()
            if self.brushes:
                # A span of time is as high as the plot.
                whole = self.mapRectToScene(self.rect())
                drawn.setTop(whole.top())
                drawn.setBottom(whole.bottom())
            corners = (drawn.topLeft(), drawn.topRight(), drawn.bottomRight(), drawn.bottomLeft())
            self._rope = list(corners)
        else:
            self._rope = [*(self._rope or [first]), last]
        if event.isFinish():
            rope, self._rope = self._rope, []
            self.roped.emit(rope)
        else:
            self.roping.emit(self._rope)
