"""The export window: which format, which sources, restricted ones or not, and where to."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGroupBox,
    QHBoxLayout,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import exchange_words, exported
from desktop.check_box import CheckBox
from desktop.exported import Asked
from desktop.jobs import Ticket
from desktop.plain import Label, shown, tip
from desktop.session import Session
from desktop.wording import of_export

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from db.exchange import Written
    from db.exchange.report import OfSeries
    from desktop.report.blocks import Block, Picture

    GoOn = Callable[[Asked], None]

LIST_WIDTH = 270
FORMAT_ROLE = Qt.ItemDataRole.UserRole


class ExportWindow(QDialog):
    """Asks what to write and where, and starts the job; closes when the file is there."""

    noted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self._session = session
        self._source_id: int | None = None
        self._formats = self._make_formats()
        self._purpose = Label("", self).wrapped()
        self._purpose.setMinimumHeight(3 * self.fontMetrics().height())
        self._purpose.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._what = QComboBox(self)
        self._what.setAccessibleName(self.tr("Which sources"))
        self._what.setMinimumContentsLength(20)
        self._what.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._restricted = CheckBox(self.tr("Write &restricted sources, too"), self)
        self._closed = Label("", self).wrapped()
        self._said = Label("", self).wrapped()
        which = QGroupBox(self.tr("Sources"), self)
        lines = QVBoxLayout(which)
        for part in (self._what, self._restricted, self._closed):
            lines.addWidget(part)
        buttons = QDialogButtonBox(self)
        self._export = QPushButton(self.tr("&Export…"), self)
        self._export.setDefault(True)
        buttons.addButton(self._export, QDialogButtonBox.ButtonRole.AcceptRole)
        self._print = QPushButton(self.tr("&Print…"), self)
        buttons.addButton(self._print, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        right = QVBoxLayout()
        right.addWidget(self._purpose)
        right.addWidget(which)
        right.addWidget(self._said)
        right.addStretch(1)
        halves = QHBoxLayout()
        halves.addWidget(self._formats, 3)
        halves.addLayout(right, 4)
        layout = QVBoxLayout(self)
        layout.addLayout(halves, 1)
        layout.addWidget(buttons)
        self.resize(760, 470)
        self._formats.currentItemChanged.connect(lambda *_: self._follow())
        self._formats.itemActivated.connect(lambda *_: self._choose_place())
        self._restricted.toggled.connect(lambda _on: self._say_restricted())
        self._export.clicked.connect(self._choose_place)
        self._print.clicked.connect(self.preview)
        buttons.rejected.connect(self.close)
        session.closing.connect(self.close)
        session.jobs.ended.connect(self._over)
        self._ticket: Ticket | None = None
        self._counts = (0, 0)
        self.choose("figures.xlsx")

    def ask(self, source_id: int | None) -> None:
        """Show the window; `source_id` is the source that may be exported alone."""
        self._source_id = source_id
        self._what.clear()
        self._what.addItem(self.tr("The whole archive"), None)
        self._restricted.setChecked(False)
        self._said.setText("")
        self._free()
        work = partial(exported.going, source_id=source_id)
        self._session.jobs.run(work, self._show_counts, self._fail, replaces="export window")
        self.show()
        self.raise_()
        self.activateWindow()
        self._formats.setFocus()

    def chosen(self) -> str:
        """The format's name; "" on a heading."""
        item = self._formats.currentItem()
        return str(item.data(0, FORMAT_ROLE) or "") if item is not None else ""

    def preview(self) -> None:
        """Show the pages of the report that is chosen, to be printed."""
        self._start(self._wish(Path()), self._make_pages)

    def export_to(self, destination: Path) -> None:
        """Write what is chosen to `destination`."""
        self._start(self._wish(destination), self._write)

    def _wish(self, destination: Path) -> Asked:
        chosen = self._what.currentData()
        alone = (chosen,) if isinstance(chosen, int) else None
        return Asked(
            self.chosen(),
            destination,
            alone,
            self._restricted.isChecked(),
            self._session.settings.citation_style,
            QCoreApplication.translate,
        )

    def _start(self, asked: Asked, go_on: "GoOn") -> None:
        self._export.setEnabled(False)
        self._print.setEnabled(False)
        if not exported.is_report(asked.name):
            go_on(asked)
            return
        # Its plots are drawn here, where Qt draws; all else is a job.
        work = partial(exported.report_series, asked=asked)
        self._session.jobs.run(work, partial(self._draw, asked, go_on), self._fail)

    def _draw(self, asked: Asked, go_on: "GoOn", series: "Sequence[OfSeries]") -> None:
        from desktop.report.pictures import Drawing

        drawing = Drawing(self)
        drawing.drawn.connect(partial(self._go_on, asked, go_on, drawing))
        drawing.begin(series)

    def _go_on(
        self,
        asked: Asked,
        go_on: "GoOn",
        drawing: QObject,
        pictures: "Mapping[int, Picture]",
    ) -> None:
        drawing.deleteLater()
        if self._session.is_open():
            go_on(replace(asked, pictures=pictures))

    def _make_pages(self, asked: Asked) -> None:
        work = partial(exported.report_blocks, asked=asked)
        title = self.tr("Laying out the report")
        self._ticket = self._session.jobs.run_long(title, work, self._show_pages, self._fail)

    def _show_pages(self, blocks: "Sequence[Block]") -> None:
        from desktop.report.printing import Preview

        preview = Preview(blocks, self.tr("Print a Report"), self)
        preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        preview.open()

    def _free(self) -> None:
        self._export.setEnabled(bool(self.chosen()))
        self._print.setEnabled(True)

    def _over(self, ticket: Ticket) -> None:
        # A job that was cancelled calls nothing else.
        if ticket is self._ticket:
            self._free()

    def _write(self, asked: Asked) -> None:
        work = partial(exported.write, asked=asked)
        title = self.tr("Exporting")
        self._ticket = self._session.jobs.run_long(title, work, self._end, self._fail)

    def _make_formats(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setHeaderHidden(True)
        tree.setMinimumWidth(LIST_WIDTH)
        tree.setRootIsDecorated(False)
        tree.setAccessibleName(self.tr("Format"))
        for title, forms in exchange_words.GROUPS:
            heading = QTreeWidgetItem(tree, [exchange_words.group(title)])
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = heading.font(0)
            font.setBold(True)
            heading.setFont(0, font)
            for form in forms:
                item = QTreeWidgetItem(heading, [exchange_words.name(form)])
                item.setData(0, FORMAT_ROLE, form)
        tree.expandAll()
        return tree

    def choose(self, form: str) -> None:
        """Choose a format as if the person had."""
        for group in range(self._formats.topLevelItemCount()):
            heading = self._formats.topLevelItem(group)
            for at in range(heading.childCount() if heading is not None else 0):
                item = heading.child(at) if heading is not None else None
                if item is not None and item.data(0, FORMAT_ROLE) == form:
                    self._formats.setCurrentItem(item)

    def _follow(self) -> None:
        form = self.chosen()
        self._purpose.setText(exchange_words.purpose(form) if form else "")
        self._export.setEnabled(bool(form))
        self._print.setVisible(exported.is_report(form))

    def _show_counts(self, found: tuple[int, int, str]) -> None:
        sources, restricted, title = found
        self._counts = (sources, restricted)
        self._restricted.setVisible(restricted > 0)
        if title:
            only = self.tr("Only “{0}” and what lies below it").format(shown(title))
            self._what.addItem(only, self._source_id)
            self._what.setItemData(1, tip(only), Qt.ItemDataRole.ToolTipRole)
        self._export.setEnabled(bool(self.chosen()) and sources > 0)
        self._say_restricted()

    def _say_restricted(self) -> None:
        sources, restricted = self._counts
        if not sources:
            text = self.tr("There is nothing to export yet. Import files first.")
        elif not restricted:
            text = self.tr("No source is restricted.")
        elif self._restricted.isChecked():
            text = self.tr("In the file: %n restricted source(s), too.", "", restricted)
        else:
            text = self.tr("Left out: %n restricted source(s).", "", restricted)
        self._closed.setText(text)

    def _choose_place(self) -> None:
        form = self.chosen()
        if not form or not self._export.isEnabled():
            return
        archive = self._session.archive.path
        folder = Path(self._session.settings.last_folder or archive.parent)
        proposed = str(folder / exported.file_name(archive, form))
        place, _ = QFileDialog.getSaveFileName(self, exchange_words.name(form), proposed)
        if place:
            self._session.settings.last_folder = str(Path(place).parent)
            self.export_to(Path(place))

    def _end(self, written: "Written") -> None:
        told = [self.tr("Exported to “{0}”.").format(written.path.name)]
        told += of_export(written, QCoreApplication.translate)
        self.noted.emit(" ".join(told))
        self.close()

    def _fail(self, error: Exception) -> None:
        self._free()
        self._said.setText(self._session.told(error))
