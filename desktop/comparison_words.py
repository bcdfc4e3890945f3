"""What became of a passage or figure, in words and by a sign; colour comes on top of both."""

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop import showing, theme
from desktop.plain import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.compared import Row

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


def fate(key: str) -> str:
    """Sign and word: "≠ changed"."""
    said = QCoreApplication.translate("Comparison", FATES.get(key, key))
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
    """How many of each fate: "= same 412 · ≠ changed 33"; passages of a split or merger count once."""
    counts: Counter[str] = Counter()
    seen: set[int] = set()
    for row in rows:
        one = row.a if row.fate != "merged" else row.b
        if row.fate in ("split", "merged") and one is not None:
            if one.id in seen:
                continue
            seen.add(one.id)
        counts[row.fate] += 1
    return " · ".join(f"{fate(key)} {showing.count(counts[key])}" for key in FATES if counts[key])
