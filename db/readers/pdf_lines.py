"""The lines of a PDF as PDFium gives them: words, places, sizes; raised numbers in brackets."""

import re
from dataclasses import dataclass
from typing import Any

from db.errors import Unreadable

# It puts one of these where a word was broken, and ends no line after it.
_DRAWN = re.compile("[^\r\n\x02\ufffe]+[\x02\ufffe]?")
_NUMBER_AT_END = re.compile(r"\d{1,3}(?!\w)")
_AFTER_WORDS = ".,;:)”»"  # a note's number stands behind these, a letter, or a letter and a blank
_NUMBER_AT_START = re.compile(r"\d{1,3}(?=\s\S)")
_DIGIT = re.compile(r"\d")
MOST_GLYPHS = 20  # one of so many characters
# Numbers of glyphs where letters should be; PDFium itself puts in a 2 where a word was broken.
_GLYPHS = re.compile("[\x01\x03-\x08\x0e-\x1f]")
_WIDE = re.compile("[\U00010000-\U0010ffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST_PAGES = 20_000


@dataclass(slots=True)
class Line:
    """Words that were drawn in one go, and where."""

    text: str
    left: float
    right: float
    base: float  # from the bottom of the page
    size: float
    page: int
    is_bold: bool = False
    is_margin: bool = False


def pages_of(pdf: Any) -> list[list[Line]]:
    """The lines of every page; one that PDFium cannot read has none."""
    import pypdfium2

    if len(pdf) > _MOST_PAGES:
        raise Unreadable("damaged", detail=f"it has {len(pdf):,} pages")
    pages = []
    failed: Exception | None = None
    for number in range(len(pdf)):
        try:
            pages.append(_lines(pdf, number))
        except pypdfium2.PdfiumError as error:
            failed = error
            pages.append([])
    if failed is not None and not any(pages):
        raise Unreadable("damaged", detail=str(failed)[:200])
    return pages


def _lines(pdf: Any, number: int) -> list[Line]:
    """The lines of a page in the order they were drawn."""
    import ctypes

    from pypdfium2 import raw

    page = pdf[number]
    words = page.get_textpage()
    try:
        handle = words.raw  # the object itself is turned into this at every call
        codes = str(words.get_text_range())
        if len(codes) != words.count_chars():
            codes = _characters(words, codes)
            if len(_GLYPHS.findall(codes)) * MOST_GLYPHS > len(codes):
                return []  # a font that does not say what its glyphs mean: one can only look
        has_halves = not codes.isascii() and _SURROGATE.search(codes) is not None
        found = []
        x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
        end, low, high = ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
        for drawn in _DRAWN.finditer(codes):
            first, last = drawn.start(), drawn.end() - 1
            while first <= last and codes[first] in "\0 \u00a0":
                first += 1
            while last > first and codes[last] in "\0 \u00a0":
                last -= 1
            if first > last:
                continue
            text = _bracketed(codes, first, last, handle).replace("\0", "")
            if not text.strip():
                continue
            raw.FPDFText_GetCharOrigin(handle, first, x, y)
            left, base = x.value, y.value
            raw.FPDFText_GetCharBox(handle, last, low, end, low, high)
            right = max(left, end.value)
            # The size is that of the words, not of a raised number or a bullet before them.
            if text[1:2] == " " or (text.startswith("[") and codes[first] != "["):
                first = min(codes.find(" ", first, last) + 1 or first, last)
            raw.FPDFText_GetMatrix(handle, first, matrix)
            scale = (matrix.c**2 + matrix.d**2) ** 0.5
            size = round((raw.FPDFText_GetFontSize(handle, first) or 1.0) * scale, 1)
            found.append(
                Line(
                    _paired(text) if has_halves else text, left, right, base, max(size, 0.1), number,
                    raw.FPDFText_GetFontWeight(handle, first) >= 600,
                )
            )  # fmt: skip
        return _joined(found)
    finally:
        words.close()
        page.close()


def _characters(words: Any, told: str) -> str:
    """Every character PDFium counts, so that one at a place is the one asked about by that place.

    Its text as a whole, `told`, leaves some out (broken words, glyphs without a meaning). Asked
    one by one they take as long as all the rest, so only what is left out is.
    """
    from pypdfium2 import raw

    handle = words.raw
    count = words.count_chars()
    if len(told) > count or _WIDE.search(told) is not None:
        return "".join(chr(raw.FPDFText_GetUnicode(handle, at)) for at in range(count))
    parts: list[str] = []
    at = done = 0  # characters of `told`, and of those that are counted
    while at < len(told):
        place = raw.FPDFText_GetCharIndexFromTextIndex(handle, at)
        parts += (chr(raw.FPDFText_GetUnicode(handle, each)) for each in range(done, place))
        run, further = 1, 1  # how many follow each other without a gap
        while further:
            ahead = at + run + further - 1
            is_near = ahead < len(told) and (
                raw.FPDFText_GetCharIndexFromTextIndex(handle, ahead) == place + run + further - 1
            )
            run, further = (run + further, further * 2) if is_near else (run, further // 2)
        parts.append(told[at : at + run])
        at, done = at + run, place + run
    parts += (chr(raw.FPDFText_GetUnicode(handle, each)) for each in range(done, count))
    return "".join(parts)


def _bracketed(codes: str, first: int, last: int, words: Any) -> str:
    """The characters of a line, with raised numbers in brackets: 556 with a raised 2 is not 5562."""
    from pypdfium2 import raw

    if _DIGIT.search(codes, first, last + 1) is None:
        return codes[first : last + 1]
    parts: list[str] = []
    at = first
    leading = _NUMBER_AT_START.match(codes, first, last + 1)
    if leading is not None and _is_smaller(words, first, leading.end() + 1):
        parts.append(f"[{leading.group()}]")
        at = leading.end()
    for found in _NUMBER_AT_END.finditer(codes, first + 1, last + 1):
        begins = found.start()
        if not _is_behind_words(codes, begins):
            begins += 1  # of two figures the second stands behind the first
            if begins == found.end():
                continue
        before = begins - 1
        size = raw.FPDFText_GetFontSize(words, before - (codes[before] == " "))
        start = found.end()
        while start > begins and raw.FPDFText_GetFontSize(words, start - 1) < 0.85 * size:
            start -= 1
        if start < found.end():
            parts += (codes[at:start], "[", codes[start : found.end()], "]")
            at = found.end()
    parts.append(codes[at : last + 1])
    return "".join(parts)


def _is_behind_words(codes: str, at: int) -> bool:
    """Whether a number that begins here could be a note's: not one of a sum in brackets."""
    before = codes[at - 1]
    return before.isalnum() or before in _AFTER_WORDS or (before == " " and codes[at - 2].isalnum())


def _is_smaller(words: Any, at: int, other: int) -> bool:
    """Whether one character is set in a clearly smaller size than another."""
    from pypdfium2 import raw

    sizes = (raw.FPDFText_GetFontSize(words, each) for each in (at, other))
    return bool(next(sizes) < 0.85 * next(sizes))


def _paired(text: str) -> str:
    """Halves of a character beyond the first 65,536, which count as two, made one."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _joined(lines: list[Line]) -> list[Line]:
    """Pieces of one printed line, drawn one after the other, as one line."""
    out: list[Line] = []
    size = 0.0  # of the piece before
    for line in lines:
        before = out[-1] if out else None
        if before is None:
            out.append(line)
            size = line.size
            continue
        gap = line.left - before.right
        if (
            line.size < 0.85 * size and line.text.isdigit() and len(line.text) <= 3
            and before.text[-1:].isalnum() and abs(gap) < 0.5 * size
            and 0 <= line.base - before.base < 0.7 * size
        ):  # fmt: skip
            before.text += f"[{line.text}]"  # a raised number would run into the words
            before.right = line.right
        elif (
            abs(before.base - line.base) < 0.25 * max(size, line.size)
            and -0.5 * line.size < gap < 1.5 * line.size
        ):
            # A bullet or an initial in another size says nothing of the line.
            is_mark = len(before.text) <= 2
            before.size = line.size if is_mark else max(before.size, line.size)
            before.text += (" " if gap > 0.15 * line.size else "") + line.text
            before.right = line.right
            size = line.size
        else:
            out.append(line)
            size = line.size
    return out
