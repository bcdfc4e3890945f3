"""Facets and their values as a person reads them."""

from PySide6.QtCore import QCoreApplication, QLocale

from desktop import showing
from desktop.plain import QT_TRANSLATE_NOOP, shown

# The facets of a list in the order they stand, with their headings.
HEADINGS = {
    "source": QT_TRANSLATE_NOOP("Facets", "Source"),
    "creator": QT_TRANSLATE_NOOP("Facets", "Creator"),
    "decade": QT_TRANSLATE_NOOP("Facets", "Decade"),
    "year": QT_TRANSLATE_NOOP("Facets", "Year"),
    "kind": QT_TRANSLATE_NOOP("Facets", "Kind of passage"),
    "unit": QT_TRANSLATE_NOOP("Facets", "Unit of a figure"),
    "status": QT_TRANSLATE_NOOP("Facets", "Decision on a figure"),
    "tag": QT_TRANSLATE_NOOP("Facets", "Tag"),
    "language": QT_TRANSLATE_NOOP("Facets", "Language"),
    "level": QT_TRANSLATE_NOOP("Facets", "Level"),
}
_FIELDS = {
    "title": QT_TRANSLATE_NOOP("Facets", "Title"),
    "genre": QT_TRANSLATE_NOOP("Facets", "Genre"),
    "note": QT_TRANSLATE_NOOP("Facets", "Note"),
    "of": QT_TRANSLATE_NOOP("Facets", "Of what"),
    "value": QT_TRANSLATE_NOOP("Facets", "Value"),
    "date": QT_TRANSLATE_NOOP("Facets", "Date of the source"),
    "has": QT_TRANSLATE_NOOP("Facets", "Has"),
    "modality": QT_TRANSLATE_NOOP("Facets", "Said to be"),
}


def heading(facet: str) -> str:
    """What a facet, or a field of a query, is called."""
    text = HEADINGS.get(facet) or _FIELDS.get(facet)
    return QCoreApplication.translate("Facets", text) if text else facet


def value(facet: str, key: str, name: str = "") -> str:
    """A value as it stands in a list; `name` is the title of a source."""
    match facet:
        case "kind" if key in showing.PASSAGE_KINDS:
            return showing.passage_kind(key)
        case "status":
            return showing.status_name(key)
        case "language":
            return language(key)
        case "source":
            return shown(name) if name and name != key else f"#{key}"
        case _:
            return shown(key)


def language(code: str) -> str:
    """A language by its name, with the code where the name is not known."""
    found = QLocale(code).language()
    if found in (QLocale.Language.C, QLocale.Language.AnyLanguage):
        return code
    return f"{QLocale.languageToString(found)} ({code})"


def chip(field: str, key: str, name: str = "") -> str:
    """A field of a query on a chip: "Creator: Ada"."""
    said = value(field, key, name)
    if field in ("year", "value"):
        said = _range(said)
    return f"{heading(field)}: {said}"


def _range(text: str) -> str:
    first, dots, last = text.partition("..")
    if dots:
        return f"{first}–{last}"
    for sign, better in ((">=", "≥ "), ("<=", "≤ "), (">", "> "), ("<", "< ")):
        if text.startswith(sign):
            return better + text.removeprefix(sign)
    return text
