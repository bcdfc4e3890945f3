"""Where figures come from, in words: how many independent origins, and why some are one."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.plain import QT_TRANSLATE_NOOP, shown

if TYPE_CHECKING:
    from db.independence import Origin

_REASONS = {
    "named in the text": QT_TRANSLATE_NOOP("Origins", "named in the text"),
    "shared wording": QT_TRANSLATE_NOOP("Origins", "one copies the other's wording"),
    "one source": QT_TRANSLATE_NOOP("Origins", "in one source"),
}


def counted(origins: "Sequence[Origin]") -> str:
    """In short: "3 figures agree, 2 independent origins"."""
    number = sum(len(each.figure_ids) for each in origins)
    agree = QCoreApplication.translate("Origins", "%n figure(s) agree", "", number)
    of = QCoreApplication.translate("Origins", "%n independent origin(s)", "", len(origins))
    return f"{agree}, {of}"


def told(origins: "Sequence[Origin]", titles: Mapping[int, str]) -> list[str]:
    """A line an origin: "“Orlen customs”, named in the text: Cable; Diary"."""
    lines = []
    for origin in origins:
        sources = "; ".join(shown(titles.get(each, "")) for each in origin.source_ids)
        reasons = [
            QCoreApplication.translate("Origins", _REASONS[each])
            for each in origin.reasons
            if each != "one source"
        ]
        parts = [f"“{shown(origin.name)}”"] if origin.name else []
        parts += reasons
        lines.append(f"{', '.join(parts)}: {sources}" if parts else sources)
    return lines
