"""The elements of ISAD(G) beyond the columns of a source, and what EAD and Dublin Core call them."""

# Keys of the description that a source keeps, in the order of the standard; EAD 2002 and EAD3 have
# the same element for each.
ELEMENTS: dict[str, str] = {
    "extent": "physdesc",
    "admin_history": "bioghist",
    "archival_history": "custodhist",
    "acquisition": "acqinfo",
    "scope": "scopecontent",
    "appraisal": "appraisal",
    "accruals": "accruals",
    "arrangement": "arrangement",
    "access": "accessrestrict",
    "reproduction": "userestrict",
    "physical_characteristics": "phystech",
    "finding_aids": "otherfindaid",
    "originals_location": "originalsloc",
    "copies_location": "altformavail",
    "related_units": "relatedmaterial",
    "publication_note": "bibliography",
    "archivist_note": "processinfo",
}
KEYS = {element: key for key, element in ELEMENTS.items()}

# What finding aids of ours say of a restricted source, and how they mark its rights.
RESTRICTED = "Restricted."
RIGHTS = "rights"

# What a description says in words of its own besides the columns of a source, as a table lists it.
IN_TABLES = (*ELEMENTS, "coverage")

# ISO 639-1 to 639-2/B, which EAD asks for, with the English name.
LANGUAGES: dict[str, tuple[str, str]] = {
    "ar": ("ara", "Arabic"), "bg": ("bul", "Bulgarian"), "cs": ("cze", "Czech"),
    "da": ("dan", "Danish"), "de": ("ger", "German"), "el": ("gre", "Greek"),
    "en": ("eng", "English"), "es": ("spa", "Spanish"), "fi": ("fin", "Finnish"),
    "fr": ("fre", "French"), "he": ("heb", "Hebrew"), "hu": ("hun", "Hungarian"),
    "it": ("ita", "Italian"), "ja": ("jpn", "Japanese"), "ko": ("kor", "Korean"),
    "la": ("lat", "Latin"), "nl": ("dut", "Dutch"), "no": ("nor", "Norwegian"),
    "pl": ("pol", "Polish"), "pt": ("por", "Portuguese"), "ro": ("rum", "Romanian"),
    "ru": ("rus", "Russian"), "sr": ("srp", "Serbian"), "sv": ("swe", "Swedish"),
    "tr": ("tur", "Turkish"), "uk": ("ukr", "Ukrainian"), "vi": ("vie", "Vietnamese"),
    "yi": ("yid", "Yiddish"), "zh": ("chi", "Chinese"),
}  # fmt: skip
