"""Below the results: what can be done with the selected passages, or with all of them, at once."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from desktop import annotated, evidence, showing, sought
from desktop.asking_line import AskingLine
from desktop.plain import ShortLabel
from desktop.session import Session

if TYPE_CHECKING:
    from db.citing import Cited
    from db.found_set import Row
    from desktop.jobs import Work
    from desktop.results import Results

MOST_COPIED = 500
MANY = 1_000  # more passages than this take longer than 0.1 s
PADDING = 18  # pixels beside the words of a button


class BulkLine(QWidget):
    """Acts on the passages that `chosen` names: those selected if several are, else all."""

    noted = Signal(str)
    plot_requested = Signal(object)  # ids of figures

    def __init__(
        self,
        session: Session,
        results: "Results",
        chosen: Callable[[], list[int]],
        asking: AskingLine,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._results = results
        self._chosen = chosen
        self._asking = asking
        self._said = ShortLabel("", self)
        self._accept = QPushButton(self.tr("Accept Figures"), self)
        self._tag = QPushButton(self.tr("Tag…"), self)
        self._note = QPushButton(self.tr("Note…"), self)
        self._plot = QPushButton(self.tr("Plot"), self)
        self._plot.setToolTip(self.tr("Plot the figures in the passages"))
        self._copy = QPushButton(self.tr("Copy"), self)
        self._copy.setToolTip(self.tr("Copy the passages as evidence, with where they stand"))
        self._export = QPushButton(self.tr("Export…"), self)
        self._export.setToolTip(self.tr("Write the passages as a table (CSV)"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._said, 1)
        for button in (self._accept, self._tag, self._note, self._plot, self._copy, self._export):
            # Less than the style asks for: with docks on both sides 1,280 pixels must hold the row.
            button.setMinimumWidth(button.fontMetrics().horizontalAdvance(button.text()) + PADDING)
            layout.addWidget(button)
        self._accept.clicked.connect(self.accept_figures)
        self._tag.clicked.connect(self.tag)
        self._note.clicked.connect(self.note)
        self._plot.clicked.connect(self.plot_figures)
        self._copy.clicked.connect(self.copy_evidence)
        self._export.clicked.connect(self._choose_file)

    def look(self) -> None:
        """What is found or selected is something else: say what would be acted on."""
        ids = self._results.ids
        selected = len(self._chosen())
        if selected > 1:
            self._said.set_full(self.tr("{0} selected:").format(showing.count(selected)))
        else:
            self._said.set_full(
                self.tr("All {0}:").format(showing.count(len(ids))) if len(ids) else ""
            )
        for button in (self._plot, self._copy, self._export):
            button.setEnabled(bool(len(ids)))
        for button in (self._accept, self._tag, self._note):
            button.setEnabled(bool(len(ids)) and self._session.is_writable())

    def meant(self) -> Sequence[int]:
        """The selected passages if they are several, else all of them."""
        chosen = self._chosen()
        return chosen if len(chosen) > 1 else self._results.ids

    def accept_figures(self) -> None:
        """Accept every figure in the passages that waits for a decision; one undo."""
        query, ids = self._results.query, self.meant()
        if query is not None and len(ids):
            work = partial(sought.decide_in, ids=ids, query=query, status="accepted")
            self._do(self.tr("Accepting figures"), len(ids), work, self._say_accepted)

    def plot_figures(self) -> None:
        """Ask for a plot of the figures in the passages."""
        query, ids = self._results.query, self.meant()
        if query is not None and len(ids):
            work = partial(sought.figures_in, ids=ids, query=query)
            self._do(self.tr("Gathering figures"), len(ids), work, self._ask_for_plot)

    def _ask_for_plot(self, figure_ids: Sequence[int]) -> None:
        if figure_ids:
            self.plot_requested.emit(figure_ids)
        else:
            self.noted.emit(self.tr("There is no figure in these passages."))

    def tag(self) -> None:
        """Ask for a tag, and give it to the passages."""
        if len(self.meant()):
            self._session.jobs.run(
                annotated.tag_paths, self._ask_for_tag, self._fail, replaces="tags to give"
            )

    def note(self) -> None:
        """Ask for a note, and put it on each of the passages."""
        ids = tuple(self.meant())
        if ids:
            question = self.tr("Note on %n passage(s)", "", len(ids))
            self._asking.ask(question, "", partial(self._put_note, ids))

    def copy_evidence(self) -> None:
        """Put the passages on the clipboard with the words that say where each stands."""
        query, ids = self._results.query, self.meant()[:MOST_COPIED]
        if query is not None and len(ids):
            style = self._session.settings.citation_style
            work = partial(sought.evidence_rows, ids=ids, query=query, style=style)
            self._session.jobs.run(
                work, partial(self._put, len(ids)), self._fail, replaces="evidence"
            )

    def export(self, path: Path) -> None:
        """Write the passages as a table."""
        query, ids = self._results.query, self.meant()
        if query is not None and len(ids):
            work = partial(sought.export, ids=ids, query=query, path=path)
            self._session.jobs.run_long(
                self.tr("Exporting passages"),
                work,
                partial(self._say_exported, path.name, len(ids)),
                partial(self._fail_to_write, path.name),
            )

    def _do(self, title: str, count: int, work: "Work[Any]", done: Callable[[Any], None]) -> None:
        """Do it at once, or where it is much with its name and a way to stop it in the status bar."""
        if count > MANY:
            long = partial(sought.at_length, work=work)
            self._session.jobs.run_long(title, long, done, self._fail)
        else:
            self._session.jobs.run(work, done, self._fail)

    def _ask_for_tag(self, paths: dict[str, int]) -> None:
        ids = tuple(self.meant())
        question = self.tr("Tag for %n passage(s)", "", len(ids))
        self._asking.ask(question, "", partial(self._put_tag, ids), tuple(paths))

    def _put_tag(self, ids: tuple[int, ...], *, said: str) -> None:
        work = partial(annotated.tag_passages, path=said, passage_ids=ids)
        self._do(self.tr("Tagging passages"), len(ids), work, partial(self._say_tagged, said))

    def _say_tagged(self, path: str, given: tuple[int, int]) -> None:
        said = self.tr("%n passage(s) tagged {0}; Undo takes it back.", "", given[1])
        self.noted.emit(said.format(f"“{path}”"))

    def _put_note(self, ids: tuple[int, ...], *, said: str) -> None:
        work = partial(sought.note_passages, ids=ids, body=said)
        self._do(self.tr("Putting notes on passages"), len(ids), work, self._say_noted)

    def _say_noted(self, count: int) -> None:
        self.noted.emit(self.tr("A note put on %n passage(s); Undo takes it back.", "", count))

    def _choose_file(self) -> None:
        settings = self._session.settings
        proposed = Path(settings.last_folder or Path.home()) / self.tr("passages.csv")
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export the passages"), str(proposed), "*.csv"
        )
        if chosen:
            path = Path(chosen)
            settings.last_folder = str(path.parent)
            self.export(path if path.suffix else path.with_suffix(".csv"))

    def _say_accepted(self, changed: int) -> None:
        if changed:
            self.noted.emit(self.tr("%n figure(s) accepted; Undo takes it back.", "", changed))
        else:
            self.noted.emit(self.tr("No figure in these passages waits for a decision."))

    def _put(self, meant: int, rows: "list[tuple[Row, Cited]]") -> None:
        told = (evidence.of_row(row, cited) for row, cited in rows)
        QGuiApplication.clipboard().setText("\n\n".join(told))
        said = self.tr("%n passage(s) copied as evidence.", "", len(rows))
        self._note_left_out(said, meant - len(rows))

    def _say_exported(self, name: str, meant: int, written: int) -> None:
        said = self.tr("%n passage(s) written to {0}.", "", written).format(name)
        self._note_left_out(said, meant - written)

    def _note_left_out(self, said: str, left_out: int) -> None:
        if left_out:
            more = self.tr("%n of restricted sources left out.", "", left_out)
            said = f"{said} {more}"
        self.noted.emit(said)

    def _fail_to_write(self, name: str, error: Exception) -> None:
        if isinstance(error, OSError):
            said = self.tr("{0} could not be written: {1}.")
            self.noted.emit(said.format(name, error.strerror or ""))
        else:
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        self.noted.emit(self._session.told(error))
