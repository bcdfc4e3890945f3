"""What became of a passage or figure, in words and by a sign; colour comes on top of both."""

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop import showing, theme
from desktop.plain import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.compared import Row, Side

MARKS_ALONE = 0.9999  # the likeness of two passages with the same words and other marks

FATES = {
    "same": QT_TRANSLATE_NOOP("Comparison", "same"),
    "changed": QT_TRANSLATE_NOOP("Comparison", "changed"),
    "moved": QT_TRANSLATE_NOOP("Comparison", "moved"),
    "split": QT_TRANSLATE_NOOP("Comparison", "split"),
    "merged": QT_TRANSLATE_NOOP("Comparison", "merged"),
    "only_a": QT_TRANSLATE_NOOP("Comparison", "only left"),
    "only_b": QT_TRANSLATE_NOOP("Comparison", "only right"),
}
# The same beside a third source, where left and right do not tell which of the others is meant.
_OF_THREE = {
    "only_a": QT_TRANSLATE_NOOP("Comparison", "not here"),
    "only_b": QT_TRANSLATE_NOOP("Comparison", "not in the first"),
}
_SIGNS = {
    "same": "=", "changed": "≠", "moved": "↕", "split": "⊢", "merged": "⊣",
    "only_a": "◂", "only_b": "▸", "differs": "≠",
}  # fmt: skip
_FIGURES = {
    "same": QT_TRANSLATE_NOOP("Comparison", "same"),
    "differs": QT_TRANSLATE_NOOP("Comparison", "differs"),
    "only_a": QT_TRANSLATE_NOOP("Comparison", "only left"),
    "only_b": QT_TRANSLATE_NOOP("Comparison", "only right"),
}


def sign(fate: str) -> str:
    return _SIGNS.get(fate, "")


def fate(key: str, *, of_three: bool = False) -> str:
    """Sign and word: "≠ changed"."""
    words = FATES | _OF_THREE if of_three else FATES
    said = QCoreApplication.translate("Comparison", words.get(key, key))
    return f"{sign(key)} {said}".strip()


def figure_fate(key: str) -> str:
    said = QCoreApplication.translate("Comparison", _FIGURES.get(key, key))
    return f"{sign(key)} {said}".strip()


def likeness(row: "Row") -> str:
    """How much alike the two are, where that says something."""
    if row.fate not in ("changed", "moved") or row.likeness >= 1.0:
        return ""
    if row.likeness >= MARKS_ALONE:
        return QCoreApplication.translate("Comparison", "in marks only")
    said = QCoreApplication.translate("Comparison", "{0} % alike")
    return said.format(max(1, min(99, round(100 * row.likeness))))


def colour(key: str, colours: theme.Colours) -> str:
    """The colour of a fate, for the sign and the strip."""
    return {
        "changed": colours.proposed,
        "only_a": colours.rejected,
        "only_b": colours.accepted,
    }.get(key, colours.quiet)


def summary(rows: "Sequence[Row]") -> str:
    """How many of each fate: "= same 412 · ≠ changed 33"; passages of a split or merger count once.

    Of three sources a line for each of the two that are held against the first.
    """
    if not any(row.third for row in rows):
        return _counted(rows, of_three=False)
    lines: tuple[tuple[str, Side], ...] = (
        (QCoreApplication.translate("Comparison", "Second: {0}"), "b"),
        (QCoreApplication.translate("Comparison", "Third: {0}"), "c"),
    )
    return "\n".join(
        said.format(_counted([row.told(side) for row in rows], of_three=True))
        for said, side in lines
    )


def _counted(rows: "Sequence[Row]", *, of_three: bool) -> str:
    counts: Counter[str] = Counter()
    seen: set[tuple[int | None, int | None]] = set()
    for row in rows:
        one = row.a if row.fate != "merged" else row.b
        pair = row.a.id if row.a else None, row.b.id if row.b else None
        if row.fate in ("split", "merged") and one is not None:
            pair = one.id, None
        if pair not in seen:  # of three, a pair stands beside each piece of the other
            counts[row.fate] += 1
            seen.add(pair)
    return " · ".join(
        f"{fate(key, of_three=of_three)} {showing.count(counts[key])}"
        for key in FATES
        if counts[key]
    )
