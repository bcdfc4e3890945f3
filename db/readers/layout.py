"""The visible text of a marked-up document, put together block by block as its tags come by."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from db.readers.canonical import canonical
from db.records import Block, PassageKind

# A line break inside a block; NUL cannot come from the document, it was replaced before.
BREAK = "\x00"
# Marks around words whose meaning a document gives: their number in octal, then the words, then an
# end. None of these characters can stand in XML.
_OPEN, _CLOSED, _END = "\x01", "\x03", "\x02"
_FIRST_DIGIT = 0x0E
_MARK = re.compile("\x01([\x0e-\x15]{1,12})\x03|\x02")
_BLANK_AFTER_OPEN = re.compile("((?:\x01[\x0e-\x15]{1,12}\x03){1,50})([ \t\n]{1,200})")
_BLANK_BEFORE_END = re.compile("([ \t\n]{1,200})(\x02{1,50})")
_BLANKS = re.compile("[ \t\n\f\r]+")
_BREAKS = re.compile(" ?\x00 ?")
_LONGEST_CELL = 600
# Tables in tables beyond this only lay the page out; 1,500 deep were seen.
_DEEPEST_TABLE = 12
_LONGEST_LINK_LIST = 200


@dataclass(slots=True)
class Frame:
    """An open element: what the text in it is."""

    tag: str
    kind: PassageKind = "paragraph"
    level: int = 0
    is_block: bool = False
    keeps_blanks: bool = False
    cruft: int = 0
    group: int = 0
    in_link: bool = False
    is_in_section: bool = False


@dataclass(slots=True)
class _Piece:
    text: str
    kind: PassageKind
    level: int
    group: int
    cruft: int
    linked: int
    is_free: bool = False  # several paragraphs in one <pre>: for the plain segmenter
    page: str | None = None


@dataclass(slots=True)
class _Table:
    before: list[_Piece] = field(default_factory=list)
    rows: list[list[list[_Piece]]] = field(default_factory=list)
    is_layout: bool = False

    def pieces(self) -> list[_Piece]:
        return [*self.before, *(piece for row in self.rows for cell in row for piece in cell)]


class Layout:
    """Takes elements and words in document order; gives text and blocks. Knows no tag's meaning."""

    def __init__(self) -> None:
        self.frames: list[Frame] = [Frame("", is_block=True)]
        self._run: list[str] = []
        self._linked = 0
        self._pieces: list[_Piece] = []
        self._tables: list[_Table] = []
        self._depth_of_tables = 0
        self._groups = 0
        self._crufts = 0
        self._sizes: dict[int, int] = {}
        self.page: str | None = None  # the number on the page that is being read
        self._page_of_run: str | None = None
        self._marks = 0
        self.marked: dict[int, tuple[int, int]] = {}  # number of a mark -> its words in the text

    # ---- what happens in the document -----------------------------------------------------------

    def open(self, frame: Frame) -> None:
        """An element begins; one that is a block parts the text."""
        if frame.is_block:
            self._flush()
        self.frames.append(frame)

    def close(self) -> None:
        """The innermost element ends."""
        if self.frames[-1].is_block:
            self._flush()
        if len(self.frames) > 1:
            self.frames.pop()

    def add(self, words: str) -> None:
        """Words inside the innermost element."""
        if self._page_of_run is None and not words.isspace():
            self._page_of_run = self.page
        self._run.append(words)
        if self.frames[-1].in_link:
            self._linked += len(words)

    def new_group(self) -> int:
        """A number for blocks that belong to one list."""
        self._groups += 1
        return self._groups

    def new_cruft(self) -> int:
        """A number for a container of cruft; one that holds half the text is cleared at the end."""
        self._crufts += 1
        self._sizes[self._crufts] = 0
        return self._crufts

    def mark(self) -> int:
        """Where the run of words stands now, for `bracket`."""
        return len(self._run)

    def bracket(self, mark: int) -> None:
        """Puts the words since `mark` in brackets: a note's number must not run into the text.

        "1941" with a raised 3 would else read as the year 19413.
        """
        words = "".join(self._run[mark:]).strip()
        if words and len(words) <= 4 and not words.startswith(("[", "(")):
            self._run[mark:] = [f"[{words}]"]

    def begin(self) -> int:
        """The words from here to `end` are to be found again: their number in `marked`."""
        self._marks += 1
        digits = "".join(chr(_FIRST_DIGIT + int(digit)) for digit in f"{self._marks:o}")
        self._run.append(f"{_OPEN}{digits}{_CLOSED}")
        return self._marks

    def end(self) -> None:
        """Closes the innermost `begin`; both must stand in one block."""
        self._run.append(_END)

    def has_words(self) -> bool:
        """Whether the block that is being put together holds any words yet."""
        return any(not part.isspace() for part in self._run)

    def open_table(self) -> None:
        self._depth_of_tables += 1
        if self._depth_of_tables <= _DEEPEST_TABLE:
            if self._tables:
                self._tables[-1].is_layout = True
            self._tables.append(_Table())

    def open_row(self) -> None:
        if self._tables and self._depth_of_tables <= _DEEPEST_TABLE:
            self._tables[-1].rows.append([])

    def open_cell(self) -> None:
        if self._tables and self._depth_of_tables <= _DEEPEST_TABLE:
            if not self._tables[-1].rows:
                self._tables[-1].rows.append([])
            self._tables[-1].rows[-1].append([])

    def close_table(self) -> None:
        self._flush()
        self._depth_of_tables = max(0, self._depth_of_tables - 1)
        if self._tables and self._depth_of_tables < len(self._tables):
            table = self._tables.pop()
            for piece in _of_table(table):
                self._sink().append(piece)

    # ---- what came of it ------------------------------------------------------------------------

    def finish(self) -> tuple[str, tuple[Block, ...], int]:
        """The canonical text, its blocks, and how many characters had to be replaced."""
        self._flush()
        while self._tables:
            self._depth_of_tables = len(self._tables)
            self.close_table()
        replaced = 0
        self._mark_link_lists()
        self._clear_the_largest()
        parts: list[str] = []
        blocks: list[Block] = []
        at = 0
        before: _Piece | None = None
        for piece in self._pieces:
            words, lost = canonical(piece.text)
            words = words.strip()
            found: list[tuple[int, int, int]] = []
            if self._marks and (_OPEN in words or _END in words):
                words, found = _unmarked(words)
            if not words:
                continue
            replaced += lost
            kind: PassageKind = "boilerplate" if piece.cruft else piece.kind
            joined = (
                before is not None
                and piece.group == before.group != 0
                and piece.cruft == before.cruft
                and piece.kind == before.kind
                and piece.page == before.page
            )
            gap = ("\n" if joined else "\n\n") if parts else ""
            parts += (gap, words)
            for number, first, last in found:
                self.marked[number] = (at + len(gap) + first, at + len(gap) + last)
            start, at = at + len(gap), at + len(gap) + len(words)
            if joined:
                blocks[-1] = blocks[-1]._replace(end=at)
            elif not piece.is_free:
                level = piece.level if kind == "heading" else 0
                blocks.append(Block(start, at, kind, piece.page, level))
            before = piece
        return "".join(parts), tuple(blocks), replaced

    # ---- inside ---------------------------------------------------------------------------------

    def _sink(self) -> list[_Piece]:
        if not self._tables:
            return self._pieces
        table = self._tables[-1]
        return table.rows[-1][-1] if table.rows and table.rows[-1] else table.before

    def _flush(self) -> None:
        if not self._run:
            return
        words, linked = "".join(self._run), self._linked
        self._run, self._linked = [], 0
        page, self._page_of_run = self._page_of_run, None
        if not words or words.isspace():  # what indents elements is two runs of three
            return
        frame = self.frames[-1]
        if frame.keeps_blanks:
            lines = words.replace(BREAK, "\n").strip("\n").rstrip()
            if lines:
                is_free = frame.kind == "paragraph" and "\n\n" in lines and not frame.cruft
                self._emit(_Piece(lines, frame.kind, 0, 0, frame.cruft, linked, is_free, page))
            return
        if self._marks:
            words = _BLANK_AFTER_OPEN.sub(r"\2\1", words)
            words = _BLANK_BEFORE_END.sub(r"\2\1", words)
        if BREAK not in words and words.isascii():
            # The same in a fifth of the time; blanks beyond ASCII are words of the document.
            part = " ".join(words.split())
            self._emit(
                _Piece(part, frame.kind, frame.level, frame.group, frame.cruft, linked, page=page)
            )
            return
        words = _BREAKS.sub(BREAK, _BLANKS.sub(" ", words))
        # Two line breaks are how old pages part paragraphs.
        for part in words.split(BREAK + BREAK):
            part = part.strip(" " + BREAK).replace(BREAK, "\n")
            if part and not part.isspace():
                self._emit(
                    _Piece(part, frame.kind, frame.level, frame.group, frame.cruft, linked,
                           page=page)
                )  # fmt: skip

    def _emit(self, piece: _Piece) -> None:
        if piece.cruft:
            self._sizes[piece.cruft] += len(piece.text)
        self._sink().append(piece)

    def _clear_the_largest(self) -> None:
        total = sum(len(piece.text) for piece in self._pieces)
        wrong = {cruft for cruft, size in self._sizes.items() if size * 2 > total}
        for piece in self._pieces:
            if piece.cruft in wrong:
                piece.cruft = 0

    def _mark_link_lists(self) -> None:
        """Three short blocks in a row that are nothing but links are a menu."""
        run: list[_Piece] = []
        for piece in [*self._pieces, None]:
            if (
                piece is not None
                and piece.kind in ("paragraph", "list")
                and len(piece.text) <= _LONGEST_LINK_LIST
                and piece.linked * 10 >= len(piece.text) * 8
            ):
                run.append(piece)
                continue
            if len(run) >= 3:
                cruft = self.new_cruft()
                for link in run:
                    if not link.cruft:
                        link.cruft = cruft
                        self._sizes[cruft] += len(link.text)
            run = []


def one_below_the_other(
    passages: Iterable[tuple[str, PassageKind, str | None, int]],
) -> tuple[str, tuple[Block, ...], int]:
    """The canonical text of (words, kind, page, level), its blocks, and characters replaced.

    For formats whose passages are known before; one without words is left out.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    at = replaced = 0
    for said, kind, page, level in passages:
        words, lost = canonical(said)
        # A tab in front of a table is a cell that says nothing.
        words = words.rstrip().lstrip(" \n") if kind == "table" else words.strip()
        if not words:
            continue
        replaced += lost
        gap = "\n\n" if parts else ""
        parts += (gap, words)
        start, at = at + len(gap), at + len(gap) + len(words)
        blocks.append(Block(start, at, kind, page, level))
    return "".join(parts), tuple(blocks), replaced


def _of_table(table: _Table) -> list[_Piece]:
    """One piece with tabs and line ends, or the cells one by one where it only lays out a page."""
    cells = [cell for row in table.rows for cell in row]
    filled = [cell for cell in cells if cell]
    if (
        table.is_layout
        or len(filled) < 2
        or any(len(cell) > 6 or sum(len(p.text) for p in cell) > _LONGEST_CELL for cell in filled)
        or (
            any(piece.is_free or piece.kind == "heading" for cell in filled for piece in cell)
            and len(filled) < 4
        )
    ):
        return table.pieces()
    lines = []
    for row in table.rows:
        line = "\t".join(
            " ".join(piece.text.replace("\n", " ") for piece in cell) for cell in row
        ).rstrip("\t")
        if line.strip():
            lines.append(line)
    pieces = table.pieces()
    # Cruft only if all of it is.
    cruft = min((piece.cruft for piece in pieces), default=0)
    page = pieces[len(table.before)].page if len(pieces) > len(table.before) else None
    body = _Piece("\n".join(lines), "table", 0, 0, cruft, 0, page=page)
    return [*table.before, body] if lines else table.before


def _unmarked(words: str) -> tuple[str, list[tuple[int, int, int]]]:
    """`words` without the marks, and (number, start, end) of what stood between them."""
    parts: list[str] = []
    found: list[tuple[int, int, int]] = []
    open_marks: list[tuple[int, int]] = []
    at = length = 0
    for mark in _MARK.finditer(words):
        parts.append(words[at : mark.start()])
        length += len(parts[-1])
        at = mark.end()
        digits = mark.group(1)
        if digits is not None:
            number = int("".join(str(ord(digit) - _FIRST_DIGIT) for digit in digits), 8)
            open_marks.append((number, length))
        elif open_marks:
            number, start = open_marks.pop()
            if start < length:
                found.append((number, start, length))
    parts.append(words[at:])
    return "".join(parts), found
