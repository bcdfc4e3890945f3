"""The words of exchange: what each format is, and what became of a file that came in."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.plain import QT_TRANSLATE_NOOP, shown

if TYPE_CHECKING:
    from db.exchange.taken import Taken

# Groups in the order of the list: what they are called, and the formats in them.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        QT_TRANSLATE_NOOP("Exchange", "Reports"),
        ("report.docx", "report.odt", "report.pdf", "report.html"),
    ),
    (
        QT_TRANSLATE_NOOP("Exchange", "Tables"),
        (
            "figures.xlsx", "figures.csv", "annotations.xlsx", "annotations.csv", "sources.xlsx",
            "sources.csv",
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Exchange", "Texts and annotations"),
        ("qdpx", "qdc", "webannotation.jsonld", "tei"),
    ),
    (
        QT_TRANSLATE_NOOP("Exchange", "Descriptions"),
        ("ead3.xml", "ead2002.xml", "dc.xml", "dc.csv"),
    ),
    (QT_TRANSLATE_NOOP("Exchange", "References"), ("bib", "ris", "csl.json")),
)  # fmt: skip
# A format's name, and what it is for.
_REPORT = QT_TRANSLATE_NOOP(
    "Exchange",
    "Sources with quotations and their references, figures, notes, the series you kept and the"
    " findings, to read and to work on.",
)
FORMATS: dict[str, tuple[str, str]] = {
    "report.docx": (QT_TRANSLATE_NOOP("Exchange", "Report for Word (.docx)"), _REPORT),
    "report.odt": (QT_TRANSLATE_NOOP("Exchange", "Report for LibreOffice (.odt)"), _REPORT),
    "report.pdf": (QT_TRANSLATE_NOOP("Exchange", "Report as PDF/A"), _REPORT),
    "report.html": (QT_TRANSLATE_NOOP("Exchange", "Report as a web page"), _REPORT),
    "figures.xlsx": (
        QT_TRANSLATE_NOOP("Exchange", "Figures as a spreadsheet"),
        QT_TRANSLATE_NOOP(
            "Exchange",
            "A row a figure, with its words, value, date, status and a link back. For Excel and"
            " LibreOffice; nothing in it acts as a formula.",
        ),
    ),
    "figures.csv": (
        QT_TRANSLATE_NOOP("Exchange", "Figures as CSV"),
        QT_TRANSLATE_NOOP("Exchange", "The same rows as plain text in UTF-8, for any program."),
    ),
    "annotations.xlsx": (
        QT_TRANSLATE_NOOP("Exchange", "Annotations as a spreadsheet"),
        QT_TRANSLATE_NOOP(
            "Exchange", "A row a highlight, note, bookmark or memo, with its words and tags."
        ),
    ),
    "annotations.csv": (
        QT_TRANSLATE_NOOP("Exchange", "Annotations as CSV"),
        QT_TRANSLATE_NOOP("Exchange", "The same rows as plain text in UTF-8, for any program."),
    ),
    "sources.xlsx": (
        QT_TRANSLATE_NOOP("Exchange", "Descriptions as a spreadsheet"),
        QT_TRANSLATE_NOOP("Exchange", "A row a source with all that describes it."),
    ),
    "sources.csv": (
        QT_TRANSLATE_NOOP("Exchange", "Descriptions as CSV"),
        QT_TRANSLATE_NOOP("Exchange", "The same rows as plain text in UTF-8, for any program."),
    ),
    "qdpx": (
        QT_TRANSLATE_NOOP("Exchange", "REFI-QDA project (.qdpx)"),
        QT_TRANSLATE_NOOP(
            "Exchange",
            "Texts, tags, annotations and links for ATLAS.ti, MAXQDA, NVivo, QualCoder and others."
            " Colours of highlights and bookmarks have no place in it.",
        ),
    ),
    "qdc": (
        QT_TRANSLATE_NOOP("Exchange", "REFI-QDA codebook (.qdc)"),
        QT_TRANSLATE_NOOP("Exchange", "The tree of tags alone."),
    ),
    "webannotation.jsonld": (
        QT_TRANSLATE_NOOP("Exchange", "Web annotations (JSON-LD)"),
        QT_TRANSLATE_NOOP(
            "Exchange",
            "All that people added, by the standard of the W3C, without the texts. It comes in"
            " again whole.",
        ),
    ),
    "tei": (
        QT_TRANSLATE_NOOP("Exchange", "TEI texts (XML)"),
        QT_TRANSLATE_NOOP(
            "Exchange", "The texts with their figures, dates and notes marked, for editions."
        ),
    ),
    "ead3.xml": (
        QT_TRANSLATE_NOOP("Exchange", "Finding aid, EAD3"),
        QT_TRANSLATE_NOOP("Exchange", "The tree of descriptions for archive systems of today."),
    ),
    "ead2002.xml": (
        QT_TRANSLATE_NOOP("Exchange", "Finding aid, EAD 2002"),
        QT_TRANSLATE_NOOP("Exchange", "The tree of descriptions for older archive systems."),
    ),
    "dc.xml": (
        QT_TRANSLATE_NOOP("Exchange", "Dublin Core (XML)"),
        QT_TRANSLATE_NOOP("Exchange", "A short record a source, as repositories harvest it."),
    ),
    "dc.csv": (
        QT_TRANSLATE_NOOP("Exchange", "Dublin Core (CSV)"),
        QT_TRANSLATE_NOOP("Exchange", "The same records as a table."),
    ),
    "bib": (
        QT_TRANSLATE_NOOP("Exchange", "BibTeX"),
        QT_TRANSLATE_NOOP("Exchange", "References for LaTeX, JabRef and others."),
    ),
    "ris": (
        QT_TRANSLATE_NOOP("Exchange", "RIS"),
        QT_TRANSLATE_NOOP("Exchange", "References for EndNote, Zotero, Citavi and catalogues."),
    ),
    "csl.json": (
        QT_TRANSLATE_NOOP("Exchange", "CSL-JSON"),
        QT_TRANSLATE_NOOP("Exchange", "References for Zotero, pandoc and citation processors."),
    ),
}


def group(title: str) -> str:
    return QCoreApplication.translate("Exchange", title)


def name(form: str) -> str:
    return QCoreApplication.translate("Exchange", FORMATS[form][0])


def purpose(form: str) -> str:
    return QCoreApplication.translate("Exchange", FORMATS[form][1])


def taken(each: "Taken") -> tuple[str, list[str]]:
    """What became of a file in one line, and what a person should look at."""
    translate = QCoreApplication.translate
    counts = (
        (len(each.source_ids), translate("Exchange", "%n source(s) new", "", len(each.source_ids))),
        (each.annotations, translate("Exchange", "%n annotation(s)", "", each.annotations)),
        (each.tags, translate("Exchange", "%n tag(s) new", "", each.tags)),
        (each.described, translate("Exchange", "%n description(s) changed", "", each.described)),
        (each.matched, translate("Exchange", "%n known already", "", each.matched)),
        (
            each.orphaned,
            translate("Exchange", "%n without a certain place, on the shelf", "", each.orphaned),
        ),
    )
    said = [words for count, words in counts if count]
    line = " · ".join(said) or translate("Exchange", "nothing new")
    template = translate("Exchange", "{0}, {1}: here “{2}”, there “{3}”; left as it is")
    if each.described:
        template = translate("Exchange", "{0}, {1}: was “{2}”, is now “{3}”")
    more = [
        template.format(
            shown(conflict.title), conflict.field, shown(conflict.ours), shown(conflict.theirs)
        )
        for conflict in each.conflicts
    ]
    more += [translate("Exchange", "left out: {0}").format(shown(left)) for left in each.left_out]
    return f"{each.path.name}: {line}", more
