"""Every sentence about an error or a thing of the archive; knows no Qt, so the command line uses it.

`translate(context, text)` is QCoreApplication.translate in the window and the identity elsewhere.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import errors

if TYPE_CHECKING:
    from db.exchange import Written

Translate = Callable[[str, str], str]

CONTEXT = "Wording"


def untranslated(_context: str, text: str) -> str:
    """The text as it was written, for where no catalogue is loaded."""
    return text


def describe(error: errors.ArchiveError, translate: Translate = untranslated) -> str:
    """One plain sentence: what happened, where, and what can be done about it."""
    if isinstance(error, errors.Unreadable):
        return reason(error, translate)
    if isinstance(error, errors.ForeignArchive):
        return _foreign(error, translate)
    if isinstance(error, errors.NewerArchive):
        return _say(_NEWER[bool(error.facts["version"])], error.facts, translate)
    if isinstance(error, errors.NotAnArchive):
        template = _NOT_AN_ARCHIVE.get(str(error.facts["found"]), _NOT_AN_ARCHIVE["other"])
        return _say(template, error.facts, translate)
    if isinstance(error, errors.BadManifest):
        template = _BAD_MANIFEST.get(str(error.facts["problem"]), _BAD_MANIFEST["not_csv"])
        return _say(template, error.facts, translate)
    if isinstance(error, errors.BadConversions):
        return _say(_BAD_CONVERSIONS[str(error.facts["problem"])], error.facts, translate)
    if isinstance(error, errors.NotWritten):
        template = _NOT_WRITTEN.get(str(error.facts["problem"]), _NOT_WRITTEN["system"])
        return _say(template, error.facts, translate)
    if isinstance(error, errors.BadLexicon):
        problem = str(error.facts["problem"])
        told = translate(CONTEXT, _BAD_LEXICON.get(problem, "{problem}"))
        facts = error.facts | {"problem": told.format_map(_Shown(error.facts))}
        return _say(_SENTENCES[errors.BadLexicon], facts, translate)
    if isinstance(error, errors.BadTag | errors.BadLink):
        templates = _BAD_TAG if isinstance(error, errors.BadTag) else _BAD_LINK
        return _say(templates[str(error.facts["problem"])], error.facts, translate)
    if isinstance(error, errors.NoOriginal):
        return _say(_NO_ORIGINAL[str(error.facts["problem"])], error.facts, translate)
    if isinstance(error, errors.BadName):
        return _say(_BAD_NAME[str(error.facts["problem"])], error.facts, translate)
    if isinstance(error, errors.BadDescription):
        return _say(_BAD_DESCRIPTION[str(error.facts["problem"])], error.facts, translate)
    if isinstance(error, errors.DiskFull) and "needed" in error.facts:
        return _say(_NO_ROOM, error.facts, translate)
    if isinstance(error, errors.NothingToUndo):
        text = (
            "There is nothing to undo." if error.facts["backwards"] else "There is nothing to redo."
        )
        return translate(CONTEXT, text)
    template = _SENTENCES.get(type(error), "The archive could not do this: {detail}")
    return _say(template, {"detail": str(error)} | error.facts, translate)


def reason(error: errors.Unreadable, translate: Translate = untranslated) -> str:
    """Why a file could not be taken in, as one sentence for the import report."""
    template = _REASONS.get(error.reason, "It could not be read: {detail}.")
    facts = {"detail": error.reason} | error.facts
    if isinstance(facts["detail"], str):
        # What a library says may be a sentence already; ours ends with a full stop of its own.
        facts["detail"] = facts["detail"].rstrip(". ")
    return _say(template, facts, translate)


def remark(stored: str, translate: Translate = untranslated) -> str:
    """What the import noticed about a file that it did take in."""
    kind, _, value = stored.partition(":")
    template = _REMARKS.get(kind, "{value}")
    return _say(template, {"value": value or stored}, translate)


def of_export(written: "Written", translate: Translate = untranslated) -> list[str]:
    """What a person must know of an export besides that it is done: what it left out."""
    told = []
    if written.restricted:
        template = "Left out because restricted: {count} sources."
        if written.restricted == 1:
            template = "Left out because it is restricted: one source."
        told.append(_say(template, {"count": written.restricted}, translate))
    if written.cut:
        told.append(
            _say("Cut short for the sheet: {count} cells.", {"count": written.cut}, translate)
        )
    return told


def _foreign(error: errors.ForeignArchive, translate: Translate) -> str:
    refused = str(error.facts["refused"])
    if not refused:
        template = (
            "“{path}” was last written by somebody else, so it can be read but not changed here;"
            " make it yours first (--adopt on the command line)."
        )
    elif refused == "journal":
        template = (
            "A journal of another program lies beside “{path}”; for safety the archive is not"
            " opened. Move the file ending in “-journal” away, or open a backup."
        )
    else:
        template = "“{path}” holds what no program of ours put there ({refused}); it is not opened."
    return _say(template, error.facts, translate)


def _say(template: str, facts: dict[str, Any], translate: Translate) -> str:
    return translate(CONTEXT, template).format_map(_Shown(facts))


class _Shown(dict[str, Any]):
    """Facts as people read them: sizes in MB, paths without noise, nothing missing."""

    def __missing__(self, name: str) -> str:
        return ""

    def __getitem__(self, name: str) -> str:
        fact = super().__getitem__(name) if name in self else ""
        if name in ("needed", "free", "size", "limit") and isinstance(fact, int):
            return f"{fact / 1_000_000:,.0f} MB"
        if isinstance(fact, Path):
            return str(fact).encode("utf-8", "replace").decode()
        return str(fact)


_NEWER = {  # whether the archive says which version wrote it
    True: (
        "“{path}” was written by Muniment {version} (format {format}; this program knows {known})."
        " Install Muniment {version} or newer to open it."
    ),
    False: (
        "“{path}” was made by a newer Muniment (format {format}; this program knows {known})."
        " Install the newest Muniment to open it."
    ),
}
_SENTENCES: dict[type[errors.ArchiveError], str] = {
    errors.Cancelled: "Stopped.",
    errors.MissingArchive: "There is no file “{path}”.",
    errors.DamagedArchive: "The archive “{path}” is damaged: {detail}. Open a backup of it.",
    errors.SameArchive: "“{path}” is the open archive itself; choose the copy of a colleague.",
    errors.ArchiveInUse: (
        "“{path}” is open in another program: {holder}. It can be read, but not changed, until"
        " that program closes it."
    ),
    errors.ArchiveBusy: "The archive is busy for the moment; please try again.",
    errors.ReadOnlyArchive: "“{path}” lies where it cannot be written; make a copy of it elsewhere.",
    errors.ArchiveMoved: (
        "The archive “{path}” was moved, deleted or replaced while it was open; nothing more is"
        " written to it. Save what you have as a copy."
    ),
    errors.DiskFull: "The disk of “{path}” is full; nothing was changed.",
    errors.UnknownArchive: (
        "The archive of this link is not known on this computer ({uuid}); open the archive first."
    ),
    errors.BadLinkText: "“{text}” is not a link to words of an archive.",
    errors.UnknownSource: "The archive has no source {source_id}.",
    errors.UnknownPassage: "The archive has no passage {passage_id}.",
    errors.UnknownFigure: "The archive has no figure {figure_id}.",
    errors.UnknownSeries: "The archive has no series {series_id}.",
    errors.UnknownPlot: "The archive has no saved plot {plot_id}.",
    errors.MixedUnits: "A series has one unit; these have several: {units}.",
    errors.BadFigure: "A figure cannot be made of this: {problem}.",
    errors.BadSpan: "There are no words at this place of the text.",
    errors.UnknownAnnotation: "The archive has no annotation {annotation_id}.",
    errors.UnknownTag: "The archive has no tag {tag_id}.",
    errors.BadLexicon: "Line {line} of “{path}” cannot be used: {problem}.",
}

_NO_ROOM = (
    "There is too little room on the disk of “{path}”: about {needed} are needed, {free} are free."
    " Nothing was changed."
)

_NOT_AN_ARCHIVE = {
    "empty": "“{path}” is an empty file, not a Muniment archive.",
    "other": "“{path}” is not a Muniment archive.",
    "database": "“{path}” is a database of another program, not a Muniment archive.",
    "folder": "“{path}” is a folder, not a Muniment archive.",
    "not a file": "“{path}” is not a file.",
    "not permitted": "You may not read “{path}”.",
}

_BAD_MANIFEST = {
    "no_path_column": "The table “{path}” has no column “path”.",
    "not_csv": "Line {line} of the table “{path}” is not CSV.",
    "missing": "There is no table “{path}”.",
    "not_permitted": "You may not read the table “{path}”.",
    "binary": "“{path}” is not a table in text form (CSV).",
}

_BAD_CONVERSIONS = {
    "unreadable": "“{path}” is not a table (CSV or XLSX).",
    "empty": "The table “{path}” has no rate.",
    "too_long": "The table “{path}” is too long: some two thousand rates are taken.",
    "columns": "The table “{path}” needs the columns “from”, “to”, “factor” and “source”.",
    "unit": "Line {line} of the table “{path}” does not say from which unit into which.",
    "source": "Line {line} of the table “{path}” does not say where its rate stands.",
    "factor": "Line {line} of the table “{path}” has no number above zero as its factor.",
    "date": "Line {line} of the table “{path}” has a day that is none (“1939-12-31”).",
}

_BAD_TAG = {
    "name": "A tag needs a name, and the name has no stroke (/) in it.",
    "exists": "There is a tag “{name}” at this place already.",
    "circle": "The tag “{name}” cannot lie below itself.",
}

_BAD_DESCRIPTION = {
    "title": "A source needs a title.",
    "level": "“{said}” is no level of description; there are fonds, series, file and item.",
    "date": "“{said}” is not understood as a date.",
    "circle": "“{said}” cannot lie below itself.",
    "accession": "This accession is no longer there.",
}

_BAD_NAME = {
    "empty": "A name needs words.",
    "exists": "There is a name “{name}” of this kind already.",
    "kind": "“{name}” is no kind of name; there are person, organisation, family and place.",
    "gone": "This name is no longer there.",
}

_NO_ORIGINAL = {
    "none": "“{name}” came from no file: there is no original.",
    "missing": "The original “{name}” is not kept in the archive, and it is not where it was: {path}.",
    "changed": "The original “{name}” is no longer the file that was taken in; it was not opened.",
}

_BAD_LINK = {
    "relation": "A link needs a relation.",
    "end": "A link joins words, figures and sources; one of its ends is none of these.",
    "same": "A link needs two different ends.",
}

_NOT_WRITTEN = {
    "folder": "“{path}” is a folder; name a file to write.",
    "not_a_file": "“{path}” is not a file that could be written.",
    "archive": "“{path}” is the archive itself; name another file to write.",
    "an_archive": "“{path}” is an archive, which nothing is written over; name another file.",
    "not_a_copy": (
        "“{path}” is there already and no older copy of this archive; name another file."
    ),
    "newer_copy": (
        "“{path}” is there already and holds work that came after this archive; name another file."
    ),
    "missing_folder": "There is no folder “{at}” to write into.",
    "too_many_rows": "A sheet holds at most {most} rows; take the CSV instead. Nothing was written.",
    "system": "“{path}” could not be written: {detail}. What was there is as it was.",
}

_BAD_LEXICON = {
    "too_few_columns": "it needs language, unit, kind and words",
    "unknown_language": "its language is none of en, ru, zh, de and fr",
    "no_unit": "its unit must be one to three words",
    "unknown_kind": "its kind is none of money, count, percent, duration, mass and other",
    "no_words": "it has no words",
    "not_csv": "it is not CSV",
    "too_many": "there are more lines than can be used",
}

_REASONS = {
    "missing": "There is no such file.",
    "broken_link": "This is a link to a file that does not exist.",
    "not_permitted": "You may not read this file.",
    "not_a_file": "This is not a file with contents (a device, pipe or socket).",
    "is_this_archive": "This is the archive itself.",
    "binary": "This is not text: its bytes are those of another kind of file ({found}).",
    "too_large": "It is too large: {size}; a source may have at most {limit} of text.",
    "too_long_line": "It has a line too long to be text.",
    "undecodable": "Its characters could not be made out.",
    "damaged": "It is damaged: {detail}.",
    "encrypted": "It is locked with a password.",
    "no_text": "There is no text in it.",
    "timed_out": "Reading it took longer than {seconds} seconds, so it was stopped.",
    "too_much_memory": "Reading it needs more memory than is allowed.",
    "crashed": "Reading it failed: {detail}.",
    "unsupported": "Files of this kind ({found}) cannot be read here; save it in a newer format.",
    "no_converter": (
        "Old Word documents are read by way of antiword or catdoc, and neither is installed here;"
        " save it as DOCX or ODT."
    ),
    "neither_path_nor_title": "Line {line} of the table has neither a path nor a title.",
    "changed_meanwhile": "It was changed while it was being read; take it in again.",
}

_REMARKS = {
    "pages_without_text": "pages without text that can be read: {value}",
    "elements_as_words": "kept as words of the text, in no element of the description: {value}",
    "descriptions_left_out": "the finding aid has more descriptions than are taken in",
    "recognised": "words were read in pictures by a program, which is sure of {value} % of them",
    "not_recognised": "the program that reads pictures could not read this one",
    "kept_only": "kept as it is, without words: files of this kind are not read",
    "picture": "a picture: kept as it is, without words",
    "members_missing": "parts that the file names and does not hold: {value}",
    "replaced": "characters that could not be kept and are shown as �: {value}",
    "date_not_edtf": "the date “{value}” of the table is not EDTF and was put into the notes",
    "unknown_parent": "its parent in the table, “{value}”, is no source: it lies at the top",
    "unknown_level": "“{value}” is no level; fonds, series, file and item are",
}
