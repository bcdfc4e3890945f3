"""A report as one HTML page: no script, nothing from elsewhere, every word of a document escaped."""

import base64
from collections.abc import Sequence
from html import escape

from desktop.report.blocks import Block, Grid, Heading, Paragraph, Picture, Quote

_STYLE = """
body { font-family: Georgia, "Noto Serif", serif; line-height: 1.45; max-width: 46em;
       margin: 2em auto; padding: 0 1em; color: #1a1a1a; background: #ffffff; }
h1, h2, h3, h4, table { font-family: "Helvetica Neue", Arial, "Noto Sans", sans-serif; }
h1 { font-size: 1.7em; } h2 { font-size: 1.35em; border-bottom: 1px solid #bbb; margin-top: 2em; }
h3 { font-size: 1.1em; margin-top: 1.8em; } h4 { font-size: 1em; margin-bottom: .3em; }
.quiet { color: #555; font-size: .85em; overflow-wrap: anywhere; }
blockquote { border-left: 3px solid #888; margin: 1em 0; padding: .1em 1em; white-space: pre-line; }
table { border-collapse: collapse; font-size: .85em; width: 100%; }
th, td { border: 1px solid #bbb; padding: .25em .5em; text-align: left; vertical-align: top; }
.number { text-align: right; } img { max-width: 100%; }
p { white-space: pre-line; overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; } h2, h3, h4 { break-after: avoid; } }
"""


def page(blocks: Sequence[Block]) -> bytes:
    """The page whole, in UTF-8 with LF."""
    title = next((each.text for each in blocks if isinstance(each, Heading)), "")
    # The policy says it to the browser, too: nothing may be fetched and nothing run.
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    head = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width">\n'
        f"<title>{_words(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    return (head + "".join(map(_block, blocks)) + "</body>\n</html>\n").encode("utf-8", "replace")


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            tag = f"h{level + 1}"
            return f'<{tag} dir="auto">{_words(text)}</{tag}>\n'
        case Paragraph(text, is_quiet):
            quiet = ' class="quiet"' if is_quiet else ""
            return f'<p dir="auto"{quiet}>{_words(text)}</p>\n'
        case Quote(text, reference, link):
            return (
                f'<blockquote dir="auto">{_words(f"“{text}”")}</blockquote>\n'
                f"<p>{_words(reference)}</p>\n"
                f'<p class="quiet">{_words(link)}</p>\n'
            )
        case Grid():
            return _grid(block)
        case Picture(png, caption):
            source = f"data:image/png;base64,{base64.b64encode(png).decode()}"
            return (
                f'<p><img src="{source}" alt="{_words(caption)}"></p>\n'
                f'<p class="quiet">{_words(caption)}</p>\n'
            )


def _grid(grid: Grid) -> str:
    def cell(tag: str, at: int, text: str) -> str:
        number = ' class="number"' if at in grid.numbers else ""
        return f'<{tag} dir="auto"{number}>{_words(text)}</{tag}>'

    head = "".join(cell("th", at, name) for at, name in enumerate(grid.columns))
    rows = "".join(
        f"<tr>{''.join(cell('td', at, text) for at, text in enumerate(row))}</tr>\n"
        for row in grid.rows
    )
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"


def _words(text: str) -> str:
    return escape(text.replace("\x00", "\ufffd"))
