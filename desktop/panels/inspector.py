"""The inspector: what is selected, in all its parts, and the rules and words that made it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from db.records import KeptFigure, Passage, Source
from desktop import asked, showing
from desktop.plain import Label, ShortLabel, shown
from desktop.selection import Selected
from desktop.session import Session

LONGEST_QUOTED = 600


class Inspector(QWidget):
    """Describes the selection; says what a person wants decided about a figure. Decides nothing."""

    accept_requested = Signal()
    reject_requested = Signal()
    text_requested = Signal()
    describe_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._page = QWidget(self)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(self.tr("What is selected"))
        self._accept = QPushButton(self.tr("Accept"), self)
        self._reject = QPushButton(self.tr("Reject"), self)
        self._text = QPushButton(self.tr("Show in Text"), self)
        self._buttons = QWidget(self)
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(6, 0, 6, 6)
        for button in (self._accept, self._reject, self._text):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area, 1)
        layout.addWidget(self._buttons)
        self._describe = QPushButton(self.tr("Describe…"), self)
        self._describe.clicked.connect(self.describe_requested)
        self._describe.hide()
        under = QHBoxLayout()
        under.setContentsMargins(6, 0, 6, 6)
        under.addWidget(self._describe)
        under.addStretch(1)
        layout.addLayout(under)
        self.setFocusProxy(self._area)

        self._accept.clicked.connect(self.accept_requested)
        self._reject.clicked.connect(self.reject_requested)
        self._text.clicked.connect(self.text_requested)
        session.selection.changed.connect(self._follow)
        session.opened.connect(self._say_nothing)
        session.changed.connect(self._hear)
        self._say_nothing()

    def described(self) -> str:
        """All that is shown, as text."""
        labels = self._page.findChildren(Label)
        return "\n".join(label.text() for label in labels)

    def _follow(self, selected: Selected) -> None:
        if selected.figure is not None:
            self._show_figure(selected.figure)
            look = partial(asked.passage, passage_id=selected.passage_id)
            self._session.jobs.run(
                look, partial(self._show_figure, selected.figure), self._fail, replaces="inspector"
            )
        elif selected.source_id is not None:
            work = partial(
                asked.source_and_passage,
                source_id=selected.source_id,
                passage_id=selected.passage_id,
            )
            self._session.jobs.run(work, self._show_source, self._fail, replaces="inspector")
        else:
            self._say_nothing()

    def _hear(self, tables: frozenset[str]) -> None:
        if tables & {"sources"} and self._session.selection.now.figure is None:
            self._follow(self._session.selection.now)

    def _fail(self, error: Exception) -> None:
        page = _Page()
        page.note(self._session.told(error))
        self._put(page, buttons=False)

    def _say_nothing(self) -> None:
        page = _Page()
        page.note(self.tr("Choose a source, a passage or a figure to see what is known of it."))
        self._put(page, buttons=False)

    def _show_source(self, found: tuple[Source, Passage | None, int | None]) -> None:
        source, passage, sure = found
        page = _Page()
        page.head(source.title or self.tr("(untitled)"))
        rows = (
            (self.tr("Creator"), source.creator),
            (self.tr("Date"), source.date),
            (self.tr("Level"), source.level),
            (self.tr("Reference"), source.reference_code),
            (self.tr("Language"), source.language),
            (self.tr("Genre"), source.genre),
            (self.tr("Rights"), source.rights),
            (self.tr("Notes"), source.notes),
            (self.tr("File"), source.file_name),
            (self.tr("Format"), source.media_type),
            (self.tr("Passages"), showing.count(source.passages)),
            (self.tr("Figures"), showing.count(source.figures)),
        )
        for name, value in rows:
            page.row(name, value)
        page.long_row(self.tr("SHA-256"), source.sha256)
        if source.restricted:
            page.row(self.tr("Access"), self.tr("restricted: left out of exports"))
        if passage is not None:
            page.part(self.tr("Passage {0}").format(showing.count(passage.ordinal + 1)))
            page.row(self.tr("Kind"), showing.passage_kind(passage.kind))
            page.row(self.tr("Page"), passage.page)
            if sure is not None:
                said = self.tr("by a program, which is sure of {0} % of it").format(sure)
                page.row(self.tr("Read in a picture"), said)
            page.row(self.tr("Characters"), _span(passage.start, passage.end))
        self._put(page, buttons=False)
        self._describe.setVisible(self._session.is_writable())

    def _show_figure(self, kept: KeptFigure, passage: Passage | None = None) -> None:
        figure = kept.figure
        page = _Page()
        page.head(f"{showing.amount(figure)} {showing.unit(figure)}".strip())
        page.quote(figure.text)
        rows = (
            (self.tr("Decision"), showing.status(kept)),
            (self.tr("Kind"), showing.figure_kind(figure)),
            (self.tr("Of what"), figure.of),
            (self.tr("From"), figure.giver),
            (self.tr("To"), figure.receiver),
            (self.tr("Said as"), showing.modality(figure)),
            (self.tr("Nature"), showing.nature(figure)),
            (self.tr("Period"), figure.date),
            (self.tr("Period is"), showing.date_basis(figure)),
            (self.tr("Confidence"), f"{figure.confidence:.0%}"),
            (self.tr("Source"), kept.source_title),
            (self.tr("Characters"), _span(figure.start, figure.end)),
        )
        for name, value in rows:
            page.row(name, value)
        if figure.doubts:
            page.part(self.tr("Doubts"))
            for doubt in figure.doubts:
                page.note(showing.doubt_words(doubt))
        if reasons := asked.explained(figure):
            page.part(self.tr("What made each part"))
            for reason in reasons:
                said = [f"“{words}”" for words, _start, _end in reason.words]
                page.row(showing.figure_part(reason.part), " · ".join((*said, *reason.rules)))
        if passage is not None:
            page.part(self.tr("The passage"))
            page.quote(passage.text if passage.kind == "table" else shown(passage.text))
        self._put(page, buttons=True)

    def _put(self, page: "_Page", *, buttons: bool) -> None:
        page.end()
        self._area.setWidget(page)  # deletes the one before
        self._page = page
        self._buttons.setVisible(buttons)
        self._describe.hide()
        can_decide = buttons and self._session.is_writable()
        self._accept.setEnabled(can_decide)
        self._reject.setEnabled(can_decide)


class _Page(QWidget):
    """One description: a heading, rows, parts."""

    def __init__(self) -> None:
        super().__init__()
        self._form = QFormLayout(self)
        self._form.setContentsMargins(10, 10, 10, 10)
        self._form.setHorizontalSpacing(10)
        self._form.setVerticalSpacing(5)
        self._form.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)

    def head(self, text: str) -> None:
        label = self._wide(text)
        font = QFont(label.font())
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.2)
        label.setFont(font)

    def part(self, text: str) -> None:
        label = self._wide(text)
        font = QFont(label.font())
        font.setBold(True)
        label.setFont(font)
        label.setContentsMargins(0, 10, 0, 0)

    def note(self, text: str) -> None:
        self._wide(text)

    def quote(self, text: str) -> None:
        cut = text if len(text) <= LONGEST_QUOTED else f"{text[:LONGEST_QUOTED]}…"
        label = self._wide(f"“{cut.strip()}”")
        font = QFont(label.font())
        font.setItalic(True)
        label.setFont(font)

    def row(self, name: str, value: str | None) -> None:
        if not value:
            return
        title = Label(name)
        title.setForegroundRole(title.foregroundRole().PlaceholderText)
        self._form.addRow(title, Label(value).wrapped())

    def long_row(self, name: str, value: str | None) -> None:
        """A value without blanks, which no line could hold: cut short, whole in its tip."""
        if value:
            title = Label(name)
            title.setForegroundRole(title.foregroundRole().PlaceholderText)
            self._form.addRow(title, ShortLabel(value))

    def end(self) -> None:
        """Nothing more follows."""
        filler = QWidget()
        filler.setMinimumHeight(1)
        self._form.addRow(filler)

    def _wide(self, text: str) -> Label:
        label = Label(text).wrapped()
        self._form.addRow(label)
        return label


def _span(start: int, end: int) -> str:
    return f"{showing.count(start)}–{showing.count(end)}"
