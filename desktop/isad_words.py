"""What the levels and elements of ISAD(G) are called in the description form."""

from desktop.plain import QT_TRANSLATE_NOOP

LEVELS = (
    ("fonds", QT_TRANSLATE_NOOP("DescriptionForm", "fonds: all of one creator")),
    ("series", QT_TRANSLATE_NOOP("DescriptionForm", "series: a part of a fonds")),
    ("file", QT_TRANSLATE_NOOP("DescriptionForm", "file: what was kept together")),
    ("item", QT_TRANSLATE_NOOP("DescriptionForm", "item: a single document")),
)
# The names of db/exchange/isad.py, in the order of the standard; the extent stands further up.
FOLDED = (
    ("admin_history", QT_TRANSLATE_NOOP("DescriptionForm", "Biography or history of the creator")),
    ("archival_history", QT_TRANSLATE_NOOP("DescriptionForm", "Archival history")),
    ("acquisition", QT_TRANSLATE_NOOP("DescriptionForm", "Acquisition")),
    ("scope", QT_TRANSLATE_NOOP("DescriptionForm", "Scope and content")),
    ("appraisal", QT_TRANSLATE_NOOP("DescriptionForm", "Appraisal")),
    ("accruals", QT_TRANSLATE_NOOP("DescriptionForm", "Accruals")),
    ("arrangement", QT_TRANSLATE_NOOP("DescriptionForm", "Arrangement")),
    ("access", QT_TRANSLATE_NOOP("DescriptionForm", "Conditions of access")),
    ("reproduction", QT_TRANSLATE_NOOP("DescriptionForm", "Conditions of reproduction")),
    ("physical_characteristics", QT_TRANSLATE_NOOP("DescriptionForm", "Physical condition")),
    ("finding_aids", QT_TRANSLATE_NOOP("DescriptionForm", "Finding aids")),
    ("originals_location", QT_TRANSLATE_NOOP("DescriptionForm", "Where the originals are")),
    ("copies_location", QT_TRANSLATE_NOOP("DescriptionForm", "Where copies are")),
    ("related_units", QT_TRANSLATE_NOOP("DescriptionForm", "Related units")),
    ("publication_note", QT_TRANSLATE_NOOP("DescriptionForm", "Publications")),
    ("archivist_note", QT_TRANSLATE_NOOP("DescriptionForm", "Note of the archivist")),
)
