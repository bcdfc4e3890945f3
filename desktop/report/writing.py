"""A report in the format of its name; Qt, with an application, is needed for ODT and PDF alone."""

from collections.abc import Sequence

from desktop.report.blocks import Block


def as_bytes(name: str, made: Sequence[Block]) -> bytes:
    """The blocks in the format of a name."""
    match name:
        case "report.html":
            from desktop.report import html

            return html.page(made)
        case "report.docx":
            from desktop.report import docx

            return docx.document(made)
    from desktop.report import pages

    return pages.pdf(made) if name == "report.pdf" else pages.odt(made)
