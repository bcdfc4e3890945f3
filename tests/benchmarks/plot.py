"""How fast a plot is against a bare pyqtgraph ScatterPlotItem in the same run (A B A B).

Run by hand: python tests/benchmarks/plot.py [points ...]
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy
import pyqtgraph
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from db.records import Figure, KeptFigure
from desktop.plotting.chart import Chart
from desktop.plotting.marks import marks, point_marks

SIZE = (1000, 600)


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def hover(widget: pyqtgraph.PlotWidget, turn: int) -> float:
    """Move the mouse over a widget, and let it do what it does then."""
    at = QPointF(200 + turn * 97 % 600, 150 + turn * 41 % 300)
    none = Qt.MouseButton.NoButton
    where = widget.viewport().mapToGlobal(at)
    moved = QMouseEvent(
        QEvent.Type.MouseMove, at, where, none, none, Qt.KeyboardModifier.NoModifier
    )

    def move() -> None:
        QApplication.sendEvent(widget.viewport(), moved)
        QApplication.processEvents()

    time.sleep(0.012)  # the scene takes a hundred moves a second
    return timed(move)


class Bare:
    """A ScatterPlotItem in a PlotWidget, as pyqtgraph's examples show it."""

    def __init__(self, x: numpy.ndarray, y: numpy.ndarray) -> None:
        self.widget = pyqtgraph.PlotWidget()
        self.widget.resize(*SIZE)
        self.widget.show()
        self.first = timed(lambda: self._fill(x, y))
        self.at = QPointF(x[len(x) // 2], y[len(x) // 2])

    def _fill(self, x: numpy.ndarray, y: numpy.ndarray) -> None:
        self.scatter = pyqtgraph.ScatterPlotItem(
            x=x, y=y, size=9, pen=None, brush="b", hoverable=True
        )
        self.widget.addItem(self.scatter)
        self.widget.grab()

    def pan(self) -> float:
        def move() -> None:
            self.widget.getViewBox().translateBy(x=3.0)
            self.widget.grab()

        return timed(move)

    def click(self) -> float:
        return timed(lambda: self.scatter.pointsAt(self.at))


class Ours:
    """A Chart with as many plain points."""

    def __init__(self, x: numpy.ndarray, y: numpy.ndarray) -> None:
        self.widget = Chart()
        self.widget.resize(*SIZE)
        self.widget.show()
        self.first = timed(lambda: self._fill(x, y))
        self.at = self.widget.layer.place(len(x) // 2)

    def _fill(self, x: numpy.ndarray, y: numpy.ndarray) -> None:
        self.widget.show_marks(point_marks(x, y))
        self.widget.grab()

    def pan(self) -> float:
        def move() -> None:
            self.widget.getViewBox().translateBy(x=3.0)
            self.widget.grab()

        return timed(move)

    def click(self) -> float:
        return timed(lambda: self.widget.layer.under(self.at))


SIDES: tuple[type[Bare] | type[Ours], ...] = (Bare, Ours)


def compare(many: int) -> None:
    random = numpy.random.default_rng(5)
    x = numpy.sort(random.uniform(690_000, 720_000, many))
    y = random.normal(1e6, 2e5, many)
    measured: dict[str, tuple[list[float], list[float]]] = {}
    for _ in range(2):
        for side, kind in enumerate(SIDES):
            plot = kind(x, y)
            measured.setdefault("first paint", ([], []))[side].append(plot.first)
            for turn in range(9):
                measured.setdefault("hover", ([], []))[side].append(hover(plot.widget, turn))
            for _ in range(3):
                measured.setdefault("pan", ([], []))[side].append(plot.pan())
                for _ in range(5):
                    measured.setdefault("click", ([], []))[side].append(plot.click())
            plot.widget.close()
            plot.widget.deleteLater()
            QApplication.sendPostedEvents(None, 0)
    for what, (bare, ours) in measured.items():
        a, b = median(bare), median(ours)
        print(f"{many:>9,} {what:<12} bare {a:9.3f} ms  ours {b:9.3f} ms  {a / b:8.1f} x faster")


def compare_figures(many: int) -> None:
    """The same from figures, as the panel gets them, all of them with dates and sources."""
    figures = [
        KeptFigure(
            n, n % 40, f"Source {n % 40}", n, "proposed",
            Figure(0, 1, "x", "money", float(n % 997 + 1), unit="USD",
                   date=f"19{n % 90 + 10}-{n % 12 + 1:02}", date_basis="stated"),
        )
        for n in range(many)
    ]  # fmt: skip
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(2):
        drawn = marks(figures)
        times[0].append(Bare(drawn.x, drawn.y).first)
        chart = Chart()
        chart.resize(*SIZE)
        chart.show()

        def fill(chart: Chart = chart) -> None:
            chart.show_marks(marks(figures))
            chart.grab()

        times[1].append(timed(fill))
    a, b = median(times[0]), median(times[1])
    print(f"{many:>9,} figures      bare {a:9.1f} ms  ours {b:9.1f} ms  {b / a:8.2f} of its time")


if __name__ == "__main__":
    application = QApplication([])
    Ours(numpy.arange(10.0), numpy.arange(10.0))
    for points in [int(word) for word in sys.argv[1:]] or [10_000, 20_000, 100_000, 1_000_000]:
        compare(points)
    compare_figures(15_000)
    compare_figures(100_000)
