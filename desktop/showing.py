"""How the archive's values are written for people: numbers, periods, kinds and decisions."""

import datetime
import re

from PySide6.QtCore import QCoreApplication, QLocale

from db.records import Change, Figure, KeptFigure, Source
from desktop.plain import QT_TRANSLATE_NOOP

STATUSES = {
    "proposed": QT_TRANSLATE_NOOP("Show", "proposed"),
    "accepted": QT_TRANSLATE_NOOP("Show", "accepted"),
    "edited": QT_TRANSLATE_NOOP("Show", "edited"),
    "rejected": QT_TRANSLATE_NOOP("Show", "rejected"),
}
# A shape beside the word and the colour.
_STATUS_MARKS = {"proposed": "○", "accepted": "●", "edited": "◆", "rejected": "✕"}

PASSAGE_KINDS = {
    "paragraph": QT_TRANSLATE_NOOP("Show", "paragraph"),
    "heading": QT_TRANSLATE_NOOP("Show", "heading"),
    "list": QT_TRANSLATE_NOOP("Show", "list item"),
    "quotation": QT_TRANSLATE_NOOP("Show", "quotation"),
    "footnote": QT_TRANSLATE_NOOP("Show", "footnote"),
    "table": QT_TRANSLATE_NOOP("Show", "table"),
    "boilerplate": QT_TRANSLATE_NOOP("Show", "boilerplate"),
}
_FIGURE_KINDS = {
    "money": QT_TRANSLATE_NOOP("Show", "money"),
    "count": QT_TRANSLATE_NOOP("Show", "count"),
    "percent": QT_TRANSLATE_NOOP("Show", "percent"),
    "duration": QT_TRANSLATE_NOOP("Show", "duration"),
    "mass": QT_TRANSLATE_NOOP("Show", "mass"),
    "other": QT_TRANSLATE_NOOP("Show", "other"),
}
_APPROXIMATIONS = {
    "about": QT_TRANSLATE_NOOP("Show", "about {0}"),
    "almost": QT_TRANSLATE_NOOP("Show", "almost {0}"),
    "more_than": QT_TRANSLATE_NOOP("Show", "more than {0}"),
    "less_than": QT_TRANSLATE_NOOP("Show", "less than {0}"),
    "up_to": QT_TRANSLATE_NOOP("Show", "up to {0}"),
}
_MODALITIES = {
    "asked": QT_TRANSLATE_NOOP("Show", "asked for"),
    "offered": QT_TRANSLATE_NOOP("Show", "offered"),
    "agreed": QT_TRANSLATE_NOOP("Show", "agreed"),
    "planned": QT_TRANSLATE_NOOP("Show", "planned"),
    "delivered": QT_TRANSLATE_NOOP("Show", "delivered"),
    "estimated": QT_TRANSLATE_NOOP("Show", "estimated"),
    "denied": QT_TRANSLATE_NOOP("Show", "denied"),
    "stated": QT_TRANSLATE_NOOP("Show", "stated"),
}
_NATURES = {
    "stock": QT_TRANSLATE_NOOP("Show", "stock, at a moment"),
    "flow": QT_TRANSLATE_NOOP("Show", "flow, within a period"),
    "cumulative": QT_TRANSLATE_NOOP("Show", "total up to then"),
    "share": QT_TRANSLATE_NOOP("Show", "share"),
    "rate": QT_TRANSLATE_NOOP("Show", "rate"),
    "rank": QT_TRANSLATE_NOOP("Show", "rank"),
}
_BASES = {
    "stated": QT_TRANSLATE_NOOP("Show", "stated beside it"),
    "relative": QT_TRANSLATE_NOOP("Show", "reckoned from another date"),
    "inherited": QT_TRANSLATE_NOOP("Show", "from an earlier sentence or heading"),
    "document": QT_TRANSLATE_NOOP("Show", "from the date of the source"),
}
# The parts of a figure that rules and words of the text made.
_FIGURE_PARTS = {
    "value": QT_TRANSLATE_NOOP("Show", "Value"),
    "unit": QT_TRANSLATE_NOOP("Show", "Unit"),
    "per": QT_TRANSLATE_NOOP("Show", "Per"),
    "approx": QT_TRANSLATE_NOOP("Show", "How exact"),
    "modality": QT_TRANSLATE_NOOP("Show", "Said as"),
    "date": QT_TRANSLATE_NOOP("Show", "Period"),
    "date_from": QT_TRANSLATE_NOOP("Show", "Reckoned from"),
}


def _said(words: dict[str, str], key: str | None) -> str:
    if not key:
        return ""
    return QCoreApplication.translate("Show", words[key]) if key in words else key


def number(value: float) -> str:
    """`value` with the separators of the person's language and no more digits than it has."""
    locale = QLocale()
    if value != value or value in (float("inf"), float("-inf")):
        return "–"
    if value == int(value) and abs(value) < 1e15:
        return locale.toString(int(value))
    if abs(value) >= 1e15 or abs(value) < 1e-4:
        return locale.toString(value, "g", 6)
    digits = f"{value:.4f}".rstrip("0")
    return locale.toString(value, "f", len(digits) - digits.index(".") - 1)


def count(number_of: int) -> str:
    """A whole number for a status line."""
    return QLocale().toString(number_of)


def moment(at: str) -> str:
    """An instant of the archive (UTC) by this person's clock."""
    try:
        when = datetime.datetime.fromisoformat(at).astimezone()
    except ValueError:
        return at
    return f"{when:%Y-%m-%d %H:%M}"


def amount(figure: Figure) -> str:
    """Value or range, how exact, and the rate: "about 600–750 / month"."""
    text = number(figure.value)
    if figure.value_high is not None:
        text = f"{text}–{number(figure.value_high)}"
    if figure.approx in _APPROXIMATIONS:
        text = QCoreApplication.translate("Show", _APPROXIMATIONS[figure.approx]).format(text)
    return text


def unit(figure: Figure) -> str:
    """Unit and the unit of a rate: "USD / month"."""
    text = "%" if figure.unit == "percent" else figure.unit or ""
    return f"{text} / {figure.per}".strip() if figure.per else text


def parties(figure: Figure) -> str:
    """Who gives to whom, as far as the text tells."""
    if not figure.giver and not figure.receiver:
        return ""
    return f"{figure.giver or '?'} → {figure.receiver or '?'}"


def status(figure: KeptFigure) -> str:
    """The decision with its mark: "● accepted"."""
    return f"{_STATUS_MARKS.get(figure.status, '')} {_said(STATUSES, figure.status)}".strip()


def status_name(key: str) -> str:
    return _said(STATUSES, key)


def figure_kind(figure: Figure) -> str:
    return _said(_FIGURE_KINDS, figure.kind)


def figure_kind_name(kind: str) -> str:
    return _said(_FIGURE_KINDS, kind)


def modality_name(key: str) -> str:
    return _said(_MODALITIES, key)


def passage_kind(kind: str) -> str:
    return _said(PASSAGE_KINDS, kind)


def modality(figure: Figure) -> str:
    return _said(_MODALITIES, figure.modality)


def nature(figure: Figure) -> str:
    return _said(_NATURES, figure.nature)


def figure_part(part: str) -> str:
    """A part of a figure as the inspector names it."""
    return _said(_FIGURE_PARTS, part)


def date_basis(figure: Figure) -> str:
    return _said(_BASES, figure.date_basis) if figure.date else ""


def source_line(source: Source) -> str:
    """What stands under a source's title: who, when, which reference."""
    parts = (source.creator, source.date, source.reference_code)
    return " · ".join(part for part in parts if part)


_CHANGES = {
    "import": QT_TRANSLATE_NOOP("Show", "the import of %n source(s)"),
    "describe": QT_TRANSLATE_NOOP("Show", "the description of a source"),
    "describe sources": QT_TRANSLATE_NOOP("Show", "the description of %n source(s)"),
    "new source": QT_TRANSLATE_NOOP("Show", "the new fonds, series or file"),
    "move sources": QT_TRANSLATE_NOOP("Show", "the move of %n source(s)"),
    "restore sources": QT_TRANSLATE_NOOP("Show", "the return of %n source(s) from the bin"),
    "remove sources": QT_TRANSLATE_NOOP("Show", "the removal of %n source(s)"),
    "edit figure": QT_TRANSLATE_NOOP("Show", "the change of a figure"),
    "new figure": QT_TRANSLATE_NOOP("Show", "the new figure"),
    "map columns": QT_TRANSLATE_NOOP("Show", "the making of %n figure(s) from a table"),
    "apply new readings": QT_TRANSLATE_NOOP("Show", "%n new reading(s)"),
    "make series": QT_TRANSLATE_NOOP("Show", "the new series"),
    "rename series": QT_TRANSLATE_NOOP("Show", "the new name of a series"),
    "merge series": QT_TRANSLATE_NOOP("Show", "the merging of series"),
    "split series": QT_TRANSLATE_NOOP("Show", "the splitting of a series"),
    "move figures": QT_TRANSLATE_NOOP("Show", "the move of figures to another series"),
    "choose reading": QT_TRANSLATE_NOOP("Show", "the choice of %n reading(s)"),
    "save search": QT_TRANSLATE_NOOP("Show", "the saving of a search"),
    "rename search": QT_TRANSLATE_NOOP("Show", "the new name of a saved search"),
    "change search": QT_TRANSLATE_NOOP("Show", "the change of a saved search"),
    "remove searches": QT_TRANSLATE_NOOP("Show", "the removal of saved searches"),
    "save plot": QT_TRANSLATE_NOOP("Show", "the saving of a plot"),
    "rename plot": QT_TRANSLATE_NOOP("Show", "the new name of a saved plot"),
    "change plot": QT_TRANSLATE_NOOP("Show", "the change of a saved plot"),
    "remove plots": QT_TRANSLATE_NOOP("Show", "the removal of saved plots"),
    "join passages": QT_TRANSLATE_NOOP("Show", "the joining of two passages"),
    "part passages": QT_TRANSLATE_NOOP("Show", "the parting of two passages"),
    "judge finding": QT_TRANSLATE_NOOP("Show", "the judgement of a finding"),
    "add highlight": QT_TRANSLATE_NOOP("Show", "%n highlight(s)"),
    "add note": QT_TRANSLATE_NOOP("Show", "%n note(s)"),
    "add bookmark": QT_TRANSLATE_NOOP("Show", "%n bookmark(s)"),
    "add memo": QT_TRANSLATE_NOOP("Show", "%n memo(s)"),
    "add journal": QT_TRANSLATE_NOOP("Show", "%n line(s) of the journal"),
    "change annotations": QT_TRANSLATE_NOOP("Show", "the change of %n annotation(s)"),
    "remove annotations": QT_TRANSLATE_NOOP("Show", "the removal of %n annotation(s)"),
    "restore annotations": QT_TRANSLATE_NOOP("Show", "the return of %n annotation(s)"),
    "new tag": QT_TRANSLATE_NOOP("Show", "the new tag"),
    "change tag": QT_TRANSLATE_NOOP("Show", "the change of a tag"),
    "move tags": QT_TRANSLATE_NOOP("Show", "the move of %n tag(s)"),
    "merge tags": QT_TRANSLATE_NOOP("Show", "the merging of tags"),
    "split tag": QT_TRANSLATE_NOOP("Show", "the splitting of a tag"),
    "remove tags": QT_TRANSLATE_NOOP("Show", "the removal of %n tag(s)"),
    "tag": QT_TRANSLATE_NOOP("Show", "the tagging of %n place(s)"),
    "untag": QT_TRANSLATE_NOOP("Show", "taking tags off %n place(s)"),
    "new link": QT_TRANSLATE_NOOP("Show", "the new link"),
    "change link": QT_TRANSLATE_NOOP("Show", "the change of a link"),
    "remove links": QT_TRANSLATE_NOOP("Show", "the removal of %n link(s)"),
    "correct text": QT_TRANSLATE_NOOP("Show", "the corrected text"),
    "place annotations": QT_TRANSLATE_NOOP("Show", "the placing of %n annotation(s)"),
    "place figures": QT_TRANSLATE_NOOP("Show", "the placing of %n figure(s)"),
    "take in references": QT_TRANSLATE_NOOP("Show", "taking in %n reference(s)"),
    "take in annotations": QT_TRANSLATE_NOOP("Show", "taking in %n annotation(s)"),
    "take in project": QT_TRANSLATE_NOOP("Show", "taking in another program's project"),
    "take in descriptions": QT_TRANSLATE_NOOP("Show", "%n description(s) from a table"),
    "mark figures accepted": QT_TRANSLATE_NOOP("Show", "the acceptance of %n figure(s)"),
    "mark figures rejected": QT_TRANSLATE_NOOP("Show", "the rejection of %n figure(s)"),
    "mark figures proposed": QT_TRANSLATE_NOOP("Show", "the reopening of %n figure(s)"),
}


def change(made: Change) -> str:
    """What a line of the history did, as the end of a sentence."""
    count_of = made.facts.get("count", 1)
    number_of = count_of if isinstance(count_of, int) else 1
    text = _CHANGES.get(made.label, made.label)
    return QCoreApplication.translate("Show", text, "", number_of)


def years(date: str) -> str:
    """The year or years of an EDTF date, for where there is little room."""
    found = re.findall(r"\d{4}|\d{3}X|\d{2}XX", date)
    if not found:
        return ""
    return found[0] if found[0] == found[-1] else f"{found[0]}–{found[-1]}"


def card(kept: KeptFigure) -> str:
    """A figure on a few lines, for a card beside the pointer."""
    figure = kept.figure
    lines = [f"{amount(figure)} {unit(figure)}".strip()]
    lines += [line for line in (figure.of, parties(figure), modality(figure)) if line]
    if figure.date:
        basis = date_basis(figure)
        lines.append(f"{figure.date} ({basis})" if basis else figure.date)
    lines.append(status(kept))
    lines += [doubt_words(doubt) for doubt in figure.doubts]
    return "\n".join(lines)


def doubt_words(doubt: str) -> str:
    """A doubt's stable word as a person reads it."""
    return "⚠ " + doubt.replace("_", " ")
