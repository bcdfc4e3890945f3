"""What an EDTF date means, for the forms in which a person types one."""

import datetime

from PySide6.QtCore import QCoreApplication

from db import edtf


def meaning(date: str) -> str:
    """A valid EDTF date in words, and its first and last day where the words leave them open."""
    earliest, latest = edtf.bounds(date)
    said = edtf.in_words(date)
    if earliest is not None and earliest == latest:
        return said
    if (_day(earliest) + _day(latest)) in said and not (earliest and latest):
        return said  # open at an end, and the words name the other
    if earliest is None:
        template = QCoreApplication.translate("DateWords", "up to {1}")
    elif latest is None:
        template = QCoreApplication.translate("DateWords", "from {0} on")
    else:
        template = QCoreApplication.translate("DateWords", "from {0} to {1}")
    return f"{said} ({template.format(_day(earliest), _day(latest))})"


def _day(day: datetime.date | None) -> str:
    return edtf.in_words(day.isoformat()) if day else ""
