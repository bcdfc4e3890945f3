"""What the texts of word processors share: margins, tables, notes and boxes below their paragraph."""

from collections.abc import Iterable

from db.readers.layout import BREAK, Frame, Layout
from db.readers.markup import Element


class Body:
    """Puts a document into a layout; each format says what its elements are."""

    def __init__(self) -> None:
        self.layout = Layout()
        self.title = ""
        self._waiting: list[tuple[str, Element]] = []  # notes that follow the paragraph
        self._boxes: list[Element] = []
        self._told = 0  # notes numbered so far
        self._tables = 0

    # ---- what a format says ---------------------------------------------------------------------

    def _blocks(self, parent: Element) -> None:
        """Everything inside `parent` that parts the text."""
        raise NotImplementedError

    def _words(self, parent: Element) -> None:
        """The words of a paragraph."""
        raise NotImplementedError

    def _rows(self, table: Element) -> None:
        """The rows and cells of a table."""
        raise NotImplementedError

    def _paragraphs(self, note: Element) -> Iterable[Element]:
        """The paragraphs of a note, which are one passage."""
        raise NotImplementedError

    # ---- what is the same in all ----------------------------------------------------------------

    def _margin(self, margin: Element) -> None:
        layout = self.layout
        page, layout.page = layout.page, None
        layout.open(Frame("margin", is_block=True, cruft=layout.new_cruft()))
        self._blocks(margin)
        layout.close()
        layout.page = page

    def _table(self, table: Element) -> None:
        layout = self.layout
        outer = layout.frames[-1]
        layout.open(Frame("table", outer.kind, 0, True, False, outer.cruft))
        layout.open_table()
        self._tables += 1
        self._rows(table)
        self._tables -= 1
        layout.close()
        layout.close_table()
        self._after_block()

    def _refer(self, note: Element) -> None:
        """A number in the text; the note itself waits."""
        self._told += 1
        self.layout.add(f"[{self._told}]")
        self._waiting.append((str(self._told), note))

    def _after_block(self) -> None:
        """What was referred to in a paragraph stands below it, or below the table it is in."""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._blocks(box)
        if self._tables:
            return
        waiting, self._waiting = self._waiting, []
        for number, note in waiting:
            cruft = self.layout.frames[-1].cruft
            self.layout.open(Frame("note", "footnote", 0, True, False, cruft))
            self.layout.add(f"[{number}] ")
            for position, paragraph in enumerate(self._paragraphs(note)):
                if position:
                    self.layout.add(BREAK)
                self._words(paragraph)
            self.layout.close()
