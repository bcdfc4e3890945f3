"""What can go wrong on purpose: errors that carry facts; desktop/wording.py words them."""

from pathlib import Path


class ArchiveError(Exception):
    """Something a person can be told in one sentence; `facts` says what and where."""

    def __init__(self, **facts: object) -> None:
        super().__init__(*facts.values())
        self.facts = facts

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{type(self).__name__}({told})"


class Cancelled(ArchiveError):
    """The person asked for the work to stop; nothing is told."""


class NotAnArchive(ArchiveError):
    """The file at `path` is no Muniment archive; `found` says what it seems to be."""

    def __init__(self, path: Path, found: str = "") -> None:
        super().__init__(path=path, found=found)


class MissingArchive(ArchiveError):
    """There is no file at `path`."""


class DamagedArchive(ArchiveError):
    """The archive at `path` is truncated or damaged; `detail` is what SQLite said."""


class NewerArchive(ArchiveError):
    """The archive needs a newer program: `format` is its, `known` the newest known here.

    `version` is the program that wrote it, empty where the archive does not say.
    """


class ForeignArchive(ArchiveError):
    """Not made or last written here; `refused` is what makes it unsafe, empty if only unknown."""


class SameArchive(ArchiveError):
    """An archive cannot be merged with itself, or copied onto itself: `path`."""


class ArchiveInUse(ArchiveError):
    """Another program holds the archive for writing: `holder` names it."""


class ArchiveBusy(ArchiveError):
    """The archive is locked for a moment longer than we may wait."""


class ReadOnlyArchive(ArchiveError):
    """The archive at `path` lies where it cannot be written."""


class ArchiveMoved(ArchiveError):
    """The file at `path` was removed or replaced while it was open."""


class DiskFull(ArchiveError):
    """No room left on the disk of `path`."""


class UnknownArchive(ArchiveError):
    """No archive with `uuid` is known on this machine, or it is not the open one."""


class BadLinkText(ArchiveError):
    """`text` is no stable link (muniment:...)."""


class UnknownSource(ArchiveError):
    """There is no source with `source_id`."""


class UnknownPassage(ArchiveError):
    """There is no passage with `passage_id`."""


class UnknownFigure(ArchiveError):
    """There is no figure with `figure_id`."""


class UnknownSeries(ArchiveError):
    """There is no series with `series_id`."""


class UnknownPlot(ArchiveError):
    """There is no saved plot with `plot_id`."""


class MixedUnits(ArchiveError):
    """A series has one unit; `units` are several."""


class BadFigure(ArchiveError):
    """A figure cannot be made of this: `problem` is a stable word (span, value, date)."""


class BadSpan(ArchiveError):
    """The text of `source_id` has no words at [`start`, `end`)."""


class UnknownAnnotation(ArchiveError):
    """There is no annotation with `annotation_id`."""


class UnknownTag(ArchiveError):
    """There is no tag with `tag_id`."""


class BadTag(ArchiveError):
    """A tag cannot be so: `problem` is a stable word (name, exists, circle), `name` the tag's."""


class BadDescription(ArchiveError):
    """A source cannot be so: `problem` is a stable word (title, level, date, circle, accession)."""

    def __init__(self, problem: str, said: str = "") -> None:
        super().__init__(problem=problem, said=said)


class BadName(ArchiveError):
    """A controlled name cannot be so: `problem` is a stable word (empty, exists, kind, gone)."""

    def __init__(self, problem: str, name: str = "") -> None:
        super().__init__(problem=problem, name=name)


class NoOriginal(ArchiveError):
    """The bytes of a source's file cannot be had: `problem` is a stable word.

    Problems: none (it came from no file), missing (it lay at `path`), changed.
    """

    def __init__(self, problem: str, name: str, path: str | None = None) -> None:
        super().__init__(problem=problem, name=name, path=path)


class BadLink(ArchiveError):
    """A link cannot be made: `problem` is a stable word (relation, end, same)."""


class BadManifest(ArchiveError):
    """The table of an import cannot be used: `path`, `line` and `problem` (a stable word)."""


class BadConversions(ArchiveError):
    """A table of conversions cannot be used: `path`, `line` and `problem` (a stable word)."""


class Unreadable(ArchiveError):
    """A file that could not be taken in; `reason` is a stable word, `detail` a fact about it.

    Reasons: missing, not_permitted, not_a_file, broken_link, binary, too_large, too_long_line,
    undecodable, damaged, encrypted, no_text, timed_out, too_much_memory, crashed, unsupported,
    no_converter, changed_meanwhile, neither_path_nor_title (a row of a table).
    """

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(reason=reason, **facts)
        self.reason = reason


class NotWritten(ArchiveError):
    """A file could not be written: `path`, `problem` (a stable word), `detail`.

    Problems: folder, not_a_file, archive, an_archive, not_a_copy, newer_copy, missing_folder,
    too_many_rows, system.
    """


class NothingToUndo(ArchiveError):
    """The history holds no change that could be undone (or redone)."""


class BadLexicon(ArchiveError):
    """A user's lexicon has a line that cannot be used: `path`, `line`, `problem`."""
