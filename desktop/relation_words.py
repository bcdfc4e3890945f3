"""The relations of links as people read them."""

from PySide6.QtCore import QCoreApplication

from desktop.plain import QT_TRANSLATE_NOOP

_RELATIONS = {
    "supports": QT_TRANSLATE_NOOP("Relations", "supports"),
    "contradicts": QT_TRANSLATE_NOOP("Relations", "contradicts"),
    "repeats": QT_TRANSLATE_NOOP("Relations", "repeats"),
    "corrects": QT_TRANSLATE_NOOP("Relations", "corrects"),
    "part_of": QT_TRANSLATE_NOOP("Relations", "is part of"),
    "explains": QT_TRANSLATE_NOOP("Relations", "explains"),
}


def name(relation: str) -> str:
    """What a relation is called; a person's own stays as they say it."""
    if relation not in _RELATIONS:
        return relation
    return QCoreApplication.translate("Relations", _RELATIONS[relation])
