"""A report as a Word document, through python-docx."""

import io
import re
from collections.abc import Sequence
from typing import Any

from desktop.report.blocks import Block, Grid, Heading, Paragraph, Picture, Quote

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Scripts that run from right to left: a paragraph that begins with one is set so.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def document(blocks: Sequence[Block]) -> bytes:
    """The .docx whole; headings are Word's own, so that it can make a table of contents."""
    from docx import Document
    from docx.shared import Cm, Pt

    made = Document()
    made.core_properties.author = "Muniment"
    made.core_properties.title = next(
        (_safe(each.text) for each in blocks if isinstance(each, Heading)), ""
    )[:255]
    for block in blocks:
        match block:
            case Heading(text, level):
                _direct(made.add_heading(_safe(text), level), text)
            case Paragraph(text, is_quiet):
                paragraph = made.add_paragraph()
                run = paragraph.add_run(_safe(text))
                if is_quiet:
                    run.font.size = Pt(8.5)
                _direct(paragraph, text)
            case Quote(text, reference, link):
                _direct(made.add_paragraph(f"“{_safe(text)}”", style="Intense Quote"), text)
                made.add_paragraph(_safe(reference))
                made.add_paragraph().add_run(_safe(link)).font.size = Pt(8.5)
            case Grid():
                _grid(made, block)
            case Picture(png, caption):
                made.add_picture(io.BytesIO(png), width=Cm(16))
                made.add_paragraph(_safe(caption), style="Caption")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _grid(made: Any, grid: Grid) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    table = made.add_table(rows=1, cols=len(grid.columns), style="Light Grid")
    for at, name in enumerate(grid.columns):
        table.rows[0].cells[at].text = _safe(name)
    for row in grid.rows:
        cells = table.add_row().cells
        for at, text in enumerate(row):
            paragraph = cells[at].paragraphs[0]
            paragraph.add_run(_safe(text)).font.size = Pt(9)
            if at in grid.numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made.add_paragraph()


def _direct(paragraph: Any, text: str) -> None:
    first = next((sign for sign in text if sign.isalpha()), "")
    if first and _RIGHT_TO_LEFT.match(first):
        from docx.oxml.ns import qn
        from docx.oxml.parser import OxmlElement

        paragraph.paragraph_format.element.get_or_add_pPr().append(OxmlElement("w:bidi"))
        assert qn("w:bidi")


def _safe(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
