"""Annotating in the reader: highlight, note, tag, bookmark and link what is selected, by key or menu."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QMenu

from db.records import Annotation, Target
from desktop import annotated, mark_colours, relation_words, signing
from desktop.actions import Actions
from desktop.panels.reader import Reader
from desktop.plain import menu_text, shown
from desktop.session import Session

LONGEST_QUOTE = 40
_MENU = (
    "annotate_highlight", "annotate_note", "annotate_tag", "annotate_tag_again",
    "annotate_bookmark", "annotate_link", "", "annotate_remove", "", "copy_evidence", "new_figure",
)  # fmt: skip


class Annotating(QObject):
    """Does what the commands of the Annotate menu say, on the reader's selection or its caret."""

    noted = Signal(str)
    notes_requested = Signal(object)  # Annotation whose note is to be written

    def __init__(
        self, session: Session, commands: Actions, reader: Reader, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._commands = commands
        self._reader = reader
        self._colour = mark_colours.COLOURS[0]
        self._last_tag: tuple[int, str] | None = None
        self._from: Target | None = None
        self._from_words = ""
        self._letters: dict[str, int] = {}
        self._paths: dict[str, int] = {}
        reader.letter_typed.connect(self._type)
        reader.menu_requested.connect(self._show_menu)
        session.opened.connect(self._look_at_tags)
        session.changed.connect(self._hear)
        session.closing.connect(self._forget)

    def slots(self) -> dict[str, Callable[[], None]]:
        """What the commands do, by their id."""
        return {
            "annotate_highlight": self.highlight,
            "annotate_note": self.note,
            "annotate_tag": self.tag,
            "annotate_tag_again": self.tag_again,
            "annotate_bookmark": self.bookmark,
            "annotate_link": self.link,
            "annotate_remove": self.remove,
        }

    # -- commands ---------------------------------------------------------------------------------

    def highlight(self, colour: str | None = None) -> None:
        """Mark the selected words in a colour (the last one used); a mark at the caret turns it."""
        self._colour = colour or self._colour
        target = self._selected()
        here = self._at_caret()
        said = self.tr("Marked {0}; Undo takes it back.").format(mark_colours.name(self._colour))
        if target is not None:
            work = partial(annotated.mark, target=target, colour=self._colour)
        elif here is not None:
            work = partial(annotated.change, ids=(here.id,), fields={"colour": self._colour})
        else:
            self.noted.emit(self.tr("Select the words to mark first."))
            return
        self._write(work, said)

    def note(self) -> None:
        """Ask for a note on the selected words, or on the passage the caret stands in."""
        here = self._at_caret()
        target = self._selected()
        if target is None and here is not None:
            self.notes_requested.emit(here)
            return
        target = target or self._passage()
        if target is not None:
            then = partial(self._add, "note", target, self.tr("Noted; Undo takes it back."))
            question = self.tr("Note on {0}:").format(self._quoted(target))
            self._ask(question, "", then)

    def bookmark(self) -> None:
        """Put a bookmark at the selected words, or at the passage the caret stands in."""
        target = self._selected() or self._passage()
        if target is not None:
            self._add("bookmark", target, self.tr("Bookmarked; the Annotations list it."), said="")

    def tag(self) -> None:
        """Ask for a tag for the selected words, the mark at the caret, or the passage."""
        targets = self._to_tag()
        if targets:
            last = self._last_tag[1] if self._last_tag else ""
            question = self.tr("Tag (a stroke puts one below another: economy/loans):")
            self._ask(question, last, partial(self._tag_as, targets), list(self._paths))

    def tag_again(self) -> None:
        """Give the last tag again."""
        if self._last_tag is None:
            self.tag()
            return
        self._put_tag(*self._last_tag)

    def link(self) -> None:
        """The first time remember one end; the second time ask how it is related to the other."""
        target = self._end()
        if target is None:
            self.noted.emit(self.tr("Select the words to link first."))
            return
        if self._from is None or self._from == target:
            self._from, self._from_words = target, self._quoted(target)
            said = self.tr("Link from {0}: now select the other end, and ask for a link again.")
            self.noted.emit(said.format(self._from_words))
            return
        work = annotated.relations
        self._session.jobs.run(work, partial(self._ask_relation, target), self._fail)

    def remove(self) -> None:
        """Remove the innermost annotation at the caret."""
        here = self._at_caret()
        if here is None:
            self.noted.emit(self.tr("There is no annotation at the caret."))
            return
        self._write(
            partial(annotated.remove, ids=(here.id,)),
            self.tr("Removed; Undo brings it back."),
        )

    def give(self, tag_id: int, path: str) -> None:
        """Give a tag that was chosen elsewhere; "again" means it from now on."""
        self._put_tag(tag_id, path)

    # -- inside -----------------------------------------------------------------------------------

    def _type(self, letter: str) -> None:
        if not self._session.is_writable():
            return
        if letter.isdecimal() and letter.isascii() and letter != "0":
            self.highlight(mark_colours.COLOURS[int(letter) - 1])
        elif letter in self._letters:
            tag_id = self._letters[letter]
            path = next((each for each, known in self._paths.items() if known == tag_id), "")
            self._put_tag(tag_id, path)
        else:
            said = self.tr("No tag has the letter {0}; give it one in the Tags panel.")
            self.noted.emit(said.format(letter))

    def _put_tag(self, tag_id: int, path: str) -> None:
        targets = self._to_tag()
        if targets:
            self._last_tag = (tag_id, path)
            said = self.tr("Tagged “{0}”; Undo takes it back.").format(path)
            self._write(partial(annotated.put_tag, tag_id=tag_id, targets=targets), said)

    def _tag_as(self, targets: tuple[Target, ...], said: str) -> None:
        work = partial(annotated.tag_as, path=said, targets=targets)

        def done(made: tuple[int, int]) -> None:
            self._last_tag = (made[0], said)
            self.noted.emit(self.tr("Tagged “{0}”; Undo takes it back.").format(said))

        self._signed(lambda: self._session.jobs.run(work, done, self._fail))

    def _ask_relation(self, target: Target, relations: list[str]) -> None:
        named = {relation_words.name(each): each for each in relations}
        question = self.tr("{0} … {1}. Relation:").format(self._from_words, self._quoted(target))
        then = partial(self._link_as, target, named)
        self._ask(question, relation_words.name(relations[0]), then, list(named))

    def _link_as(self, target: Target, named: dict[str, str], said: str) -> None:
        if self._from is None:
            return
        relation = named.get(said, said)
        work = partial(annotated.add_link, relation=relation, from_=self._from, to=target)
        self._from = None
        self._write(work, self.tr("Linked; Undo takes it back."))

    def _add(self, kind: Any, target: Target, told: str, said: str) -> None:
        work = partial(annotated.add, kind=kind, target=target, body=said or None)
        self._write(work, told)

    def _write(self, work: Callable[..., Any], said: str) -> None:
        run = self._session.jobs.run
        self._signed(lambda: run(work, lambda _done: self.noted.emit(said), self._fail))

    def _signed(self, then: Callable[[], Any]) -> None:
        signing.signed(self._session, self._reader.asking, then)

    def _ask(
        self, question: str, text: str, then: Callable[..., None], choices: list[str] | None = None
    ) -> None:
        self._reader.asking.ask(question, text, then, choices or [])

    def _selected(self) -> Target | None:
        span, source = self._reader.selected(), self._reader.source()
        if span is None or source is None or span.start >= span.end:
            return None
        return Target(source_id=source.id, start=span.start, end=span.end, text_id=source.text_id)

    def _passage(self) -> Target | None:
        passage, _ = self._reader.at_caret()
        source = self._reader.source()
        if passage is None or source is None:
            return None
        return Target(
            source_id=source.id, start=passage.start, end=passage.end, text_id=source.text_id
        )

    def _at_caret(self) -> Annotation | None:
        _, here = self._reader.at_caret()
        return here[-1] if here else None

    def _to_tag(self) -> tuple[Target, ...]:
        target, here = self._selected(), self._at_caret()
        if target is None and here is not None:
            return (Target(annotation_id=here.id),)
        target = target or self._passage()
        return (target,) if target is not None else ()

    def _end(self) -> Target | None:
        target, here = self._selected(), self._at_caret()
        if target is not None:
            return target
        figure = self._session.selection.now.figure
        if figure is not None:
            return Target(figure_id=figure.id)
        return Target(annotation_id=here.id) if here is not None else self._passage()

    def _quoted(self, target: Target) -> str:
        words = self._reader.words(target.start, target.end)
        if not words:
            figure = self._session.selection.now.figure
            here = self._at_caret()
            words = figure.figure.text if figure else (here.exact or "" if here else "")
        words = shown(words)
        cut = words[:LONGEST_QUOTE] + ("…" if len(words) > LONGEST_QUOTE else "")
        return self.tr("“{0}”").format(cut)

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self._reader)
        copy = menu.addAction(self.tr("Copy"))
        copy.setEnabled(self._reader.selected() is not None)
        copy.triggered.connect(self._copy)
        menu.addSeparator()
        for command_id in _MENU:
            if not command_id:
                menu.addSeparator()
                continue
            menu.addAction(self._commands[command_id])
            if command_id == "annotate_highlight":
                self._add_colours(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _add_colours(self, menu: QMenu) -> None:
        below = menu.addMenu(self.tr("Highlight In"))
        below.setEnabled(self._commands["annotate_highlight"].isEnabled())
        for number, colour in enumerate(mark_colours.COLOURS, 1):
            square = QPixmap(14, 14)
            square.fill(mark_colours.ground(colour, self._reader.palette()))
            action = below.addAction(f"&{number}  {menu_text(mark_colours.name(colour))}")
            action.setIcon(square)
            action.triggered.connect(partial(self._highlight_in, colour))

    def _highlight_in(self, colour: str, _checked: bool = False) -> None:
        self.highlight(colour)

    def _copy(self, _checked: bool = False) -> None:
        span = self._reader.selected()
        if span is not None:
            QGuiApplication.clipboard().setText(self._reader.words(span.start, span.end))

    def _hear(self, tables: frozenset[str]) -> None:
        if "tags" in tables:
            self._look_at_tags()

    def _look_at_tags(self) -> None:
        self._session.jobs.run(annotated.letters_and_paths, self._keep, self._fail, replaces="tags")

    def _keep(self, found: tuple[dict[str, int], dict[str, int]]) -> None:
        self._letters, self._paths = found

    def _forget(self) -> None:
        self._last_tag, self._from = None, None
        self._letters, self._paths = {}, {}

    def _fail(self, error: Exception) -> None:
        self.noted.emit(self._session.told(error))
