"""A figure in words for a tooltip, a caption or a table: plain text, whatever the source holds."""

import re
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from db.records import Figure, KeptFigure, Passage
from desktop.plotting.ticks import grouping_locale

FindPassage = Callable[[int], Passage | None]
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SENTENCE_END = re.compile(r"[.!?…]['\"»”’)\]]{0,3}\s|[。！？]")
_LONGEST = 320  # characters of a sentence shown on each side of the number


def one_line(text: str) -> str:
    """`text` on one line; marks that would turn its direction are shown instead of obeyed."""
    return _CONTROLS.sub(
        lambda found: " " if found[0] in "\t\n\r\x0b\x0c\x85" else f"⟨U+{ord(found[0]):04X}⟩", text
    )


def sentence(kept: KeptFigure, passage: Passage | None) -> tuple[str, str, str]:
    """What stands before the figure in its sentence, its own words, and what follows them."""
    figure = kept.figure
    if passage is None or not passage.start <= figure.start <= figure.end <= passage.end:
        return "", one_line(figure.text), ""
    start, end = figure.start - passage.start, figure.end - passage.start
    before, after = passage.text[:start], passage.text[end:]
    left = 0
    for found in _SENTENCE_END.finditer(before):
        if not _is_abbreviation(before, found.start()):
            left = found.end()
    right = len(after)
    for found in _SENTENCE_END.finditer(after):
        if not _is_abbreviation(after, found.start()):
            right = found.end()
            break
    head, tail = before[left:].lstrip(), after[:right].rstrip()
    if len(head) > _LONGEST:
        head = "…" + head[-_LONGEST:]
    if len(tail) > _LONGEST:
        tail = tail[:_LONGEST] + "…"
    return one_line(head), one_line(passage.text[start:end]), one_line(tail)


def _is_abbreviation(text: str, place: int) -> bool:
    """Whether the full stop at `place` follows one letter or a short word like "vol" or "Mr"."""
    if text[place] != ".":
        return False
    word = re.search(r"[^\W\d_]{1,4}$", text[max(0, place - 4) : place])
    if word is None:
        return False
    return len(word[0]) == 1 or word[0].lower() in _SHORT


# fmt: off
_SHORT = frozenset({
    "mr", "mrs", "dr", "st", "vol", "vols", "no", "nos", "pp", "ca", "cf", "gen", "col", "capt",
    "prof", "eds", "fig", "usd", "bzw",
})
# fmt: on


def of(kept: KeptFigure) -> str:
    """The value with its unit: "25,000,000 USD", "600–750 USD / month", "more than 20 aircraft"."""
    return value(kept.figure)


def value(figure: Figure) -> str:
    """What a figure says, in numerals."""
    text = numeral(figure.value)
    if figure.value_high is not None:
        text += "–" + numeral(figure.value_high)
    before = {
        "about": _say("about"),
        "almost": _say("almost"),
        "more_than": _say("more than"),
        "less_than": _say("less than"),
        "up_to": _say("up to"),
    }.get(figure.approx)
    unit = one_line(figure.unit or "")
    if figure.per:
        unit = f"{unit} / {one_line(figure.per)}".strip()
    return " ".join(part for part in (before, text, unit) if part)


def numeral(number: float) -> str:
    """A number in the person's way of writing, without rounding what can be read."""
    locale = grouping_locale()
    if abs(number) >= 1e15 or (number and abs(number) < 1e-4):
        return locale.toString(float(number), "g", 6)
    digits = f"{number:.4f}".rstrip("0").rstrip(".")
    return locale.toString(float(number), "f", len(digits.partition(".")[2]))


def date_basis(figure: Figure) -> str:
    """Where the date comes from."""
    return {
        "stated": _say("stated in the sentence"),
        "relative": _say("worked out from another date"),
        "inherited": _say("taken from the text before it"),
        "document": _say("the document's own date"),
    }.get(figure.date_basis, _say("no date"))


def status(kept: KeptFigure) -> str:
    """Where the figure stands in the review."""
    return {
        "proposed": _say("not reviewed"),
        "accepted": _say("accepted"),
        "edited": _say("edited"),
        "rejected": _say("rejected"),
    }[kept.status]


def _say(text: str) -> str:
    return QCoreApplication.translate("plotting", text)


def provenance(kept: KeptFigure) -> str:
    """Where and when: "A report · 1939-12 (stated in the sentence) · not reviewed"."""
    figure = kept.figure
    date = f"{one_line(figure.date)} ({date_basis(figure)})" if figure.date else _say("no date")
    of_what = [one_line(figure.of)] if figure.of else []
    return " · ".join([*of_what, one_line(kept.source_title), date, status(kept)])


def tip(kept: KeptFigure, passage: Passage | None) -> str:
    """A figure for a tooltip in plain text; the number stands between arrowheads."""
    before, own, after = sentence(kept, passage)
    return f"{value(kept.figure)}\n{provenance(kept)}\n\n{before}▸{own}◂{after}"
