"""Evidence for the clipboard: the quotation, what it states, and where it stands."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.records import KeptFigure, Passage, Span
from desktop import showing
from desktop.asked import Opened
from desktop.selection import Selected

if TYPE_CHECKING:
    from db.citing import Cited
    from db.found_set import Row


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a source, and what a figure among them states."""

    source_id: int
    span: Span
    words: str
    stated: str = ""


def of_selection(opened: Opened, selected: Selected) -> Quoted | None:
    """For what is selected in `opened`: the passage of a figure, a passage; None for neither."""
    if selected.figure is not None:
        passage = _passage_at(opened, selected.figure.figure.start)
    else:
        found = (each for each in opened.passages if each.id == selected.passage_id)
        passage = next(found, None)
    if passage is None:
        return None
    return of_span(opened, Span(passage.start, passage.end), selected.figure)


def of_span(opened: Opened, span: Span, kept: KeptFigure | None = None) -> Quoted:
    """The words at `span`, and the value of `kept` if it stands among them."""
    stated = ""
    if (
        kept is not None
        and kept.source_id == opened.source.id
        and span.start <= kept.figure.start < span.end
    ):
        figure = kept.figure
        value = f"{showing.amount(figure)} {showing.unit(figure)}".strip()
        stated = " · ".join(part for part in (value, figure.of, figure.date) if part)
    words = opened.text[span.start : span.end].strip()
    return Quoted(opened.source.id, span, words, stated)


def text(quoted: Quoted, cited: "Cited") -> str:
    """What goes to the clipboard: the words, their value, the reference, and the link back."""
    lines = (f"“{quoted.words}”", quoted.stated, cited.reference, cited.link)
    return "\n".join(line for line in lines if line)


def of_row(row: "Row", cited: "Cited") -> str:
    """The words of a found passage, what it states, the reference, and the link back."""
    lines = [f"“{row.text.strip()}”"]
    for kept in row.figures:
        figure = kept.figure
        value = f"{showing.amount(figure)} {showing.unit(figure)}".strip()
        lines.append(" · ".join(part for part in (value, figure.of, figure.date) if part))
    return "\n".join([*lines, cited.reference, cited.link])


def _passage_at(opened: Opened, position: int) -> Passage | None:
    at = bisect_right(opened.passages, position, key=lambda passage: passage.start) - 1
    return opened.passages[at] if at >= 0 else None
