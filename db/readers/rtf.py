"""Rich Text (RTF): its words in their code pages, paragraphs, headings, lists, tables and notes.

One file, since any control word may end what another began: all of them share one state.
"""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from db.errors import Unreadable
from db.readers.layout import BREAK, Frame, Layout
from db.readers.origin import creator_of, title_of
from db.records import Document, PassageKind

SUFFIXES = (".rtf",)
TYPE = "application/rtf"

_TOKEN = re.compile(
    r"\\([A-Za-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|[\r\n]{1,4000}"
    r"|([^\\{}\r\n]{1,4000})"
)
_DEEPEST = 2000
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_CHARACTERS = {
    "tab": "\t", "line": BREAK, "lbr": BREAK, "emdash": "—", "endash": "–", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": "\u2005", "nestcell": "\t", "zwj": "\u200d",
    "zwnj": "\u200c", "softline": "",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "_": "-", "-": "", "\\": "\\", "{": "{", "}": "}", ":": "", "|": ""}
# What stands in these is no text of the document.
_SKIPPED_LIST = (
    "colortbl pict object objdata nonshppict xe tc tcn listtable listoverridetable rsidtbl "
    "generator filetbl revtbl themedata colorschememapping latentstyles datastore xmlnstbl "
    "pn bkmkstart bkmkend fldinst datafield template passwordhash mmath "
    "private keycode hyphen ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn atnid atnauthor "
    "annotation atrfstart atrfend atndate atnref pgdsctbl stylerestrictions sp themeid "
    "comment keywords operator category manager company doccomm hlinkbase creatim revtim "
    "printim buptim bin picprop shppict sn sv blipuid wgrffmtfilter"
)
_SKIPPED = frozenset(_SKIPPED_LIST.split())
# Groups marked as optional (\*) that hold text all the same.
_OPTIONAL_TEXT = frozenset(("shpinst", "shptxt", "ud", "footnote", "formfield"))
_MARGINS = frozenset(
    ("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf")
)
_HEADING = re.compile(r"(?:heading|überschrift|заголовок|titre|标题)\s{0,2}([1-9])\b")
_QUOTATION = re.compile(r"quot|zitat|цитат|citation")


def read(path: Path, data: bytes, *, encoding: str | None = None) -> Document:
    """The text of the document in `data`; what was hidden or struck out is left out."""
    reading = _Reading(encoding)
    reading.take(data.decode("latin-1"))
    text, blocks, lost = reading.layout.finish()
    return Document(
        text=text,
        blocks=blocks,
        media_type=TYPE,
        encoding=reading.codepage,
        title=title_of(reading.said("title")) or title_of(reading.heading),
        creator=creator_of(reading.said("author")),
        replaced=lost + reading.replaced,
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds until the group ends."""

    target: str = "text"
    codepage: str = "cp1252"
    unicode_skip: int = 1
    is_hidden: bool = False
    is_starred: bool = False


@dataclass(slots=True)
class _Paragraph:
    style: int = -1
    level: int = 0
    in_table: bool = False
    is_list: bool = False


@dataclass(slots=True)
class _Words:
    """Text on its way: bytes wait until their code page can decode them together."""

    parts: list[str] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)


class _Reading:
    def __init__(self, encoding: str | None) -> None:
        self.layout = Layout()
        self.codepage = encoding or "cp1252"
        self._is_given = encoding is not None
        self.replaced = 0
        self.heading = ""
        self._fonts: dict[int, str] = {}
        self._styles: dict[int, str] = {}
        self._group = _Group(codepage=self.codepage)
        self._groups: list[_Group] = []
        self._words: dict[str, _Words] = {"text": _Words()}
        self._paragraph = _Paragraph()
        self._row: list[str] = []
        self._table_is_open = False
        self._list = 0
        self._notes: list[tuple[int, str]] = []
        self._told = 0
        self._skip = 0
        self._font = 0
        self._default_font = 0
        self._style = 0
        self._margins: set[str] = set()

    def said(self, name: str) -> str:
        """What the document says of itself."""
        words = self._words.get(name)
        return "".join(words.parts).strip(" ;") if words else ""

    # ---- tokens ---------------------------------------------------------------------------------

    def take(self, source: str) -> None:
        at = 0
        while at < len(source):
            token = _TOKEN.match(source, at)
            if token is None:
                at += 1
                continue
            at = token.end()
            word, number, byte, symbol, brace, plain = token.groups()
            if plain is not None:
                self._plain(plain)
            elif byte is not None:
                self._plain(chr(int(byte, 16)))
            elif word is not None:
                if word == "bin":
                    at += min(int(number or 0), len(source)) if int(number or 0) > 0 else 0
                else:
                    self._word(word, int(number) if number else None)
            elif symbol is not None:
                self._symbol(symbol)
            elif brace == "{":
                self._open()
            elif brace == "}":
                self._close()
        self._decode(self._words["text"])
        self._end_paragraph()
        self._end_table()

    def _open(self) -> None:
        if len(self._groups) >= _DEEPEST:
            raise Unreadable("damaged", detail=f"groups nested more than {_DEEPEST} deep")
        self._decode(self._here())
        self._groups.append(self._group)
        self._group = replace(self._group, is_starred=False)
        self._skip = 0

    def _close(self) -> None:
        self._decode(self._here())
        self._skip = 0
        if not self._groups:
            return
        ended, self._group = self._group, self._groups.pop()
        if ended.target == self._group.target:
            if ended.target == "stylesheet":
                self._styles[self._style] = self._taken("stylesheet").strip(" ;").lower()
                self._style = 0
            return
        if ended.target == "note":
            words = self._taken("note")
            self._told += 1
            self._here().parts.append(f"[{self._told}]")
            self._notes.append((self._told, words))
        elif ended.target == "label":
            label = self._taken("label").strip()
            if any(character.isalnum() for character in label):  # a number, not a bullet
                self._here().parts.append(label + " ")
        elif ended.target == "margin":
            self._margin(self._taken("margin"))

    def _here(self) -> _Words:
        return self._words.setdefault(self._group.target, _Words())

    def _taken(self, target: str) -> str:
        words = self._words.pop(target, None)
        return "".join(words.parts) if words else ""

    def _plain(self, text: str) -> None:
        if self._skip:
            dropped = min(self._skip, len(text))
            self._skip -= dropped
            text = text[dropped:]
        if text and not self._group.is_hidden and self._group.target != "skipped":
            self._here().raw += text.encode("latin-1")

    def _decode(self, words: _Words) -> None:
        if words.raw:
            said = words.raw.decode(self._group.codepage, "replace")
            self.replaced += said.count("\ufffd")
            words.parts.append(said)
            words.raw.clear()

    def _say(self, text: str) -> None:
        if self._skip:
            self._skip -= 1
        elif not self._group.is_hidden and self._group.target != "skipped":
            words = self._here()
            self._decode(words)
            words.parts.append(text)

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._group = replace(self._group, is_starred=True)
        elif symbol in "\r\n":
            self.end_of_paragraph()
        elif symbol in _SYMBOLS:
            self._say(_SYMBOLS[symbol])

    # ---- control words --------------------------------------------------------------------------

    def _word(self, word: str, number: int | None) -> None:
        group = self._group
        if group.is_starred:
            self._group = group = replace(group, is_starred=False)
            if word not in _OPTIONAL_TEXT:
                self._into("skipped")
                return
        if word == "u":
            self._unicode(number or 0)
        elif word in _CHARACTERS:
            self._say(_CHARACTERS[word])
        elif word in _SKIPPED:
            self._into("skipped")
        elif word in _MARGINS:
            self._into("margin")
        elif word == "footnote":
            self._into("note")
        elif word in ("listtext", "pntext"):
            self._into("label")
        elif word in ("fonttbl", "stylesheet", "info", "title", "author", "subject"):
            if word in ("title", "author", "subject"):
                if group.target != "info":
                    return
                self._words.pop(word, None)  # the same again in Unicode
            self._into(word)
        else:
            act = _ACTS.get(word)
            if act is not None:
                act(self, number)

    def _into(self, target: str) -> None:
        if self._group.target != "skipped":
            self._decode(self._here())
            self._group = replace(self._group, target=target)

    def _unicode(self, number: int) -> None:
        if self._group.target != "skipped" and not self._group.is_hidden:
            words = self._here()
            self._decode(words)
            words.parts.append(chr(number % 0x10000))
        self._skip = self._group.unicode_skip

    def set_font(self, number: int | None) -> None:
        self._font = number or 0
        if self._group.target == "fonttbl":
            return
        if not self._is_given:
            self._decode(self._here())
            self._group = replace(
                self._group, codepage=self._fonts.get(self._font) or self.codepage
            )

    def set_charset(self, number: int | None) -> None:
        if self._group.target == "fonttbl" and number in _CHARSETS:
            self._fonts[self._font] = _CHARSETS[number]

    def set_codepage(self, name: str) -> None:
        if self._is_given:
            return
        try:
            codecs.lookup(name)
        except LookupError:
            return
        self.codepage = name
        self._group = replace(self._group, codepage=name)

    def set_style(self, number: int | None) -> None:
        if self._group.target == "stylesheet":
            self._style = number or 0
        else:
            self._paragraph.style = number or 0

    def hide(self, number: int | None) -> None:
        self._decode(self._here())
        self._group = replace(self._group, is_hidden=number != 0)

    def plain_again(self, number: int | None) -> None:
        self._decode(self._here())
        self._group = replace(self._group, is_hidden=False)
        self.set_font(self._default_font)

    # ---- paragraphs -----------------------------------------------------------------------------

    def end_of_paragraph(self, number: int | None = None) -> None:
        target = self._group.target
        if target == "text":
            self._decode(self._here())
            if self._paragraph.in_table:
                self._here().parts.append(BREAK)
            else:
                self._end_paragraph()
        elif target in ("note", "margin"):
            self._say(BREAK)

    def _end_paragraph(self) -> None:
        words = _paired(self._taken("text"))
        self._words["text"] = _Words()
        if not words.strip(" \t\n" + BREAK):
            self._list = 0 if not self._paragraph.is_list else self._list
            return
        self._end_table()
        kind, level = self._kind()
        group = 0
        if kind == "list":
            group = self._list = self._list or self.layout.new_group()
        else:
            self._list = 0
        if level == 1 and not self.heading:
            self.heading = words.replace(BREAK, " ").strip()
        self._block(kind, words, level, group)
        self._tell_notes()

    def _kind(self) -> tuple[PassageKind, int]:
        name = self._styles.get(self._paragraph.style, "")
        heading = _HEADING.search(name)
        level = self._paragraph.level or (int(heading.group(1)) if heading else 0)
        if name in ("title", "subtitle"):
            level = 1
        if level:
            return "heading", level
        if self._paragraph.is_list:
            return "list", 0
        return ("quotation", 0) if _QUOTATION.search(name) else ("paragraph", 0)

    def _block(self, kind: PassageKind, words: str, level: int = 0, group: int = 0) -> None:
        self.layout.open(Frame("p", kind, level, True, False, 0, group))
        self.layout.add(words)
        self.layout.close()

    def _tell_notes(self) -> None:
        notes, self._notes = self._notes, []
        for number, words in notes:
            self._block("footnote", f"[{number}] {_paired(words).strip(' ' + BREAK)}")

    def _margin(self, words: str) -> None:
        words = _paired(words).strip(" " + BREAK)
        if words and words not in self._margins:
            self._margins.add(words)
            layout = self.layout
            layout.open(Frame("margin", "paragraph", 0, True, False, layout.new_cruft()))
            layout.add(words)
            layout.close()

    def end_cell(self, number: int | None) -> None:
        if self._group.target == "text":
            self._decode(self._here())
            self._row.append(_paired(self._taken("text")).strip(" " + BREAK))
            self._words["text"] = _Words()

    def end_row(self, number: int | None) -> None:
        row, self._row = self._row, []
        if not row:
            return
        layout = self.layout
        if not self._table_is_open:
            self._table_is_open = True
            layout.open(Frame("table", is_block=True))
            layout.open_table()
        layout.open_row()
        for words in row:
            layout.open_cell()
            layout.open(Frame("p", is_block=True))
            layout.add(words.replace(BREAK, " "))
            layout.close()

    def _end_table(self) -> None:
        if self._row:
            self.end_row(None)
        if self._table_is_open:
            self._table_is_open = False
            self.layout.close()
            self.layout.close_table()
            self._tell_notes()

    def begin_paragraph(self, number: int | None) -> None:
        if self._group.target == "text":
            self._paragraph = _Paragraph()

    def set_level(self, number: int | None) -> None:
        if self._group.target == "text":
            self._paragraph.level = number + 1 if number is not None and 0 <= number < 9 else 0

    def set_in_table(self, number: int | None) -> None:
        if self._group.target == "text":
            self._paragraph.in_table = True

    def set_list(self, number: int | None) -> None:
        if self._group.target == "text":
            self._paragraph.is_list = number != 0

    def set_skip(self, number: int | None) -> None:
        self._group = replace(self._group, unicode_skip=max(0, min(number or 0, 8)))

    def set_default_font(self, number: int | None) -> None:
        self._default_font = number or 0

    def set_windows_codepage(self, number: int | None) -> None:
        self.set_codepage({65001: "utf-8", 10000: "mac_roman", 936: "gb18030"}.get(
            number or 0, f"cp{number}"
        ))  # fmt: skip


_ACTS: dict[str, Callable[[_Reading, int | None], None]] = {
    "par": _Reading.end_of_paragraph,
    "sect": _Reading.end_of_paragraph,
    "page": _Reading.end_of_paragraph,
    "column": _Reading.end_of_paragraph,
    "pard": _Reading.begin_paragraph,
    "cell": _Reading.end_cell,
    "row": _Reading.end_row,
    "intbl": _Reading.set_in_table,
    "outlinelevel": _Reading.set_level,
    "ls": _Reading.set_list,
    "pnlvlblt": _Reading.set_list,
    "s": _Reading.set_style,
    "f": _Reading.set_font,
    "deff": _Reading.set_default_font,
    "fcharset": _Reading.set_charset,
    "plain": _Reading.plain_again,
    "v": _Reading.hide,
    "deleted": _Reading.hide,
    "uc": _Reading.set_skip,
    "ansicpg": _Reading.set_windows_codepage,
    "mac": lambda reading, _: reading.set_codepage("mac_roman"),
    "pc": lambda reading, _: reading.set_codepage("cp437"),
    "pca": lambda reading, _: reading.set_codepage("cp850"),
}


def _paired(words: str) -> str:
    """Halves of UTF-16 pairs, written one by one, as the characters they mean."""
    if not any("\ud800" <= character <= "\udfff" for character in words):
        return words
    return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
