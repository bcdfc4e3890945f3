"""PDF with a text layer: paragraphs in reading order, page numbers, running heads marked.

Lines come from PDFium in the order they were drawn; their places tell what belongs together.
"""

import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from db.errors import Unreadable
from db.readers import recognised
from db.readers.layout import one_below_the_other
from db.readers.origin import creator_of, title_of
from db.readers.pdf_lines import Line, pages_of
from db.records import Document, PassageKind

SUFFIXES = (".pdf",)
TYPE = "application/pdf"

_HYPHENS = ("\x02", "\ufffe", "\u00ad")  # what PDFium and typesetters put where a word was broken
_DIGITS = re.compile(r"\d{1,9}")
_FOLIO = re.compile(r"[-–—\[( ]{0,4}(\d{1,5}|[ivxlc]{1,8}|[IVXLC]{1,8})[-–—\]). ]{0,4}$")
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3}|\[\d{1,3}\])[.)]?\s{0,3}\S")
_BULLET = re.compile(r"(?:[•‣◦▪●○■□➢✓∙–—]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s{0,4}\S")
_ENDS = '.!?:;…。！？：；”»"'
_MOST_DOTS = 30_000_000
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]")
_SENTENCE_END = re.compile(
    r"[.!?](?=[”»\"’)\]]{0,2}\s{1,3}[\"“«(]?[^\W\d_a-zа-я])[”»\"’)\]]{0,2}\s{1,3}|[。！？]"
)


@dataclass(slots=True)
class _Paragraph:
    lines: list[Line]
    kind: PassageKind = "paragraph"
    level: int = 0


_Passage = tuple[str, PassageKind, int]  # words, kind, a heading's level


def read(
    path: Path, data: bytes, *, encoding: str | None = None, ocr: str | None = None
) -> Document:
    """The text of the PDF in `data`; a scan has none, which is a remark and no refusal.

    Where `ocr` names languages ("" for all) and an engine is installed, it reads the scanned pages.
    """
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        if locked:
            raise Unreadable("encrypted") from error
        raise Unreadable("damaged", detail=str(error)[:200]) from error
    try:
        pages = pages_of(pdf)
        edges = [_edge(page) for page in pages]
        labels = _labels(pdf, edges)
        title, author = pdf.get_metadata_value("Title"), pdf.get_metadata_value("Author")
        engine = recognised.Engine(ocr) if ocr is not None and recognised.engine() else None
        scans = _read_scans(pdf, pages, engine) if engine is not None else {}
    finally:
        pdf.close()
    _mark_margins(edges, filled=sum(map(bool, pages)))
    lines = [_ordered(page) for page in pages]
    drawn: list[tuple[int, _Passage, recognised.Read | None]] = [
        (each.lines[0].page, (_flowing(each.lines), each.kind, each.level), None)
        for each in _paragraphs(lines)
    ]
    for number, found in scans.items():
        drawn += ((number, (read.words, "paragraph", 0), read) for read in found)
    drawn.sort(key=lambda each: each[0])
    drawn = [each for each in drawn if each[1][0].strip()]
    text, blocks, lost = one_below_the_other(
        (words, kind, labels[number], level) for number, (words, kind, level), _ in drawn
    )
    without = sum(not page and number not in scans for number, page in enumerate(pages))
    remarks = [f"pages_without_text:{without}"] if without else []
    noted = None
    if engine is not None and any(scans.values()):
        by_engine = [(block, read) for block, (*_, read) in zip(blocks, drawn, strict=True) if read]
        noted = recognised.noted(engine, by_engine)
        remarks.append(f"recognised:{noted.confidence}")
    return Document(
        text=text,
        blocks=blocks,
        media_type=TYPE,
        title=title_of(title or ""),
        creator=creator_of(author or ""),
        replaced=lost,
        remarks=tuple(remarks),
        recognition=noted,
    )


def _read_scans(
    pdf: Any, pages: list[list[Line]], engine: recognised.Engine
) -> dict[int, list[recognised.Read]]:
    """What the engine reads on the pages without text; one it cannot read is not there."""
    found: dict[int, list[recognised.Read]] = {}
    for number, page in enumerate(pages):
        if not page and engine.has_time():
            with suppress(Unreadable):
                found[number] = engine.read(picture(pdf, number), ".pgm")
    return found


def picture(pdf: Any, number: int) -> bytes:
    """A page as a picture in grey (PGM), fine enough to be read from. Raises Unreadable."""
    width, height, dots = rendered(pdf, number)
    return b"P5 %d %d 255\n" % (width, height) + dots


def rendered(pdf: Any, number: int, widest: int = 0) -> tuple[int, int, bytes]:
    """Width, height and dots in grey of a page: 300 an inch, for engines, or as wide as asked for."""
    import pypdfium2

    try:
        page = pdf[number]
        width, height = page.get_size()
        scale = widest / max(width, 1.0) if widest else 300 / 72
        # A poster gets fewer.
        scale = min(scale, (_MOST_DOTS / max(width * height, 1.0)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        page.close()
    except pypdfium2.PdfiumError as error:
        raise Unreadable("damaged", detail=str(error)[:200]) from error
    dots = bytes(bitmap.buffer)
    starts = range(0, bitmap.height * bitmap.stride, bitmap.stride)
    rows = (dots[at : at + bitmap.width] for at in starts)
    return bitmap.width, bitmap.height, b"".join(rows)


def labels_of(pdf: Any, pages: list[list[Line]]) -> list[str]:
    """The number of each page as its passages have it."""
    return _labels(pdf, [_edge(page) for page in pages])


# ---- order --------------------------------------------------------------------------------------


def _ordered(lines: list[Line]) -> list[Line]:
    """Lines in reading order: as drawn, unless that leaps up the page again and again."""
    leaps = sum(after.base > before.base + 2 * before.size for before, after in pairwise(lines))
    if leaps <= 3 or len(lines) < 8:
        return lines
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    gutter = _gutter(lines, left, right)
    in_order = sorted(lines, key=lambda line: (-round(line.base), line.left))
    if gutter is None:
        return in_order
    out: list[Line] = []
    columns: tuple[list[Line], list[Line]] = ([], [])
    for line in in_order:
        if line.left < gutter < line.right:
            out += [*columns[0], *columns[1], line]
            columns = ([], [])
        else:
            columns[line.left >= gutter].append(line)
    return [*out, *columns[0], *columns[1]]


def _gutter(lines: list[Line], left: float, right: float) -> float | None:
    """Where two columns part, if hardly a line crosses the middle of the page."""
    for share in (0.5, 0.48, 0.52, 0.46, 0.54, 0.44, 0.56):
        at = left + (right - left) * share
        crossing = sum(line.left < at < line.right for line in lines)
        beyond = sum(line.left >= at for line in lines)
        if crossing * 5 <= len(lines) and len(lines) / 5 <= beyond <= len(lines) * 4 / 5:
            return at
    return None


# ---- pages --------------------------------------------------------------------------------------


def _edge(lines: list[Line]) -> list[Line]:
    """The highest and the lowest rows, one or two, that stand apart from the rest of the page."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.base):
        if rows and abs(rows[-1][0].base - line.base) < 0.3 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    gaps = [high[0].base - low[0].base for high, low in pairwise(rows)]
    if not gaps:
        return lines
    near = [gap for gap in gaps if gap < 4 * lines[0].size]
    far = 1.35 * median(near) if near and len(gaps) > 2 else 0.0
    above = next((count for count in (1, 2) if gaps[count - 1 : count] > [far]), 0)
    below = next((count for count in (1, 2) if gaps[-count:][:1] > [far]), 0)
    if above + below > len(rows):
        return lines
    return [line for row in [*rows[:above], *rows[len(rows) - below :]] for line in row]


def _mark_margins(edges: list[list[Line]], filled: int) -> None:
    """Running heads and feet: what stands at the same height of several pages, numbers apart."""
    seen: Counter[tuple[str, int]] = Counter()
    for edge in edges:
        seen.update({_shape(line) for line in edge})
    least = 2 if filled <= 3 else 3
    for edge in edges:
        for line in edge:
            shape = _shape(line)
            often = seen[shape] >= least or (
                _FOLIO.match(line.text) is not None and len(line.text) <= 8 and filled > 1
            )
            if often and len(line.text) <= 200:
                line.is_margin = True


def _shape(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text.strip()), round(line.base / 12)


def _labels(pdf: Any, edges: list[list[Line]]) -> list[str]:
    """The number of each page: as the file names it, else as it is printed, else counted."""
    named = [pdf.get_page_label(number) for number in range(len(edges))]
    if any(label and label != str(number) for number, label in enumerate(named, 1)):
        return [label or str(number) for number, label in enumerate(named, 1)]
    shifts: Counter[int] = Counter()
    for number, edge in enumerate(edges):
        shifts.update({
            int(found.group(1)) - number
            for line in edge
            if (found := _FOLIO.match(line.text)) and found.group(1).isdigit()
        })  # fmt: skip
    if shifts:
        shift, count = shifts.most_common(1)[0]
        if count >= 3 and count * 2 > len(edges) and shift > 0:
            return [str(number + shift) for number in range(len(edges))]
    return [str(number + 1) for number in range(len(edges))]


# ---- paragraphs ---------------------------------------------------------------------------------


def _paragraphs(pages: list[list[Line]]) -> list[_Paragraph]:
    body = [line for page in pages for line in page if not line.is_margin]
    sizes: Counter[float] = Counter()
    for line in body:
        sizes[line.size] += len(line.text)
    usual = sizes.most_common(1)[0][0] if sizes else 1.0
    larger = sorted((size for size in sizes if size > 1.12 * usual), reverse=True)
    found: list[_Paragraph] = []
    current: _Paragraph | None = None
    for page in pages:
        step = _step(page)
        margins = [_Paragraph([line], "boilerplate") for line in page if line.is_margin]
        rest = [line for line in page if not line.is_margin]
        high = max((line.base for line in rest), default=0.0)
        found += [each for each in margins if each.lines[0].base > high]
        width = max((line.right - line.left for line in rest), default=0.0)
        for position, line in enumerate(rest):
            if current is None or not _goes_on(current, line, step, width):
                # Only the first line of a page goes on with what stands above the page's foot.
                current = None if position else _across_pages(found, line)
                if current is None:
                    current = _Paragraph([])
                    found.append(current)
            if current.lines and current.lines[0].page != line.page:
                # It keeps its page; what begins with the next sentence stands on this one.
                end = _SENTENCE_END.search(line.text)
                if end is not None:
                    current.lines.append(replace(line, text=line.text[: end.end()].rstrip()))
                    current = _Paragraph([replace(line, text=line.text[end.end() :])])
                    found.append(current)
                    continue
            current.lines.append(line)
        found += [each for each in margins if each.lines[0].base <= high]
    for paragraph in found:
        if paragraph.kind == "paragraph":
            _name(paragraph, usual, larger)
    return found


def _step(page: list[Line]) -> float:
    """How far one line usually stands below the other."""
    gaps = [
        before.base - after.base
        for before, after in pairwise(page)
        if 0 < before.base - after.base < 4 * before.size
    ]
    return median(gaps) if gaps else 0.0


def _goes_on(paragraph: _Paragraph, line: Line, step: float, width: float) -> bool:
    """Whether `line` belongs to the paragraph that is open."""
    if paragraph.kind != "paragraph":
        return False
    last = paragraph.lines[-1]
    if last.page != line.page or abs(last.size - line.size) > 0.12 * last.size:
        return False
    gap = last.base - line.base
    if gap < -2 * line.size:  # the head of the next column
        return _is_open(last, line)
    if gap > 1.35 * max(step, last.size) or gap < -0.5 * line.size:
        return False
    if last.is_bold != line.is_bold and (last.is_bold and last.right - last.left < 0.8 * width):
        return False
    if _BULLET.match(line.text) and not line.text[0].isalpha():
        return False
    is_indented = 0.7 * line.size < line.left - last.left < 8 * line.size
    if is_indented and (len(paragraph.lines) > 1 or last.text.rstrip()[-1:] in _ENDS):
        return False
    is_short = last.right < last.left + 0.85 * width
    return not (is_short and last.text.rstrip()[-1:] in _ENDS and not line.text[0].islower())


def _is_open(last: Line, line: Line) -> bool:
    tail = last.text.rstrip()[-1:]
    return tail in _HYPHENS or tail == "-" or (tail not in _ENDS and line.text[0].islower())


def _across_pages(found: list[_Paragraph], line: Line) -> _Paragraph | None:
    """The paragraph of the page before that `line`, the first of its page, goes on with."""
    for before in reversed(found[-6:]):
        if before.kind == "boilerplate":
            continue
        last = before.lines[-1]
        is_next = last.page == line.page - 1 and abs(last.size - line.size) < 0.05 * last.size
        return before if is_next and _is_open(last, line) else None
    return None


def _name(paragraph: _Paragraph, usual: float, larger: list[float]) -> None:
    first = paragraph.lines[0]
    size = len(paragraph.lines)
    length = sum(len(line.text) for line in paragraph.lines)
    if first.size > 1.12 * usual and length <= 250 and size <= 4:
        paragraph.kind, paragraph.level = "heading", min(larger.index(first.size) + 1, 6)
    elif (
        size <= 2 and length <= 120 and all(line.is_bold for line in paragraph.lines)
        and first.text[-1:] not in ".,;:" and any(map(str.isalpha, first.text))
    ):  # fmt: skip
        paragraph.kind, paragraph.level = "heading", min(len(larger) + 1, 6)
    elif first.size < 0.92 * usual and _NOTE.match(first.text):
        paragraph.kind = "footnote"
    elif _BULLET.match(first.text) and not first.text[0].isalpha() and size < 8:
        paragraph.kind = "list"


# ---- text ---------------------------------------------------------------------------------------


def _flowing(lines: list[Line]) -> str:
    """The lines as one: words broken at a line's end joined, no blank between Han characters."""
    words = ""
    for line in lines:
        text = line.text
        if not words:
            words = text
        elif words.endswith(_HYPHENS):
            words = words[:-1] + text.lstrip()
        elif words[-1] in "-‐" and words[-2:-1].isalpha() and text[:1].islower():
            words = words[:-1] + text
        elif _HAN.match(words[-1]) and _HAN.match(text):
            words += text
        else:
            words += " " + text
    for mark in _HYPHENS[:2]:
        words = words.replace(mark, "-")
    return words
