"""A report as a Word document, through python-docx."""

import io
import re
from collections.abc import Sequence
from typing import Any

from db.exchange import xml_tree
from desktop.report.blocks import Block, Grid, Heading, Paragraph, Picture, Quote

# Scripts that run from right to left: a paragraph that begins with one is set so.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def document(blocks: Sequence[Block]) -> bytes:
    """The .docx whole; headings are Word's own, so that it can make a table of contents."""
    from docx import Document
    from docx.shared import Cm, Pt

    made = Document()
    made.core_properties.author = "Muniment"
    made.core_properties.title = next(
        (xml_tree.text(each.text) for each in blocks if isinstance(each, Heading)), ""
    )[:255]
    for block in blocks:
        match block:
            case Heading(text, level):
                _direct(made.add_heading(xml_tree.text(text), level), text)
            case Paragraph(text, is_quiet):
                paragraph = made.add_paragraph()
                run = paragraph.add_run(xml_tree.text(text))
                if is_quiet:
                    run.font.size = Pt(8.5)
                _direct(paragraph, text)
            case Quote(text, reference, link):
                _direct(made.add_paragraph(f"“{xml_tree.text(text)}”", style="Intense Quote"), text)
                made.add_paragraph(xml_tree.text(reference))
                made.add_paragraph().add_run(xml_tree.text(link)).font.size = Pt(8.5)
            case Grid():
                _grid(made, block)
            case Picture(png, caption):
                made.add_picture(io.BytesIO(png), width=Cm(16))
                made.add_paragraph(xml_tree.text(caption), style="Caption")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _grid(made: Any, grid: Grid) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    table = made.add_table(rows=1, cols=len(grid.columns), style="Light Grid")
    for at, name in enumerate(grid.columns):
        table.rows[0].cells[at].text = xml_tree.text(name)
    for row in grid.rows:
        cells = table.add_row().cells
        for at, text in enumerate(row):
            paragraph = cells[at].paragraphs[0]
            paragraph.add_run(xml_tree.text(text)).font.size = Pt(9)
            if at in grid.numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made.add_paragraph()


def _direct(paragraph: Any, text: str) -> None:
    first = next((sign for sign in text if sign.isalpha()), "")
    if first and _RIGHT_TO_LEFT.match(first):
        from docx.oxml.parser import OxmlElement

        paragraph.paragraph_format.element.get_or_add_pPr().append(OxmlElement("w:bidi"))
