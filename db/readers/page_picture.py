"""One page of a PDF as a picture, so that it can stand beside the words that were read from it."""

from pathlib import Path
from typing import Any

from db.errors import Unreadable
from db.readers import opening, pdf
from db.readers.pdf_lines import pages_of

_WIDEST = 1400  # dots: more than a panel shows, few enough to be drawn at once


def drawn(path: Path, label: str | None) -> dict[str, Any]:
    """The page that its passages say they stand on: width, height, its dots in grey, place, count.

    Without a label, or where no page has it, the first.
    """
    import pypdfium2

    try:
        book = pypdfium2.PdfDocument(opening.load(path))
    except pypdfium2.PdfiumError as error:
        raise Unreadable("damaged", detail=str(error)[:200]) from error
    try:
        count = len(book)
        number = _number(book, label) if label is not None else 0
        width, height, dots = pdf.rendered(book, number, widest=_WIDEST)
    finally:
        book.close()
    return {"width": width, "height": height, "dots": dots, "number": number + 1, "of": count}


def _number(book: Any, label: str) -> int:
    """Which page has this label; those of the file itself need no look at the pages."""
    said = [book.get_page_label(number) for number in range(len(book))]
    if label in said and any(each != str(number) for number, each in enumerate(said, 1)):
        return said.index(label)
    labels = pdf.labels_of(book, pages_of(book))
    return labels.index(label) if label in labels else 0
